"""The cohort report of a review of an extract, as markdown and as a page.

Everything is asked of the files that the review wrote, by DuckDB; Python sees counts only. What is counted is content
(``drug_rules/indicators/``). Exact numbers stay in ``tallies.py``; everything after it holds them as they may be shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content


def get_ready() -> None:
    """Load what :func:`write_report` needs, for which there may be time when nothing else is to be done."""
    from healthcheck_cli.cohort.report import as_html, as_markdown, gather  # noqa: F401 - loaded, and used later

    as_html.get_ready()


def write_report(folder: Path, content: Content, *, show_small_numbers: bool) -> None:
    """Write ``cohort.md`` and ``cohort.html`` into a folder that ``review --out`` wrote, over any that are there.

    Counts of 1 to 4 are hidden and all others rounded to the nearest 5, unless ``show_small_numbers``. What could not
    be assessed is said to be so, and never counted as nobody.

    Raises InputProblem where the files of the folder cannot be read, UsageProblem where it cannot be written to.
    """
    from healthcheck_cli.cohort.report.as_html import cohort_html
    from healthcheck_cli.cohort.report.as_markdown import cohort_markdown
    from healthcheck_cli.cohort.report.extract_files import ExtractFiles
    from healthcheck_cli.cohort.report.gather import report_of
    from healthcheck_cli.output import write_output

    with ExtractFiles(folder) as files:
        report = report_of(files, content, exact=show_small_numbers)
    write_output(cohort_markdown(report), folder / "cohort.md", force=True)
    write_output(cohort_html(report), folder / "cohort.html", force=True)
