"""Writes docs/noise.md from the registers of invented people: ``python -m tests.noise.write_docs``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from healthcheck_cli.content.models import Level
from tests.noise.measures import Measured, Spread, registers
from tests.noise.register import DONE_THIS_YEAR, NEVER_DONE, NOT_ASKED, NOT_WELL, RED_FLAG
from tests.whole_people import shipped_reviewer

DOCS = Path(__file__).parents[2] / "docs" / "noise.md"
MOST = 20

_NAMES = {"lists": "lists alone", "results": "lists and results", "checks": "whole checks"}

_TOP = f"""\
# How much the rules say

Written by `python -m tests.noise.write_docs`; `pytest -m accuracy` holds it to what is measured. A rule that is added
or changed changes this page: read what it does to the counts before it goes in.

The people are invented. Their medicines and problems come from a generator that stands beside the project and draws
from real product names, about as often as is published for learning disability registers. Directions are drawn at
random and do not belong to the product, so odd doses and unread directions are more common here than in life. Three
registers:

- **lists alone**: medicines and problems, both complete. No results, no dates of reviews, no answers.
- **lists and results**: the same people with weight, blood pressure, blood tests and reviews. Each was done within
  the last year for {DONE_THIS_YEAR:.0%}, one to three years ago for {1 - DONE_THIS_YEAR - NEVER_DONE:.0%} and never for {NEVER_DONE:.0%}; results are drawn around common ones.
- **whole checks**: every fifth of these people with answers to the check. Each answer is the one that the fewest
  rules ask for; {NOT_WELL:.0%} are another at random ({RED_FLAG:.0%} of those on danger signs), and {NOT_ASKED:.0%} were not asked or not known.

A finding counts once, however many rules it is told for. A rule counts wherever it fires and no firmer one stands for
it. The figures compare one state of the rules with another: they are no forecast of what a practice will see.

"""  # noqa: E501 - lines of a page


def documented() -> str:
    """The page as it should be."""
    found = registers()
    return "".join(
        (_TOP, _levels(found), _most(found), _urgent(found), _silent(found), _themes(found)),
    )


def _levels(found: Mapping[str, Measured]) -> str:
    rows = [
        (_NAMES[name], f"{measured.people:,}", level, *_of(measured.levels[level]))
        for name, measured in found.items()
        for level in ("all", *(it.value for it in Level))
    ]
    header = ("register", "people", "level", "median", "90th centile", "people with any")
    return f"## Findings a person\n\n{_table(header, rows)}\n"


def _of(spread: Spread) -> tuple[str, str, str]:
    return f"{spread.median:g}", str(spread.ninetieth), f"{spread.share:.1%}"


def _most(found: Mapping[str, Measured]) -> str:
    parts = []
    for name, measured in found.items():
        rows = _counted(measured.rules.most_common(MOST), measured.people)
        parts.append(f"### {_NAMES[name].capitalize()}\n\n{_table(('rule', 'title', 'people'), rows)}\n")
    return f"## The {MOST} rules that fire most\n\n{''.join(parts)}"


def _urgent(found: Mapping[str, Measured]) -> str:
    parts = []
    for name, measured in found.items():
        rows = _counted(measured.urgent.most_common(10), measured.people)
        parts.append(f"### {_NAMES[name].capitalize()}\n\n{_table(('rule', 'title', 'people'), rows)}\n")
    return f"## What is urgent\n\nAt most ten of each register.\n\n{''.join(parts)}"


def _counted(counts: Iterable[tuple[str, int]], people: int) -> list[tuple[str, ...]]:
    rules = shipped_reviewer().content.rules
    ordered = sorted(counts, key=lambda it: (-it[1], it[0]))
    return [(rule, rules[rule].title, f"{count:,} ({count / people:.1%})") for rule, count in ordered]


def _silent(found: Mapping[str, Measured]) -> str:
    rules = shipped_reviewer().content.rules
    rows = []
    for name, measured in found.items():
        applies = {"both", "check" if name == "checks" else "extract"}
        asked = [id_ for id_, rule in rules.items() if rule.applies in applies]
        never = [id_ for id_ in asked if not measured.rules[id_]]
        open_for_all = [id_ for id_ in never if measured.open[id_] == measured.people]
        rows.append((_NAMES[name], str(len(asked)), str(len(never)), str(len(open_for_all))))
    header = ("register", "rules that apply", "never fire", "of these, never decided")
    everywhere = [id_ for id_ in rules if not any(measured.rules[id_] for measured in found.values())]
    text = f"{len(everywhere)} of {len(rules)} rules fire in none of the three: {', '.join(sorted(everywhere))}."
    return f"## Rules that never fire\n\n{_table(header, rows)}\n{_wrapped(text)}\n"


def _wrapped(text: str, width: int = 120) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "".join(f"{line}\n" for line in lines)


def _themes(found: Mapping[str, Measured]) -> str:
    titles = {theme.id: theme.title for theme in shipped_reviewer().content.themes.values()}
    rows = [
        (title, *(_states(measured, id_) for measured in found.values()))
        for id_, title in sorted(titles.items(), key=lambda it: it[1])
    ]
    about = "Of a hundred people: raised, clear, and not assessed because something is not known.\n"
    return f"## Themes\n\n{about}\n{_table(('theme', *(_NAMES[name] for name in found)), rows)}"


def _states(measured: Measured, theme: str) -> str:
    counts = measured.themes[theme]
    return " · ".join(f"{100 * counts[it] / measured.people:.0f}" for it in ("raised", "clear", "not_assessed"))


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(header)} |", "|" + "---|" * len(header), *(f"| {' | '.join(row)} |" for row in rows)]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    DOCS.write_text(documented(), "utf-8")
