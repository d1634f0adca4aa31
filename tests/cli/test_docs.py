"""docs/cli.md says what the program says."""

from __future__ import annotations

from tests.cli.write_docs import DOCS, documented


def test_the_help_in_the_docs_is_the_help_of_the_program() -> None:
    assert DOCS.read_text("utf-8") == documented(), "python -m tests.cli.write_docs writes it anew"
