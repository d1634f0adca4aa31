"""Facts from the table of capacity assessments. Capacity is for one decision at one time: there is no global answer."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.sources import FactSources

_WEAKEST_FIRST = ("lacks", "unclear", "has")
# what was refused → the decision of the capacity table that covers it
_DECISION_FOR = {
    "bloods": "blood_test",
    "bp": "examination",
    "vaccine": "vaccination",
    "examination": "examination",
    "treatment": "treatment",
    "screening": "screening",
}
_RESTRAINT = frozenset({"restraint", "sedation"})
_PROCEDURES = frozenset({"blood_test", "vaccination"})
_SEDATED = ("sedation_best_interests", "under_planned_anaesthetic")


def _assessments(sources: FactSources) -> dict[str, str] | None:
    """Decision → outcome, the later row for one decision replacing the earlier; None where the table was not asked.

    Where there is no reason to doubt capacity the table is not asked, and nothing was assessed."""
    answered = sources.answered("consent.capacity_outcome")
    doubt = sources.answered("consent.capacity_doubt")
    if answered is None and doubt is not None and doubt.value in (("none",), "none"):
        return {}
    if answered is None or not isinstance(answered.value, tuple):
        return None
    rows = [row for row in answered.value if isinstance(row, Mapping)]
    return {row.get("decision", ""): _outcome(row) for row in rows}


def _outcome(row: Mapping[str, str]) -> str:
    word = (row.get("outcome") or row.get("has_capacity") or "").strip().casefold()
    return {"yes": "has", "no": "lacks", "has": "has", "lacks": "lacks"}.get(word, "unclear")


def _refused(fact: FactLookup) -> frozenset[str] | None:
    refused = fact("consent.refused")
    return refused.value if refused.state is State.KNOWN and isinstance(refused.value, frozenset) else None


def _by_assessments(holds: bool) -> FactValue:
    return known(holds, f"{'yes' if holds else 'no'}, by the capacity assessments")


def _lacks_any(sources: FactSources, _: FactLookup) -> FactValue:
    outcomes = _assessments(sources)
    return UNKNOWN_FACT if outcomes is None else _by_assessments("lacks" in outcomes.values())


def _refusal_assessed(sources: FactSources, fact: FactLookup) -> FactValue:
    outcomes, refused = _assessments(sources), _refused(fact)
    if outcomes is None or refused is None:
        return UNKNOWN_FACT
    return _by_assessments(all(_DECISION_FOR.get(item, item) in outcomes for item in refused))


def _refusal_capacity(sources: FactSources, fact: FactLookup) -> FactValue:
    """The weakest outcome among the refused items; unknown where none of them was assessed."""
    outcomes, refused = _assessments(sources) or {}, _refused(fact)
    if refused is None:
        return UNKNOWN_FACT
    found = {outcomes[d] for d in (_DECISION_FOR.get(item, item) for item in refused) if d in outcomes}
    for outcome in _WEAKEST_FIRST:
        if outcome in found:
            return known(outcome, f"{outcome.replace('_', ' ')}, by the capacity assessments")
    return UNKNOWN_FACT


def _restraint_assessed(sources: FactSources, fact: FactLookup) -> FactValue:
    """Is there an assessment for restraint or sedation? Where nobody is restrained and sedation or an anaesthetic is
    planned for blood tests, one for those tests counts. A row of another decision, named by no word of the list, may be
    about restraint."""
    outcomes = _assessments(sources)
    if outcomes is None:
        return UNKNOWN_FACT
    if not outcomes.keys().isdisjoint(_RESTRAINT):
        return _by_assessments(True)
    if not outcomes.keys().isdisjoint(_PROCEDURES) and fact("ra.bloods_plan").value in _SEDATED:
        restraint = fact("behav.restraint_used")
        if restraint.state is State.DOES_NOT_APPLY or restraint.value is False:
            return _by_assessments(True)
        if restraint.value is None:
            return UNKNOWN_FACT
    return UNKNOWN_FACT if outcomes.keys() & {"", "other"} else _by_assessments(False)


COMPUTATIONS: Mapping[str, Compute] = {
    "consent.restraint_assessed": _restraint_assessed,
    "consent.lacks_any": _lacks_any,
    "consent.refusal_assessed": _refusal_assessed,
    "consent.refusal_capacity": _refusal_capacity,
}
