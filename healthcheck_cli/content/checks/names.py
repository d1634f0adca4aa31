"""Names that must exist: themes, sources, questions, classes, tags, problem groups, scales, rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic, Severity, nearest
from healthcheck_cli.content.medicine_models import (
    HEADLINE_SCALE,
    LowerBurden,
    Medicine,
    Product,
    ThemeEffect,
    class_name_of,
)
from healthcheck_cli.content.models import Content, Example, Question, Rule
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.value_places import ValueOf
from healthcheck_cli.content.walk import supported

_NOT_A_FACT = "medicines."
"""What begins so in ``missing:`` is about the medicine list, not a fact."""


def unknown(kind: str, name: str, known: Collection[str], place: Place, where: str) -> Iterator[Diagnostic]:
    """A name that is not among those known. Where one of these could not be read, the name may be that one."""
    if name not in known and "" not in known:
        message = f"{where} names the {kind} '{name}', and there is none"
        yield Diagnostic(place, f"unknown-{kind.replace(' ', '-')}", message, nearest(name, known))


def _sources(content: Content, _: date) -> Iterator[Diagnostic]:
    for thing in supported(content):
        for source in thing.support.sources:
            yield from unknown("source", source, content.sources, ValueOf.at(thing.place, "sources", source), thing.id)


def _themes(content: Content, _: date) -> Iterator[Diagnostic]:
    things: tuple[Rule | Question, ...] = (*content.rules.values(), *content.questions.values())
    for thing in things:
        for theme in thing.themes:
            yield from unknown("theme", theme, content.themes, ValueOf.at(thing.place, "themes", theme), thing.id)


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
            place = ValueOf.at(fact.place, "group", fact.problem)
            yield from unknown("problem group", fact.problem, content.problem_groups, place, fact.name)


def _rules(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for other in rule.supersedes:
            yield from unknown("rule", other, content.rules, ValueOf.at(rule.place, "supersedes", other), rule.id)
        for name in rule.asks_a_review_of:
            place = ValueOf.at(rule.place, "asks_a_review_of", name)
            yield from unknown("class", name, content.vocabulary.classes, place, rule.id)


def _examples(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for example in rule.examples:
            given = _names_given(example, "facts")
            missing = [name for name in example.missing if not name.startswith(_NOT_A_FACT)]
            where = f"an example of {rule.id}"
            for name in given:
                yield from unknown("fact", name, content.facts, ValueOf.at(example.place, name), where)
            for name in missing:
                yield from unknown("fact", name, content.facts, ValueOf.at(example.place, "missing", name), where)
            for name in _names_given(example, "answers"):
                yield from unknown("question", name, content.questions, ValueOf.at(example.place, name), where)


def _names_given(example: Example, key: str) -> Iterable[str]:
    """The names under a key of an example; none where something else than a mapping stands there."""
    given = example.record.get(key)
    return given if isinstance(given, Mapping) else ()


def _classes(content: Content, _: date) -> Iterator[Diagnostic]:
    tags = {tag for medicine in content.medicines.values() for tag in medicine.tags}
    for found in content.classes.values():
        named: tuple[tuple[str, str, Collection[str], Iterable[str]], ...] = (
            ("tag", "tags", tags, found.tags),
            ("class", "any_of", content.classes, found.any_of),
            ("class", "but_not", content.classes, found.but_not),
            ("medicine", "medicines", content.medicines, found.medicines),
            ("medicine", "but_not_medicines", content.medicines, found.but_not_medicines),
            ("medicine", "daily_mg_at_least", content.medicines, found.daily_mg_at_least),
            ("scale", "scored_at_least", content.scales, found.scored_at_least),
        )
        for kind, key, known, names in named:
            for name in names:
                yield from unknown(kind, name, known, ValueOf.at(found.place, key, name), f"the class {found.id}")


def _class_hides_medicine(content: Content, _: date) -> Iterator[Diagnostic]:
    medicines = {class_name_of(name): name for name in content.medicines}
    for found in content.classes.values():
        if found.id in medicines:
            message = f"the class {found.id} has the name of a medicine, which is a class by itself"
            yield Diagnostic(found.place, "class-hides-medicine", message, "give the class another name, or remove it")


def _products(content: Content, _: date) -> Iterator[Diagnostic]:
    for product in content.products.values():
        for name in product.ingredients:
            place = ValueOf.at(product.place, "ingredients", name)
            yield from unknown("medicine", name, content.medicines, place, product.name)


def _scales(content: Content, _: date) -> Iterator[Diagnostic]:
    named: tuple[Medicine | Product, ...] = (*content.medicines.values(), *content.products.values())
    for scored in named:
        for score in scored.scores:
            place = ValueOf.at(scored.place, "scale", score.scale)
            yield from unknown("scale", score.scale, content.scales, place, scored.name)
            scale = content.scales.get(score.scale)
            if scale is not None and not 0 <= score.value <= scale.most:
                message = f"{scored.name} scores {score.value} on {scale.id}, which goes from 0 to {scale.most}"
                place = ValueOf.at(scored.place, "value", score.value, beside=("scale", score.scale))
                yield Diagnostic(place, "score-out-of-range", message)


def _groups(content: Content, _: date) -> Iterator[Diagnostic]:
    groups: tuple[LowerBurden | ThemeEffect, ...] = (*content.lower_burden.values(), *content.theme_effects.values())
    for group in groups:
        for name in group.classes:
            yield from unknown("class", name, content.classes, ValueOf.at(group.place, "classes", name), group.id)
        for name in group.medicines:
            place = ValueOf.at(group.place, "medicines", name)
            yield from unknown("medicine", name, content.medicines, place, group.id)
    for effect in content.theme_effects.values():
        yield from unknown("theme", effect.theme, content.themes, ValueOf.at(effect.place, "theme"), effect.id)


def _usual_reasons(content: Content, _: date) -> Iterator[Diagnostic]:
    for group in content.usual_reasons.values():
        for name in group.classes:
            place = ValueOf.at(group.place, "classes", name)
            yield from unknown("class", name, content.vocabulary.classes, place, group.id)
        for key, names in (("reasons", group.reasons), ("old_reasons", group.old_reasons)):
            for name in names:
                yield from unknown("fact", name, content.facts, ValueOf.at(group.place, key, name), group.id)


def _adjustments(content: Content, _: date) -> Iterator[Diagnostic]:
    questions = content.questions
    for adjustment in content.adjustments.values():
        for theme in adjustment.themes:
            place = ValueOf.at(adjustment.place, "themes", theme)
            yield from unknown("theme", theme, content.themes, place, adjustment.id)
        for name, answers in adjustment.answers.items():
            place = ValueOf.at(adjustment.place, "answers", name)
            yield from unknown("question", name, questions, place, adjustment.id)
            offered = _offered(questions[name]) if name in questions else answers
            for answer in answers:
                place = ValueOf.at(adjustment.place, name, answer)
                yield from unknown("answer", answer, offered, place, adjustment.id)


def _easy_read(content: Content, _: date) -> Iterator[Diagnostic]:
    for good in content.going_well.values():
        where = ValueOf.at(good.place, "question", good.question)
        yield from unknown("question", good.question, content.questions, where, good.id)
        where = ValueOf.at(good.place, "picture", good.picture)
        yield from unknown("picture", good.picture, content.pictures, where, good.id)
        asked = content.questions.get(good.question)
        offered = _offered(asked) if asked is not None else good.values
        for answer in good.values:
            yield from unknown("answer", answer, offered, ValueOf.at(good.place, "is", answer), good.id)


def _offered(question: Question) -> tuple[str, ...]:
    return question.values or (("yes", "no") if question.type == "yn" else ())


def _equivalents(content: Content, _: date) -> Iterator[Diagnostic]:
    for method in content.equivalences.values():
        yield from unknown("medicine", method.of, content.medicines, ValueOf.at(method.place, "of"), method.id)
        for name in (name for of_route in method.amounts.values() for name in of_route):
            yield from unknown("medicine", name, content.medicines, ValueOf.at(method.place, name), method.id)


def _codes(content: Content, _: date) -> Iterator[Diagnostic]:
    for table in content.code_tables.values():
        for code, names in table.medicines.items():
            for name in names:
                place = ValueOf.at(table.place, code, name)
                yield from unknown("medicine", name, content.medicines, place, f"the code {code}")


def _named_scales(content: Content, _: date) -> Iterator[Diagnostic]:
    for scale in content.scales.values():
        if scale.earlier_edition_of:
            place = ValueOf.at(scale.place, "earlier_edition_of")
            yield from unknown("scale", scale.earlier_edition_of, content.scales, place, scale.id)
    setting = content.settings.get(HEADLINE_SCALE)
    if setting is not None:
        yield from unknown("scale", setting.value, content.scales, ValueOf.at(setting.place, "value"), setting.id)


NEEDED = (
    Check("every theme of a rule or question exists", _themes, Needs.NAMES),
    Check("every problem group of a fact exists", _problem_groups, Needs.NAMES),
    Check("classes name only tags, classes and medicines that exist", _classes, Needs.NAMES),
    Check("every ingredient of a product is a medicine", _products, Needs.NAMES),
    Check("every score is on a scale that exists, and within it", _scales, Needs.NAMES),
    Check("options and theme effects name only classes, medicines and themes that exist", _groups, Needs.NAMES),
    Check("usual reasons name only classes and facts that exist", _usual_reasons, Needs.NAMES),
    Check("equivalents name only medicines that exist", _equivalents, Needs.NAMES),
    Check("code tables name only medicines that exist", _codes, Needs.NAMES),
    Check("scales and settings name only scales that exist", _named_scales, Needs.NAMES),
)
"""Names without which a review could not be made (see needed.py)."""

CHECKS = (
    Check("every source that is cited is in drug_rules/sources.yaml", _sources, Needs.NAMES),
    Check("questions that facts come from and no section asks yet are counted", _questions_not_yet_asked),
    Check("rules name only rules and classes that exist", _rules, Needs.NAMES),
    Check("examples name only facts and questions that exist", _examples, Needs.NAMES),
    Check("no class has the name of a medicine", _class_hides_medicine, Needs.NAMES),
    Check("what goes well names only questions, answers and pictures that exist", _easy_read, Needs.NAMES),
    Check("adjustments name only questions, answers and themes that exist", _adjustments, Needs.NAMES),
)
"""The rest."""
