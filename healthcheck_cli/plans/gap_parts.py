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
    parts += [
        paragraph("First what one fact alone would settle, then what takes several; the most pressing first."),
        "",
    ]
    parts += [_gap(facts, rules, content) for facts, rules in _by_missing_facts(person.could_not_assess)]
    if person.unmatched_problems:
        rows = ", ".join(map(str, person.unmatched_problems))
        parts.append(bullet(f"Problems with neither a known code nor a known term, to be read by eye: rows {rows}"))
    return "\n".join(parts)


def _by_missing_facts(rules: tuple[NotAssessed, ...]) -> list[tuple[tuple[str, ...], list[NotAssessed]]]:
    """The rules that wait for the same facts, together: first those that wait for one, pressing ones before others."""
    found: dict[tuple[str, ...], list[NotAssessed]] = {}
    for it in rules:
        found.setdefault(tuple(sorted(it.missing)), []).append(it)

    def weight(entry: tuple[tuple[str, ...], list[NotAssessed]]) -> tuple[bool, int, tuple[str, ...]]:
        facts, waiting = entry
        return len(facts) > 1, -sum((4 - it.level.rank) ** 2 for it in waiting), facts

    return sorted(found.items(), key=weight)


def _gap(facts: tuple[str, ...], rules: list[NotAssessed], content: Content) -> str:
    names = "; ".join(escape(fact_in_words(fact, content)) for fact in facts)
    ordered = sorted(rules, key=lambda it: (it.level.rank, it.rule))
    together = "" if len(facts) == 1 else " together"
    return bullet(
        f"Knowing **{names}**{together} would settle: {', '.join(f'{it.rule} {it.level.value}' for it in ordered)}"
    )


def themes_section(person: PersonReview, content: Content) -> str:
    """The themes that have no finding: those fully assessed, and those that are not."""
    parts = ["## Themes with no finding", ""]
    clear = [theme for theme in person.themes if theme.state is ThemeStatus.CLEAR and theme.rules]
    open_ = [theme for theme in person.themes if theme.state is ThemeStatus.NOT_ASSESSED and theme.rules]
    empty = [theme_title(it.id, content) for it in person.themes if it.state is not ThemeStatus.RAISED and not it.rules]
    if clear:
        parts.append(bullet("Assessed; no rule fired on what was recorded: " + _themes(clear, content)))
    if open_:
        parts.append(bullet("Not assessed, or only in part (rules decided of all): " + _themes(open_, content)))
    if empty:
        parts.append(bullet(f"Not assessed: this version has no rule for {escape(', '.join(empty))}"))
    return "\n".join(parts) if clear or open_ or empty else ""


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
