"""The draft of a reasonable adjustments flag, and the feedback register. For staff; what is unsafe comes first.

A draft only: nothing is written to any service. Codes are those of checklists/adjustments.yaml; what has none goes on
the flag in words. Nothing is added that nobody told: what follows from findings is to be asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from healthcheck_cli.conditions.tree import facts_named
from healthcheck_cli.content.adjustment_models import BESPOKE, CATEGORIES, Adjustment
from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import Finding, ThemeStatus
from healthcheck_cli.interview.written import STATE_WORDS, answer_in_words
from healthcheck_cli.plans.fhir.wanted_adjustments import wanted_adjustments, worth_asking
from healthcheck_cli.plans.finding_parts import for_today
from healthcheck_cli.plans.sheets import adjustments_words as words
from healthcheck_cli.plans.sheets.feedback_rows import FeedbackItem, feedback_items, safety_rows, was_asked
from healthcheck_cli.plans.sheets.sheet import Blank, Block, Link, Links, Part, Points, Sheet, Subheading, Table, Words
from healthcheck_cli.plans.sheets.sources import SheetSources
from healthcheck_cli.plans.words import counted, day_in_words, owner_in_words
from healthcheck_cli.record import Answer, AnswerState

_SAFETY_SECTION = "safe."
_SAFETY_FEEDBACK = "feedback.safeguarding"
_COMPLAINTS_THEME = "care_coordination"


def adjustments_sheet(sources: SheetSources) -> Sheet:
    """The whole page."""
    parts = [
        _same_day(sources),
        _flag(sources),
        *(_told(heading, questions, sources) for heading, questions in words.SECTIONS),
        _in_words(sources),
        _contacts(sources),
        _to_ask_about(sources),
        _not_known(sources),
        _feedback(sources),
    ]
    return Sheet(
        title=words.TITLE,
        opening=(
            Words(words.DRAFT, strong=True),
            Words(f"{words.FOR_STAFF_ONLY} About {sources.who()}, on {day_in_words(sources.review.as_of)}."),
            Blank(words.WHO),
        ),
        parts=tuple(part for part in parts if part is not None),
        for_staff=(sources.before_sharing(), *sources.made_with()),
        small=True,
    )


def _same_day(sources: SheetSources) -> Part | None:
    """Safeguarding, with what to do today; no detail of it, as a page can be left lying."""
    findings = [it for it in sources.person.findings if it.level is Level.URGENT and _is_about_safety(it, sources)]
    lines = [f"{it.title} [{it.rule}]: {_actions(it)}" for it in findings]
    number = safety_rows(sources)
    if number:
        concerns = counted(number, "concern", "concerns")
        lines.append(words.TOLD_WITH_FEEDBACK.format(number=concerns))
    if not lines:
        return None
    return Part(words.SAME_DAY_HEADING, (Words(words.SAME_DAY, strong=True), Points(tuple(lines))), boxed=True)


def _is_about_safety(finding: Finding, sources: SheetSources) -> bool:
    rules = (sources.content.rules[rule] for rule in finding.rules if rule in sources.content.rules)
    named = {fact for rule in rules for fact in facts_named(rule.when)}
    return any(fact.startswith(_SAFETY_SECTION) or fact == _SAFETY_FEEDBACK for fact in named)


def _actions(finding: Finding) -> str:
    return "; ".join(f"{it.do} ({owner_in_words(it.owner)}, {it.within})" for it in for_today(finding))


def _flag(sources: SheetSources) -> Part:
    agreed = sources.word("ra.flag_consent")
    route = words.CONSENT_ROUTES.get(agreed)
    rows = [(label, _state(question, sources)) for label, question in words.FLAG_ROWS]
    rows += [("Route of consent, in the draft standard", route)] if route is not None else []
    said: tuple[Block, ...] = ()
    if agreed == "refuses":
        said = (Words(words.REFUSED, strong=True),)
    elif not agreed:
        said = (Words(words.NOT_AGREED_YET, strong=True),)
    return Part(words.FLAG_HEADING, (*said, Table(words.FLAG_HEADING, ("Point", "As recorded"), tuple(rows))))


def _state(question: str, sources: SheetSources) -> str:
    """The answer, or why there is none."""
    answer = sources.answers.get(question)
    return sources.words(question) or STATE_WORDS.get(answer.state if answer else AnswerState.NOT_ASKED, "not asked")


def _told(heading: str, questions: Sequence[str], sources: SheetSources) -> Part:
    rows = [row for question in questions for row in _rows_of(question, sources)]
    if not rows:
        return Part(heading, (Words("Nothing was told."),))
    fears = (Words(words.NO_DIAGNOSIS),) if "ra.fears" in questions else ()
    return Part(heading, (Table(heading, words.TABLE, tuple(rows)), *fears))


def _rows_of(question_id: str, sources: SheetSources) -> Iterator[tuple[str, str, str]]:
    """A row for each thing that was answered, and for each entry of the flag that it calls for."""
    question = sources.content.questions.get(question_id)
    value = sources.value(question_id)
    if question is None or value is None:
        return
    given = tuple(map(str, value)) if isinstance(value, tuple) else (sources.word(question_id),)
    for word in given:
        if word in ("", "no", "none", question.nothing):  # nothing is called for
            continue
        each = (word,) if question.type == "multi" else word
        said = answer_in_words(question, Answer(question_id, AnswerState.ANSWERED, each))
        called_for = [it for it in sources.content.adjustments.values() if word in it.answers.get(question_id, ())]
        note = sources.answers[question_id].note.strip() if word == "other" else ""
        told = f"{question.ask.rstrip('?')}: {said}{f' ({note})' if note else ''}"
        for it in called_for:
            yield told, _entry(it), _category(it.category)
        if not called_for:
            yield told, _in_words_under(sources), _category(BESPOKE)


def _entry(adjustment: Adjustment) -> str:
    return f"{adjustment.term} (SNOMED CT {adjustment.code})"


def _in_words_under(sources: SheetSources) -> str:
    bespoke = next((it for it in sources.content.adjustments.values() if it.category == BESPOKE), None)
    return words.IN_WORDS_UNDER.format(entry=_entry(bespoke)) if bespoke is not None else words.IN_WORDS


def _category(number: str) -> str:
    return f"{number} {CATEGORIES[number]}"


def _in_words(sources: SheetSources) -> Part | None:
    told = [f"{label}: {said}" for label, question in words.IN_THEIR_WORDS if (said := sources.words(question))]
    return Part(words.WORDS_HEADING, (Points(tuple(told)),)) if told else None


def _contacts(sources: SheetSources) -> Part:
    rows = [
        (row.get("name", ""), row.get("relation", ""), row.get("number", ""), row.get("has_legal_role", ""))
        for row in sources.rows("demo.emergency_contact")
    ]
    carer = sources.words("carer.main_name")
    blocks: list[Block] = [Words(f"{words.MAIN_CARER}: {carer}")] if carer else []
    if rows:
        blocks.append(Table(words.CONTACT_HEADING, words.CONTACT_TABLE, tuple(rows)))
    return Part(words.CONTACT_HEADING, tuple(blocks) or (Words(words.NO_CONTACT), Blank("Name and number")))


def _to_ask_about(sources: SheetSources) -> Part | None:
    """Entries that go with the themes that are raised; none where the person does not want the flag."""
    raised = [it.id for it in sources.person.themes if it.state is ThemeStatus.RAISED]
    themes, wanted = sources.content.themes, wanted_adjustments(sources.answers, sources.content)
    rows = tuple(
        (_entry(it), _category(it.category), ", ".join(themes[name].title for name in raised if name in it.themes))
        for it in worth_asking(raised, wanted, sources.content)
    )
    if not rows:
        return None
    return Part(words.ASK_HEADING, (Words(words.ASK), Table(words.ASK_HEADING, words.ASK_TABLE, rows)))


def _not_known(sources: SheetSources) -> Part | None:
    """The questions of this page that have no answer, each with the reason; a refusal is kept apart from a no."""
    wanted = (
        "ra.needs",
        "ra.fears",
        "ra.flag_status",
        "ra.flag_consent",
        "comm.speaks",
        "comm.understands",
        "comm.format",
        "demo.interpreter",
        "demo.contact",
        "demo.emergency_contact",
        "pain.how_shown",
    )
    asked = sources.content.questions
    lines = [
        f"{asked[question].ask} ({_state(question, sources)})"
        for question in wanted
        if question in asked and sources.value(question) is None
    ]
    if sources.word("safe.anyone_hurts") not in ("yes", "no"):
        lines.insert(0, words.SAFETY_NOT_KNOWN)
    return Part(words.NOT_KNOWN_HEADING, (Points(tuple(lines)),)) if lines else None


def _feedback(sources: SheetSources) -> Part:
    items = feedback_items(sources)
    said: tuple[Block, ...] = ()
    if not items:
        said = (Words(words.NOTHING_TOLD),) if was_asked(sources) else (Words(words.NOT_ASKED), Points(words.ASK_ABOUT))
    empty = ("",) * len(words.FEEDBACK_TABLE)
    rows = (*(_row(it) for it in items), *(empty for _ in range(words.EMPTY_ROWS)))
    theme = sources.content.themes.get(_COMPLAINTS_THEME)
    links = tuple(
        Link(it.title, it.publisher, it.address)
        for it in (theme.resources if theme is not None else ())
        if "complaint" in it.title.casefold()
    )
    return Part(
        words.FEEDBACK_HEADING,
        (
            Words(words.FEEDBACK),
            *said,
            Table(words.FEEDBACK_HEADING, words.FEEDBACK_TABLE, rows),
            *((Subheading("How to complain"), Links(links)) if links else ()),
        ),
        new_page=True,
    )


def _row(item: FeedbackItem) -> tuple[str, ...]:
    item = replace(item, who=item.who or "who is not said", passed_to=item.passed_to or "passed to nobody yet")
    about = f"; about {item.theme}" if item.theme else ""
    shared = {"yes": "; may be shared", "no": "; not to be shared"}.get(item.share, "")
    taken = f"; taken by {item.taken_by}" if item.taken_by else ""
    return (
        f"{item.kind}, {item.who}{about}",
        f"{item.said}{shared}",
        item.wants,
        f"{item.passed_to}{taken}; reply by {item.due or '______'}",
        item.reply,
    )
