"""The part of the plan about medicines for mind and behaviour: a line a medicine, with what is known of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from healthcheck_cli.conditions.values import DateRange, Interval, PersonFacts
from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import range_in_words, rows_in_words
from healthcheck_cli.facts.medicine_reasons import reason_for
from healthcheck_cli.facts.monitoring import Due, MonitoringDue, monitoring_due
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.medicines.models import EquivalentDose, IngredientRead, MedicineRead
from healthcheck_cli.plans.medicine_parts import amount_a_day, share_of_maximum
from healthcheck_cli.plans.plan_page_medicines import StompLine, StompPart
from healthcheck_cli.plans.plan_sources import PlanSources
from healthcheck_cli.plans.reason_words import reason_for_staff
from healthcheck_cli.plans.words import LABELS, counted, day_in_words, dose_in_words, listed

_NOT_KNOWN = "not known"
_LAST_REVIEW = "review.psychotropic"
_SCOPES = ("core", "conditional")
_WATCHED = "monitor_only"
_STATES = (Due.OVERDUE, Due.DUE, Due.NOT_KNOWN, Due.UP_TO_DATE)


def stomp_part(sources: PlanSources) -> StompPart:
    """Every medicine within the scope of STOMP that is taken now, in the order of the list.

    What the record does not say is told as not known. Nothing here says whether a medicine should be taken.
    """
    person, content, facts = sources.person, sources.content, sources.facts
    due: dict[int, list[MonitoringDue]] = {}
    for it in monitoring_due(facts, content) if facts is not None else ():
        for row in it.rows:
            due.setdefault(row, []).append(it)
    lines = [
        _line(read, ingredient, due.get(read.row, []), facts, content)
        for read in person.medicines
        if read.current
        for ingredient in read.ingredients
        if _scope(ingredient, content) in _SCOPES
    ]
    return StompPart(tuple(lines), tuple(_remarks(person, bool(lines), content)))


def _scope(ingredient: IngredientRead, content: Content) -> str:
    held = content.medicines.get(ingredient.name)
    return held.stomp_scope if held is not None else ""


def _line(
    read: MedicineRead,
    ingredient: IngredientRead,
    due: Sequence[MonitoringDue],
    facts: PersonFacts | None,
    content: Content,
) -> StompLine:
    mine = [it for it in due if it.medicine == ingredient.name or len(read.ingredients) == 1]
    return StompLine(
        name=f"{ingredient.name}{', when required' if read.prn else ''}",
        row=read.row,
        group=LABELS.get(ingredient.label, ingredient.label.replace("_", " ")),
        since=_since(read, ingredient, facts),
        reason=reason_for_staff(reason_for(read, facts, content), content) if facts is not None else _NOT_KNOWN,
        daily=amount_a_day(ingredient),
        of_maximum=share_of_maximum(ingredient) or "-",
        last_review=_dates(facts.fact(_LAST_REVIEW).dates) if facts is not None else _NOT_KNOWN,
        monitoring=tuple(_monitoring(mine)),
    )


def _since(read: MedicineRead, ingredient: IngredientRead, facts: PersonFacts | None) -> str:
    """The first day that the record has of the medicine: an earlier line of it counts, so it may be before this one."""
    lines = [it for it in facts.lines if it.row == read.row and it.shown == ingredient.name] if facts else []
    begun = next((it.attributes.get("begun_on") for it in lines), None)
    if isinstance(begun, DateRange):
        return _dates(begun)
    return day_in_words(read.line.start) if read.line.start is not None else _NOT_KNOWN


def _dates(dates: DateRange | None) -> str:
    if dates is None:
        return _NOT_KNOWN
    if dates.never:
        return "never"
    earliest, latest = dates.earliest, dates.latest
    if earliest is not None and earliest == latest:
        return day_in_words(earliest)
    if earliest is None or latest is None:
        return f"{day_in_words(latest)} or before" if latest is not None else _NOT_KNOWN
    return f"between {day_in_words(earliest)} and {day_in_words(latest)}"


def _monitoring(due: Sequence[MonitoringDue]) -> Iterable[str]:
    """One entry for each state and day, the pressing states first: tests of which nothing is on record, tests with the
    day they were last done, tests that are up to date with the day they are due next."""
    for state in _STATES:
        found: dict[str, dict[str, None]] = {}
        for it in due:
            if it.state is state:
                found.setdefault(_heading(it), {})[_dated(it)] = None
        yield from (f"{heading}: {', '.join(tests)}" for heading, tests in found.items())


def _heading(it: MonitoringDue) -> str:
    words = _STATE_WORDS[it.state]
    if it.never:
        return f"{words}, none on record"
    if it.state is Due.UP_TO_DATE and it.due is not None:
        return f"{words}, next {day_in_words(it.due)}"
    return words


_STATE_WORDS: Mapping[Due, str] = {
    Due.OVERDUE: "overdue",
    Due.DUE: "due",
    Due.NOT_KNOWN: "not known",
    Due.UP_TO_DATE: "up to date",
}


def _dated(it: MonitoringDue) -> str:
    """The test, with the day it was last done where it is wanted again."""
    if it.last is None or it.state is Due.UP_TO_DATE:
        return it.test.title
    return f"{it.test.title} (last {day_in_words(it.last)})"


def _remarks(person: PersonReview, found: bool, content: Content) -> Iterable[str]:
    whole = "medicines" in person.complete
    if not found:
        yield "No medicine for mind or behaviour on the list supplied" + (
            "." if whole else ", which is not said to be complete."
        )
    if person.unrecognised:
        rows = rows_in_words(it.row for it in person.unrecognised)
        number = counted(len(person.unrecognised), "line was", "lines were")
        yield f"{number} not recognised{rows} and may be one of these medicines."
    watched = {
        f"{ingredient.name}{rows_in_words([read.row])}": None
        for read in person.medicines
        if read.current
        for ingredient in read.ingredients
        if _scope(ingredient, content) == _WATCHED
    }
    if watched:
        yield f"Also taken, and watched for what they add to these: {listed(watched)}."
    if found and not whole:
        yield "The list is not said to be complete: there may be more."
    yield from _shares(person)
    equivalents = _equivalents(person.equivalents, content)
    if equivalents:
        yield equivalents


def _shares(person: PersonReview) -> Iterable[str]:
    if person.antipsychotic_percent is None:
        return
    total = range_in_words(person.antipsychotic_percent, "%")
    said = f"{total}; without when-required: {range_in_words(person.antipsychotic_percent_without_prn, '%')}"
    if person.antipsychotic_percent == Interval(0.0, math.inf):
        said = "cannot be worked out from these lines"
    yield f"Antipsychotics together as a share of the BNF maximum: {said}."


def _equivalents(found: Sequence[EquivalentDose], content: Content) -> str:
    """Every method by its name; what is said of their limits once, where they all say the same."""
    held = [(it, content.equivalences[it.method]) for it in found if it.method in content.equivalences]
    said = [
        f"{method.title}: {dose_in_words(it.total, 'mg')} of {it.of} a day"
        + (f", without {listed(it.not_held)}, which that table lacks" if it.not_held else "")
        for it, method in held
    ]
    limits = " ".join(dict.fromkeys(method.limits for _, method in held))
    return f"Secondary figures. {limits} {'; '.join(said)}." if said else ""
