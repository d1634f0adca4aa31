"""The clinician's plan as one HTML page, of one person or of several: A4 on paper, a phone or a screen. It needs no
network and no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import ThemeStatus
from healthcheck_cli.pages import page_template
from healthcheck_cli.plans import plan_words
from healthcheck_cli.plans.markdown_lists import waiting, without_answer
from healthcheck_cli.plans.plan_links import leads
from healthcheck_cli.plans.plan_page import PlanPage
from healthcheck_cli.plans.words import counted
from healthcheck_cli.shown_text import one_line

_T = TypeVar("_T")


def plan_html(page: PlanPage) -> str:
    """The whole page of one person. Everything that comes from a record or from content is escaped, and holds no
    control character and no mark that turns the direction of writing."""
    made = _plain(page)
    return _rendered(f"Action plan: {made.who}, on {made.day}", [(made, _links(made), "")])


def plans_html(pages: Sequence[PlanPage], day: str) -> str:
    """The plans of several people on one page, one after the other, with a list of them before; of one, as that alone.
    Every mark of a plan begins with its number, so that no link leads to another person's finding."""
    if len(pages) == 1:
        return plan_html(pages[0])
    plans = [(made, _links(made), f"p{number}-") for number, made in enumerate(map(_plain, pages), start=1)]
    return _rendered(f"Action plans of {counted(len(plans), 'person', 'people')}, on {day}", plans)


def _links(page: PlanPage) -> dict[str, str]:
    """The rules that a link can name, each with the mark that it leads to: those told with a finding have their own."""
    return {
        rule: rule if rule in (other.rule for other in finding.merged) else finding.rule
        for rule, finding in leads(page).items()
    }


def _rendered(title: str, plans: Sequence[tuple[PlanPage, dict[str, str], str]]) -> str:
    return page_template("healthcheck_cli.plans", "plan.html.j2").render(
        title=title,
        plans=plans,
        words=plan_words,
        levels=list(Level),
        statuses=ThemeStatus,
        counted=counted,
        waiting=waiting,
        without_answer=without_answer,
    )


def _plain(value: _T) -> _T:
    """The same with every text in it on one line and without what cannot be seen."""
    found: Any = value
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        found = one_line(value)
    elif isinstance(value, tuple):
        found = tuple(map(_plain, value))
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{it.name: _plain(getattr(value, it.name)) for it in fields(value)})
    return found  # type: ignore[no-any-return]
