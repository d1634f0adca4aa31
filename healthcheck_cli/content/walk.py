"""Goes over everything that is loaded: what each thing is, where it stands, what it rests on, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    """One text that a user of the tool may read."""

    text: str
    place: Place


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
        yield Wording(wording.text, local.get(wording.text, wording.place))
    for overlay in content.overlays:
        yield from _texts(overlay.place, overlay.title, *(change.because for change in overlay.changes))


def _all_wordings(content: Content) -> Iterator[Wording]:
    for theme in content.themes.values():
        yield from _texts(theme.place, theme.title, theme.plain_words)
        texts = [text.text for text in (theme.why, theme.carer_advice) if text is not None]
        yield from _texts(theme.place, *texts, *(resource.title for resource in theme.resources))
    for section in content.sections:
        yield from _texts(section.place, section.title, section.intro)
    for question in content.questions.values():
        yield from _texts(question.place, question.ask, question.help, *question.labels.values())
        yield from _texts(question.place, question.why, question.easy_read, question.signs)
    for fact in content.facts.values():
        yield Wording(fact.title, fact.place)
    for group in content.problem_groups.values():
        yield Wording(group.title, group.place)
    for medicine_class in content.classes.values():
        yield from _texts(medicine_class.place, medicine_class.title, medicine_class.traps)
    for score in content.scores.values():
        bands = (*score.bands, *(score.other_bands.bands if score.other_bands is not None else ()))
        yield from _texts(score.place, score.title, score.younger, score.note, *(band.says for band in bands))
    for cross_check in content.cross_checks.values():
        yield Wording(cross_check.says, cross_check.place)
    for adjustment in content.adjustments.values():
        yield Wording(adjustment.term, adjustment.place)
    yield from (it for code in content.codes_to_record.values() for it in _texts(code.place, code.term, code.because))
    yield from _medicine_wordings(content)
    for rule in content.rules.values():
        yield from _texts(rule.place, rule.title, rule.says, rule.not_for, rule.population)
        for action in rule.actions:
            yield from _texts(rule.place, action.do, action.easy_read)


def _medicine_wordings(content: Content) -> Iterator[Wording]:
    for scale in content.scales.values():
        yield from _texts(scale.place, scale.title, scale.unlisted, scale.limits, *(band.says for band in scale.bands))
    for method in content.equivalences.values():
        yield from _texts(method.place, method.title, method.limits)
    for options in content.lower_burden.values():
        yield from _texts(options.place, options.title, options.options, options.bowel)
    for effect in content.theme_effects.values():
        yield from _texts(effect.place, effect.title, effect.why, effect.ask)
    for test in content.monitoring.values():
        yield from _texts(test.place, test.title, test.note, *(threshold.says for threshold in test.thresholds))
    for indicator in content.indicators.values():
        yield from _texts(indicator.place, indicator.title, indicator.unanswered, indicator.note)
        yield from _texts(indicator.place, *(figure.note for figure in indicator.figures))
    for series in content.national_series.values():
        yield from _texts(series.place, series.title, series.of, *(it.says for it in series.breaks))
    for reasons in content.usual_reasons.values():
        yield Wording(reasons.title, reasons.place)
    for setting in content.settings.values():
        yield Wording(setting.title, setting.place)


def _texts(place: Place, *texts: str) -> Iterator[Wording]:
    return (Wording(text, place) for text in texts if text)
