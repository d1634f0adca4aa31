"""Reads all inputs of a command, tells their formats, and joins what they say about each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from healthcheck_cli.errors import InputProblem, UsageProblem, breaks_off_at
from healthcheck_cli.ledger import InputFile, RejectedRow
from healthcheck_cli.readers.columns import FIELDS, plain
from healthcheck_cli.readers.detect import Detected, as_chosen, detect
from healthcheck_cli.readers.formats import FORMATS, Format, Reading, check_format
from healthcheck_cli.readers.join import join
from healthcheck_cli.readers.pasted import SplitLine
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.readers.row_numbers import told_apart
from healthcheck_cli.readers.sources import Opened, Source, load_source, open_source, shown_names, unpack
from healthcheck_cli.readers.whose import people_not_listed, with_ids_by_nhs_number
from healthcheck_cli.record import Record


def read_inputs(paths: Sequence[str], options: ReadOptions, split_line: SplitLine, stdin: BinaryIO) -> ReadResult:
    """Everyone in the inputs, in order of first appearance, each with everything that any input says of them.

    ``split_line`` takes a line of a pasted list apart. Notes say what each input was taken for. Raises
    :class:`InputProblem` with the problems of all inputs, or :class:`UsageProblem`.
    """
    check_format(options.format)
    _check_columns(options)
    problems: list[str] = []
    found, beside = _without_texts_beside(_opened(paths, options, stdin, problems))
    results: list[tuple[str, ReadResult]] = []
    for group in _groups(found):
        try:
            results.append((group[0].opened.name, _read(group, options, split_line)))
        except InputProblem as problem:  # noqa: PERF203 - all inputs' problems are told at once
            problems.extend(problem.problems)
    _check_headers(options, results, problems)
    if problems:
        raise InputProblem(*problems)
    results = with_ids_by_nhs_number(results)
    joined, notes = join([(name, result.records) for name, result in results])
    alone = [it.opened.name for it in found if _is_read_alone(FORMATS[it.detected.format])]
    not_listed = people_not_listed(results, joined, alone)
    _refuse_if_no_medicines(joined, [result for _, result in results])
    left, withdrawn, gone = _without_those_taken_out(joined, [result for _, result in results])
    records, numbered = told_apart(left, [it.opened.name for it in found])
    return ReadResult(
        records=tuple(replace(it, complete={**it.complete, **options.complete}) for it in records),
        rejected=(*(row for _, result in results for row in result.rejected), *withdrawn),
        notes=(
            *beside,
            *(note for _, result in results for note in result.notes),
            *notes,
            *numbered,
            *not_listed,
            *gone,
        ),
        format=", ".join(dict.fromkeys(result.format for _, result in results)),
        broken_off=tuple(place for _, result in results for place in result.broken_off),
        inputs=tuple(InputFile(it.opened.name, it.sha256, it.detected.format, it.place) for it in found),
        companions=tuple(it for _, result in results for it in result.companions),
    )


def _is_read_alone(form: Format) -> bool:
    """A table of people or results that was given beside a medicine list, and is no part of one extract."""
    return form.rows is not None and not form.together


_PLAIN_TABLE = "a plain table in Parquet"
_EHRQL_LISTS = ("medications", "clinical_events")
_EHRQL_PEOPLE = ("patients",)  # like any table of people, unless one of those is beside it


@dataclass(frozen=True)
class _Found:
    """One input, opened, with what it was taken for. Its bytes are let go: an extract is large."""

    opened: Opened
    detected: Detected
    sha256: str
    in_archive: bool
    place: str


def _opened(paths: Sequence[str], options: ReadOptions, stdin: BinaryIO, problems: list[str]) -> list[_Found]:
    """Every input that can be opened; what is wrong with the others goes to ``problems``."""
    found = []
    for source in _sources(paths, stdin, problems):
        try:
            found.append(_open(source, options))
        except InputProblem as problem:  # noqa: PERF203 - all inputs' problems are told at once
            problems.extend(problem.problems)
    if options.format == "auto" and not any(it.detected.table in _EHRQL_LISTS for it in found):
        plain_people = Detected("csv")
        found = [replace(it, detected=plain_people) if it.detected.table in _EHRQL_PEOPLE else it for it in found]
    return found


def _without_texts_beside(found: list[_Found]) -> tuple[list[_Found], list[str]]:
    """The inputs without plain texts that lie beside tables in an archive (words to the reader), and notes on them."""
    beside = [it for it in found if it.in_archive and it.detected == Detected("pasted")]
    if len(beside) == len(found):
        return found, []
    notes = [f"{it.opened.name}: left out: a plain text beside other files in an archive" for it in beside]
    return [it for it in found if it not in beside], notes


def _sources(paths: Sequence[str], stdin: BinaryIO, problems: list[str]) -> Iterator[Source]:
    """Every input, one after another, with what is packed in an archive as inputs of their own. No two have one name,
    as a row is known by the name of its file."""
    names = shown_names(paths)
    shown, taken = set(names.values()), set[str]()
    for number, (path, name) in enumerate(names.items(), start=1):
        try:
            for source in unpack(load_source(path, stdin, name, str(number))):
                own = _own_name(source, name, shown, taken)
                taken.add(own)
                yield replace(source, name=own)
        except InputProblem as problem:  # noqa: PERF203 - all inputs' problems are told at once
            problems.extend(problem.problems)


def _own_name(source: Source, packed: str, shown: Collection[str], taken: Collection[str]) -> str:
    """What an input is called: as it is unpacked; where another is called so, as it was ``packed``, or with its place
    among the inputs."""
    for name in (source.name, packed):
        if name not in taken and (name == packed or name not in shown):
            return name
    return f"{source.name} ({source.place})"


def _open(source: Source, options: ReadOptions) -> _Found:
    opened = open_source(source, options.encoding)
    detected = detect(opened) if options.format == "auto" else as_chosen(opened, options.format)
    if opened.assumed is not None and not FORMATS[detected.format].windows:
        raise opened.assumed
    return _Found(opened, detected, source.sha256, source.in_archive, source.place)


def _groups(found: Sequence[_Found]) -> list[list[_Found]]:
    """The inputs that are read as one, each group at the place of its first."""
    groups: dict[str, list[_Found]] = {}
    for at, it in enumerate(found):
        form = it.detected.format
        groups.setdefault(form if FORMATS[form].together else f"{form} {at}", []).append(it)
    return list(groups.values())


def _read(group: Sequence[_Found], options: ReadOptions, split_line: SplitLine) -> ReadResult:
    """The people of one input, or of several that belong together, with notes on what each was taken for."""
    form = FORMATS[group[0].detected.format]
    result = form.read(Reading(tuple(it.opened for it in group), options, split_line))
    how = "taken for" if options.format == "auto" else "read as"
    told = []
    for it in group:
        words = _PLAIN_TABLE if it.opened.is_table and form is FORMATS["csv"] else form.words
        why = f" ({it.detected.why})" if it.detected.why and options.format == "auto" else ""
        told.append(f"{it.opened.name}: {how} {words}{why}")
        if it.opened.assumed is not None:
            told.append(f"{it.opened.name}: not UTF-8: read as Windows-1252 (--encoding names another)")
    return replace(result, notes=(*told, *result.notes))


def _without_those_taken_out(
    records: Sequence[Record], results: Sequence[ReadResult]
) -> tuple[tuple[Record, ...], tuple[RejectedRow, ...], tuple[str, ...]]:
    """The people to report, the medicine rows of the others, and how many those are and why."""
    reasons = {person: why for result in results for person, why in result.not_reported.items()}
    rows = tuple(
        RejectedRow(row.file, row.number, f"of a person who is left out ({reasons[record.person.id]})", withdrawn=True)
        for record in records
        if record.person.id in reasons
        for line in record.medicines
        for row in (line.row, *line.other_issues)
    )
    counts = Counter(reasons[it.person.id] for it in records if it.person.id in reasons)
    told = tuple(f"{count} of {len(records)} people left out: {why}" for why, count in counts.items())
    return tuple(it for it in records if it.person.id not in reasons), rows, told


def read_source(source: Source, options: ReadOptions, split_line: SplitLine) -> ReadResult:
    """The people of one input. Raises :class:`InputProblem`, also where it breaks off (medicines may be missing), or
    where a line with a record cannot be used: those that are left may be of somebody else."""
    result = _read([_open(source, options)], options, split_line)
    if result.broken_off:
        raise InputProblem(f"{breaks_off_at(result.broken_off[0])}: get the whole file")
    if result.format == "ndjson" and result.rejected:
        raise InputProblem(*(f"{row.file}:{row.line}: {row.reason}" for row in dict.fromkeys(result.rejected)))
    return result


def _refuse_if_no_medicines(records: Sequence[Record], results: Sequence[ReadResult]) -> None:
    """Tables of people, problems or observations go with a medicine list; alone, one of them may be that list read
    wrongly. A record file may say that there are no medicines."""
    only_tables = all(FORMATS[result.format].rows is not None for result in results)
    if only_tables and not any(record.medicines for record in records) and not any(it.rejected for it in results):
        raise InputProblem(
            "no input was read as a medicine list: give that file too, or name its column with --map medication=COLUMN"
        )


def _check_columns(options: ReadOptions) -> None:
    unknown = [field for field in options.columns if field not in FIELDS]
    if unknown:
        raise UsageProblem(f"--map: there is no field {unknown[0]}; the fields are {', '.join(FIELDS)}")


def _check_headers(options: ReadOptions, results: Sequence[tuple[str, ReadResult]], problems: list[str]) -> None:
    """A column that --map names must stand in one of the files."""
    if problems or not options.columns:
        return
    headers = {header for _, result in results for header in result.headers}
    problems.extend(
        f"--map {field}: no input has a column of that name"
        for field, column in options.columns.items()
        if plain(column) not in headers
    )
