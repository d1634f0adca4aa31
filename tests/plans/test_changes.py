"""What changed since the last check: a finding is cleared only where its rule is false now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import Review
from healthcheck_cli.kept_actions import (
    ActionMark,
    ActionState,
    KeptAction,
    LivingAction,
    MarkedAction,
    RaisedAction,
    living_actions,
)
from healthcheck_cli.plans.changes import Changes, changes_since
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import Acceptance
from healthcheck_cli.review import review_records
from tests.whole_people import shipped_reviewer

THEN, NOW = date(2025, 11, 22), date(2026, 11, 22)
RISPERIDONE = {"text": "Risperidone 1mg tablets", "dosage": "1 bd", "start": "2020-01-01"}


def review(day: date, **record: Any) -> Review:
    made = record_from_mapping({"person": {"id": "A1", "age": 40, "sex": "F"}, **record})
    return review_records([made], shipped_reviewer(), day)


def told(changes: Changes, rule: str) -> list[str]:
    parts = ("new", "newly_assessed", "still_open", "cleared", "not_assessed")
    return [part for part in parts if rule in {finding.rule for finding in getattr(changes, part)}]


def test_a_finding_is_cleared_where_its_rule_is_false_and_not_assessed_where_nobody_can_tell() -> None:
    whole: dict[str, Any] = {"complete": ["medicines", "problems"], "medicines": [RISPERIDONE]}
    without = review(THEN, **whole, problems=[])
    with_reason = review(NOW, **whole, problems=["schizophrenia"])
    not_supplied = review(NOW, complete=["medicines"], medicines=[RISPERIDONE])
    nothing = review(NOW)
    assert told(changes_since(without, with_reason), "STOMP-05") == ["cleared"]
    assert told(changes_since(without, not_supplied), "STOMP-05") == ["not_assessed"]
    assert told(changes_since(without, nothing), "STOMP-05") == ["not_assessed"]
    assert told(changes_since(without, replace(without, as_of=NOW)), "STOMP-05") == ["still_open"]
    assert told(changes_since(with_reason, without), "STOMP-05") == ["new"]
    assert told(changes_since(not_supplied, without), "STOMP-05") == ["newly_assessed"]


def test_what_was_accepted_since_is_still_open_and_a_rule_that_was_not_asked_is_not_cleared() -> None:
    whole: dict[str, Any] = {"complete": ["medicines", "problems"], "medicines": [RISPERIDONE], "problems": []}
    then = review(THEN, **whole)
    made = record_from_mapping({"person": {"id": "A1", "age": 40, "sex": "F"}, **whole})
    accepted = replace(made, accepted=(Acceptance("STOMP-05", date(2027, 1, 1), "Dr Khan", "under review"),))
    now = review_records([accepted], shipped_reviewer(), NOW)
    assert "STOMP-05" not in {finding.rule for finding in now.people[0].findings}
    assert told(changes_since(then, now), "STOMP-05") == ["still_open"]
    asked_less = replace(now, people=(replace(now.people[0], accepted=(), clear=()),))
    assert told(changes_since(then, asked_less), "STOMP-05") == ["not_assessed"]


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)


def raised(day: date, check: str) -> RaisedAction:
    action = KeptAction("R-1", ("R",), Level.HIGH, "Title", "Ring the clinic", "gp", day.replace(month=12))
    return RaisedAction(action, check, day, moment(day))


def marked(day: date, state: ActionState, because: str = "") -> MarkedAction:
    return MarkedAction(ActionMark("R-1", state, "J. Okoro", day, because), moment(day))


def only(*events: RaisedAction | MarkedAction) -> LivingAction:
    (action,) = living_actions(events)
    return action


def test_an_action_is_open_until_somebody_says_otherwise_and_open_anew_when_it_is_asked_for_again() -> None:
    then, now = raised(THEN, "a"), raised(NOW, "b")
    done = marked(date(2026, 1, 10), ActionState.DONE)
    not_done = marked(date(2026, 1, 10), ActionState.NOT_DONE, "no transport")
    assert only(then).is_open
    assert only(then).overdue(date(2026, 1, 1))
    assert not only(then).overdue(date(2025, 12, 22))
    assert only(done, then).state is ActionState.DONE
    assert not only(then, done).overdue(date(2026, 12, 1))
    assert [(it.check, it.since, it.is_open) for it in (only(then, now),)] == [("b", THEN, True)]
    assert (only(then, not_done, now).since, only(then, done, now).since) == (THEN, NOW)
    assert living_actions([done]) == ()
