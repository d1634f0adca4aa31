"""What each part of a condition is for one person: its value, the rows and dates it stands on, what keeps it open."""

from __future__ import annotations

from healthcheck_cli.conditions.attributes import LINE_ATTRIBUTES
from healthcheck_cli.conditions.evaluate import fact_asked
from healthcheck_cli.conditions.explain import as_json
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.line_functions import attribute_of, line_parts, standings
from healthcheck_cli.conditions.parts import Leaf
from healthcheck_cli.conditions.tree import Call, LineCondition
from healthcheck_cli.conditions.values import DateRange, FactValue, Interval, LineFacts, PersonFacts, State, Truth
from healthcheck_cli.conditions.vocabulary import AttributeType
from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import fact_in_words, reason_in_words, rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.medicines.models import BurdenItem
from healthcheck_cli.plans.words import day_in_words, listed

_NOTHING = "nothing recorded"
_MUST_BE = {"current": "taken now", "class": "in the class"}
_STATES = {
    State.UNKNOWN: _NOTHING,
    State.NOT_KNOWN: 'asked, and the answer was "not known"',
    State.DECLINED: "asked, and declined",
}


def value_of_part(leaf: Leaf, facts: PersonFacts, person: PersonReview, content: Content) -> str:
    """What the part was tested on, in words, with rows and dates."""
    subject = leaf.atom.subject
    if isinstance(subject, Call) and FUNCTIONS[subject.function].about is About.SCALE:
        return _total(subject, leaf, person)
    fact = fact_asked(subject)
    if fact is None and isinstance(subject, Call):
        return _lines(subject, leaf, facts)
    return _fact(leaf, facts.fact(fact or ""), fact or "", content)


def rows_of_part(leaf: Leaf, facts: PersonFacts, person: PersonReview) -> frozenset[int]:
    """The rows of the medicine list that the part stands on, that leave it open, or that were looked at in vain."""
    subject = leaf.atom.subject
    if isinstance(subject, Call) and FUNCTIONS[subject.function].about is About.CLASS:
        return frozenset(line.row for line in _members(subject, facts))
    if isinstance(subject, Call) and FUNCTIONS[subject.function].about is About.SCALE:
        return frozenset(item.row for item in _scored(subject, person))
    return frozenset(leaf.result.rows)


def _fact(leaf: Leaf, found: FactValue, name: str, content: Content) -> str:
    if found.state is State.DOES_NOT_APPLY:
        return "does not apply to this person, so it holds neither way round"
    asked = leaf.atom.subject
    number = isinstance(asked, Call) and FUNCTIONS[asked.function].number and leaf.result.value is not None
    said = f"{_value(leaf.result.value)}" if number else ""
    told = _told(leaf, found, name, content)
    day = _date_in_words(found.dates)
    last = day_in_words(found.dates.latest) if found.dates is not None and found.dates.latest is not None else day
    if day and last not in told:
        told = f"{told} ({day})" if told else day
    words = ": ".join(dict.fromkeys(part for part in (said, told) if part)) or _NOTHING
    return f"{words}{rows_in_words(found.rows)}"


def _told(leaf: Leaf, found: FactValue, name: str, content: Content) -> str:
    """What the source says of the fact; why there is nothing, where it says nothing."""
    known = found.state is State.KNOWN
    if found.shown and found.state not in (State.NOT_KNOWN, State.DECLINED):
        label = fact_in_words(name, content)
        return reason_in_words(name, found.shown, leaf.result.value, (), content).removeprefix(f"{label}: ")
    if not known:
        return _STATES[found.state] if found.dates is None else ""
    return "" if isinstance(leaf.atom.subject, Call) else _value(leaf.result.value)


