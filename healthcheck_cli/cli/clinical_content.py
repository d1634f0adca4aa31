"""The clinical content for a command, with the index of names: found made where this program has made it before."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.options import detail, note, overlay_folders
from healthcheck_cli.kept import Kept

if TYPE_CHECKING:
    from healthcheck_cli.content.diagnostics import Problems
    from healthcheck_cli.content.files import ContentFiles
    from healthcheck_cli.content.load import Texts
    from healthcheck_cli.content.medicine_models import MedicineContent
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.content.overlay_files import OverlayTexts
    from healthcheck_cli.dmd.lookup import DmdIndex
    from healthcheck_cli.medicines.name_index import NameIndex
    from healthcheck_cli.review import Reviewer

CACHE_VARIABLE = "HEALTHCHECK_CACHE_DIR"


def content_and_names(folder: Path | None, scale: str | None = None) -> tuple[Content, NameIndex]:
    """Everything but the examples of rules, from ``folder`` or as shipped, with the overlays that the command names.

    ``scale`` takes the place of the setting for headlines. Raises ContentProblem with all that is wrong with it,
    UsageProblem where there is no such scale.
    """
    from healthcheck_cli.content.load import content_texts, find_content

    texts = content_texts(find_content(folder))
    overlays = _overlays()

    def make() -> tuple[Content, NameIndex]:
        from healthcheck_cli.content.load import content_of
        from healthcheck_cli.medicines.name_index import NameIndex

        if sys.stderr is not None and sys.stderr.isatty():
            note("Reading the clinical content, as it is new or has changed …")
        content = content_of(texts, overlays).without_examples()
        return content, NameIndex(content.medicines, content.products)

    content, names = _kept().get("content", _parts(texts, overlays), make)
    gc.freeze()  # it all stays: looking for garbage among it is time lost
    _tell(content)
    return (_with_headline_scale(content, scale) if scale is not None else content), names


def _with_headline_scale(content: Content, scale: str) -> Content:
    from healthcheck_cli.content.medicine_models import HEADLINE_SCALE
    from healthcheck_cli.errors import UsageProblem

    if scale not in content.scales:
        raise UsageProblem(f"--scale: there is no such scale; the scales are {', '.join(content.scales)}")
    return content.with_setting(HEADLINE_SCALE, scale)


def whole_content(folder: Path | None, *, overlaid: bool = True, shipped_settings: bool = False) -> Content:
    """Everything with the examples of every rule, read anew, with the overlays that the command names (without them
    where it is not ``overlaid``; ``shipped_settings``: but for what they set).

    Raises ContentProblem with all that is wrong with it.
    """
    from healthcheck_cli.content.load import find_content, load_content

    overlays = _overlays() if overlaid else ()
    content = load_content(find_content(folder), overlays, shipped_settings=shipped_settings)
    _tell(content)
    return content


def content_as_far_as_it_goes(folder: Path | None, problems: Problems) -> tuple[Content, ContentFiles]:
    """As :func:`whole_content`, with its files. What is wrong is noted in ``problems``, and refuses nothing.

    Raises ContentProblem where there is no content, or an overlay cannot be read.
    """
    from healthcheck_cli.content.load import as_far_as_it_goes, find_content

    overlays = _overlays()
    texts = find_content(folder).texts(problems)
    unread = {it.place.file for it in problems.in_order()}
    readable = [(path, text) for path, text in texts if path not in unread]
    content, files = as_far_as_it_goes(readable, overlays, problems)
    if not len(problems):
        _tell(content)
    return content, files


def _overlays() -> tuple[OverlayTexts, ...]:
    folders = overlay_folders()
    if not folders:
        return ()
    from healthcheck_cli.content.overlay_files import overlay_texts

    return tuple(map(overlay_texts, folders))


def _tell(content: Content) -> None:
    """Local changes are never silent: they are named on standard error too."""
    for overlay in content.overlays:
        note(f"With the local changes of {overlay.in_words}")
    detail(f"content {content.version}, sha256 {content.sha256}")


def medicines_and_names(folder: Path | None) -> tuple[MedicineContent, NameIndex]:
    """Only what names medicines. Raises ContentProblem with all that is wrong with those files.

    With an overlay all is read: what it changes may be anywhere.
    """
    from healthcheck_cli.content.load import find_content, medicine_part, medicine_texts

    if overlay_folders():
        content, names = content_and_names(folder)
        return medicine_part(content), names

    texts = medicine_texts(find_content(folder))

    def make() -> tuple[MedicineContent, NameIndex]:
        from healthcheck_cli.content.load import medicines_of
        from healthcheck_cli.medicines.name_index import NameIndex

        held = medicines_of(texts)
        return held, NameIndex(held.medicines, held.products)

    return _kept().get("medicines", _parts(texts), make)


def own_dmd() -> DmdIndex | None:
    """The user's own dm+d, open until the command ends; None where none was imported.

    An index that cannot be used is told and left aside: the shipped names still serve.
    """
    from healthcheck_cli.cli.check_services import data_folder
    from healthcheck_cli.dmd.layout import INDEX_FILE, is_index_there
    from healthcheck_cli.errors import InputProblem

    path = data_folder() / INDEX_FILE
    try:
        if not is_index_there(path):
            return None
        from healthcheck_cli.dmd.lookup import DmdIndex

        index = click.get_current_context().with_resource(DmdIndex.open(path))
    except InputProblem as problem:
        note(f"dm+d is not used: {problem}")
        return None
    detail(f"dm+d of {index.release}")
    return index


def reviewer_for(folder: Path | None, scale: str | None = None) -> Reviewer:
    """What reviews records, with the content it holds."""
    from healthcheck_cli.review import Reviewer

    return Reviewer(*content_and_names(folder, scale), own_dmd())


def _parts(texts: Texts, overlays: Iterable[OverlayTexts] = ()) -> Iterator[str]:
    """What kept content is kept under. Each overlay begins with its folder, as that is in what it gives."""
    yield from (part for text in texts for part in text)
    for overlay in overlays:
        yield from ("overlay", overlay.folder, *(part for text in overlay.texts for part in text))


def _kept() -> Kept:
    """The folder the environment names ("" for none), else the user's own cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    if named is not None:
        return Kept(Path(named) if named else None)
    import platformdirs

    return Kept(Path(platformdirs.user_cache_dir("healthcheck", appauthor=False)))
