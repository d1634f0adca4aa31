"""Texts for the person and for those who care for them: are they easy enough to read?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.reading_ease import grade_of, sentences_of, words_of
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.value_places import ValueOf

FOR_THE_PERSON = (8, 20)
FOR_CARERS = (12, 25)
"""The hardest school grade, and the most words to a sentence. This project's own choice."""
_FEWEST_WORDS = 6
"""Of fewer words, one long word that cannot be done without lifts the grade too far to say anything."""
_CARERS = ("carer or provider",)


def _easy_read(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for action in rule.actions:
            yield from _too_hard(action.easy_read, "easy_read", rule.place, f"easy_read of {rule.id}", FOR_THE_PERSON)
    for question in content.questions.values():
        yield from _too_hard(
            question.easy_read, "easy_read", question.place, f"easy_read of {question.id}", FOR_THE_PERSON
        )


def _easy_read_records(content: Content, _: date) -> Iterator[Diagnostic]:
    for good in content.going_well.values():
        yield from _too_hard(good.says, "says", good.place, f"what goes well, {good.id}", FOR_THE_PERSON)
    for helper in content.helpers.values():
        for line in helper.says:
            yield from _too_hard(line, "says", helper.place, f"who the {helper.owner} is", FOR_THE_PERSON)
    for sign in content.emergency_signs.values():
        yield from _too_hard(sign.says, "says", sign.place, f"emergency sign {sign.id}", FOR_THE_PERSON)
        yield from _too_hard(sign.of_another, "of_another", sign.place, f"emergency sign {sign.id}", FOR_CARERS)
    for soft in content.soft_signs.values():
        yield from _too_hard(soft.says, "says", soft.place, f"soft sign {soft.id}", FOR_CARERS)


def _carer_advice(content: Content, _: date) -> Iterator[Diagnostic]:
    for theme in content.themes.values():
        if theme.carer_advice is not None:  # for families too, so as easy as what the person reads
            where = f"carer_advice of {theme.id}"
            yield from _too_hard(theme.carer_advice.text, "text", theme.place, where, FOR_THE_PERSON)
    for rule in content.rules.values():
        for action in rule.actions:
            if action.owner in _CARERS:
                yield from _too_hard(action.do, "do", rule.place, f"advice for carers of {rule.id}", FOR_CARERS)


def _too_hard(text: str, key: str, record: Place, where: str, limits: tuple[int, int]) -> Iterator[Diagnostic]:
    hardest, most_words = limits
    place = ValueOf.at(record, key, text)
    longest = max((len(words_of(sentence)) for sentence in sentences_of(text)), default=0)
    if longest > most_words:
        message = f"{where}: a sentence of {longest} words"
        yield Diagnostic(place, "hard-to-read", message, f"at most {most_words}: make two of it", Severity.WARNING)
    grade = grade_of(text)
    if grade > hardest and len(words_of(text)) >= _FEWEST_WORDS:
        message = f"{where}: reading grade {grade:.1f}"
        yield Diagnostic(place, "hard-to-read", message, f"at most {hardest}: use shorter words", Severity.WARNING)


CHECKS = (
    Check("what is read by the person is easy to read", _easy_read, Needs.NOTHING),
    Check("what stands on the pages in easy words is easy to read", _easy_read_records, Needs.NOTHING),
    Check("advice for carers is not hard to read", _carer_advice, Needs.NOTHING),
)
