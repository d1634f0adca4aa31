"""``healthcheck schema``: prints the JSON Schema of an output."""

from __future__ import annotations

import click

from healthcheck_cli.schemas import NAMES


@click.command()
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
def schema(name: str) -> None:
    """Print the JSON Schema of one of the outputs.

    \b
    review          review --to json
    review-person   a line of review --to ndjson
    ledger          the last line of review --to ndjson
    recognise       a line of drugs recognise --to ndjson
    dose            a line of drugs dose --to ndjson
    content-list    content list --to json
    """
    import json

    from healthcheck_cli.schemas import schema_named

    click.echo(json.dumps(schema_named(name), indent=2))
