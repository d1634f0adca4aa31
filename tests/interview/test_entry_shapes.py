"""What comes from outside as the last check or an action is let in only where it can be read back."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import pytest

from healthcheck_cli.content.models import Level
from healthcheck_cli.interview.saving.action_entries import mark_body, mark_of_body, raised_body, raised_of_body
from healthcheck_cli.interview.saving.entries import Kind
from healthcheck_cli.interview.saving.entry_shapes import fits
from healthcheck_cli.interview.saving.last_check_entries import (
    earlier_actions_of_body,
    last_check_body,
    last_check_of_body,
)
from healthcheck_cli.kept_actions import ActionMark, ActionState, KeptAction, LivingAction
from healthcheck_cli.record import Answer, AnswerState, LastCheck, MedicineLine, PartialDate, Row

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
DAY = date(2025, 11, 14)
LAST = LastCheck(
    DAY,
    {
        "a.number": Answer("a.number", AnswerState.ANSWERED, 6.0, "6", "self", NOW, "note"),
        "a.table": Answer("a.table", AnswerState.ANSWERED, ({"drug": "senna"},)),
        "a.date": Answer("a.date", AnswerState.ANSWERED, PartialDate(DAY, DAY)),
        "a.declined": Answer("a.declined", AnswerState.DECLINED),
    },
    (MedicineLine("Senna 7.5mg tablets", Row(3, "list.csv"), "2 nocte", start=DAY, issues=(DAY,), prn=False),),
    medicines_complete=True,
)
ACTION = KeptAction("R-1-abcdef", ("R-1", "R-2"), Level.HIGH, "Title", "Do it", "gp", DAY)
MARK = ActionMark("R-1-abcdef", ActionState.NOT_DONE, "J. Okoro", DAY, "no transport")
LIVING = [LivingAction(ACTION, "2025-11-14-1", DAY, DAY), LivingAction(ACTION, "2025-11-14-1", DAY, DAY, MARK)]


def test_what_is_kept_is_read_back_as_it_was() -> None:
    assert last_check_of_body(last_check_body(LAST, NOW)) == LAST
    assert earlier_actions_of_body(last_check_body(LAST, NOW, LIVING)) == tuple(LIVING)
    assert raised_of_body(raised_body(ACTION, DAY, NOW)).action == ACTION
    assert mark_of_body(mark_body(MARK, NOW)).mark == MARK


WHOLE: dict[Kind, Any] = {
    Kind.LAST_CHECK: last_check_body(LAST, NOW, LIVING),
    Kind.ACTION: raised_body(ACTION, DAY, NOW),
    Kind.ACTION_MARK: mark_body(MARK, NOW),
}


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (Kind.LAST_CHECK, {"day": "14/11/2025"}),
        (Kind.LAST_CHECK, {"answers": [{"question": "a.b"}]}),
        (Kind.LAST_CHECK, {"answers": ["a.b"]}),
        (Kind.LAST_CHECK, {"medicines": [{"text": "Senna"}]}),
        (Kind.LAST_CHECK, {"complete": "yes"}),
        (Kind.LAST_CHECK, {"actions": [{"id": "R-1-abcdef"}]}),
        (Kind.LAST_CHECK, {"more": 1}),
        (Kind.ACTION, {"level": "grave"}),
        (Kind.ACTION, {"rules": [1]}),
        (Kind.ACTION, {"due": "soon"}),
        (Kind.ACTION_MARK, {"state": "perhaps"}),
        (Kind.ACTION_MARK, {"on": ""}),
    ],
)
def test_what_cannot_be_read_back_is_refused(kind: Kind, changed: dict[str, Any]) -> None:
    assert fits(kind, WHOLE[kind])
    assert not fits(kind, {**WHOLE[kind], **changed})


def test_an_answer_of_the_last_check_is_no_deeper_than_one_of_this() -> None:
    answer = {**WHOLE[Kind.LAST_CHECK]["answers"][1], "value": [[["deep"]]]}
    assert not fits(Kind.LAST_CHECK, {**WHOLE[Kind.LAST_CHECK], "answers": [answer]})
