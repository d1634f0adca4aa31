"""The names a condition may use: facts with their types, medicine classes, scales, word lists, settings.

The condition language knows nothing of medicine; content tells it what the names are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class FactType(str, Enum):
    """What kind of value a fact has."""

    YN = "yn"
    NUM = "num"
    INT = "int"
    CHOICE = "choice"
    MULTI = "multi"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class FactDeclaration:
    """One fact that conditions may name. ``unit`` must be written wherever the fact is compared with a number.

    ``nothing`` is the value of a multi that says "none of these": it is not counted by ``ticked``.
    ``dated``: the fact is a value with a date, so ``months_since`` may be asked of it too.
    """

    name: str
    type: FactType
    unit: str = ""
    values: tuple[str, ...] = ()
    nothing: str = ""
    dated: bool = False


class AttributeType(str, Enum):
    """What kind of value an attribute of a medicine line has. A time is compared with days, weeks, months or years."""

    YN = "yn"
    WORD = "word"
    NUMBER = "number"
    TIME = "time"
    DATE = "date"


@dataclass(frozen=True)
class AttributeDeclaration:
    """One thing that can be asked of a medicine line, after the class in ``taking(class, …)``."""

    name: str
    type: AttributeType
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettingDeclaration:
    """One value that a place may set for itself, as it is set: a number (None where it is not set, or is a word) in
    ``unit``; times are in days, weeks, months or years."""

    name: str
    amount: float | None
    unit: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """All names there are. ``scales`` gives the most one ingredient can score on each;
    ``classes`` holds classes and single ingredients alike (spaces in a name become underscores).
    A condition is checked once: it keeps the numbers that ``settings`` held then."""

    facts: Mapping[str, FactDeclaration]
    classes: frozenset[str] = frozenset()
    scales: Mapping[str, float] = field(default_factory=dict)
    word_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: Mapping[str, AttributeDeclaration] = field(default_factory=dict)
    settings: Mapping[str, SettingDeclaration] = field(default_factory=dict)
