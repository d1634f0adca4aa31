"""``--explain RULE``: why a rule did or did not fire, for the commands that review a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from healthcheck_cli.errors import UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content, Rule
    from healthcheck_cli.record import Record
    from healthcheck_cli.review import Reviewer

F = TypeVar("F", bound=Callable[..., Any])
_NAMES_OFFERED = 3
_LIKE_ENOUGH = 65


def explain_option(command: F) -> F:
    """``--explain``, as often as there are rules to explain."""
    return click.option(
        "--explain",
        "explain_ids",
        multiple=True,
        metavar="RULE",
        help="Write instead why this rule did or did not fire, part by part; may be given several times.",
    )(command)


def refuse_another_output(context: click.Context, explain_ids: Sequence[str]) -> None:
    """Raise UsageProblem where ``--to`` was given beside ``--explain``, which writes plain lines only."""
    if explain_ids and context.get_parameter_source("target") is click.core.ParameterSource.COMMANDLINE:
        raise UsageProblem("--explain writes plain lines: leave out --to")


def rules_to_explain(explain_ids: Iterable[str], content: Content) -> list[Rule]:
    """The rules asked for, each once; capitals do not matter. Raises UsageProblem that names the nearest rules."""
    ids = {rule_id.casefold(): rule_id for rule_id in content.rules}
    asked = list(dict.fromkeys(it.strip() for it in explain_ids))
    unknown = [it for it in asked if it.casefold() not in ids]
    if unknown:
        raise UsageProblem(*(f"--explain: there is no rule {it} ({_nearest(it, content)})" for it in unknown))
    return [content.rules[rule_id] for rule_id in dict.fromkeys(ids[it.casefold()] for it in asked)]


def explained(rules: Sequence[Rule], records: Iterable[Record], reviewer: Reviewer, as_of: date) -> str:
    """Each rule for each person, in the order of the input; a line of dashes between any two."""
    from healthcheck_cli.plans.rule_explained import WIDTH, rule_explained

    parts = []
    for record in records:
        facts, person = reviewer.person_facts(record, as_of), reviewer.review(record, as_of)
        parts += [rule_explained(rule, facts, person, reviewer.content) for rule in rules]
    return f"\n{'-' * WIDTH}\n\n".join(parts)


def _nearest(asked: str, content: Content) -> str:
    from rapidfuzz import fuzz, process  # only for a message: start-up must not pay for it

    near = process.extract(
        asked.upper(), sorted(content.rules), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=_NAMES_OFFERED
    )
    names = [name for name, _, _ in near]
    return f"did you mean {' or '.join(names)}?" if names else "healthcheck content list shows all rules"
