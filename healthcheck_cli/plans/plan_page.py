"""The clinician's plan of one person, part by part, as every format shows it. Texts are plain: a renderer escapes them.

The order is that of reading: one screen for somebody in a hurry, the findings by LeDeR theme, the medicines for mind
and behaviour, then the lists to look something up in.
"""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import ThemeStatus
from healthcheck_cli.plans.agreed_actions import AgreedPart
from healthcheck_cli.plans.find_out import FindOut
from healthcheck_cli.plans.plan_page_medicines import BurdenPart, StompPart


@dataclass(frozen=True)
class ShownSupport:
    """What something rests on: the basis in words, and its sources by their numbers in the list of the page."""

    basis: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class ShownAction:
    """One thing to do. ``by``: the last day, in words; ``within``: how it was asked for; ``rules``: who asks for it."""

    by: str
    owner: str
    do: str
    within: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class UrgentFinding:
    """What stands in the red box: a finding that cannot wait, what to do today, and, of a check, who took it on."""

    rule: str
    title: str
    says: str
    actions: tuple[ShownAction, ...]
    taken: str


@dataclass(frozen=True)
class ShownTheme:
    """One LeDeR theme in the row of states. ``found``: its findings; ``assessed`` of ``rules`` rules were decided."""

    title: str
    state: ThemeStatus
    level: Level | None
    found: int
    assessed: int
    rules: int


@dataclass(frozen=True)
class FirstScreen:
    """What a GP reads in a minute.

    ``no_urgent`` is empty where there is a red box; ``may_be_urgent`` says what was not assessed and may be urgent.
    ``more_actions``: how many are not among the first. ``alerts``: of a check, those that no finding in the box tells.
    """

    urgent: tuple[UrgentFinding, ...]
    alerts: tuple[str, ...]
    no_urgent: str
    may_be_urgent: str
    counts: str
    known: str
    actions: tuple[ShownAction, ...]
    more_actions: int
    themes: tuple[ShownTheme, ...]


@dataclass(frozen=True)
class ShownRow:
    """A row of the medicine list as it was written; ``daily`` where the finding is about a dose."""

    row: int
    text: str
    dosage: str
    daily: str = ""


@dataclass(frozen=True)
class MergedFinding:
    """A rule that is told with another: what it says itself, and what supports it."""

    rule: str
    title: str
    level: Level
    says: str
    support: ShownSupport


@dataclass(frozen=True)
class ShownFinding:
    """One finding. ``pressing``: its level and by when; ``stands_on``: answers, results, dates and rows, in words.
    ``psychotropic``: it is about such a medicine, and "do not stop suddenly" goes with it.
    """

    rule: str
    title: str
    level: Level
    pressing: str
    says: str
    stands_on: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    actions: tuple[ShownAction, ...]
    merged: tuple[MergedFinding, ...]
    notes: tuple[str, ...]
    support: ShownSupport
    psychotropic: bool


@dataclass(frozen=True)
class ThemeFindings:
    """The findings of one theme, most pressing first, with why the theme matters and where that stands."""

    title: str
    why: str
    why_support: ShownSupport | None
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True)
class AcceptedShown:
    """A finding that somebody knows of and accepts: until when, and what they wrote."""

    finding: ShownFinding
    until: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class AcceptedPart:
    """What is known and accepted for now; ``not_found``: entries for rules that did not fire."""

    findings: tuple[AcceptedShown, ...]
    not_found: str


@dataclass(frozen=True)
class ChangedFinding:
    """A finding of this check or the last. ``here``: it is among the findings of this plan."""

    rule: str
    title: str
    level: Level
    here: bool


@dataclass(frozen=True)
class ChangedGroup:
    """Findings that went the same way since the last check. ``by_rule``: the rules are enough, the rest is above."""

    title: str
    findings: tuple[ChangedFinding, ...]
    by_rule: bool = False


@dataclass(frozen=True)
class PastAction:
    """An action of the last plan, and what became of it."""

    action: ShownAction
    outcome: str


