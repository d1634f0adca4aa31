"""The parts of the plan about what is not known: what could not be assessed, by what to ask, and the answers given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import PRESSING, Content, Level, Question
from healthcheck_cli.fact_words import rows_in_words
from healthcheck_cli.findings import NotAssessed, PersonReview
from healthcheck_cli.interview.written import STATE_WORDS, answer_in_words
from healthcheck_cli.plans.plan_page import AnswerLine, AnswerSection, Gap, GapGroup, GapsPart, WaitingRule
from healthcheck_cli.plans.plan_sources import PlanSources
from healthcheck_cli.plans.what_is_missing import in_words, missing_in_words, place_of
from healthcheck_cli.plans.words import counted, day_in_words
from healthcheck_cli.record import Answer, AnswerState, PartialDate, date_in_words

_ROW_END = "\n"
_ROWS_NAMED = 20
_TOO_OLD = ": too old to use"
_NO_LONGER_ASKED = " (does not apply now, by what else is known)"


def gaps_part(person: PersonReview, content: Content) -> GapsPart | None:
    """Everything that is not known and that a rule waits for, by where it is to be asked; None where nothing is open.

    A rule stands under each thing that it waits for. Sections come in the order of the check, the lists after them.
    """
    remarks = _remarks(person)
    if not person.could_not_assess and not remarks:
        return None
    places: dict[str, dict[str, dict[str, NotAssessed]]] = {}
    alone = set()
    for rule in person.could_not_assess:
        if len(missing_in_words(rule, person, content)) == 1:
            alone.add(rule.rule)
        for fact in rule.missing:
            words = in_words(fact, person, content)
            where = place_of(fact, person, content)
            places.setdefault(where, {}).setdefault(words, {})[rule.rule] = rule
    order = [section.title for section in content.sections]
    ordered = sorted(places, key=lambda where: (order.index(where) if where in order else len(order), where))
    return GapsPart(
        rules=len(person.could_not_assess),
        urgent=tuple((it.rule, it.title) for it in person.could_not_assess if it.level is Level.URGENT),
        groups=tuple(_group(where, places[where], alone) for where in ordered),
        remarks=remarks,
    )


def _group(where: str, things: Mapping[str, Mapping[str, NotAssessed]], alone: set[str]) -> GapGroup:
    by_level: dict[Level, list[Gap]] = {level: [] for level in PRESSING}
    lesser: list[str] = []
    lesser_rules: set[str] = set()
    for words, rules in things.items():
        ordered = sorted(rules.values(), key=lambda it: (it.level.rank, it.rule))
        if ordered[0].level in by_level:
            by_level[ordered[0].level].append(
                Gap(words, tuple(WaitingRule(it.rule, it.rule in alone) for it in ordered))
            )
        else:
            lesser.append(words)
            lesser_rules.update(rules)
    urgent, high = (tuple(sorted(by_level[it], key=lambda gap: (-len(gap.rules), gap.ask))) for it in PRESSING)
    return GapGroup(where, urgent, high, tuple(sorted(lesser)), tuple(sorted(lesser_rules)))


def _remarks(person: PersonReview) -> tuple[str, ...]:
    remarks = (
        (person.unmatched_problems, ("problem has", "problems have"), "neither a known code nor a known term"),
        (
            person.unmatched_observations,
            ("observation has", "observations have"),
            "neither a known name nor a known code",
        ),
        (person.unread_observations, ("observation has", "observations have"), "a value that cannot be read"),
    )
    return tuple(
        f"{counted(len(rows), *have)} {what}; please read by eye{_first_in_words(rows)}"
        for rows, have, what in remarks
        if rows
    )


def _first_in_words(rows: Iterable[int]) -> str:
    """Row numbers in brackets; of many, as in a whole GP record, the first."""
    found = sorted(set(rows))
    if len(found) <= _ROWS_NAMED:
        return rows_in_words(found)
    named = ", ".join(map(str, found[:_ROWS_NAMED]))
    return f" (rows {named} and {len(found) - _ROWS_NAMED} more)"


def answer_sections(sources: PlanSources) -> tuple[AnswerSection, ...]:
    """Every answer of the check by section, those without a value included; answers to no known question at the end.

    An answer to a question that another answer has taken off the list since then stays, and is marked.
    """
    answers, questions = sources.answers, sources.content.questions
    sections = []
    for section in sources.content.sections:
        given = [_answer_line(answers[it.id], it, sources) for it in section.questions if it.id in answers]
        if given:
            sections.append(AnswerSection(section.title, tuple(given)))
    others = tuple(_answer_line(answer, None, sources) for name, answer in answers.items() if name not in questions)
    return (*sections, AnswerSection("Others", others)) if others else tuple(sections)


def _answer_line(answer: Answer, question: Question | None, sources: PlanSources) -> AnswerLine:
    answered = answer.state is AnswerState.ANSWERED
    said = said_in_words(answer, question)
    if answered and answer.at is not None and (day := answer.at.date()) < sources.review.as_of:
        old = sources.content.is_too_old(answer.question, day, sources.review.as_of)
        said += f" (on {day_in_words(day)}{_TOO_OLD if old else ''})"
    if answered and question is not None and question.who is not None and sources.facts is not None:
        off = evaluate(question.who, sources.facts, sources.content.vocabulary) is Truth.FALSE
        said += _NO_LONGER_ASKED if off else ""
    return AnswerLine(
        question=question.ask if question is not None else answer.question,
        answer=said,
        said_by=answer.answered_by,
        missing=not answered,
    )


def said_in_words(answer: Answer, question: Question | None) -> str:
    """What was answered, or why there is no answer, with the note beside it. The rows of a table follow each other."""
    note = f" (note: {answer.note})" if answer.note.strip() else ""
    if answer.state is not AnswerState.ANSWERED:
        return f"{STATE_WORDS[answer.state]}{note}"
    said = answer_in_words(question, answer) if question is not None else _value(answer)
    return f"{said.replace(_ROW_END, '; ')}{note}"


def _value(answer: Answer) -> str:
    """The answer to a question that the content does not hold."""
    value = answer.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PartialDate):
        return date_in_words(value)
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, it.values())) if isinstance(it, Mapping) else it.replace("_", " ") for it in value
        )
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
