"""Every format that is read: its name, what it is called in words, and the function that reads it.

A function takes the inputs of its format that were given together, and raises :class:`InputProblem` where they cannot
be read. What it needs is imported when it is called: nobody waits for the reader of a format that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.readers.pasted import SplitLine, read_pasted
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.readers.sources import Opened


@dataclass(frozen=True)
class Reading:
    """What a format's function is given: the inputs, what the user asked for, and how a pasted line is taken apart."""

    inputs: Sequence[Opened]
    options: ReadOptions
    split_line: SplitLine

    @property
    def only(self) -> Opened:
        """The one input of a format whose files are read one by one."""
        (opened,) = self.inputs
        return opened


@dataclass(frozen=True)
class Format:
    """``words``: what an input is called that is in this format. ``together``: its files belong together and are read
    as one. ``windows``: its systems still write Windows-1252, so text that is not UTF-8 is taken for that."""

    words: str
    read: Callable[[Reading], ReadResult]
    together: bool = False
    windows: bool = False


def _csv(reading: Reading) -> ReadResult:
    from healthcheck_cli.readers.csv_list import read_csv_list

    return read_csv_list(reading.only.text, reading.only.name, reading.options.columns)


def _pasted(reading: Reading) -> ReadResult:
    return read_pasted(reading.only.text, reading.only.name, reading.split_line)


def _record(reading: Reading) -> ReadResult:
    from healthcheck_cli.readers.record_file import read_record_file  # YAML: not needed for a table

    options = reading.options
    return read_record_file(reading.only.text, reading.only.name, options.known_questions, options.known_rules)


def _fhir(reading: Reading) -> ReadResult:
    from healthcheck_cli.readers.fhir.read import read_fhir

    by_line = reading.options.format == "ndjson"
    return read_fhir([(opened.text, opened.name) for opened in reading.inputs], by_line=by_line)


def _not_yet(name: str) -> Callable[[Reading], ReadResult]:
    def refuse(reading: Reading) -> ReadResult:
        what = "plain CSV, a record file or a pasted list is"
        raise InputProblem(f"{reading.only.name}: {name} is not yet supported; {what}")

    return refuse


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", _csv),
    "pasted": Format("a pasted list", _pasted),
    "emis": Format("an EMIS Web report", _not_yet("emis"), windows=True),
    "systmone": Format("a SystmOne report", _not_yet("systmone"), windows=True),
    "fhir": Format("FHIR", _fhir, together=True),
    "ndjson": Format("FHIR, one resource a line", _fhir, together=True),
    "opensafely": Format("OpenSAFELY tables", _not_yet("opensafely")),
    "record": Format("a record file", _record),
}


def check_format(chosen: str) -> None:
    """Raises :class:`UsageProblem` where ``chosen`` is not "auto" or a format that can be read."""
    if chosen not in ("auto", *FORMATS):
        raise UsageProblem(f"--from: choose one of auto, {', '.join(FORMATS)}")
