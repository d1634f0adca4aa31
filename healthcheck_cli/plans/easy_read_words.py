"""The fixed words of the person's own plan: one idea a line, twelve words at most, a hard word told in the next one.

Basis. The rules for the words: check-s60 in drug_rules/sources.yaml; the shape of the page, a check every year, five
portions and 150 minutes: general knowledge. Who does what, and all other words: proposed. No clinician has signed them
off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TITLE = "My health plan"
ABOUT = "This plan is for me. It helps me stay well."
NAME = "Name"
MADE_ON = "Made on"

URGENT_HEADING = "Get help today"
URGENT = (
    "Some things cannot wait until tomorrow.",
    "They come first in this plan.",
    "Ask who will help you now.",
    "Do you feel worse? Call 999.",
)

WISH_HEADING = "What I want"
WISH = "This is what you told us:"

THINGS_HEADING = "What will happen"
NO_THINGS = ("We have not put anything in this plan yet.", "Tell us if something changes.")
WHICH_MEDICINE, WHICH_MEDICINES = "Medicine", "Medicines"
WHO = "Who will help"
WHEN = "When"
DONE = "It is done"
CANNOT_WAIT = "This cannot wait."
ASK_TODAY = "Something cannot wait. Ask about it today."
MORE = ("Your nurse has a longer list.", "You can ask about it.")
NOT_KNOWN = ("There are things we do not know yet.", "Ask your nurse what to find out next.")

HELPERS: Mapping[str, tuple[str, ...]] = {
    "gp": ("A doctor at your surgery.",),
    "practice nurse": ("A nurse at your surgery.",),
    "healthcare assistant": ("A health worker at your surgery.",),
    "reception": ("The people at the front desk of your surgery.",),
    "pharmacist": ("A pharmacist.", "They know a lot about medicines."),
    "learning disability nurse": ("A learning disability nurse.",),
    "community learning disability team": ("The learning disability team.",),
    "speech and language therapist": ("A speech therapist.", "They help with talking, eating and drinking."),
    "physiotherapist": ("A physiotherapist.", "They help your body move well."),
    "occupational therapist": ("An occupational therapist.", "They help you do everyday things."),
    "dietitian": ("A dietitian.", "They know a lot about food."),
    "dentist": ("A dentist.",),
    "optometrist": ("An optician.", "They test your eyes."),
    "audiologist": ("A hearing expert.",),
    "podiatrist": ("A foot expert.",),
    "continence service": ("The continence team.", "They help you get to the toilet in time."),
    "social care": ("Social care.", "They help with everyday life."),
    "specialist": ("A specialist.", "They know a lot about one kind of illness."),
    "carer or provider": ("The people who support you.",),
    "the person": ("You.",),
}
"""Owner of an action → who that is."""

WELL_HEADING = "What is going well"


@dataclass(frozen=True)
class GoesWell:
    """Something an answer says is going well: one of ``values``, or a number from ``least`` to ``most``."""

    question: str
    words: str
    values: frozenset[str] = frozenset()
    least: float | None = None
    most: float = float("inf")


GOES_WELL = (
    GoesWell("smoke.status", "You do not smoke.", frozenset({"never", "ex"})),
    GoesWell("act.minutes", "You move a lot each week.", least=150),
    GoesWell("diet.fruit_veg", "You eat a lot of fruit and vegetables.", least=5),
    GoesWell("dental.brushing", "You brush your teeth two times a day.", frozenset({"self_2x"})),
    GoesWell("dental.brushing", "You get help to brush your teeth two times a day.", frozenset({"helped_2x"})),
    GoesWell("home.friends", "You see your friends and family.", frozenset({"often"})),
    GoesWell("sleep.problem", "You sleep well.", frozenset({"fine"})),
    GoesWell("vision.glasses", "You wear your glasses.", frozenset({"wears"})),
    GoesWell("hearing.aids", "You wear your hearing aids.", frozenset({"worn"})),
    GoesWell("imms.flu", "You had your flu vaccine.", frozenset({"done"})),
    GoesWell("screen.bowel", "You did your poo test.", frozenset({"up_to_date"})),
    GoesWell("diet.sugar_drinks", "You do not have sweet drinks.", least=0, most=0),
    GoesWell("alc.how_often", "You do not drink alcohol.", frozenset({"never"})),
)
"""What people do, and never a result: no page may say that a test was good."""

ILL_HEADING = "If I feel ill"
FOR_YOU = "This is just for you:"
SURGERY = "Phone number of my surgery"
MEDICINES_HEADING = "My medicines"
MEDICINES = ("Stopping a medicine on your own can make you ill.", "Talk to us first.")

NEXT_HEADING = "When we meet again"
EVERY_YEAR = "You can have a health check every year."
NEXT_CHECK_LINE = "Date of my next health check"

CHOICE_HEADING = "Is this plan right for me?"
CHOICE = ("This is your plan.", "You can say no to anything in it.", "You can ask us anything.")
CHOICES = ("I am happy with my plan", "I want to change something")

DRAFT = "Draft: no clinician has signed off all the words of this page yet, so it is not ready for use in care."


def look_again(when: str) -> str:
    """When the plan is looked at again."""
    return f"We will look at this plan again {when}."


def next_check(when: str) -> str:
    """When the next yearly check is."""
    return f"Your next one is {when}."
