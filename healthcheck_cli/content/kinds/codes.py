"""Tables of codes: which medicines a code of a coding system stands for."""

from __future__ import annotations

import re

from healthcheck_cli.content.medicine_models import CodeTable
from healthcheck_cli.content.record_reader import RecordReader

CODE_PATTERNS = {"bnf": re.compile(r"[0-9A-Z]{2,9}"), "vtm": re.compile(r"[1-9][0-9]{5,17}")}
"""How a code of each system is written: a beginning of a BNF code down to its chemical substance; a dm+d moiety."""


def read_code_table(record: RecordReader) -> CodeTable:
    """One table. Codes are the keys, so they are text; a beginning of a code stands for all codes that begin so."""
    system = record.word("system", tuple(CODE_PATTERNS))
    by_code = record.record("medicines")
    parts = record.record("parts")
    found = CodeTable(
        system=system,
        title=record.text("title"),
        medicines=_medicines(by_code),
        parts={code: parts.text(code) for code in parts.keys()} if parts is not None else {},  # noqa: SIM118
        place=record.place(),
        support=record.support(),
    )
    pattern = CODE_PATTERNS.get(system)
    for code in (*found.medicines, *found.parts):
        if pattern is not None and not pattern.fullmatch(code):
            record.problem("medicines", "bad-code", f"'{code}' is not how a {system} code is written")
    record.done()
    return found


def _medicines(by_code: RecordReader | None) -> dict[str, tuple[str, ...]]:
    if by_code is None:
        return {}
    return {code: by_code.texts(code) for code in by_code.keys()}  # noqa: SIM118 - not a mapping
