"""Random conditions over the small vocabulary, and random people with every kind of not knowing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from healthcheck_cli.conditions.values import (
    AttributeContent,
    DateRange,
    FactValue,
    Interval,
    LineFacts,
    PersonFacts,
    State,
)
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from tests.conditions.small_vocabulary import AS_OF, VOCABULARY

DEFINED = ("toy.defined", "toy.defined_twice")
_OPERATOR = st.sampled_from([">=", ">", "<=", "<", "==", "!="])
_SMALL = st.integers(-1, 4)
_WEEKS = _SMALL.map(lambda weeks: f"{weeks} weeks")
_GRADES = st.integers(0, 3).map(lambda grade: f"{grade}.5 mmol/L")
_ENDS = st.integers(0, 4).map(float)


def _spelled(template: str, *choices: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.tuples(*choices).map(lambda chosen: template.format(*chosen))


_LINE_CONDITIONS = st.one_of(
    st.sampled_from(["prn", "not prn", "route == oral", "route in (oral, patch)", "not route != depot"]),
    st.sampled_from(["missing(route)", "not missing(taken_for)", "missing(begun_on)", "not not prn"]),
    _spelled("level {} {}", _OPERATOR, _SMALL),
    _spelled("level in ({}, {})", _SMALL, _SMALL),
    _spelled("taken_for {} {}", _OPERATOR, st.one_of(_WEEKS, st.just("setting(a_month)"))),
    _spelled("begun_on {} 2026-0{}-15", _OPERATOR, st.integers(8, 9)),
)
_LINES = st.lists(_LINE_CONDITIONS, max_size=2).map(lambda parts: "".join(f", {part}" for part in parts))
_CLASS = st.sampled_from(["ace", "king"])
LINE_ATOMS = st.one_of(
    _spelled("taking({}{})", _CLASS, _LINES),
    _spelled("lapsed({}{})", _CLASS, _LINES),
    _spelled("reduced({}, within {} {} days)", _CLASS, _OPERATOR, _SMALL),
    _spelled("count({}{}) {} {}", _CLASS, _LINES, _OPERATOR, _SMALL),
    _spelled("duplicates({}) {} {}", _CLASS, _OPERATOR, _SMALL),
    _spelled("dose_percent({}) {} {} %", _CLASS, _OPERATOR, st.integers(0, 6)),
    _spelled("gain_since_start({}{}) {} {} %", _CLASS, _LINES, _OPERATOR, _SMALL),
    _spelled("burden(load) {} {}", _OPERATOR, _SMALL),
)
FACT_ATOMS = st.one_of(
    st.sampled_from(["toy.yes", "toy.also", *DEFINED, "toy.choice == a", "toy.choice != 2", "toy.choice in (b, 1)"]),
    st.sampled_from(["toy.multi has red", "toy.multi has (blue, none)", "written(toy.note)"]),
    st.sampled_from(["mentions(toy.note, colours)", "never(toy.seen)", "never(toy.grade)"]),
    _spelled("toy.count {} {}", _OPERATOR, _SMALL),
    _spelled("toy.count in ({}, {})", _SMALL, _SMALL),
    _spelled("toy.grade {} {}", _OPERATOR, st.one_of(_GRADES, st.just("setting(grade)"))),
    _spelled("toy.seen {} 2026-0{}-15", _OPERATOR, st.integers(8, 9)),
    _spelled("ticked(toy.multi) {} {}", _OPERATOR, _SMALL),
    _spelled(
        "{}({}) {} {}",
        st.sampled_from(["months_since", "weeks_since"]),
        st.sampled_from(["toy.seen", "toy.grade"]),
        _OPERATOR,
        st.sampled_from([-1, 0, 1, 2, 3, 1.5, 99999]),
    ),
    _spelled("months_since(toy.seen) in ({}, {})", _SMALL, st.one_of(_SMALL, st.just("setting(a_month)"))),
)
STATE_ATOMS = _spelled(
    "{}({})",
    st.sampled_from(["missing", "not_known", "declined"]),
    st.sampled_from(["toy.yes", "toy.choice", "toy.seen", "toy.defined"]),
)


def conditions(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions over these atoms, as text."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda part: f"not ({part})"),
            _spelled("({} and {})", inner, inner),
            _spelled("({} or {})", inner, inner),
            _spelled("any_of({}, {}, {})", inner, inner, inner),
        ),
        max_leaves=5,
    )


ANY_CONDITION = conditions(st.one_of(FACT_ATOMS, LINE_ATOMS, STATE_ATOMS))
_DAYS = st.one_of(
    st.integers(-40, 130).map(lambda days: AS_OF - timedelta(days=days)),
    st.sampled_from([date(2026, 8, 15), date(2026, 8, 31), date(2026, 10, 22), date(2026, 10, 31)]),
)


@st.composite
def ranges(draw: st.DrawFn) -> Interval:
    """A number, a range, or a range without an upper end."""
    low = draw(_ENDS)
    high = draw(st.sampled_from([low, low, low + 1, low + 2.5, float("inf")]))
    return Interval(low, high)


@st.composite
def date_ranges(draw: st.DrawFn) -> DateRange:
    """A day, a range of days, one that may be never, or never."""
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    return draw(
        st.sampled_from([DateRange(last, last), DateRange(first, last), DateRange(None, last), DateRange(None, None)])
    )


@st.composite
def fact_values(draw: st.DrawFn, fact: FactDeclaration) -> FactValue:
    """A value of the right type, or one of the ways of not having one."""
    state = draw(st.sampled_from([State.KNOWN] * 4 + list(State)))
    has_date = fact.dated and draw(st.booleans())  # a value too old to use keeps its date
    if state is not State.KNOWN:
        return FactValue(state, dates=draw(date_ranges()) if has_date else None)
    dates = draw(date_ranges()) if has_date or fact.type is FactType.DATE else None
    values: dict[FactType, st.SearchStrategy[object]] = {
        FactType.YN: st.booleans(),
        FactType.NUM: ranges(),
        FactType.INT: ranges(),
        FactType.CHOICE: st.sampled_from(fact.values or ("a",)),
        FactType.MULTI: st.frozensets(st.sampled_from(["red", "blue", "green"])),
        FactType.DATE: st.none(),
        FactType.TEXT: st.sampled_from(["", "at five o’clock", "CRIMSON", "it's plain"]),
    }
    return FactValue(state, draw(st.one_of(values[fact.type], values[fact.type], st.none())), dates)  # type: ignore[arg-type]


_ATTRIBUTES: dict[str, st.SearchStrategy[object]] = {
    "prn": st.booleans(),
    "route": st.sampled_from(["oral", "depot", "patch"]),
    "level": ranges(),
    "taken_for": st.sampled_from([Interval(7, 7), Interval(7, 21), Interval(14, float("inf")), Interval(28, 28)]),
    "begun_on": date_ranges(),
    "lapsed": st.booleans(),
    "reduced": st.booleans(),
    "reduced_ago": ranges(),
    "duplicate": st.booleans(),
    "percent_at_top": ranges(),
    "gain_since_start": ranges(),
}


@st.composite
def medicine_lines(draw: st.DrawFn) -> LineFacts:
    """A line with some of its attributes unknown."""
    names = draw(st.frozensets(st.sampled_from(["ace", "king"])))
    possible = draw(st.frozensets(st.sampled_from(["ace", "king"]))) - names
    well_known = draw(st.booleans())
    attributes: dict[str, AttributeContent] = {
        name: draw(values if well_known else st.one_of(values, st.none()))  # type: ignore[misc]
        for name, values in _ATTRIBUTES.items()
        if well_known or draw(st.integers(0, 5))
    }
    substance = draw(st.sampled_from(["one", "two", "three"]))
    current = True if well_known else draw(st.sampled_from([True, True, None, False]))
    return LineFacts(1, substance, names, possible, current, attributes)


@st.composite
def people(draw: st.DrawFn) -> PersonFacts:
    """Somebody; the defined facts are left for the test to work out."""
    facts = {
        name: draw(fact_values(fact))
        for name, fact in VOCABULARY.facts.items()
        if name not in DEFINED and draw(st.integers(0, 5))
    }
    burdens = {"load": draw(ranges())} if draw(st.booleans()) else {}
    unrecognised = tuple(range(draw(st.sampled_from([0, 0, 0, 1, 2]))))
    lines = tuple(draw(st.lists(medicine_lines(), max_size=3)))
    complete = draw(st.sampled_from([True, True, False]))
    return PersonFacts(AS_OF, facts, lines, complete, unrecognised, burdens)
