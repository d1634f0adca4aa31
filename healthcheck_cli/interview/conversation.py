"""Carries a session on a screen: shows what is asked, hands over what is typed, until the user leaves."""

from __future__ import annotations

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import options
from healthcheck_cli.interview.dates import HOW_TO_WRITE
from healthcheck_cli.interview.screen import Screen
from healthcheck_cli.interview.session import Mode, Prompt, Session
from healthcheck_cli.interview.tables import column_values, column_words
from healthcheck_cli.interview.unit_guesses import QUANTITIES
from healthcheck_cli.interview.views import Message, MessageKind
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.medicines.units import known_units
from healthcheck_cli.record import AnswerState


def converse(session: Session, screen: Screen) -> None:
    """Ask until the user leaves or nothing more is typed. What was answered is saved all along."""
    section = ""
    before: Prompt | None = None  # what was asked before, where it is asked again because of an error
    while not session.left:
        prompt = session.prompt
        if prompt.section is not None and prompt.section.id != section:
            section = prompt.section.id
            screen.show(Message(MessageKind.INFO, f"\n{prompt.section.title.upper()}\n{prompt.section.intro}"))
        messages, ask = prompt_text(prompt)
        for message in messages if prompt != before else ():
            screen.show(message)
        try:
            typed = screen.ask(ask)
        except EOFError:
            answers = session.leave()
        else:
            answers = session.take(typed)
        for message in answers:
            screen.show(message)
        before = prompt if answers and all(m.kind is MessageKind.ERROR for m in answers) else None


def prompt_text(prompt: Prompt) -> tuple[tuple[Message, ...], str]:
    """What stands above the line to be typed on, and what begins that line."""
    if prompt.alerts:
        text = "\n\n".join(f"{alert.says}\n{alert.action}" for alert in prompt.alerts)
        return (Message(MessageKind.ALERT, text),), "Enter when seen: "
    question = prompt.question
    if question is None:
        text = "Everything that applies has been asked. l to look over, b or g to go back, q to leave."
        return (Message(MessageKind.INFO, text),), "> "
    if prompt.mode is Mode.NOTE:
        return _note_prompt(question)
    if prompt.mode is Mode.SURE:
        return (), "Are you sure? (yes, or no to type it again): "
    if prompt.mode is Mode.WHICH:
        readings = "\n".join(f"  {number}. {reading}" for number, reading in enumerate(prompt.readings, start=1))
        one = "1 if so, or type it again with its unit: " if len(prompt.readings) == 1 else "Which number? "
        return (Message(MessageKind.INFO, readings),), one
    return (Message(MessageKind.INFO, "\n".join(_question_lines(prompt, question))),), "> "


def _note_prompt(question: Question) -> tuple[tuple[Message, ...], str]:
    if question.type == "yn":
        return (), "Note (or type no for the answer no; Enter for neither): "
    return (), "Note (Enter for none): "


def _question_lines(prompt: Prompt, question: Question) -> list[str]:
    here, of_section, there, of_check = prompt.place
    title = prompt.section.title if prompt.section is not None else ""
    core = " · core" if question.core else ""
    lines = ["", f"{title} {here} of {of_section} · {there} of {of_check}{core}", question.ask]
    lines += [f"  {o.number + '. ' if o.number else ''}{_option_words(o.value, o.words)}" for o in options(question)]
    lines += [f"  ({hint})" for hint in _hints(question)]
    lines += [f"  row {place}: {'; '.join(row.values())}" for place, row in enumerate(prompt.rows, start=1)]
    if prompt.rows:
        lines.append("  (another row, or Enter to go on; none to empty the table)")
    elif prompt.answered is not None and prompt.answered.state is not AnswerState.NOT_ASKED:
        lines.append(f"  answered: {answer_in_words(question, prompt.answered)}")
    return lines


def _option_words(value: str, words: str) -> str:
    """A value that is a figure goes before its words."""
    return words if not value.isdigit() or words.startswith(value) else f"{value}  {words}"


def _hints(question: Question) -> list[str]:
    if question.type == "yn":
        return ["yes or no"]
    if question.type == "multi":
        return ["one or more, with commas between"]
    if question.type == "num" and question.unit:
        return [", ".join(known_units(QUANTITIES.get(question.id, "none")) or (question.unit,))]
    if question.type == "date":
        return [HOW_TO_WRITE + (" Or never." if question.never_allowed else "")]
    if question.type == "table":
        columns = "; ".join(column_words(question, column) for column in question.columns)
        first = [f"a row: {columns}", "none if there are none"]
        named = [c for c in question.columns if column_values(question, c) and len(column_values(question, c)) > 3]
        if named:
            columns = "; ".join(
                c.replace("_", " ") if c in named else column_words(question, c) for c in question.columns
            )
            first = [f"a row: {columns}", "none if there are none"]
            first += [f"{column}: {column_words(question, column)}" for column in named]
        return first
    return []
