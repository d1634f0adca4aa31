"""``healthcheck compare``: what changed between reviews of extracts."""

from __future__ import annotations

from pathlib import Path

import click

from healthcheck_cli.cli.options import content_option, note, output_options
from healthcheck_cli.errors import ExitCode, UsageProblem

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LEVELS = ("urgent", "high", "medium", "info")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="BEFORE [BETWEEN...] AFTER")
@click.option(
    "--to",
    "target",
    type=click.Choice(["markdown", "html", "json"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@click.option("--show-small-numbers", is_flag=True, help="Do not hide counts of 1 to 4, and round nothing.")
@click.option("--fail-on", type=click.Choice(_LEVELS), help="Exit with 1 if a finding was gained at or above this.")
@content_option
@output_options
def compare(
    folders: tuple[Path, ...],
    target: str,
    show_small_numbers: bool,
    fail_on: str | None,
    content_folder: Path | None,
    output: Path | None,
    force: bool,
) -> int:
    """Compare reviews of one place: people, findings and indicators.

    BEFORE and AFTER are folders that review --out wrote, the older first. It
    says who joined and left, which findings were gained, cleared or are still
    open, by rule, and how the indicators changed, with intervals. With more
    folders, all in the order of their days, each indicator is drawn as a run
    chart, or from 12 on as a control chart, in html. Several places are never
    held against each other.
    """
    from healthcheck_cli.cli.clinical_content import content_and_names
    from healthcheck_cli.cohort.compare.comparison import comparison_of
    from healthcheck_cli.content.models import Level
    from healthcheck_cli.output import check_writable, emit

    if len(folders) < 2:
        raise UsageProblem("name at least two folders, the older first")
    check_writable(output, force=force)
    content, _ = content_and_names(content_folder)
    found = comparison_of(folders, content, exact=show_small_numbers)
    if target == "json":
        from healthcheck_cli.cohort.compare.as_json import comparison_json

        text = comparison_json(found, content)
    elif target == "html":
        from healthcheck_cli.cohort.compare.as_html import comparison_html

        text = comparison_html(found, content)
    else:
        from healthcheck_cli.cohort.compare.as_markdown import comparison_markdown

        text = comparison_markdown(found, content)
    for line in found.notes:
        note(line)
    emit(text, output, force=force)
    if fail_on is not None and found.gained_at is not None and found.gained_at.rank <= Level(fail_on).rank:
        return ExitCode.FINDINGS
    return ExitCode.DONE
