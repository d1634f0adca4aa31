"""The medicine lines of a record file, as they are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from healthcheck_cli.readers.nodes import Node, NodeProblems, code_of, day_of, fields_of, flag_of, items_of, text_of
from healthcheck_cli.record import MedicineLine, Row

_MEDICINE_KEYS = (
    *("text", "dosage", "quantity", "start", "last_issue", "issues", "end", "prn", "route"),
    *("indication", "dmd_code", "bnf_code"),
)
_TOLD = "told"  # of an example only: this medicine was told in the check, and is on no list


def medicine_lines_of(
    nodes: Sequence[Node], file: str, problems: NodeProblems, *, example: bool = False
) -> tuple[MedicineLine, ...]:
    """The lines of a list. Rows are lines of the file, or places in the list where two medicines share a line or there
    are no lines. What cannot be read is added to ``problems``."""
    by_line = _each_has_a_line(nodes)
    return tuple(
        _medicine(node, row_of(node, index, file, by_line), problems, example=example)
        for index, node in enumerate(nodes)
    )


def _each_has_a_line(nodes: Collection[Node]) -> bool:
    """Can each be told by its line?"""
    lines = {node.line for node in nodes}
    return len(lines) == len(nodes) and 0 not in lines


def row_of(node: Node, index: int, file: str, by_line: bool) -> Row:
    """Where an item of a list stands: its line, or else its place in the list."""
    return Row(node.line if by_line else index + 1, file)


def _medicine(node: Node, row: Row, problems: NodeProblems, *, example: bool) -> MedicineLine:
    keys = (*_MEDICINE_KEYS, _TOLD) if example else _MEDICINE_KEYS
    found = {"text": node} if isinstance(node.value, str) else fields_of(node, keys, problems)
    text = text_of(found.get("text"), problems)
    if not text:
        problems.add(node, "a medicine needs its text")
    days = [day_of(day, problems) for day in items_of(found.get("issues"), problems)]
    issues = tuple(day for day in days if day is not None)
    return MedicineLine(
        text=text,
        row=row,
        dosage=text_of(found.get("dosage"), problems),
        quantity=text_of(found.get("quantity"), problems),
        start=day_of(found.get("start"), problems),
        last_issue=day_of(found.get("last_issue"), problems) or max(issues, default=None),
        issues=issues,
        end=day_of(found.get("end"), problems),
        prn=flag_of(found.get("prn"), problems),
        route=text_of(found.get("route"), problems),
        indication=text_of(found.get("indication"), problems),
        dmd_code=code_of(found.get("dmd_code"), problems),
        bnf_code=code_of(found.get("bnf_code"), problems),
        from_answer=bool(flag_of(found.get(_TOLD), problems)),
    )
