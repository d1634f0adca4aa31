"""Reasonable adjustments as the national flag names them, and which answers of the check call for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from healthcheck_cli.content.support import Place, Support

CATEGORIES: Mapping[str, str] = {
    "001": "communication support",
    "002": "requires communication professional",
    "003": "requires specific contact method",
    "004": "requires specific information format",
    "005": "additional communication needs and support",
    "006": "community language support",
    "007": "adjustments for providing additional support to patients",
    "008": "adjustments for individual care requirements",
    "009": "adjustments in relation to the environment of care",
    "010": "adjustments to support additional needs",
    "011": "bespoke reasonable adjustments",
}
"""The categories of the draft national value sets (leder-s82), by number."""

BESPOKE = "011"
"""The category for what no other code fits: it is written in words, under the one code of this category."""


@dataclass(frozen=True)
class Adjustment:
    """One adjustment with its SNOMED CT code and term.

    ``answers``: question → those of its answers that call for it (``yes`` for a yn question). ``themes``: LeDeR themes
    that, where they are raised, are a reason to ask whether it is wanted.
    """

    id: str
    category: str
    code: str
    term: str
    place: Place
    support: Support
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
