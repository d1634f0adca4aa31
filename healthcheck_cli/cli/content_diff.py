"""``healthcheck content diff``: what a change of the content does to a cohort."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from healthcheck_cli.cli.options import as_of_option, is_quiet, note, output_options, overlay_option
from healthcheck_cli.errors import ContentProblem, ExitCode, InputProblem, UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.assurance.difference import Changed, Difference, RuleEffect
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.ledger import InputFile
    from healthcheck_cli.readers.result import ReadResult
    from healthcheck_cli.record import Record

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LEVELS = ("urgent", "high", "medium", "info")
_MOST_REJECTED = 5  # percent, as of a review
_RECORDS = (".yaml", ".yml", ".json")
_TABLES = (".csv",)


@dataclass(frozen=True)
class Cohort:
    """People with the names they go by in the answer, and the files they were read from."""

    people: tuple[tuple[str, Record], ...] = ()
    inputs: tuple[InputFile, ...] = ()


@click.command("diff")
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--cohort", "first", multiple=True, metavar="FILE...", help="Records or lists, as review takes them.")
@click.argument("more", nargs=-1, metavar="")
@click.option("--fail-on", type=click.Choice(_LEVELS), help="Exit with 1 if a finding came or went at or above this.")
@click.option(
    "--to", "target", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to write."
)
@overlay_option
@click.option(
    "--overlay-on",
    type=click.Choice(["both", "old", "new"]),
    default="both",
    show_default=True,
    help="Which of the two the overlays are laid over.",
)
@as_of_option
@output_options
def diff_command(
    old: Path,
    new: Path,
    overlay_on: str,
    first: tuple[str, ...],
    more: tuple[str, ...],
    fail_on: str | None,
    target: str,
    as_of: date,
    output: Path | None,
    force: bool,
) -> int:
    """Compare two content folders: rules, and findings gained and lost.

    OLD and NEW each hold checklists/ and drug_rules/. Without --cohort only the
    content is compared. With it, everyone in the files (or in the files of a
    folder) is reviewed with both: a record file (YAML or JSON) is one person,
    CSV files are joined by patient_id.

    With --overlay on both, this says what a new release does for a place that
    has local changes; on one of the two, and the same folder twice, what the
    local changes do.
    """
    from healthcheck_cli.assurance.difference import difference
    from healthcheck_cli.output import check_writable, emit
    from healthcheck_cli.review import Reviewer

    if more and not first:
        raise UsageProblem(f"{more[0]}: name the files of people after --cohort")
    check_writable(output, force=force)
    contents = {
        name: _content(name.upper(), folder, overlaid=overlay_on in ("both", name))
        for name, folder in (("old", old), ("new", new))
    }
    cohort = _read((*first, *more), contents, as_of) if first else None
    reviewers = {name: Reviewer(content) for name, content in contents.items()} if cohort is not None else {}
    people = cohort.people if cohort is not None else ()
    show = not is_quiet() and len(people) > 50 and sys.stderr is not None and sys.stderr.isatty()
    with click.progressbar(people, label="Reviewing", file=sys.stderr, hidden=not show) as shown:
        found = difference(contents["old"], contents["new"], shown, as_of, reviewers)
    if target == "json":
        text = json.dumps(_as_json(found, contents, cohort, as_of), ensure_ascii=False, indent=2)
    else:
        text = "\n".join(_as_text(found, contents, with_cohort=cohort is not None))
    emit(f"{text}\n", output, force=force)
    return ExitCode.FINDINGS if fail_on is not None and _at_or_above(found, fail_on) else ExitCode.DONE


def _content(which: str, folder: Path, *, overlaid: bool) -> Content:
    """The content of one folder; its problems begin with OLD or NEW, as both have files of the same names."""
    from healthcheck_cli.cli.clinical_content import whole_content

    try:
        return whole_content(folder, overlaid=overlaid)
    except ContentProblem as problem:
        raise ContentProblem(*(f"{which}: {line}" for line in problem.problems)) from None


def _read(inputs: Sequence[str], contents: dict[str, Content], as_of: date) -> Cohort:
    """Everyone in the files. A record file is one person, named as it says or else by the file; tables are joined."""
    from healthcheck_cli.interview.filled_in.record_answers import RecordAnswers
    from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
    from healthcheck_cli.readers.inputs import read_inputs
    from healthcheck_cli.readers.result import ReadOptions
    from healthcheck_cli.readers.sources import standard_input

    options = ReadOptions(answers=RecordAnswers(contents["new"], as_of, older=contents["old"]), as_of=as_of)
    files = list(dict.fromkeys(file for given in inputs for file in _files_of(given)))
    records = [file for file in files if Path(file).suffix.lower() in _RECORDS]
    tables = [file for file in files if file not in records]
    reads: list[tuple[str, ReadResult]] = []
    problems: list[str] = []
    for name, group in [*((Path(file).stem, [file]) for file in records), *([("", tables)] if tables else [])]:
        try:
            reads.append((name, read_inputs(group, options, split_product_and_dosage, standard_input())))
        except InputProblem as problem:  # noqa: PERF203 - all files' problems are told at once
            problems.extend(problem.problems)
    if problems:
        raise InputProblem(*problems)
    _tell(reads)
    people = [(name, record) for name, read in reads for record in read.records]
    return Cohort(
        tuple((it.person.id or name or f"person {at}", it) for at, (name, it) in enumerate(people, start=1)),
        tuple(file for _, read in reads for file in read.inputs),
    )


def _tell(reads: Sequence[tuple[str, ReadResult]]) -> None:
    """What was left out; too much of it, and the comparison would pass for one of everybody."""
    from healthcheck_cli.cli.damage import refuse_damage

    rows = sum(read.medicine_rows for _, read in reads)
    left_out = [row for _, read in reads for row in read.rejected]
    refuse_damage(
        rejected=left_out,
        rows=rows,
        companions=[it for _, read in reads for it in read.companions],
        broken_off=[place for _, read in reads for place in read.broken_off],
        limit=_MOST_REJECTED,
        nothing="nothing is compared",
        option="",
    )
    rejected = sum(not row.withdrawn for row in left_out)
    for line in (line for name, read in reads for line in read.notes if not name):
        note(line)
    if rejected:
        note(f"{rejected} of {rows} rows left out")


def _files_of(given: str) -> list[str]:
    """A file; or every record file and table in a folder."""
    folder = Path(given)
    if not folder.is_dir():
        return [given]
    files = [str(file) for file in sorted(folder.iterdir()) if file.suffix.lower() in (*_RECORDS, *_TABLES)]
    if not files:
        raise InputProblem(f"{given}: this folder holds no record files and no tables")
    return files


def _at_or_above(found: Difference, fail_on: str) -> bool:
    from healthcheck_cli.content.models import Level

    return any(level.rank <= Level(fail_on).rank for effect in found.effects for level in effect.levels)


def _as_text(found: Difference, contents: dict[str, Content], *, with_cohort: bool) -> Iterator[str]:
    from healthcheck_cli.plans.words import counted

    for name, content in contents.items():
        local = "".join(f", with {overlay.name} {overlay.version}" for overlay in content.overlays)
        yield f"{name}: content {content.version}, sha256 {content.sha256}{local}"
    yield ""
    yield from _changed_text("Rules", found.rules)
    for kind, changed in found.other.items():
        counts = (len(changed.added), len(changed.removed), len(changed.parts))
        yield f"{kind.replace('_', ' ').capitalize()}: {counts[0]} added, {counts[1]} removed, {counts[2]} changed"
    if not with_cohort:
        return
    yield ""
    yield f"Findings of {counted(found.people, 'person', 'people')}"
    for level, before in found.before.items():
        yield f"  {level.value:<8} {before:>6} before {found.after[level]:>6} after"
    yield from map(_effect_text, found.effects)
    if not found.effects:
        yield "  No finding was gained or lost."


def _changed_text(title: str, changed: Changed) -> Iterator[str]:
    yield (
        f"{title}: {len(changed.added)} added, {len(changed.removed)} removed, {len(changed.parts)} changed"
        if changed
        else f"{title}: no difference"
    )
    yield from (f"  added    {name}" for name in changed.added)
    yield from (f"  removed  {name}" for name in changed.removed)
    yield from (f"  changed  {name} ({', '.join(parts)})" for name, parts in changed.parts.items())


def _effect_text(effect: RuleEffect) -> str:
    parts = [f"{len(effect.gained)} gained", f"{len(effect.lost)} lost"]
    if effect.stood_for:
        parts.append(f"of these {len(effect.stood_for)} now said by another rule")
    if effect.moved:
        parts.append(f"{len(effect.moved)} at another level")
    return f"  {effect.rule:<10} {', '.join(parts)}"


def _as_json(found: Difference, contents: dict[str, Content], cohort: Cohort | None, as_of: date) -> dict[str, Any]:
    from healthcheck_cli.content.as_json import overlays_used

    value: dict[str, Any] = {
        name: {
            "content_version": content.version,
            "content_sha256": content.sha256,
            "overlays": overlays_used(content.overlays),
        }
        for name, content in contents.items()
    }
    value["rules"] = _changed_json(found.rules)
    value["other"] = {kind: _changed_json(changed) for kind, changed in found.other.items()}
    if cohort is None:
        return value
    value["as_of"] = as_of.isoformat()
    value["inputs"] = [{"name": it.name, "sha256": it.sha256, "format": it.format} for it in cohort.inputs]
    value["people"] = found.people
    value["by_level"] = [
        {"level": level.value, "before": before, "after": found.after[level]} for level, before in found.before.items()
    ]
    value["findings"] = [_effect_json(effect) for effect in found.effects]
    return value


def _changed_json(changed: Changed) -> dict[str, Any]:
    return {
        "added": list(changed.added),
        "removed": list(changed.removed),
        "changed": [{"id": name, "parts": list(parts)} for name, parts in changed.parts.items()],
    }


def _effect_json(effect: RuleEffect) -> dict[str, Any]:
    return {
        "rule": effect.rule,
        "gained": list(effect.gained),
        "lost": list(effect.lost),
        "stood_for": list(effect.stood_for),
        "level_changed": [
            {"person_id": it.person, "before": it.before.value, "after": it.after.value} for it in effect.moved
        ],
    }
