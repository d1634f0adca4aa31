"""Loads the clinical content: every file is read and checked, and every problem of every file is reported at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING

from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.medicine_models import MedicineContent
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.places import MEDICINE_PLACES
from healthcheck_cli.content.roots import ContentRoot, find_content
from healthcheck_cli.kept import collector_paused

if TYPE_CHECKING:
    from healthcheck_cli.content.files import ContentFiles
    from healthcheck_cli.content.overlay_files import OverlayTexts

__all__ = [
    "ContentRoot",
    "MedicineContent",
    "as_far_as_it_goes",
    "content_of",
    "content_texts",
    "find_content",
    "load_content",
    "load_medicines",
    "medicine_part",
    "medicine_texts",
    "medicines_of",
]

Texts = Sequence[tuple[str, str]]


def load_content(
    root: ContentRoot, overlays: Sequence[OverlayTexts] = (), *, shipped_settings: bool = False
) -> Content:
    """Load and check everything, with ``overlays`` laid over it in their order. ``shipped_settings``: but for what they
    set, as the examples of rules are about the numbers that are shipped.

    Raises ContentProblem with every problem of every file, one a line. The same texts are loaded once a process.
    """
    return _loaded_once(tuple(content_texts(root)), tuple(overlays), shipped_settings=shipped_settings)


def load_medicines(root: ContentRoot) -> MedicineContent:
    """Load medicines, products, classes and scales only: enough to recognise a product, and quicker than all of it.

    Raises ContentProblem with every problem of those files.
    """
    return medicines_of(medicine_texts(root))


def content_texts(root: ContentRoot) -> Texts:
    """Every file as (path, text). Raises ContentProblem where one cannot be read."""
    problems = Problems()
    texts = root.texts(problems)
    problems.raise_if_any()
    return texts


def medicine_texts(root: ContentRoot) -> Texts:
    """The files that name medicines, as (path, text). Raises ContentProblem where one cannot be read."""
    problems = Problems()
    texts = [text for place in MEDICINE_PLACES for text in root.texts(problems, place)]
    problems.raise_if_any()
    return texts


def medicines_of(texts: Texts) -> MedicineContent:
    """What :func:`load_medicines` gives, from the texts of the files."""
    from healthcheck_cli.content.assemble import assemble_medicines
    from healthcheck_cli.content.files import ContentFiles

    problems = Problems()
    with collector_paused():
        found = assemble_medicines(ContentFiles.of_texts(texts, problems))
    problems.raise_if_any()
    return found


def medicine_part(content: Content) -> MedicineContent:
    """What :func:`load_medicines` gives, of a content that is loaded."""
    return MedicineContent(**{part.name: getattr(content, part.name) for part in fields(MedicineContent)})


def content_of(texts: Texts, overlays: Sequence[OverlayTexts] = (), *, shipped_settings: bool = False) -> Content:
    """What :func:`load_content` gives, from the texts of the files."""
    from healthcheck_cli.content.checks.needed import NEEDED
    from healthcheck_cli.content.value_places import ValuePlaces

    problems = Problems()
    content, files = as_far_as_it_goes(texts, overlays, problems, shipped_settings=shipped_settings)
    problems.raise_if_any()
    found = (diagnostic for check in NEEDED for diagnostic in check.find(content, content.examples_as_of))
    for diagnostic in ValuePlaces(files.documents.values()).placed(found):
        problems.note(diagnostic)
    problems.raise_if_any()
    return content


def as_far_as_it_goes(
    texts: Texts, overlays: Sequence[OverlayTexts], problems: Problems, *, shipped_settings: bool = False
) -> tuple[Content, ContentFiles]:
    """The content and its files, with a harmless value for all that is wrong: that is noted in ``problems``.

    It is of use only where nothing was, or to look for more that is wrong.
    """
    # Imported here: reading YAML needs much that using what was read (and kept) does not.
    from healthcheck_cli.content.assemble import assemble
    from healthcheck_cli.content.files import ContentFiles
    from healthcheck_cli.content.overlay_changes import lay_over, with_overlays

    with collector_paused():
        files = ContentFiles.of_texts(texts, problems)
        laid = lay_over(files, overlays, shipped_settings=shipped_settings)
        return with_overlays(assemble(files), laid), files


_loaded_once = lru_cache(maxsize=4)(content_of)
