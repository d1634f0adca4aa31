"""From one person's record to the facts that rules may ask about.

A fact is worked out when it is first asked for, from the place its content file names: an answer, the problem list,
an observation, a computation registered in this package, or a condition on other facts. Outside its gate
(``asked_of``) it does not apply. Nothing here knows where the record came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import Explanation, explain
from healthcheck_cli.conditions.values import (
    UNKNOWN_FACT,
    DateRange,
    FactValue,
    Interval,
    PersonFacts,
    State,
    Truth,
)
from healthcheck_cli.conditions.vocabulary import FactType
from healthcheck_cli.content.models import Content, Fact
from healthcheck_cli.facts.care_dates import care_dates
from healthcheck_cli.facts.computed import COMPUTATIONS
from healthcheck_cli.facts.computed.today import dated_numbers
from healthcheck_cli.facts.from_answers import fact_from_answer, meaning_of_answers, newest_of
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.from_problems import GroupTerms, fact_from_problems
from healthcheck_cli.facts.from_tables import with_told_dates
from healthcheck_cli.facts.line_history import CareDates
from healthcheck_cli.facts.lines import line_facts
from healthcheck_cli.facts.plain import date_of_birth
from healthcheck_cli.facts.sources import FactSources, LastCheckFacts
from healthcheck_cli.facts.unused_observations import ObservationTakers
from healthcheck_cli.facts.weight_gain import with_weight_gain
from healthcheck_cli.medicines.models import Match, MedicineRead
from healthcheck_cli.record import NONE_OF_THESE, AnswerState, Record, not_in_problems

_DOES_NOT_APPLY = FactValue(State.DOES_NOT_APPLY)


class RecordFacts(Mapping[str, FactValue]):
    """Facts by name, worked out on demand and remembered. ``given`` overrides what the record would say."""

    def __init__(self, sources: FactSources, given: Mapping[str, FactValue]) -> None:
        self.sources = sources
        self._known: dict[str, FactValue] = dict(given)
        self._in_hand: set[str] = set()
        self.person: PersonFacts | None = None  # set once the lines are made: gates and definitions ask about them

    def __getitem__(self, name: str) -> FactValue:
        if name not in self._known:
            self._known[name] = self._derive(self.sources.content.facts[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources.content.facts)

    def __len__(self) -> int:
        return len(self.sources.content.facts)

    def ungated(self, name: str) -> FactValue:
        """The fact without its gate: for the two facts that medicine lines themselves need."""
        if name in self._known:
            return self._known[name]
        fact = self.sources.content.facts.get(name)
        return self._value(fact) if fact is not None else UNKNOWN_FACT

    def _derive(self, fact: Fact) -> FactValue:
        if fact.name in self._in_hand:  # a circle of gates: content lint refuses it; here it stays unknown
            return UNKNOWN_FACT
        self._in_hand.add(fact.name)
        try:
            if fact.asked_of is not None and self._truth(fact.asked_of) is Truth.FALSE:
                return _DOES_NOT_APPLY
            return self._value(fact)
        finally:
            self._in_hand.discard(fact.name)

    def _truth(self, condition: object) -> Truth:
        if self.person is None:
            return Truth.UNKNOWN
        return evaluate(condition, self.person, self.sources.content.vocabulary)  # type: ignore[arg-type]

    def _value(self, fact: Fact) -> FactValue:
        if fact.definition is not None:
            return self._defined(fact)
        if fact.computed:
            compute = COMPUTATIONS.get(fact.name)
            found = compute(self.sources, self.__getitem__) if compute is not None else UNKNOWN_FACT
        else:
            found = newer(self._from_answers(fact), self._from_record(fact), fact)
        return with_told_dates(found, fact, self.sources) if fact.told_in else found

    def _defined(self, fact: Fact) -> FactValue:
        """A fact that is a condition on others: its truth, standing on what decided it."""
        if self.person is None or fact.definition is None:
            return UNKNOWN_FACT
        explanation = explain(fact.definition, self.person, self.sources.content.vocabulary)
        rows = tuple(sorted({row for atom in explanation.because for row in atom.rows}))
        if explanation.truth is Truth.UNKNOWN:
            return FactValue(State.UNKNOWN, rows=rows)
        parts = [part for atom in explanation.because if atom.shown for part in atom.shown.split("; ")]
        shown = self._none_of(explanation) or "; ".join(dict.fromkeys(parts))
        return FactValue(State.KNOWN, explanation.truth is Truth.TRUE, rows=rows, shown=shown)

    def _none_of(self, explanation: Explanation) -> str:
        """The reasons in short where a condition is false because none of several diagnoses was found: those that are
        over, or dated later, one by one, then those that are not there."""
        facts = [self.sources.content.facts.get(atom.fact) for atom in explanation.because]
        titles = [self.sources.problem_groups[f.problem].group.title for f in facts if f is not None and f.problem]
        none_is_there = all(atom.value is False for atom in explanation.because)
        if explanation.truth is not Truth.FALSE or not none_is_there or len(titles) < max(2, len(facts)):
            return ""
        shown = [(title, atom.shown) for title, atom in zip(titles, explanation.because, strict=True)]
        there = dict.fromkeys(said for title, said in shown if said != not_in_problems(title))
        absent = dict.fromkeys(title for title, said in shown if said == not_in_problems(title))
        return "; ".join([*there, f"{NONE_OF_THESE}: {', '.join(absent)}"] if absent else there)

    def _from_answers(self, fact: Fact) -> FactValue | None:
        answers, as_of = self.sources.record.answers, self.sources.as_of
        oldest = fact.oldest_answer(as_of)
        if fact.answers:
            return meaning_of_answers(answers, fact.answers, oldest, every_question=fact.every_question)
        given = [answers[q] for q in fact.asked_in if q in answers]
        said = [
            fact_from_answer(answer, fact.declaration, as_of, oldest)
            for answer in given
            if answer.state is not AnswerState.NOT_ASKED
        ]
        if fact.observation is not None and fact.declaration.type is FactType.DATE:
            said = [_until(as_of, value) for value in said]
        return newest_of(said) if len(said) > 1 else next(iter(said), None)

    def _from_record(self, fact: Fact) -> FactValue | None:
        sources = self.sources
        if fact.problem:
            group = sources.problem_groups[fact.problem]
            return fact_from_problems(group, sources.record, sources.reads, sources.as_of, fact.problem_within_days)
        if fact.observation is not None:
            return fact_from_observations(fact.observation, fact.declaration, sources.record, sources.as_of)
        return None


def _until(as_of: date, last: FactValue) -> FactValue:
    """When something last happened is not after the day of the review: "2026" is until then, and 2027 a mistake."""
    if last.dates is None or last.dates.latest is None or last.dates.latest <= as_of:
        return last
    first = last.dates.earliest
    if first is not None and first > as_of:
        return FactValue(State.UNKNOWN, shown=f"{last.shown} (after the day of the review)")
    return replace(last, dates=DateRange(first, as_of))


def newer(answered: FactValue | None, recorded: FactValue | None, fact: Fact) -> FactValue:
    """Answer and record on one fact. A problem: yes from either is yes. Otherwise the newer decides; on the same day,
    or where one is undated, the answer. An answer without a value leaves the record to speak."""
    if answered is None or recorded is None:
        return answered or recorded or UNKNOWN_FACT
    if fact.problem:
        return _either(answered, recorded)
    if answered.state is not State.KNOWN and recorded.state is not State.KNOWN:
        return (
            recorded if answered.dates is None and answered.state is State.UNKNOWN else _with_dates(answered, recorded)
        )
    if answered.state is not State.KNOWN or recorded.state is not State.KNOWN:
        return answered if answered.state is State.KNOWN else recorded
    if fact.declaration.type is FactType.DATE:
        last = newest_of((answered, recorded))
        if last.dates is None or last.dates.earliest is None:  # a told "never" says more than "not found since"
            last = answered
        return last if answered.dates == recorded.dates else _with_shown(last, _both(answered, recorded))
    if _later(recorded.dates, answered.dates):
        return _with_shown(recorded, f"{recorded.shown}; an older answer: {answered.shown}")
    return answered if answered.value == recorded.value else _with_shown(answered, _both(answered, recorded))


def _either(answered: FactValue, recorded: FactValue) -> FactValue:
    """A problem. An answer that leaves it open ("possible") is not settled by a list that does not hold it."""
    if answered.state is State.KNOWN and recorded.state is not State.KNOWN:
        return answered
    if answered.state is State.KNOWN:
        decides = recorded if recorded.value is True and answered.value is not True else answered
        if answered.value != recorded.value:
            return _with_shown(decides, _both(answered, recorded))
        return replace(answered, rows=recorded.rows)
    if recorded.state is State.KNOWN and (recorded.value is True or answered.state is not State.UNKNOWN):
        return recorded
    return _with_shown(answered, _both(answered, recorded)) if recorded.shown else answered


def _both(answered: FactValue, recorded: FactValue) -> str:
    return f"{answered.shown}; the record says: {recorded.shown}"


def _with_dates(answered: FactValue, recorded: FactValue) -> FactValue:
    """No value from either; how long ago the newer of them was is known all the same."""
    dates = recorded.dates if answered.dates is None or _later(recorded.dates, answered.dates) else answered.dates
    return replace(answered, dates=dates)


def _later(recorded: DateRange | None, answered: DateRange | None) -> bool:
    if recorded is None or answered is None or recorded.latest is None:
        return False
    return answered.latest is None or recorded.latest > answered.latest


def _with_shown(fact: FactValue, shown: str) -> FactValue:
    return replace(fact, shown=shown)


@dataclass(frozen=True)
class FactMaker:
    """Makes PersonFacts with one content: the problem groups are made ready once, and who takes which observation."""

    content: Content
    problem_groups: Mapping[str, GroupTerms]
    takers: ObservationTakers

    @classmethod
    def of(cls, content: Content) -> FactMaker:
        """The maker for this content."""
        groups = {id_: GroupTerms.of(group) for id_, group in content.problem_groups.items()}
        return cls(content, groups, ObservationTakers.of(content))

    def person_facts(
        self,
        record: Record,
        reads: Sequence[MedicineRead],
        burdens: Mapping[str, Interval],
        as_of: date,
        given: Mapping[str, FactValue] | None = None,
        last_check: LastCheckFacts | None = None,
    ) -> PersonFacts:
        """All facts of one person on ``as_of``. ``given`` sets facts outright (the examples of a rule do);
        ``last_check`` is what those facts are compared with that need an earlier check."""
        sources = FactSources(record, tuple(reads), self.content, self.problem_groups, as_of, last_check)
        return self._of(sources, burdens, given or {})

    def facts_of_last_check(
        self, day: date, record_and_reads: Callable[[], tuple[Record, Sequence[MedicineRead]]]
    ) -> LastCheckFacts:
        """The facts of a check that was on ``day``, made when they are first asked for."""

        def make() -> tuple[FactSources, Mapping[str, FactValue]]:
            record, reads = record_and_reads()
            sources = FactSources(record, tuple(reads), self.content, self.problem_groups, day)
            return sources, self._of(sources, {}, {}).facts

        return LastCheckFacts(day, make)

    def care_dates(self, record: Record, as_of: date) -> CareDates:
        """When the person of a record was reviewed and tested."""
        sources = FactSources(record, (), self.content, self.problem_groups, as_of)
        return care_dates(sources, RecordFacts(sources, {}).ungated)

    def _of(self, sources: FactSources, burdens: Mapping[str, Interval], given: Mapping[str, FactValue]) -> PersonFacts:
        record, reads, as_of = sources.record, sources.reads, sources.as_of
        facts = RecordFacts(sources, given)
        weight = facts.ungated("meas.weight")
        lines = line_facts(
            reads,
            self.content.medicines,
            date_of_birth(record),
            as_of,
            weight.value if isinstance(weight.value, Interval) else None,
            care_dates(sources, facts.ungated),
        )
        person = PersonFacts(
            as_of=as_of,
            facts=facts,
            lines=with_weight_gain(lines, dated_numbers(sources, "meas.weight"), as_of),
            medicines_complete=record.is_complete("medicines"),
            unrecognised_rows=tuple(
                read.row for read in reads if read.current and read.recognised.match is not Match.EXACT
            ),
            burdens=burdens,
        )
        facts.person = person
        return person
