"""The actions of saved checks as a list: for the terminal, for other programs, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from healthcheck_cli.kept_actions import ActionState, LivingAction
from healthcheck_cli.output import guarded_cell
from healthcheck_cli.plans.changes_json import living_to_json
from healthcheck_cli.plans.table import boxed, plain_rows
from healthcheck_cli.plans.words import counted, day_in_words, owner_in_words
from healthcheck_cli.shown_text import one_line

_STATES = {
    ActionState.OPEN: "open",
    ActionState.DONE: "done",
    ActionState.NOT_DONE: "not done",
    ActionState.NO_LONGER_NEEDED: "no longer needed",
}
_HEADER = ("Id", "Level", "By", "Who", "What", "State", "Person")
_CSV = (
    *("id", "person", "check", "rules", "level", "finding", "do", "owner", "due", "since", "state", "overdue"),
    *("marked_by", "marked_on", "because"),
)


@dataclass(frozen=True)
class ListedAction:
    """One action, and whose it is: the label of the person's checks."""

    person: str
    action: LivingAction


def actions_json(actions: Sequence[ListedAction], as_of: date) -> str:
    """The list as one JSON object (schema ``actions``). ``as_of``: the day on which what is open is overdue or not."""
    listed = {"as_of": as_of.isoformat(), "actions": [_as_json(it, as_of) for it in actions]}
    return json.dumps(listed, indent=2) + "\n"


def _as_json(listed: ListedAction, as_of: date) -> dict[str, Any]:
    return {"person": listed.person, **living_to_json(listed.action, as_of)}


def actions_csv(actions: Sequence[ListedAction], as_of: date) -> str:
    """The list as CSV, a row an action; nothing in it is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_CSV)
    for listed in actions:
        row = _as_json(listed, as_of)
        marked = row["marked"] or {}
        cells = {
            **row,
            "rules": " ".join(row["rules"]),
            "overdue": "yes" if row["overdue"] else "no",
            **{f"marked_{name}": marked.get(name) or "" for name in ("by", "on")},
            "because": marked.get("because") or "",
        }
        writer.writerow(guarded_cell(one_line(cells[name])) for name in _CSV)
    return text.getvalue()


def actions_table(
    actions: Sequence[ListedAction], as_of: date, *, with_person: bool, plain: bool = False, width: int = 80
) -> str:
    """The list for a terminal. ``plain``: no colour and no boxes, an action a line. Text from records is shown without
    control characters."""
    overdue = sum(it.action.overdue(as_of) for it in actions)
    first = counted(len(actions), "action") + (f", {overdue} overdue" if overdue else "")
    cells = [_cells(it, as_of)[: len(_HEADER) - (not with_person)] for it in actions]
    if not cells:
        return f"{first}\n"
    if plain:
        return f"{first}\n\n{plain_rows(_HEADER[: len(cells[0])], cells)}\n"
    rows = [(level, id_, f"{by}\n{who}", "\n".join(what)) for id_, level, by, who, *what in cells]
    body = boxed(("Level", "Id", "By", "What"), rows, [it.action.action.level for it in actions], width)
    return f"{first}\n\n{body}\n"


def _cells(listed: ListedAction, as_of: date) -> tuple[str, ...]:
    living, action = listed.action, listed.action.action
    return (
        action.id,
        action.level.value.upper(),
        day_in_words(action.due),
        one_line(owner_in_words(action.owner)),
        one_line(action.do),
        one_line(state_in_words(living, as_of)),
        one_line(listed.person),
    )


def state_in_words(living: LivingAction, as_of: date) -> str:
    """How an action stands, and for one that is marked by whom, when and why.

    An open one says since when, where an earlier check asked for it first.
    """
    if living.mark is None or living.is_open:
        late = "OVERDUE" if living.overdue(as_of) else "open"
        return f"{late}, asked for since {day_in_words(living.since)}" if living.since < living.day else late
    mark = living.mark
    because = f": {mark.because}" if mark.because else ""
    return f"{_STATES[mark.state]}, {mark.by}, {day_in_words(mark.on)}{because}"
