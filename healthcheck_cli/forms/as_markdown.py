"""A form in markdown that is as good to read and to fill in as plain text, 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from healthcheck_cli.forms.before_words import (
    ABOUT,
    CANNOT_WAIT,
    CLOSING,
    FOR_THE_HELPER,
    HELPER,
    HELPER_PHONE,
    MORE_ROWS,
    OPENING,
    TICK_ALL,
    TICK_ONE,
    WHO_FILLED_IT_IN,
    Block,
    if_ill_now,
)
from healthcheck_cli.forms.clinic_words import DRAFT, KEY, for_the_surgery
from healthcheck_cli.forms.form import Column, Form, Item, Part
from healthcheck_cli.plans.markdown_text import escape

WIDTH = 80
BOX = "☐"
_LINE = "_" * 60
_SHORT_LINE = "_" * 20
_GLUE = "\N{NO-BREAK SPACE}"


def as_markdown(form: Form) -> str:
    """The whole form as markdown."""
    lines = _home(form) if form.for_home else _clinic(form)
    return "\n".join(lines).rstrip() + "\n"


def _home(form: Form) -> Iterator[str]:
    yield f"# {escape(form.title)}"
    yield from ("", escape(ABOUT), "", f"Name: {_LINE[:40]} Date: {_SHORT_LINE}", "")
    for block in (if_ill_now(form.emergency_signs), *OPENING):
        yield from _block(block)
    for part in form.parts:
        yield from (f"## Part {part.number} of {len(form.parts)}: {escape(part.title)}", "")
        for item in part.items:
            yield from _home_item(item)
    for block in CLOSING:
        yield from _block(block)
    asked, boxes = WHO_FILLED_IT_IN
    yield from (f"## {escape(asked)}", "", *(f"- {BOX} {escape(it)}" for it in boxes), "")
    yield from (f"{escape(HELPER)}: {_LINE[:40]}", "", f"{escape(HELPER_PHONE)}: {_SHORT_LINE}", "")
    yield from _surgery(form)


def _block(block: Block) -> Iterator[str]:
    yield from (f"## {escape(block.heading)}", "")
    for line in block.lines:
        yield from (escape(line), "")
    if block.points:
        yield from (*(line for it in block.points for line in _wrapped(escape(it), "- ", "  ")), "")
    for line in block.after:
        yield from (escape(line), "")


def _home_item(item: Item) -> Iterator[str]:
    first, *others = item.lines
    yield from _wrapped(f"**{item.number}. {escape(first)}**")
    yield ""
    for line in others:
        yield from (*_wrapped(f"**{escape(line)}**"), "")
    for place, note in enumerate(item.notes):
        yield from ([">"] if place else [])
        yield from _wrapped(escape(note) if place else f"{FOR_THE_HELPER} {escape(note)}", "> ", "> ")
    if item.notes:
        yield ""
    if item.kind in ("one", "several"):
        yield from (TICK_ONE if item.kind == "one" else TICK_ALL, "")
    if any(box.act_now for box in item.boxes):
        yield from (*_wrapped(escape(" ".join(CANNOT_WAIT))), "")
    yield from _room(item, [_LINE, "", _LINE] if item.kind == "text" else [_LINE])
    yield ""


def _room(item: Item, text: list[str]) -> Iterator[str]:
    """Boxes to tick and lines to write on."""
    if item.boxes:
        yield from (line for box in item.boxes for line in _wrapped(_ticked(box.words, box.act_now), "- ", "    "))
        if item.kind == "date":
            yield ""
    if item.kind == "number":
        yield f"Number: {_SHORT_LINE} {escape(item.unit)}".rstrip()
    elif item.kind == "date":
        yield f"Date: {_SHORT_LINE}{'  ' + escape(item.hint) if item.hint else ''}"
    elif item.kind == "text":
        yield from (f"Answer: {line}" if line else "" for line in text[:1])
        yield from text[1:]
    elif item.kind == "table":
        yield from _rows(item)


def _rows(item: Item) -> Iterator[str]:
    for place, begins in enumerate(item.rows, start=1):
        columns = item.columns[1:] if begins else item.columns
        cells = [_cell(column) for column in columns]
        yield from _wrapped(
            f"- {escape(begins)}: {'; '.join(cells)}" if begins else f"{place}\\. {'; '.join(cells)}", "", "  "
        )
        yield ""
    for column in item.long_lists:
        yield from (*_wrapped(f"({escape(column.name)}: {escape(', '.join(column.words))})"), "")
    if not item.rows[0]:
        yield MORE_ROWS


def _ticked(words: str, act_now: bool = False) -> str:
    """A box stays on the line of its first word."""
    return f"{BOX}{_GLUE}{escape(words)}{_GLUE + '(!)' if act_now else ''}"


def _cell(column: Column) -> str:
    if column.boxes:
        return f"{escape(column.name)}: {' '.join(_ticked(it) for it in column.boxes)}"
    return f"{escape(column.name)}: {_SHORT_LINE}"


def _clinic(form: Form) -> Iterator[str]:
    yield f"# {escape(form.title)}"
    yield from ("", f"Name: {_LINE[:40]} Date: {_SHORT_LINE}", "")
    for line in KEY:
        yield from _wrapped(escape(line), "- ", "  ")
    yield ""
    for part in form.parts:
        yield from _clinic_part(part)
    yield from _surgery(form)


def _clinic_part(part: Part) -> Iterator[str]:
    yield from (f"## {part.number}. {escape(part.title)}", "")
    if part.intro:
        yield from (*_wrapped(escape(part.intro)), "")
    for item in part.items:
        core = " ●" if item.core else ""
        yield from _wrapped(f"**{item.number}.{core} {escape(item.lines[0])}** `{item.id}`")
        if item.asked_if:
            yield from _wrapped(escape(f"If: {item.asked_if}"))
        yield ""
        if item.boxes and item.kind != "date":
            yield from _wrapped("   ".join(_ticked(box.words, box.act_now) for box in item.boxes))
        else:
            yield from _room(item, [_LINE])
        yield ""


def _surgery(form: Form) -> Iterator[str]:
    yield from ("## For the surgery", "")
    for line in for_the_surgery(form):
        yield from (*_wrapped(escape(line)), "")
    if form.for_home:
        yield from _wrapped(" · ".join(f"{item.number} `{item.id}`" for item in form.items))
        yield ""
    if not form.signed_off:
        yield from _wrapped(escape(DRAFT))


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    lines = textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(_GLUE, " ") for line in lines]
