"""What a record file says is known and accepted: of which rule, until when, by whom and why."""

from __future__ import annotations

from collections.abc import Collection

from healthcheck_cli.content.diagnostics import nearest
from healthcheck_cli.readers.nodes import Node, NodeProblems, day_of, fields_of, items_of, text_of
from healthcheck_cli.record import Acceptance

_KEYS = ("rule", "medicine", "until", "by", "because")
_WANTED = {
    "rule": "must name a rule, as rule: STOMP-05",
    "until": "must say until which day it holds, as until: 2027-01-31",
    "by": "must say who accepted it",
    "because": "must give the reason, as because: ...",
}


def accepted_of(node: Node | None, problems: NodeProblems, known_rules: Collection[str] = ()) -> tuple[Acceptance, ...]:
    """The entries. One without a rule, a day, a name or a reason is a problem, and so is one for a rule that is none
    of ``known_rules``, where they are given: it would hide nothing, and who wrote it would believe that it does."""
    found = (_entry(item, problems, known_rules) for item in items_of(node, problems))
    return tuple(entry for entry in found if entry is not None)


def _entry(node: Node, problems: NodeProblems, known_rules: Collection[str]) -> Acceptance | None:
    before = len(problems.found)
    found = fields_of(node, _KEYS, problems)
    if len(problems.found) > before and not found:
        return None
    rule, medicine, by, because = (text_of(found.get(key), problems) for key in ("rule", "medicine", "by", "because"))
    until = day_of(found.get("until"), problems)
    given = {"rule": rule, "until": found.get("until"), "by": by, "because": because}
    for key, value in given.items():
        if not value:
            problems.add(found.get(key, node), _WANTED[key])
    if rule and known_rules and rule not in known_rules:
        hint = nearest(rule.upper(), known_rules) or "healthcheck content list shows all rules"
        problems.add(found["rule"], f"there is no such rule ({hint})")
    if "medicine" in found and not medicine:
        problems.add(found["medicine"], "must name a medicine (leave it out where all of them are meant)")
    return Acceptance(rule, until, by, because, medicine) if until is not None else None