@dataclass(frozen=True)
class ChangesPart:
    """What changed since the last check; ``since`` is empty where only its actions are known. ``urgent``: those of the
    actions that cannot be left to the list, and ``more_urgent`` how many there are beside them."""

    since: str
    groups: tuple[ChangedGroup, ...]
    actions: tuple[PastAction, ...]
    urgent: tuple[PastAction, ...] = ()
    more_urgent: int = 0


@dataclass(frozen=True)
class WaitingRule:
    """A rule that waits for something to be known; ``alone``: for that and nothing else."""

    rule: str
    alone: bool


@dataclass(frozen=True)
class Gap:
    """Something to ask or look up, and the rules that wait for it, most pressing first."""

    ask: str
    rules: tuple[WaitingRule, ...]


@dataclass(frozen=True)
class GapGroup:
    """The gaps that are closed in one place: a section of the check, or a list of the record.

    ``urgent`` and ``high``: what at least one rule of that level waits for. ``lesser``: what only rules of medium or
    info level wait for, and ``lesser_rules`` those rules.
    """

    where: str
    urgent: tuple[Gap, ...]
    high: tuple[Gap, ...]
    lesser: tuple[str, ...]
    lesser_rules: tuple[str, ...]


@dataclass(frozen=True)
class GapsPart:
    """All that could not be assessed. ``urgent``: the rules about something urgent, by id and title."""

    rules: int
    urgent: tuple[tuple[str, str], ...]
    groups: tuple[GapGroup, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class CodeLine:
    """Something to record with a code. ``code`` is empty where no source that was read gives one; ``not_yet``: it
    is not to be added while something stands against a completed check."""

    what: str
    code: str
    because: str
    support: ShownSupport
    not_yet: bool = False


@dataclass(frozen=True)
class CopyLine:
    """Somebody who may need the plan: why, whether the person agreed to that, and whether they have it."""

    who: str
    why: str
    agreed: str
    given: str


@dataclass(frozen=True)
class AgreementLine:
    """One thing to have agreed, and what was answered."""

    about: str
    answer: str


@dataclass(frozen=True)
class MedicineLineShown:
    """One line of the list: as written, and what was made of it."""

    row: int
    text: str
    dosage: str
    read_as: str
    daily: str
    score: str
    bowel: str


@dataclass(frozen=True)
class ShownLine:
    """A line of the medicine list that was not used, and what is to be said of it."""

    row: int
    said: str


@dataclass(frozen=True)
class MedicinesPart:
    """The medicine list as it was read; ``scale``: the short name of the headline scale."""

    scale: str
    lines: tuple[MedicineLineShown, ...]
    groups: tuple[str, ...]
    unrecognised: tuple[ShownLine, ...]
    left_out: tuple[ShownLine, ...]


@dataclass(frozen=True)
class AnswerLine:
    """A question with its answer. ``missing``: it has none, and ``answer`` says why."""

    question: str
    answer: str
    said_by: str
    missing: bool


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one section of the check."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class FooterLine:
    """One thing that the plan was made with; ``below`` are its parts."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanPage:
    """The whole plan of one person. A part that is None or empty has nothing to say and is left out.

    ``of_another``: that what it was made from may be of two people. ``hindrances``: what codes that are ``not_yet``
    wait for. ``not_to_hand_on``: that the plan is for nobody who supports the person, where it holds what is private.
    """

    who: str
    day: str
    of_another: str
    first: FirstScreen
    agreed: AgreedPart | None
    find_out: tuple[FindOut, ...]
    themes: tuple[ThemeFindings, ...]
    actions: tuple[ShownAction, ...]
    accepted: AcceptedPart | None
    withdrawn: tuple[str, ...]
    stomp: StompPart
    burden: BurdenPart | None
    changes: ChangesPart | None
    gaps: GapsPart | None
    codes: tuple[CodeLine, ...]
    hindrances: tuple[str, ...]
    copies: tuple[CopyLine, ...]
    not_to_hand_on: str
    agreement: tuple[AgreementLine, ...]
    medicines: MedicinesPart
    answers: tuple[AnswerSection, ...]
    sources: tuple[str, ...]
    footer: tuple[FooterLine, ...]
