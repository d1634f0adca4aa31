"""The reason of a medicine, in words for staff and in words for carers. Texts are plain: a renderer escapes them."""

from __future__ import annotations

import re

from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import without_names
from healthcheck_cli.facts.medicine_reasons import Condition, MedicineReason, ReasonState, titles
from healthcheck_cli.plans.words import listed

_DAY_OF_ANSWER = re.compile(r" \((\d{1,2} [A-Z][a-z]{2} \d{4})\)$")
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
    """One line: what was found with where it stands, what is written, or why there is nothing."""
    written = f'written beside it: "{" ".join(reason.written.split())}"' if reason.written else ""
    found = dict.fromkeys(_where_it_stands(it, content) for it in reason.conditions)
    return "; ".join((*found, *([written] if written else []))) or _FOR_STAFF[reason.state]


def _where_it_stands(condition: Condition, content: Content) -> str:
    """As one would say it: "Epilepsy, active (answered in the check)"; a problem of the list says so itself."""
    told, _, recorded = condition.stands_on.partition("; the record says: ")
    question, _, answer = told.partition(": ")
    if question not in content.questions:
        return without_names(condition.stands_on, content) or condition.title
    dated = _DAY_OF_ANSWER.search(answer)
    when = f", {dated[1]}" if dated else ""
    answer = _DAY_OF_ANSWER.sub("", answer)
    if answer == "yes" or answer.startswith("yes, "):
        said = f"{condition.title}{answer.removeprefix('yes')} (answered in the check{when})"
    else:
        said = f"{condition.title} (answered in the check{when}: {answer})"
    return f"{said}; the record says: {recorded}" if recorded else said


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
