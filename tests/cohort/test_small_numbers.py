"""No hidden count can be worked out from what is shown beside it."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from healthcheck_cli.cohort.report.small_numbers import SmallNumbers


@pytest.mark.parametrize(("parts", "most"), [(2, 14), (3, 12), (4, 8)])
def test_every_hidden_part_could_be_more_than_one_number(parts: int, most: int) -> None:
    """Everything that could have led to one and the same table is tried: no hidden part is the same in all of it."""
    small = SmallNumbers(exact=False)
    behind: dict[tuple[tuple[int | None, ...], int | None], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most), repeat=parts):
        behind[small.parts(counts), small.count(sum(counts))].append(counts)
    given_away = [
        counts[0]
        for (shown, _), counts in behind.items()
        for part, number in enumerate(shown)
        if number is None and len({it[part] for it in counts}) == 1 and 1 <= counts[0][part] <= 4
    ]
    assert given_away == []


def test_exact_numbers_are_left_as_they_are() -> None:
    small = SmallNumbers(exact=True)
    assert small.parts([0, 3, 12]) == (0, 3, 12)
    assert small.count(4) == 4
