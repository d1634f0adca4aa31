"""Checks over the whole content, beyond what loading it refuses: names, circles, examples, dates and wording."""

from __future__ import annotations

from datetime import date

from healthcheck_cli.content.checks import answers, cycles, names, rules, scores
from healthcheck_cli.content.diagnostics import Diagnostic, in_order
from healthcheck_cli.content.models import Content

CHECKS = (*names.CHECKS, *answers.CHECKS, *cycles.CHECKS, *rules.CHECKS, *scores.CHECKS)
"""Every check, in the order they are run."""


def lint(content: Content, as_of: date) -> tuple[Diagnostic, ...]:
    """Everything the checks find on that day, by file, line and column."""
    found = (diagnostic for check in CHECKS for diagnostic in check.find(content, as_of))
    return in_order(dict.fromkeys(found))
