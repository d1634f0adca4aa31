"""Carries a session on a screen: shows what is asked, hands over what is typed, until the user leaves."""

from __future__ import annotations

from collections.abc import Sequence

from healthcheck_cli.content.models import Question
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.choices import full_words, options
from healthcheck_cli.interview.dates import HOW_TO_WRITE
from healthcheck_cli.interview.one_key import answering_keys
from healthcheck_cli.interview.prompts import Mode, Prompt
from healthcheck_cli.interview.screen import Screen
from healthcheck_cli.interview.session import Session
from healthcheck_cli.interview.tables import column_name, column_values, written_row
from healthcheck_cli.interview.unit_guesses import QUANTITIES
from healthcheck_cli.interview.views import Message, MessageKind
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.medicines.units import known_units
from healthcheck_cli.record import AnswerState

_EXAMPLES = {
    "weight": "such as 72.5 kg or 11st 4lb",
    "height": "such as 158 cm, 1.58 m or 5ft 2",
    "waist": "such as 80 cm or 32 in",
    "temperature": "such as 36.8 C or 98.2 F",
}
_OWN_EXAMPLES = {"meas.muac": "such as 28 cm or 11 in", "meas.head_circ": "such as 56 cm or 22 in"}
_MOST_WORDS_BESIDE = 3


def converse(session: Session, screen: Screen, medicine_names: Sequence[str] = ()) -> None:
    """Ask until the user leaves or nothing more is typed. What was answered is saved all along.

    ``medicine_names`` are offered while the row of a table that begins with one is typed.
    """
    section = ""
    before: Prompt | None = None
    told: tuple[Message, ...] = ()
    while not session.left:
        prompt = session.prompt
        if prompt.section is not None and prompt.section.id != section:
            section = prompt.section.id
            screen.show(Message(MessageKind.INFO, f"\n{prompt.section.title.upper()}\n{prompt.section.intro}"))
        messages, ask = prompt_text(prompt)
        for message in messages if prompt != before else _reminder(prompt, told):
            screen.show(message)
        try:
            names = medicine_names if _begins_with_a_medicine(prompt) else ()
            typed = screen.ask(ask, names, answering_keys(prompt))
        except EOFError:
            told = session.leave()
        else:
            told = _taken(session, typed)
        for message in told:
            screen.show(message)
        before = prompt


def _taken(session: Session, typed: str) -> tuple[Message, ...]:
    """What comes of what was typed. Where it could not be saved, the question stands, so that it can be typed again."""
    try:
        return session.take(typed)
    except InputProblem as problem:
        return (Message(MessageKind.ERROR, f"{problem} What you just typed is not kept; what was before it is."),)


def _begins_with_a_medicine(prompt: Prompt) -> bool:
    question = prompt.question if prompt.mode is Mode.ANSWER else None
    return question is not None and question.type == "table" and question.columns[:1] in (("name",), ("drug",))


def _reminder(prompt: Prompt, told: Sequence[Message]) -> tuple[Message, ...]:
    """Asked again what was asked before, with its choices: what was told just now may have pushed them off the screen.
    After a line that says what is wrong they still stand there."""
    if all(it.kind is MessageKind.ERROR for it in told):
        return ()
    if prompt.question is None or prompt.mode is not Mode.ANSWER:
        return prompt_text(prompt)[0]
    return (Message(MessageKind.INFO, f"\n{prompt.question.ask}"), *_what_may_be_typed(prompt, prompt.question))


def prompt_text(prompt: Prompt) -> tuple[tuple[Message, ...], str]:
    """What stands above the line to be typed on, and what begins that line."""
    if prompt.mode is Mode.ACCEPT:
        text = "\n\n".join(f"{alert.says}\n{alert.action}" for alert in prompt.alerts)
        return (Message(MessageKind.ALERT, text),), "Who has taken this on (name, role; Enter: nobody yet)? "
    question = prompt.question
    if question is None:
        text = "Everything that applies has been asked. l to look over, b or g to go back, q to leave."
        if prompt.waiting:
            text += f"\nAlerts that nobody has taken on: {prompt.waiting}. The check cannot be finished until then."
        return (Message(MessageKind.INFO, text),), "> "
    if prompt.mode is Mode.NOTE:
        return _note_prompt(question, beside_alert=bool(prompt.alerts))
    if prompt.mode is Mode.SURE:
        return (), "Are you sure? (yes, or no to type it again): "
    if prompt.mode is Mode.WHICH:
        readings = "\n".join(f"  {number}. {reading}" for number, reading in enumerate(prompt.readings, start=1))
        one = "1 if so, or type it again with its unit: " if len(prompt.readings) == 1 else "Which number? "
        return (Message(MessageKind.INFO, readings),), one
    return _question_prompt(prompt, question), "> "


