"""A small vocabulary with nothing clinical in it, and people to ask about: the language must stand without medicine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from healthcheck_cli.conditions.attributes import LINE_ATTRIBUTES
from healthcheck_cli.conditions.check import parse_and_check
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import (
    AttributeContent,
    DateRange,
    FactValue,
    Interval,
    LineFacts,
    PersonFacts,
    State,
    Truth,
)
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, SettingDeclaration, Vocabulary

AS_OF = date(2026, 11, 22)
YES, NO, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

_FACTS = (
    FactDeclaration("toy.yes", FactType.YN),
    FactDeclaration("toy.also", FactType.YN),
    FactDeclaration("toy.wait", FactType.NUM, unit="days"),
    FactDeclaration("toy.count", FactType.INT),
    FactDeclaration("toy.grade", FactType.NUM, unit="mmol/L", dated=True),
    FactDeclaration("toy.choice", FactType.CHOICE, values=("a", "b", "1", "2", "4_soft", "most_50+", "never", "no")),
    FactDeclaration("toy.multi", FactType.MULTI, values=("red", "blue", "green", "none"), nothing="none"),
    FactDeclaration("toy.seen", FactType.DATE),
    FactDeclaration("toy.note", FactType.TEXT),
    FactDeclaration("toy.defined", FactType.YN),
    FactDeclaration("toy.defined_twice", FactType.YN),
)

_SETTINGS = (
    SettingDeclaration("two", 2.0),
    SettingDeclaration("two_weeks", 2.0, "weeks"),
    SettingDeclaration("a_month", 1.0, "months"),
    SettingDeclaration("grade", 2.5, "mmol/L"),
    SettingDeclaration("not_set", None, "%"),
)

VOCABULARY = Vocabulary(
    facts={fact.name: fact for fact in _FACTS},
    classes=frozenset({"ace", "king", "queen"}),
    scales={"load": 3.0},
    word_lists={"colours": ("crimson", "o'clock")},
    attributes=LINE_ATTRIBUTES,
    settings={setting.name: setting for setting in _SETTINGS},
)


def checked(text: str) -> Condition:
    """The condition, which must be right."""
    condition, problems = parse_and_check(text, VOCABULARY)
    assert condition is not None, problems
    return condition


def known(value: bool | str | frozenset[str] | Interval | float | None = None, **more: object) -> FactValue:
    """A fact that is known; a plain number is exact."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = Interval.exactly(value)
    return FactValue(State.KNOWN, value, **more)  # type: ignore[arg-type]


def happened(earliest: date | None, latest: date | None = None) -> FactValue:
    """A date that is known, or known to lie between two days."""
    return FactValue(State.KNOWN, None, DateRange(earliest, latest or earliest))


def person(
    facts: Mapping[str, FactValue] | None = None,
    *lines: LineFacts,
    complete: bool = True,
    unrecognised: tuple[int, ...] = (),
    burdens: Mapping[str, Interval] | None = None,
) -> PersonFacts:
    """Somebody, with a complete list of medicines unless it is said otherwise."""
    return PersonFacts(AS_OF, facts or {}, lines, complete, unrecognised, burdens or {})


def line(
    medicine_class: str = "ace",
    substance: str = "",
    current: bool | None = True,
    possible: bool = False,
    row: int = 1,
    **attributes: AttributeContent,
) -> LineFacts:
    """A medicine line of one class, or (``possible``) of a class it may be in."""
    classes = frozenset({medicine_class})
    none: frozenset[str] = frozenset()
    return LineFacts(
        row,
        substance or medicine_class,
        none if possible else classes,
        classes if possible else none,
        current,
        attributes,
        shown=f"line {row}",
    )


def truth(text: str, who: PersonFacts) -> Truth:
    """What the reference evaluator says."""
    return evaluate(checked(text), who, VOCABULARY)
