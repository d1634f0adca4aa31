"""Killed without warning, again and again, while answers are typed: what was shown as kept is there.

``HEALTHCHECK_KILLS=200`` kills more often than the 20 times of an ordinary run.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import datetime, timezone
from itertools import pairwise
from pathlib import Path
from random import Random

import pexpect
import pytest

from healthcheck_cli.interview.saving.store import CheckStore
from tests.cli.conftest import ROOT
from tests.content.small_content import write_content

KILLS = int(os.environ.get("HEALTHCHECK_KILLS", "20"))
QUESTIONS = 40
MOST_AT_A_SITTING = 6
SLOWEST = 0.02  # seconds after an answer is sent: long enough for it to be on disk or not

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal and no SIGKILL there")


def asked(number: int) -> str:
    return f"Is it number {number:03}?"


def name_of(number: int) -> str:
    return f"q.n{number:03}"


class Sittings:
    """One check after another, each answered from where it was left."""

    def __init__(self, folder: Path, random: Random) -> None:
        questions = "".join(
            f"  - {{id: {name_of(number)}, ask: '{asked(number)}', help: It is., type: yn, basis: proposed}}\n"
            for number in range(QUESTIONS)
        )
        section = f"id: numbers\ntitle: Numbers\nintro: Of numbers.\nquestions:\n{questions}"
        write_content(folder / "content", {"checklists/sections/00_numbers.yaml": section})
        self.content, self.data, self.random = folder / "content", folder / "data", random
        self.check_id = ""
        self.kept: dict[str, dict[str, bool]] = {}  # by check: what was shown as kept
        self.in_doubt = {"kept": 0, "not kept": 0}

    def sit_until_killed(self) -> None:
        """Answer some questions, send one answer more, and be killed before it is known what became of it."""
        left = self._left()
        if len(left) <= MOST_AT_A_SITTING:
            self.check_id, left = "", list(range(QUESTIONS))
        program = self._program()
        program.expect_exact(asked(left[0]))
        if not self.check_id:
            self.check_id = self._store().checks()[-1].id
        kept = self.kept.setdefault(self.check_id, {})
        for number, following in pairwise(left[: self.random.randint(1, MOST_AT_A_SITTING)]):
            value = self._answer(program)
            program.expect_exact(asked(following))
            kept[name_of(number)] = value
        self._answer(program)
        time.sleep(self.random.uniform(0, SLOWEST))
        program.kill(signal.SIGKILL)
        program.wait()
        program.close()
        self._look(kept)

    def _look(self, kept: dict[str, bool]) -> None:
        store = self._store()
        assert store.verify() == ()
        found = {name: answer.value for name, answer in store.answers(self.check_id).items()}
        assert {name: found.get(name) for name in kept} == kept
        assert len(found) <= len(kept) + 1
        self.in_doubt["kept" if len(found) > len(kept) else "not kept"] += 1
        kept.update({name: bool(value) for name, value in found.items()})
        store.close()

    def _left(self) -> list[int]:
        kept = self.kept.get(self.check_id, {})
        return [number for number in range(QUESTIONS) if name_of(number) not in kept]

    def _program(self) -> pexpect.spawn[str]:
        where = ["resume", self.check_id] if self.check_id else ["start"]
        program = pexpect.spawn(
            sys.executable,
            ["-m", "healthcheck_cli", "check", *where, "--content", str(self.content), "--plain"],
            env={**os.environ, "HEALTHCHECK_DATA_DIR": str(self.data), "TERM": "xterm", "PYTHONPATH": str(ROOT)},
            encoding="utf-8",
            dimensions=(24, 80),
            timeout=30,
        )
        program.delaybeforesend = None
        return program

    def _answer(self, program: pexpect.spawn[str]) -> bool:
        value = self.random.random() < 0.5
        program.expect_exact("\r\n> ")
        program.sendline("yes" if value else "no")
        return value

    def _store(self) -> CheckStore:
        return CheckStore(self.data)


def test_no_answer_that_was_shown_as_kept_is_lost_to_a_kill(tmp_path: Path) -> None:
    sittings = Sittings(tmp_path, Random(20261122))
    for _ in range(KILLS):
        sittings.sit_until_killed()
    answers = sum(len(kept) for kept in sittings.kept.values())
    print(f"{KILLS} kills, {len(sittings.kept)} checks, {answers} answers; the last one: {sittings.in_doubt}")
    assert answers > KILLS
    store = CheckStore(sittings.data)
    assert store.verify() == ()
    # the last kill may have left a journal with nothing in it, which the next that writes takes away
    store.begin("", datetime(2026, 11, 22, 9, tzinfo=timezone.utc), "1", "a")
    assert list(tmp_path.glob("data/*-journal")) == []
