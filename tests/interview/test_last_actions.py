"""Before this year's questions: what became of last year's actions, one by one, and nothing for who passes it over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from healthcheck_cli.content.models import Level
from healthcheck_cli.interview.last_actions import GoneThrough, answer_on_last_plan, go_through
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.interview.views import Message
from healthcheck_cli.kept_actions import ActionMark, ActionState, KeptAction, LivingAction
from tests.interview.test_check_command import Terminal

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
LAST_YEAR = datetime(2025, 11, 14, 9, tzinfo=timezone.utc)


def action(name: str, due: date = date(2025, 12, 1)) -> KeptAction:
    return KeptAction(f"{name}-1", (name,), Level.HIGH, "Title", f"Do {name}", "gp", due)


ACTIONS = [LivingAction(action(name), "c", LAST_YEAR.date(), date(2024, 11, 20)) for name in ("A", "B", "C")]


class Typed:
    """A screen on which these lines are typed, one after another; then it is closed."""

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)
        self.shown = ""

    def show(self, message: Message) -> None:
        self.shown += message.text + "\n"

    def ask(self, prompt: str, words: Sequence[str] = (), keys: Sequence[str] = ()) -> str:
        del words, keys
        self.shown += prompt
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        return line


def went(*lines: str) -> tuple[GoneThrough, list[ActionMark], str]:
    kept: list[ActionMark] = []
    screen = Typed(*lines)
    gone = go_through(ACTIONS, screen, lambda _, mark: kept.append(mark), TODAY)
    return gone, kept, screen.shown


def test_each_is_kept_with_who_says_so_and_why_it_was_not_done() -> None:
    gone, kept, shown = went("yes", "J. Okoro, nurse", "1", "2", "", "2", "no transport", "3")
    assert "open: 3, 3 past their day" in shown
    assert "It needs a reason" in shown
    assert [(it.id, it.state.value, it.by, it.because) for it in kept] == [
        ("A-1", "done", "J. Okoro, nurse", ""),
        ("B-1", "not_done", "J. Okoro, nurse", "no transport"),
    ]
    assert not gone.left
    answer = answer_on_last_plan(ACTIONS, gone.said, NOW)
    assert answer is not None
    assert isinstance(answer.value, tuple)
    rows = [tuple(row[it] for it in ("outcome", "years_open", "why")) for row in answer.value if isinstance(row, dict)]
    assert rows == [("done", "", ""), ("not_done", "2", "no transport"), ("not_done", "2", "still open")]


@pytest.mark.parametrize(
    ("lines", "left", "said"),
    [
        ([""], False, []),  # later
        (["q"], True, []),
        ([], True, []),
        (["yes", ""], False, []),  # nobody says so
        (["yes", "A", "k"], False, []),
        (["yes", "A", "-", "u", "1"], False, ["C-1"]),
        (["yes", "A", "1", "q"], True, ["A-1"]),
        (["yes", "A", "?", "what", "1", "k"], False, ["A-1"]),
        (["yes", "A", "1", "b", "x", "moved away", "k"], False, ["A-1"]),
    ],
)
def test_what_is_passed_over_stays_open_and_is_no_answer(lines: list[str], left: bool, said: list[str]) -> None:
    gone, _, _ = went(*lines)
    assert (gone.left, list(gone.said)) == (left, said)
    assert answer_on_last_plan(ACTIONS, gone.said, NOW) is None


def test_at_a_real_terminal_a_check_starts_from_what_is_open(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    last = store.begin("Room 3", LAST_YEAR, "1", "a")
    actions = [action("A"), action("B", date(2025, 11, 20))]
    store.finish(last.id, LAST_YEAR, "J. Okoro", "practice nurse", actions)
    other = Terminal(tmp_path, "start", "--person", "Room 4")
    other.until("\r\n> ")
    other.type("q", "finish 2")
    other.end()
    assert "Do A" not in other.seen
    terminal = Terminal(tmp_path, "start", "--person", "room 3", "--plain")
    terminal.until("Enter for later): ")
    terminal.type("yes", "Who says so (name, role)? ")
    assert "Action 1 of 2" in terminal.type("J. Okoro, nurse", "> ")
    assert "Do A" in terminal.type("1", "> ")
    terminal.type("2", "Why? ")
    terminal.type("no transport", "question on your last plan")
    terminal.until("\r\n> ")
    terminal.type("q", "finish 2")
    assert terminal.end() == 0
    assert "Do B" in terminal.seen
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", terminal.seen).splitlines()) <= 80
    states = {it.mark.id: it.mark.state for it in store.action_events(last.id) if not hasattr(it, "action")}
    assert states == {"B-1": ActionState.DONE, "A-1": ActionState.NOT_DONE}
    assert list(store.answers(store.checks()[-1].id)) == ["admin.last_plan_actions"]


@pytest.mark.parametrize("where", [["yes"], ["yes", "A", "2"]])
def test_keys_are_neither_a_name_nor_a_reason(where: list[str]) -> None:
    gone, kept, _ = went(*where, "q")
    assert (gone.left, kept) == (True, [])
