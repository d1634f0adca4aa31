"""``healthcheck drugs``: what the tool makes of a product name, of directions, and what it holds on a medicine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from healthcheck_cli.cli.clinical_content import content_and_names, medicines_and_names, own_dmd
from healthcheck_cli.cli.drugs_import import import_dmd_command
from healthcheck_cli.cli.options import content_option, detail, encoding_option, output_options

if TYPE_CHECKING:
    from healthcheck_cli.content.overlay_models import Overlay

F = TypeVar("F", bound=Callable[..., Any])
Json = dict[str, Any]


def _format_option(command: F) -> F:
    choice = click.Choice(["text", "ndjson", "json"])
    return click.option("--to", "target", type=choice, default="text", show_default=True, help="What to write.")(
        command
    )


@click.group("drugs")
def drugs_group() -> None:
    """What the tool makes of a product name or of directions, and what it holds on a medicine."""


drugs_group.add_command(import_dmd_command)


@drugs_group.command("recognise")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--dmd-code", default="", metavar="ID", help="The dm+d id that stands beside the one NAME.")
@click.option("--bnf-code", default="", metavar="CODE", help="The BNF code that stands beside the one NAME.")
@_format_option
@encoding_option
@content_option
@output_options
def recognise_command(
    names: tuple[str, ...],
    dmd_code: str,
    bnf_code: str,
    target: str,
    encoding: str,
    content_folder: Path | None,
    output: Path | None,
    force: bool,
) -> None:
    """Say which medicine each product NAME means.

    Without a NAME, or with "-", names are read from standard input, one a line.
    A near miss is never a match: it is shown as a suggestion. Where a code
    speaks against the name, neither is used.
    """
    from healthcheck_cli.errors import UsageProblem
    from healthcheck_cli.medicines.describe import Describer
    from healthcheck_cli.output import check_writable

    check_writable(output, force=force)
    if (dmd_code or bnf_code) and (len(names) != 1 or names[0] == "-"):
        raise UsageProblem("a code goes with one NAME: give that name on the command line")
    held, known = medicines_and_names(content_folder)
    describer = Describer(held, known, own_dmd())
    local = _overlays_json(held.overlays)
    described = ({**describer.as_json(name, dmd_code, bnf_code), **local} for name in _texts(names, encoding))
    _write(described, describer.as_text, target, output, force=force, last=_overlays_text(held.overlays))


@drugs_group.command("dose")
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@_format_option
@encoding_option
@output_options
def dose_command(texts: tuple[str, ...], target: str, encoding: str, output: Path | None, force: bool) -> None:
    """Say how each TEXT of directions is read.

    Without a TEXT, or with "-", directions are read from standard input, one a
    line. What cannot be read with certainty is not read.
    """
    from healthcheck_cli.medicines.describe import dosage_as_json, dosage_as_text
    from healthcheck_cli.medicines.dosage import read_dosage
    from healthcheck_cli.output import check_writable

    check_writable(output, force=force)
    read = (dosage_as_json(read_dosage(text)) for text in _texts(texts, encoding))
    _write(read, dosage_as_text, target, output, force=force)


@drugs_group.command("show")
@click.argument("name")
@click.option("--to", "target", type=click.Choice(["text", "json"]), default="text", show_default=True)
@content_option
@output_options
def show_command(name: str, target: str, content_folder: Path | None, output: Path | None, force: bool) -> None:
    """Show everything that is held on the medicine NAME, and what it rests on.

    NAME is a medicine, a brand or a whole product name.
    """
    from healthcheck_cli.errors import UsageProblem
    from healthcheck_cli.medicines.medicine_sheet import MedicineSheet, sources_as_text
    from healthcheck_cli.medicines.recognise import Recogniser
    from healthcheck_cli.output import check_writable

    check_writable(output, force=force)
    content, known = content_and_names(content_folder)
    recogniser = Recogniser(content.medicines, content.products, known, content.code_tables, own_dmd())
    recognised = recogniser.recognise(name)
    wanted = [one.name for one in recognised.ingredients] or recognised.candidates
    sheets = [MedicineSheet(content.medicines[one], content) for one in wanted if one in content.medicines]
    if not sheets:
        nearest = ", ".join(recognised.suggestions)
        raise UsageProblem("no medicine of that name is held" + (f": is it {nearest}?" if nearest else ""))
    if target == "json":
        local = _overlays_json(content.overlays)
        _emit(_json([{**sheet.as_json(), **local} for sheet in sheets], indent=2), output, force=force)
        return
    cited = dict.fromkeys(name for sheet in sheets for name in sheet.sources())
    _emit(
        "\n\n".join(
            [
                *(sheet.as_text() for sheet in sheets),
                sources_as_text(cited, content.sources),
                *_overlays_text(content.overlays),
            ]
        ),
        output,
        force=force,
    )


def _overlays_json(overlays: Sequence[Overlay]) -> Json:
    """What every object holds beside what it always has; nothing where no overlay is in use."""
    from healthcheck_cli.content.as_json import overlays_used

    return {"overlays": overlays_used(overlays)} if overlays else {}


def _overlays_text(overlays: Sequence[Overlay]) -> tuple[str, ...]:
    from healthcheck_cli.content.overlay_models import overlays_in_words
    from healthcheck_cli.shown_text import one_line

    return (one_line(f"With the local changes of {overlays_in_words(overlays)}"),) if overlays else ()


def _texts(given: Sequence[str], encoding: str) -> Iterable[str]:
    """The arguments; standard input, a line each, where there is none or where one is a dash."""
    if not given:
        given = ("-",)
    for text in given:
        if text == "-":
            yield from _lines_of_standard_input(encoding)
        else:
            yield text


def _lines_of_standard_input(encoding: str) -> list[str]:
    """The lines, blank ones too, so that a line out stands for a line in. Raises InputProblem where it is not text."""
    from healthcheck_cli.readers.encoding import decode
    from healthcheck_cli.readers.sources import standard_input

    detail("reading standard input")
    raw = standard_input().read()
    text = decode(raw, "standard input", encoding) if raw.strip() else raw.decode("ascii")
    lines = text.split("\n")
    return [line.rstrip("\r") for line in (lines if lines[-1] else lines[:-1])]


def _write(
    described: Iterable[Json],
    as_text: Callable[[Json], str],
    target: str,
    output: Path | None,
    *,
    force: bool,
    last: Sequence[str] = (),
) -> None:
    """``last``: what stands under all of them where they are text."""
    if target == "json":
        _emit(_json(list(described), indent=2), output, force=force)
    elif target == "ndjson":
        _emit("\n".join(_json(one) for one in described), output, force=force)
    else:
        _emit("\n\n".join([*map(as_text, described), *last]), output, force=force)


def _json(value: object, indent: int | None = None) -> str:
    """JSON with everything outside ASCII escaped, so that no name can move a terminal's cursor."""
    import json

    return json.dumps(value, indent=indent, ensure_ascii=True, allow_nan=False)


def _emit(text: str, output: Path | None, *, force: bool) -> None:
    from healthcheck_cli.output import emit

    emit(f"{text}\n" if text else "", output, force=force)
