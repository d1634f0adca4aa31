"""Goes through a whole core check at a pseudo-terminal, from docs/session/typed.yaml, and writes the plan that comes
of it.

    python -m tests.docs.replay [FOLDER]

The person is invented. Three answers are corrected by going back, a section is kept for later, units are mixed, a red
flag is raised and taken on, and the program is killed twice and resumed. Everything that is kept goes to FOLDER (a
temporary one where none is named), with the plan, ``plan.md``, his own page, ``easy-read.md``, and what stood on the
screen, ``screen.txt``. The clock of the program is set to the day of the story, so that the plan is the same whenever
this is run.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
import yaml

from healthcheck_cli.content.load import find_content, load_content
from tests.docs.pages import ROOT

SESSION = ROOT / "docs" / "session"
_AT_THAT_TIME = """
import sys
from datetime import datetime, timezone
from healthcheck_cli.cli import check_services
moment = datetime.fromisoformat(sys.argv.pop(1)).replace(tzinfo=timezone.utc)
check_services.this_moment = lambda: moment
from healthcheck_cli.cli.main import main
main()
"""
_PLACE = re.compile(r" \d+ of \d+ · \d+ of \d+")
_PROMPT = re.compile(r"\r\n> $|nobody yet\)\? $|it again\): $|Which number\? $|with its unit: $|neither\): $|none\): $")
_KILL = "KILL"
_MOST_TIMES = 6


def replay(folder: Path) -> str:
    """Play the story; what is kept is in ``folder`` afterwards. The text of the screen, without colours."""
    story = yaml.safe_load((SESSION / "typed.yaml").read_text("utf-8"))
    sitting = _Sitting(folder, story)
    sitting.play()
    check = f"{story['now'][:10]}-1"
    by, role = story["finished_by"]
    sitting.seen += _run(folder, story["now"], "check", "finish", check, "--by", by, "--role", role)
    _run(folder, story["now"], "plan", check, "-o", str(folder / "plan.md"), "--force")
    easy = ("--to", "easy-read", "-o", str(folder / "easy-read.md"), "--force")
    _run(folder, story["now"], "plan", check, *easy)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sitting.seen).replace("\r\n", "\n")


class _Sitting:
    """The terminal, and what the story says to type at each question."""

    def __init__(self, folder: Path, story: Mapping[str, Any]) -> None:
        self._folder, self._story = folder, story
        self._happens = {question: list(lines) for question, lines in story["happens"].items()}
        self._asked = {
            (section.title, " ".join(question.ask.split())): question.id
            for section in load_content(find_content()).sections
            for question in section.questions
        }
        self._next: list[str] = []
        self._question = ""
        self._times: Counter[str] = Counter()
        self.seen = ""

    def play(self) -> None:
        """Type until everything has been asked, then leave."""
        self._open("start", *self._story["start"])
        while True:
            shown = self._until_asked()
            if "Everything that applies has been asked" in shown:
                break
            line = self._line_for(shown)
            if line == _KILL:
                self._program.kill(signal.SIGKILL)
                self._program.wait()
                self._open("resume", *self._story["resume"])
            else:
                self._program.sendline(line)
        self._program.sendline("q")
        self._program.expect(pexpect.EOF)
        self.seen += self._program.before

    def _open(self, *arguments: str) -> None:
        self._program = pexpect.spawn(
            *_command(self._story["now"], "check", *arguments),
            env=_environment(self._folder),
            cwd=SESSION,
            encoding="utf-8",
            dimensions=(40, 80),
            timeout=60,
        )
        self._program.delaybeforesend = None

    def _until_asked(self) -> str:
        self._program.expect(_PROMPT)
        shown = f"{self._program.before}{self._program.after}"
        self.seen += shown
        return shown

    def _line_for(self, shown: str) -> str:
        end = shown.rpartition("\n")[2]
        if "nobody yet" in end:
            return str(self._story["accepted_by"])
        if "again): " in end:
            return "yes"
        if "Which number" in end or "with its unit" in end:
            return "1"
        if self._next:
            return self._next.pop(0)
        self._question = self._question_in(shown) or self._question
        self._times[self._question] += 1
        if self._times[self._question] > _MOST_TIMES:
            raise RuntimeError(f"{self._question} is asked again and again:\n{self.seen[-1500:]}")
        said = self._happens.pop(self._question, None) or self._story["answers"].get(self._question, "u")
        first, *self._next = said if isinstance(said, list) else [said]
        return str(first)

    def _question_in(self, shown: str) -> str:
        """The question that stands under the last line which tells the place."""
        lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "").split("\n")
        places = [number for number, line in enumerate(lines) if _PLACE.search(line)]
        if not places:
            return ""
        place, below = lines[places[-1]], " ".join(" ".join(lines[places[-1] + 1 :]).split())
        found = [(title, ask) for title, ask in self._asked if place.startswith(title) and below.startswith(ask)]
        return self._asked[max(found, key=lambda it: len(it[1]))] if found else ""


def _command(now: str, *arguments: str) -> tuple[str, list[str]]:
    return sys.executable, ["-c", _AT_THAT_TIME, now, *arguments]


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "HEALTHCHECK_DATA_DIR": str(folder), "TERM": "dumb"}


def _run(folder: Path, now: str, *arguments: str) -> str:
    program, given = _command(now, *arguments)
    done = subprocess.run([program, *given], env=_environment(folder), capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    kept = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="healthcheck-session-"))
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "screen.txt").write_text(replay(kept), "utf-8")
    sys.stdout.write(f"{kept / 'plan.md'}\n")
