"""A check of a few questions, made by hand, with an adviser that is as simple as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import count

from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content, Question, Section
from healthcheck_cli.content.roots import find_content
from healthcheck_cli.content.support import Place
from healthcheck_cli.interview.cross_checks import Odd, odd_together
from healthcheck_cli.interview.example import example_question
from healthcheck_cli.interview.offers import Offer
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState, AnswerValue

DAY = date(2026, 11, 22)

ACUTE = example_question(
    id="sepsis.acute_signs",
    section="today",
    ask="Any of these now?",
    help="Look at the person.",
    type="multi",
    values=("none", "chest_pain", "not_usual_self", "blue_lips"),
    labels={"blue_lips": "lips blue or grey"},
    nothing="none",
    red_flags=("chest_pain", "blue_lips"),
    core=True,
)
UNWELL = example_question(id="sepsis.unwell_today", section="today", ask="Poorly today?", type="yn", core=True)
BORN = example_question(id="demo.dob", section="today", type="date", hard=(14, 110), soft=(14, 90), core=True)
WEIGHT = example_question(id="meas.weight", section="meas", type="num", unit="kg", hard=(10, 500), soft=(30, 200))
HEIGHT = example_question(id="meas.height", section="meas", type="num", unit="cm", hard=(50, 250), soft=(120, 210))
SYSTOLIC = example_question(
    id="meas.bp_sys", section="meas", ask="Blood pressure?", type="num", unit="mmHg", hard=(40, 350), soft=(85, 200)
)
DIASTOLIC = example_question(
    id="meas.bp_dia", section="meas", ask="Lower number?", type="num", unit="mmHg", hard=(20, 200), soft=(45, 120)
)
PULSE = example_question(id="meas.pulse_rate", section="meas", type="num", unit="/min", hard=(20, 250), soft=(40, 120))
TEMPERATURE = example_question(id="meas.temp", section="meas", type="num", unit="C", hard=(25, 45), soft=(35, 38.5))
HBA1C = example_question(id="lab.hba1c", section="meas", type="num", unit="mmol/mol", hard=(9, 250), soft=(20, 120))
TIMES = example_question(id="bowel.per_week", section="bowel", type="num", hard=(0, 100), soft=(2, 28), core=True)
STOOL = example_question(
    id="bowel.type",
    section="bowel",
    type="choice",
    values=("1", "2", "3", "4", "5", "6", "7"),
    labels={"1": "hard lumps", "4": "smooth, soft sausage"},
)
FOOD = example_question(
    id="swallow.iddsi_food",
    section="bowel",
    type="choice",
    values=("7_regular", "7_easy_to_chew", "4_pureed", "tube_only"),
    who=parse("dx.dysphagia"),
    may_not_apply=True,
)
HAS_EPILEPSY = example_question(
    id="epi.has", section="epi", type="choice", values=("no", "yes_active", "yes_seizure_free", "possible")
)
LAST_FIT = example_question(id="epi.last_any", section="epi", type="date", who=parse("dx.epilepsy"), core=True)
LAST_TONIC_CLONIC = example_question(
    id="epi.last_tc", section="epi", type="date", never_allowed=True, who=parse("dx.epilepsy")
)
LAXATIVES = example_question(
    id="bowel.laxatives",
    section="bowel",
    ask="Which laxatives?",
    type="table",
    columns=("drug", "dose", "working"),
    labels={"working": "yes / no"},
)
WORDS = example_question(id="eol.reason", section="epi", type="text")

QUESTIONS = (
    *(ACUTE, UNWELL, BORN, WEIGHT, HEIGHT, SYSTOLIC, DIASTOLIC, PULSE, TEMPERATURE, HBA1C),
    *(TIMES, STOOL, FOOD, LAXATIVES, HAS_EPILEPSY, LAST_FIT, LAST_TONIC_CLONIC, WORDS),
)
BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}
_TITLES = {"today": "Right now", "meas": "Measurements", "bowel": "Bowels", "epi": "Epilepsy"}


def sections_of(*questions: Question) -> tuple[Section, ...]:
    """The questions in their sections, in order."""
    names = list(dict.fromkeys(question.section for question in questions))
    return tuple(
        Section(name, _TITLES[name], "", tuple(q for q in questions if q.section == name), Place("example.yaml"), order)
        for order, name in enumerate(names)
    )


@cache
def shipped() -> Content:
    """The content that comes with the program: what does not go together is looked up in it."""
    return load_content(find_content())


class SimpleAdviser:
    """Epilepsy follows from one answer; dysphagia is never known; what is urgent is told by a function."""

    def __init__(self, urgent: Callable[[Mapping[str, Answer]], Sequence[Alert]] = lambda _: ()) -> None:
        self._urgent = urgent
        self.known: dict[str, tuple[Offer, ...]] = {}

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        if question.who is None or "epilepsy" not in question.who.text:
            return Truth.UNKNOWN
        said = answers.get("epi.has")
        if said is None or said.value in (None, "possible"):
            return Truth.UNKNOWN
        return Truth.FALSE if said.value == "no" else Truth.TRUE

    def urgent(self, answers: Mapping[str, Answer]) -> Sequence[Alert]:
        return self._urgent(answers)

    def finds_urgent(self, rule: str, answers: Mapping[str, Answer]) -> Truth:
        return Truth.TRUE if rule in {alert.key for alert in self._urgent(answers)} else Truth.FALSE

    def why_not(self, question: Question, answers: Mapping[str, Answer]) -> str:
        return "epilepsy: no"

    def support(self, question: Question) -> str:
        return "proposed (A leaflet)"

    def offers(self, question: Question, answers: Mapping[str, Answer]) -> Sequence[Offer]:
        return self.known.get(question.id, ())

    def odd(self, question: Question, value: AnswerValue | AnswerState, answers: Mapping[str, Answer]) -> Sequence[Odd]:
        found = odd_together(question.id, value, answers, shipped())
        return () if found is None else (found,)

    def worked_out(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        weight, height = (answers.get(name) for name in ("meas.weight", "meas.height"))
        if weight is None or height is None or not (weight.value and height.value):
            return {}
        return {"bmi": f"BMI {float(weight.value) / (float(height.value) / 100) ** 2:.1f}"}  # type: ignore[arg-type]

    def plan_so_far(self, answers: Mapping[str, Answer]) -> str:
        return f"plan on {len(answers)} answers"


def ticking_clock() -> Callable[[], datetime]:
    """A clock that is one minute further on each time it is looked at."""
    minutes = count()
    return lambda: datetime(2026, 11, 22, 9, tzinfo=timezone.utc) + timedelta(minutes=next(minutes))
