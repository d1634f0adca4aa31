"""The page for carers and providers: what to watch for and do, when to get help, what is usual, medicines with why.

Only what the check or the record says is on it; what nobody told is room to write. It is handed over by staff, tells
nobody to change a medicine, and leaves out what the person told of the people around them (see ``shareable``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from healthcheck_cli.content.models import Content, Level, Theme
from healthcheck_cli.facts.medicine_reasons import reason_for
from healthcheck_cli.findings import Finding
from healthcheck_cli.medicines.models import Match, MedicineRead
from healthcheck_cli.medicines.not_taken import may_not_be_taken
from healthcheck_cli.plans.easy_read import day_in_full
from healthcheck_cli.plans.reason_words import reason_for_carers
from healthcheck_cli.plans.shareable import (
    answer_may_stand,
    not_known_themes,
    raised_themes,
    shareable_findings,
    shareable_medicines,
)
from healthcheck_cli.plans.sheets import carer_words as words
from healthcheck_cli.plans.sheets.sheet import Blank, Block, Link, Links, Part, Points, Sheet, Subheading, Table, Words
from healthcheck_cli.plans.sheets.sources import SheetSources
from healthcheck_cli.plans.words import listed
from healthcheck_cli.record import PartialDate, date_in_words

CARERS = "carer or provider"
_AT_ONCE = frozenset({"now", "today"})
_CHART_THEME = "constipation"
_SIGNS_THEME = "deterioration"  # its first resource is about the signs
_DRAFT = (
    "The fixed words of this page are a draft: no clinician has signed them off, so it is not ready for use in care."
)


def carer_page_sheet(sources: SheetSources) -> Sheet:
    """The whole page."""
    findings = shareable_findings(sources.person, sources.content)
    raised = raised_themes(findings)
    themes = [sources.content.themes[name] for name in raised if name in sources.content.themes]
    parts = [
        _today(findings, sources),
        _to_do(findings, sources.review.as_of),
        _when_to_get_help(sources.content),
        _watch(themes, raised, sources),
        _signs(sources),
        _usual(sources),
        _passport(sources),
        _visits(sources),
        _medicines(sources),
        _read_more(themes),
        _next(sources),
        _chart(sources) if _CHART_THEME in raised else None,
    ]
    day = day_in_full(sources.review.as_of)
    return Sheet(
        title=words.TITLE,
        opening=(
            Words(words.FIRST, strong=True),
            Words(f"{words.ABOUT} Made on {day}."),
            Blank(words.NAME),
            Points(words.AGREED, ticks=True),
        ),
        parts=tuple(part for part in parts if part is not None),
        for_staff=tuple(_for_staff(sources, findings)),
    )


def _today(findings: Sequence[Finding], sources: SheetSources) -> Part | None:
    """What cannot wait: what carers themselves do now; all else is the practice's to tell."""
    urgent = [it for it in findings if it.level is Level.URGENT]
    if not urgent:
        return None
    now = dict.fromkeys(
        f"{_theme_of(it, sources)}{_sentence(action.do)}"
        for it in urgent
        for action in it.actions
        if _carers_now(action.owner, action.within)
    )
    points = (Points(tuple(now)),) if now else ()
    return Part(words.TODAY_HEADING, (Words(words.TODAY, strong=True), *points), boxed=True)


def _theme_of(finding: Finding, sources: SheetSources) -> str:
    theme = sources.content.themes.get(finding.themes[0]) if finding.themes else None
    return f"{theme.title}: " if theme is not None else ""


