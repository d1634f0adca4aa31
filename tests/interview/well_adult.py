"""A man of 47 with a mild learning disability and nothing wrong, walked through the check: how much it asks of him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from healthcheck_cli.cli.check_services import Services
from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.interview.entry import read_entry
from healthcheck_cli.interview.one_key import answering_keys
from healthcheck_cli.interview.outcomes import Accepted, Unsure
from healthcheck_cli.interview.prompts import Mode, Prompt
from healthcheck_cli.interview.route import Route, sections_for
from healthcheck_cli.interview.saved import Check
from healthcheck_cli.live_review import LiveReview
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, Record

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
TYPED = {
    "demo.dob": "2.4.79",
    "demo.sex_registered": "2",
    "reg.level": "mild",
    "sys.cough": "no",
    "alc.how_often": "nev",
    "swallow.iddsi_food": "7 r",
    "meas.weight": "72kg",
    "meas.height": "175",
    "meas.waist": "84",
    "meas.bp_sys": "124/76",
    "meas.pulse_rate": "70",
    "bowel.per_week": "7",
    "bowel.days_since": "0",
    "bowel.type": "4",
}
WELL = ("no", "none", "never", "never_smoked", "not_needed", "agrees", "alone", "independent", "normal", "all", "yes")


@dataclass(frozen=True)
class Walk:
    """What was asked, in order, and how many keys were pressed, Enter among them; ``at_once`` is with --one-key."""

    asked: tuple[str, ...]
    keys: int
    at_once: int


def walk(content: Content, route_name: str) -> Walk:
    """Go through one route with the shortest answers that say that nothing is wrong, or u where none does."""
    check = Check("1", "", NOW, "1", "a")
    adviser = LiveReview(Services(content).reviewer, check, Record(), check.day)
    route = Route(sections_for(content.sections, route_name), adviser.applies)
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    keys = at_once = 0
    question = route.first_open(answers)
    while question is not None:
        typed = _typed(question)
        asked.append(question.id)
        keys += len(typed) + 1
        at_once += len(typed) + (typed not in answering_keys(Prompt(Mode.ANSWER, question=question)))
        answers = {**answers, **_answers(question, typed, content)}
        question, _ = route.next_open(question, answers)
    return Walk(tuple(asked), keys, at_once)


def _typed(question: Question) -> str:
    if question.id in TYPED:
        return TYPED[question.id]
    if question.type == "yn":
        return "2"
    if question.type == "multi":
        return "0" if question.nothing else "u"
    if question.type == "choice":
        well = next((word for word in WELL if word in question.values), question.values[0])
        return str(question.values.index(well) + 1) if not question.values[0][:1].isdigit() else well[:1]
    return "0" if question.type == "table" else "u"


def _answers(question: Question, typed: str, content: Content) -> dict[str, Answer]:
    entry = read_entry(question, typed, NOW.date(), content.questions)
    values: dict[str, AnswerValue | None] = {question.id: None}
    if typed != "u" and isinstance(entry, (Accepted, Unsure)):
        values = {question.id: entry.value, **entry.also}
    return {
        name: Answer(name, AnswerState.NOT_KNOWN if value is None else AnswerState.ANSWERED, value, typed, "", NOW)
        for name, value in values.items()
    }
