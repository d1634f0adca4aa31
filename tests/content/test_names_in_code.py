"""Questions and facts that the code names are there: a renamed one would drop its line from a page in silence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import healthcheck_cli
from healthcheck_cli.content.load import find_content, load_content

_NAME = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*")
_CODE = Path(healthcheck_cli.__file__).parent
_OF_OTHER_THINGS = {"bone.assessed_on", "person.date_of_birth"}  # a date read for another fact; a key of record files


def _named() -> Iterator[tuple[str, str]]:
    """Every text of the code that has the shape of such a name, with where it stands; docstrings are no names."""
    for path in sorted(_CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.fullmatch(node.value):
                yield node.value, f"{path.relative_to(_CODE)}:{node.lineno}"


def test_every_question_and_fact_that_the_code_names_is_there() -> None:
    content = load_content(find_content())
    known = content.questions.keys() | content.facts.keys()
    first_parts = {name.partition(".")[0] for name in known}
    named = [(name, where) for name, where in _named() if name.partition(".")[0] in first_parts]
    assert len({name for name, _ in named}) > 100
    assert [it for it in named if it[0] not in known | _OF_OTHER_THINGS] == []