def _carers_now(owner: str, within: str) -> bool:
    return owner == CARERS and within in _AT_ONCE


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _to_do(findings: Sequence[Finding], today: date) -> Part:
    """Every action that is the carer's, soonest first; the same one once, with its earliest day."""
    found: dict[str, date] = {}
    for finding in findings:
        for action in finding.actions:
            if action.owner == CARERS and not (finding.level is Level.URGENT and action.within in _AT_ONCE):
                found[action.do] = min(action.due, found.get(action.do, action.due))
    if not found:
        return Part(words.TO_DO_HEADING, (Words(words.ASKED_NOTHING),))
    rows = tuple(
        (_sentence(do), "today" if due <= today else day_in_full(due, today))
        for do, due in sorted(found.items(), key=lambda it: it[1])
    )
    return Part(words.TO_DO_HEADING, (Table(words.TO_DO_HEADING, words.TO_DO, rows),))


def _when_to_get_help(content: Content) -> Part:
    signs = tuple(sign.of_another for sign in content.emergency_signs.values())
    return Part(
        words.HELP_HEADING,
        (
            *((Words(words.CALL_999, strong=True), Points(signs)) if signs else ()),
            Words(words.CALL_111),
            *(Blank(label) for label in words.NUMBERS),
        ),
    )


def _watch(themes: Sequence[Theme], raised: Mapping[str, Level], sources: SheetSources) -> Part:
    blocks: list[Block] = [*_fed_by_tube(sources), *(() if themes else (Words(words.NOTHING_TO_WATCH),))]
    for theme in themes:
        now = words.CANNOT_WAIT if raised[theme.id] is Level.URGENT else ""
        blocks += [Subheading(f"{theme.title}{now}"), Words(theme.plain_words)]
        if theme.carer_advice is not None:
            blocks.append(Words(theme.carer_advice.text))
    unsure = not_known_themes(sources.person, sources.content, raised)
    titles = [sources.content.themes[it].title.lower() for it in unsure if it in sources.content.themes]
    if titles:
        blocks += [Words(f"{words.NOT_LOOKED_AT} {listed(titles)}. {words.STILL_TELL}")]
    return Part(words.WATCH_HEADING, tuple(blocks))


def _fed_by_tube(sources: SheetSources) -> Iterator[Block]:
    """Advice on meals is for all; nobody may take it for leave to give food by mouth."""
    if sources.word("swallow.iddsi_food") == "tube_only":
        yield Words(words.TUBE_ONLY, strong=True)
    elif sources.rows("swallow.tube"):
        yield Words(words.A_TUBE, strong=True)


def _read_more(themes: Sequence[Theme]) -> Part | None:
    links = dict.fromkeys(
        Link(it.title, it.publisher, it.address) for theme in themes for it in theme.resources if it.address
    )
    return Part(words.READ_HEADING, (Links(tuple(links)),)) if links else None


def _signs(sources: SheetSources) -> Part:
    theme = sources.content.themes.get(_SIGNS_THEME)
    links = tuple(Link(it.title, it.publisher, it.address) for it in theme.resources) if theme is not None else ()
    rows = tuple((sign.says, "", "", "") for sign in sources.content.soft_signs.values())
    return Part(
        words.SIGNS_HEADING,
        (
            *(Words(it) for it in words.SIGNS),
            Table(words.SIGNS_HEADING, words.SIGNS_TABLE, rows),
            Words(words.SAY_IT),
            Points(words.SBARD),
            *((Words(words.TOOL), Links(links)) if links else ()),
        ),
    )


def _usual(sources: SheetSources) -> Part:
    rows = _told_rows(words.USUAL_ROWS, sources)
    return Part(words.USUAL_HEADING, (Words(words.USUAL), Table(words.USUAL_HEADING, words.USUAL_TABLE, rows)))


def _told_rows(wanted: Sequence[tuple[str, str]], sources: SheetSources) -> tuple[tuple[str, str], ...]:
    return tuple((label, _said(question, sources)) for label, question in wanted)


def _said(question: str, sources: SheetSources) -> str:
    """What an answer says; empty, which is room to write, where it does not or may not be told."""
    value = sources.value(question)
    return sources.words(question) if answer_may_stand(question, value, sources.person, sources.content) else ""


