"""What was told of the care: a concern about safety among it, and what nobody has taken on.

A row without a kind may be anything, so it leaves both open.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.facts.computed.cells import Row, any_row, one_of, rows_counted, says_nobody, says_unsure
from healthcheck_cli.facts.computed.shared import Compute

_TABLE = "feedback.items"
_WAITS_FOR_NOBODY = frozenset({"praise"})
_WAITS = frozenset({"feedback", "concern", "complaint", "incident"})
_SAFETY = frozenset({"safeguarding"})  # has its own finding, and is never left to a list


def _is_about_safety(row: Row) -> bool | None:
    return one_of(row, "kind", _SAFETY, _WAITS | _WAITS_FOR_NOBODY)


def _has_nobody(row: Row) -> bool | None:
    passed = (row.get("passed_to") or "").strip()
    if passed and not says_nobody(passed) and not says_unsure(passed):
        return False
    return one_of(row, "kind", _WAITS, _SAFETY | _WAITS_FOR_NOBODY)


COMPUTATIONS: Mapping[str, Compute] = {
    "feedback.safeguarding": any_row(_TABLE, _is_about_safety),
    "feedback.not_passed_n": rows_counted(_TABLE, _has_nobody),
}
