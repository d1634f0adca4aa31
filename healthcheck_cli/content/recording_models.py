"""What a check calls for a code for in the record of the practice."""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.content.support import Place, Support


@dataclass(frozen=True)
class CodeToRecord:
    """Something to record with a code, where ``when`` holds.

    ``code`` is a SNOMED CT code that was read in one of the sources; empty where none was: then a place chooses one.
    ``because`` says in words what calls for it. ``when_complete``: it says that the check, or its plan, is complete,
    so it waits while anything stands against that.
    """

    id: str
    term: str
    when: Condition
    because: str
    place: Place
    support: Support
    code: str = ""
    when_complete: bool = False
