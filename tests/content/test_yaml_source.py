"""How content files are read as YAML: what becomes what, what is refused, and where it says so."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from healthcheck_cli.content import yaml_source
from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.yaml_source import read_document


@pytest.fixture(params=["C parser", "Python parser"], autouse=True)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs on PyYAML's C parser, where it is built, and on the one in plain Python."""
    if request.param == "Python parser":
        monkeypatch.setattr(yaml_source, "_Loader", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without its C parser")


def read(text: str) -> tuple[object, list[str]]:
    problems = Problems()
    document = read_document("a.yaml", text, problems)
    return document.value, [str(diagnostic) for diagnostic in problems.in_order()]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("12", 12),
        ("-0.5", -0.5),
        ("2026-11-22", date(2026, 11, 22)),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("True", "True"),
        ("0123", "0123"),
        ("10:30", "10:30"),
        ("1e5", "1e5"),
        (".nan", ".nan"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("=", "="),
        ('"12"', "12"),
        ("'true'", "true"),
        ("2026.11.0", "2026.11.0"),
        ("2026-11-22T10:00:00", "2026-11-22T10:00:00"),
    ],
)
def test_only_these_plain_words_become_something_other_than_text(written: str, value: object) -> None:
    found, problems = read(f"a: {written}\n")
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)
    assert problems == []


def test_keys_stay_text() -> None:
    assert read("{yes: 1, 2: a, null: b}")[0] == {"yes": 1, "2": "a", "null": "b"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: duplicate-key the key 'a' is here twice (first on line 1)"),
        ("a: &x 1\n", "a.yaml:1:4: anchor anchors (&x) are not used here (write the value out)"),
        ("a: !!str 1\n", "a.yaml:1:4: tag tags (tag:yaml.org,2002:str) are not used here (remove it)"),
        ("a: 2026-02-30\n", "a.yaml:1:4: bad-date there is no day 2026-02-30 (year-month-day, as 2026-11-22)"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: second-document a file holds one document (remove the line ---)"),
        ("# nothing\n", "a.yaml:1:1: empty-file there is nothing in this file"),
        (
            "[a, b]: 1\n",
            "a.yaml:1:1: key-not-text a key must be a word (put the text in quotes if it holds { or [)",
        ),
    ],
)
def test_what_is_refused_names_its_place_and_what_to_write(text: str, problem: str) -> None:
    assert read(text)[1] == [problem]


def test_an_alias_is_refused_as_well_as_its_anchor() -> None:
    assert read("a: &x [1]\nb: *x\n")[1] == [
        "a.yaml:1:4: anchor anchors (&x) are not used here (write the value out)",
        "a.yaml:2:4: alias aliases (*x) are not used here (write the value out)",
    ]


def test_text_that_is_not_yaml_names_the_line() -> None:
    found, problems = read("a: 1\nb: [1, 2\nc: 3\n")
    assert found is None
    assert len(problems) == 1
    assert problems[0].startswith("a.yaml:3:")
    assert "not-yaml" in problems[0]


def test_a_control_character_is_refused() -> None:
    problems = read("a: 1\nb: \x07\n")[1]
    assert len(problems) == 1
    assert "not-yaml" in problems[0]
