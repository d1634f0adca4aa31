"""The reason of a medicine, in words for staff and in words for carers. Texts are plain: a renderer escapes them."""

from __future__ import annotations

from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import reason_in_words
from healthcheck_cli.facts.medicine_reasons import MedicineReason, ReasonState, titles
from healthcheck_cli.plans.words import listed

_FOR_STAFF = {
    ReasonState.OLD: "only an old or resolved reason found in the record",
    ReasonState.NOT_FOUND: "no reason found in the record",
    ReasonState.NOT_KNOWN: "not known: the record supplied cannot say",
    ReasonState.NOT_LOOKED_FOR: "no reason is written beside it, and none was looked for",
}
_FOR_CARERS = {
    ReasonState.OLD: "The record has only an old reason. Ask what it is for now.",
    ReasonState.NOT_FOUND: "No reason found in the record. Ask what it is for.",
    ReasonState.NOT_KNOWN: "We do not know yet. Ask what it is for.",
    ReasonState.NOT_LOOKED_FOR: "The list does not say. Ask what it is for.",
}


def reason_for_staff(reason: MedicineReason, content: Content) -> str:
    """One line: what was found with its row and date, what is written, or why there is nothing."""
    written = f'written beside it: "{" ".join(reason.written.split())}"' if reason.written else ""
    stands_on = (reason_in_words(it.fact, it.stands_on, True, (), content) for it in reason.conditions)
    found = "; ".join(dict.fromkeys(stands_on))
    said = [part for part in (f"reason found: {found}" if found else "", written) if part]
    return "; ".join(said) or _FOR_STAFF[reason.state]


def reason_for_carers(reason: MedicineReason) -> str:
    """A sentence or two in plain words.

    >>> from healthcheck_cli.facts.medicine_reasons import Condition
    >>> reason_for_carers(MedicineReason(ReasonState.FOUND, (Condition("Epilepsy", "dx.epilepsy", ""),)))
    'Reason found: epilepsy.'
    """
    if reason.written:  # nearest to what the prescriber said of this very medicine
        return f'The list says: "{" ".join(reason.written.split())}"'
    if reason.conditions:
        return f"Reason found: {listed((_small(it) for it in titles(reason.conditions)), 'and')}."
    return _FOR_CARERS[reason.state]


def _small(title: str) -> str:
    """A title inside a sentence; a short form keeps its capitals (ADHD)."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
