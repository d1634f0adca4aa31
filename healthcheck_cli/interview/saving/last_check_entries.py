"""The person's check before this one, as it is kept with this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from healthcheck_cli.interview.saving.action_entries import living_of_json, living_to_json
from healthcheck_cli.interview.saving.answer_json import answer_of_json, answer_to_json
from healthcheck_cli.interview.saving.entries import Body
from healthcheck_cli.kept_actions import LivingAction
from healthcheck_cli.record import LastCheck, MedicineLine, Row

_TEXTS = ("text", "dosage", "quantity", "route", "indication", "dmd_code", "bnf_code")
_DAYS = ("start", "last_issue", "end")


def last_check_body(last: LastCheck, at: datetime, actions: Iterable[LivingAction] = ()) -> Body:
    """What is kept of it: its day, every answer, every medicine line, and how the actions of plans up to it stand."""
    return {
        "day": last.day.isoformat(),
        "answers": [answer_to_json(answer) for answer in last.answers.values()],
        "medicines": [_line_to_json(line) for line in last.medicines],
        "complete": last.medicines_complete,
        "actions": [living_to_json(it) for it in actions],
        "at": at.isoformat(),
    }


def last_check_of_body(body: Body) -> LastCheck:
    """The check from what was kept. Raises ValueError, KeyError or TypeError where it cannot be read."""
    answers = [answer_of_json(it) for it in body["answers"]]
    lines = tuple(_line_of_json(it) for it in body["medicines"])
    return LastCheck(date.fromisoformat(body["day"]), {it.question: it for it in answers}, lines, body["complete"])


def earlier_actions_of_body(body: Body) -> tuple[LivingAction, ...]:
    """The actions from what was kept. Raises ValueError, KeyError or TypeError where one cannot be read."""
    return tuple(living_of_json(it) for it in body["actions"])


def _line_to_json(line: MedicineLine) -> dict[str, Any]:
    days = {name: getattr(line, name) for name in _DAYS}
    return {
        **{name: getattr(line, name) for name in _TEXTS},
        **{name: day.isoformat() if day is not None else None for name, day in days.items()},
        "issues": [day.isoformat() for day in line.issues],
        "prn": line.prn,
        "active": line.active,
        "row": line.row.number,
        "file": line.row.file,
        "from_answer": line.from_answer,
    }


def _line_of_json(item: Mapping[str, Any]) -> MedicineLine:
    start, last_issue, end = (date.fromisoformat(item[name]) if item[name] is not None else None for name in _DAYS)
    texts = {name: item[name] for name in _TEXTS}
    if not all(isinstance(text, str) for text in (*texts.values(), item["file"])) or type(item["row"]) is not int:
        raise TypeError("not a medicine line")
    return MedicineLine(
        **texts,
        start=start,
        last_issue=last_issue,
        end=end,
        row=Row(item["row"], item["file"]),
        issues=tuple(date.fromisoformat(day) for day in item["issues"]),
        prn=_flag(item["prn"]),
        active=_flag(item["active"]),
        from_answer=bool(item["from_answer"]),
    )


def _flag(value: object) -> bool | None:
    return None if value is None else bool(value)
