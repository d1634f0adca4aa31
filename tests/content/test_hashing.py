"""The hash of content: what it says counts, how it is written does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.hashing import content_sha256
from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.yaml_source import YamlList, YamlMapping, read_document
from tests.content.small_content import FILES, write_content


def sha256_of(files: dict[str, str]) -> str:
    return content_sha256({path: read_document(path, text, Problems()) for path, text in files.items()})


def scalars(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The path of every single value."""
    if isinstance(value, YamlMapping):
        return [found for key, item in value.items() for found in scalars(item, (*path, key))]
    if isinstance(value, YamlList):
        return [found for at, item in enumerate(value) for found in scalars(item, (*path, at))]
    return [path]


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("a: 1\nb: [x, y]\n", "# why\na: 1   # one\n\nb:\n  - x\n  - y\n"),
        ("{a: 1, b: 2}", "b: 2\na: 1\n"),
        ("a: some words", "a: >-\n  some\n  words\n"),
        ("a: text", 'a: "text"'),
    ],
)
def test_comments_layout_quotes_and_order_of_keys_do_not_count(written: str, otherwise: str) -> None:
    assert sha256_of({"a.yaml": written}) == sha256_of({"a.yaml": otherwise})


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("a: 1", 'a: "1"'),
        ("a: 1", "a: 1.0"),
        ("a: 1", "a: true"),
        ("a: 2026-11-22", 'a: "2026-11-22"'),
        ("a: null", "a: []"),
        ("[x, y]", "[y, x]"),
        ("a: 1", "b: 1"),
    ],
)
def test_every_difference_of_value_type_or_order_counts(written: str, otherwise: str) -> None:
    assert sha256_of({"a.yaml": written}) != sha256_of({"a.yaml": otherwise})


def test_the_path_of_a_file_counts_and_the_order_of_reading_does_not() -> None:
    assert sha256_of({"a.yaml": "[x]", "b.yaml": "[y]"}) == sha256_of({"b.yaml": "[y]", "a.yaml": "[x]"})
    assert sha256_of({"a.yaml": "[x]"}) != sha256_of({"b.yaml": "[x]"})


def test_changing_any_one_value_of_a_whole_content_changes_its_hash() -> None:
    documents = {path: read_document(path, text, Problems()) for path, text in FILES.items()}
    seen = {content_sha256(documents)}
    changes = 0
    for document in documents.values():
        for *parents, last in scalars(document.value):
            holder = document.value
            for step in parents:
                holder = holder[step]
            before, holder[last] = holder[last], "something else"
            seen.add(content_sha256(documents))
            holder[last] = before
            changes += 1
    assert changes > 80
    assert len(seen) == changes + 1


def test_a_loaded_content_carries_the_hash_of_its_files(tmp_path: Path) -> None:
    assert load_content(write_content(tmp_path)).sha256 == sha256_of(dict(FILES))
