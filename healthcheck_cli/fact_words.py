"""Facts, calls and what decided a rule, in words: the same in what a finding says and in what it stands on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Content
from healthcheck_cli.record import not_in_problems

_MEDICINE_FACTS = {
    "complete": "a medicine list that is known to leave nothing out",
    "unrecognised": "what the medicine lines that were not recognised are",
    "current": "which medicine lines are taken now",
    "prn": "which medicines are taken only when required",
    "regular": "which medicines are taken regularly",
    "route": "by which route medicines are taken",
    "oral": "which medicines are taken by mouth",
    "depot": "which medicines are depot injections",
    "release": "which medicines are modified release",
    "taken_for": "for how long medicines have been taken (dates of first and later issues)",
    "begun": "when medicines were first issued",
    "begun_on": "when medicines were first issued",
    "age_at_start": "the age when medicines were first issued",
    "supply": "how many days the last issue lasts (quantity and directions)",
    "issues_6m": "how often medicines were issued in the last 6 months",
    "issues_12m": "how often medicines were issued in the last 12 months",
    "daily_mg": "the daily dose (strength and directions)",
    "mg_per_kg": "the daily dose and a recent weight",
    "percent_of_max": "the daily dose as a share of the BNF maximum",
    "percent_at_top": "the daily dose as a share of the BNF maximum",
    "max_stated": "whether the directions give a daily maximum",
    "reason_stated": "whether the directions give a reason",
    "product_named": "whether the brand or maker is named",
    "switching": "whether one medicine is being changed for another (dates of issues)",
    "hospital": "whether a hospital supplies the medicine",
    "listed": "which medicines are on the list",
    "level": "how strongly medicines act",
    "within": "when medicines were taken",
    "product_changed": "whether the brand or maker changed in the last 6 months",
    "reviewed_since_start": "whether the medicine was reviewed since it was first issued",
    "team_review_since_start": "whether a team reviewed the medicine since it was first issued",
    "start_checks_done": "whether the checks at the beginning of treatment were done",
    "lapsed": "whether a medicine is still being collected (last issue and quantity)",
    "reduced": "whether the dose fell lately (an earlier list, or issue dates)",
    "reduced_ago": "when the dose fell (an earlier list, or issue dates)",
    "duplicate": "whether two lines of one medicine overlap",
    "gain_since_start": "the weight when the medicine was first issued, and now",
    "dose_percent": "the daily doses as shares of the BNF maximum",
}
_CALLS = {
    "taking": "{}",
    "count": "{} counted",
    "burden": "total on {}",
    "dose_percent": "{}, share of the BNF maximum",
    "months_since": "months since: {}",
    "weeks_since": "weeks since: {}",
    "missing": "not recorded: {}",
    "not_known": "answered with not known: {}",
    "declined": "declined: {}",
    "never": "never: {}",
    "written": "{}",
    "ticked": "how many of: {}",
    "mentions": "words found in: {}",
    "duplicates": "two lines of one of {}",
    "lapsed": "no longer collected: {}",
    "reduced": "dose fell: {}",
    "gain_since_start": "weight gained on {}",
}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)((?: \(\d{1,2} \w{3} \d{4}\))?)")  # with the day of an answer
_INNER_NAME = re.compile(r"\b([a-z]\w*\.\w+): ")
_ONE_OF = re.compile(r" in \(([^)]*)\)")
_CALL = re.compile(r"(\w+)\(\s*([\w.]+)\s*(?:,\s*(.*))?\)")


def fact_in_words(name: str, content: Content) -> str:
    """The plain words for a fact, a call such as ``taking(antipsychotic)``, or what is missing of the medicines."""
    if name in content.facts:
        return content.facts[name].title
    if name.startswith("medicines."):
        attribute = name.removeprefix("medicines.")
        return _MEDICINE_FACTS.get(attribute, f"{attribute.replace('_', ' ')} of the medicine lines")
    call = _CALL.fullmatch(name)
    if call is None or call[1] not in _CALLS:
        return name
    conditions = f" ({_conditions(call[3])})" if call[3] else ""
    return _CALLS[call[1]].format(_argument(call[2], content)) + conditions


def fact_asked_of(name: str) -> str:
    """The fact, class or scale that a call asks about; a fact's own name as it is.

    >>> fact_asked_of("ticked(bowel.cancer_signs)"), fact_asked_of("bowel.cancer_signs")
    ('bowel.cancer_signs', 'bowel.cancer_signs')
    """
    call = _CALL.fullmatch(name)
    return call[2] if call is not None else name


def _conditions(written: str) -> str:
    """The conditions inside a call, with the comparisons in words.

    >>> _conditions("depot, begun > 8 weeks"), _conditions("level >= 2")
    ('depot, begun over 8 weeks', 'level at least 2')
    >>> _conditions("release in (modified, gastro_resistant)")
    'release modified or gastro resistant'
    """
    written = _ONE_OF.sub(lambda found: f" {found[1].replace(', ', ' or ')}", written)
    for sign, said in ((">=", "at least"), ("<=", "at most"), (">", "over"), ("<", "under")):
        written = written.replace(f" {sign} ", f" {said} ")
    return written.replace("_", " ")


def _argument(name: str, content: Content) -> str:
    if name in content.facts:
        return content.facts[name].title
    if name in content.classes:
        return content.classes[name].title
    if name in content.scales:
        return content.scales[name].title
    return name.replace("_", " ")


def reason_in_words(fact: str, shown: str, value: object, rows: Iterable[int], content: Content) -> str:
    """One fact that decided: its name, what it was, and the medicine rows it stands on. Names that only the content
    uses are left out."""
    # what was ticked, and the day, are told: their number and the months since need not be
    told_whole = fact.startswith(("ticked(", "months_since(", "weeks_since(", "never(", "not_known(", "declined("))
    label = fact_in_words(fact_asked_of(fact) if told_whole and shown else fact, content)
    if fact.startswith("missing(") and value is True:
        return fact_in_words(fact, content)
    if fact.startswith("taking(") and value is False and not shown:
        return f"{label}: none on the list"
    told = without_names(shown.removeprefix(f"{fact}: "), content)
    if (bare := _NUMBER.fullmatch(told)) and fact in content.facts:
        unit = content.facts[fact].declaration.unit
        told = f"{bare[1]} {unit.removesuffix('s') if bare[1] == '1' else unit}".rstrip() + bare[2]
    figure = _figure(fact, value)
    told = f"{figure}: {told}" if figure and told else told or _value_in_words(value)
    if told == not_in_problems(label):
        told = "not in the problems supplied"
    said = told if told.casefold().startswith(label.casefold()) else f"{label}: {told}"
    return f"{said}{rows_in_words(rows)}"


def without_names(shown: str, content: Content) -> str:
    """What a fact shows, less the names that only the content uses."""
    return _INNER_NAME.sub(
        lambda found: "" if found[1] in content.questions or found[1] in content.facts else found[0], shown
    )


def _figure(fact: str, value: object) -> str:
    """The sum that a rule was decided on, which the names of what was added up do not tell.

    >>> _figure("dose_percent(antipsychotic)", {"low": 116.6667, "high": 116.6667})
    '116.7%'
    """
    if not fact.startswith(("dose_percent(", "burden(")) or not isinstance(value, Mapping) or "low" not in value:
        return ""
    high = value.get("high")
    unit = "%" if fact.startswith("dose_percent(") else ""
    return range_in_words(Interval(value["low"], math.inf if high is None else high), unit)


def _value_in_words(value: object) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping) and "low" in value:
        low, high = value["low"], value.get("high")
        return f"{low} or more" if high is None else f"{low} to {high}"
    return str(value).replace("_", " ")


def range_in_words(interval: Interval | None, unit: str = "") -> str:
    """A number or a range of numbers.

    >>> range_in_words(Interval(3, 9)), range_in_words(Interval(3, math.inf)), range_in_words(Interval(12.5, 12.5), "%")
    ('3 to 9', '3 or more', '12.5%')
    """
    if interval is None:
        return "not known"
    end = unit if unit == "%" else f" {unit}".rstrip()
    places = 1 if unit == "%" else 2
    low = _short(interval.low, places)
    if math.isinf(interval.high):
        return f"{low}{end} or more"
    high = _short(interval.high, places)
    return f"{low}{end}" if low == high else f"{low} to {high}{end}"


def _short(number: float, places: int) -> str:
    return f"{round(number, places):g}" if abs(number) < 1e5 else f"{number:.0f}"


def rows_in_words(rows: Iterable[int]) -> str:
    """Row numbers in brackets; nothing where there are none."""
    found = sorted(set(rows))
    if not found:
        return ""
    return f" ({'row' if len(found) == 1 else 'rows'} {', '.join(map(str, found))})"