def _passport(sources: SheetSources) -> Part:
    has, missing = _said("passport.has", sources), _said("passport.contents", sources)
    told = f"{words.PASSPORT_HAS}: {has}." if has else words.PASSPORT_NOT_ASKED
    more = f" {words.PASSPORT_MISSING}: {missing}." if missing else ""
    rows = _told_rows(words.PASSPORT_ROWS, sources)
    return Part(
        words.PASSPORT_HEADING,
        (
            Words(words.PASSPORT),
            Words(f"{told}{more}"),
            Table(words.PASSPORT_HEADING, words.PASSPORT_TABLE, rows),
        ),
    )


def _visits(sources: SheetSources) -> Part:
    told = ((words.VISITS_NEEDS, _said("ra.needs", sources)), (words.VISITS_FEARS, _said("ra.fears", sources)))
    points = tuple(f"{label}: {said}." for label, said in told if said)
    return Part(words.VISITS_HEADING, (Points(points),) if points else (Words(words.VISITS_UNKNOWN),))


def _name_for_carers(read: MedicineRead) -> str:
    exact = read.recognised.match is Match.EXACT
    return read.line.text if exact else f"{read.line.text} (we do not know this name)"


def _as_listed(read: MedicineRead) -> str:
    """The line with its directions, as it may be these that say so."""
    return f"{read.line.text} {read.line.dosage}".strip()


def _medicines(sources: SheetSources) -> Part:
    told = shareable_medicines(sources.person, sources.content)
    listed_now = [read for read in told if read.current]
    reads = [read for read in listed_now if not may_not_be_taken(read)]
    in_doubt = tuple(dict.fromkeys(_as_listed(read) for read in listed_now if may_not_be_taken(read)))
    rows = tuple(
        (
            _name_for_carers(read),
            reason_for_carers(reason_for(read, sources.facts, sources.content)),
        )
        for read in reads
    )
    whole = "medicines" in sources.person.complete and len(told) == len(sources.person.medicines)
    return Part(
        words.MEDICINES_HEADING,
        (
            *(Words(it, strong=True) for it in words.MEDICINES),
            Table(words.MEDICINES_HEADING, words.MEDICINES_TABLE, rows) if rows else Words(words.NO_MEDICINES),
            *((Words(words.NOT_COUNTED), Points(in_doubt), Words(words.TELL_IF_TAKEN)) if in_doubt else ()),
            *(() if whole else (Words(words.NOT_WHOLE),)),
        ),
    )


def _chart(sources: SheetSources) -> Part:
    question = sources.content.questions.get("bowel.type")
    kinds = tuple(f"{it}: {question.labels.get(it, it)}" for it in question.values) if question is not None else ()
    rows = tuple(("",) * len(words.CHART_TABLE) for _ in range(words.CHART_ROWS))
    theme = sources.content.themes[_CHART_THEME]
    advice = (Words(theme.carer_advice.text),) if theme.carer_advice is not None else ()
    return Part(
        words.CHART_HEADING,
        (
            *advice,
            *(Words(it) for it in words.CHART),
            Points(kinds),
            Table(words.CHART_HEADING, words.CHART_TABLE, rows),
        ),
        new_page=True,
    )


def _next(sources: SheetSources) -> Part:
    day = sources.value("hap.review_date")
    known = isinstance(day, PartialDate) and day.latest >= sources.review.as_of
    told: Block = (
        Words(f"The plan is looked at again: {date_in_words(day)}.")
        if known and isinstance(day, PartialDate)
        else Blank("The plan is looked at again on")
    )
    return Part(words.NEXT_HEADING, (told, Blank("Who to ask about this page")))


def _for_staff(sources: SheetSources, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"About {sources.who()}."
    rules = sorted({it.rule for it in findings})
    if rules:
        yield f"It stands on these findings: {', '.join(rules)}."
    yield _DRAFT
    yield from sources.made_with()
