"""Goes over everything that is loaded: what each thing is, where it stands, what it rests on, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from healthcheck_cli.content.models import Content, Theme
from healthcheck_cli.content.monitoring_models import FirstTest, Interval, MonitoringTest, Threshold
from healthcheck_cli.content.overlay_models import ChangeKind
from healthcheck_cli.content.support import Place, Support


@dataclass(frozen=True)
class Supported:
    """One thing that rests on sources: its kind in a word, its id, its place and its support."""

    kind: str
    id: str
    place: Place
    support: Support


@dataclass(frozen=True)
class Wording:
    """One text that a user of the tool may read: the record it is in begins at ``place``, and has it under ``key``."""

    text: str
    place: Place
    key: str


def supported(content: Content) -> Iterator[Supported]:
    """Everything with a basis of its own. Parts of a medicine are named after it: ``risperidone maximum oral``."""
    for theme in content.themes.values():
        yield from _supported_theme(theme)
    for question in content.questions.values():
        yield Supported("question", question.id, question.place, question.support)
    for fact in content.facts.values():
        yield Supported("fact", fact.name, fact.place, fact.support)
    for group in content.problem_groups.values():
        yield Supported("problem group", group.id, group.place, group.support)
    for score in content.scores.values():
        yield Supported("check score", score.id, score.place, score.support)
        for number, band in enumerate(score.bands, start=1):
            if band.support is not score.support:
                yield Supported("check score", f"{score.id}-band-{number}", score.place, band.support)
    for cross_check in content.cross_checks.values():
        yield Supported("cross check", cross_check.id, cross_check.place, cross_check.support)
    yield from _supported_codes(content)
    yield from _supported_easy_read(content)
    for test in content.monitoring.values():
        yield from _supported_monitoring(test)
    yield from _supported_indicators(content)
    yield from _supported_medicines(content)
    for rule in content.rules.values():
        yield Supported("rule", rule.id, rule.place, rule.support)


def _supported_theme(theme: Theme) -> Iterator[Supported]:
    yield Supported("theme", theme.id, theme.place, theme.support)
    for key, text in (("why", theme.why), ("carer_advice", theme.carer_advice)):
        if text is not None:
            yield Supported("theme text", f"{theme.id} {key}", theme.place, text.support)
    for resource in theme.resources:
        yield Supported("resource", f"{theme.id} {resource.title}", theme.place, resource.support)


def _supported_codes(content: Content) -> Iterator[Supported]:
    for adjustment in content.adjustments.values():
        yield Supported("adjustment", adjustment.id, adjustment.place, adjustment.support)
    for code in content.codes_to_record.values():
        yield Supported("code to record", code.id, code.place, code.support)


def _supported_easy_read(content: Content) -> Iterator[Supported]:
    for good in content.going_well.values():
        yield Supported("going well", good.id, good.place, good.support)
    for helper in content.helpers.values():
        yield Supported("helper", helper.owner, helper.place, helper.support)
    for sign in content.emergency_signs.values():
        yield Supported("emergency sign", sign.id, sign.place, sign.support)
    for soft in content.soft_signs.values():
        yield Supported("soft sign", soft.id, soft.place, soft.support)
    for picture in content.pictures.values():
        yield Supported("picture", picture.id, picture.place, picture.support)


def _supported_monitoring(test: MonitoringTest) -> Iterator[Supported]:
    """The row, and those of its parts that rest on something else."""
    yield Supported("monitoring test", test.id, test.place, test.support)
    parts: dict[str, tuple[FirstTest | Interval | Threshold, ...]] = {
        "first": test.first,
        "interval": test.intervals,
        "threshold": test.thresholds,
    }
    for name, of_kind in parts.items():
        for number, part in enumerate(of_kind, start=1):
            if part.support is not test.support:
                yield Supported("monitoring test", f"{test.id}-{name}-{number}", test.place, part.support)


def _supported_indicators(content: Content) -> Iterator[Supported]:
    for indicator in content.indicators.values():
        yield Supported("indicator", indicator.id, indicator.place, indicator.support)
        for figure in indicator.figures:
            yield Supported("national figure", f"{indicator.id} {figure.period}", indicator.place, figure.support)
    for series in content.national_series.values():
        yield Supported("national series", series.id, series.place, series.support)


def _supported_medicines(content: Content) -> Iterator[Supported]:
    for medicine in content.medicines.values():
        place = medicine.place
        yield Supported("medicine", medicine.name, place, medicine.support)
        for maximum in medicine.maxima:
            yield Supported("maximum", f"{medicine.name} maximum {maximum.route}", place, maximum.support)
        for score in medicine.scores:
            yield Supported("score", f"{medicine.name} {score.scale}", place, score.support)
        if medicine.constipating_support is not None:
            yield Supported("constipating level", medicine.name, place, medicine.constipating_support)
    for product in content.products.values():
        yield Supported("product", product.name, product.place, product.support)
        for score in product.scores:
            yield Supported("score", f"{product.name} {score.scale}", product.place, score.support)
    for medicine_class in content.classes.values():
        yield Supported("class", medicine_class.id, medicine_class.place, medicine_class.support)
    yield from _supported_burden(content)


def _supported_burden(content: Content) -> Iterator[Supported]:
    for scale in content.scales.values():
        yield Supported("scale", scale.id, scale.place, scale.support)
        for band in scale.bands:
            yield Supported("band", f"{scale.id} from {band.at_least}", scale.place, band.support)
    for method in content.equivalences.values():
        yield Supported("equivalents", method.id, method.place, method.support)
    for options in content.lower_burden.values():
        yield Supported("lower burden", options.id, options.place, options.support)
    for effect in content.theme_effects.values():
        yield Supported("theme medicines", effect.id, effect.place, effect.support)
    for table in content.code_tables.values():
        yield Supported("code table", table.system, table.place, table.support)
    for reasons in content.usual_reasons.values():
        yield Supported("usual reasons", reasons.id, reasons.place, reasons.support)
    for setting in content.settings.values():
        yield Supported("setting", setting.id, setting.place, setting.support)


def wordings(content: Content) -> Iterator[Wording]:
    """Every text of the content that is shown to someone. What an overlay reworded has its place in the overlay."""
    local = {
        change.now: change.place for overlay in content.overlays for change in overlay.of_kind(ChangeKind.REWORDED)
    }
    for wording in _all_wordings(content):
        yield replace(wording, place=local.get(wording.text, wording.place))
    for overlay in content.overlays:
        yield from _texts(overlay.place, title=overlay.title, because=[change.because for change in overlay.changes])


def _all_wordings(content: Content) -> Iterator[Wording]:
    for theme in content.themes.values():
        texts = [text.text for text in (theme.why, theme.carer_advice) if text is not None]
        titles = [theme.title, *(resource.title for resource in theme.resources)]
        yield from _texts(theme.place, title=titles, plain_words=theme.plain_words, text=texts)
    for section in content.sections:
        yield from _texts(section.place, title=section.title, intro=section.intro)
    for question in content.questions.values():
        yield from _texts(question.place, ask=question.ask, help=question.help, labels=list(question.labels.values()))
        yield from _texts(question.place, why=question.why, easy_read=question.easy_read, signs=question.signs)
    yield from _check_wordings(content)
    yield from _medicine_wordings(content)
    for rule in content.rules.values():
        yield from _texts(rule.place, title=rule.title, says=rule.says)
        yield from _texts(rule.place, not_for=rule.not_for, population=rule.population)
        for action in rule.actions:
            yield from _texts(rule.place, do=action.do, easy_read=action.easy_read)


def _check_wordings(content: Content) -> Iterator[Wording]:
    for fact in content.facts.values():
        yield from _texts(fact.place, title=fact.title)
    for group in content.problem_groups.values():
        yield from _texts(group.place, title=group.title)
    for medicine_class in content.classes.values():
        yield from _texts(medicine_class.place, title=medicine_class.title, traps=medicine_class.traps)
    for score in content.scores.values():
        bands = (*score.bands, *(score.other_bands.bands if score.other_bands is not None else ()))
        says = [band.says for band in bands]
        yield from _texts(score.place, title=score.title, younger=score.younger, note=score.note, says=says)
    for cross_check in content.cross_checks.values():
        yield from _texts(cross_check.place, says=cross_check.says)
    for adjustment in content.adjustments.values():
        yield from _texts(adjustment.place, term=adjustment.term)
    for code in content.codes_to_record.values():
        yield from _texts(code.place, term=code.term, because=code.because)
    yield from _easy_read_wordings(content)


def _easy_read_wordings(content: Content) -> Iterator[Wording]:
    for good in content.going_well.values():
        yield from _texts(good.place, says=good.says)
    for helper in content.helpers.values():
        yield from _texts(helper.place, says=list(helper.says))
    for sign in content.emergency_signs.values():
        yield from _texts(sign.place, says=sign.says, of_another=sign.of_another)
    for soft in content.soft_signs.values():
        yield from _texts(soft.place, says=soft.says)
    for picture in content.pictures.values():
        yield from _texts(picture.place, shows=picture.shows)


def _medicine_wordings(content: Content) -> Iterator[Wording]:
    for scale in content.scales.values():
        says = [band.says for band in scale.bands]
        yield from _texts(scale.place, title=scale.title, unlisted=scale.unlisted, limits=scale.limits, says=says)
    for method in content.equivalences.values():
        yield from _texts(method.place, title=method.title, limits=method.limits)
    for options in content.lower_burden.values():
        yield from _texts(options.place, title=options.title, options=options.options, bowel=options.bowel)
    for effect in content.theme_effects.values():
        yield from _texts(effect.place, title=effect.title, why=effect.why, ask=effect.ask)
    for test in content.monitoring.values():
        says = [threshold.says for threshold in test.thresholds]
        yield from _texts(test.place, title=test.title, note=test.note, says=says)
    for indicator in content.indicators.values():
        notes = [indicator.note, *(figure.note for figure in indicator.figures)]
        yield from _texts(indicator.place, title=indicator.title, unanswered=indicator.unanswered, note=notes)
    for series in content.national_series.values():
        yield from _texts(series.place, title=series.title, of=series.of, says=[it.says for it in series.breaks])
    for reasons in content.usual_reasons.values():
        yield from _texts(reasons.place, title=reasons.title)
    for setting in content.settings.values():
        yield from _texts(setting.place, title=setting.title)


def _texts(place: Place, **texts: str | list[str]) -> Iterator[Wording]:
    """Those texts of the record at ``place`` that are there, each under its key."""
    for key, held in texts.items():
        for text in [held] if isinstance(held, str) else held:
            if text:
                yield Wording(text, place, key)
