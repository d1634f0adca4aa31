"""A page to hand on as markdown that reads as well as plain text. Everything is escaped here."""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli.plans.easy_read_markdown import BOX
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.sheets.addresses import is_plain_address
from healthcheck_cli.plans.sheets.sheet import Blank, Block, Link, Links, Part, Points, Sheet, Subheading, Table, Words

_LINE = "_" * 30


def sheet_markdown(sheet: Sheet) -> str:
    """The whole page."""
    lines = [f"# {escape(sheet.title)}", "", *_blocks(sheet.opening)]
    for part in sheet.parts:
        lines += _part(part)
    if sheet.for_staff:
        lines += ["---", "", "For staff:", "", *(bullet(escape(it)) for it in sheet.for_staff)]
    return "\n".join(lines).rstrip() + "\n"


def _part(part: Part) -> Iterator[str]:
    yield from (f"## {escape(part.heading)}", "")
    lines = "\n".join(_blocks(part.blocks)).rstrip("\n").split("\n")
    yield from ((f"> {it}".rstrip() for it in lines) if part.boxed else lines)
    yield ""


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from (*_block(block), "")


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield paragraph(f"**{escape(block.text)}**" if block.strong else escape(block.text))
    elif isinstance(block, Subheading):
        yield f"### {escape(block.text)}"
    elif isinstance(block, Points):
        yield from (bullet(f"{BOX} {escape(it)}" if block.ticks else escape(it)) for it in block.items)
    elif isinstance(block, Links):
        yield from (bullet(_link(it)) for it in block.entries)
    elif isinstance(block, Table):
        yield table([escape(it) for it in block.header], [[escape(it) for it in row] for row in block.rows])
    elif isinstance(block, Blank):
        yield f"{escape(block.label)}: {_LINE}"
        for _ in range(block.lines - 1):
            yield from ("", _LINE)


def _link(link: Link) -> str:
    address = f"<{link.address}>" if is_plain_address(link.address) else escape(link.address)
    return f"{escape(link.title)} ({escape(link.publisher)}): {address}"
