"""``healthcheck drugs import-dmd``: the user's own release of dm+d, indexed once, then used by recognition."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.options import detail, is_quiet, note, output_options
from healthcheck_cli.shown_text import marked

if TYPE_CHECKING:
    from healthcheck_cli.dmd.index import Progress
    from healthcheck_cli.dmd.layout import ImportSummary

_MOST_FAULTS = 20


@click.command("import-dmd")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--status", is_flag=True, help="Say which release is imported, and import none.")
@click.option("--remove", is_flag=True, help="Delete what was imported.")
@output_options
def import_dmd_command(files: tuple[Path, ...], status: bool, remove: bool, output: Path | None, force: bool) -> None:
    """Import a release of dm+d, the NHS dictionary of medicines and devices.

    FILE is the zip as it comes from TRUD (nhsbsa_dmd_*.zip), the bonus zip beside
    it (nhsbsa_dmdbonus_*.zip, for BNF and ATC codes), or a folder that they were
    unpacked to. Product names and dm+d ids are then recognised from it. A new
    import takes the place of the one before. Without one, everything works from
    the names that are shipped.
    """
    if status + remove + bool(files) != 1:
        raise click.UsageError("give the files of one release, or --status, or --remove")
    from healthcheck_cli.cli.check_services import data_folder
    from healthcheck_cli.dmd.lookup import index_path
    from healthcheck_cli.output import check_writable

    check_writable(output, force=force)
    path = index_path(data_folder())
    if status:
        says = _status(path)
    elif remove:
        says = _removed(path)
    else:
        says = _imported(files, path)
    _emit(says, output, force=force)


def _imported(files: Sequence[Path], path: Path) -> str:
    from healthcheck_cli.dmd.index import build_index
    from healthcheck_cli.dmd.release import open_release

    with open_release(files) as release:
        for file in release.files.values():
            detail(f"{file.where}: {file.size:,} bytes")
        note(f"reading {len(release.files)} files of dm+d ({release.size / 1_000_000:,.1f} MB)")
        with _shown_progress(release.size) as progress:
            summary = build_index(release, path, date.today(), progress)  # noqa: DTZ011 - the user's own calendar
    return _as_text(summary, path)


@contextmanager
def _shown_progress(size: int) -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    hidden = is_quiet() or sys.stderr is None or not sys.stderr.isatty()
    with click.progressbar(length=size, label="Importing", file=sys.stderr, hidden=hidden) as bar:
        yield lambda _, read: bar.update(read)


def _status(path: Path) -> str:
    from healthcheck_cli.dmd.layout import is_index_there
    from healthcheck_cli.dmd.lookup import DmdIndex

    if not is_index_there(path):
        return _none_imported(path)
    with DmdIndex.open(path) as index:
        return _as_text(index.summary, path)


def _removed(path: Path) -> str:
    from healthcheck_cli.dmd.place import remove_index

    return f"Removed: {path}" if remove_index(path) else _none_imported(path)


def _none_imported(path: Path) -> str:
    return f"No release of dm+d is imported ({path})."


def _as_text(summary: ImportSummary, path: Path) -> str:
    """The release and what of it is held, one thing a line."""
    counts = summary.counts
    lines = [
        f"dm+d release of {summary.day or 'a day that its files do not say'}, imported on {summary.imported_on}",
        f"  {counts['vtm']:,} moieties (VTM), {counts['vmp']:,} generic products (VMP), "
        f"{counts['amp']:,} products of suppliers (AMP); {counts['invalid']:,} of them marked invalid",
        f"  {counts['substances']:,} ingredients, {counts['packs']:,} packs, "
        f"{counts['previous']:,} ids that were replaced",
        f"  {counts['bnf']:,} BNF codes, {counts['atc']:,} ATC codes",
    ]
    lines += [f"  left out: {says}" for says in summary.left_out]
    lines += [f"  to look at: {says}" for says in summary.faults[:_MOST_FAULTS]]
    lines += [f"  sha256 of what was read: {summary.sha256}", f"  kept in: {path}"]
    return "\n".join(lines)


def _emit(text: str, output: Path | None, *, force: bool) -> None:
    from healthcheck_cli.output import emit

    emit(f"{marked(text)}\n", output, force=force)
