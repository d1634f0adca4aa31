"""Runs a command and measures it: wall time, processor time, and the most memory it held at once."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

import duckdb
import numpy as np

_LOOKS_EVERY = 0.1  # seconds
_KILOBYTE = 1024 if sys.platform != "darwin" else 1  # what ru_maxrss counts in


@dataclass(frozen=True)
class Measured:
    """One run of one command: ``seconds`` of wall time and of ``processor`` time of all cores together, ``peak`` bytes
    of memory, and what it printed.

    The peak is that of all its processes together, as seen every so often; where the system does not tell that, the
    most that the largest of them held, or what held the process that started it, if that was more."""

    seconds: float
    processor: float
    peak: int
    printed: str = ""


QUIET_UP_TO = 0.5
"""The load, in processors, up to which times can be believed."""


@dataclass(frozen=True)
class Machine:
    """What figures were measured on; nothing that says which machine it is. ``load``: how many processes wanted to run
    when it began."""

    cores: int
    memory: int
    system: str
    versions: Mapping[str, str]
    load: float

    @property
    def busy(self) -> bool:
        """Was more than about half a processor at work on something else in the last minute?"""
        return self.load > QUIET_UP_TO


@dataclass(frozen=True)
class OfSize:
    """What was measured on one extract: ``rows`` of medicines, bytes of its files (``size``) and of what was
    ``written``. ``bare`` is DuckDB counting the medicines of the same file, run by turns with ``review``. ``steps``:
    seconds of the steps of the last review, as it tells them itself."""

    people: int
    rows: int
    size: int
    written: int
    findings: int
    review: Sequence[Measured]
    bare: Sequence[Measured]
    steps: Mapping[str, float]


@dataclass(frozen=True)
class Figures:
    """Everything that the page tells. ``sizes``: the smallest first. ``first``: a review that has to read the clinical
    content first; ``capped``: the largest extract with no more memory than ``cap`` bytes."""

    machine: Machine
    sizes: Sequence[OfSize]
    first: Measured
    capped: Measured
    cap: int


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end. Raises CalledProcessError where it does not end well.

    >>> run([sys.executable, "-c", "print(2 + 2)"]).printed
    '4'
    """
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    ) as process:
        watch = _MemoryWatch(process.pid)
        watch.start()
        assert process.stdout is not None
        printed = process.stdout.read().strip()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        watch.end()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # What the system itself tells of a process counts that which started it too, as it was then.
    peak = watch.most or usage.ru_maxrss * _KILOBYTE
    return Measured(seconds, usage.ru_utime + usage.ru_stime, peak, printed)


class _MemoryWatch(Thread):
    """Looks again and again at what a process and those it started hold together; pages they share count once. Where
    the system does not tell (anywhere but on Linux), it sees nothing."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._root = root
        self._ended = Event()

    def run(self) -> None:
        while not self._ended.wait(_LOOKS_EVERY):
            there = list(_with_children(self._root))
            held = sum(map(_share_of, there))
            if there == list(_with_children(self._root)):  # else what they share may have been counted twice
                self.most = max(self.most, held)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _with_children(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        with suppress(OSError):
            waiting += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())


def _share_of(process: int) -> int:
    """The bytes a process holds, with its share of what it has in common with others."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def middle(runs: Sequence[Measured]) -> Measured:
    """The medians of several runs of the same command."""
    return Measured(
        median(it.seconds for it in runs), median(it.processor for it in runs), int(median(it.peak for it in runs))
    )


def this_machine() -> Machine:
    """The machine as it is now."""
    return Machine(
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{platform.system()} {platform.machine()}",
        versions={"Python": platform.python_version(), "DuckDB": duckdb.__version__, "numpy": np.__version__},
        load=os.getloadavg()[0],
    )
