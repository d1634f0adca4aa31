"""Measures ``review --out`` on an extract as large as the national register, and writes docs/performance.md.

``python -m tests.benchmarks.national [--people N] [--folder DIR] [--page FILE]``, on a machine that does nothing else.
On one that is busy it waits a minute, and then refuses, unless ``--even-if-busy`` is given; the page says so then.
The extract is written by ``tools/make_extract.py`` of the folder that is shared beside this checkout.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks.measured import QUIET_UP_TO, Figures, Machine, OfSize, run, this_machine
from tests.benchmarks.page import page
from tests.cli.conftest import ROOT

MAKER = ROOT.parent / "shared" / "tools" / "make_extract.py"
AS_OF = date(2026, 11, 1)
SIZES = (1_000, 10_000)  # beside the size that is asked for
TIMES = 3
MEMORY = 500_000_000
A_WHILE = 60  # seconds: as long as what a load is told of
_FILES = ("medications.csv", "people.csv", "conditions.csv")
_BARE = (
    "import sys, duckdb; "
    "print(len(duckdb.execute('SELECT medication, count(*) FROM read_csv(?) GROUP BY 1', sys.argv[1:]).fetchall()))"
)


def measured(people: int, folder: Path) -> Figures:
    """Measure every size up to ``people``. Makes what is not in ``folder``."""
    machine = this_machine()
    sizes = sorted({*(it for it in SIZES if it < people), people})
    extracts = {size: extract_of(size, folder) for size in sizes}
    with tempfile.TemporaryDirectory(prefix="cache-", dir=folder) as cache:
        first = run(_review(extracts[sizes[0]], folder / "out"), {"HEALTHCHECK_CACHE_DIR": cache})
        found = [_of_size(size, extracts[size], folder / "out", cache) for size in sizes]
        capped = run(
            [*_review(extracts[people], folder / "out"), "--memory", f"{MEMORY // 10**6}MB"],
            {"HEALTHCHECK_CACHE_DIR": cache},
        )
    return Figures(machine, found, first, capped, MEMORY)


def refuse_if_busy(look: Callable[[], Machine] = this_machine, wait: Callable[[float], None] = time.sleep) -> None:
    """Wait a minute where the machine is busy. Raises SystemExit where it still is: what a page says is read for
    long."""
    if not look().busy:
        return
    print(f"The machine is busy: waiting {A_WHILE} seconds", file=sys.stderr)
    wait(A_WHILE)
    machine = look()
    if machine.busy:
        raise SystemExit(
            f"the machine is busy (load {machine.load:.1f} in the last minute, {QUIET_UP_TO} at most): nothing was "
            "measured and nothing written; run it again while nothing else runs, or with --even-if-busy, and the page "
            "says so"
        )


def extract_of(people: int, folder: Path) -> Path:
    """The extract of so many invented people, made where it is not there yet."""
    extract = folder / f"extract-{people}"
    if not all((extract / name).is_file() for name in _FILES):
        if not MAKER.is_file():
            raise SystemExit(f"{extract.name}: no extract there, and no tools/make_extract.py beside this checkout")
        run([sys.executable, str(MAKER), str(extract), "--people", str(people), "--as-of", AS_OF.isoformat()])
    return extract


def _of_size(people: int, extract: Path, out: Path, cache: str) -> OfSize:
    """The review and the bare query by turns, so that what else the machine does falls on both."""
    review, bare = [], []
    for _ in range(TIMES):
        review.append(run(_review(extract, out), {"HEALTHCHECK_CACHE_DIR": cache}))
        bare.append(run([sys.executable, "-c", _BARE, str(extract / _FILES[0])]))
        print(f"{people} people: {review[-1].seconds:.1f} s, bare query {bare[-1].seconds:.1f} s", file=sys.stderr)
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    size = sum((extract / name).stat().st_size for name in _FILES)
    written = sum(file.stat().st_size for file in out.iterdir())
    findings = sum(told["findings"].values())
    return OfSize(people, told["ledger"]["rows_read"], size, written, findings, review, bare, told["timings"])


def _review(extract: Path, out: Path) -> list[str]:
    asked = ["--as-of", AS_OF.isoformat(), "--complete", "medicines,problems", "--out", str(out), "--force", "--quiet"]
    return [sys.executable, "-m", "healthcheck_cli", "review", *(str(extract / name) for name in _FILES), *asked]


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=385_000, help="as many as the largest extract has")
    parser.add_argument("--folder", type=Path, help="where extracts are kept; left out, they are made and thrown away")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "performance.md", help="what is written")
    parser.add_argument("--even-if-busy", action="store_true", help="measure on a busy machine too; the page says so")
    asked = parser.parse_args(given)
    if not asked.even_if_busy:
        refuse_if_busy()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as thrown_away:
        folder = (asked.folder or Path(thrown_away)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        figures = measured(asked.people, folder)
    asked.page.write_text(page(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
