"""What a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content


class Needs(Enum):
    """How much of the content must have been read well for a check to say nothing that is not so."""

    NOTHING = "nothing"  # it looks at what stands in a record
    NAMES = "names"  # it looks for a name among those of other records
    RECORD = "record"  # it asks a record for what is not there
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Check:
    """One thing that is looked for in the whole content, on a day. ``about`` says it in a line."""

    about: str
    find: Callable[[Content, date], Iterator[Diagnostic]]
    needs: Needs = Needs.EVERYTHING
