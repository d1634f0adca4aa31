"""Loads the clinical content: every file is read and checked, and every problem of every file is reported at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from healthcheck_cli.content.assemble import MedicineContent, assemble, assemble_medicines
from healthcheck_cli.content.checks.names import NEEDED
from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.files import MEDICINE_PLACES, ContentFiles
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.roots import ContentRoot, find_content

__all__ = ["ContentRoot", "MedicineContent", "find_content", "load_content", "load_medicines"]


def load_content(root: ContentRoot) -> Content:
    """Load and check everything.

    Raises ContentProblem with every problem of every file, one a line. The same texts are loaded once a process.
    """
    problems = Problems()
    texts = tuple(root.texts(problems))
    problems.raise_if_any()
    return _load_texts(texts)


def load_medicines(root: ContentRoot) -> MedicineContent:
    """Load medicines, products, classes and scales only: enough to recognise a product, and quicker than all of it.

    Raises ContentProblem with every problem of those files.
    """
    problems = Problems()
    texts = [text for place in MEDICINE_PLACES for text in root.texts(problems, place)]
    with _collector_paused():
        found = assemble_medicines(ContentFiles.of_texts(texts, problems))
    problems.raise_if_any()
    return found


@lru_cache(maxsize=4)
def _load_texts(texts: tuple[tuple[str, str], ...]) -> Content:
    problems = Problems()
    with _collector_paused():
        content = assemble(ContentFiles.of_texts(texts, problems))
        problems.raise_if_any()
        for check in NEEDED:
            for diagnostic in check.find(content, content.examples_as_of):
                problems.note(diagnostic)
    problems.raise_if_any()
    return content


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Loading makes a great many objects that all stay: looking for garbage among them took most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
