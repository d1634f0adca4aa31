"""The functions of the condition language: what each is asked about, what it gives, and in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.conditions.attributes import BEGUN_ON, GAIN_SINCE_START, PERCENT_AT_TOP
from healthcheck_cli.conditions.vocabulary import FactType


class About(Enum):
    """What the first argument of a function names. The value is how a message calls it."""

    CLASS = "a medicine class or ingredient"
    FACT = "a fact"
    SCALE = "a scale"


@dataclass(frozen=True)
class FunctionDeclaration:
    """One function.

    ``reads``: the attributes of each line that it adds up or hands on; no line need be in doubt for one to be missing.
    ``number``: it gives a number, which must be compared, with ``unit`` written if there is one; else it is yes or no.
    ``counts``: what the number counts where that is not written, so that a setting in another unit is refused.
    ``fact_types``: the facts it can be asked of; empty for all. ``of_dates``: dates, and values that carry a date.
    """

    name: str
    about: About
    reads: tuple[str, ...] = ()
    number: bool = False
    unit: str = ""
    fact_types: tuple[FactType, ...] = ()
    of_dates: bool = False
    counts: str = ""
    takes_lines: bool = False
    takes_word_list: bool = False


_ALL = (
    FunctionDeclaration("taking", About.CLASS, takes_lines=True),
    FunctionDeclaration("count", About.CLASS, takes_lines=True, number=True),
    FunctionDeclaration("dose_percent", About.CLASS, (PERCENT_AT_TOP,), takes_lines=True, number=True, unit="%"),
    FunctionDeclaration("duplicates", About.CLASS, takes_lines=True, number=True),
    FunctionDeclaration(
        "gain_since_start", About.CLASS, (GAIN_SINCE_START, BEGUN_ON), takes_lines=True, number=True, unit="%"
    ),
    FunctionDeclaration("lapsed", About.CLASS, takes_lines=True),
    FunctionDeclaration("reduced", About.CLASS, takes_lines=True),
    FunctionDeclaration("burden", About.SCALE, number=True),
    FunctionDeclaration("months_since", About.FACT, of_dates=True, number=True, counts="months"),
    FunctionDeclaration("weeks_since", About.FACT, of_dates=True, number=True, counts="weeks"),
    FunctionDeclaration("never", About.FACT, of_dates=True),
    FunctionDeclaration("missing", About.FACT),
    FunctionDeclaration("not_known", About.FACT),
    FunctionDeclaration("declined", About.FACT),
    FunctionDeclaration("written", About.FACT, fact_types=(FactType.TEXT,)),
    FunctionDeclaration("ticked", About.FACT, fact_types=(FactType.MULTI,), number=True),
    FunctionDeclaration("mentions", About.FACT, fact_types=(FactType.TEXT,), takes_word_list=True),
)

FUNCTIONS: Mapping[str, FunctionDeclaration] = {function.name: function for function in _ALL}
"""Every function but ``any_of``, which is another way to write ``or``."""