def _note_prompt(question: Question, *, beside_alert: bool) -> tuple[tuple[Message, ...], str]:
    if beside_alert:
        return (Message(MessageKind.INFO, f"\n{question.ask}"),), "Note (Enter for none): "
    if question.type == "yn":
        return (), "Note (or type no for the answer no; Enter for neither): "
    return (), "Note (Enter for none): "


def _question_prompt(prompt: Prompt, question: Question) -> tuple[Message, ...]:
    here, of_section, there, of_check = prompt.place
    title = prompt.section.title if prompt.section is not None else ""
    core = " · core" if question.core else ""
    about = f" · about {prompt.minutes} min left" if prompt.minutes else ""
    above = f"\n{title} {here} of {of_section} · {there} of {of_check}{about}{core}\n{question.ask}"
    return (Message(MessageKind.INFO, above), *_what_may_be_typed(prompt, question))


def _what_may_be_typed(prompt: Prompt, question: Question) -> tuple[Message, ...]:
    """The choices, and below them how to type an answer, what is offered and what was answered."""
    choices = [f"  {o.number + '. ' if o.number else ''}{full_words(question, o.value)}" for o in options(question)]
    below = [f"  ({hint})" for hint in _hints(prompt, question)]
    below += _offered(prompt)
    below += [f"  row {place}: {written_row(question, row)}" for place, row in enumerate(prompt.rows, start=1)]
    if prompt.rows:
        below.append("  (another row, or Enter to go on; drop 1 removes row 1; none empties it)")
    elif prompt.answered is not None and prompt.answered.state is not AnswerState.NOT_ASKED:
        below.append(f"  answered: {answer_in_words(question, prompt.answered)}")
    parts = (
        (MessageKind.CHOICES, "\n".join(choices)),
        (MessageKind.INFO, "\n".join(below)),
    )
    return tuple(Message(kind, text) for kind, text in parts if text)


def _offered(prompt: Prompt) -> list[str]:
    """What is known already, with the key that takes it where it can be the answer."""
    number = 0
    lines = []
    for offer in prompt.offers:
        number += offer.can_be_taken
        key = ("=" if number == 1 else f"= {number}") if offer.can_be_taken else "known:"
        lines.append(f"  {key} {offer.in_words()}")
    return lines


def _hints(prompt: Prompt, question: Question) -> list[str]:
    """What may be typed, each hint in brackets of its own."""
    hints = _table_hints(question) if question.type == "table" else _answer_hints(prompt, question)
    if question.may_not_apply:
        hints[:1] = ["; ".join([*hints[:1], "x if it does not apply"])]
    return hints


def _answer_hints(prompt: Prompt, question: Question) -> list[str]:
    if question.type == "yn":
        return ["yes or no; 1 or 2"]
    if question.type == "multi":
        return ["one or more, with commas between" + ("; 0 for none of these" if question.nothing else "")]
    if question.type == "date":
        return [HOW_TO_WRITE.rstrip(".") + (", or never" if question.never_allowed else "")]
    if question.type == "num" and prompt.pair:
        return ["both numbers, such as 128/76"]
    if question.type == "num" and question.unit:
        quantity = QUANTITIES.get(question.id, "")
        example = _OWN_EXAMPLES.get(question.id) or _EXAMPLES.get(quantity)
        return [example or ", ".join(known_units(quantity or "none")) or question.unit]
    return []


def _table_hints(question: Question) -> list[str]:
    """The columns, with the words that a column takes beside it where they are few, else below."""
    values = {column: column_values(question, column) for column in question.columns}
    named = [
        f"{column_name(question, column)} ({' / '.join(values[column])})"
        if 0 < len(values[column]) <= _MOST_WORDS_BESIDE
        else column_name(question, column)
        for column in question.columns
    ]
    long = [column for column in question.columns if len(values[column]) > _MOST_WORDS_BESIDE]
    words = [f"{column_name(question, it)}: {' / '.join(values[it]).replace('_', ' ')}" for it in long]
    return [f"a row: {'; '.join(named)}", *words, "none, or 0, if there are none"]
