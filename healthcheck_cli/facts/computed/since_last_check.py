"""The medicine list against that of the last check: what was begun, what was changed, and how many laxatives there are.

A line without a start date may be new. So may one beside another line of the same medicine: a new strength is no new
medicine. That nothing was begun is known only of a list that leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.conditions.values import UNKNOWN_FACT, DateRange, FactValue, Interval
from healthcheck_cli.facts.computed.against_last_check import compared
from healthcheck_cli.facts.computed.cells import between, both, either, rows_of, says_nobody, says_unsure
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.medicine_reasons import usual_reasons
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.medicines.models import IngredientRead, Match, MedicineRead
from healthcheck_cli.record import day_in_words

_STRONGLY = "constipating_level_2"
_LAXATIVE = "laxative"


def _new_constipating(sources: FactSources, fact: FactLookup) -> FactValue:
    """By the start dates of the list and the day of the last check."""
    last = _last_day(sources, fact)
    if last is None or last.earliest is None or last.latest is None or last.latest >= sources.as_of:
        return UNKNOWN_FACT
    current = [read for read in sources.reads if read.current]
    named = [read for read in current if _is_named(read)]
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
    return known(False, f"none begun since {day_in_words(last.earliest)}")


def _last_day(sources: FactSources, fact: FactLookup) -> DateRange | None:
    if sources.last_check is not None:
        return DateRange(sources.last_check.day, sources.last_check.day)
    return fact("review.health_check").dates


def _begun_since(read: MedicineRead, ingredient: IngredientRead, last: DateRange, sources: FactSources) -> bool | None:
    start = read.line.start
    if start is None or start > sources.as_of or last.earliest is None or last.latest is None:
        return None
    if start <= last.earliest:
        return False
    others = (it for it in sources.reads if it is not read)
    may_go_on = any(ingredient.name == theirs.name for it in others for theirs in it.ingredients)
    return True if start > last.latest and not may_go_on and _STRONGLY in ingredient.classes else None


# ---- laxatives


def _more_laxatives(sources: FactSources, _: FactLookup) -> FactValue:
    """How many more than at the last check: by the answers of both, else by two whole medicine lists."""
    if sources.last_check is None:
        return UNKNOWN_FACT
    then = sources.last_check.sources
    now_rows, then_rows = rows_of(sources, "bowel.laxatives"), rows_of(then, "bowel.laxatives")
    if now_rows is not None and then_rows is not None:
        now, before = Interval.exactly(len(now_rows)), Interval.exactly(len(then_rows))
    else:
        listed, listed_then = _laxatives(sources), _laxatives(then)
        if listed is None or listed_then is None:
            return UNKNOWN_FACT
        now, before = listed, listed_then
    exact = now.exact and before.exact
    shown = f"{before.low:g} on {day_in_words(sources.last_check.day)}, {now.low:g} now" if exact else ""
    return between(now.low - before.high, now.high - before.low, shown)


def _laxatives(sources: FactSources) -> Interval | None:
    """The laxatives on a list, each medicine once; a line that nobody can name may be one. None for an open list."""
    if not sources.record.is_complete("medicines"):
        return None
    current = [read for read in sources.reads if read.current]
    held = [it for read in current if _is_named(read) for it in read.ingredients]
    sure = {it.name for it in held if _LAXATIVE in it.classes}
    may_be = {it.name for it in held if _LAXATIVE in it.possible_classes} - sure
    return Interval(len(sure), len(sure) + len(may_be) + sum(not _is_named(read) for read in current))


# ---- a new or changed medicine, and its reason


def _medicine_no_reason(sources: FactSources, fact: FactLookup) -> FactValue:
    """Is there a line that is new or changed since the last check's list, with no reason found?"""
    if sources.last_check is None:
        return UNKNOWN_FACT
    then = sources.last_check.sources
    current = [read for read in sources.reads if read.current]
    held = {read.row: both(_is_new_or_changed(read, then), _lacks_reason(read, sources, fact)) for read in current}
    without = [read for read in current if held[read.row]]
    if without:
        names = dict.fromkeys(it.name for read in without for it in read.ingredients)
        return known(True, ", ".join(names), tuple(read.row for read in without))
    if either(held.values()) is None or not sources.record.is_complete("medicines"):
        return UNKNOWN_FACT
    return known(False, f"none since {day_in_words(sources.last_check.day)}")


def _is_new_or_changed(read: MedicineRead, then: FactSources) -> bool | None:
    """New: its medicine was on no line of the last check's list. Changed: taken at another daily dose than then."""
    if any(_written(read) == _written(it) for it in then.reads):
        return False
    if not _is_named(read):
        return None
    held = {it.name for it in read.ingredients}
    same = [it for it in then.reads if it.current and held & {theirs.name for theirs in it.ingredients}]
    if same:
        return _another_dose(read, same) if len(same) == 1 else None
    if read.line.start is not None and read.line.start > then.as_of:
        return True
    whole = then.record.is_complete("medicines") and all(_is_named(it) for it in then.reads if it.current)
    return True if whole and read.line.start is None else None


def _written(read: MedicineRead) -> tuple[str, str]:
    line = read.line
    return " ".join(line.text.casefold().split()), " ".join(line.dosage.casefold().split())


def _another_dose(read: MedicineRead, same: Sequence[MedicineRead]) -> bool | None:
    now = {it.name: it.dose for it in read.ingredients}
    then = {it.name: it.dose for other in same for it in other.ingredients}
    if set(now) != set(then):
        return None
    return either(
        None
        if dose.daily is None or then[name].daily is None or dose.unit != then[name].unit
        else _apart(dose.daily, then[name].daily)
        for name, dose in now.items()
    )


def _apart(one: Interval, other: Interval | None) -> bool | None:
    if other is None:
        return None
    if one.high < other.low or other.high < one.low:
        return True
    return False if one.exact and other.exact else None


def _lacks_reason(read: MedicineRead, sources: FactSources, fact: FactLookup) -> bool | None:
    """No where a reason stands beside it, in its directions or in the check's own table, where the record holds a
    condition that it is usually prescribed for, or where the check says that every medicine has a reason. Yes where the
    place to write one was left empty in the check's table, or was used for others on the list. A list that gives a
    reason for no medicine does not say that there is none."""
    if read.line.indication.strip() or read.dosage.reason_stated:
        return False
    said = sources.answered("meds.indication")
    if said is not None and said.value is True:
        return False
    if any(fact(name).value is True for group in usual_reasons(read, sources.content) for name in group.reasons):
        return False
    told = [row.get("why", "") for row in rows_of(sources, "meds.list") or () if _is_about(row.get("name", ""), read)]
    if told:
        return all(not why.strip() or says_nobody(why) or says_unsure(why) for why in told)
    return True if any(it.line.indication.strip() for it in sources.reads) else None


def _is_about(name: str, read: MedicineRead) -> bool:
    plain = " ".join(name.casefold().split())
    named = bool(read.ingredients) and all(it.name.casefold() in plain for it in read.ingredients)
    return bool(plain) and (named or read.line.text.casefold().startswith(plain))


def _is_named(read: MedicineRead) -> bool:
    return read.recognised.match is Match.EXACT


COMPUTATIONS: Mapping[str, Compute] = {
    "change.new_constipating": compared(_new_constipating),
    "change.laxative_count": compared(_more_laxatives),
    "change.medicine_no_reason": compared(_medicine_no_reason),
}
