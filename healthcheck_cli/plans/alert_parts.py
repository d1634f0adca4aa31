"""The alerts of a saved check in its plan: who took each on, which one nobody did, which an answer took back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import fact_asked_of
from healthcheck_cli.findings import Finding
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.plans.words import day_in_words


def taken_on(finding: Finding, alerts: Iterable[Alert]) -> str:
    """Who took on the alerts that a finding tells, each by itself where they differ; empty where it raised none."""
    taken = {it: _taken(it) for it in alerts if it.stands and _tells(finding, it)}
    if len(set(taken.values())) <= 1:
        return next(iter(taken.values()), "")
    return " ".join(f"{it.says if it.question else f'{it.key}:'} {words}" for it, words in taken.items())


def standing_alone(findings: Sequence[Finding], alerts: Iterable[Alert]) -> tuple[str, ...]:
    """The alerts that stand and that none of these findings tells: a red flag, or a rule that is open by now."""
    alone = (it for it in alerts if it.stands and not any(_tells(finding, it) for finding in findings))
    return tuple(f"{it.says} {_taken(it)}" for it in alone)


def _tells(finding: Finding, alert: Alert) -> bool:
    """Is the alert one of the finding's rules, or an answer that the finding stands on?"""
    return alert.key in finding.told_for or alert.question in {fact_asked_of(it.fact) for it in finding.because}


def withdrawn_lines(alerts: Iterable[Alert], content: Content) -> tuple[str, ...]:
    """What was raised and taken back, so that nothing is lost in silence."""
    return tuple(_withdrawn(it, content) for it in alerts if not it.stands)


def alerts_to_json(alerts: Iterable[Alert]) -> list[dict[str, Any]]:
    """Every alert of a check, and what became of it."""
    return [
        {
            "key": it.key,
            "says": it.says,
            "action": it.action,
            "raised": it.raised.isoformat() if it.raised else None,
            "accepted": {"by": it.accepted_by, "at": it.accepted.isoformat()} if it.accepted else None,
            "withdrawn": {"question": it.put_right, "at": it.withdrawn.isoformat()} if it.withdrawn else None,
        }
        for it in alerts
    ]


def _taken(alert: Alert) -> str:
    if alert.accepted is None:
        return "Nobody has taken this on yet."
    return f"Taken on by {alert.accepted_by}, {_moment(alert.accepted)}."


def _withdrawn(alert: Alert, content: Content) -> str:
    question = content.questions.get(alert.put_right)
    asked = f"“{question.ask}”" if question is not None else alert.put_right
    raised = f"Raised {_moment(alert.raised)}. " if alert.raised is not None else ""
    taken = f"{_taken(alert)} " if alert.accepted is not None else ""
    when = _moment(alert.withdrawn) if alert.withdrawn is not None else ""
    return f"{alert.says} {raised}{taken}Withdrawn: the answer to {asked} was put right, {when}."


def _moment(at: datetime) -> str:
    return f"{day_in_words(at.date())} {at:%H:%M}"
