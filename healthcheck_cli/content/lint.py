"""Checks over the whole content, beyond what loading it refuses: names, circles, examples, dates and wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from healthcheck_cli.content.checks import (
    answers,
    cycles,
    easy_words,
    names,
    overlays,
    review_dates,
    rules,
    scores,
    tags,
    wording,
)
from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.checks.needed import NEEDED
from healthcheck_cli.content.diagnostics import Diagnostic, Problems, Severity, in_order
from healthcheck_cli.content.files import ContentFiles
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.reading_faults import ReadingFaults
from healthcheck_cli.content.value_places import ValuePlaces

CHECKS = (
    *names.CHECKS,
    *tags.CHECKS,
    *answers.CHECKS,
    *cycles.CHECKS,
    *rules.CHECKS,
    *review_dates.CHECKS,
    *wording.CHECKS,
    *scores.CHECKS,
    *easy_words.CHECKS,
    *overlays.CHECKS,
)
"""Every check that needs the content alone, in the order they are run."""

REFUSED_IN_A_RELEASE = frozenset({"review-overdue", "reviewed-in-future"})
"""Warnings that are errors where the content is to be released."""


def lint(content: Content, as_of: date, more: Iterable[Check] = (), *, release: bool = False) -> tuple[Diagnostic, ...]:
    """Everything the checks, and ``more`` of them, find on that day in content that was loaded, by file and record.

    ``release``: the content is to be released, so what is past its review date is an error.
    """
    found = (diagnostic for check in (*CHECKS, *more) for diagnostic in check.find(content, as_of))
    return _told(ValuePlaces(()).placed(found), release=release)


def lint_files(
    content: Content,
    files: ContentFiles,
    problems: Problems,
    as_of: date,
    more: Iterable[Check] = (),
    *,
    release: bool = False,
) -> tuple[Diagnostic, ...]:
    """As :func:`lint`, by file, line and column of each value, of content that was read as far as it goes.

    What is wrong in one record hides nothing of the others; a check that would find fault only for want of what could
    not be read is left out.
    """
    places = ValuePlaces(files.documents.values())
    documents = tuple(files.documents.values())
    found = list(problems.in_order())
    found += places.placed(_found(NEEDED, content, as_of, ReadingFaults(documents, found)))
    found += places.placed(_found((*CHECKS, *more), content, as_of, ReadingFaults(documents, found)))
    return _told(found, release=release)


def _found(checks: Iterable[Check], content: Content, as_of: date, faults: ReadingFaults) -> Iterator[Diagnostic]:
    for check in checks:
        if faults.allow(check.needs):
            for diagnostic in check.find(content, as_of):
                if check.needs is not Needs.RECORD or not faults.are_in(diagnostic.place):
                    yield diagnostic


def _told(found: Iterable[Diagnostic], *, release: bool) -> tuple[Diagnostic, ...]:
    if release:
        found = (replace(it, severity=Severity.ERROR) if it.code in REFUSED_IN_A_RELEASE else it for it in found)
    return in_order(dict.fromkeys(found))
