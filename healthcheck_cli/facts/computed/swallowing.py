"""Facts about swallowing that come from a table or from two places."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import AnswerState

_TUBES = ("ng", "gastrostomy", "jejunostomy")
_LEVEL_QUESTIONS = ("swallow.iddsi_drink", "swallow.iddsi_food")


def _tube_type(sources: FactSources, _: FactLookup) -> FactValue:
    """The tube named in the table. "Tube only" as food texture without a named tube leaves the type unknown."""
    answered = sources.answered("swallow.tube")
    if answered is None or not isinstance(answered.value, tuple):
        return UNKNOWN_FACT
    types = [row.get("type", "").strip().casefold() for row in answered.value if isinstance(row, Mapping)]
    if not types:
        return known("none", "swallow.tube: none")
    return known(types[-1], f"swallow.tube: {types[-1]}") if types[-1] in _TUBES else UNKNOWN_FACT


def _iddsi_recorded(sources: FactSources, _: FactLookup) -> FactValue:
    """Yes if a level was given; no if it was asked and nobody knows it."""
    states = [a.state for a in map(sources.record.answers.get, _LEVEL_QUESTIONS) if a is not None]
    if AnswerState.ANSWERED in states:
        return known(True, "IDDSI level given")
    return known(False, "IDDSI level not known") if AnswerState.NOT_KNOWN in states else UNKNOWN_FACT


def _thickener_type(sources: FactSources, _: FactLookup) -> FactValue:
    """The answer, else the product named on the list. Two kinds on one list leave it unknown."""
    answered = sources.answered("swallow.thickener_type")
    if answered is not None and isinstance(answered.value, str):
        return known(answered.value, f"swallow.thickener_type: {answered.value}")
    kinds = {}
    for read in sources.reads:
        for ingredient in read.ingredients if read.current else ():
            for kind in ("starch", "gum"):
                if f"thickener_{kind}" in ingredient.classes:
                    kinds[kind] = read.row
    if len(kinds) == 1:
        kind, row = next(iter(kinds.items()))
        return known(kind, f"thickener on medicine row {row}", (row,))
    return FactValue(State.UNKNOWN, rows=tuple(kinds.values()))


COMPUTATIONS: Mapping[str, Compute] = {
    "swallow.tube_type": _tube_type,
    "swallow.iddsi_recorded": _iddsi_recorded,
    "swallow.thickener_type": _thickener_type,
}
