"""docs/inputs.md is true: it names every format and every header that is known, and shows what is said."""

from __future__ import annotations

from click.testing import CliRunner

from healthcheck_cli.cli.main import healthcheck
from healthcheck_cli.readers.columns import known_headers
from healthcheck_cli.readers.formats import FORMATS
from tests.docs.pages import ROOT, marked, table_after

PAGE = "inputs.md"


def test_every_format_is_on_the_page_in_the_order_of_the_program() -> None:
    assert [row[0].strip("`") for row in table_after(PAGE, "table: formats")] == list(FORMATS)


def test_every_header_that_is_known_is_on_the_page() -> None:
    for kind, fields in known_headers().items():
        listed = {row[0].strip("`"): row[1] for row in table_after(PAGE, f"fields: {kind}")}
        assert listed == {field: ", ".join(headers) for field, headers in fields.items()}


def test_what_is_said_of_a_report_is_what_the_page_shows() -> None:
    report = ROOT / "tests" / "readers" / "fixtures" / "emis_report.csv"
    ran = CliRunner().invoke(healthcheck, ["review", str(report), "--as-of", "2026-10-28"])
    assert ran.stderr.splitlines() == marked(PAGE, "output: emis").lines()
