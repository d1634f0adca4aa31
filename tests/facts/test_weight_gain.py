"""How much weight was gained since a medicine was begun: which weights tell, and when nobody knows."""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck_cli.conditions.values import DateRange, Interval, LineFacts
from healthcheck_cli.facts.weight_gain import with_weight_gain

TODAY = date(2026, 11, 22)
BEGUN = DateRange(date(2026, 1, 10), date(2026, 1, 10))
SOME_DAY_IN_JANUARY = DateRange(date(2026, 1, 1), date(2026, 1, 31))
LATER = (date(2026, 10, 1), 88.0)


@pytest.mark.parametrize(
    ("begun", "weights", "gain"),
    [
        (BEGUN, [(date(2026, 1, 10), 80.0), LATER], 10),
        (BEGUN, [(date(2025, 11, 15), 80.0), LATER], 10),  # 56 days before
        (BEGUN, [(date(2025, 11, 14), 80.0), LATER], None),  # 57 days before
        (BEGUN, [(date(2025, 12, 1), 100.0), (date(2026, 1, 20), 80.0), LATER], 10),  # the nearest
        (BEGUN, [(date(2026, 1, 10), 80.0), (date(2026, 5, 1), 95.0), LATER], 10),  # the newest
        (BEGUN, [(date(2026, 1, 10), 80.0), (date(2026, 3, 1), 76.0)], -5),
        (BEGUN, [(date(2025, 12, 1), 80.0), (date(2026, 1, 1), 82.0)], None),  # none since the start
        (BEGUN, [(date(2026, 1, 20), 80.0)], None),  # no later one
        (BEGUN, [], None),
        (SOME_DAY_IN_JANUARY, [(date(2026, 1, 10), 80.0), LATER], None),
        (None, [(date(2026, 1, 10), 80.0), LATER], None),
    ],
)
def test_gain_since_the_start(begun: DateRange | None, weights: list[tuple[date, float]], gain: float | None) -> None:
    line = LineFacts(1, "risperidone", frozenset(), attributes={"begun_on": begun, "prn": False})

    found = with_weight_gain([line], weights, TODAY)[0].attributes

    assert found["gain_since_start"] == (None if gain is None else Interval.exactly(gain))
    assert found["prn"] is False


def test_a_newest_weight_of_over_a_year_ago_tells_nothing_of_now() -> None:
    begun = DateRange(date(2024, 1, 10), date(2024, 1, 10))
    line = LineFacts(1, "risperidone", frozenset(), attributes={"begun_on": begun})

    for newest, known in ((date(2025, 11, 22), True), (date(2025, 11, 21), False)):
        found = with_weight_gain([line], [(date(2024, 1, 10), 80.0), (newest, 88.0)], TODAY)[0]
        assert (found.attributes["gain_since_start"] is not None) is known
