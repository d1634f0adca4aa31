"""The fixed words of the person's own plan: one idea a line, twelve words at most, a hard word told in the next one.

Who helps, what goes well, and when to call 999 are content (``checklists/easy_read``).

Basis. The rules for the words: check-s60 in drug_rules/sources.yaml; the shape of the page and a check every year:
general knowledge. All other words: proposed. No clinician has signed them off.
"""

from __future__ import annotations

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
ASK_YOUR_NURSE = "Ask your nurse."
ASK_TODAY = "Something cannot wait. Ask about it today."
MORE = ("Your nurse has a longer list.", "You can ask about it.")
NOT_KNOWN = ("There are things we do not know yet.", "Ask your nurse what to find out next.")

WELL_HEADING = "What is going well"

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
