"""The files of one overlay: a folder with ``overlay.yaml`` and, laid out as the content is, records to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from healthcheck_cli.content import places as at
from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.files import is_well_named
from healthcheck_cli.content.roots import texts_below
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.yaml_source import Document, read_document

OVERLAY = "overlay.yaml"
"""The file that names an overlay and says what it changes."""

ADDED_TO: Mapping[str, str] = {
    at.RULES: "rule",
    at.FACTS: "fact",
    at.SECTIONS: "section",
    at.CROSS_CHECKS: "cross check",
    at.PROBLEMS: "problem group",
    at.MEDICINES: "medicine",
    at.PRODUCTS: "product",
    at.CLASSES: "class",
    at.LOWER_BURDEN: "lower burden",
    at.MONITORING: "monitoring test",
    at.INDICATORS: "indicator",
    at.SETTINGS: "setting",
    at.CODES_TO_RECORD: "code to record",
    at.SOURCES: "source",
}
"""Where an overlay may add records, and what each is called. Scales, scores, codes, themes and the order of sections
are the same everywhere."""


@dataclass(frozen=True)
class OverlayTexts:
    """The files of an overlay as (path below its folder, text). ``folder`` is as it was named, for error messages."""

    folder: str
    texts: tuple[tuple[str, str], ...]


def overlay_texts(folder: Path) -> OverlayTexts:
    """Every YAML file below the folder.

    Raises ContentProblem where there is no ``overlay.yaml``, or a file cannot be read.
    """
    problems = Problems()
    label = folder.as_posix()
    if not (folder / OVERLAY).is_file():
        hint = f"an overlay is a folder with {OVERLAY} in it"
        problems.add(Place(f"{label}/{OVERLAY}"), "missing-file", "this file is needed and is not there", hint)
        problems.raise_if_any()
    found = [(path.removeprefix(f"{label}/"), text) for path, text in texts_below(folder, label, problems)]
    problems.raise_if_any()
    return OverlayTexts(label, tuple(sorted(found)))


def overlay_documents(overlay: OverlayTexts, problems: Problems) -> dict[str, Document]:
    """The files, read, by their path below the overlay's folder. A file nothing is read from is a problem."""
    documents = {}
    for path, text in overlay.texts:
        document = read_document(f"{overlay.folder}/{path}", text, problems)
        place = Place(document.file)
        if not is_well_named(path):
            problems.add(place, "file-name", "file names are lower case words joined with underscores")
        elif path != OVERLAY and kind_added_by(path) == "":
            hint = f"records are added in {', '.join(ADDED_TO)}"
            problems.add(place, "unknown-file", "an overlay adds nothing here", hint)
        else:
            documents[path] = document
    return documents


def kind_added_by(path: str) -> str:
    """What the records of a file are called ("rule"); empty where an overlay may add nothing."""
    return next((kind for place, kind in ADDED_TO.items() if path == place or path.startswith(f"{place}/")), "")
