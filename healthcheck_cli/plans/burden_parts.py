"""The part of the plan about burdens: scales side by side, never added together, and options to discuss."""

from __future__ import annotations

import math
from collections.abc import Sequence

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import HEADLINE_SCALE, Scale
from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import range_in_words, rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.medicines.burden_read import bands_of
from healthcheck_cli.medicines.models import Burden, BurdenItem, Disagreement, EquivalentDose, LowerBurdenOption
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.words import BASES, dose_in_words, listed

_NOT_LISTED = "-"


def headline_scale(content: Content) -> str:
    """The scale of headlines and of the column beside each medicine: a setting. The first scale where none is set."""
    setting = content.settings.get(HEADLINE_SCALE)
    return setting.value if setting is not None else next(iter(content.scales), "")


def short_name(scale: str, content: Content) -> str:
    """What the head of a column calls a scale."""
    held = content.scales.get(scale)
    return (held.short or held.title) if held is not None else scale


def burdens_section(person: PersonReview, content: Content) -> str:
    """The headline total and how it is read; a medicine a line with its score on each scale; what goes with them."""
    headline = headline_scale(content)
    order = sorted(person.burdens, key=lambda name: name != headline)  # the headline first, then as content has them
    parts = ["## Burdens", ""]
    if headline in person.burdens:
        parts += [paragraph(_headline(person.burdens[headline], content)), ""]
    if any(burden.items for burden in person.burdens.values()) or person.constipating.items:
        parts += [_side_by_side(person, order, content), ""]
        parts.append(paragraph(_legend([person.burdens[name] for name in order], content)))
        parts.append("")
    parts += [bullet(line) for line in _remarks(person, order, content)]
    options = [_option(option, content) for option in person.lower_burden if option.group in content.lower_burden]
    if options:
        parts += ["", "### Options with a lower burden, to discuss with the person and the prescriber", "", *options]
    return "\n".join(parts).rstrip()


def _headline(burden: Burden, content: Content) -> str:
    scale = content.scales.get(burden.scale)
    title = scale.title if scale is not None else burden.scale
    total = f"**{escape(title)} ({burden.version}): {range_in_words(burden.total)}.**"
    return f"{total} {_reading(burden, scale)} {escape(scale.limits)}".rstrip() if scale is not None else total


def _reading(burden: Burden, scale: Scale) -> str:
    """What the total is read as; both readings where a line that was not recognised decides between them."""
    low, high = bands_of(burden, scale)
    if high is None:
        return ""
    said = _sentence(high.says)
    if low == high:
        return said
    least = _sentence(low.says) if low is not None else "Below the first band."
    return f"{least} If the lines that were not recognised score highest: {said}"


def _sentence(text: str) -> str:
    return escape(f"{text[:1].upper()}{text[1:].rstrip('.')}.")


def _side_by_side(person: PersonReview, order: Sequence[str], content: Content) -> str:
    """A medicine a line; a dash where the scale does not list it."""
    rows_of: dict[str, BurdenItem] = {}
    for items in (*(person.burdens[name].items for name in order), person.constipating.items):
        for item in items:
            rows_of.setdefault(item.ingredient, item)
    header = ("Medicine (row)", *(escape(short_name(name, content)) for name in order), "Bowel")
    rows = []
    for name, first in sorted(rows_of.items(), key=lambda pair: (pair[1].row, pair[0])):
        scores = [_points(name, person.burdens[scale].items) for scale in order]
        bowel = _points(name, person.constipating.items)
        if any(score not in (_NOT_LISTED, "0") for score in (*scores, bowel)):
            when = ", when required" if first.prn else ""
            rows.append((escape(f"{name} ({first.row}{when})"), *scores, bowel))
    totals = [person.burdens[name] for name in order]
    rows.append(("**Total**", *(f"**{range_in_words(burden.total)}**" for burden in totals), ""))
    if any(burden.without_prn not in (None, burden.total) for burden in totals):
        without = (range_in_words(it.without_prn) if it.without_prn is not None else "" for it in totals)
        rows.append(("Without when-required", *without, ""))
    return table(header, rows)


