"""Reasonable adjustments as a draft of the national flag: the flag itself, and one Flag for each adjustment.

They follow the drafts of the England Patient Flags profiles as far as they could be read (leder-s82 and leder-s106 in
drug_rules/sources.yaml); no profile is claimed. A program on a desk does not write to the Spine: a person reads the
draft and enters it.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.adjustment_models import BESPOKE, CATEGORIES, Adjustment
from healthcheck_cli.content.models import Content
from healthcheck_cli.plans.fhir.elements import (
    FLAG_CATEGORY,
    FLAG_DETAIL,
    SNOMED,
    Ids,
    Json,
    coding,
    concept,
    draft_tag,
    ours,
    snomed_coding,
)
from healthcheck_cli.plans.fhir.wanted_adjustments import wanted_adjustments
from healthcheck_cli.record import Answer

_NATIONAL = "national-reasonable-adjustment-flag"
_DRAFT = "DRAFT for a person to read and enter"
_CONSENT = {
    "consents": "the person consents that others see it",
    "best_interests": "it may be seen by others as a best-interests decision",
    "legal_proxy": "someone with legal power agreed that others see it",
}


def flags(answers: Mapping[str, Answer], content: Content, patient: Json, ids: Ids) -> list[Json]:
    """The draft flag with its details; none where no answer calls for an adjustment, or the person refused the flag.

    The status is inactive, as FHIR has no draft of a Flag: a system that takes it over as it is shows no flag.
    """
    wanted = wanted_adjustments(answers, content)
    if not wanted or wanted.refused:
        return []
    details = [_coded(it, patient, ids) for it in wanted.coded]
    bespoke = next((it for it in content.adjustments.values() if it.category == BESPOKE), None)
    details += [_in_words(place, words, bespoke, patient, ids) for place, words in enumerate(wanted.in_words, start=1)]
    there = "; one is on the record already: compare the two" if wanted.on_record else ""
    consent = _CONSENT.get(wanted.consent, "nobody has said yet who may see it: ask before it is entered")
    whole = ids.resource(
        "Flag",
        "whole",
        meta={"tag": [draft_tag()]},
        extension=[{"url": FLAG_DETAIL, "valueReference": {"reference": f"urn:uuid:{it['id']}"}} for it in details],
        status="inactive",
        category=[_category()],
        code=concept(
            f"{_DRAFT}: reasonable adjustments ({consent}{there})",
            coding(FLAG_CATEGORY, _NATIONAL),
        ),
        subject=patient,
    )
    return [whole, *details]


def _coded(adjustment: Adjustment, patient: Json, ids: Ids) -> Json:
    """One adjustment. A code whose check digit is wrong is left out, and the words say so."""
    codes = snomed_coding(SNOMED, adjustment.code, adjustment.term)
    words = adjustment.term if codes else f"{adjustment.term} (its code failed the check digit and is left out)"
    return _detail(adjustment.id, adjustment.category, concept(f"{_DRAFT}: {words}", *codes), patient, ids)


def _in_words(place: int, words: str, bespoke: Adjustment | None, patient: Json, ids: Ids) -> Json:
    """A need that no code fits: under the entry for bespoke adjustments, where the content has it, in words."""
    codes = snomed_coding(SNOMED, bespoke.code, bespoke.term) if bespoke is not None else ()
    told = concept(f"{_DRAFT}: {words}", *codes)
    return _detail(f"in-words-{place}", BESPOKE, told, patient, ids)


def _detail(key: str, category: str, code: Json, patient: Json, ids: Ids) -> Json:
    name = CATEGORIES.get(category, "")
    kind = concept("", coding(ours("adjustment-category"), category, name))
    return ids.resource(
        "Flag",
        "detail",
        key,
        meta={"tag": [draft_tag()]},
        status="inactive",
        category=[_category(), kind],
        code=code,
        subject=patient,
    )


def _category() -> Json:
    return concept("", coding(FLAG_CATEGORY, _NATIONAL))
