"""``healthcheck review``: medicine lists in, findings out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.clinicians_plan import CLINICIANS, review_text
from healthcheck_cli.cli.cohort_options import CohortOptions, cohort_options, refuse_the_other_kind
from healthcheck_cli.cli.damage import refuse_damage, tell_rejected
from healthcheck_cli.cli.explained import explain_option, explained, refuse_another_output, rules_to_explain
from healthcheck_cli.cli.extract_review import read_each, review_to_folder
from healthcheck_cli.cli.options import (
    Percent,
    as_of_option,
    content_option,
    encoding_option,
    is_plain,
    is_quiet,
    note,
    output_options,
    plain_option,
    say,
    scale_option,
)
from healthcheck_cli.errors import ExitCode
from healthcheck_cli.output import check_writable, emit, refuse_input

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.findings import Review
    from healthcheck_cli.ledger import Ledger
    from healthcheck_cli.readers.result import ReadOptions, ReadResult
    from healthcheck_cli.review import Reviewer

_LEVELS = ("urgent", "high", "medium", "info")
_LISTS = ("medicines", "problems", "observations", "events", "immunisations")


def _pairs(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for pair in given:
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise click.BadParameter("write it as FIELD=COLUMN, for example medication=Drug")
        if name.strip() in pairs:
            raise click.BadParameter(f"{name.strip()} is given twice")
        pairs[name.strip()] = column.strip()
    return pairs


def _lists(_: click.Context, __: click.Parameter, given: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in given.split(",") if name.strip())
    unknown = [name for name in names if name not in _LISTS]
    if unknown:
        raise click.BadParameter(f"there is no list called {unknown[0]!r}; the lists are {', '.join(_LISTS)}")
    return names


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--from",
    "source_format",
    default="auto",
    show_default=True,
    metavar="FORMAT",
    help="auto (what it is taken for is said), csv, pasted, emis, emis-bulk, systmone, systmone-tables, opensafely, "
    "cprd, epact, fhir, ndjson or record.",
)
@click.option(
    "--to",
    "target",
    type=click.Choice(["markdown", "html", "json", "ndjson", "csv", "table", "fhir"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--complete",
    default="",
    callback=_lists,
    metavar="LISTS",
    help="Lists that leave nothing out, e.g. medicines,problems.",
)
@click.option("--map", "columns", multiple=True, callback=_pairs, metavar="FIELD=COLUMN", help="Which column is what.")
@encoding_option
@explain_option
@click.option("--level", type=click.Choice(_LEVELS), default="info", show_default=True, help="The lowest level shown.")
@click.option("--fail-on", type=click.Choice(_LEVELS), help="Exit with 1 if a finding is at this level or above.")
@click.option("--max-unrecognised", type=Percent(), help="Exit with 5 above this percentage of lines.")
@click.option(
    "--max-rejected",
    type=Percent(),
    default=5,
    show_default=True,
    help="Above this percentage of rows that cannot be used, exit with 4 and report nothing.",
)
@cohort_options
@scale_option
@as_of_option
@content_option
@output_options
@plain_option
@click.pass_context
def review(
    context: click.Context,
    inputs: tuple[str, ...],
    source_format: str,
    target: str,
    complete: tuple[str, ...],
    columns: dict[str, str],
    encoding: str,
    explain_ids: tuple[str, ...],
    level: str,
    fail_on: str | None,
    max_unrecognised: float | None,
    max_rejected: float,
    cohort: CohortOptions,
    scale: str | None,
    as_of: date,
    content_folder: Path | None,
    output: Path | None,
    force: bool,
    plain: bool,
) -> int:
    """Review the medicines of one person, or of everyone in a list.

    INPUT is a CSV file (one medicine a row), a report of EMIS Web or SystmOne,
    the tables of an extract, FHIR, a record file (YAML or JSON), or plain text
    with one medicine a line; - reads standard input. Files may be packed (gz,
    zip) or Parquet. Files of one extract are joined by patient.
    """
    from healthcheck_cli.cli.clinical_content import reviewer_for

    refuse_another_output(context, explain_ids)
    refuse_the_other_kind(context, cohort)
    _refuse_outputs(inputs, output, cohort.out, force=force)
    reviewer = reviewer_for(content_folder, scale)
    reading = _reading(source_format, columns, encoding, complete, reviewer.content, as_of)
    if cohort.out is not None:
        outcome = review_to_folder(inputs, cohort, reading, reviewer, as_of, max_rejected=max_rejected, force=force)
        _tell_counts(outcome.people, outcome.ledger)
        return _exit_code(outcome.ledger, outcome.findings, fail_on, max_unrecognised)
    rules = rules_to_explain(explain_ids, reviewer.content)
    read = _read(inputs, reading, max_rejected)
    found = _reviewed(read, reviewer, as_of)
    if rules:
        text = explained(rules, read.records, reviewer, as_of)
    else:
        text = _rendered(_at_level(found, level), read, reviewer, target, plain=is_plain(plain))
    emit(text, output, force=force)
    _tell_counts(len(found.people), found.ledger)
    levels = Counter(finding.level.value for person in found.people for finding in person.findings)
    return _exit_code(found.ledger, levels, fail_on, max_unrecognised)


def _refuse_outputs(inputs: Sequence[str], output: Path | None, folder: Path | None, *, force: bool) -> None:
    """What cannot be written, or would be written over an input, is refused before anything is read."""
    refuse_input(output, inputs)
    refuse_input(folder, inputs, inside=True)
    check_writable(output, force=force)


def _reading(
    source_format: str,
    columns: Mapping[str, str],
    encoding: str,
    complete: Sequence[str],
    content: Content,
    as_of: date,
) -> ReadOptions:
    from healthcheck_cli.cli.record_answers import AnswersOfRecords
    from healthcheck_cli.readers.result import ReadOptions

    return ReadOptions(
        format=source_format,
        columns=columns,
        encoding=encoding,
        complete=dict.fromkeys(complete),  # type: ignore[arg-type]  # _lists lets through the names of lists only
        answers=AnswersOfRecords(content, as_of),
        as_of=as_of,
        known_rules=frozenset(content.rules),
    )


def _read(inputs: Sequence[str], reading: ReadOptions, max_rejected: float) -> ReadResult:
    """Everybody in the inputs, with what was noted and left out told; too much left out is refused."""
    read = read_each(inputs, reading)
    for line in read.notes:
        note(line)
    tell_rejected(read.rejected, read.companions)
    _refuse_if_too_many_rejected(read, max_rejected)
    return read


def _refuse_if_too_many_rejected(read: ReadResult, limit: float) -> None:
    refuse_damage(
        rejected=read.rejected,
        rows=read.medicine_rows,
        companions=read.companions,
        broken_off=read.broken_off,
        limit=limit,
        nothing="nothing is reported",
    )


def _reviewed(read: ReadResult, reviewer: Reviewer, as_of: date) -> Review:
    from healthcheck_cli.review import review_records

    show = not is_quiet() and len(read.records) > 50 and sys.stderr is not None and sys.stderr.isatty()
    with click.progressbar(read.records, label="Reviewing", file=sys.stderr, hidden=not show) as records:
        return review_records(records, reviewer, as_of, read.rejected, read.inputs, read.companions)


def _at_level(found: Review, lowest: str) -> Review:
    """Only the findings at ``lowest`` or above; what is left out still counts for the exit code."""
    from dataclasses import replace

    from healthcheck_cli.content.models import Level

    rank = Level(lowest).rank
    return replace(
        found,
        people=tuple(
            replace(person, findings=tuple(f for f in person.findings if f.level.rank <= rank))
            for person in found.people
        ),
    )


def _rendered(found: Review, read: ReadResult, reviewer: Reviewer, target: str, *, plain: bool) -> str:
    content = reviewer.content
    if target in CLINICIANS:
        return review_text(target, found, reviewer, read.records)
    if target == "fhir":
        from healthcheck_cli.plans.fhir.bundle import fhir_text

        return fhir_text(found, content, {it.person.id: it.answers for it in read.records if it.from_check})
    if target == "json":
        from healthcheck_cli.plans.as_json import json_text

        return json_text(found, content)
    if target == "ndjson":
        from healthcheck_cli.plans.as_json import to_ndjson

        return to_ndjson(found, content)
    if target == "csv":
        from healthcheck_cli.plans.provenance import made_with_in_words
        from healthcheck_cli.plans.worklist_csv import worklist_csv

        note(f"Made with {made_with_in_words(content)}")  # the file has no place for it but a column
        return worklist_csv(found, content)
    from healthcheck_cli.plans.table import summary_table

    return summary_table(found, content, plain=plain)


def _tell_counts(people: int, ledger: Ledger) -> None:
    from healthcheck_cli.plans.words import counted

    beside = len(ledger.rejected_companions)
    more = f"; {counted(beside, 'row')} of people, problems and observations left out" if beside else ""
    note(
        f"{counted(people, 'person', 'people')}; {counted(ledger.rows_read, 'medicine row')} read: "
        f"{ledger.rows_used} used, {ledger.rows_not_current} not current, {ledger.rows_duplicate} duplicate, "
        f"{ledger.rows_unrecognised} not recognised, {ledger.rows_rejected} rejected{more}"
    )


def _exit_code(ledger: Ledger, findings: Mapping[str, int], fail_on: str | None, max_unrecognised: float | None) -> int:
    """``findings``: how many there are of each level."""
    looked_at = ledger.rows_used + ledger.rows_unrecognised
    if max_unrecognised is not None and looked_at and 100 * ledger.rows_unrecognised / looked_at > max_unrecognised:
        say(
            f"Error: {ledger.rows_unrecognised} of {looked_at} current lines were not recognised, "
            f"more than {max_unrecognised:g}% (--max-unrecognised)"
        )
        return ExitCode.UNRECOGNISED
    if fail_on is not None and any(findings.get(level) for level in _LEVELS[: _LEVELS.index(fail_on) + 1]):
        return ExitCode.FINDINGS
    return ExitCode.DONE
