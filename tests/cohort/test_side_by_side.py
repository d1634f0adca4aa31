"""Work that is shared among processes comes to the same as work done here, and says when it fails."""

import pytest

from healthcheck_cli.cohort import side_by_side as shared
from healthcheck_cli.cohort.side_by_side import shared_out


def _square(number: int) -> int:
    return (number % 30) ** 2


@pytest.mark.parametrize("processors", [1, 3])
@pytest.mark.parametrize("calls", [0, 1, 999, 4321])
def test_shared_calls_give_what_calls_one_after_another_give(
    processors: int, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "workers_for", lambda pieces: max(1, min(pieces, processors)))
    numbers, results = shared_out(_square, range(7, 7 + calls))
    assert [results[number] for number in numbers] == [_square(it) for it in range(7, 7 + calls)]
    assert len(set(results)) == len(results)


def _refuse(number: int) -> int:
    if number == 1234:
        raise ValueError("this one cannot be done")
    return number


def test_what_one_call_raises_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "workers_for", lambda pieces: max(1, min(pieces, 2)))
    with pytest.raises(ValueError, match="cannot be done"):
        shared_out(_refuse, range(2000))
