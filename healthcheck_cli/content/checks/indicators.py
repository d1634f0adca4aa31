"""Indicators: their names exist, and what they ask can be asked of the files that a review of an extract writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.conditions.tree import And, Atom, Call, Condition, FactName, Not, Or, facts_named
from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.checks.names import unknown
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.value_places import ValueOf

PROBLEM = "dx."
"""What a fact's name begins with that is about a problem; those that are true of a person are kept."""

NUMBER_KEPT = {"count": "psychotropic", "dose_percent": "antipsychotic"}
"""Functions that give a number, and the one class of which the files keep it."""


def not_kept(condition: Condition) -> Iterator[Atom]:
    """The parts of a condition that the files of an extract do not answer, however the review came to its findings.

    They keep each person's age, sex and problems, the classes of medicines taken now, the burden on each scale, the
    number of psychotropic medicines and the share of the antipsychotic maximum.
    """
    if isinstance(condition, Not):
        yield from not_kept(condition.part)
    elif isinstance(condition, And | Or):
        for part in condition.parts:
            yield from not_kept(part)
    elif isinstance(condition, Atom) and not _is_kept(condition):
        yield condition


def _is_kept(atom: Atom) -> bool:
    subject = atom.subject
    if isinstance(subject, FactName):
        return subject.name in ("person.age", "person.sex") or (subject.name.startswith(PROBLEM) and atom.test is None)
    if not isinstance(subject, Call) or subject.lines:
        return False
    if subject.function in ("taking", "burden"):
        return True
    return NUMBER_KEPT.get(subject.function) == subject.name


def _asked_of_files(content: Content, _: date) -> Iterator[Diagnostic]:
    for indicator in content.indicators.values():
        for condition in indicator.conditions:
            for atom in not_kept(condition):
                message = f"{indicator.id} asks `{atom.text}`, which the files of an extract do not keep"
                hint = "ask for taking(class), a problem, age, sex or a burden, or name a rule that asks it"
                yield Diagnostic(indicator.place, "not-kept", message, hint)


def _problems_only(content: Content, _: date) -> Iterator[Diagnostic]:
    """Of a problem the files keep where it is true, so a fact that is worked out otherwise would pass for absent."""
    for indicator in content.indicators.values():
        for condition in indicator.conditions:
            for name in sorted(facts_named(condition)):
                fact = content.facts.get(name)
                if fact is not None and name.startswith(PROBLEM) and not fact.problem:
                    message = f"{indicator.id} asks {name}, which does not come from the list of problems alone"
                    yield Diagnostic(indicator.place, "not-kept", message, "ask for the problems it is made of")


def _names(content: Content, _: date) -> Iterator[Diagnostic]:
    for indicator in content.indicators.values():
        assessed = (indicator.assessed,) if indicator.assessed else ()
        for key, names in (("fired", indicator.fired), ("not_fired", indicator.not_fired), ("assessed", assessed)):
            for name in names:
                yield from unknown("rule", name, content.rules, ValueOf.at(indicator.place, key, name), indicator.id)
        for figure in indicator.figures:
            place = ValueOf.at(indicator.place, "series", figure.series)
            yield from unknown("series", figure.series, content.national_series, place, indicator.id)


def _asked_of_extracts(content: Content, _: date) -> Iterator[Diagnostic]:
    """A rule that only the check asks finds nothing in an extract, and would count nobody."""
    for indicator in content.indicators.values():
        for name in indicator.rules:
            rule = content.rules.get(name)
            if rule is not None and (rule.applies == "check" or rule.status != "active"):
                message = f"{indicator.id} names {name}, which is not asked of an extract"
                yield Diagnostic(indicator.place, "not-asked", message, "name a rule that is, or write unanswered:")


CHECKS = (
    Check("indicators name only rules and series that exist", _names, Needs.NAMES),
    Check("indicators name only rules that are asked of an extract", _asked_of_extracts),
    Check("indicators ask only what the files of an extract keep", _asked_of_files),
    Check("indicators ask only for problems that come from the list of problems", _problems_only),
)
"""A cohort report could not be made, or would be wrong, without these: loading refuses content that breaks one."""
