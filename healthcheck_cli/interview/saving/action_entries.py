"""The actions of a finished check as they are kept with it, and what was said of them since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from healthcheck_cli.content.models import Level
from healthcheck_cli.interview.saving.entries import Body, Entry, Kind
from healthcheck_cli.kept_actions import ActionMark, ActionState, KeptAction, LivingAction, MarkedAction, RaisedAction


def raised_body(action: KeptAction, day: date, at: datetime) -> Body:
    """An action of the plan of a check; ``day`` is that of the check, ``at`` when the plan was made."""
    return {**_action_to_json(action), "day": day.isoformat(), "at": at.isoformat()}


def raised_of_body(body: Body, check: str = "") -> RaisedAction:
    """The action from what was kept in ``check``. Raises ValueError, KeyError or TypeError where it cannot be read."""
    return RaisedAction(
        _action_of_json(body), check, date.fromisoformat(body["day"]), datetime.fromisoformat(body["at"])
    )


def mark_body(mark: ActionMark, at: datetime) -> Body:
    """What was said of an action, and when it was kept."""
    return {**_mark_to_json(mark), "at": at.isoformat()}


def mark_of_body(body: Body) -> MarkedAction:
    """The mark from what was kept. Raises ValueError, KeyError or TypeError where it cannot be read."""
    return MarkedAction(_mark_of_json(body), datetime.fromisoformat(body["at"]))


def living_to_json(living: LivingAction) -> dict[str, Any]:
    """An action as it stands, to be kept with a later check."""
    mark = living.mark
    return {
        **_action_to_json(living.action),
        "check": living.check,
        "day": living.day.isoformat(),
        "since": living.since.isoformat(),
        "mark": _mark_to_json(mark) if mark is not None else None,
    }


def living_of_json(item: Mapping[str, Any]) -> LivingAction:
    """The action from what was kept. Raises ValueError, KeyError or TypeError where it cannot be read."""
    mark = _mark_of_json(item["mark"]) if item["mark"] is not None else None
    day, since = date.fromisoformat(item["day"]), date.fromisoformat(item["since"])
    return LivingAction(_action_of_json(item), _text(item["check"]), day, since, mark)


def _action_to_json(action: KeptAction) -> dict[str, Any]:
    return {
        "id": action.id,
        "rules": list(action.rules),
        "level": action.level.value,
        "title": action.title,
        "do": action.do,
        "owner": action.owner,
        "due": action.due.isoformat(),
    }


def _action_of_json(item: Mapping[str, Any]) -> KeptAction:
    return KeptAction(
        id=_text(item["id"]),
        rules=tuple(_text(rule) for rule in item["rules"]),
        level=Level(item["level"]),
        title=_text(item["title"]),
        do=_text(item["do"]),
        owner=_text(item["owner"]),
        due=date.fromisoformat(item["due"]),
    )


def _mark_to_json(mark: ActionMark) -> dict[str, str]:
    return {
        "id": mark.id,
        "state": mark.state.value,
        "by": mark.by,
        "on": mark.on.isoformat(),
        "because": mark.because,
    }


def _mark_of_json(item: Mapping[str, Any]) -> ActionMark:
    state, on = ActionState(item["state"]), date.fromisoformat(item["on"])
    return ActionMark(_text(item["id"]), state, _text(item["by"]), on, _text(item["because"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def events_of(entries: Iterable[Entry], check: str) -> list[RaisedAction | MarkedAction]:
    """What was kept of actions in one check, in order."""
    return [
        raised_of_body(entry.body, check) if entry.kind is Kind.ACTION else mark_of_body(entry.body)
        for entry in entries
    ]
