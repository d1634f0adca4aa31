"""What the tests of the cohort share: one content, read once, and the command line."""

from __future__ import annotations

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.review import Reviewer
from tests.cli.conftest import run

__all__ = ["run"]


@pytest.fixture(scope="session")
def content() -> Content:
    """The shipped content with its examples."""
    return load_content(find_content())


@pytest.fixture(scope="session")
def reviewer(content: Content) -> Reviewer:
    """What reviews with it."""
    return Reviewer(content)
