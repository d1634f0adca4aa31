"""The part of the plan about burdens: each scale with what every medicine adds, never added together, and options."""

from __future__ import annotations

from collections.abc import Sequence

from healthcheck_cli.content.medicine_models import HEADLINE_SCALE, Scale
from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import range_in_words, rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.medicines.burden_read import bands_of
from healthcheck_cli.medicines.models import Burden, BurdenItem, Disagreement, LowerBurdenOption
from healthcheck_cli.plans.plan_page_medicines import BurdenPart, ScaleBars, ScaleItem
from healthcheck_cli.plans.words import BASES, listed

_MOST_CONSTIPATING = 3


def headline_scale(content: Content) -> str:
    """The scale of headlines and of the column beside each medicine: a setting. The first scale where none is set."""
    setting = content.settings.get(HEADLINE_SCALE)
    return setting.value if setting is not None else next(iter(content.scales), "")


def short_name(scale: str, content: Content) -> str:
    """What the head of a column calls a scale."""
    held = content.scales.get(scale)
    return (held.short or held.title) if held is not None else scale


def burden_part(person: PersonReview, content: Content) -> BurdenPart | None:
    """Every scale, the headline one first; the constipating medicines; where scales disagree; options to discuss.

    None where no medicine adds to any scale and every line was recognised.
    """
    headline = headline_scale(content)
    order = sorted(person.burdens, key=lambda name: name != headline)  # the headline first, then as content has them
    load = person.constipating
    adds = any(item.score for burden in person.burdens.values() for item in burden.items)
    if not adds and not load.items and not person.unrecognised:
        return None
    return BurdenPart(
        scales=tuple(_bars(person.burdens[name], content) for name in order),
        constipating=ScaleBars(
            short="Bowel",
            title="Constipating medicines: this project's own grade, not validated, never added up",
            total=f"highest level {load.max_level}, {load.count_level_2_3} of level 2 or 3"
            if load.items
            else "none found",
            reading="",
            items=_items(load.items),
            not_on_scale=(),
            most=_MOST_CONSTIPATING,
        ),
        disagreements=tuple(_disagreement(it, content) for it in person.disagreements),
        remarks=_remarks(person),
        options=tuple(_option(it, content) for it in person.lower_burden if it.group in content.lower_burden),
    )


def _bars(burden: Burden, content: Content) -> ScaleBars:
    scale = content.scales.get(burden.scale)
    without = burden.without_prn
    total = range_in_words(burden.total)
    if without is not None and without != burden.total:
        total += f" (without when-required: {range_in_words(without)})"
    return ScaleBars(
        short=short_name(burden.scale, content),
        title=f"{scale.title if scale is not None else burden.scale}, {burden.version}",
        total=total,
        reading=" ".join(part for part in (_reading(burden, scale), scale.limits) if part) if scale is not None else "",
        items=_items(burden.items),
        not_on_scale=burden.not_on_scale,
        most=scale.most if scale is not None else max((item.score for item in burden.items), default=0),
    )


def _items(items: Sequence[BurdenItem]) -> tuple[ScaleItem, ...]:
    """What adds to the scale, the highest first; what the scale lists with 0 adds nothing."""
    scored = sorted((it for it in items if it.score), key=lambda it: (-it.score, it.row, it.ingredient))
    return tuple(ScaleItem(it.ingredient, it.row, it.score, it.prn) for it in scored)


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
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _remarks(person: PersonReview) -> tuple[str, ...]:
    if not person.unrecognised:
        return ()
    many = len(person.unrecognised)
    what = "1 line was not recognised: it adds" if many == 1 else f"{many} lines were not recognised: they add"
    return (f"{what} nothing to the low end of a total, and each the scale's highest score to the high end.",)


def _disagreement(found: Disagreement, content: Content) -> str:
    scores = ", ".join(f"{short_name(scale, content)} {score}" for scale, score in found.scores.items())
    return f"Scales disagree by 2 points or more on {found.ingredient} (row {found.row}): {scores}"


def _option(option: LowerBurdenOption, content: Content) -> str:
    group = content.lower_burden[option.group]
    bowel = f" Bowel: {group.bowel}" if group.bowel else ""
    names = listed(option.ingredients)
    said = f"{names[:1].upper()}{names[1:]}{rows_in_words(option.rows)}: {group.options}{bowel}"
    return f"{said} (Support: {BASES[group.support.basis]}.)"
