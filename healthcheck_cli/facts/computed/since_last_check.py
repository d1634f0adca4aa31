"""Was a constipating medicine begun since the last check? By the start dates of the list and the day of that check.

A line without a start date may be new. So may one beside another line of the same medicine: a new strength is
no new medicine. That nothing was begun is known only of a list that leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, DateRange, FactValue, State
from healthcheck_cli.facts.computed.cells import either
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.medicines.models import IngredientRead, Match, MedicineRead

_STRONGLY = "constipating_level_2"


def _new_constipating(sources: FactSources, fact: FactLookup) -> FactValue:
    """Does not apply where there was no check before this one."""
    last = fact("review.health_check").dates
    if last is not None and last.never:
        return FactValue(State.DOES_NOT_APPLY)
    if last is None or last.earliest is None or last.latest is None or last.latest >= sources.as_of:
        return UNKNOWN_FACT
    current = [read for read in sources.reads if read.current]
    named = [read for read in current if read.recognised.match is Match.EXACT]
    held = {
        (read.row, it.name): _begun_since(read, it, last, sources)
        for read in named
        for it in read.ingredients
        if _STRONGLY in it.classes or _STRONGLY in it.possible_classes
    }
    begun = [place for place, is_new in held.items() if is_new]
    if begun:
        names = ", ".join(dict.fromkeys(name for _, name in begun))
        return known(True, names, tuple(dict.fromkeys(row for row, _ in begun)))
    if either(held.values()) is None or len(named) < len(current) or not sources.record.is_complete("medicines"):
        return UNKNOWN_FACT
    return known(False, f"none begun since {last.earliest.isoformat()}")


def _begun_since(read: MedicineRead, ingredient: IngredientRead, last: DateRange, sources: FactSources) -> bool | None:
    start = read.line.start
    if start is None or start > sources.as_of or last.earliest is None or last.latest is None:
        return None
    if start <= last.earliest:
        return False
    others = (it for it in sources.reads if it is not read)
    may_go_on = any(ingredient.name == theirs.name for it in others for theirs in it.ingredients)
    return True if start > last.latest and not may_go_on and _STRONGLY in ingredient.classes else None


COMPUTATIONS: Mapping[str, Compute] = {"change.new_constipating": _new_constipating}
