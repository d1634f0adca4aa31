"""Markdown that reads well as plain text too: escaped texts, wrapped paragraphs, tables whose columns stand in line.

Text from a record can hold anything. Nothing that passes :func:`escape` can end a table cell, begin a heading or a
list, link, or carry HTML.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from healthcheck_cli.shown_text import one_line

WIDTH = 96
_WIDEST_PADDED = 34  # a longer cell is not made the measure of its column

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$@])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_ADDRESS = re.compile(r":(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_BLOCK_START = re.compile(r"\d{1,9}[.)](?=\s|$)|[-+#=]")
_INTERRUPTS = re.compile(r"1[.)](?=\s|$)|[-+#=]")  # only a list that begins with 1 can break into a paragraph


def escape(text: str) -> str:
    """Text of a record or of content, as markdown that shows just that text on one line.

    >>> escape("a|b <b>c</b> # 1")
    'a\\\\|b \\\\<b\\\\>c\\\\</b\\\\> # 1'
    >>> escape("# not a heading"), escape("1. not a list")
    ('\\\\# not a heading', '1\\\\. not a list')
    """
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    text = _ADDRESS.sub(lambda found: "\\" + found[0], _ENTITY.sub(r"\&", text))
    return _guarded(text, _BLOCK_START)


def _guarded(line: str, start: re.Pattern[str]) -> str:
    """Keep the beginning of a line from being read as the beginning of a list, heading or rule."""
    found = start.match(line)
    if found is None:
        return line
    place = found.end() - 1
    return f"{line[:place]}\\{line[place:]}"


def paragraph(text: str, prefix: str = "", hanging: str | None = None) -> str:
    """Text that is markdown already, wrapped; ``prefix`` before the first line, ``hanging`` before the others."""
    rest = prefix if hanging is None else hanging
    lines = textwrap.wrap(text, WIDTH - max(len(prefix), len(rest)), break_long_words=False, break_on_hyphens=False)
    return "\n".join(
        f"{prefix}{line}" if number == 0 else f"{rest}{_guarded(line, _INTERRUPTS)}"
        for number, line in enumerate(lines or [""])
    )


def bullet(text: str, depth: int = 0) -> str:
    """One entry of a list."""
    indent = "  " * depth
    return paragraph(text, f"{indent}- ", f"{indent}  ")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are markdown already. The last column is not padded: the longest texts belong there."""
    columns = list(zip(header, *rows, strict=True)) if rows else [(name,) for name in header]
    widths = [max((len(cell) for cell in column if len(cell) <= _WIDEST_PADDED), default=3) for column in columns]
    widths = [max(3, width, len(name)) for width, name in zip(widths, header, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [cell.ljust(width) for cell, width in zip(cells[:-1], widths[:-1], strict=True)]
        return f"| {' | '.join([*padded, cells[-1]])} |"

    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([line(header), f"|{rule}|", *map(line, rows)])


def anchor(heading: str) -> str:
    """The name that markdown viewers give to a heading.

    >>> anchor("STOMP-05 Antipsychotic: no reason")
    'stomp-05-antipsychotic-no-reason'
    """
    kept = re.sub(r"[^\w\- ]", "", heading.replace("\\", "").lower())
    return kept.strip().replace(" ", "-")
