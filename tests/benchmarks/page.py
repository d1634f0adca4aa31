"""What was measured, as docs/performance.md."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tests.benchmarks.measured import Figures, Machine, Measured, OfSize, middle

_TOP = """\
# How long a register takes

Written by `python -m tests.benchmarks.national`; run it again on a machine of your own, while it does nothing else.
What is measured is the whole of `healthcheck review MEDICINES PEOPLE PROBLEMS --complete medicines,problems --out DIR`,
from starting the program to its end, with every file of the folder written.

The people are invented (`make_extract.py`, seed 1). Their products are real names, and how often each group of
medicines occurs follows the order of magnitude of national publications; but every name is one of a few thousand and
every direction one of two dozen. A real extract has more of both, and takes longer.
"""

_BARE = """\
*Bare query* is the least that anything can take that reads the file of medicines: a new process in which DuckDB runs
`SELECT medication, count(*) … GROUP BY 1` over it. Review and query are run by turns, {times} times each; the figures
are medians, with the shortest and the longest. *Processor* is the time of all cores together. *Most memory* is what all
its processes held at once, with what they share counted once. Files are in the memory of the system by then, and the
clinical content is kept from an earlier run.
"""

_GROWTH = """\
## How it grows

From {few:,} to {many:,} people, {people:.1f} times as many, the review takes {seconds:.1f} times as long (an exponent
of {exponent:.2f}; 1 is in proportion) and {peak:.1f} times the memory: {each:,} bytes for each further person.
"""


def page(figures: Figures) -> str:
    """The page, in markdown."""
    largest = figures.sizes[-1]
    parts = [
        _TOP,
        _machine(figures.machine),
        "## Time and memory\n\n" + _BARE.format(times=len(largest.review)),
        _table(
            (
                "people",
                "medicine rows",
                "findings",
                "review",
                "bare query",
                "times the query",
                "processor",
                "most memory",
            ),
            map(_row, figures.sizes),
        ),
        "Seconds of the steps, of the last of these runs as `run.json` tells them:\n",
        _table(("people", *largest.steps), map(_steps_row, figures.sizes)),
        f"The files of {largest.people:,} people are {_size(largest.size)}, and what is written is "
        f"{_size(largest.written)}.\n",
        *([_growth(figures.sizes[-2], largest)] if len(figures.sizes) > 1 else []),
        _others(figures),
    ]
    return "\n".join(parts)


def _machine(machine: Machine) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
    busy = ""
    if machine.busy:
        busy = (
            f"\n**The machine was busy with other work when this began (load {machine.load:.1f}): times are too long, "
            "and are to be measured again.**\n"
        )
    told = f"{machine.cores} cores, {_size(machine.memory)} of memory; {machine.system}; {versions}."
    return f"## The machine\n\n{told}\n{busy}"


def _row(of: OfSize) -> tuple[str, ...]:
    review, bare = middle(of.review), middle(of.bare)
    return (
        f"{of.people:,}",
        f"{of.rows:,}",
        f"{of.findings:,}",
        _spread(of.review),
        _spread(of.bare),
        f"{review.seconds / bare.seconds:.1f}",
        _seconds(review.processor),
        _size(review.peak),
    )


def _steps_row(of: OfSize) -> tuple[str, ...]:
    return (f"{of.people:,}", *(_seconds(it) for it in of.steps.values()))


def _growth(fewer: OfSize, more: OfSize) -> str:
    one, other = middle(fewer.review), middle(more.review)
    people, seconds = more.people / fewer.people, other.seconds / one.seconds
    return _GROWTH.format(
        few=fewer.people,
        many=more.people,
        people=people,
        seconds=seconds,
        exponent=math.log(seconds) / math.log(people),
        peak=other.peak / one.peak,
        each=round((other.peak - one.peak) / (more.people - fewer.people)),
    )


def _others(figures: Figures) -> str:
    smallest, largest = figures.sizes[0], figures.sizes[-1]
    rows = [
        (f"{smallest.people:,} people, the clinical content read for the first time", *_both(figures.first)),
        (f"{smallest.people:,} people after that", *_both(middle(smallest.review))),
        (f"{largest.people:,} people with `--memory {figures.cap // 10**6}MB`", *_both(figures.capped)),
        (f"{largest.people:,} people without", *_both(middle(largest.review))),
    ]
    over = figures.capped.peak / figures.cap - 1
    kept = "it kept to that" if over <= 0 else f"it took {over:.0%} more than that"
    told = f"\nOf the run that was to use no more than {figures.cap // 10**6}MB: {kept}.\n"
    return "## First run, and little memory\n\n" + _table(("run", "time", "most memory"), rows) + told


def _both(measured: Measured) -> tuple[str, str]:
    return _seconds(measured.seconds), _size(measured.peak)


def _spread(runs: Sequence[Measured]) -> str:
    low, high = min(it.seconds for it in runs), max(it.seconds for it in runs)
    return f"{_seconds(middle(runs).seconds)} ({low:.1f} to {high:.1f})"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s"


def _size(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [" | ".join(head), "|".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "".join(f"| {line} |\n" if "---" not in line else f"|{line}|\n" for line in lines)
