"""The parts of the plan about the medicine list: the list as it was read, and the lines that were not used."""

from __future__ import annotations

from collections.abc import Sequence

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Basis
from healthcheck_cli.fact_words import range_in_words, rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.medicines.models import Burden, BurdenItem, Currency, IngredientRead, Match, MedicineRead
from healthcheck_cli.plans.burden_parts import headline_scale, short_name
from healthcheck_cli.plans.plan_page import MedicineLineShown, MedicinesPart, ShownLine
from healthcheck_cli.plans.words import LABELS, dose_in_words, listed

_HOW = {"eye_ear": "eye or ear", "modified": "modified release", "gastro_resistant": "gastro-resistant"}
_USUAL = ("", "oral", "immediate")  # left out of how a line was read
_LEFT_OUT = {Currency.NOT_CURRENT: "not taken now", Currency.DUPLICATE: "duplicate"}


def medicines_part(person: PersonReview, content: Content) -> MedicinesPart:
    """The medicines taken now, a line each, with what each was read as; the groups they are in; what was not used."""
    scale = headline_scale(content)
    reads = [read for read in person.medicines if read.current]
    return MedicinesPart(
        scale=short_name(scale, content),
        lines=tuple(
            MedicineLineShown(
                row=read.row,
                text=read.line.text,
                dosage=read.line.dosage,
                read_as=_read_as(read),
                daily=daily_in_words(read),
                score=_score(read, person.burdens.get(scale)),
                bowel=_level(read, person.constipating.items),
            )
            for read in reads
        ),
        groups=_groups(reads),
        unrecognised=_not_recognised(person),
        left_out=tuple(ShownLine(it.row, _why_left_out(it)) for it in person.medicines if not it.current),
    )


def _read_as(read: MedicineRead) -> str:
    if read.recognised.match is Match.AMBIGUOUS:
        may_be = f"may be {listed(read.recognised.candidates, 'or')}"
        return f"{may_be}: {conflict}" if (conflict := read.recognised.conflict) else may_be
    if read.recognised.match is Match.NONE:
        return "not recognised"
    names = " + ".join(ingredient.name for ingredient in read.ingredients) or "not a medicine that is scored"
    how = [_HOW.get(word, word) for word in (read.route, read.recognised.release) if word not in _USUAL]
    return ", ".join([names, *how])


def daily_in_words(read: MedicineRead) -> str:
    """How much a day, with its share of the maximum; or why that is not known. Nothing for what is no medicine."""
    if read.ingredients and not read.recognised.scored:
        return "-"
    doses = [_dose(it, named=len(read.ingredients) > 1) for it in read.ingredients]
    return "; ".join([*doses, *(["when required"] if read.prn else [])])


def _dose(ingredient: IngredientRead, *, named: bool) -> str:
    name = f"{ingredient.name} " if named else ""
    share = share_of_maximum(ingredient)
    return f"{name}{amount_a_day(ingredient)}{f' ({share})' if share else ''}"


def amount_a_day(ingredient: IngredientRead) -> str:
    """How much of one ingredient a day, or why that is not known."""
    dose = ingredient.dose
    if dose.daily is None:
        return f"not known: {dose.why_unknown or 'no reason given'}"
    return dose_in_words(dose.daily, dose.unit)


def share_of_maximum(ingredient: IngredientRead) -> str:
    """Its share of the BNF maximum, or why there is none; a maximum that no source was read for is marked. Empty where
    the amount is not known: the reason stands there."""
    dose = ingredient.dose
    if dose.daily is None or dose.percent_of_max is None:
        return dose.why_unknown if dose.daily is not None else ""
    sure = "" if dose.maximum_basis == Basis.SOURCED.value else "; unconfirmed maximum"
    return f"{range_in_words(dose.percent_of_max, '%')}{sure}"


def _score(read: MedicineRead, burden: Burden | None) -> str:
    if burden is None or not read.ingredients:
        return "?" if read.recognised.match is not Match.EXACT else "-"
    names = [ingredient.name for ingredient in read.ingredients]
    together = [item for item in burden.items if item.holds and set(item.holds) <= set(names)]
    scores = [_points(item, read) for item in together]
    for name in names:
        if any(name in item.holds for item in together):
            continue
        item = _item(name, burden.items)
        missing = "not on scale" if name in burden.not_on_scale else "-"
        scores.append(missing if item is None else _points(item, read))
    return " + ".join(scores)


def _level(read: MedicineRead, items: tuple[BurdenItem, ...]) -> str:
    if read.recognised.match is not Match.EXACT:
        return "?"
    found = [item for ingredient in read.ingredients if (item := _item(ingredient.name, items)) is not None]
    return " + ".join(_points(item, read) for item in found) or "-"


def _points(item: BurdenItem, read: MedicineRead) -> str:
    """Its score in the row that it is counted in; in any other row, where that is."""
    return str(item.score) if item.row == read.row else f"(row {item.row})"


def _item(ingredient: str, items: tuple[BurdenItem, ...]) -> BurdenItem | None:
    return next((item for item in items if item.ingredient == ingredient), None)


def _groups(reads: Sequence[MedicineRead]) -> tuple[str, ...]:
    """The medicines of each group that matters here, with their rows, in the order of the list of groups."""
    groups: dict[str, dict[str, set[int]]] = {}
    for read in reads:
        for ingredient in read.ingredients:
            groups.setdefault(ingredient.label, {}).setdefault(ingredient.name, set()).add(read.row)
    return tuple(
        f"{LABELS[label]}: {', '.join(f'{who}{rows_in_words(rows)}' for who, rows in sorted(groups[label].items()))}"
        for label in LABELS
        if label in groups
    )


def _not_recognised(person: PersonReview) -> tuple[ShownLine, ...]:
    conflicts = {read.row: read.recognised.conflict for read in person.medicines if read.recognised.conflict}
    found = []
    for it in person.unrecognised:
        near = f". Near names, to be checked by eye: {', '.join(it.suggestions)}." if it.suggestions else "."
        conflict = conflicts.get(it.row)
        said = f"{it.text}: {conflict}. It is not counted." if conflict else f"{it.text}{near}"
        found.append(ShownLine(it.row, said))
    return tuple(found)


def _why_left_out(read: MedicineRead) -> str:
    reason = f" ({read.currency_reason})" if read.currency_reason else ""
    return f"{read.line.text}: {_LEFT_OUT[read.currency]}{reason}"
