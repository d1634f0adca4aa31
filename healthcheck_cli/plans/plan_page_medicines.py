"""The parts of the plan about medicines for mind and behaviour and about burdens, as every format shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StompLine:
    """One medicine for mind or behaviour that is taken now."""

    name: str
    row: int
    group: str
    since: str
    reason: str
    daily: str
    of_maximum: str
    last_review: str
    monitoring: tuple[str, ...]


@dataclass(frozen=True)
class StompPart:
    """Every such medicine; ``remarks``: totals, equivalents, what makes the list incomplete."""

    lines: tuple[StompLine, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class ScaleItem:
    """What one medicine adds to a scale."""

    name: str
    row: int
    score: int
    prn: bool = False


@dataclass(frozen=True)
class ScaleBars:
    """One scale with what each medicine adds. ``most``: the highest score that one medicine can have."""

    short: str
    title: str
    total: str
    reading: str
    items: tuple[ScaleItem, ...]
    not_on_scale: tuple[str, ...]
    most: int


@dataclass(frozen=True)
class BurdenPart:
    """The scales side by side, never added together; where they disagree; options with a lower burden to discuss."""

    scales: tuple[ScaleBars, ...]
    constipating: ScaleBars
    disagreements: tuple[str, ...]
    remarks: tuple[str, ...]
    options: tuple[str, ...]
