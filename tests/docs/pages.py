"""What stands in the pages of docs/: fenced blocks, with the comment that marks them, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"(?:<!-- ([^\n]*?) -->\s*)?^```([\w-]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block: the comment right before it ("" for none), its language, and its text."""

    mark: str
    language: str
    text: str

    def lines(self) -> list[str]:
        """The lines that are not empty."""
        return [line for line in self.text.splitlines() if line.strip()]


def page(name: str) -> str:
    """The text of one page of docs/."""
    return (ROOT / "docs" / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[Block]:
    """The blocks of one language on a page, in order."""
    found = (Block(*match.groups(default="")) for match in _BLOCK.finditer(page(name)))
    return [block for block in found if block.language == language]


def marked(name: str, mark: str) -> Block:
    """The block of a page that is marked with this comment."""
    return next(Block(*it.groups(default="")) for it in _BLOCK.finditer(page(name)) if it.group(1) == mark)


def table_after(name: str, mark: str) -> list[list[str]]:
    """The rows, without the heading, of the table that follows ``<!-- mark -->``; cells without * and spaces."""
    return list(_rows(page(name).partition(f"<!-- {mark} -->")[2].lstrip()))[1:]


def tables(name: str, heading: str) -> list[list[str]]:
    """Every row of every table under ``## heading``, headings of tables included."""
    section = re.split(r"^## ", page(name).partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]
    return [row for part in section.split("\n\n") for row in _rows(part.lstrip())]


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if not line.startswith("|"):
            return
        cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
        if set("".join(cells)) - set("- "):
            yield cells
