"""What the rules that a plan names lead to, in every format."""

from __future__ import annotations

from healthcheck_cli.plans.plan_page import PlanPage, ShownFinding


def leads(page: PlanPage) -> dict[str, ShownFinding]:
    """The rules that a link on the page can name, each with the finding that it leads to.

    Its own finding comes before one that it is told with, and that before one that only has its action.
    """
    found = [it for theme in page.themes for it in theme.findings]
    asking = {rule: it for it in found for action in it.actions for rule in action.rules}
    merged = {other.rule: it for it in found for other in it.merged}
    return asking | merged | {it.rule: it for it in found}
