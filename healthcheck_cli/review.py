"""The review of one person: record and content in, findings and what could not be assessed out.

A rule fires only where its condition is true. Where it is unknown the rule is listed with the facts that would
settle it, and its themes are not shown as clear. What fired and is told with another, or is accepted,
is named there: ``shown_findings`` settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import AtomResult, Explanation, explain, holds_already
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import FactValue, Interval, PersonFacts, Truth
from healthcheck_cli.content.models import PRESSING, ActionSpec, Content, Level, Rule
from healthcheck_cli.fact_words import reason_in_words
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.facts.from_problems import unmatched_problem_rows
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.facts.plain import date_of_birth
from healthcheck_cli.facts.sources import LastCheckFacts, record_at_last_check
from healthcheck_cli.findings import (
    Action,
    Because,
    Finding,
    NotAssessed,
    PersonReview,
    Review,
    ThemeState,
    ThemeStatus,
    Unrecognised,
)
from healthcheck_cli.ledger import Companion, InputFile, Ledger, RejectedRow
from healthcheck_cli.medicines.burden import antipsychotic_percent, burdens, constipating_load
from healthcheck_cli.medicines.burden_read import disagreements, lower_burden_options
from healthcheck_cli.medicines.code_book import ProductIndex
from healthcheck_cli.medicines.equivalents import antipsychotic_equivalents
from healthcheck_cli.medicines.models import Burden, Currency, Match, MedicineRead
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.read_list import MedicineReader
from healthcheck_cli.record import Record, day_in_words
from healthcheck_cli.rule_level import level_of
from healthcheck_cli.shown_findings import Assessed, settled, without_superseded
from healthcheck_cli.told_medicines import with_told_medicines

_AGE = "person.age"
_NOT_FIRED = Explanation(Truth.FALSE, (), ())


class Reviewer:
    """Reviews records with one content. Made once; each distinct product and dosage text is read once."""

    def __init__(self, content: Content, names: NameIndex | None = None, dmd: ProductIndex | None = None) -> None:
        """``names``: the index of the names in ``content``, where it is made already; ``dmd``: the user's own dm+d."""
        self.content = content
        self.medicines = MedicineReader(content, names, dmd)
        self.facts = FactMaker.of(content)
        self._definitions = {
            name: fact.definition for name, fact in content.facts.items() if fact.definition is not None
        }

    def substances(self, product: str) -> frozenset[str]:
        """What a product text holds; empty where it cannot be named."""
        return self.medicines.substances(product)

    def person_facts(self, record: Record, as_of: date, given: Mapping[str, FactValue] | None = None) -> PersonFacts:
        """Only the facts of a record: what the examples of a rule are tested on."""
        record = self._with_told(record, as_of)
        reads = self.reads(record, as_of)
        scored = burdens(reads, self.content.medicines, self.content.scales, self.content.products)
        return self._facts(record, reads, scored, as_of, given)

    def review(self, record: Record, as_of: date) -> PersonReview:
        """Everything there is to say about one record on one day."""
        record = self._with_told(record, as_of)
        reads = self.reads(record, as_of)
        scored = burdens(reads, self.content.medicines, self.content.scales, self.content.products)
        facts = self._facts(record, reads, scored, as_of, None)
        rules = self._rules_for(record)
        assessed = [self._assess(rule, facts, reads, scored) for rule in rules if not rule.is_off_on(as_of)]
        told = settled(assessed, record.accepted, reads, self.substances, as_of)
        with_prn, without_prn = antipsychotic_percent(reads)
        load = constipating_load(reads, self.content.medicines)
        age = facts.fact("person.age").value
        unused = self.facts.takers.unused(record)
        return PersonReview(
            person_id=record.person.id,
            age=int(age.low) if isinstance(age, Interval) and age.exact else None,
            sex=str(facts.fact("person.sex").value or record.person.sex),
            complete=tuple(record.complete),
            medicines=reads,
            burdens=scored,
            constipating=load,
            antipsychotic_percent=with_prn,
            antipsychotic_percent_without_prn=without_prn,
            findings=told.shown,
            could_not_assess=_not_assessed(assessed),
            themes=_theme_states(assessed, [rule for rule in rules if rule.is_off_on(as_of)], self.content),
            unrecognised=tuple(
                Unrecognised(read.row, read.line.text, read.recognised.suggestions or read.recognised.candidates)
                for read in reads
                if read.current and read.recognised.match is not Match.EXACT
            ),
            disagreements=disagreements(scored),
            equivalents=antipsychotic_equivalents(reads, self.content.equivalences),
            lower_burden=lower_burden_options(reads, scored.values(), load, self.content.lower_burden),
            from_check=record.from_check,
            unmatched_problems=unmatched_problem_rows(record, self.facts.problem_groups.values()),
            unmatched_observations=unused.unmatched,
            unread_observations=unused.unread,
            accepted=told.accepted,
            accepted_not_found=told.accepted_not_found,
            clear=tuple(a.rule.id for a in assessed if a.explanation.truth is Truth.FALSE),
        )

    def urgent_findings(self, record: Record, facts: PersonFacts) -> tuple[Finding, ...]:
        """The urgent findings of ``review``, and no more: asked after every answer of a check. ``facts`` are those of
        the record. What is less than urgent can hide nothing that is urgent, so those rules are not looked at."""
        rules = [rule for rule in self._rules_for(record) if not rule.is_off_on(facts.as_of)]
        pressing = [rule for rule in rules if _may_be_urgent(rule) and not rule.rider]
        fired = [r for r in pressing if evaluate(r.when, facts, self.content.vocabulary) is Truth.TRUE]
        if not fired:
            return ()
        reads = self.reads(record, facts.as_of)
        scored = burdens(reads, self.content.medicines, self.content.scales, self.content.products)
        findings = without_superseded([self._assess(rule, facts, reads, scored) for rule in fired])
        urgent = [finding for finding in findings if finding.level is Level.URGENT]
        return tuple(sorted(urgent, key=lambda finding: finding.rule))

    def finds_urgent(self, rule_id: str, facts: PersonFacts) -> Truth:
        """Does a rule find something urgent? Of a rule that is not there, or is switched off, that is unknown."""
        rule = self.content.rules.get(rule_id)
        if rule is None or rule.is_off_on(facts.as_of):
            return Truth.UNKNOWN
        fires = evaluate(rule.when, facts, self.content.vocabulary)
        held = level_of(rule, partial(self._explain, facts=facts))
        if fires is Truth.FALSE or held.level is Level.URGENT:
            return fires
        return Truth.UNKNOWN if held.higher_if else Truth.FALSE

    def reads(self, record: Record, as_of: date) -> tuple[MedicineRead, ...]:
        """The medicine lines of a record as they are read on one day."""
        age = age_on(date_of_birth(record), as_of)
        years = int(age.low) if age is not None and age.exact else record.person.age
        return self.medicines.read(record.medicines, as_of, years)

    def _with_told(self, record: Record, as_of: date) -> Record:
        """The record with the medicines that its answers tell as lines, as in a check. What the source says of its
        lists stands. A record that was joined already stays as it is."""
        if not record.answers or any(line.from_answer for line in record.medicines):
            return record
        told = with_told_medicines(record, lambda lines: self.reads(Record(medicines=tuple(lines)), as_of))
        return replace(record, medicines=told.medicines)

    def _facts(
        self,
        record: Record,
        reads: Sequence[MedicineRead],
        scored: Mapping[str, Burden],
        as_of: date,
        given: Mapping[str, FactValue] | None,
    ) -> PersonFacts:
        totals = {scale: burden.total for scale, burden in scored.items()}
        return self.facts.person_facts(record, reads, totals, as_of, given, self._last_check(record, as_of))

    def _last_check(self, record: Record, as_of: date) -> LastCheckFacts | None:
        """None where there was no check before that day."""
        before, last = record_at_last_check(record), record.previous
        if before is None or last is None or last.day >= as_of:
            return None

        def then() -> tuple[Record, tuple[MedicineRead, ...]]:
            told = self._with_told(before, last.day)
            return told, self.reads(told, last.day)

        return self.facts.facts_of_last_check(last.day, then)

    def _rules_for(self, record: Record) -> list[Rule]:
        wanted = {"both", "check"} if record.from_check else {"both", "extract"}
        return [rule for rule in self.content.rules.values() if rule.status == "active" and rule.applies in wanted]

    def _assess(
        self, rule: Rule, facts: PersonFacts, reads: Sequence[MedicineRead], scored: Mapping[str, Burden]
    ) -> Assessed:
        truth = evaluate(rule.when, facts, self.content.vocabulary)
        if truth is Truth.FALSE:  # many rules, and why not is not asked here
            return Assessed(rule, _NOT_FIRED, None)
        explanation = self._explain(rule.when, facts, truth)
        if explanation.truth is not Truth.TRUE:
            holds = holds_already(rule.when, facts, self.content.vocabulary) if rule.level in PRESSING else ()
            return Assessed(rule, explanation, None, tuple(_because(atom, scored) for atom in holds))
        held = level_of(rule, partial(self._explain, facts=facts))
        fired = tuple(_because(atom, scored) for atom in explanation.because)
        because = (*fired, *(_because(atom, scored) for atom in held.because))
        # what only raised the level is a reason, and not what the finding is about
        rows = tuple(sorted({row for reason in fired for row in reason.rows}))
        finding = Finding(
            rule=rule.id,
            level=held.level,
            themes=rule.themes,
            title=rule.title,
            says=_says(rule.says, facts, reads, rows, because, self.content),
            because=because,
            rows=rows,
            actions=tuple(action_of(spec, held.level, facts.as_of) for spec in rule.actions),
            basis=rule.support.basis,
            sources=rule.support.sources,
            higher_if=held.higher_if,
        )
        return Assessed(rule, explanation, finding)

    def _explain(self, condition: Condition, facts: PersonFacts, truth: Truth | None = None) -> Explanation:
        return explain(condition, facts, self.content.vocabulary, self._definitions, truth)


