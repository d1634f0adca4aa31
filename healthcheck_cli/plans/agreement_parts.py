"""The parts of the plan about its end: what was agreed with whom, codes to record, and who needs a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.adjustment_models import Adjustment
from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.plans.agreed_actions import AGREED, AgreedPart, agreed_actions, is_agreed
from healthcheck_cli.plans.citations import Citations
from healthcheck_cli.plans.finding_parts import planned_actions
from healthcheck_cli.plans.gap_parts import said_in_words
from healthcheck_cli.plans.plan_page import AgreementLine, CodeLine, CopyLine
from healthcheck_cli.plans.plan_sources import PlanSources
from healthcheck_cli.plans.plan_words import AGREED_HEADING, TO_AGREE_HEADING
from healthcheck_cli.plans.words import counted
from healthcheck_cli.record import Answer, AnswerState, AnswerValue

_SHARING = "consent.sharing"
_GIVEN = "hap.given"
_FLAG, _FLAG_CONSENT = "ra.flag_status", "ra.flag_consent"
_REFUSED = frozenset(("absent_declined", "refuses"))
_PERSON = "person"
_IN_THE_PRACTICE = frozenset(("gp", "practice nurse", "healthcare assistant", "pharmacist", "reception"))
_AGREED = (
    "consent.check_today",
    "consent.young_person",
    "consent.refused",
    "consent.capacity_doubt",
    "consent.capacity_outcome",
    "consent.best_interests",
    "consent.advocate",
    "consent.lpa_deputy",
    "consent.advance_refusal",
    AGREED,
    "hap.person_words",
    "hap.goal",
)
_NOT_ASKED = "not asked"
_NOT_RECORDED = "not recorded"
_GIVEN_TO = {"carer or provider": ("carer", "provider"), "learning disability nurse": ("ldn",)}


def agreed_part(sources: PlanSources) -> AgreedPart | None:
    """The actions that were agreed, with what was said of the plan; None where none were written down."""
    actions = agreed_actions(sources.answers)
    if not actions:
        return None
    question = sources.content.questions.get(AGREED)
    said = _agreed(question, sources.answers.get(AGREED)) if question is not None else None
    return AgreedPart(
        heading=AGREED_HEADING if is_agreed(sources.answers) else TO_AGREE_HEADING,
        said=f"{said.about} {_capital(said.answer)}." if said is not None else "",
        actions=actions,
    )


def code_lines(sources: PlanSources, cited: Citations) -> tuple[CodeLine, ...]:
    """What the answers call for a code for: of the check first, then of the adjustments flag.

    A code stands there only where a source that was read gives it. That an answer calls for it is this project's own.
    """
    return (*_of_the_check(sources, cited), *_of_the_flag(sources, cited))


def _of_the_check(sources: PlanSources, cited: Citations) -> Iterator[CodeLine]:
    facts, content = sources.facts, sources.content
    for it in content.codes_to_record.values():
        if facts is not None and evaluate(it.when, facts, content.vocabulary) is Truth.TRUE:
            not_yet = it.when_complete and bool(sources.hindrances)
            yield CodeLine(it.term, it.code, it.because, cited.support(it.support), not_yet)


def _of_the_flag(sources: PlanSources, cited: Citations) -> Iterator[CodeLine]:
    refused = _given(sources.answers.get(_FLAG)) & _REFUSED or _given(sources.answers.get(_FLAG_CONSENT)) & _REFUSED
    beside = "; the person does not want the flag" if refused else ""
    for it in sources.content.adjustments.values():
        asked = _asked(it, sources)
        if asked:
            because = f"the answer to: {'; '.join(asked)}{beside}"
            yield CodeLine(it.term, it.code if it.support.sources else "", because, cited.support(it.support))


def _asked(adjustment: Adjustment, sources: PlanSources) -> tuple[str, ...]:
    """The questions whose answers call for an adjustment."""
    questions = sources.content.questions
    return tuple(
        questions[name].ask
        for name, wanted in adjustment.answers.items()
        if name in questions and _given(sources.answers.get(name)) & set(wanted)
    )


def _given(answer: Answer | None) -> frozenset[str]:
    """The words that were answered: one for a choice, those ticked, yes or no."""
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return frozenset()
    value: AnswerValue | None = answer.value
    if isinstance(value, bool):
        return frozenset(("yes" if value else "no",))
    if isinstance(value, tuple):
        return frozenset(it for it in value if isinstance(it, str))
    return frozenset((value,)) if isinstance(value, str) else frozenset()


def copy_lines(person: PersonReview, answers: Mapping[str, Answer], content: Content) -> tuple[CopyLine, ...]:
    """Who needs a copy: the person, those outside the practice who have something to do, and who was named.

    Whether the person agreed is told only of those whom the answer names: nobody is taken for somebody else.
    """
    given = answers.get(_GIVEN)
    ticked = _given(given)
    silent = _NOT_RECORDED if given is None or given.state is not AnswerState.ANSWERED else "not ticked"
    lines = [CopyLine("The person", "it is their plan", "yes", "given" if _PERSON in ticked else silent)]
    told = {_PERSON}
    for owner, number in _tasks_outside(person):
        words = _GIVEN_TO.get(owner, ())
        told.update(words)
        has = "given" if ticked & set(words) else silent if words else _NOT_RECORDED
        lines.append(CopyLine(_capital(owner), f"{counted(number, 'action')} in this plan", _NOT_RECORDED, has))
    lines += [CopyLine(who, "named by the person", may, _NOT_RECORDED) for who, may in _named(answers.get(_SHARING))]
    labels = content.questions[_GIVEN].labels if _GIVEN in content.questions else {}
    others = sorted(ticked - told)
    lines += [CopyLine(_capital(labels.get(it, it)), "has one already", _NOT_RECORDED, "given") for it in others]
    return tuple(lines)


def _tasks_outside(person: PersonReview) -> list[tuple[str, int]]:
    """Who outside the practice has something to do, and how much."""
    tasks = Counter(it.owner for it in planned_actions(person) if it.owner not in _IN_THE_PRACTICE)
    return sorted(tasks.items(), key=lambda it: (-it[1], it[0]))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _named(sharing: Answer | None) -> Iterator[tuple[str, str]]:
    """The rows of the answer on sharing: who, and yes or no as it was written."""
    if sharing is None or not isinstance(sharing.value, tuple):
        return
    for row in sharing.value:
        if isinstance(row, Mapping):
            yield row.get("who", ""), row.get("share", "") or "not answered"


def agreement_lines(sources: PlanSources) -> tuple[AgreementLine, ...]:
    """Consent, capacity, best interests and the plan itself: what was answered, in the order of a conversation.

    A question that does not apply to the person is left out; one that was not asked is told as not asked.
    """
    questions = sources.content.questions
    asked = [questions[name] for name in _AGREED if name in questions]
    return tuple(_agreed(it, sources.answers.get(it.id)) for it in asked if _applies(it, sources))


def _agreed(question: Question, answer: Answer | None) -> AgreementLine:
    return AgreementLine(question.ask, said_in_words(answer, question) if answer is not None else _NOT_ASKED)


def _applies(question: Question, sources: PlanSources) -> bool:
    if question.id in sources.answers or question.who is None:
        return True
    facts = sources.facts
    return facts is not None and evaluate(question.who, facts, sources.content.vocabulary) is Truth.TRUE
