"""Medicines told in the check beside those on the practice's list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, MedicineLine, Record, Row
from healthcheck_cli.review import Reviewer
from healthcheck_cli.told_medicines import with_told_medicines

DAY = date(2026, 11, 22)
HOSPITAL, TOLD = "meds.hospital_supplied", "meds.list"


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(load_content(find_content()))


def joined(
    reviewer: Reviewer, listed: tuple[str, ...], answers: Mapping[str, AnswerValue | None], complete: bool = False
) -> Record:
    """The record of a list of products and the answers; None stands for an answer of not known."""
    record = Record(
        medicines=tuple(MedicineLine(text, Row(number, "list.csv")) for number, text in enumerate(listed, start=2)),
        answers={
            name: Answer(name, AnswerState.NOT_KNOWN if value is None else AnswerState.ANSWERED, value)
            for name, value in answers.items()
        },
        complete={"medicines": None} if complete else {},
    )
    return with_told_medicines(record, lambda lines: reviewer.reads(Record(medicines=tuple(lines)), DAY))


def told_lines(record: Record) -> list[str]:
    return [line.text for line in record.medicines if line.from_answer]


def test_a_medicine_that_is_told_and_on_no_line_becomes_a_line_after_the_last_with_its_directions(
    reviewer: Reviewer,
) -> None:
    row = {"name": "Senna 7.5mg tablets", "dose": "2", "when": "at night", "why": "bowels", "taken": "yes"}
    record = joined(reviewer, ("Sertraline 50mg tablets",), {TOLD: (row,)})
    told = record.medicines[-1]
    assert (told.text, told.dosage, told.indication) == ("Senna 7.5mg tablets", "2 at night", "bowels")
    assert (told.row, told.from_answer) == (Row(3, "the check"), True)


def test_a_medicine_that_is_on_the_list_by_any_name_is_not_counted_twice(reviewer: Reviewer) -> None:
    record = joined(reviewer, ("Clozaril 100mg tablets",), {HOSPITAL: ("clozapine",), TOLD: ({"name": "clozapine"},)})
    assert told_lines(record) == []


def test_a_medicine_that_is_told_as_not_taken_adds_no_line(reviewer: Reviewer) -> None:
    record = joined(reviewer, (), {TOLD: ({"name": "Risperidone 1mg tablets", "taken": "no"},)})
    assert told_lines(record) == []


@pytest.mark.parametrize(
    ("kind", "listed"),
    [
        ("depot", "Clopixol 200mg/1ml solution for injection ampoules"),
        ("adhd", "Methylphenidate 10mg tablets"),
        ("immunosuppressant", "Azathioprine 50mg tablets"),
    ],
)
def test_a_kind_of_hospital_medicine_is_a_line_nobody_can_name_until_one_of_the_kind_is_named(
    reviewer: Reviewer, kind: str, listed: str
) -> None:
    unnamed = joined(reviewer, ("Sertraline 50mg tablets",), {HOSPITAL: (kind,)})
    assert [text for text in told_lines(unnamed) if "(not named)" in text] == told_lines(unnamed) != []
    assert reviewer.review(unnamed, DAY).unrecognised != ()
    assert told_lines(joined(reviewer, (listed,), {HOSPITAL: (kind,)})) == []
    assert told_lines(joined(reviewer, (), {HOSPITAL: (kind,), TOLD: ({"name": listed},)})) == [listed]


@pytest.mark.parametrize(
    ("answers", "complete", "expected"),
    [
        ({HOSPITAL: ("none",), TOLD: ()}, False, True),
        ({HOSPITAL: ("none",)}, True, True),
        ({HOSPITAL: ("none",)}, False, False),
        ({TOLD: ()}, True, False),
        ({HOSPITAL: None, TOLD: ()}, True, False),
        ({HOSPITAL: ("none",), TOLD: None}, False, False),
    ],
)
def test_the_list_is_complete_only_when_the_hospital_and_the_whole_list_are_both_known(
    reviewer: Reviewer, answers: Mapping[str, AnswerValue | None], complete: bool, expected: bool
) -> None:
    assert joined(reviewer, (), answers, complete).is_complete("medicines") is expected
