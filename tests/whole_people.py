"""The invented people of tests/people/: one YAML file each, with what a pharmacist or a nurse would expect, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import Record
from healthcheck_cli.review import Reviewer
from tests.invented_people import PEOPLE

AS_OF = date(2026, 11, 22)
FOLDER = Path(__file__).parent / "people"
_EXPECTED = ("must", "must_not", "open", "differs")
FULL_LISTS = ("medicines", "problems", "observations", "events")


@dataclass(frozen=True)
class WholePerson:
    """``who`` in a line; rule → why it must fire, must not fire, or must stay open because something is not known.
    ``differs``: rule → what is expected and what the program does, where the program is thought to be wrong."""

    who: str
    record: Record
    must: Mapping[str, str]
    must_not: Mapping[str, str]
    open: Mapping[str, str]
    differs: Mapping[str, str]


def read_person(path: Path) -> WholePerson:
    """One file. Nothing is filled in: what the lists hold, and which of them are complete, stands in the file."""
    written: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    left = set(written) - {"who", "record", *_EXPECTED}
    if left:
        raise ValueError(f"{path.name}: {', '.join(sorted(left))} is not known here")
    expected = {key: dict(written.get(key) or {}) for key in _EXPECTED}
    return WholePerson(written["who"], record_from_mapping(written["record"]), **expected)


@cache
def whole_people() -> Mapping[str, WholePerson]:
    """Everyone in tests/people/, by the name of the file."""
    return {path.stem: read_person(path) for path in sorted(FOLDER.glob("*.yaml"))}


@cache
def all_records() -> Mapping[str, Record]:
    """Everyone of tests/people/, and the people of tests/invented_people.py with their lists declared complete."""
    older = {name: record_from_mapping({"complete": list(FULL_LISTS), **it.record}) for name, it in PEOPLE.items()}
    return {**{name: person.record for name, person in whole_people().items()}, **older}


@cache
def shipped_reviewer() -> Reviewer:
    """The reviewer with the content of the checkout."""
    return Reviewer(load_content(find_content()))
