"""The parts of the plan about medicines: the list as it was read, and the lines that were not used."""

from __future__ import annotations

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Basis
from healthcheck_cli.fact_words import range_in_words, rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.medicines.models import Burden, BurdenItem, Currency, IngredientRead, Match, MedicineRead
from healthcheck_cli.plans.burden_parts import headline_scale, short_name
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.words import LABELS, dose_in_words, listed

_HOW = {"eye_ear": "eye or ear", "modified": "modified release", "gastro_resistant": "gastro-resistant"}

_USUAL = ("", "oral", "immediate")  # left out of how a line was read


def medicines_section(person: PersonReview, content: Content) -> str:
    """The medicines taken now, a line each, with what each was read as; then the groups they are in."""
    scale = headline_scale(content)
    reads = [read for read in person.medicines if read.current]
    if not reads:
        return "## Medicines\n\nNo medicine line is counted as taken now."
    points = escape(short_name(scale, content))
    header = ("Row", "As written; directions", "Read as", "A day (of the maximum)", points, "Bowel")
    rows = [
        (
            str(read.row),
            f"{escape(read.line.text)}; {escape(read.line.dosage) or 'no directions'}",
            _read_as(read),
            daily_in_words(read),
            _score(read, person.burdens.get(scale)),
            _level(read, person.constipating.items),
        )
        for read in reads
    ]
    note = paragraph(
        f"{points}: score on the headline scale, named under Burdens. Bowel: constipating "
        "level, 0 to 3, this project's own; a dash is 0 or not graded. "
        "The maximum is the BNF's for the route; unconfirmed: not read in a source, to be checked. "
        "A score in brackets is counted in another row."
    )
    return "\n".join(["## Medicines", "", table(header, rows), "", note, "", *_groups(reads)])


def _read_as(read: MedicineRead) -> str:
    if read.recognised.match is Match.AMBIGUOUS:
        may_be = f"may be {listed(read.recognised.candidates, 'or')}"
        return escape(f"{may_be}: {conflict}" if (conflict := read.recognised.conflict) else may_be)
    if read.recognised.match is Match.NONE:
        return "**not recognised**"
    names = " + ".join(ingredient.name for ingredient in read.ingredients) or "not a medicine that is scored"
    how = [_HOW.get(word, word) for word in (read.route, read.recognised.release) if word not in _USUAL]
    return escape(", ".join([names, *how]))


def daily_in_words(read: MedicineRead) -> str:
    """How much a day, with its share of the maximum; or why that is not known. Nothing for what is no medicine."""
    if read.ingredients and not read.recognised.scored:
        return "-"
    doses = [_dose(ingredient, named=len(read.ingredients) > 1) for ingredient in read.ingredients]
    when = {True: ["when required"], False: [], None: []}[read.prn]
    return escape("; ".join([*doses, *when]))


def _dose(ingredient: IngredientRead, *, named: bool) -> str:
    dose = ingredient.dose
    name = f"{ingredient.name} " if named else ""
    if dose.daily is None:
        return f"{name}not known: {dose.why_unknown or 'no reason given'}"
    if dose.percent_of_max is None:
        share = f" ({dose.why_unknown})" if dose.why_unknown else ""
    else:
        sure = "" if dose.maximum_basis == Basis.SOURCED.value else "; unconfirmed maximum"
        share = f" ({range_in_words(dose.percent_of_max, '%')}{sure})"
    return f"{name}{dose_in_words(dose.daily, dose.unit)}{share}"


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


def _groups(reads: list[MedicineRead]) -> list[str]:
    """The medicines of each group that matters here, with their rows, in the order of the list of groups."""
    groups: dict[str, dict[str, set[int]]] = {}
    for read in reads:
        for ingredient in read.ingredients:
            groups.setdefault(ingredient.label, {}).setdefault(ingredient.name, set()).add(read.row)
    lines = []
    for label in (it for it in LABELS if it in groups):
        members = ", ".join(f"{escape(who)}{rows_in_words(rows)}" for who, rows in sorted(groups[label].items()))
        lines.append(bullet(f"{LABELS[label]}: {members}"))
    return lines


def lines_not_used(person: PersonReview) -> str:
    """Lines that could not be named, with near misses; then lines that are not counted, with the reason."""
    parts = []
    if person.unrecognised:
        parts += [
            "## Medicine lines not recognised",
            "",
            paragraph("Each of these makes every total and every count of medicines a range. Please look at them."),
            "",
        ]
        conflicts = {read.row: read.recognised.conflict for read in person.medicines if read.recognised.conflict}
        for it in person.unrecognised:
            if it.row in conflicts:
                said = escape(f"{it.text}: {conflicts[it.row]}. Neither is used")
                parts.append(bullet(f"Row {it.row}: {said}."))
                continue
            near = f" Near names, to be checked by eye: {escape(', '.join(it.suggestions))}." if it.suggestions else ""
            parts.append(bullet(f"Row {it.row}: {escape(it.text)}.{near}"))
    left_out = [read for read in person.medicines if not read.current]
    if left_out:
        words = {Currency.NOT_CURRENT: "not taken now", Currency.DUPLICATE: "duplicate"}
        parts += ["", "## Medicine lines not counted", ""] if parts else ["## Medicine lines not counted", ""]
        for read in left_out:
            reason = f" ({escape(read.currency_reason)})" if read.currency_reason else ""
            parts.append(bullet(f"Row {read.row}: {escape(read.line.text)}: {words[read.currency]}{reason}"))
    return "\n".join(parts)
