"""What the form for home says besides its questions, in easy words: one idea a line, twelve words at most.

Basis. When to call 999 and 111: as said where these words are kept. Other formats: the Accessible Information Standard
(check-s57 in drug_rules/sources.yaml). All else is proposed. No clinician has signed these words off.
"""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck_cli.plans.emergency_words import CALL_999_IF, NOT_THAT_ILL

TITLE = "My health check"
ABOUT = "Questions to answer before you come"


@dataclass(frozen=True)
class Block:
    """A heading, lines below it, and a list with lines after it."""

    heading: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


OPENING = (
    Block(
        "What is this form for?",
        (
            "You are coming for a health check.",
            "Your answers help us get ready for you.",
            "They help us keep you well.",
        ),
    ),
    Block(
        "How to fill it in",
        (
            "Tick the box that is right for you.",
            "Or write on the line.",
            "Spelling does not matter.",
            "You can leave out any question.",
            "Some questions are not about you. Leave those out.",
            "You can stop and go on another day.",
        ),
    ),
    Block(
        "Who can help you?",
        (
            "Ask someone you trust to help you.",
            "It can be family, a friend or a support worker.",
            "They can read the questions to you.",
            "They can write down what you say.",
            "Some notes are for your helper. They have a line beside them.",
        ),
    ),
    Block(
        "Do you want this form in another way?",
        ("Phone your surgery and ask. We can give it to you:",),
        ("in bigger print", "with photos or pictures", "read out to listen to", "in your own language"),
        ("You can also answer by talking to us.",),
    ),
    Block(
        "What to bring",
        (),
        (
            "this form",
            "all your medicines, in their boxes",
            "your glasses and your hearing aids",
            "your hospital passport, if you have one",
            "letters from the hospital",
            "charts you keep, for poo, fits or weight",
            "someone who knows you well, if you want",
        ),
    ),
)

CLOSING = (
    Block(
        "What happens next?",
        (
            "Bring this form to your health check.",
            "The nurse will go through it with you.",
            "You can change your answers then.",
            "You can ask us anything.",
            "You will get a plan to keep you well.",
        ),
    ),
)

WHO_FILLED_IT_IN = ("Who filled in this form?", ("me, on my own", "me, with help", "someone else, for me"))
HELPER = "Name of the helper"
HELPER_PHONE = "Phone number of the helper"
DO_NOT_KNOW = "I do not know"
TICK_ONE = "Tick one box."
TICK_ALL = "Tick all that are right."
WRITE_A_DATE = "The year is enough if you do not know the day."
NEVER = "never"
MORE_ROWS = "Is there more? Write it on another sheet."
CANNOT_WAIT = (
    "Some of these cannot wait. They have a mark: (!).",
    "Do you have one of them now? Call 111 today.",
    "Call 999 if you are very ill.",
)
FOR_THE_HELPER = "For your helper:"
ONLY_FOR_SOME = "Only for some people."


def if_ill_now(emergency_signs: tuple[str, ...]) -> Block:
    """What comes first on the form, with the signs to call 999 for."""
    call = (CALL_999_IF,) if emergency_signs else ()
    return Block("Are you very ill now?", ("Do not fill in this form now.", *call), emergency_signs, NOT_THAT_ILL)
