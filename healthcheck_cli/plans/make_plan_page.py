"""The clinician's plan put together from a review: every part, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli import __version__
from healthcheck_cli.content.support import Basis
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.ledger import Ledger
from healthcheck_cli.plans.agreement_parts import agreed_part, agreement_lines, code_lines, copy_lines
from healthcheck_cli.plans.alert_parts import withdrawn_lines
from healthcheck_cli.plans.burden_parts import burden_part
from healthcheck_cli.plans.changes_parts import changes_part
from healthcheck_cli.plans.citations import Citations
from healthcheck_cli.plans.find_out import find_out
from healthcheck_cli.plans.finding_parts import accepted_part, all_actions, findings_by_theme, first_screen
from healthcheck_cli.plans.gap_parts import answer_sections, gaps_part
from healthcheck_cli.plans.local_changes import local_change_lines
from healthcheck_cli.plans.medicine_parts import medicines_part
from healthcheck_cli.plans.plan_page import FooterLine, PlanPage
from healthcheck_cli.plans.plan_sources import PlanSources
from healthcheck_cli.plans.shareable import FREE_WORDS, NOT_TO_HAND_ON, is_private, is_private_rule, tells_of_others
from healthcheck_cli.plans.stomp_parts import stomp_part
from healthcheck_cli.plans.words import SUDDEN, counted, day_in_words, of_another_in_words

_REJECTED_SHOWN = 10
FOR_STAFF = "For registered staff. It shows what was found and why; it does not replace judgement."


def make_plan_page(sources: PlanSources) -> PlanPage:
    """The plan of ``sources.person``, as every format shows it. Nothing is escaped: that is for the renderer."""
    review, person, content = sources.review, sources.person, sources.content
    rules = (rule for finding in person.findings for rule in finding.rules)
    cited = Citations(content)
    from_check = bool(sources.answers) or person.from_check
    return PlanPage(
        who=_who(person),
        day=day_in_words(review.as_of),
        of_another=of_another_in_words(sources.differs_in),
        first=first_screen(person, content, sources.alerts),
        agreed=agreed_part(sources),
        find_out=find_out(person, content, review.as_of),
        themes=findings_by_theme(person, content, cited),
        actions=all_actions(person),
        accepted=accepted_part(person, content, cited),
        withdrawn=withdrawn_lines(sources.alerts, content),
        stomp=stomp_part(sources),
        burden=burden_part(person, content),
        changes=changes_part(sources.changes, sources.answers, rules, review.as_of),
        gaps=gaps_part(person, content),
        codes=code_lines(sources, cited),
        hindrances=sources.hindrances,
        copies=copy_lines(person, sources.answers, content),
        not_to_hand_on=_not_to_hand_on(sources),
        agreement=agreement_lines(sources) if from_check else (),
        medicines=medicines_part(person, content),
        answers=answer_sections(sources),
        sources=cited.titles,
        footer=tuple(_footer(sources)),
    )


def _not_to_hand_on(sources: PlanSources) -> str:
    if not _holds_private(sources):
        return ""
    return f"{NOT_TO_HAND_ON} {FREE_WORDS}" if tells_of_others(sources.person, sources.content) else NOT_TO_HAND_ON


def _holds_private(sources: PlanSources) -> bool:
    """Is anything private in the plan? What earlier plans held and asked for stands in this one too."""
    before = sources.changes
    found = [*sources.person.findings]
    asked: list[str] = []
    if before is not None:
        found += [*before.cleared, *before.still_open, *before.not_assessed]
        asked += [rule for it in before.actions for rule in it.action.rules]
    content = sources.content
    return any(is_private(it, content) for it in found) or any(is_private_rule(it, content) for it in asked)


def _who(person: PersonReview) -> str:
    who = [f"person {person.person_id}" if person.person_id else "one person"]
    if person.age is not None:
        who.append(f"aged {person.age}")
    if person.sex:
        who.append(person.sex)
    return ", ".join(who)


def _footer(sources: PlanSources) -> Iterator[FooterLine]:
    review, content = sources.review, sources.content
    yield FooterLine(SUDDEN)
    yield FooterLine(FOR_STAFF)
    yield FooterLine(_support_counts(sources))
    yield FooterLine(f"As of {day_in_words(review.as_of)}. healthcheck {__version__}, content {content.version}")
    yield FooterLine(f"Content SHA-256 {content.sha256}")
    yield from (FooterLine(f"Setting: {it.title}: {it.shown}") for it in content.settings.values())
    yield from local_change_lines(content.overlays, review.as_of)
    yield from (FooterLine(f"Input {it.name} ({it.format}), SHA-256 {it.sha256}") for it in review.inputs)
    yield from _rejected(review.ledger)


def _rejected(ledger: Ledger) -> Iterator[FooterLine]:
    damaged = ledger.damaged
    rows = [f"{it.file} line {it.line}: {it.reason}" for it in damaged[:_REJECTED_SHOWN]]
    if rows:
        below = (*rows, *([f"and {len(damaged) - len(rows)} more"] if len(damaged) > len(rows) else []))
        yield FooterLine(f"{counted(len(damaged), 'row')} of the inputs could not be used:", below)
    if ledger.rows_withdrawn:
        yield FooterLine(f"{counted(ledger.rows_withdrawn, 'row')} of the inputs left out: the source takes them back")


def _support_counts(sources: PlanSources) -> str:
    found, rules = sources.person.findings, sources.content.rules
    if not found:
        return "No finding, so none that rests on content without sign-off."
    proposed = sum(it.basis is Basis.PROPOSED for it in found)
    unverified = sum(it.basis is Basis.GENERAL_KNOWLEDGE for it in found)
    unsigned = sum(it.rule not in rules or not rules[it.rule].support.signed_off_by for it in found)
    sourced = len(found) - proposed - unverified
    return (
        f"Of {counted(len(found), 'finding')}: {sourced} sourced, {unverified} general knowledge to be verified, "
        f"{proposed} proposed by this project; {unsigned} on rules that no clinician has signed off."
    )
