"""``healthcheck content``: look at the clinical content, check it, and run its examples."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from healthcheck_cli.cli.content_diff import diff_command
from healthcheck_cli.cli.options import (
    IsoDate,
    as_of_option,
    content_option,
    is_plain,
    is_verbose,
    note,
    output_options,
    plain_option,
)
from healthcheck_cli.errors import ExitCode, UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.assurance.examples import ExampleRun
    from healthcheck_cli.assurance.mutations import MutationReport
    from healthcheck_cli.content.diagnostics import Diagnostic
    from healthcheck_cli.content.models import Content, Rule

F = TypeVar("F", bound=Callable[..., Any])


def _common(command: F) -> F:
    """The options that every command of this group takes."""
    choice = click.Choice(["text", "json"])
    command = click.option("--to", "target", type=choice, default="text", show_default=True, help="What to write.")(
        command
    )
    return content_option(output_options(plain_option(command)))


def _load(folder: Path | None, output: Path | None, *, force: bool, shipped_settings: bool = False) -> Content:
    """The content; first of all, that what is made of it can be written."""
    from healthcheck_cli.cli.clinical_content import whole_content
    from healthcheck_cli.output import check_writable

    check_writable(output, force=force)
    return whole_content(folder, shipped_settings=shipped_settings)


def _write(text: str, output: Path | None, *, force: bool) -> None:
    from healthcheck_cli.output import emit

    emit(text if text.endswith("\n") else text + "\n", output, force=force)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _first_line_bold(text: str, output: Path | None, *, plain: bool) -> str:
    first, _, rest = text.partition("\n")
    return text if output is not None or is_plain(plain) else f"{click.style(first, bold=True)}\n{rest}"


@click.group("content")
def content_group() -> None:
    """The clinical content: check it, run its examples, look at it."""


content_group.add_command(diff_command)


@content_group.command("lint")
@click.option("--release", is_flag=True, help="What is past its review date is an error, not a warning.")
@_common
@as_of_option
def lint_command(
    release: bool,
    target: str,
    content_folder: Path | None,
    as_of: date,
    output: Path | None,
    force: bool,
    plain: bool,
) -> int:
    """Check every file: names, values, circles, dates, examples, wording.

    Also what leads nowhere, what contradicts itself, what is said twice, and
    what is hard to read. Exits with 3 if there is an error. Warnings and notes
    are shown and pass.
    """
    del plain  # each line begins with its severity in words: there is nothing to colour
    from healthcheck_cli.assurance import clashes, example_records, feeds, shared_names
    from healthcheck_cli.cli.clinical_content import content_as_far_as_it_goes
    from healthcheck_cli.content.diagnostics import ContentRefused, Problems, Severity
    from healthcheck_cli.content.lint import lint_files
    from healthcheck_cli.output import check_writable

    check_writable(output, force=force)
    problems = Problems()
    more = (*feeds.CHECKS, *clashes.CHECKS, *shared_names.CHECKS, *example_records.CHECKS)
    try:
        content, files = content_as_far_as_it_goes(content_folder, problems)
        found = lint_files(content, files, problems, as_of, more, release=release)
    except ContentRefused as refused:  # an overlay that cannot be read
        found = refused.diagnostics
    text = _json(_diagnostics_json(found)) if target == "json" else _diagnostics_text(found)
    _write(text, output, force=force)
    return ExitCode.CONTENT if any(it.severity is Severity.ERROR for it in found) else ExitCode.DONE


def _counts(found: tuple[Diagnostic, ...]) -> dict[str, int]:
    from healthcheck_cli.content.diagnostics import Severity

    return {f"{it.value}s": sum(1 for diagnostic in found if diagnostic.severity is it) for it in Severity}


def _diagnostics_json(found: tuple[Diagnostic, ...]) -> dict[str, Any]:
    from healthcheck_cli.content.as_json import json_value

    return {**_counts(found), "diagnostics": json_value(found)}


def _diagnostics_text(found: tuple[Diagnostic, ...]) -> str:
    lines = [f"{diagnostic.severity.value}: {diagnostic}" for diagnostic in found]
    return "\n".join((*lines, ", ".join(f"{count} {kind}" for kind, count in _counts(found).items())))


@content_group.command("test")
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@click.option("--as-of", type=IsoDate(), help="The day the examples are run for.  [default: the content's own]")
@click.option("--mutate", is_flag=True, help="Swap each medicine class for its neighbours as well.")
@_common
def test_command(
    rules: tuple[str, ...],
    mutate: bool,
    as_of: date | None,
    target: str,
    content_folder: Path | None,
    output: Path | None,
    force: bool,
    plain: bool,
) -> int:
    """Run the examples of all rules, or of the RULEs named; -v names each.

    Each example must do what it says; and each small change of a rule's
    condition (a threshold one step off, 'and' for 'or') must be noticed by at
    least one of its examples; with --mutate, so must each class that is swapped
    for a wider one or for one beside it. Exits with 3 otherwise.
    """
    del plain  # every result is in words: there is nothing to colour
    from dataclasses import replace

    from healthcheck_cli.assurance.class_swaps import ClassNeighbours
    from healthcheck_cli.assurance.example_facts import ExampleFacts
    from healthcheck_cli.assurance.examples import run_examples
    from healthcheck_cli.assurance.mutations import try_mutants

    content = _load(content_folder, output, force=force, shipped_settings=True)
    if any(change.kind.value == "set" for overlay in content.overlays for change in overlay.changes):
        note("The examples are run with the settings as shipped, as they show the numbers that are shipped")
    if as_of is not None:
        content = replace(content, examples_as_of=as_of)
    wanted = _rules_named(content, rules)
    runs = run_examples(content, ExampleFacts(content), wanted)
    report = try_mutants(content, runs, ClassNeighbours(content) if mutate else None)
    as_text = _json(_test_json(runs, report)) if target == "json" else _test_text(wanted, runs, report, is_verbose())
    _write(as_text, output, force=force)
    failed = report.survivors or not all(run.passed for run in runs)
    return ExitCode.CONTENT if failed else ExitCode.DONE


def _rules_named(content: Content, ids: tuple[str, ...]) -> list[Rule]:
    from healthcheck_cli.content.diagnostics import nearest

    unknown = [rule_id for rule_id in ids if rule_id not in content.rules]
    if unknown:
        raise UsageProblem(
            *(f"there is no rule {it} ({nearest(it, content.rules) or 'see content list'})" for it in unknown)
        )
    return [content.rules[rule_id] for rule_id in ids] or list(content.rules.values())


def _test_json(runs: tuple[ExampleRun, ...], report: MutationReport) -> dict[str, Any]:
    from healthcheck_cli.content.as_json import json_value

    return {
        "examples": [
            {
                "rule": run.rule.id,
                "expect": run.example.expect.value,
                "place": str(run.example.place),
                "passed": run.passed,
                "problem": run.problem,
            }
            for run in runs
        ],
        "changes_tried": report.tried,
        "changes_unnoticed": json_value(report.survivors),
    }


def _test_text(rules: list[Rule], runs: tuple[ExampleRun, ...], report: MutationReport, verbose: bool) -> str:
    lines: list[str] = []
    for rule in rules:
        own = [run for run in runs if run.rule is rule]
        failed = [run for run in own if not run.passed]
        unnoticed = [it for it in report.survivors if it.rule == rule.id]
        if verbose or failed or unnoticed:
            state = "ok" if not failed and not unnoticed else f"{len(failed)} failed, {len(unnoticed)} unnoticed"
            lines.append(f"{rule.id}: {len(own)} examples: {state}")
        lines += [f"  {run.example.place}: {run.example.expect.value}: {run.problem}" for run in failed]
        lines += [f"  {it.place}: no example notices, {it.part}: {it.change}" for it in unnoticed]
    failures = sum(1 for run in runs if not run.passed)
    lines.append(f"{len(rules)} rules, {len(runs)} examples: {failures} failed")
    lines.append(f"{report.tried} changes tried: {len(report.survivors)} unnoticed")
    return "\n".join(lines)


@content_group.command("list")
@_common
def list_command(target: str, content_folder: Path | None, output: Path | None, force: bool, plain: bool) -> None:
    """Everything that is loaded, by id."""
    content = _load(content_folder, output, force=force)
    if target == "json":
        from healthcheck_cli.content.as_json import content_list

        _write(_json(content_list(content, _classes_of(content))), output, force=force)
        return
    from healthcheck_cli.content.listing import list_text

    _write(_first_line_bold(list_text(content), output, plain=plain), output, force=force)


def _classes_of(content: Content) -> dict[str, frozenset[str]]:
    """The classes of each medicine as its name alone would be read: by its usual route, dose not known."""
    from healthcheck_cli.medicines.classes import ClassBook

    book = ClassBook(content.classes, content.medicines)
    found = {}
    for medicine in content.medicines.values():
        sure, possible = book.classes_of(medicine.name, medicine.default_route)
        found[medicine.name] = sure | possible
    return found


@content_group.command("show")
@click.argument("name", metavar="ID")
@_common
@as_of_option
def show_command(
    name: str, target: str, content_folder: Path | None, as_of: date, output: Path | None, force: bool, plain: bool
) -> None:
    """One rule, question, fact, medicine, class, theme, scale or source in full."""
    from healthcheck_cli.content.as_json import json_value
    from healthcheck_cli.content.diagnostics import nearest
    from healthcheck_cli.content.show import all_names, named, shown

    content = _load(content_folder, output, force=force)
    found = named(content, name)
    if not found:
        hint = nearest(name, all_names(content)) or "healthcheck content list shows all names"
        raise UsageProblem(f"there is nothing called {name} in the content ({hint})")
    if target == "json":
        _write(_json([{"kind": kind, **json_value(thing)} for kind, thing in found]), output, force=force)
        return
    texts = [shown(kind, thing, content, as_of) for kind, thing in found]
    _write("\n\n".join(_first_line_bold(it, output, plain=plain) for it in texts), output, force=force)


@content_group.command("unsigned")
@_common
def unsigned_command(target: str, content_folder: Path | None, output: Path | None, force: bool, plain: bool) -> None:
    """What still needs a clinician's sign-off: counts by kind and basis, then ids."""
    from healthcheck_cli.content.as_json import json_value, overlays_used
    from healthcheck_cli.content.listing import unsigned_text
    from healthcheck_cli.content.unsigned import unsigned

    content = _load(content_folder, output, force=force)
    found = unsigned(content)
    if target == "json":
        counts = {kind: {basis.value: n for basis, n in of.items()} for kind, of in found.counts.items()}
        value = {
            "version": content.version,
            "sha256": content.sha256,
            "overlays": overlays_used(content.overlays),
            "unsigned": len(found.items),
            "of": found.all_items,
            "counts": counts,
            "items": json_value(found.items),
        }
        _write(_json(value), output, force=force)
        return
    _write(_first_line_bold(unsigned_text(content, found), output, plain=plain), output, force=force)
