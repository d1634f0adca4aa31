"""Inputs of which too much cannot be used: a review of what is left would pass for one of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from healthcheck_cli.cli.options import is_verbose, note
from healthcheck_cli.errors import InputProblem, breaks_off_at
from healthcheck_cli.ledger import Companion, RejectedRow

_ROWS_NAMED = 20  # of those left out; -v names all


def tell_rejected(rejected: Sequence[RejectedRow], companions: Sequence[Companion]) -> None:
    """Name the medicine rows that were left out on standard error, and why; with ``-v`` all, and those beside them."""
    beside = tuple(row for it in companions for row in it.rejected)  # notes have counted them
    places = list(dict.fromkeys(rejected))  # a line that holds several rows is named once
    named = [*places, *beside] if is_verbose() else places[:_ROWS_NAMED]
    for row in named:
        note(f"{row.file}:{row.line}: row left out: {row.reason}")
    if len(named) < len(places):
        more = len(rejected) - sum(map(Counter(rejected).__getitem__, named))
        note(f"and {more} more rows left out (-v names them all)")


def refuse_damage(
    *,
    rejected: Sequence[RejectedRow],
    rows: int,
    companions: Sequence[Companion],
    broken_off: Sequence[str],
    limit: float,
    nothing: str,
    option: str = "--max-rejected",
) -> None:
    """Raise :class:`InputProblem` where a file breaks off, or more than ``limit`` percent of ``rows`` medicine rows, or
    of the rows that one of ``companions`` has, cannot be used. ``nothing``: what is not done then, in words;
    ``option``: what raises the limit, "" where nothing does. Rows that the source itself takes back do not count.

    >>> one = [RejectedRow("list.csv", 3, "no medication")]
    >>> refuse_damage(rejected=one, rows=20, companions=(), broken_off=(), limit=5, nothing="nothing is reported")
    """
    if broken_off and limit < 100:
        otherwise = f"; {option} 100 reports what is there" if option else ""
        raise InputProblem(
            f"{breaks_off_at(broken_off[0])}, and what came after it is missing: "
            f"{nothing} (get the whole file{otherwise})"
        )
    beside = [(len({row.line for row in it.rejected if not row.withdrawn}), it) for it in companions]
    shares = [
        (sum(not row.withdrawn for row in rejected), rows, ""),
        *((damaged, it.rows, f" of {it.file}") for damaged, it in beside),
    ]
    problems = [
        f"{damaged} of {of} rows{whose} cannot be used, more than {limit:g}%: {nothing} "
        f"(mend the file{f', or raise {option}' if option else ''})"
        for damaged, of, whose in shares
        if of and 100 * damaged / of > limit
    ]
    if problems:
        raise InputProblem(*problems)
