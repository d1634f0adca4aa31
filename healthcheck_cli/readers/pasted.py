"""A pasted list: plain text, one medicine a line, the directions after the product."""

from __future__ import annotations

import re
from collections.abc import Callable

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.record import MedicineLine, Record, Row

SplitLine = Callable[[str], tuple[str, str]]
"""From one line to product and directions."""

_BULLET = re.compile(r"\s*(?:[-*•·‣◦–—]+\s+|\(?\d{1,3}[.)]\s+)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_IN_A_LINE = 10_000  # characters: a longer line is no medicine


def read_pasted(text: str, file: str, split_line: SplitLine) -> ReadResult:
    """One person's medicines, a line each; blank lines and bullets are left out. Rows are lines of the text.

    Where the line has a tab, as a list copied from a table has, the product ends there. Raises
    :class:`InputProblem` where no line holds a medicine.
    """
    medicines = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if len(line) > _MOST_IN_A_LINE:
            raise InputProblem(f"{file}:{number}: a line of more than {_MOST_IN_A_LINE:,} characters is not a medicine")
        entry = _BULLET.sub("", line, count=1).strip() if _BULLET.match(line) else line.strip()
        if not any(map(str.isalnum, entry)):
            continue
        product, tab, directions = entry.partition("\t")
        if not tab:
            product, directions = split_line(entry)
        medicines.append(MedicineLine(product.strip(), Row(number, file), " ".join(directions.split())))
    if not medicines:
        raise InputProblem(f"{file}: no line holds a medicine")
    return ReadResult((Record(medicines=tuple(medicines)),), format="pasted")
