"""What to do, as Tasks, and the CarePlan that holds them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.findings import Finding, NotAssessed, PersonReview
from healthcheck_cli.plans.accepted_words import found_in_words
from healthcheck_cli.plans.fhir.elements import Ids, Json, clean, concept, note
from healthcheck_cli.plans.fhir.issues import finding_key
from healthcheck_cli.plans.finding_parts import PlannedAction, planned_actions
from healthcheck_cli.plans.what_is_missing import missing_in_words
from healthcheck_cli.plans.words import SUDDEN, counted, listed, owner_in_words

_PRIORITY = {Level.URGENT: "stat", Level.HIGH: "urgent", Level.MEDIUM: "routine", Level.INFO: "routine"}
_STAFF = "For registered staff. It shows what was found and why; it does not replace judgement."


def tasks(person: PersonReview, patient: Json, ids: Ids, day: str) -> list[Json]:
    """Every action once, soonest first, each for the findings that ask for it. They are drafts of proposals."""
    levels = {level.rank: level for level in Level}
    leads = {rule: finding for finding in person.findings for rule in finding.told_for}
    return [_task(it, levels[it.rank], leads, patient, ids, day) for it in planned_actions(person)]


def _task(action: PlannedAction, level: Level, leads: Mapping[str, Finding], patient: Json, ids: Ids, day: str) -> Json:
    keys = dict.fromkeys(finding_key(leads[rule]) for rule in action.rules if rule in leads)
    issues = [ids.reference("DetectedIssue", *key) for key in keys]
    return ids.resource(
        "Task",
        *_key(action),
        basedOn=[ids.reference("CarePlan")],
        status="draft",
        intent="proposal",
        priority=_PRIORITY[level],
        description=clean(action.do),
        focus=issues[0] if issues else None,
        for_=patient,
        authoredOn=day,
        requester=ids.program,
        performerType=[concept(owner_in_words(action.owner))],
        reasonCode=concept(", ".join(action.rules)),
        restriction={"period": {"end": action.due.isoformat()}},
        input=[{"type": concept("asked by this finding too"), "valueReference": it} for it in issues[1:]],
    )


def _key(action: PlannedAction) -> tuple[str, ...]:
    return ("action", action.owner, action.do)


def care_plan(
    person: PersonReview,
    content: Content,
    patient: Json,
    ids: Ids,
    day: str,
    support: Sequence[Json],
    ask_about: Sequence[str],
) -> Json:
    """The draft plan. ``support`` are references to what it was made from besides the findings; ``ask_about`` are
    reasonable adjustments that nobody has asked about yet."""
    issues = [ids.reference("DetectedIssue", *finding_key(it)) for it in person.findings]
    what = "annual health check" if person.from_check else "medicine review"
    return ids.resource(
        "CarePlan",
        status="draft",
        intent="proposal",
        title=f"Draft action plan after the {what}",
        description=clean(found_in_words(person)),
        subject=patient,
        created=day,
        author=ids.program,
        supportingInfo=[*issues, *support],
        activity=[{"reference": ids.reference("Task", *_key(it))} for it in planned_actions(person)],
        note=[note(it) for it in (*_remarks(person, content), *_to_ask(ask_about))],
    )


def _to_ask(adjustments: Sequence[str]) -> list[str]:
    words = "; ".join(adjustments)
    return [f"Ask whether these adjustments are wanted on the flag: {words}."] if adjustments else []


def _remarks(person: PersonReview, content: Content) -> list[str]:
    """What a reader of the plan must know: what it is, and what could not be told."""
    lines = [f"{_STAFF} {SUDDEN}"]
    if person.complete:
        lines += [
            f"Said to be complete: {listed(person.complete)}. What is not found elsewhere is unknown, not absent."
        ]
    else:
        lines += ["No list was said to be complete: what is not found in one is unknown, not absent."]
    if person.could_not_assess:
        count = counted(len(person.could_not_assess), "rule")
        lines += [f"{count} could not be assessed. Those about something urgent are named here."]
    urgent = [it for it in person.could_not_assess if it.level is Level.URGENT]
    lines += [_not_assessed(it, person, content) for it in urgent]
    if person.unrecognised:
        rows = ", ".join(str(it.row) for it in person.unrecognised)
        count = counted(len(person.unrecognised), "medicine line was", "medicine lines were")
        lines += [f"{count} not recognised (rows {rows})."]
    return lines


def _not_assessed(rule: NotAssessed, person: PersonReview, content: Content) -> str:
    return (
        f"Could not be assessed: {rule.rule} {rule.title}. It needs: {listed(missing_in_words(rule, person, content))}."
    )
