"""A page to hand on as HTML: A4 on paper, no network and no script. Everything is escaped by the template."""

from __future__ import annotations

from healthcheck_cli.pages import page_template
from healthcheck_cli.plans.sheets.addresses import is_plain_address
from healthcheck_cli.plans.sheets.sheet import Sheet


def sheet_html(sheet: Sheet) -> str:
    """The whole page."""
    template = page_template("healthcheck_cli.plans", "sheet.html.j2")
    return template.render(title=sheet.title, sheet=sheet, kind=_kind, is_plain_address=is_plain_address)


def _kind(block: object) -> str:
    """The name of a block, by which the template tells one from another."""
    return type(block).__name__.casefold()
