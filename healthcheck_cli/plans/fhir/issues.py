"""Findings as DetectedIssues: how pressing, what they stand on, which medicines."""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import reason_in_words
from healthcheck_cli.findings import AcceptedFinding, Finding, PersonReview
from healthcheck_cli.plans.fhir.elements import Ids, Json, clean, coding, concept, ours
from healthcheck_cli.plans.words import BASES, LEVELS, day_in_words, source_in_words

_SEVERITY = {Level.URGENT: "high", Level.HIGH: "high", Level.MEDIUM: "moderate", Level.INFO: "low"}
"""FHIR has three; the level itself is in ``meta.tag``."""


def finding_key(finding: Finding) -> tuple[str, ...]:
    """What tells a finding from the others of the same person: a rule fires once."""
    return ("finding", finding.rule)


def detected_issue(finding: Finding, person: PersonReview, content: Content, patient: Json, ids: Ids, day: str) -> Json:
    """One finding. It is preliminary: no clinician has looked at it."""
    rules = [finding, *finding.merged]
    return ids.resource(
        "DetectedIssue",
        *finding_key(finding),
        meta={
            "tag": [
                coding(ours("level"), finding.level.value, LEVELS[finding.level]),
                coding(ours("basis"), finding.basis.value, BASES[finding.basis]),
            ]
        },
        identifier=[{"system": ours("rule"), "value": finding.rule}],
        status="preliminary",
        code=concept(finding.title, *(coding(ours("rule"), it.rule, it.title) for it in rules)),
        severity=_SEVERITY[finding.level],
        patient=patient,
        identifiedDateTime=day,
        author=ids.program,
        implicated=_statements(finding.rows, person, ids),
        evidence=[_evidence(it.fact, it.shown, it.value, it.rows, person, content, ids) for it in finding.because],
        detail=_detail(finding, person, content),
    )


def accepted_issue(
    accepted: AcceptedFinding, person: PersonReview, content: Content, patient: Json, ids: Ids, day: str
) -> Json:
    """A finding that is known and accepted for a time, with who accepted it, why and until when."""
    made = detected_issue(accepted.finding, person, content, patient, ids, day)
    words = (
        f"Known and accepted until {day_in_words(it.until)} by {clean(it.by)}: {clean(it.because)}"
        for it in accepted.entries
    )
    return {**made, "mitigation": [{"action": concept(it)} for it in words]}


def _statements(rows: Iterable[int], person: PersonReview, ids: Ids) -> list[Json]:
    here = {read.row for read in person.medicines}
    return [ids.reference("MedicationStatement", str(row)) for row in rows if row in here]


def _evidence(
    fact: str, shown: str, value: object, rows: tuple[int, ...], person: PersonReview, content: Content, ids: Ids
) -> Json:
    told: Json = {"code": [concept(reason_in_words(fact, shown, value, rows, content))]}
    detail = _statements(rows, person, ids)
    return {**told, "detail": detail} if detail else told


def _detail(finding: Finding, person: PersonReview, content: Content) -> str:
    """What was found, in words, with the warning that belongs to it and what it rests on."""
    lines = [finding.says]
    lines += [f"The same is asked by {it.rule} {it.title}: {it.says}" for it in finding.merged]
    lines += ["Do not stop suddenly."] if _is_psychotropic(finding, person, content) else []
    sources = "; ".join(source_in_words(it, content) for it in finding.sources)
    lines += [f"Support: {BASES[finding.basis]}. {sources}".strip()]
    return clean("\n".join(lines))


def _is_psychotropic(finding: Finding, person: PersonReview, content: Content) -> bool:
    """Is it about a psychotropic medicine? Then the warning goes with it, wherever it is told."""
    rows = set(finding.rows)
    named = {ingredient.name for read in person.medicines if read.row in rows for ingredient in read.ingredients}
    return any(content.medicines[name].stomp_scope not in ("", "out") for name in named & set(content.medicines))
