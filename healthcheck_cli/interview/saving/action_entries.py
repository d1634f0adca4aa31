"""The actions of a finished check as they are kept with it, and what was said of them since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from healthcheck_cli.content.models import Level
from healthcheck_cli.interview.saving.entries import Body, Entry, Kind
from healthcheck_cli.kept_actions import ActionMark, ActionState, KeptAction, MarkedAction, RaisedAction


def raised_body(action: KeptAction, day: date, at: datetime) -> Body:
    """An action of the plan of a check; ``day`` is that of the check, ``at`` when the plan was made."""
    return {
        "id": action.id,
        "rules": list(action.rules),
        "level": action.level.value,
        "title": action.title,
        "do": action.do,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "day": day.isoformat(),
        "at": at.isoformat(),
    }


def raised_of_body(body: Body, check: str = "") -> RaisedAction:
    """The action from what was kept in ``check``. Raises ValueError, KeyError or TypeError where it cannot be read."""
    rules = tuple(body["rules"])
    if not all(isinstance(rule, str) for rule in rules):
        raise TypeError("not the rules of an action")
    action = KeptAction(
        *(body["id"], rules, Level(body["level"]), body["title"]),
        *(body["do"], body["owner"], date.fromisoformat(body["due"])),
    )
    return RaisedAction(action, check, date.fromisoformat(body["day"]), datetime.fromisoformat(body["at"]))


def mark_body(mark: ActionMark, at: datetime) -> Body:
    """What was said of an action, and when it was kept."""
    said = {"id": mark.id, "state": mark.state.value, "by": mark.by, "on": mark.on.isoformat(), "because": mark.because}
    return {**said, "at": at.isoformat()}


def mark_of_body(body: Body) -> MarkedAction:
    """The mark from what was kept. Raises ValueError, KeyError or TypeError where it cannot be read."""
    mark = ActionMark(
        body["id"], ActionState(body["state"]), body["by"], date.fromisoformat(body["on"]), body["because"]
    )
    return MarkedAction(mark, datetime.fromisoformat(body["at"]))


def events_of(entries: Iterable[Entry], check: str) -> list[RaisedAction | MarkedAction]:
    """What was kept of actions in one check, in order."""
    return [
        raised_of_body(entry.body, check) if entry.kind is Kind.ACTION else mark_of_body(entry.body)
        for entry in entries
    ]
