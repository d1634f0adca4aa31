"""Which keys answer at once, without Enter, where the nurse asks for it (``--one-key``)."""

from __future__ import annotations

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import options
from healthcheck_cli.interview.prompts import Mode, Prompt

_NO_ANSWER = ("-", "u")  # not asked, not known; the other keys may begin a word or ask for something more


def answering_keys(prompt: Prompt) -> tuple[str, ...]:
    """The keys that are a whole answer when they are pressed first: where any could go on, Enter is wanted.

    ``0`` for none of these, or for an empty table whose rows do not begin with a date; the list numbers of up to
    nine choices; yes and no by 1 and 2; ``-`` and ``u`` where no answer begins so. No key takes an alert on,
    confirms an unlikely value or begins a note.
    """
    question = prompt.question
    if question is None or prompt.mode is not Mode.ANSWER:
        return ()
    if question.type == "table":
        return () if prompt.rows or question.columns[:1] == ("date",) else ("0",)
    if question.type == "multi":
        return ("0",) if question.nothing and not _zero_is_a_value(question) else ()
    if question.type in ("num", "date"):
        return _NO_ANSWER
    if question.type == "yn":
        return ("1", "2", *_NO_ANSWER)
    figures = tuple(option.number or option.value[:1] for option in options(question))
    if question.type == "choice" and len(set(figures)) == len(figures) < 10 and _one_figure_each(question):
        return (*figures, *_NO_ANSWER)
    return ()


def _one_figure_each(question: Question) -> bool:
    """Is each choice told by one figure: a list number, or its own (4, 7_regular), and not 0_to_2 beside 10?"""
    return all(option.number or len(option.value.split("_")[0]) == 1 for option in options(question))


def _zero_is_a_value(question: Question) -> bool:
    return any(value.startswith("0") for value in question.values)
