"""The pharmacist's letter: what the STOMP rules found, medicine by medicine, what is asked, what was not assessed.

It names nobody: addressee, sender and signature are room to write. It follows the wording rules of
docs/content.md, and tells nobody to change a medicine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from healthcheck_cli.content.models import Level
from healthcheck_cli.content.support import Basis
from healthcheck_cli.fact_words import reason_in_words
from healthcheck_cli.facts.medicine_reasons import reason_for
from healthcheck_cli.findings import Action, Finding, NotAssessed
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.plans.finding_parts import by_level_and_day, for_today
from healthcheck_cli.plans.reason_words import reason_for_staff
from healthcheck_cli.plans.sheets.sheet import Blank, Block, Part, Points, Sheet, Table, Words
from healthcheck_cli.plans.sheets.sources import SheetSources
from healthcheck_cli.plans.what_is_missing import missing_in_words
from healthcheck_cli.plans.words import BASES, NOTHING_FIRED, SUDDEN, counted, day_in_words, listed, owner_in_words
from healthcheck_cli.plans.words import source_in_words as source_of
from healthcheck_cli.record import NONE_OF_THESE

_IN_FULL = 8  # findings; the others are named with their title
_GAPS_NAMED = 6
_OURS = frozenset({"pharmacist", "practice nurse", "healthcare assistant", "reception"})
_IN_SCOPE = frozenset({"core", "conditional"})
_ABSENT = re.compile(r"\bin the problems supplied$")

DRAFT = "Draft from a computer program. A pharmacist reads, completes and signs it before it is sent."
NOT_FROM_THIS = "Do not stop suddenly. Do not stop or change from this list. " + SUDDEN
NO_LINES = "No medicine line was supplied."
NOT_READ = "Letters and free text were not read: what is not found here may be there."


def letter_sheet(sources: SheetSources) -> Sheet:
    """The whole letter, on one to two sides of A4."""
    found = stomp_findings(sources)
    young = sources.person.age is not None and sources.person.age < 18
    gaps = _not_assessed(sources)
    thin = not {"medicines", "problems"} <= set(sources.person.complete)  # then what is not known is read first
    parts = [
        _urgent(found),
        gaps if thin else None,
        _medicines(sources, found),
        _found(sources, found),
        None if thin else gaps,
        Part("For everyone who reads this", (Words(NOT_FROM_THIS, strong=True),)),
        _reply(),
    ]
    return Sheet(
        title=f"{'STAMP' if young else 'STOMP'} medicine review: letter to the prescriber",
        opening=tuple(_opening(sources, found)),
        parts=tuple(part for part in parts if part is not None),
        for_staff=tuple(_for_staff(sources, found)),
        small=True,
    )


def stomp_findings(sources: SheetSources) -> list[Finding]:
    """The findings about medicines that a STOMP rule stands behind, or one of the medicines theme; the most pressing
    first, within a level those of STOMP rules, and of these those with the soonest first step."""
    found = [it for it in sources.person.findings if any(map(_is_stomp, it.told_for))]
    return sorted(found, key=lambda it: (it.level.rank, not _is_stomp(it.rule), by_level_and_day(it)))


def _is_stomp(rule: str) -> bool:
    return rule.startswith(("STOMP-", "MED-"))


def _opening(sources: SheetSources, found: list[Finding]) -> Iterator[Block]:
    yield Words(DRAFT, strong=True)
    yield from (Blank("To (prescriber or team)"), Blank("From (name, role, practice)"), Blank("Date sent"))
    yield Blank("Name, birth date and NHS number")
    yield Words(f"About: {sources.who()}, on {day_in_words(sources.review.as_of)}.")
    rows = {row for it in found for row in it.rows}
    if found:
        about = f" about {counted(len(rows), 'medicine line')}" if rows else ""
        first = f"The medicines were compared with the record: {counted(len(found), 'finding')}{about}."
    else:
        first = f"The medicines were compared with the record. {NOTHING_FIRED}"
    yield Words(f"{first} {_completeness(sources)} {NOT_READ}")


def _completeness(sources: SheetSources) -> str:
    if not sources.person.complete:
        return "No list was said to be complete: what is not found in one is unknown, not absent."
    return f"Said to be complete: {listed(sources.person.complete)}. Absence from any other list says nothing."


def _urgent(found: list[Finding]) -> Part | None:
    urgent = [it for it in found if it.level is Level.URGENT]
    if not urgent:
        return None
    lines = [f"{it.title} [{it.rule}]: {_told(for_today(it))}" for it in urgent]
    return Part("Same day: do not wait for this letter", (Points(tuple(lines)),), boxed=True)


def _told(actions: Sequence[Action]) -> str:
    return "; ".join(f"{it.do} ({owner_in_words(it.owner)}, {it.within})" for it in actions)


def _medicines(sources: SheetSources, found: list[Finding]) -> Part:
    reads = [read for read in sources.person.medicines if read.current and _in_scope(read, sources)]
    heading = "Medicines for mind, sleep or seizures, and others that can be used to calm"
    if not reads:
        none = "None was recognised among the lines supplied." if sources.person.medicines else NO_LINES
        return Part(heading, (Words(none), *_unrecognised(sources)))
    rows = [
        (
            f"{read.line.text}; {read.line.dosage or 'no directions'} (row {read.row})",
            day_in_words(read.line.start) if read.line.start is not None else "not in the list",
            reason_for_staff(reason_for(read, sources.facts, sources.content), sources.content),
            ", ".join(it.rule for it in found if read.row in it.rows) or "-",
        )
        for read in reads
    ]
    header = ("As written, with directions", "On the list since", "Reason", "Findings")
    return Part(heading, (Table(heading, header, tuple(rows)), *_unrecognised(sources)))


def _in_scope(read: MedicineRead, sources: SheetSources) -> bool:
    known = (sources.content.medicines.get(it.name) for it in read.ingredients)
    return any(it is not None and it.stomp_scope in _IN_SCOPE for it in known)


def _unrecognised(sources: SheetSources) -> Iterator[Block]:
    rows = [str(it.row) for it in sources.person.unrecognised]
    if rows:
        lines = counted(len(rows), "line was", "lines were")
        yield Words(f"{lines} not recognised (row {listed(rows)}), so every count is of the others only.")


def _found(sources: SheetSources, found: list[Finding]) -> Part | None:
    accepted = tuple(_accepted(sources))
    if not found and not accepted:
        return None
    blocks: list[Block] = []
    cited = _cited(found)
    for number, finding in enumerate(found[:_IN_FULL], start=1):
        blocks += [Words(f"{number}. {finding.title} ({_mark(finding, cited)})", strong=True)]
        blocks += [Points(tuple(_points(finding, sources)))]
    others = [f"{it.title} ({it.rule}, {it.level.value})" for it in found[_IN_FULL:]]
    if others:
        blocks.append(Words(f"Found too, and told in full in the clinician's plan: {'; '.join(others)}."))
    return Part("What was found, and what is asked", (*blocks, *accepted))


def _cited(found: list[Finding]) -> list[str]:
    """The sources of the findings that are told in full, in the order in which they are numbered."""
    return list(dict.fromkeys(source for it in found[:_IN_FULL] for source in it.sources))


def _mark(finding: Finding, cited: list[str]) -> str:
    """Its rule, its level, what supports it, and the numbers of its sources."""
    numbers = [str(cited.index(source) + 1) for source in finding.sources]
    basis = [] if finding.basis is Basis.SOURCED else [BASES[finding.basis]]
    sources = [f"source{'s' if len(numbers) > 1 else ''} {listed(numbers)}"] if numbers else []
    return ", ".join([finding.rule, finding.level.value, *basis, *sources])


def _accepted(sources: SheetSources) -> Iterator[Block]:
    found = [it for it in sources.person.accepted if any(map(_is_stomp, it.finding.told_for))]
    if found:
        told = (f"{it.finding.title} ({it.finding.rule}), until {day_in_words(it.until)}" for it in found)
        yield Words(f"Known and accepted for now, as the clinician's plan says in full: {'; '.join(told)}.")


def _points(finding: Finding, sources: SheetSources) -> Iterator[str]:
    yield finding.says
    yield f"Stands on: {'; '.join(_stands_on(finding, sources))}."
    yield from (f"Asked of the {_who_and_when(it)}: {it.do}." for it in finding.actions if it.owner not in _OURS)
    yield from (f"We will see to this ({_who_and_when(it)}): {it.do}." for it in finding.actions if it.owner in _OURS)


def _stands_on(finding: Finding, sources: SheetSources) -> Iterator[str]:
    """The facts and dates. Diagnoses that were looked for in vain are many: the clinician's plan names them."""
    content, in_vain = sources.content, False
    there: dict[str, None] = {}
    for it in finding.because:
        shown, none_of, _ = it.shown.partition(NONE_OF_THESE)
        told = reason_in_words(it.fact, shown.rstrip("; "), it.value, it.rows, content).rstrip(".")
        if _ABSENT.search(told) or (none_of and not shown):
            in_vain = True
        else:
            in_vain |= bool(none_of)
            there[told] = None
    yield from there
    if in_vain:
        yield "none of the diagnoses looked for is in the problems supplied"


