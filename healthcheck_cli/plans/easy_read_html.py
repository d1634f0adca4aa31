"""The person's own plan as one HTML page: large type, pictures, A4 on paper. It needs no network and no script."""

from __future__ import annotations

from healthcheck_cli.pages import page_template
from healthcheck_cli.plans import easy_read_words, emergency_words
from healthcheck_cli.plans.easy_read import EasyReadPlan
from healthcheck_cli.plans.words import listed


def easy_read_html(plan: EasyReadPlan) -> str:
    """The whole page. Everything that comes from a record or from content is escaped."""
    return page_template("healthcheck_cli.plans", "easy_read.html.j2").render(
        title=easy_read_words.TITLE,
        plan=plan,
        words=easy_read_words,
        emergency=emergency_words,
        pictures=plan.pictures,
        listed=listed,
    )
