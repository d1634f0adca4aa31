"""From the text of a FHIR file to its resources, each with its place: a bundle, one resource, or one a line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.csv_table import BREAKS_OFF
from healthcheck_cli.readers.fhir.elements import Json, objects, text, thing, things
from healthcheck_cli.readers.fhir.json_text import NotJson, read_json, read_whole
from healthcheck_cli.readers.notes import Notes

_BUNDLES_IN_BUNDLES = 5
_BUNDLE_TYPES = ("batch", "batch-response", "collection", "document", "history", "message", "searchset", "transaction")


@dataclass(frozen=True, eq=False)
class Entry:
    """One resource with its place: the number of its entry in the bundle, or its line where there is one a line."""

    number: int
    file: str
    resource: Json = field(repr=False)
    url: str = ""

    @cached_property
    def kind(self) -> str:
        """Its type, as FHIR calls it."""
        return text(self.resource, "resourceType")

    @cached_property
    def id(self) -> str:
        """Its own id; empty where it has none."""
        return text(self.resource, "id")


@dataclass(frozen=True)
class Document:
    """The resources of one file, in order. ``shape`` says what the file is, in words; ``broken_off``: the line in the
    middle of which it ends."""

    file: str
    shape: str
    entries: tuple[Entry, ...]
    rejected: tuple[RejectedRow, ...] = ()
    broken_off: tuple[str, ...] = ()


def read_document(source: str, file: str, notes: Notes, *, by_line: bool) -> Document:
    """The resources in a text. ``by_line``: one a line.

    A line that cannot be read is rejected, the last one too where the file breaks off in it. Raises
    :class:`InputProblem` where the file is no FHIR JSON, or is one value that breaks off.
    """
    if by_line:
        return _of_lines(source, file, notes)
    whole = read_whole(source, file)
    found = tuple(it for number, value in _numbered(whole) for it in _entries(value, number, file, notes))
    if not isinstance(whole, list) and not (isinstance(whole, dict) and text(whole, "resourceType")):
        raise InputProblem(f"{file}: no FHIR: there is no resourceType at the top")
    return Document(file, _shape(whole), found)


def is_by_line(source: str) -> bool:
    """Is there one resource a line, rather than one value in all?"""
    first, _, rest = source.lstrip().partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(read_json(first), dict)
    except NotJson:
        return False


def _shape(whole: Any) -> str:
    if isinstance(whole, list):
        return "a list of resources"
    kind = text(whole, "resourceType")
    if kind != "Bundle":
        return "one resource"
    return f"a {text(whole, 'type')} bundle" if text(whole, "type") in _BUNDLE_TYPES else "a bundle"


def _numbered(whole: Any) -> Iterator[tuple[int, Any]]:
    """The resources at the top of a file with their places. Those of a bundle are numbered by its entries."""
    if isinstance(whole, list):
        yield from enumerate(whole, start=1)
    else:
        yield 1, whole


def _entries(value: Any, number: int, file: str, notes: Notes, depth: int = 0) -> Iterator[Entry]:
    """The resources in one value; a bundle gives all that are in it. At a depth they keep the outer one's number."""
    if not isinstance(value, dict) or not text(value, "resourceType"):
        notes.add("not a resource: left out", number)
        return
    if text(value, "resourceType") != "Bundle":
        yield Entry(number, file, value)
        return
    if depth > _BUNDLES_IN_BUNDLES:
        raise InputProblem(f"{file}: bundles lie too deep inside each other")
    if any(text(link, "relation") == "next" for link in objects(value, "link")):
        notes.add("this is one page of several: give the files of the other pages too")
    for place, it in enumerate(things(value.get("entry")), start=1):
        here = place if depth == 0 else number
        resource = thing(it, "resource") if isinstance(it, dict) else {}
        if not resource:
            notes.add("an entry holds no resource: left out", here)
        elif text(resource, "resourceType") == "Bundle":
            yield from _entries(resource, here, file, notes, depth + 1)
        elif text(resource, "resourceType"):
            yield Entry(here, file, resource, text(it, "fullUrl"))
        else:
            notes.add("an entry holds something that is no resource: left out", here)


def _of_lines(source: str, file: str, notes: Notes) -> Document:
    entries: list[Entry] = []
    rejected: list[RejectedRow] = []
    broken_off: list[str] = []
    lines = source.split("\n")
    last = max((number for number, line in enumerate(lines, start=1) if line.strip()), default=0)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = read_json(line)
        except NotJson as problem:
            if number == last and problem.cut_off:
                broken_off.append(f"{file}:{number}")
            rejected.append(RejectedRow(file, number, BREAKS_OFF if broken_off else problem.message))
            continue
        if isinstance(value, dict) and text(value, "resourceType"):
            entries.extend(_entries(value, number, file, notes, depth=1))
        else:
            rejected.append(RejectedRow(file, number, "no resource: it has no resourceType"))
    return Document(file, "one resource a line", tuple(entries), tuple(rejected), tuple(broken_off))


def without_repeats(
    entries: Sequence[Entry], notes: Mapping[str, Notes]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Each resource once, and those that are left out for it.

    Of several with one type and id, one that says the same as another is left out, and so is one that is older by its
    own date of change. Those that differ without such a date may be two things, and all stay.
    """
    alike: dict[tuple[str, str, str], list[Entry]] = {}
    for it in entries:
        server = it.url.rpartition("/")[0] if "://" in it.url else ""
        alike.setdefault((it.kind, it.id, server), []).append(it)
    dropped: set[int] = set()
    for (_, name, _), same in alike.items():
        if name and len(same) > 1:
            kept = _distinct(same)
            dropped.update(id(it) for it in same if it not in kept)
            for it in kept[1:]:
                notes[it.file].add("two resources that differ have one id: both are read", it.number)
    kept_ones = tuple(it for it in entries if id(it) not in dropped)
    return kept_ones, tuple(it for it in entries if id(it) in dropped)


def _distinct(same: Sequence[Entry]) -> list[Entry]:
    changed = [text(it.resource, "meta", "lastUpdated") for it in same]
    if all(changed) and len(set(changed)) > 1:
        newest = max(changed)
        same = [it for it, when in zip(same, changed, strict=True) if when == newest]
    try:
        told = {json.dumps(it.resource, sort_keys=True): it for it in reversed(same)}
    except RecursionError:
        raise InputProblem(f"{same[0].file}: lists or objects lie too deep inside each other") from None
    return list(reversed(told.values()))


def version_in_words(entries: Sequence[Entry]) -> str:
    """Which version of FHIR it is, as far as its resources tell."""
    signs = Counter(_version(it.resource) for it in entries)
    told = [version for version in ("STU3", "R4") if signs[version]]
    return f"FHIR {' and '.join(told)}" if told else "FHIR (which version is not told)"


def _version(resource: Json) -> str:
    profiles = " ".join(str(it) for it in things(thing(resource, "meta").get("profile")))
    if "/STU3/" in profiles or "taken" in resource or isinstance(resource.get("clinicalStatus"), str):
        return "STU3"
    doses = (*objects(resource, "dosage"), *objects(resource, "dosageInstruction"))
    r4 = "UKCore" in profiles or "reportedBoolean" in resource or any("doseAndRate" in it for it in doses)
    return "R4" if r4 or isinstance(resource.get("clinicalStatus"), dict) else ""
