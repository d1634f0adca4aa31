"""What every record, and every rule above all, must have besides names that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from healthcheck_cli.conditions.tree import Atom, Call, Condition, atoms
from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.models import Content, Expectation, Level
from healthcheck_cli.content.walk import supported

_RULE_ID = re.compile(r"[A-Z]{2,6}-[0-9]{2,3}")
_DOTTED = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ALWAYS_TOLD = ("missing", "not_known", "declined")


def _ids(content: Content, _: date) -> Iterator[Diagnostic]:
    shapes = {
        "rule": (_RULE_ID, "as STOMP-05"),
        "question": (_DOTTED, "as bowel.days_since"),
        "fact": (_DOTTED, "as bowel.days_since"),
        "theme": (_SLUG, "as aspiration_pneumonia"),
        "class": (_SLUG, "as antipsychotic"),
        "scale": (_SLUG, "as acb_2012"),
        "check score": (_SLUG, "as audit_c"),
        "cross check": (_SLUG, "as bp_order"),
        "monitoring test": (_SLUG, "as lithium-level"),
        "problem group": (_SLUG, "as down_syndrome"),
    }
    for thing in supported(content):
        shape, hint = shapes.get(thing.kind, (None, ""))
        if shape is not None and thing.id and not shape.fullmatch(thing.id):
            yield Diagnostic(thing.place, "bad-id", f"'{thing.id}' is not the id of a {thing.kind}", hint)


def _examples(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        shown = {example.expect for example in rule.examples}
        wanted = [it for it in Expectation if it is not Expectation.UNKNOWN or can_be_unknown(rule.when)]
        lacking = [it.value for it in wanted if it not in shown]
        if lacking and rule.status == "active":
            message = f"{rule.id} has no example for: {', '.join(lacking)}"
            yield Diagnostic(rule.place, "no-example", message, "an active rule shows each of fires, clear and unknown")


def can_be_unknown(condition: Condition) -> bool:
    """Is there a record on which the condition could not be decided? Not if it only asks what is known."""
    return not all(_always_told(atom) for atom in atoms(condition))


def _always_told(atom: Atom) -> bool:
    return isinstance(atom.subject, Call) and atom.subject.function in _ALWAYS_TOLD


def _levels(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for example in rule.examples:
            if rule.level_if and example.expect is Expectation.FIRES and example.level is None:
                message = f"this example of {rule.id} does not say at which level it fires"
                yield Diagnostic(example.place, "no-level", message, "add level: where the rule has level_if")


def _actions(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        if rule.status == "active" and not rule.rider and not rule.actions:
            message = f"{rule.id} leads to no action"
            yield Diagnostic(rule.place, "no-action", message, "say what to do, who does it and how soon")
        if not rule.themes and rule.status == "active":
            yield Diagnostic(rule.place, "no-theme", f"{rule.id} is in no theme", "add themes: [ … ]")


def _urgent_today(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        levels = {rule.level, *(step.level for step in rule.level_if)}
        at_once = any(action.days == 0 or action.when_urgent for action in rule.actions)
        if Level.URGENT in levels and rule.actions and not at_once and not rule.rider:
            message = f"{rule.id} can be urgent and has nothing to do at once"
            yield Diagnostic(rule.place, "urgent-can-wait", message, "add within: today, or when_urgent: today")


def _themes_fed(content: Content, _: date) -> Iterator[Diagnostic]:
    fed = {theme for rule in content.rules.values() for theme in rule.themes}
    fed |= {theme for question in content.questions.values() for theme in question.themes}
    for theme in content.themes.values():
        if theme.id not in fed:
            message = f"no rule and no question feeds the theme {theme.id}"
            yield Diagnostic(theme.place, "theme-not-fed", message, severity=Severity.WARNING)


CHECKS = (
    Check("ids have the shape of their kind", _ids, Needs.NOTHING),
    Check("every active rule shows an example that fires, one clear and one unknown", _examples, Needs.RECORD),
    Check("every firing example of a rule with level_if says at which level", _levels, Needs.RECORD),
    Check("every active rule leads to an action and is in a theme", _actions, Needs.RECORD),
    Check("every rule that can be urgent has something to do at once", _urgent_today, Needs.RECORD),
    Check("every theme is fed by a rule or a question", _themes_fed),
)
