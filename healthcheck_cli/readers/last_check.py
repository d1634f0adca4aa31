"""What a record file says of the last check: its day, its answers and its medicine list."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.readers.answers import AnswersOf
from healthcheck_cli.readers.listed_medicines import medicine_lines_of
from healthcheck_cli.readers.nodes import Node, NodeProblems, day_of, fields_of, items_of
from healthcheck_cli.record import LastCheck

_KEYS = ("date", "answers", "medicines", "complete")


def last_check_of(
    node: Node | None, file: str, problems: NodeProblems, read_answers: AnswersOf, *, example: bool = False
) -> LastCheck | None:
    """The last check; None where it is not given. Its list is complete where ``complete: [medicines]`` says so, and in
    an ``example`` of a rule wherever a list is given without that key.

    One without its day is a problem: nothing can be compared with it.
    """
    if node is None:
        return None
    found = fields_of(node, _KEYS, problems)
    day = day_of(found.get("date"), problems)
    if "date" not in found and isinstance(node.value, Mapping):
        problems.add(node, "must say on which day it was, as date: 2025-11-14")
    whole = _is_whole(found["complete"], problems) if "complete" in found else example and "medicines" in found
    answers = read_answers(found["answers"], day, problems) if "answers" in found else {}
    lines = medicine_lines_of(items_of(found.get("medicines"), problems), file, problems)
    return LastCheck(day, answers, lines, whole) if day is not None else None


def _is_whole(node: Node, problems: NodeProblems) -> bool:
    named = items_of(node, problems)
    for item in named:
        if item.value != "medicines":
            problems.add(item, "must be medicines: no other list of the last check is asked for")
    return bool(named)
