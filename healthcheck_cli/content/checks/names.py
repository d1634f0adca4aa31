"""Names that must exist: themes, sources, questions, classes, tags, problem groups, scales, rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.diagnostics import Diagnostic, Severity, nearest
from healthcheck_cli.content.medicine_models import (
    HEADLINE_SCALE,
    LowerBurden,
    Medicine,
    Product,
    ThemeEffect,
    class_name_of,
)
from healthcheck_cli.content.models import Content, Question, Rule
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.walk import supported

_NOT_A_FACT = "medicines."
"""What begins so in ``missing:`` is about the medicine list, not a fact."""


def _unknown(kind: str, name: str, known: Collection[str], place: Place, where: str) -> Iterator[Diagnostic]:
    if name not in known:
        message = f"{where} names the {kind} '{name}', and there is none"
        yield Diagnostic(place, f"unknown-{kind.replace(' ', '-')}", message, nearest(name, known))


def _sources(content: Content, _: date) -> Iterator[Diagnostic]:
    for thing in supported(content):
        for source in thing.support.sources:
            yield from _unknown("source", source, content.sources, thing.place, thing.id)


def _themes(content: Content, _: date) -> Iterator[Diagnostic]:
    things: tuple[Rule | Question, ...] = (*content.rules.values(), *content.questions.values())
    for thing in things:
        for theme in thing.themes:
            yield from _unknown("theme", theme, content.themes, thing.place, thing.id)


def _questions_not_yet_asked(content: Content, _: date) -> Iterator[Diagnostic]:
    asked = content.questions
    absent: Counter[str] = Counter()
    for fact in content.facts.values():
        named = (fact.question, *fact.answers, *fact.told_in)
        absent.update(name for name in named if name and name not in asked)
    if absent:
        message = f"{len(absent)} questions that facts come from are in no section yet"
        yield Diagnostic(Place("checklists/facts"), "question-not-asked", message, severity=Severity.NOTE)


def _problem_groups(content: Content, _: date) -> Iterator[Diagnostic]:
    for fact in content.facts.values():
        if fact.problem:
            yield from _unknown("problem group", fact.problem, content.problem_groups, fact.place, fact.name)


def _rules(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for other in rule.supersedes:
            yield from _unknown("rule", other, content.rules, rule.place, rule.id)
        for name in rule.asks_a_review_of:
            yield from _unknown("class", name, content.vocabulary.classes, rule.place, rule.id)


def _examples(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for example in rule.examples:
            given = example.record.get("facts", {})
            missing = [name for name in example.missing if not name.startswith(_NOT_A_FACT)]
            for name in (*given, *missing):
                yield from _unknown("fact", name, content.facts, example.place, f"an example of {rule.id}")
            for name in example.record.get("answers", {}):
                yield from _unknown("question", name, content.questions, example.place, f"an example of {rule.id}")


def _classes(content: Content, _: date) -> Iterator[Diagnostic]:
    tags = {tag for medicine in content.medicines.values() for tag in medicine.tags}
    for found in content.classes.values():
        where = f"the class {found.id}"
        for tag in found.tags:
            yield from _unknown("tag", tag, tags, found.place, where)
        for name in (*found.any_of, *found.but_not):
            yield from _unknown("class", name, content.classes, found.place, where)
        for name in (*found.medicines, *found.but_not_medicines, *found.daily_mg_at_least):
            yield from _unknown("medicine", name, content.medicines, found.place, where)
        for name in found.scored_at_least:
            yield from _unknown("scale", name, content.scales, found.place, where)


def _class_hides_medicine(content: Content, _: date) -> Iterator[Diagnostic]:
    medicines = {class_name_of(name): name for name in content.medicines}
    for found in content.classes.values():
        if found.id in medicines:
            message = f"the class {found.id} has the name of a medicine, which is a class by itself"
            yield Diagnostic(found.place, "class-hides-medicine", message, "give the class another name, or remove it")


def _products(content: Content, _: date) -> Iterator[Diagnostic]:
    for product in content.products.values():
        for name in product.ingredients:
            yield from _unknown("medicine", name, content.medicines, product.place, product.name)


def _scales(content: Content, _: date) -> Iterator[Diagnostic]:
    named: tuple[Medicine | Product, ...] = (*content.medicines.values(), *content.products.values())
    for scored in named:
        for score in scored.scores:
            yield from _unknown("scale", score.scale, content.scales, scored.place, scored.name)
            scale = content.scales.get(score.scale)
            if scale is not None and not 0 <= score.value <= scale.most:
                message = f"{scored.name} scores {score.value} on {scale.id}, which goes from 0 to {scale.most}"
                yield Diagnostic(scored.place, "score-out-of-range", message)


def _groups(content: Content, _: date) -> Iterator[Diagnostic]:
    groups: tuple[LowerBurden | ThemeEffect, ...] = (*content.lower_burden.values(), *content.theme_effects.values())
    for group in groups:
        for name in group.classes:
            yield from _unknown("class", name, content.classes, group.place, group.id)
        for name in group.medicines:
            yield from _unknown("medicine", name, content.medicines, group.place, group.id)
    for effect in content.theme_effects.values():
        yield from _unknown("theme", effect.theme, content.themes, effect.place, effect.id)


def _usual_reasons(content: Content, _: date) -> Iterator[Diagnostic]:
    for group in content.usual_reasons.values():
        for name in group.classes:
            yield from _unknown("class", name, content.vocabulary.classes, group.place, group.id)
        for name in (*group.reasons, *group.old_reasons):
            yield from _unknown("fact", name, content.facts, group.place, group.id)


def _adjustments(content: Content, _: date) -> Iterator[Diagnostic]:
    questions = content.questions
    for adjustment in content.adjustments.values():
        for theme in adjustment.themes:
            yield from _unknown("theme", theme, content.themes, adjustment.place, adjustment.id)
        for name, answers in adjustment.answers.items():
            yield from _unknown("question", name, questions, adjustment.place, adjustment.id)
            offered = _offered(questions[name]) if name in questions else answers
            for answer in answers:
                yield from _unknown("answer", answer, offered, adjustment.place, adjustment.id)


def _offered(question: Question) -> tuple[str, ...]:
    return question.values or (("yes", "no") if question.type == "yn" else ())


def _equivalents(content: Content, _: date) -> Iterator[Diagnostic]:
    for method in content.equivalences.values():
        for name in (method.of, *(name for of_route in method.amounts.values() for name in of_route)):
            yield from _unknown("medicine", name, content.medicines, method.place, method.id)


def _codes(content: Content, _: date) -> Iterator[Diagnostic]:
    for table in content.code_tables.values():
        for code, names in table.medicines.items():
            for name in names:
                yield from _unknown("medicine", name, content.medicines, table.place, f"the code {code}")


def _named_scales(content: Content, _: date) -> Iterator[Diagnostic]:
    for scale in content.scales.values():
        if scale.earlier_edition_of:
            yield from _unknown("scale", scale.earlier_edition_of, content.scales, scale.place, scale.id)
    setting = content.settings.get(HEADLINE_SCALE)
    if setting is not None:
        yield from _unknown("scale", setting.value, content.scales, setting.place, setting.id)


NEEDED = (
    Check("every theme of a rule or question exists", _themes),
    Check("every problem group of a fact exists", _problem_groups),
    Check("classes name only tags, classes and medicines that exist", _classes),
    Check("every ingredient of a product is a medicine", _products),
    Check("every score is on a scale that exists, and within it", _scales),
    Check("options and theme effects name only classes, medicines and themes that exist", _groups),
    Check("usual reasons name only classes and facts that exist", _usual_reasons),
    Check("equivalents name only medicines that exist", _equivalents),
    Check("code tables name only medicines that exist", _codes),
    Check("scales and settings name only scales that exist", _named_scales),
)
"""Names without which a review could not be made: loading refuses content that breaks one of these."""

CHECKS = (
    Check("every source that is cited is in drug_rules/sources.yaml", _sources),
    Check("questions that facts come from and no section asks yet are counted", _questions_not_yet_asked),
    Check("rules name only rules and classes that exist", _rules),
    Check("examples name only facts and questions that exist", _examples),
    Check("no class has the name of a medicine", _class_hides_medicine),
    Check("adjustments name only questions, answers and themes that exist", _adjustments),
)
"""The rest."""
