"""The parts of the plan about what is not known: rules that could not be assessed, themes, and the answers given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.content.models import Content, Level, Question
from healthcheck_cli.fact_words import rows_in_words
from healthcheck_cli.findings import NotAssessed, PersonReview, ThemeState, ThemeStatus
from healthcheck_cli.interview.dates import date_in_words
from healthcheck_cli.interview.written import STATE_WORDS, answer_in_words
from healthcheck_cli.plans.finding_parts import theme_title
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.what_is_missing import HEALTH_CHECK, missing_in_words, waits_for_the_check
from healthcheck_cli.plans.words import counted
from healthcheck_cli.record import Answer, AnswerState, PartialDate

_ROW_END = "\n"
_PRESSING = (Level.URGENT, Level.HIGH)
_MOST_LESSER = 12  # beyond this, one line for all of them: a list of hundreds hides what matters


def not_assessed_section(person: PersonReview, content: Content) -> str:
    """The rules that could not be decided, under what would settle them."""
    if not person.could_not_assess:
        return ""
    waiting = [it for it in person.could_not_assess if waits_for_the_check(it, person, content)]
    others = [it for it in person.could_not_assess if it not in waiting]
    parts = ["## What could not be assessed", ""]
    urgent = [it for it in others if it.level is Level.URGENT]
    if urgent:
        parts += [paragraph("Rules about something urgent that could not be assessed:"), ""]
        parts += [bullet(f"{it.rule} {escape(it.title)}") for it in sorted(urgent, key=lambda it: it.rule)]
        parts += [""]
    groups = _by_what_is_missing(others, person, content)
    lesser = [group for group in groups if not any(it.level in _PRESSING for it in group[1])]
    if len(lesser) > _MOST_LESSER:
        groups = [group for group in groups if group not in lesser]
        parts += [*(_gap(wanted, rules) for wanted, rules in groups), _lesser(lesser)]
    else:
        parts += [_gap(wanted, rules) for wanted, rules in groups]
    if waiting:
        ids = ", ".join(sorted(it.rule for it in waiting))
        parts.append(bullet(f"**{counted(len(waiting), 'rule')} need {HEALTH_CHECK}:** {ids}"))
    if person.unmatched_problems:
        number = counted(len(person.unmatched_problems), "problem has", "problems have")
        rows = rows_in_words(set(person.unmatched_problems))
        parts.append(bullet(f"{number} neither a known code nor a known term; please read by eye{rows}"))
    return "\n".join(parts)


def _by_what_is_missing(
    rules: Sequence[NotAssessed], person: PersonReview, content: Content
) -> list[tuple[tuple[str, ...], list[NotAssessed]]]:
    """The rules that wait for the same things, together: first those that wait for one, pressing ones before others."""
    found: dict[tuple[str, ...], list[NotAssessed]] = {}
    for it in rules:
        found.setdefault(missing_in_words(it, person, content), []).append(it)

    def weight(entry: tuple[tuple[str, ...], list[NotAssessed]]) -> tuple[int, int, tuple[str, ...]]:
        wanted, waiting = entry
        return len(wanted), -sum((4 - it.level.rank) ** 2 for it in waiting), wanted

    return sorted(found.items(), key=weight)


def _gap(wanted: tuple[str, ...], rules: list[NotAssessed]) -> str:
    ordered = sorted(rules, key=lambda it: (it.level.rank, it.rule))
    together = "" if len(wanted) == 1 else ", together,"
    names = escape("; ".join(wanted))
    return bullet(
        f"Knowing **{names}**{together} would settle: {', '.join(f'{it.rule} {it.level.value}' for it in ordered)}"
    )


def _lesser(groups: Sequence[tuple[tuple[str, ...], list[NotAssessed]]]) -> str:
    """What would settle the rules that are neither urgent nor high: all of it named, in one paragraph."""
    wanted = sorted({words for names, _ in groups for words in names})
    ids = sorted(it.rule for _, rules in groups for it in rules)
    names = escape("; ".join(wanted))
    return bullet(f"**{counted(len(ids), 'rule')} of medium or info level**, {', '.join(ids)}, wait for: {names}")


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
        given = [(answers[it.id], it.ask) for it in section.questions if it.id in answers]
        if given:
            parts += ["", f"### {escape(section.title)}", "", _answers_table(given, questions)]
    others = [(answer, name) for name, answer in answers.items() if name not in questions]
    if others:
        parts += ["", "### Others", "", _answers_table(others, questions)]
    return "\n".join(parts)


def _answers_table(given: Sequence[tuple[Answer, str]], questions: Mapping[str, Question]) -> str:
    """Each answer with its question, and who gave it where that was said of any."""
    somebody = any(answer.answered_by for answer, _ in given)
    rows = [
        (
            _answer(answer, questions.get(answer.question)),
            *([escape(answer.answered_by) or "-"] if somebody else []),
            escape(asked),
        )
        for answer, asked in given
    ]
    return table(("Answer", "Said by", "Question") if somebody else ("Answer", "Question"), rows)


def _answer(answer: Answer, question: Question | None) -> str:
    note = f" (note: {escape(answer.note)})" if answer.note.strip() else ""
    if answer.state is not AnswerState.ANSWERED:
        return f"*{STATE_WORDS[answer.state]}*{note}"
    said = answer_in_words(question, answer) if question is not None else _value(answer)
    return f"{escape(said.replace(_ROW_END, '; '))}{note}"


def _value(answer: Answer) -> str:
    """The answer to a question that the content does not hold."""
    value = answer.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PartialDate):
        return date_in_words(value)
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, it.values())) if isinstance(it, Mapping) else it.replace("_", " ") for it in value
        )
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
