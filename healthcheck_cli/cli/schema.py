"""``healthcheck schema``: prints the JSON Schema of an output."""

from __future__ import annotations

from pathlib import Path

import click

from healthcheck_cli.cli.options import output_options
from healthcheck_cli.schemas import NAMES


@click.command()
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@output_options
def schema(name: str, output: Path | None, force: bool) -> None:
    """Print the JSON Schema of one of the outputs.

    \b
    review          review --to json
    review-person   a line of review --to ndjson
    ledger          the last line of review --to ndjson
    recognise       a line of drugs recognise --to ndjson
    dose            a line of drugs dose --to ndjson
    content-list    content list --to json
    content-diff    content diff --to json
    check-list      check list --to json
    check-export    check export
    compare         compare --to json
    run             run.json of review --out
    actions         plan actions --to json
    """
    import json

    from healthcheck_cli.output import check_writable, emit
    from healthcheck_cli.schemas import schema_named

    check_writable(output, force=force)
    emit(json.dumps(schema_named(name), indent=2) + "\n", output, force=force)
