"""The charts of the cohort report and of comparisons: inline SVG that can be read in print and without colour.

Each is drawn from numbers as they may be shown, has its title and what it shows in words inside it, and stands beside a
table with the same numbers. Colours are from the palette of Okabe and Ito, with hatching or shapes beside them.
"""

from __future__ import annotations

import io
import logging
import math
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE, GREY, BLACK = "#0072B2", "#E69F00", "#BFBFBF", "#000000"
_FILLS = ((BLUE, ""), (ORANGE, "//"), (GREY, ".."), ("#FFFFFF", "xx"))
_WIDTH = 8.2  # inches; the page is that wide, and the drawing grows and shrinks with it
_ROW = 0.34
_LONGEST = 40  # letters of a label in one line
_LETTER = 0.072  # inches of a letter, at most on the whole


@dataclass(frozen=True)
class Bar:
    """One bar of parts, from left to right; None: hidden, and left out of the drawing."""

    label: str
    parts: tuple[int | None, ...]


@dataclass(frozen=True)
class Dot:
    """A share with its interval, and a national figure to hold it against; all are fractions of 1."""

    label: str
    low: float
    high: float
    interval: tuple[float, float]
    national: float | None = None


def load() -> None:
    """Load what draws: it takes most of a second, which may be one when nothing else is to be done."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of its own cache of fonts on standard error
    import_module("matplotlib.figure")
    import_module("matplotlib.backends.backend_svg")


def draw_once() -> None:
    """Draw one chart of each kind of the report: what the first drawing looks up, all the others find."""
    bars("once", "", ("one", "two", "three", "four"), [Bar("Nobody", (1, 1, 1, 1))])
    dots("once", "", [Dot("Nobody", 0.4, 0.6, (0.3, 0.7), 0.5)])


def bars(name: str, title: str, legend: Sequence[str], rows: Sequence[Bar]) -> str:
    """Bars of people, a row each, with parts one after the other. ``name`` makes the ids of this drawing its own."""
    figure, axes = _figure([row.label for row in rows])
    left = [0] * len(rows)
    places = list(range(len(rows)))
    for at, part in enumerate(legend):
        widths = [row.parts[at] or 0 for row in rows]
        colour, hatch = _FILLS[at % len(_FILLS)]
        axes.barh(places, widths, left=left, color=colour, edgecolor=BLACK, linewidth=0.6, hatch=hatch, label=part)
        left = [begun + width for begun, width in zip(left, widths, strict=True)]
    for place, row in enumerate(rows):
        if None in row.parts:
            axes.annotate(" *", (left[place], place), va="center")
    axes.set_xlim(0, max([*left, 1]) * 1.05)
    axes.set_xlabel("People (* a part is hidden)")
    if len(legend) > 1:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(legend), frameon=False)
    told = "; ".join(f"{row.label}: {_told(row.parts, legend)}" for row in rows)
    return _svg(figure, name, title, f"Bars of people. {told}.")


def dots(name: str, title: str, rows: Sequence[Dot]) -> str:
    """Shares with their intervals, a row each, and national figures as diamonds."""
    figure, axes = _figure([row.label for row in rows])
    places = range(len(rows))
    ends = [tuple(100 * it for it in row.interval) for row in rows]
    axes.hlines(places, *zip(*ends, strict=True), color=BLACK, linewidth=1.2)
    axes.hlines(places, [100 * row.low for row in rows], [100 * row.high for row in rows], color=BLUE, linewidth=5)
    axes.plot([100 * row.low for row in rows], places, linestyle="", marker="o", color=BLUE, markersize=6)
    national = [(100 * row.national, place) for place, row in enumerate(rows) if row.national is not None]
    axes.plot(
        [it for it, _ in national], [place for _, place in national],
        linestyle="", marker="D", color=ORANGE, markeredgecolor=BLACK, markersize=7,
    )  # fmt: skip
    axes.set_xlim(0, min(100, 5 + 100 * max([row.interval[1] for row in rows] + [row.national or 0 for row in rows])))
    axes.set_xlabel("Per cent")
    axes.grid(axis="x", color=GREY, linewidth=0.5)
    told = "; ".join(
        f"{row.label}: {100 * row.low:.1f}%"
        + (f" to {100 * row.high:.1f}%" if row.high > row.low else "")
        + f", interval {100 * row.interval[0]:.1f}% to {100 * row.interval[1]:.1f}%"
        + (f", national {100 * row.national:g}%" if row.national is not None else "")
        for row in rows
    )
    return _svg(figure, name, title, f"Shares with intervals. {told}.")


@dataclass(frozen=True)
class Line:
    """Shares over time. ``places``: which of the days each is of; ``marked``: which of them belong to a signal;
    ``notes``: what is written beside a dotted line, by the place of the day."""

    shares: tuple[float, ...]
    places: tuple[int, ...]
    centre: float
    limits: tuple[tuple[float, float], ...]
    marked: frozenset[int]
    notes: Mapping[int, str]


def over_time(name: str, title: str, days: Sequence[str], line: Line) -> str:
    """A run or control chart: all points in one colour, those of a signal as squares."""
    figure, axes = _figure()
    percents = [100 * it for it in line.shares]
    by_day = [math.nan] * len(days)  # the line breaks at a gap
    for place, share in zip(line.places, percents, strict=True):
        by_day[place] = share
    axes.plot(range(len(days)), by_day, color=BLUE, linewidth=1.2, marker="o", markersize=5)
    axes.axhline(100 * line.centre, color=BLACK, linewidth=1)
    marked = sorted(line.marked)
    axes.plot(
        [line.places[at] for at in marked], [percents[at] for at in marked],
        linestyle="", marker="s", markersize=9, color=BLUE, markeredgecolor=BLACK,
    )  # fmt: skip
    for end in (0, 1):
        if line.limits:
            axes.step(
                line.places, [100 * it[end] for it in line.limits], where="mid", color=BLACK, linestyle="--", lw=0.8
            )
    for place, note in line.notes.items():
        axes.axvline(place - 0.5, color=BLACK, linestyle=":", linewidth=1)
        axes.annotate(f" {note}", (place - 0.5, 1), xycoords=("data", "axes fraction"), va="top", fontsize=8)
    axes.set_xticks(
        range(len(days)), days, rotation=45 if len(days) > 6 else 0, ha="right" if len(days) > 6 else "center"
    )
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("Per cent")
    told = ", ".join(f"{days[place]} {share:.1f}%" for place, share in zip(line.places, percents, strict=True))
    return _svg(figure, name, title, f"A line over time with its centre at {100 * line.centre:.1f}%. {told}.")


def _told(parts: Iterable[int | None], legend: Sequence[str]) -> str:
    shown = ("hidden" if part is None else f"{part:,}" for part in parts)
    return ", ".join(
        f"{name} {number}" if len(legend) > 1 else number for name, number in zip(legend, shown, strict=True)
    )


def _figure(labels: Sequence[str] = ()) -> tuple[Figure, Axes]:
    """A drawing of its own, with no part of a screen behind it: a row for each label, or one for days.

    Its margins are set by the labels: to let them be found takes as long as all the drawing.
    """
    load()
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    mpl.rcdefaults()  # a user's own settings are for the user's own drawings
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "healthcheck", "font.size": 9, "hatch.linewidth": 0.5})
    mpl.rcParams["font.family"] = ["sans-serif"]
    wrapped = ["\n".join(textwrap.wrap(it, _LONGEST)) for it in labels]
    height = _ROW * len(labels) + 1.0 if labels else 3.2
    left = 0.25 + _LETTER * max((len(line) for it in wrapped for line in it.split("\n")), default=5)
    figure = Figure(figsize=(_WIDTH, height))
    FigureCanvasSVG(figure)
    below, above = (0.5, 0.35) if labels else (0.9, 0.15)
    axes = figure.add_axes((left / _WIDTH, below / height, 1 - (left + 0.2) / _WIDTH, 1 - (below + above) / height))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if labels:
        axes.set_yticks(range(len(labels)), wrapped)
        axes.set_ylim(len(labels) - 0.4, -0.6)
    return figure, axes


_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_META = (("<metadata>", "</metadata>"), ("<style", "</style>"))
_BEFORE_ID = (' id="', "url(#", 'href="#')
_SIZE = re.compile(
    r'(<svg[^>]*?) width="[^"]*"([^>]*?) height="[^"]*"|(<svg[^>]*?) height="[^"]*"([^>]*?) width="[^"]*"'
)


def _svg(figure: Figure, name: str, title: str, told: str) -> str:
    """The drawing as SVG to stand in a page: named, told in words, with ids of its own, as wide as there is room."""
    held = io.StringIO()
    nothing: dict[str, Any] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(held, format="svg", metadata=nothing)
    svg = _without_meta(_PROLOGUE.sub("", held.getvalue(), count=1)).strip()
    for before in _BEFORE_ID:
        svg = svg.replace(before, f"{before}{name}-")
    svg = _SIZE.sub(lambda found: f"{found[1] or found[3]}{found[2] or found[4]}", svg, count=1)
    head = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(told)}</desc>'
    opened = f'<svg role="img" aria-labelledby="{name}-title {name}-desc"'
    return re.sub(r"<svg([^>]*)>", lambda found: f"{opened}{found[1]}>{head}", svg, count=1)


def _without_meta(svg: str) -> str:
    """The drawing without what it says of itself, and without a style that would be that of the page."""
    for opening, closing in _META:
        at = svg.find(opening)
        if at >= 0:
            svg = svg[:at].rstrip() + svg[svg.index(closing, at) + len(closing) :]
    return svg
