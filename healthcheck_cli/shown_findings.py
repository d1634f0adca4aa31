"""How the rules that fired are told: alone, with a firmer one, with one of the same cause, or as known and accepted.

None is lost. Each rule that fired is a finding, is named by the finding that stands for it, or is among the accepted;
only a rider with no finding beside it is not said. What is urgent is never accepted and never merged away. And nothing
is for later because it is told by another: what a rule asks for sooner than the finding that stands for it stays with
that finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from healthcheck_cli.conditions.explain import Explanation
from healthcheck_cli.content.models import Level, Rule
from healthcheck_cli.fact_words import fact_asked_of
from healthcheck_cli.findings import AcceptedFinding, Action, Because, Finding, NotHeld, WhyShown
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.record import Acceptance

Substances = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Assessed:
    """One rule on one person: its explanation, the finding where it fired, and where it is open what holds already."""

    rule: Rule
    explanation: Explanation
    finding: Finding | None
    holds: tuple[Because, ...] = ()


@dataclass(frozen=True)
class Settled:
    """The findings, most pressing first; those that are accepted; and entries in force for rules that did not fire."""

    shown: tuple[Finding, ...]
    accepted: tuple[AcceptedFinding, ...]
    accepted_not_found: tuple[Acceptance, ...]


def settled(
    assessed: Iterable[Assessed],
    entries: Sequence[Acceptance],
    reads: Iterable[MedicineRead],
    substances: Substances,
    as_of: date,
) -> Settled:
    """How everything that fired is told on the day ``as_of``. ``substances``: what a medicine's name or product holds.

    What is accepted is taken out before anything stands for anything: it hides only what an entry names.
    """
    fired = _without_lone_riders([it for it in assessed if it.finding is not None])
    held = {read.row: frozenset(ingredient.name for ingredient in read.ingredients) for read in reads}
    left: list[Assessed] = []
    accepted: list[AcceptedFinding] = []
    for it in fired:
        judged = _judged(it.finding, entries, held, substances, as_of) if it.finding is not None else None
        if isinstance(judged, AcceptedFinding):
            accepted.append(judged)
        else:
            left.append(replace(it, finding=judged))
    found = {it.rule.id for it in fired}
    shown = one_for_one_cause(without_superseded(left))
    every = {it.rule.id: it.finding for it in left if it.finding is not None}
    return Settled(
        tuple(in_order(_with_what_is_sooner(it, [every[rule] for rule in it.superseded]) for it in shown)),
        tuple(sorted(accepted, key=lambda it: (it.finding.level.rank, it.finding.rule))),
        tuple(entry for entry in entries if entry.rule not in found and as_of <= entry.until),
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Most pressing first, then by id."""
    return sorted(findings, key=lambda it: (it.level.rank, it.rule))


def _judged(
    finding: Finding,
    entries: Iterable[Acceptance],
    held: Mapping[int, frozenset[str]],
    substances: Substances,
    as_of: date,
) -> Finding | AcceptedFinding:
    """The finding as accepted where the entries hold for all that it stands on; else with why they do not."""
    named = [entry for entry in entries if entry.rule == finding.rule]
    if finding.level is Level.URGENT:
        return replace(finding, not_held=tuple(NotHeld(entry, WhyShown.URGENT) for entry in named))
    in_force = [entry for entry in named if as_of <= entry.until]
    whole = [entry for entry in in_force if not entry.medicine]
    if whole:
        return AcceptedFinding(finding, (max(whole, key=lambda entry: entry.until),))
    covered = {entry: _rows_of(entry, finding.rows, held, substances) for entry in in_force}
    if finding.rows and set(finding.rows) == {row for rows in covered.values() for row in rows}:
        return AcceptedFinding(finding, tuple(entry for entry, rows in covered.items() if rows))
    not_held = (NotHeld(it, WhyShown.OTHER_MEDICINE if it in in_force else WhyShown.PAST) for it in named)
    return replace(finding, not_held=tuple(not_held))


def _rows_of(
    entry: Acceptance, rows: Iterable[int], held: Mapping[int, frozenset[str]], substances: Substances
) -> set[int]:
    """The rows that hold nothing but the medicine of the entry: a line that cannot be named is none of them."""
    named = substances(entry.medicine)
    return {row for row in rows if held.get(row) and held[row] <= named}


def _without_lone_riders(assessed: Sequence[Assessed]) -> list[Assessed]:
    """A rider is said only beside a finding on the same medicine."""
    leading = {row for a in assessed if not a.rule.rider and a.finding is not None for row in a.finding.rows}
    return [a for a in assessed if not a.rule.rider or (a.finding is not None and leading & set(a.finding.rows))]


