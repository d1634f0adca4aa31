"""Checks over the whole content, beyond what loading it refuses: names, circles, examples, dates and wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from healthcheck_cli.content.checks import answers, cycles, easy_words, names, overlays, rules, scores
from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.diagnostics import Diagnostic, Severity, in_order
from healthcheck_cli.content.models import Content

CHECKS = (
    *names.CHECKS,
    *answers.CHECKS,
    *cycles.CHECKS,
    *rules.CHECKS,
    *scores.CHECKS,
    *easy_words.CHECKS,
    *overlays.CHECKS,
)
"""Every check that needs the content alone, in the order they are run."""

REFUSED_IN_A_RELEASE = frozenset({"review-overdue"})
"""Warnings that are errors where the content is to be released."""


def lint(content: Content, as_of: date, more: Iterable[Check] = (), *, release: bool = False) -> tuple[Diagnostic, ...]:
    """Everything the checks, and ``more`` of them, find on that day, by file, line and column.

    ``release``: the content is to be released, so what is past its review date is an error.
    """
    found = (diagnostic for check in (*CHECKS, *more) for diagnostic in check.find(content, as_of))
    if release:
        found = (replace(it, severity=Severity.ERROR) if it.code in REFUSED_IN_A_RELEASE else it for it in found)
    return in_order(dict.fromkeys(found))
