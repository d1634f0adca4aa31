"""Where the content is: a folder that is named, the one inside the installed package, or the one of a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Protocol

from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.support import Place
from healthcheck_cli.errors import ContentProblem

CONTENT_FOLDERS = ("checklists", "drug_rules")


class Folder(Protocol):
    """The part of ``importlib.resources`` Traversable that is used: a Path, or a folder inside a zipped package."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        ...

    def iterdir(self) -> Iterator[Folder]:
        """What is in the folder."""
        ...

    def is_dir(self) -> bool:
        """Is it a folder?"""
        ...

    def is_file(self) -> bool:
        """Is it a file?"""
        ...

    def read_bytes(self) -> bytes:
        """What is in the file."""
        ...

    def joinpath(self, name: str, /) -> Folder:
        """The thing of that name in the folder."""
        ...


@dataclass(frozen=True)
class ContentRoot:
    """A folder that holds ``checklists/`` and ``drug_rules/``. It may be inside a zipped package."""

    folder: Folder
    name: str

    def texts(self, problems: Problems, below: str = "") -> list[tuple[str, str]]:
        """Every content file as (path below the root, text), sorted by path.

        ``below`` limits them to one folder, for example ``drug_rules/medicines``.
        """
        found: list[tuple[str, str]] = []
        for name in [below] if below else CONTENT_FOLDERS:
            folder = self.folder
            for part in name.split("/"):
                folder = folder.joinpath(part)
            found.extend(texts_below(folder, name, problems))
        return sorted(found)


def texts_below(folder: Folder, name: str, problems: Problems) -> list[tuple[str, str]]:
    """Every YAML file below a folder as (path that begins with ``name``, text). Hidden files are left out."""
    return [(path, _text(path, file, problems)) for path, file in _yaml_files(folder, name, problems)]


def _text(path: str, file: Folder, problems: Problems) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.add(Place(path, line), "not-utf8", "this line is not UTF-8 text", "save the file as UTF-8")
    except OSError as error:
        problems.add(Place(path), "not-readable", f"this file cannot be read: {error.strerror or 'no reason given'}")
    return ""


def _yaml_files(folder: Folder, path: str, problems: Problems) -> Iterator[tuple[str, Folder]]:
    if folder.is_file():
        yield path, folder
        return
    if not folder.is_dir():
        return
    for item in folder.iterdir():
        below = f"{path}/{item.name}"
        if item.name.startswith("."):
            continue
        if item.is_dir():
            yield from _yaml_files(item, below, problems)
        elif item.name.endswith(".yaml"):
            yield below, item
        elif item.name.endswith(".yml"):
            problems.add(Place(below), "file-ending", "content files end in .yaml", f"rename it {item.name[:-3]}yaml")


def find_content(directory: Path | None = None) -> ContentRoot:
    """Where the content is: ``directory`` if given, else inside the package, else beside it in a checkout.

    Raises ContentProblem where there is none.
    """
    if directory is not None:
        if _holds_content(directory):
            return ContentRoot(directory, str(directory))
        raise ContentProblem(
            f"{directory}: no-content this folder holds no content (give the folder that has "
            f"{' and '.join(f'{name}/' for name in CONTENT_FOLDERS)} in it)"
        )
    package: Folder = resources.files("healthcheck_cli")
    inside = package.joinpath("_content")
    if _holds_content(inside):
        return ContentRoot(inside, "the installed content")
    if isinstance(package, Path) and _holds_content(package.parent):
        return ContentRoot(package.parent, "the content of this checkout")
    raise ContentProblem(
        "no-content this installation holds no checklists and drug rules "
        "(install it again, or name a folder with --content DIR)"
    )


def _holds_content(folder: Folder) -> bool:
    return folder.is_dir() and all(folder.joinpath(name).is_dir() for name in CONTENT_FOLDERS)