def _value(value: object) -> str:
    """A value as results hold it: yes or no, a number, a range, a word, words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        low, high = (value.get(name) for name in (("low", "high") if "low" in value else ("earliest", "latest")))
        return f"{low} or more" if high is None else f"{low} to {high}"
    if isinstance(value, list):
        return ", ".join(str(word).replace("_", " ") for word in value) or "none"
    return "not known" if value is None else str(value).replace("_", " ")


def _date_in_words(dates: DateRange | None) -> str:
    if dates is None:
        return ""
    if dates.latest is None:
        return "never"
    if dates.earliest is None:
        return f"on {day_in_words(dates.latest)} or before, or never"
    if dates.earliest == dates.latest:
        return day_in_words(dates.latest)
    return f"between {day_in_words(dates.earliest)} and {day_in_words(dates.latest)}"


def _scored(call: Call, person: PersonReview) -> list[BurdenItem]:
    burden = person.burdens.get(call.name)
    return [] if burden is None else [item for item in burden.items if item.score]


def _total(call: Call, leaf: Leaf, person: PersonReview) -> str:
    total = _value(leaf.result.value)
    named = ", ".join(f"{it.ingredient} {it.score:g}{rows_in_words([it.row])}" for it in _scored(call, person))
    return f"{total}: {named}" if named else total


def _lines(call: Call, leaf: Leaf, facts: PersonFacts) -> str:
    """The lines that count, those that may, and those of the class that do not, each with what decides it."""
    found = standings(call, facts)
    sure = [standing.line for standing in found if standing.sure]
    maybe = [standing.line for standing in found if not standing.sure]
    counted = {id(line) for line in (*sure, *maybe)}
    others = [it for it in _members(call, facts) if id(it) not in counted]
    number = FUNCTIONS[call.function].number
    parts = [_figure(call, leaf)] if number else []
    parts += [_named(line) for line in sure]
    parts += [f"may count: {_named(line)}, open: {_why(call, line, Truth.UNKNOWN)}" for line in maybe]
    parts += [f"does not count: {_named(line)}, fails: {_why(call, line, Truth.FALSE)}" for line in others]
    if not found and not others:
        parts.append("none on the list" if facts.medicines_complete else "none on the list supplied")
    if leaf.result.truth is Truth.UNKNOWN and not facts.medicines_complete:
        parts.append("the list is not said to be complete")
    if leaf.result.truth is Truth.UNKNOWN and facts.unrecognised_rows:
        parts.append(f"not recognised{rows_in_words(facts.unrecognised_rows)}")
    return "; ".join(dict.fromkeys(parts))


def _members(call: Call, facts: PersonFacts) -> list[LineFacts]:
    """The lines in the class, or that may be in it, whatever else is asked of them."""
    return [line for line in facts.lines if call.name in line.classes | line.possible_classes]


def _figure(call: Call, leaf: Leaf) -> str:
    unit = FUNCTIONS[call.function].unit
    return f"{_value(leaf.result.value)} {unit}".rstrip() if leaf.result.value is not None else "not known"


def _named(line: LineFacts) -> str:
    return f"{line.shown or line.substance}{rows_in_words([line.row])}"


def _why(call: Call, line: LineFacts, truth: Truth) -> str:
    """What a line must meet of which this is the answer, as the rule has it, with what the line has."""
    met = list(line_parts(call, line))
    own = len(met) - len(call.lines)  # the conditions written in the call come last, in their order
    named = [_MUST_BE.get(name, name.replace("_", " ")) for name, _ in met[:own]]
    named += [_condition(condition, name, line) for condition, (name, _) in zip(call.lines, met[own:], strict=True)]
    return listed(dict.fromkeys(words for words, (_, met_so) in zip(named, met, strict=True) if met_so is truth))


def _condition(condition: LineCondition, name: str, line: LineFacts) -> str:
    words = condition.text.replace("_", " ")
    value = attribute_of(line, name)
    if value is None or isinstance(value, bool):
        return words
    unit = " days" if isinstance(value, Interval) and LINE_ATTRIBUTES[name].type is AttributeType.TIME else ""
    return f"{words} (it is {_value(as_json(value))}{unit})"
