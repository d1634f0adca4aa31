"""What a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content


@dataclass(frozen=True)
class Check:
    """One thing that is looked for in the whole content, on a day. ``about`` says it in a line."""

    about: str
    find: Callable[[Content, date], Iterator[Diagnostic]]