def _points(name: str, items: Sequence[BurdenItem]) -> str:
    return next((str(item.score) for item in items if item.ingredient == name), _NOT_LISTED)


def _legend(burdens: Sequence[Burden], content: Content) -> str:
    named = [
        f"{short_name(burden.scale, content)}: {held.title}, {burden.version}"
        for burden in burdens
        if (held := content.scales.get(burden.scale)) is not None
    ]
    return escape(
        f"{'; '.join(named)}. A dash: not on this scale, so not scored, and no zero. Medicines with 0 everywhere are "
        "left out. Scales are never added together. Bowel: constipating level, 1 to 3, this project's own grade, "
        "not validated, never added up."
    )


def _remarks(person: PersonReview, order: Sequence[str], content: Content) -> list[str]:
    lines = []
    if person.unrecognised:
        many = len(person.unrecognised)
        what = "1 line was not recognised: it adds" if many == 1 else f"{many} lines were not recognised: they add"
        lines.append(f"{what} nothing to the low end of a total, and each the scale's highest score to the high end.")
    unlisted = person.burdens[order[0]].not_on_scale if order else ()
    if unlisted:
        lines.append(escape(f"Not on {short_name(order[0], content)}, so not scored: {listed(unlisted)}"))
    lines += [_reading_of_other(person.burdens[name], content) for name in order[1:]]
    lines += [_disagreement(it, content) for it in person.disagreements]
    load = person.constipating
    worst = f"highest level {load.max_level}; {load.count_level_2_3} of level 2 or 3" if load.items else "none found"
    lines.append(f"Constipating medicines: {worst}")
    lines += _shares(person)
    lines.append(_equivalents(person.equivalents, content))
    return [line for line in lines if line]


def _reading_of_other(burden: Burden, content: Content) -> str:
    scale = content.scales.get(burden.scale)
    said = _reading(burden, scale) if scale is not None else ""
    return f"{escape(short_name(burden.scale, content))} {range_in_words(burden.total)}: {said}" if said else ""


def _disagreement(found: Disagreement, content: Content) -> str:
    scores = ", ".join(f"{short_name(scale, content)} {score}" for scale, score in found.scores.items())
    return escape(f"Scales disagree by 2 points or more on {found.ingredient} (row {found.row}): {scores}")


def _shares(person: PersonReview) -> list[str]:
    if person.antipsychotic_percent is None:
        return []
    total = range_in_words(person.antipsychotic_percent, "%")
    said = f"{total}; without when-required: {range_in_words(person.antipsychotic_percent_without_prn, '%')}"
    if person.antipsychotic_percent == Interval(0.0, math.inf):
        said = "cannot be worked out from these lines"
    return [f"Antipsychotics as a share of the BNF maximum: {said}"]


def _equivalents(found: Sequence[EquivalentDose], content: Content) -> str:
    """Every method by its name; what is said of their limits once, where they all say the same."""
    held = [(it, content.equivalences[it.method]) for it in found if it.method in content.equivalences]
    said = [
        f"{method.title}: {dose_in_words(it.total, 'mg')} of {it.of} a day"
        + (f", without {listed(it.not_held)}, which that table lacks" if it.not_held else "")
        for it, method in held
    ]
    limits = " ".join(dict.fromkeys(method.limits for _, method in held))
    return escape(f"Secondary figures. {limits} {'; '.join(said)}") if said else ""


def _option(option: LowerBurdenOption, content: Content) -> str:
    group = content.lower_burden[option.group]
    bowel = f" Bowel: {group.bowel}" if group.bowel else ""
    names = listed(option.ingredients)
    said = f"{names[:1].upper()}{names[1:]}{rows_in_words(option.rows)}: {group.options}{bowel}"
    return bullet(escape(f"{said} (Support: {BASES[group.support.basis]}.)"))
