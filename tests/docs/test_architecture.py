"""docs/architecture.md is true: rooms use only rooms below them; only the command line knows clock and environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import ROOT, page, tables

PACKAGE = ROOT / "healthcheck_cli"
OUTSIDE = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
CLOCK_OR_ENVIRONMENT = re.compile(r"\b(?:os\.environ|getenv|date\.today|datetime\.now|utcnow|time\.time)\b")


def modules() -> Iterator[tuple[str, Path]]:
    """Every module with the room it is in; the package's own __init__ and __main__ are in none."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if not room.startswith("__"):
            yield room, path


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def steps() -> dict[str, int]:
    """The ladder of the page: room → step."""
    rows = [row for row in tables("architecture.md", "Who knows whom") if row[0].isdigit()]
    return {room: int(row[0]) for row in rows for room in re.findall(r"`(\w+)`", row[1])}


def test_every_room_is_on_the_ladder_and_on_the_first_table() -> None:
    rooms = {room for room, _ in modules()}
    assert set(steps()) == rooms
    listed = page("architecture.md")
    assert [room for room in sorted(rooms) if f"`{room}/`" not in listed and f"`{room}.py`" not in listed] == []


def test_rooms_use_only_rooms_on_lower_steps() -> None:
    ladder = steps()
    wrong = []
    for room, path in modules():
        for name in imported(path):
            parts = name.split(".")
            used = parts[1] if parts[0] == "healthcheck_cli" and len(parts) > 1 else room
            if used != room and ladder[used] >= ladder[room]:
                wrong.append(f"{path.relative_to(ROOT)} uses {name}")
    assert wrong == []


BORROWED = {
    ("findings", "medicines"): {"models"},
    ("content", "record"): {""},
    ("readers", "content"): {"yaml_source", "diagnostics"},
    ("plans", "interview"): {"dates", "written"},
}
"""Rooms that may use only these modules of another room."""


def test_what_a_room_only_borrows_is_no_more_than_the_page_says() -> None:
    for (room, other), borrowed in BORROWED.items():
        names = {name for it, path in modules() if it == room for name in imported(path)}
        used = {
            name.split(".", 2)[2] if name.count(".") > 1 else "" for name in names if name.split(".")[1:2] == [other]
        }
        assert used <= borrowed, f"{room} uses more of {other}"


def test_only_the_command_line_knows_the_clock_and_the_environment() -> None:
    found = [
        str(path.relative_to(ROOT))
        for room, path in modules()
        if room != "cli" and CLOCK_OR_ENVIRONMENT.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_there_is_no_network_code() -> None:
    found = [
        f"{path.relative_to(ROOT)} uses {name}"
        for _, path in modules()
        for name in imported(path)
        if name.split(".")[0] in OUTSIDE
    ]
    assert found == []
