"""The texts of the content that an overlay may reword: where they stand, and what a rewording may not lose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from healthcheck_cli.content import places as at
from healthcheck_cli.content.files import ContentFiles
from healthcheck_cli.content.yaml_source import YamlList, YamlMapping

Slot = tuple[YamlMapping, str]
"""One text: the mapping it is in, and its key."""

REWORDED = ("rule", "question", "section", "theme")
"""What an overlay may reword, as its records name it."""

_PLACES: Mapping[str, str] = {"rule": at.RULES, "question": at.SECTIONS, "section": at.SECTIONS, "theme": at.THEMES}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "rule": ("title", "says", "not_for", "population"),
    "question": ("ask", "help", "why", "easy_read", "signs"),
    "section": ("title", "intro"),
    "theme": ("plain_words",),
}
_PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "rule": {"actions": ("do", "easy_read")},
    "theme": {"why": ("text",), "carer_advice": ("text",)},
}

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_MUST_STAY = ("999", "suddenly", "same day", "today", "now")
"""Words of safety: a text that has one keeps it."""


def records_of(files: ContentFiles, kind: str) -> dict[str, YamlMapping]:
    """Every record of a kind that may be reworded, by id; the first where an id is there twice."""
    found: dict[str, YamlMapping] = {}
    for path, document in files.documents.items():
        if path == _PLACES[kind] or path.startswith(f"{_PLACES[kind]}/"):
            for record in records_in(document.value, kind):
                if isinstance(record.get("id"), str):
                    found.setdefault(record["id"], record)
    return found


def records_in(value: Any, kind: str) -> Iterator[YamlMapping]:
    """The records of a kind in what one file holds."""
    if kind == "section":
        items: Any = [value]
    elif isinstance(value, YamlMapping):
        items = value.get("questions" if kind == "question" else "records")
    else:
        items = value
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, YamlMapping))


def slots_of(record: YamlMapping, kind: str) -> list[Slot]:
    """Every text of a record that may be reworded."""
    found: list[Slot] = [(record, key) for key in _TEXTS[kind]]
    for key, texts in _PARTS.get(kind, {}).items():
        parts = record.get(key)
        listed = parts if isinstance(parts, YamlList) else [parts]
        found += [(part, text) for part in listed if isinstance(part, YamlMapping) for text in texts]
    labels = record.get("labels") if kind == "question" else None
    if isinstance(labels, YamlMapping):
        found += [(labels, value) for value in labels]
    return [(mapping, key) for mapping, key in found if isinstance(mapping.get(key), str)]


def lost(was: str, now: str) -> list[str]:
    """What the old text holds and the new one must too: placeholders, and words of safety.

    >>> lost("{medicines}: call 999.", "{medicines}: call us.")
    ['999']
    """
    before, after = Counter(_PLACEHOLDER.findall(was)), Counter(_PLACEHOLDER.findall(now))
    words = [word for word in _MUST_STAY if _has(was, word) and not _has(now, word)]
    return [*(before - after), *words]


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text, re.IGNORECASE) is not None
