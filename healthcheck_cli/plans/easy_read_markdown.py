"""The person's own plan in markdown that reads as well as plain text. It has no pictures: the words stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthcheck_cli.plans import easy_read_words as words
from healthcheck_cli.plans.easy_read import EasyReadPlan, Thing
from healthcheck_cli.plans.emergency_words import CALL_999_IF, NOT_THAT_ILL
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph
from healthcheck_cli.plans.words import listed

BOX = "☐"
_LINE = "_" * 30


def easy_read_markdown(plan: EasyReadPlan) -> str:
    """The whole page. Everything that comes from a record or from content is escaped."""
    lines = [f"# {words.TITLE}", "", words.ABOUT, "", f"{words.NAME}: {_LINE}", "", f"{words.MADE_ON} {plan.day}.", ""]
    if plan.urgent:
        lines += _part(words.URGENT_HEADING, words.URGENT)
    lines += [f"## {words.THINGS_HEADING}", ""]
    for number, thing in enumerate(plan.things, start=1):
        lines += _of_thing(number, thing)
    if not plan.things:
        lines += _lines(words.NO_THINGS)
    if plan.more:
        lines += _lines(words.MORE)
    if plan.not_known:
        lines += _lines(words.NOT_KNOWN)
    if plan.wish:
        lines += [*_part(words.WISH_HEADING, [words.WISH]), paragraph(escape(plan.wish), "> "), ""]
    if plan.good:
        lines += _part(words.WELL_HEADING, [it.words for it in plan.good])
    lines += _if_ill(plan)
    if plan.medicines:
        lines += _part(words.MEDICINES_HEADING, words.MEDICINES)
    lines += _part(words.NEXT_HEADING, plan.meet)
    if plan.room_for_date:
        lines += [f"{words.NEXT_CHECK_LINE}: {_LINE}", ""]
    lines += _part(words.CHOICE_HEADING, words.CHOICE)
    lines += [*(f"- {BOX} {it}" for it in words.CHOICES), ""]
    lines += ["---", "", "For the surgery:", "", *(bullet(escape(it)) for it in plan.for_the_surgery)]
    return "\n".join(lines).rstrip() + "\n"


def _of_thing(number: int, thing: Thing) -> Iterator[str]:
    first, *others = thing.lines
    yield from (f"### {number}. {escape(first)}", "")
    yield from _lines(others)
    if thing.cannot_wait:
        yield from (f"**{words.CANNOT_WAIT}**", "")
    if thing.medicines:
        label = words.WHICH_MEDICINES if len(thing.medicines) > 1 else words.WHICH_MEDICINE
        yield from (f"**{label}:** {escape(listed(thing.medicines))}", "")
    helper, *more = thing.helpers
    yield from (f"**{words.WHO}:** {escape(helper)}", "", *_lines(more))
    yield from (f"**{words.WHEN}:** {escape(thing.when)}", "", f"{BOX} {words.DONE}", "")


def _if_ill(plan: EasyReadPlan) -> Iterator[str]:
    yield from (f"## {words.ILL_HEADING}", "")
    if plan.emergency_signs:
        yield from (f"**{CALL_999_IF}**", "", *(bullet(escape(it)) for it in plan.emergency_signs), "")
    if plan.for_you:
        yield from (f"**{words.FOR_YOU}**", "", *(bullet(escape(it)) for it in plan.for_you), "")
    yield from _lines(NOT_THAT_ILL)
    yield from (f"{words.SURGERY}: {_LINE}", "")


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"## {heading}", "", *_lines(lines))


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (paragraph(escape(line)), "")
