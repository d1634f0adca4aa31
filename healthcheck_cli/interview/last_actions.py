"""Before this year's questions: what became of the actions that are open, one by one, or none of it now.

Each is kept at once. What is passed over stays open: nothing is taken for done. Only what was settled for every action
becomes the answer to the question on the last plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.keys import Key, key_of
from healthcheck_cli.interview.screen import Screen
from healthcheck_cli.interview.views import Message, MessageKind
from healthcheck_cli.kept_actions import ActionMark, ActionState, LivingAction
from healthcheck_cli.record import Answer, AnswerState, PartialDate, date_in_words

QUESTION = "admin.last_plan_actions"
Keep = Callable[[LivingAction, ActionMark], None]
"""Keeps a mark; it is on disk when the call returns."""

_SHOWN_FIRST = 5
_DAYS_A_YEAR = 365.25
_CHOICES = "  1. done\n  2. not done\n  3. still open\n  x  no longer needed"
_STATES = {
    "1": ActionState.DONE,
    "done": ActionState.DONE,
    "yes": ActionState.DONE,
    "2": ActionState.NOT_DONE,
    "not done": ActionState.NOT_DONE,
    "no": ActionState.NOT_DONE,
    "3": ActionState.OPEN,
    "still open": ActionState.OPEN,
    "open": ActionState.OPEN,
    "x": ActionState.NO_LONGER_NEEDED,
    "no longer needed": ActionState.NO_LONGER_NEEDED,
}
_PASSED_OVER = (Key.NOT_ASKED, Key.NOT_KNOWN, Key.DECLINED)
_REST_LATER = (Key.PARK, Key.GO, Key.LIST)
_HELP = (
    "1, 2, 3 or x say what became of it; - or u leave it as it is; b goes back one; k goes on to the check, and the"
    " rest stays open (healthcheck plan actions lists it); q saves and leaves."
)


@dataclass
class GoneThrough:
    """What was said, by the id of the action; ``left`` where the user saved and left."""

    said: dict[str, ActionMark] = field(default_factory=dict)
    left: bool = False


def go_through(actions: Sequence[LivingAction], screen: Screen, keep: Keep, today: date) -> GoneThrough:
    """Offer the open actions at ``screen``. Enter goes on to the check, and all of them stay open."""
    gone = GoneThrough()
    screen.show(Message(MessageKind.INFO, _listed(actions, today)))
    try:
        typed = _ask(screen, "Say now what became of them? (yes, or Enter for later): ", gone)
        by = _ask(screen, "Who says so (name, role)? ", gone) if typed.casefold() in ("y", "yes", "1") else ""
        if by:
            _one_by_one(actions, screen, keep, today, by, gone)
    except EOFError:
        gone.left = True
    return gone


def _ask(screen: Screen, asked: str, gone: GoneThrough) -> str:
    """What was typed, once it is no call for help: ``q`` leaves, and ``b`` or ``k`` leave all of it for later."""
    while True:
        typed = " ".join(screen.ask(asked).split())
        key, rest = key_of(typed)
        gone.left = key is Key.QUIT
        if not rest and key in (Key.QUIT, Key.BACK, *_REST_LATER):
            return ""
        if key is not Key.HELP:
            return typed
        screen.show(Message(MessageKind.INFO, _HELP))


def _listed(actions: Sequence[LivingAction], today: date) -> str:
    overdue = sum(it.overdue(today) for it in actions)
    late = f", {overdue} past their day" if overdue else ""
    lines = [f"\nOPEN FROM BEFORE\nActions of earlier plans that are open: {len(actions)}{late}."]
    lines += [f"  {it.action.do} ({_who_and_when(it)})" for it in actions[:_SHOWN_FIRST]]
    more = len(actions) - _SHOWN_FIRST
    return "\n".join([*lines, *([f"  and {more} more"] if more > 0 else [])])


def _who_and_when(living: LivingAction) -> str:
    return f"{living.action.owner}, by {date_in_words(PartialDate.of(living.action.due))}"


def _one_by_one(
    actions: Sequence[LivingAction], screen: Screen, keep: Keep, today: date, by: str, gone: GoneThrough
) -> None:
    place = 0
    while place < len(actions):
        living = actions[place]
        above = f"\nAction {place + 1} of {len(actions)}\n{living.action.do}\n  ({_who_and_when(living)})"
        screen.show(Message(MessageKind.INFO, above))
        screen.show(Message(MessageKind.CHOICES, _CHOICES))
        typed = " ".join(screen.ask("> ").casefold().split())
        key, _ = key_of(typed)
        if key is Key.QUIT:
            gone.left = True
            return
        if key in _REST_LATER:
            return
        if key is Key.BACK:
            place = max(0, place - 1)
        elif typed == "" or key in _PASSED_OVER:
            place += 1
        elif typed not in _STATES:
            screen.show(Message(MessageKind.INFO if key is Key.HELP else MessageKind.ERROR, _HELP))
        elif _kept(living, _STATES[typed], screen, keep, today, by, gone):
            place += 1
        elif gone.left:
            return


def _kept(
    living: LivingAction, state: ActionState, screen: Screen, keep: Keep, today: date, by: str, gone: GoneThrough
) -> bool:
    """Keep what was said; False where it lacks its reason or could not be saved, and is asked again."""
    because = ""
    if state in (ActionState.NOT_DONE, ActionState.NO_LONGER_NEEDED):
        because = " ".join(screen.ask("Why? ").split())
        key, rest = key_of(because)
        if key is Key.QUIT:
            gone.left = True
            return False
        if not because or (key is not None and not rest):
            screen.show(Message(MessageKind.ERROR, "It needs a reason in words; - leaves the action as it is."))
            return False
    mark = ActionMark(living.action.id, state, by, today, because)
    if state is not ActionState.OPEN or living.action.id in gone.said:  # still open is what it is already
        try:
            keep(living, mark)
        except InputProblem as problem:
            screen.show(Message(MessageKind.ERROR, f"{problem} What you just typed is not kept."))
            return False
    gone.said[living.action.id] = mark
    return True


def answer_on_last_plan(actions: Iterable[LivingAction], said: Mapping[str, ActionMark], at: datetime) -> Answer | None:
    """The answer to the question on the last plan's actions; None where one of them was passed over, or there are none.

    ``actions`` are all of them, also those that were marked during the year; ``said`` is what was said just now.
    """
    rows = []
    for living in actions:
        mark = said.get(living.action.id) or living.mark
        if mark is None:
            return None
        rows.append(_row(living, mark, at.date()))
    if not rows:
        return None
    return Answer(QUESTION, AnswerState.ANSWERED, tuple(rows), answered_by="record", at=at)


def _row(living: LivingAction, mark: ActionMark, today: date) -> Mapping[str, str]:
    """One that is still open was not done; how long it is open are whole years, rounded."""
    is_open = mark.state in (ActionState.OPEN, ActionState.NOT_DONE)
    years = round((today - living.since).days / _DAYS_A_YEAR)
    return {
        "action": living.action.do,
        "owner": living.action.owner,
        "outcome": ActionState.NOT_DONE.value if is_open else mark.state.value,
        "level": living.action.level.value,
        "years_open": str(years) if is_open else "",
        "why": mark.because or ("still open" if mark.state is ActionState.OPEN else ""),
    }
