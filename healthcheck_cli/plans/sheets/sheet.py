"""A page to hand on, part by part, as markdown and HTML both show it. Texts are plain: a renderer escapes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Points:
    """A list; ``ticks``: each with a box to tick."""

    items: tuple[str, ...]
    ticks: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a name for those who cannot see where it stands; rows of empty cells are room to write."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Blank:
    """Room to write what nobody told: it is never filled with a guess."""

    label: str
    lines: int = 1


@dataclass(frozen=True)
class Link:
    """Something to read elsewhere. ``address`` comes from content."""

    title: str
    publisher: str
    address: str


@dataclass(frozen=True)
class Links:
    """A list of things to read."""

    entries: tuple[Link, ...]


@dataclass(frozen=True)
class Subheading:
    """A heading inside a part."""

    text: str


Block = Words | Points | Table | Blank | Links | Subheading


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it. ``boxed``: it cannot wait; ``new_page``: on paper it begins a page."""

    heading: str
    blocks: tuple[Block, ...]
    boxed: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Sheet:
    """A whole page. ``small``: in the type of a letter; ``for_staff``: what it was made from, in small print."""

    title: str
    opening: tuple[Block, ...]
    parts: tuple[Part, ...]
    for_staff: tuple[str, ...] = ()
    small: bool = False