def _who_and_when(action: Action) -> str:
    return f"{owner_in_words(action.owner)}, by {day_in_words(action.due)}"


def _not_assessed(sources: SheetSources) -> Part | None:
    open_rules = [it for it in sources.person.could_not_assess if _is_stomp(it.rule)]
    if not open_rules:
        return None
    urgent = [it.rule for it in open_rules if it.level is Level.URGENT]
    first = f"{counted(len(open_rules), 'rule')} about medicines could not be decided"
    first += f", {len(urgent)} of them about something urgent ({listed(urgent)})." if urgent else "."
    return Part("What was not assessed", (Words(f"{first} {_gaps(open_rules, sources)}"),))


def _gaps(open_rules: list[NotAssessed], sources: SheetSources) -> str:
    wanted = Counter(words for it in open_rules for words in missing_in_words(it, sources.person, sources.content))
    named = [f"{words} ({number})" for words, number in wanted.most_common(_GAPS_NAMED)]
    more = len(wanted) - len(named)
    rest = f"; and {counted(more, 'more thing')}, listed in the clinician's plan" if more > 0 else ""
    return f"What they wait for, with how many wait for it: {'; '.join(named)}{rest}."


def _reply() -> Part:
    asked = (
        "Please discuss this with the person and with those who know them, check whether each reason is current, and "
        "let us know the reason, who reviews the medicine, and when the next review is due."
    )
    return Part(
        "Reply and signature",
        (
            Words(asked),
            Points(
                ("The person was told of this letter", "Agrees", "Cannot decide: best-interests decision"), ticks=True
            ),
            Blank("Signed"),
            Blank("Name, role, registration"),
            Blank("Copies to"),
        ),
    )


def _for_staff(sources: SheetSources, found: list[Finding]) -> Iterator[str]:
    cited = [f"{number} {source_of(it, sources.content)}" for number, it in enumerate(_cited(found), start=1)]
    if cited:
        yield f"Sources: {'; '.join(cited)}."
    if found:
        unsourced = sum(it.basis is not Basis.SOURCED for it in found)
        yield f"{unsourced} of {counted(len(found), 'finding')} rest on content that is not sourced and needs sign-off."
    yield from sources.made_with("The sender's")