def action_of(spec: ActionSpec, level: Level, as_of: date) -> Action:
    """An action of a rule, due from the day of the review."""
    if level is Level.URGENT and spec.when_urgent:
        return Action(spec.do, spec.owner, spec.when_urgent, as_of, spec.easy_read)
    return Action(spec.do, spec.owner, spec.within, as_of + timedelta(days=spec.days), spec.easy_read)


def _because(atom: AtomResult, scored: Mapping[str, Burden]) -> Because:
    """The atom as a reason. A total on a scale stands on the medicines it counts."""
    if not atom.scale:
        return Because(atom.fact, atom.value, atom.rows, atom.shown)
    counted = [item for item in scored[atom.scale].items if item.score]
    shown = ", ".join(f"{item.ingredient} {item.score}" for item in counted)
    return Because(atom.fact, atom.value, tuple(sorted({item.row for item in counted})), shown)


def _says(
    template: str,
    facts: PersonFacts,
    reads: Sequence[MedicineRead],
    rows: Iterable[int],
    because: Iterable[Because],
    content: Content,
) -> str:
    wanted = set(rows)
    named = [
        " with ".join(ingredient.name for ingredient in read.ingredients) or read.line.text
        for read in reads
        if read.row in wanted
    ]
    medicines = ", ".join(dict.fromkeys(named)) or "the medicine"
    found = [it for it in because if it.fact != _AGE]  # whom a rule is about is not what it found
    told = [it for it in found if it.shown] or found
    reasons = dict.fromkeys(reason_in_words(it.fact, it.shown, it.value, (), content) for it in told)
    shown = "; ".join([it for it in reasons if "{medicines}" not in template or it not in named] or reasons)
    text = template.replace("{medicines}", medicines).replace("{as_of}", day_in_words(facts.as_of))
    text = text.replace("{facts}", shown)
    return text[:1].upper() + text[1:]


