"""The parts of a FHIR resource, read leniently: what is absent or of another kind than expected is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from healthcheck_cli.dmd.ids import has_check_digit, is_id
from healthcheck_cli.readers.dates import read_date
from healthcheck_cli.readers.values import number_in

Json = Mapping[str, Any]

LONGEST_TEXT = 2000  # characters; nothing that a clinician wrote in one of these fields is longer

_SNOMED = re.compile(r"https?://snomed\.info/sct/?(?:\d+.*)?")
_DMD = re.compile(r"https?://dmd\.nhs\.uk/?")
TRANSFER_DEGRADED_MEDICINE = "196421000000109"  # GP Connect: no code of the medicine survived, only its text


def things(value: object) -> list[Any]:
    """A list as it is; one thing that should have been a list of one, as such a list.

    >>> things([1, 2]), things({"a": 1}), things(None)
    ([1, 2], [{'a': 1}], [])
    """
    return value if isinstance(value, list) else [] if value is None else [value]


def objects(parent: Json, name: str) -> list[Json]:
    """The objects under a name, whether one or several are there."""
    return [it for it in things(parent.get(name)) if isinstance(it, dict)]


def thing(parent: Json, *path: str) -> Json:
    """The first object at the end of a path; an empty one where there is none."""
    for name in path:
        parent = next(iter(objects(parent, name)), {})
    return parent


def text(parent: Json, *path: str) -> str:
    """The text at the end of a path, on one line; empty where there is none, or one too long to be what it should."""
    *way, name = path
    found = (thing(parent, *way) if way else parent).get(name)
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, str):
        if len(found) > LONGEST_TEXT:
            return ""
        # half of a pair of surrogates cannot be written again
        whole = found if found.isascii() else found.encode("utf-8", "replace").decode("utf-8")
        return " ".join(whole.split())
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return f"{found:g}" if number_in(found) is not None else ""
    return ""


def number(parent: Json, *path: str) -> float | None:
    """The number at the end of a path; a number in quotes is one."""
    *way, name = path
    return number_in(thing(parent, *way).get(name))


def truth(parent: Json, name: str) -> bool | None:
    """True or false; None where neither is said."""
    found = parent.get(name)
    return found if isinstance(found, bool) else None


@dataclass(frozen=True)
class FoundDay:
    """A day that a source gives. ``partial``: something is given, and it is not a day (a month, a year)."""

    day: date | None = None
    partial: bool = False


def day_in(parent: Json, *path: str) -> FoundDay:
    """The day at the end of a path. The time of day, and the zone it is told in, are left off: the day is the one
    that is written."""
    found = text(parent, *path)
    day = read_date(found)
    return FoundDay(day, bool(found) and day is None)


def extensions(parent: Json, name: str) -> Iterator[Json]:
    """The extensions whose address ends with ``name``: versions and publishers differ in what goes before and after
    (``…/Extension-CareConnect-GPC-MedicationStatementLastIssueDate-1``)."""
    for it in objects(parent, "extension"):
        last = text(it, "url").rsplit("/", 1)[-1].removesuffix("-1")
        if last == name or last.endswith(f"-{name}"):
            yield it


def is_snomed(system: str) -> bool:
    """Is it the system of SNOMED CT, however it is spelt?"""
    return _SNOMED.fullmatch(system) is not None


def is_dmd(system: str) -> bool:
    """Is it the system of dm+d?"""
    return _DMD.fullmatch(system) is not None


@dataclass(frozen=True)
class Concept:
    """A coded concept: the words for it, and its SNOMED CT id (``code``), of a dm+d product too.

    ``broken``: there was an id, and its check digit is wrong: it is left out, never put right.
    """

    words: str = ""
    code: str = ""
    broken: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.code)


def concept(parent: Json, name: str, *, products: bool = False) -> Concept:
    """The first concept under a name. Its text is what the clinician saw; then come the words beside the codes.

    ``products``: the id of dm+d goes before one of SNOMED CT.
    """
    found = thing(parent, name)
    codings = objects(found, "coding")
    ranked = sorted(codings, key=lambda it: _rank(text(it, "system"), products=products))
    ids = [text(it, "code") if isinstance(it.get("code"), str) else _exact(it.get("code")) for it in ranked]
    ours = [
        it
        for it, coding in zip(ids, ranked, strict=True)
        if it and it != TRANSFER_DEGRADED_MEDICINE and _rank(text(coding, "system"), products=products) < _OTHER
    ]
    good = [it for it in ours if is_id(it) and has_check_digit(it)]
    displays = [
        text(it, "display")
        for it, code in zip(ranked, ids, strict=True)
        if text(it, "display") and code != TRANSFER_DEGRADED_MEDICINE
    ]
    words = text(found, "text") or next(iter(displays), "")
    return Concept(words, next(iter(good), ""), broken=bool(ours) and not good)


_OTHER = 2


def _rank(system: str, *, products: bool) -> int:
    if is_dmd(system):
        return 0 if products else _OTHER
    return 1 if is_snomed(system) else _OTHER


def _exact(code: object) -> str:
    """A code that was written as a number: one with a decimal point has lost digits already."""
    return str(code) if isinstance(code, int) and not isinstance(code, bool) else ""
