"""What was told of the care: safety is never only a row of a list, and a row without a kind settles nothing."""

from __future__ import annotations

import pytest

from healthcheck_cli.conditions.values import Interval, State
from tests.facts.people import fact

PRAISE = {"said": "kind", "kind": "praise"}
COMPLAINT = {"said": "a long wait", "kind": "complaint"}
TAKEN = {**COMPLAINT, "passed_to": "practice manager"}
SAFETY = {"said": "they shout", "kind": "safeguarding"}
NO_KIND = {"said": "they shout"}


@pytest.mark.parametrize(
    ("rows", "safety", "waiting"),
    [
        ([], False, (0, 0)),
        ([PRAISE, COMPLAINT], False, (1, 1)),
        ([TAKEN, SAFETY], True, (0, 0)),
        ([{**COMPLAINT, "passed_to": "nobody"}], False, (1, 1)),
        ([NO_KIND, COMPLAINT], None, (1, 2)),
        ([NO_KIND, SAFETY], True, (0, 1)),
    ],
)
def test_what_rows_say(rows: list[dict[str, str]], safety: bool | None, waiting: tuple[int, int]) -> None:
    told = {"answers": {"feedback.items": rows}}
    assert fact("feedback.safeguarding", **told).value is safety
    assert fact("feedback.not_passed_n", **told).value == Interval(*waiting)


def test_nothing_is_known_where_nobody_asked() -> None:
    assert fact("feedback.safeguarding").state is State.UNKNOWN
    assert fact("feedback.not_passed_n").state is State.UNKNOWN
