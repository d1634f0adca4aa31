"""What the report counts from the tables is what the conditions of the indicators give person by person.

Where a list is not complete the tables may know less than a record does, and never more.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.cohort.extract import extract_of
from healthcheck_cli.cohort.report.condition_sql import problems_asked
from healthcheck_cli.cohort.report.extract_files import ExtractFiles
from healthcheck_cli.cohort.report.gather import tallies_of
from healthcheck_cli.cohort.report.tallies import Tally
from healthcheck_cli.cohort.run import Asked, Loaded, review_into
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import PersonFacts, State, Truth
from healthcheck_cli.content.indicator_models import Indicator
from healthcheck_cli.content.models import Content
from healthcheck_cli.record import ListName, Record
from healthcheck_cli.review import Reviewer
from tests.cohort.invented_extract import InventedExtracts

AS_OF = date(2026, 11, 1)
PEOPLE = 100


def from_tables(folder: Path, records: list[Record], reviewer: Reviewer) -> dict[str, Tally]:
    loaded = Loaded(extract_of(records), (), (), ())
    review_into(folder, loaded, reviewer, Asked(AS_OF), lambda *_: None)
    with ExtractFiles(folder) as files:
        return tallies_of(files, reviewer.content)[1]


def one_by_one(indicator: Indicator, people: list[PersonFacts], content: Content) -> Tally:
    """The same count, from the facts of each person and the evaluator that explains itself."""

    def truth(condition: Condition | None, person: PersonFacts, otherwise: Truth) -> Truth:
        return otherwise if condition is None else evaluate(condition, person, content.vocabulary)

    found: Counter[object] = Counter()
    for person in people:
        who = truth(indicator.who, person, Truth.TRUE)
        if who is not Truth.TRUE:
            found["may belong" if who is Truth.UNKNOWN else "outside"] += 1
        elif truth(indicator.leave_out, person, Truth.FALSE) is Truth.TRUE:
            found["left out"] += 1
        else:
            found[by_rules(indicator, person, content)] += 1
    of = sum(found[it] for it in Truth)
    return Tally(of, found[Truth.TRUE], found[Truth.UNKNOWN], found["left out"], found["may belong"])


def by_rules(indicator: Indicator, person: PersonFacts, content: Content) -> Truth:
    if indicator.counts is not None:
        return evaluate(indicator.counts, person, content.vocabulary)
    rules = [evaluate(content.rules[it].when, person, content.vocabulary) for it in indicator.rules]
    fired = Truth.TRUE in rules
    if indicator.fired or indicator.not_fired:
        said = Truth.TRUE if fired else Truth.UNKNOWN if Truth.UNKNOWN in rules else Truth.FALSE
        opposite = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}
        return said if indicator.fired else opposite[said]
    return Truth.UNKNOWN if Truth.UNKNOWN in rules else Truth.TRUE


def certain(record: Record, reviewer: Reviewer) -> bool:
    """Is every problem that indicators ask for known of this person? The tables do not say which are in doubt."""
    facts = reviewer.person_facts(record, AS_OF)
    conditions = [condition for it in reviewer.content.indicators.values() for condition in it.conditions]
    return all(facts.fact(name).state is State.KNOWN for name in problems_asked(conditions))


@pytest.mark.parametrize("complete", [("medicines", "problems"), ("problems",), ("medicines",), ()], ids=str)
def test_the_tables_give_what_the_conditions_give_person_by_person(
    tmp_path: Path, content: Content, reviewer: Reviewer, complete: tuple[ListName, ...]
) -> None:
    records = InventedExtracts(content).records(7, PEOPLE, complete, AS_OF)
    if "problems" in complete:
        records = [record for record in records if certain(record, reviewer)]
    people = [reviewer.person_facts(record, AS_OF) for record in records]
    found = from_tables(tmp_path, records, reviewer)
    differ = {}
    for name, tally in found.items():
        expected = one_by_one(content.indicators[name], people, content)
        if not (tally.counted <= expected.counted and tally.not_counted <= expected.not_counted):
            differ[name] = (tally, expected)
    assert differ == {}
    assert sum(it.counted > 0 for it in found.values()) > 10
