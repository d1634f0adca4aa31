"""Help, speech, carers and restraint: what follows from the tables and answers of the check.

An activity without a row is not one that needs no help, and a row without an answer is not a no.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.computed.cells import (
    Row,
    Rows,
    any_row,
    between,
    of_rows,
    rows_of,
    unsaid,
    without_value,
    word,
)
from healthcheck_cli.facts.computed.cells import flag as cell_flag
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.from_answers import fact_from_answer
from healthcheck_cli.facts.plain import leaves_nothing_out
from healthcheck_cli.facts.sources import FactSources

ACTIVITIES = ("washing", "dressing", "eating", "toilet", "moving")
HELP = ("none", "prompt", "some", "full")
_NOT_SPEECH = frozenset({"sounds", "behaviour_only"})
NO_ALLERGY = frozenset({"no known allergies", "no known allergy", "nka", "nkda", "no known drug allergies"})
_GENDER_WORDS = {
    "female": frozenset({"female", "woman", "girl", "f"}),
    "male": frozenset({"male", "man", "boy", "m"}),
}


def help_with(activity: str, rows: Rows) -> str | None:
    """How much help; None where no row says it, or rows differ. Without any row help is needed for nothing."""
    if not rows:
        return "none"
    said = {word(row, "help") for row in rows if word(row, "activity") == activity}
    found = said.pop() if len(said) == 1 else ""
    return found if found in HELP else None


def _adl(activity: str) -> Compute:
    def work_out(rows: Rows, _: FactSources, __: FactLookup) -> FactValue:
        found = help_with(activity, rows)
        return UNKNOWN_FACT if found is None else known(found, f"{activity}: {found}")

    return of_rows("home.adl", work_out)


def _needing(rows: Rows, amounts: tuple[str, ...]) -> tuple[list[str], int]:
    """The activities that need so much help, and how many may."""
    helped = {activity: help_with(activity, rows) for activity in ACTIVITIES}
    return [it for it, help_ in helped.items() if help_ in amounts], list(helped.values()).count(None)


def _helped_n(rows: Rows, _: FactSources, __: FactLookup) -> FactValue:
    sure, may = _needing(rows, ("some", "full"))
    return between(len(sure), len(sure) + may, ", ".join(sure))


def _speaks(_: FactSources, fact: FactLookup) -> FactValue:
    """Yes with full sentences, or sign language and complex understanding; no with sounds or behaviour only; else
    partly. Sign language without a word on understanding leaves it open."""
    ways = fact("comm.speaks")
    if ways.state is not State.KNOWN or not isinstance(ways.value, frozenset):
        return unsaid(ways)
    if "full_sentences" in ways.value:
        return known("yes", ways.shown)
    if ways.value <= _NOT_SPEECH:
        return known("no", ways.shown)
    if "bsl" in ways.value:
        understands = fact("comm.understands")
        if understands.state is not State.KNOWN:
            return UNKNOWN_FACT
        if understands.value == "complex":
            return known("yes", ways.shown)
    return known("partly", ways.shown)


def _carer_age(sources: FactSources, _: FactLookup) -> FactValue:
    answer = sources.record.answers.get("carer.age_health")
    if answer is None:
        return UNKNOWN_FACT
    return fact_from_answer(answer, sources.content.facts["carer.age_years"].declaration, sources.as_of)


def _restrained(rows: Rows, _: FactSources, __: FactLookup) -> FactValue:
    kinds = dict.fromkeys(word(row, "type").replace("_", " ") for row in rows)
    return known(bool(rows), ", ".join(filter(None, kinds)) or "none")


def _not_authorised(row: Row) -> bool | None:
    authorised = cell_flag(row, "authorised")
    return None if authorised is None else not authorised


def _not_shared(row: Row) -> bool | None:
    shared = cell_flag(row, "share")
    return None if shared is None else not shared


def _none_uncoded(sources: FactSources, _: FactLookup) -> FactValue:
    """No allergy was told, and "no known allergies" stands nowhere in the record. That it does not is known only where
    problems and events leave nothing out."""
    rows = rows_of(sources, "allergy.list")
    if rows is None:
        return without_value(sources.record.answers.get("allergy.list"))
    if rows:
        return known(False, "an allergy was told")
    record = sources.record
    texts = [*(it.term for it in record.problems), *(it.name for it in record.observations)]
    if any(" ".join(text.casefold().split()) in NO_ALLERGY for text in texts):
        return known(False, "no known allergies is recorded")
    if leaves_nothing_out(record, "problems", None) and leaves_nothing_out(record, "events", None):
        return known(True, "none told, and none recorded")
    return UNKNOWN_FACT


def _gender_differs(sources: FactSources, _: FactLookup) -> FactValue:
    """Only the plainest words of the person are held against the record; any others are for a person to read."""
    told, recorded = sources.answered("demo.gender"), sources.answered("demo.sex_registered")
    if told is None:
        return without_value(sources.record.answers.get("demo.gender"))
    if recorded is None or recorded.value not in _GENDER_WORDS:
        return UNKNOWN_FACT
    said = str(told.value).casefold().strip(" .")
    words = next((sex for sex, names in _GENDER_WORDS.items() if said in names), None)
    return UNKNOWN_FACT if words is None else known(words != recorded.value, f"record: {recorded.value}")


COMPUTATIONS: Mapping[str, Compute] = {
    "home.adl_eating": _adl("eating"),
    "home.adl_toilet": _adl("toilet"),
    "home.adl_help_n": of_rows("home.adl", _helped_n),
    "comm.speaks_for_self": _speaks,
    "carer.age_years": _carer_age,
    "behav.restraint_used": of_rows("behav.restraint", _restrained),
    "behav.restraint_unplanned": any_row("behav.restraint", _not_authorised),
    "consent.sharing_refused": any_row("consent.sharing", _not_shared),
    "allergy.none_uncoded": _none_uncoded,
    "demo.gender_differs": _gender_differs,
}
