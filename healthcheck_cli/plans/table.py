"""A summary for the terminal: the findings of one person, or one row for each of several."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_in_words, range_in_words
from healthcheck_cli.findings import PersonReview, Review
from healthcheck_cli.plans.accepted_words import found_in_words
from healthcheck_cli.plans.burden_parts import headline_scale
from healthcheck_cli.plans.finding_parts import by_level_and_day, pressing_first
from healthcheck_cli.plans.provenance import made_with_in_words
from healthcheck_cli.plans.words import SUDDEN, counted, day_in_words, owner_in_words
from healthcheck_cli.shown_text import one_line

if TYPE_CHECKING:
    from rich.table import Table

_COLOURS = {Level.URGENT: "bold red", Level.HIGH: "red", Level.MEDIUM: "yellow", Level.INFO: "blue"}


def summary_table(review: Review, content: Content, *, plain: bool = False, width: int = 80) -> str:
    """The review in a few lines. ``plain``: no colour and no boxes, one thing a line. ``width`` in characters.

    Levels are words, colour comes on top. Text from records is shown as it is, without control characters.
    """
    if len(review.people) == 1:
        person = review.people[0]
        header, rows, levels = _findings(person)
        before, after = _headline(person), _afterwards(person, content)
    else:
        people = sorted(review.people, key=_most_pressing)
        header, rows, levels = _people(people)
        before, after = [counted(len(people), "person", "people")], []
    body = plain_rows(header, rows) if plain else boxed(header, rows, levels, width)
    texts = [
        "\n".join(textwrap.wrap(line, width, subsequent_indent="  "))
        for line in (*after, *([""] if after else []), SUDDEN, "", one_line(made_with_in_words(content)))
    ]
    return "\n".join([*before, "", *([body, ""] if rows else []), *texts]).rstrip() + "\n"


def _findings(person: PersonReview) -> tuple[tuple[str, ...], list[tuple[str, ...]], list[Level | None]]:
    findings = sorted(person.findings, key=by_level_and_day)
    rows: list[tuple[str, ...]] = []
    for it in findings:
        first = min(it.actions, key=lambda action: action.due, default=None)
        due = f"{day_in_words(first.due)}, {owner_in_words(first.owner)}" if first is not None else "-"
        rows.append((it.level.value.upper(), it.rule, one_line(it.title), one_line(due)))
    return ("Level", "Rule", "Finding", "First action by"), rows, [it.level for it in findings]


def _people(people: Sequence[PersonReview]) -> tuple[tuple[str, ...], list[tuple[str, ...]], list[Level | None]]:
    rows: list[tuple[str, ...]] = []
    levels: list[Level | None] = []
    for person in people:
        highest = min((it.level for it in person.findings), key=lambda it: it.rank, default=None)
        levels.append(highest)
        rows.append(
            (
                one_line(person.person_id) or "-",
                "-" if person.age is None else str(person.age),
                ("accepted only" if person.accepted else "none fired") if highest is None else highest.value.upper(),
                *(str(sum(it.level is level for it in person.findings)) for level in Level),
                str(len(person.could_not_assess)),
                str(len(person.unrecognised)),
            )
        )
    names = ("Person", "Age", "Highest", "Urgent", "High", "Medium", "Info", "Not assessed", "Unread lines")
    return names, rows, levels


def _most_pressing(person: PersonReview) -> tuple[int, ...]:
    return tuple(-sum(it.level is level for it in person.findings) for level in Level)


def _headline(person: PersonReview) -> list[str]:
    who = one_line(person.person_id) or "One person"
    age = f", aged {person.age}" if person.age is not None else ""
    found = counted(len(person.findings), "finding") if person.findings else found_in_words(person).rstrip(".")
    accepted = f"; {len(person.accepted)} more known and accepted" if person.accepted and person.findings else ""
    return [
        f"{who}{age}: {found}{accepted}; {counted(len(person.could_not_assess), 'rule')} could not be assessed; "
        f"{counted(len(person.unrecognised), 'line')} not recognised"
    ]


def _afterwards(person: PersonReview, content: Content) -> list[str]:
    headline = headline_scale(content)
    order = sorted(person.burdens, key=lambda name: name != headline)
    titles = {name: content.scales[name].title if name in content.scales else name for name in order}
    lines = [f"{titles[name]}: {range_in_words(person.burdens[name].total)}" for name in order]
    first = pressing_first(person)[:3]
    lines += [f"By {day_in_words(it.due)}, {owner_in_words(it.owner)}: {one_line(it.do)}" for it in first]
    missing = [fact for it in person.could_not_assess for fact in it.missing]
    if missing:
        most = max(dict.fromkeys(missing), key=missing.count)
        lines.append(f"Most wanted of what is not known: {one_line(fact_in_words(most, content))}")
    return lines


def plain_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """One row a line, each cell with its name."""
    return "\n".join("; ".join(f"{name}: {cell}" for name, cell in zip(header, row, strict=True)) + "." for row in rows)


def boxed(header: Sequence[str], rows: Sequence[Sequence[str]], levels: Sequence[Level | None], width: int) -> str:
    """The rows in a box. One column is named Level or Highest: it is coloured by the level of its row."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table: Table = Table(header_style="bold", width=width)
    for name in header:
        table.add_column(name, overflow="fold")
    place = next(i for i, name in enumerate(header) if name in ("Level", "Highest"))
    for row, level in zip(rows, levels, strict=True):
        styles = [_COLOURS[level] if level is not None and number == place else "" for number in range(len(row))]
        table.add_row(*(Text(cell, style=style) for cell, style in zip(row, styles, strict=True)))
    written = io.StringIO()
    Console(file=written, force_terminal=True, width=width, color_system="standard", _environ={}).print(table)
    return written.getvalue().rstrip("\n")
