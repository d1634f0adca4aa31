"""The page tells what was measured, in proportion, and nothing of whose machine it was."""

from __future__ import annotations

import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import national
from tests.benchmarks.measured import Figures, Machine, Measured, OfSize, run, this_machine
from tests.benchmarks.page import page


def of_size(people: int, seconds: float, peak: int) -> OfSize:
    review = [Measured(seconds * share, seconds * 2, peak) for share in (1.0, 9.0, 0.5)]
    bare = [Measured(0.5, 0.5, 60_000_000)] * 3
    return OfSize(people, people * 9, people * 500, people * 100, people * 2, review, bare, {"review": seconds / 2})


MACHINE = Machine(4, 16_000_000_000, "Linux x86_64", {"Python": "3.12.1", "DuckDB": "1.4.0"}, 0.1)
SIZES = [of_size(10_000, 4.0, 200_000_000), of_size(100_000, 40.0, 1_100_000_000)]
FIGURES = Figures(MACHINE, SIZES, Measured(9.0, 9.0, 150_000_000), Measured(61.0, 70.0, 480_000_000), 500_000_000)


def test_medians_ratios_and_growth_are_told() -> None:
    told = page(FIGURES)
    assert (
        "| 100,000 | 900,000 | 200,000 | 40.0 s (20.0 to 360.0) | 0.5 s (0.5 to 0.5) | 80.0 | 80.0 s | 1.1 GB |" in told
    )
    assert (
        "10.0 times as long (an exponent\nof 1.00; 1 is in proportion) and 5.5 times the memory: 10,000 bytes" in told
    )
    assert "| 100,000 people with `--memory 500MB` | 61.0 s | 480 MB |" in told
    assert "it kept to that" in told
    assert "20% more than that" in page(replace(FIGURES, capped=Measured(61.0, 70.0, 600_000_000)))


def test_a_busy_machine_is_told_and_a_quiet_one_is_not() -> None:
    assert "busy" not in page(FIGURES)
    assert "**The machine was busy" in page(replace(FIGURES, machine=replace(MACHINE, load=3.0)))


def test_a_busy_machine_is_refused_after_a_minute_unless_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, waited = replace(MACHINE, load=1.4), list[float]()
    with pytest.raises(SystemExit, match=r"the machine is busy \(load 1.4 .*nothing written.*--even-if-busy"):
        national.refuse_if_busy(lambda: busy, waited.append)
    assert waited == [60]
    seen = iter((busy, MACHINE))
    national.refuse_if_busy(lambda: next(seen), waited.append)  # quiet by then
    monkeypatch.setattr(national, "measured", lambda *_: replace(FIGURES, machine=busy))
    national.main(["--even-if-busy", "--folder", str(tmp_path), "--page", str(tmp_path / "page.md")])
    assert "**The machine was busy" in (tmp_path / "page.md").read_text("utf-8")


def test_nothing_tells_whose_machine_it_was() -> None:
    told = page(replace(FIGURES, machine=this_machine()))
    assert platform.node() not in told or len(platform.node()) < 3
    assert str(Path.home()) not in told


_TWO_PROCESSES = """
import os, time
shared = bytearray(b"a") * 200_000_000
if os.fork() == 0:
    own = bytearray(b"b") * {own}
    time.sleep(0.7)
    os._exit(0)
os.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what processes share")
def test_memory_is_of_all_processes_and_what_they_share_counts_once() -> None:
    of_our_own = bytearray(b"c") * 400_000_000  # what measures is no part of what is measured
    sharing, beside = (run([sys.executable, "-c", _TWO_PROCESSES.format(own=own)]) for own in (1, 300_000_000))
    assert 200_000_000 < sharing.peak < 350_000_000
    assert 500_000_000 < beside.peak < 650_000_000
    assert of_our_own


def test_what_does_not_end_well_is_not_measured() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"])