def _may_be_urgent(rule: Rule) -> bool:
    return Level.URGENT in (rule.level, *(step.level for step in rule.level_if))


def _not_assessed(assessed: Iterable[Assessed]) -> tuple[NotAssessed, ...]:
    undecided = [
        NotAssessed(a.rule.id, a.rule.level, a.rule.title, a.rule.themes, a.explanation.missing, a.holds)
        for a in assessed
        if a.explanation.truth is Truth.UNKNOWN and not a.rule.rider
    ]
    return tuple(sorted(undecided, key=lambda n: (n.level.rank, n.rule)))


def _theme_states(assessed: Sequence[Assessed], off: Sequence[Rule], content: Content) -> tuple[ThemeState, ...]:
    """A rule that is switched off was not asked: its themes are not shown as clear."""
    by_theme: dict[str, list[Assessed]] = {name: [] for name in content.themes}
    for one in assessed:
        for name in one.rule.themes if not one.rule.rider else ():
            by_theme[name].append(one)
    states = []
    for theme in content.themes.values():
        rules = by_theme[theme.id]
        fired = [a.finding for a in rules if a.finding is not None]
        decided = sum(a.explanation.truth is not Truth.UNKNOWN for a in rules)
        all_rules = len(rules) + sum(theme.id in rule.themes and not rule.rider for rule in off)
        if fired:
            state, level = ThemeStatus.RAISED, min((f.level for f in fired), key=lambda level: level.rank)
        else:
            state = ThemeStatus.CLEAR if rules and decided == all_rules else ThemeStatus.NOT_ASSESSED
            level = None
        states.append(ThemeState(theme.id, state, level, tuple(f.rule for f in fired), decided, all_rules))
    return tuple(states)


def ledger_of(
    people: Iterable[PersonReview], rejected: Sequence[RejectedRow], companions: Sequence[Companion] = ()
) -> Ledger:
    """Where every medicine row went. A row is counted once, and the counts add up to the rows read. A medicine that an
    answer told is on no row of an input. ``companions``: the rows beside medicines."""
    used = not_current = duplicate = unrecognised = 0
    for person in people:
        for read in person.medicines:
            if read.line.from_answer:
                continue
            rows = 1 + len(read.line.other_issues)
            if read.currency is Currency.NOT_CURRENT:
                not_current += rows
            elif read.currency is Currency.DUPLICATE:
                duplicate += rows
            elif read.recognised.match is Match.EXACT:
                used += rows
            else:
                unrecognised += rows
    return Ledger(used, not_current, duplicate, unrecognised, tuple(rejected), tuple(companions))


def review_records(
    records: Iterable[Record],
    reviewer: Reviewer,
    as_of: date,
    rejected: Sequence[RejectedRow] = (),
    inputs: Sequence[InputFile] = (),
    companions: Sequence[Companion] = (),
) -> Review:
    """A review of everyone, most pressing person first, then in the order of the input."""
    people = [reviewer.review(record, as_of) for record in records]
    ordered = sorted(people, key=_urgency)
    return Review(as_of, tuple(ordered), ledger_of(people, rejected, companions), tuple(inputs))


def _urgency(person: PersonReview) -> tuple[int, ...]:
    """Fewer urgent, then fewer high … sorts later: the counts by level, negated."""
    counts = [0] * len(Level)
    for finding in person.findings:
        counts[finding.level.rank] -= 1
    return tuple(counts)
