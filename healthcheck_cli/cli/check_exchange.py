"""``healthcheck check export`` and ``import``: a check as one file, from one computer to another."""

from __future__ import annotations

from pathlib import Path

import click

from healthcheck_cli.cli.check_services import open_store
from healthcheck_cli.cli.options import note, output_options
from healthcheck_cli.errors import InputProblem


@click.command("export")
@click.argument("check_id", metavar="CHECK")
@output_options
def export_check(check_id: str, output: Path | None, force: bool) -> None:
    """Write a check to one JSON file, with everything that was kept in it.

    Every answer with those it corrected, notes, alerts, the files that were
    given with it, who finished it, amendments, and the hashes over all of it.
    The file holds a person's record: keep it as you would keep that.
    """
    from healthcheck_cli.output import check_writable, emit

    check_writable(output, force=force)
    with open_store() as store:
        text = store.export_check(check_id)
    emit(text, output, force=force)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
def import_check(file: Path) -> None:
    """Add a check that was exported to a FILE; its id here is printed.

    Of a check that is here and went on elsewhere, what is new is added. One of
    which all is here, or which went on in both places, is refused, and so is a
    file that is damaged or of a newer version.
    """
    text, name = _read(file)
    with open_store() as store:
        arrival = store.import_check(text, name)
    if arrival.known:
        note(f"Check {arrival.check_id} was here; entries that are new: {arrival.added}.")
    click.echo(arrival.check_id)


def _read(file: Path) -> tuple[str, str]:
    from healthcheck_cli.readers.sources import standard_input

    name = "standard input" if str(file) == "-" else file.name
    try:
        raw = standard_input().read() if str(file) == "-" else file.read_bytes()
        return raw.decode("utf-8-sig"), name
    except OSError as error:
        raise InputProblem(f"{file}: cannot be read ({error.strerror or 'no reason given'})") from None
    except UnicodeDecodeError:
        raise InputProblem(f"{name}: this is not a check that was exported with `healthcheck check export`.") from None
