"""Scales and their bands, equivalents, options with a lower burden, usual reasons, effects on themes, and settings."""

from __future__ import annotations

from healthcheck_cli.content.kinds.medicines import ROUTES
from healthcheck_cli.content.medicine_models import (
    Band,
    Equivalence,
    LowerBurden,
    Scale,
    Setting,
    ThemeEffect,
    UsualReasons,
)
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.spans import DAYS_PER
from healthcheck_cli.content.support import Support

THEME_DIRECTIONS = ("raises", "protects", "treats", "masks", "marker", "formulation", "interaction", "mixed")
"""Raises the risk; lowers it; treats what the theme is about; hides its signs; shows that it is there; its form matters
where swallowing is hard; acts on another medicine; both ways."""


def read_scale(record: RecordReader) -> Scale:
    """One burden scale."""
    support = record.support()
    bands = [_band(part, support) for part in record.records("bands")]
    scale = Scale(
        id=record.text("id"),
        title=record.text("title"),
        version=record.text("version"),
        most=record.integer("most"),
        unlisted=record.text("unlisted"),
        place=record.place(),
        support=support,
        short=record.text("short", ""),
        bands=tuple(sorted(bands, key=lambda band: -band.at_least)),
        limits=record.text("limits", ""),
        earlier_edition_of=record.text("earlier_edition_of", ""),
    )
    record.done()
    return scale


def _band(part: RecordReader, whole: Support) -> Band:
    band = Band(part.integer("at_least"), part.text("says"), part.support(whole))
    part.done()
    return band


def read_equivalence(record: RecordReader) -> Equivalence:
    """One method of equivalents. A long-acting injection may be written {amount: 40, every_days: 14}."""
    found = Equivalence(
        id=record.text("id"),
        title=record.text("title"),
        of=record.text("of"),
        per=record.number("per"),
        amounts=_amounts(record.record("amounts")),
        limits=record.text("limits"),
        place=record.place(),
        support=record.support(),
    )
    record.done()
    return found


def _amounts(by_route: RecordReader | None) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for route in by_route.keys() if by_route is not None else ():
        of_route = by_route.record(route) if by_route is not None else None
        if route not in ROUTES and by_route is not None:
            by_route.problem(route, "unknown-word", f"there is no route '{route}'", f"one of: {', '.join(ROUTES)}")
        elif of_route is not None:
            found[route] = {name: _mg_a_day(of_route, name) for name in of_route.keys()}  # noqa: SIM118
    return found


def _mg_a_day(of_route: RecordReader, name: str) -> float:
    if not isinstance(of_route.raw(name), dict):
        amount, days = of_route.number(name), 1.0
    else:
        part = of_route.record(name)
        assert part is not None
        amount, days = part.number("amount"), part.number("every_days")
        part.done()
    if amount <= 0 or days <= 0:
        of_route.problem(name, "bad-amount", f"the amount of {name} is more than 0", "leave it out where none is known")
        return 1.0
    return amount / days


def read_lower_burden(record: RecordReader) -> LowerBurden:
    """Options with a lower burden for one group of medicines."""
    found = LowerBurden(
        id=record.text("id"),
        title=record.text("title"),
        options=record.text("options"),
        place=record.place(),
        support=record.support(),
        classes=record.texts("classes"),
        medicines=record.texts("medicines"),
        bowel=record.text("bowel", ""),
    )
    _refuse_an_empty_group(record, found.classes, found.medicines)
    record.done()
    return found


def read_theme_effect(record: RecordReader) -> ThemeEffect:
    """What a group of medicines means for one theme."""
    found = ThemeEffect(
        id=record.text("id"),
        title=record.text("title"),
        theme=record.text("theme"),
        direction=record.word("direction", THEME_DIRECTIONS),
        why=record.text("why"),
        ask=record.text("ask", ""),
        place=record.place(),
        support=record.support(),
        classes=record.texts("classes"),
        medicines=record.texts("medicines"),
    )
    _refuse_an_empty_group(record, found.classes, found.medicines)
    record.done()
    return found


def read_usual_reasons(record: RecordReader) -> UsualReasons:
    """What a group of medicines is usually prescribed for."""
    found = UsualReasons(
        id=record.text("id"),
        title=record.text("title"),
        classes=record.texts("classes"),
        reasons=record.texts("reasons"),
        place=record.place(),
        support=record.support(),
        old_reasons=record.texts("old_reasons"),
    )
    if not found.reasons:
        record.problem("", "missing-key", "'reasons' is missing", "list the facts that are a reason")
    _refuse_an_empty_group(record, found.classes, ())
    record.done()
    return found


def _refuse_an_empty_group(record: RecordReader, classes: tuple[str, ...], medicines: tuple[str, ...]) -> None:
    if not classes and not medicines:
        record.problem("", "empty-group", "this names no medicine", "give classes, medicines or both")


def read_setting(record: RecordReader) -> Setting:
    """One value that a place may set for itself. A number has a unit, and need not be set as shipped."""
    unit = record.text("unit", "")
    found = Setting(
        id=record.text("id"),
        title=record.text("title"),
        value=_setting_value(record) if unit else record.text("value"),
        place=record.place(),
        support=record.support(),
        unit=unit,
        between=record.pair("between"),
    )
    if unit in DAYS_PER:
        record.problem("unit", "unknown-word", f"a setting in time is in {unit}s", f"write {unit}s")
    if not unit and found.between is not None:
        record.problem("between", "not-for-type", "a word is between no numbers", "add unit:, or leave it out")
    record.done()
    return found


def _setting_value(record: RecordReader) -> str:
    """The number, as it is written; empty where it is not set."""
    if not record.has("value"):
        return ""
    number = record.number("value")
    between = record.pair("between")
    if between is not None and not between[0] <= number <= between[1]:
        hint = f"{between[0]:g} to {between[1]:g}"
        record.problem("value", "bad-range", f"{number:g} is not between the lowest and the highest", hint)
    return f"{number:g}"
