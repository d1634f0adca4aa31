"""Four invented people for the person's own plan: one who needs help today, one with much to do, one with nothing, one
whose record is full of markup. ``python -m tests.plans.easy_read_people`` writes their pages anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from healthcheck_cli import __version__
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.content.support import Basis
from healthcheck_cli.findings import Action, Because, Finding, PersonReview, Review
from healthcheck_cli.ledger import Ledger
from healthcheck_cli.plans.easy_read import EasyReadPlan, make_easy_read
from healthcheck_cli.plans.easy_read_html import easy_read_html
from healthcheck_cli.plans.easy_read_markdown import easy_read_markdown
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate
from tests.plans.small_review import BARE_PERSON, CONTENT, HOSTILE, MEDICINES, NOT_ASSESSED, read
from tests.whole_people import shipped_reviewer

FOLDER = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 24)  # a Tuesday
Person = tuple[PersonReview, Mapping[str, Answer]]


def action(easy_read: str, owner: str = "gp", within: str = "2 weeks", days: int = 14, do: str = "") -> Action:
    """Something to do so many days after the day of the plan."""
    return Action(do or f"Exact words: {easy_read}", owner, within, TODAY + timedelta(days=days), easy_read)


def finding(
    rule: str, level: Level, *actions: Action, rows: tuple[int, ...] = (), fact: str = "dx.epilepsy"
) -> Finding:
    """A finding with these actions."""
    because = (Because(fact, True, rows),)
    return Finding(rule, level, ("medication",), f"Title of {rule}", "", because, rows, actions, Basis.PROPOSED, ())


def answered(**values: AnswerValue) -> dict[str, Answer]:
    """Answers by question, written with ``__`` for the full stop."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    return {name: Answer(name, AnswerState.ANSWERED, value) for name, value in named.items()}


def person(*findings: Finding, **more: object) -> PersonReview:
    """Someone with these findings and nothing else."""
    return replace(replace(BARE_PERSON, person_id="A1", findings=findings), **more)  # type: ignore[arg-type]


URGENT: Person = (
    person(
        finding(
            "ASP-01",
            Level.URGENT,
            action("You need to see a doctor today about your chest.", within="today", days=0),
            action("Ring 999 if it is hard to breathe.", "carer or provider", "now", 0),
        ),
        finding("DEN-01", Level.INFO, action("See a dentist.", "dentist", "4 weeks", 28)),
        could_not_assess=NOT_ASSESSED,
    ),
    {"smoke.status": Answer("smoke.status", AnswerState.DECLINED)},
)
MANY: Person = (
    person(
        finding(
            "STOMP-05",
            Level.HIGH,
            action("We will ask why you take this medicine.", "pharmacist"),
            action("", do="Check letters for the reason"),
            rows=(2,),
        ),
        finding("STOMP-06", Level.HIGH, action("We will ask why you take this medicine.", "pharmacist", "1 week", 7)),
        finding("CON-04", Level.HIGH, action("We will make a plan to help you poo. Drink more.", "practice nurse")),
        finding("CON-06", Level.HIGH, action("We will help you write down when you poo.", "carer or provider")),
        finding("VIS-01", Level.MEDIUM, action("Have an eye test.", "optometrist", "3 days", 3)),
        finding("EAT-01", Level.MEDIUM, action("Someone will look at how you eat.", "speech and language therapist")),
        finding("MOV-01", Level.MEDIUM, action("Move more each week.", "the person", "12 months", 365)),
        finding("SMK-01", Level.INFO, action("We can help you stop smoking.", "practice nurse"), fact="smoke.status"),
        medicines=MEDICINES[:2],
    ),
    answered(
        pre__goals="Walk to the shop with Sam.",
        smoke__status="ex",
        act__minutes=150.0,
        diet__fruit_veg=4.0,
        sleep__problem=("fine",),
        dental__brushing="helped_2x",
        home__friends="often",
        admin__check_date=PartialDate.of(TODAY),
        hap__review_date=PartialDate(date(2027, 3, 1), date(2027, 3, 31)),
    ),
)
NONE: Person = (person(), {})
HOSTILE_PERSON: Person = (
    person(
        finding("HOS-01", Level.HIGH, action(f"We will look at this medicine. {HOSTILE}", HOSTILE), rows=(9,)),
        finding("HOS-02", Level.URGENT, action(f"Call 999 if {HOSTILE}", within="now", days=0)),
        person_id=HOSTILE,
        medicines=(read(9, HOSTILE),),
    ),
    answered(pre__goals=HOSTILE, smoke__status=HOSTILE, hap__review_date=HOSTILE, admin__check_date=HOSTILE),
)
PEOPLE = {"urgent": URGENT, "many": MANY, "none": NONE, "hostile": HOSTILE_PERSON}


@cache
def _with_easy_words() -> Content:
    """The small content, with what the shipped one holds for the person's own page."""
    shipped = shipped_reviewer().content
    held = ("going_well", "helpers", "emergency_signs", "pictures")
    return replace(CONTENT, **{name: getattr(shipped, name) for name in held})


def plan_of(whose: Person) -> EasyReadPlan:
    """The page of one of them."""
    review, answers = whose
    return make_easy_read(Review(TODAY, (review,), Ledger()), review, _with_easy_words(), answers)


def pages() -> dict[str, str]:
    """File name → page, without the version of the program."""
    made = {f"easy_read_{name}.md": easy_read_markdown(plan_of(whose)) for name, whose in PEOPLE.items()}
    made["easy_read_many.html"] = easy_read_html(plan_of(MANY))
    return {name: text.replace(f"healthcheck {__version__}", "healthcheck VERSION") for name, text in made.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