def without_superseded(assessed: Sequence[Assessed]) -> list[Finding]:
    """Leave out a finding that another, at the same level or a higher one, stands for on the same medicine or fact."""
    fired = {a.rule.id: a.finding for a in assessed if a.finding is not None}
    hidden: dict[str, str] = {}
    for firm in assessed:
        for weak_id in firm.rule.supersedes:
            weak, strong = fired.get(weak_id), firm.finding
            if weak is None or strong is None or weak_id in hidden or _shown_for(firm.rule.id, hidden) == weak_id:
                continue
            if strong.level.rank <= weak.level.rank and _about_the_same(strong, weak):
                hidden[weak_id] = firm.rule.id
    kept = []
    for rule_id, finding in fired.items():
        if rule_id not in hidden:
            stands_for = tuple(weak for weak in hidden if _shown_for(weak, hidden) == rule_id)
            kept.append(replace(finding, superseded=stands_for))
    return kept


def _shown_for(rule_id: str, hidden: Mapping[str, str]) -> str:
    """The finding that is shown where this one is hidden, perhaps by one that is hidden itself; else this one."""
    while rule_id in hidden:
        rule_id = hidden[rule_id]
    return rule_id


def _about_the_same(strong: Finding, weak: Finding) -> bool:
    if weak.rows:
        return set(weak.rows) <= set(strong.rows)
    facts = {fact_asked_of(reason.fact) for reason in strong.because}
    return any(fact_asked_of(reason.fact) in facts for reason in weak.because)


def one_for_one_cause(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that rest on the same medicine or fact, and ask for nothing that another does not ask for, as one.

    The one that is shown is at the same level or a higher one, and holds the reasons of all. At the same level the
    earliest day of an action is taken; one at a higher level must not be for later, or both are shown.
    """
    wide_first = sorted(findings, key=lambda it: (it.level.rank, -len(it.actions), -len(it.rows), it.rule))
    leaders: list[tuple[Finding, list[Finding]]] = []
    for finding in wide_first:
        joined = next((others for leader, others in leaders if _takes_in(leader, finding)), None)
        if joined is None:
            leaders.append((finding, []))
        else:
            joined.append(finding)
    return [_merged(leader, others) if others else leader for leader, others in leaders]


def _takes_in(leader: Finding, other: Finding) -> bool:
    """Can the other be told with the leader? What is urgent is always told by itself, and so is what asks for
    nothing, or what somebody thinks is accepted: it has its own reason to be seen."""
    if other.level is Level.URGENT or not other.actions or other.not_held:
        return False
    due = {(it.do, it.owner): it.due for it in leader.actions}
    asked = {(it.do, it.owner): it.due for it in other.actions}
    if not asked.keys() <= due.keys() or not _about_the_same(leader, other):
        return False
    return leader.level is other.level or all(due[action] <= day for action, day in asked.items())


def _merged(leader: Finding, others: Sequence[Finding]) -> Finding:
    because: list[Because] = []
    for it in (leader, *others):
        because += [reason for reason in it.because if reason not in because]
    return replace(
        leader,
        themes=tuple(dict.fromkeys(theme for it in (leader, *others) for theme in it.themes)),
        because=tuple(because),
        rows=tuple(sorted({row for it in (leader, *others) for row in it.rows})),
        actions=tuple(_soonest(action, others) for action in leader.actions),
        higher_if=tuple(dict.fromkeys(fact for it in (leader, *others) for fact in it.higher_if)),
        superseded=tuple(dict.fromkeys(weak for it in (leader, *others) for weak in it.superseded)),
        merged=tuple(others),
    )


def _with_what_is_sooner(shown: Finding, hidden: Sequence[Finding]) -> Finding:
    """The finding with those actions of the hidden ones that it does not ask for as soon: not of their owner, nor,
    where it asks nothing of that owner, of anybody. They come first."""
    own = tuple(_soonest(action, hidden) for action in shown.actions)
    asked = {(it.do, it.owner) for it in own}
    sooner: dict[tuple[str, str], Action] = {}
    for other in hidden:
        for action in other.actions:
            beside = [it for it in own if it.owner == action.owner] or own
            what = action.do, action.owner
            if what in asked or any(it.due <= action.due for it in beside):
                continue
            if what not in sooner or action.due < sooner[what].due:
                sooner[what] = replace(action, asked_by=other.rule)
    return replace(shown, actions=(*sorted(sooner.values(), key=lambda it: it.due), *own))


def _soonest(action: Action, others: Iterable[Finding]) -> Action:
    """The action as it is wanted first. Its easy words are kept: they were written for it."""
    same = [it for other in others for it in other.actions if (it.do, it.owner) == (action.do, action.owner)]
    first = min([action, *same], key=lambda it: it.due)
    return replace(action, due=first.due, within=first.within)
