"""The session that docs/session shows: it can be played again, and the plan beside it is the plan that comes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from healthcheck_cli.interview.saving.store import CheckStore
from tests.docs.replay import SESSION, replay

MADE_WITH = "\n## What this was made with\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_a_whole_core_check_played_at_a_terminal_gives_the_plan_that_is_shown(tmp_path: Path) -> None:
    screen = replay(tmp_path)
    for name in ("plan.md", "easy-read.md"):
        made, shown = ((folder / name).read_text("utf-8").partition(MADE_WITH)[0] for folder in (tmp_path, SESSION))
        assert made == shown, f"{name}: play it with python -m tests.docs.replay, look at what changed, and keep it"
    assert "is kept for later" in screen
    assert screen.count("? for help and the keys") == 3  # begun, and resumed after each kill

    store = CheckStore(tmp_path)
    (check,) = store.checks()
    assert (check.finished_by, store.verify()) == ("J. Okoro", ())
    assert {alert.accepted_by for alert in store.alerts(check.id)} == {"Dr Shah, duty GP"}
    typed = [kept.answer.question for kept in store.history(check.id)]
    for corrected in ("meas.weight", "meas.pulse_rate", "bowel.days_since"):
        assert typed.count(corrected) == 2
