"""The parts of the plan about what is not known: rules that could not be assessed, themes, and the answers given."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.models import Content, Level, Question
from healthcheck_cli.findings import NotAssessed, PersonReview, ThemeState, ThemeStatus
from healthcheck_cli.plans.finding_parts import theme_title
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.words import counted, day_in_words, fact_in_words
from healthcheck_cli.record import Answer, AnswerState, PartialDate

_STATES = {
    AnswerState.NOT_ASKED: "not asked",
    AnswerState.DECLINED: "declined",
    AnswerState.NOT_KNOWN: "not known",
    AnswerState.NOT_APPLICABLE: "does not apply",
}


def not_assessed_section(person: PersonReview, content: Content) -> str:
    """The rules that could not be decided, under each fact that would settle them."""
    if not person.could_not_assess:
        return ""
    parts = ["## What could not be assessed", ""]
    urgent = [it for it in person.could_not_assess if it.level is Level.URGENT]
    if urgent:
        parts += [paragraph("Rules about something urgent that could not be assessed:"), ""]
        parts += [bullet(f"{it.rule} {escape(it.title)}") for it in sorted(urgent, key=lambda it: it.rule)]
        parts += [""]
    parts += [paragraph("What would settle most, first. A rule in brackets needs the other facts it is under too."), ""]
    parts += [_gap(fact, rules, content) for fact, rules in _by_missing_fact(person.could_not_assess)]
    if person.unmatched_problems:
        rows = ", ".join(map(str, person.unmatched_problems))
        parts.append(bullet(f"Problems with neither a known code nor a known term, to be read by eye: rows {rows}"))
    return "\n".join(parts)


def _by_missing_fact(rules: tuple[NotAssessed, ...]) -> list[tuple[str, list[NotAssessed]]]:
    """Each missing fact with its rules; facts that settle most by themselves first, pressing rules weighing more."""
    found: dict[str, list[NotAssessed]] = {}
    for it in rules:
        for fact in it.missing:
            found.setdefault(fact, []).append(it)

    def weight(entry: tuple[str, list[NotAssessed]]) -> tuple[float, str]:
        fact, waiting = entry
        return -sum((4 - it.level.rank) ** 2 / len(it.missing) ** 2 for it in waiting), fact

    return sorted(found.items(), key=weight)


def _gap(fact: str, rules: list[NotAssessed], content: Content) -> str:
    ordered = sorted(rules, key=lambda it: (len(it.missing) > 1, it.level.rank, it.rule))
    names = ", ".join(
        f"{it.rule} {it.level.value}" if len(it.missing) == 1 else f"({it.rule} {it.level.value})" for it in ordered
    )
    alone = any(len(it.missing) == 1 for it in rules)
    verb = "would settle" if alone else "would help to settle"
    return bullet(f"Knowing **{escape(fact_in_words(fact, content))}** {verb}: {names}")


def themes_section(person: PersonReview, content: Content) -> str:
    """The themes that have no finding: those fully assessed, and those that are not."""
    parts = ["## Themes with no finding", ""]
    clear = [theme for theme in person.themes if theme.state is ThemeStatus.CLEAR]
    open_ = [theme for theme in person.themes if theme.state is ThemeStatus.NOT_ASSESSED]
    if clear:
        parts.append(bullet("Assessed; no rule fired on what was recorded: " + _themes(clear, content)))
    if open_:
        parts.append(bullet("Not assessed, or only in part (rules decided of all): " + _themes(open_, content)))
    return "\n".join(parts) if clear or open_ else ""


def _themes(themes: list[ThemeState], content: Content) -> str:
    return ", ".join(f"{escape(theme_title(it.id, content))} ({it.assessed} of {it.rules})" for it in themes)


def answers_section(answers: Mapping[str, Answer], content: Content) -> str:
    """Every answer of the check by section, those without a value included."""
    if not answers:
        return ""
    questions = content.questions
    parts = ["## Answers given", "", f"{counted(len(answers), 'question')}, by section."]
    for section in content.sections:
        rows = [
            (_answer(answers[it.id], it), escape(answers[it.id].answered_by) or "-", escape(it.ask))
            for it in section.questions
            if it.id in answers
        ]
        if rows:
            parts += ["", f"### {escape(section.title)}", "", table(("Answer", "Said by", "Question"), rows)]
    others = [answer for name, answer in answers.items() if name not in questions]
    if others:
        rows = [(_answer(it, None), escape(it.answered_by) or "-", escape(it.question)) for it in others]
        parts += ["", "### Others", "", table(("Answer", "Said by", "Question"), rows)]
    return "\n".join(parts)


def _answer(answer: Answer, question: Question | None) -> str:
    note = f" (note: {escape(answer.note)})" if answer.note.strip() else ""
    if answer.state is not AnswerState.ANSWERED:
        return f"*{_STATES[answer.state]}*{note}"
    return f"{escape(_value(answer, question))}{note}"


def _value(answer: Answer, question: Question | None) -> str:
    value, labels = answer.value, question.labels if question is not None else {}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PartialDate):
        first = day_in_words(value.earliest)
        return first if value.exact else f"between {first} and {day_in_words(value.latest)}"
    if isinstance(value, float):
        unit = question.unit if question is not None else ""
        return f"{value:g} {unit}".strip()
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, it.values())) if isinstance(it, Mapping) else labels.get(it, it.replace("_", " "))
            for it in value
        )
    return labels.get(str(value), str(value).replace("_", " "))
