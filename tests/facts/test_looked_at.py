"""What the computation of a fact looked for in vain, for one person."""

from __future__ import annotations

from typing import Any

import pytest

from healthcheck_cli.facts.looked_at import LookedAt, looked_at
from tests.facts.people import facts


def lacks(name: str, **record: Any) -> LookedAt:
    return looked_at(name, facts(**record))


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        ("person.age", {}, LookedAt(questions=("demo.dob",))),
        ("person.age", {"person": {"age": 40}}, LookedAt(questions=("demo.dob",))),
        ("meas.bmi", {"answers": {"meas.weight": 70}, "person": {"age": 40}}, LookedAt(facts=("meas.height",))),
        ("dx.epilepsy", {}, LookedAt()),  # not computed
    ],
)
def test_only_what_is_missing_is_named(name: str, record: dict[str, Any], expected: LookedAt) -> None:
    assert lacks(name, **record) == expected


def test_an_answer_that_was_declined_is_still_missing() -> None:
    given = {"answers": {"home.adl": {"state": "declined"}}}

    assert lacks("home.adl_help_n", **given).questions == lacks("home.adl_help_n").questions == ("home.adl",)


def test_the_last_check_that_there_is_is_not_asked_for() -> None:
    last = {"date": "2025-11-20", "answers": {"bowel.per_week": 7}}
    assert "review.health_check" in lacks("change.bowel_per_week").facts
    assert "review.health_check" not in lacks("change.bowel_per_week", last_check=last).facts
