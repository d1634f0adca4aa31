"""The monitoring table: its names exist, its tests have dates, and the rules it names have the same intervals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.conditions.tree import Atom, Call, Comparison, Number, atoms
from healthcheck_cli.conditions.vocabulary import FactType
from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.checks.names import unknown
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content, Rule
from healthcheck_cli.content.monitoring_models import MonitoringTest
from healthcheck_cli.content.spans import Span
from healthcheck_cli.content.value_places import ValueOf

_UNITS = {"months_since": "month", "weeks_since": "week"}


def _names(content: Content, _: date) -> Iterator[Diagnostic]:
    known = {"class": content.vocabulary.classes, "rule": content.rules}
    for test in content.monitoring.values():
        for kind, names in (("class", test.of), ("rule", test.told_by)):
            for name in names:
                place = ValueOf.at(test.place, "of" if kind == "class" else "told_by", name)
                yield from unknown(kind, name, known[kind], place, test.id)


def _dated(content: Content, _: date) -> Iterator[Diagnostic]:
    for test in content.monitoring.values():
        fact = content.facts.get(test.test)
        if fact is None:
            yield from unknown("fact", test.test, content.facts, ValueOf.at(test.place, "test"), test.id)
        elif not (fact.declaration.dated or fact.declaration.type is FactType.DATE):
            message = f"{test.id} goes by the date of {test.test}, which has none"
            yield Diagnostic(test.place, "no-date", message, "name a date, or a fact that is dated")


def spans_asked(rule: Rule, fact: str) -> tuple[Span, ...]:
    """From how long after the last one on a rule asks about a test: ``months_since(…) >= 7`` from 7 months on."""
    found = []
    for atom in atoms(rule.when):
        span = _asked_from(atom, fact)
        if span is not None:
            found.append(span)
    return tuple(found)


def _asked_from(atom: Atom, fact: str) -> Span | None:
    call, test = atom.subject, atom.test
    if not isinstance(call, Call) or call.function not in _UNITS or call.name != fact:
        return None
    if not isinstance(test, Comparison) or not isinstance(test.literal, Number) or test.operator not in (">=", ">"):
        return None
    more = 1 if test.operator == ">" else 0  # whole months and weeks are counted
    return Span(int(test.literal.amount) + more, _UNITS[call.function])


def _rules_agree(content: Content, _: date) -> Iterator[Diagnostic]:
    """What a rule calls overdue is what the table calls overdue, interval by interval."""
    for test in content.monitoring.values():
        late = {(it.overdue_after.count, it.overdue_after.unit) for it in test.intervals}
        for rule in (content.rules[name] for name in test.told_by if name in content.rules):
            asked = spans_asked(rule, test.test)
            for span in asked:
                if (span.count, span.unit) not in late:
                    yield _disagree(test, rule, span)


def _disagree(test: MonitoringTest, rule: Rule, span: Span) -> Diagnostic:
    said = ", ".join(dict.fromkeys(it.overdue_after.text for it in test.intervals))
    message = f"{rule.id} asks about {test.test} from {span.text} on, and {test.id} has it overdue after {said}"
    return Diagnostic(
        test.place, "monitoring-disagrees", message, "give the rule and the table one interval, or one setting"
    )


CHECKS = (
    Check("monitoring tests name only classes and rules that exist", _names, Needs.NAMES),
    Check("monitoring tests go by facts that have a date", _dated, Needs.NAMES),
    Check("rules and the monitoring table agree on when a test is overdue", _rules_agree),
)
"""Names and dates are needed for a review, so loading refuses content that breaks one of these."""
