"""The short lists: manifest, sources, themes, products and problem groups."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from healthcheck_cli.content.kinds.medicines import read_score
from healthcheck_cli.content.medicine_models import Product
from healthcheck_cli.content.models import ProblemGroup, Resource, Theme, ThemeText
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Place, Source

_VERSION = re.compile(r"20[0-9]{2}\.(?:0[1-9]|1[0-2])\.[0-9]+")


@dataclass(frozen=True)
class Manifest:
    """What drug_rules/manifest.yaml says of the whole content.

    ``other_tags`` are tags of medicines that no class is built from, ``shared_names`` names that several medicines
    have: each with why it is so on purpose.
    """

    version: str
    examples_as_of: date
    word_lists: dict[str, tuple[str, ...]]
    place: Place
    other_tags: dict[str, str] = field(default_factory=dict)
    shared_names: dict[str, str] = field(default_factory=dict)


def read_manifest(record: RecordReader) -> Manifest:
    """The version (year, month, number), the day examples are run for, and the word lists of ``mentions``."""
    version = record.text("version")
    if version and not _VERSION.fullmatch(version):
        record.problem(
            "version", "bad-version", f"'{version}' is not a content version", "year.month.number, as 2026.11.0"
        )
    record.text("title")
    as_of = record.day("examples_as_of")
    if as_of is None and not record.has("examples_as_of"):
        record.problem("", "missing-key", "'examples_as_of' is missing", "add the day that examples are run for")
    lists = record.record("word_lists")
    words = {name: lists.texts(name) for name in lists.keys()} if lists else {}  # noqa: SIM118 - not a mapping
    other_tags = {tag: why for why, tags in map(_other_tags, record.records("other_tags")) for tag in tags}
    shared_names = record.typed_mapping("shared_names", (str,), "why several medicines have the name")
    record.done()
    return Manifest(version, as_of or date.min, words, record.place(), other_tags, shared_names)


def _other_tags(part: RecordReader) -> tuple[str, tuple[str, ...]]:
    found = part.text("why"), part.texts("tags")
    part.done()
    return found


def read_source(record: RecordReader) -> Source:
    """One publication that content cites."""
    source = Source(
        id=record.text("id"),
        title=record.text("title"),
        publisher=record.text("publisher"),
        year=record.text("year", ""),
        address=record.text("address", ""),
        edition=record.text("edition", ""),
        note=record.text("note", ""),
    )
    record.done()
    return source


def read_theme(record: RecordReader, order: int) -> Theme:
    """One LeDeR theme; ``order`` is where it stands in the list, from 0."""
    theme = Theme(
        id=record.text("id"),
        title=record.text("title"),
        plain_words=record.text("plain_words"),
        support=record.support(),
        order=order,
        place=record.place(),
        why=_theme_text(record, "why"),
        carer_advice=_theme_text(record, "carer_advice"),
        resources=tuple(_resource(part) for part in record.records("resources")),
    )
    record.done()
    return theme


def _theme_text(record: RecordReader, key: str) -> ThemeText | None:
    part = record.record(key)
    if part is None:
        return None
    found = ThemeText(part.text("text"), part.support())
    part.done()
    return found


def _resource(record: RecordReader) -> Resource:
    found = Resource(record.text("title"), record.text("publisher"), record.text("address"), record.support())
    record.done()
    return found


def read_product(record: RecordReader) -> Product:
    """One name that stands for its ingredients, usually several."""
    support = record.support()
    product = Product(
        name=record.text("name"),
        ingredients=record.texts("ingredients"),
        place=record.place(),
        support=support,
        synonyms=record.texts("synonyms"),
        scores=tuple(read_score(part, support) for part in record.records("scores")),
    )
    if not product.ingredients:
        record.problem("", "missing-key", "'ingredients' is missing", "list them by name")
    record.done()
    return product


def read_problem_group(record: RecordReader) -> ProblemGroup:
    """The codes and terms that stand for one diagnosis."""
    group = ProblemGroup(
        id=record.text("id"),
        title=record.text("title"),
        terms=record.texts("terms"),
        codes=frozenset(record.codes("codes")),
        not_terms=record.texts("not_terms"),
        support=record.support(),
        place=record.place(),
    )
    record.done()
    return group
