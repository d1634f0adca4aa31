"""Everything the review of an extract says of somebody is what the review of one person says of them.

So it is where the extract is reviewed in parts, and one part knows what was worked out for another.

The people are invented and hold everything that a record can hold, with every combination of complete lists.
``COHORT_PEOPLE`` and ``COHORT_SEED`` look further, for the hours when nobody waits.
"""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from healthcheck_cli.cohort.extract import Extract, extract_of
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.content.models import Content
from healthcheck_cli.record import ListName, MedicineLine, Person, Record, Row
from healthcheck_cli.review import Reviewer
from tests.cohort.as_one_person import differences, said_of_extract, said_of_one
from tests.cohort.invented_extract import COMPLETE, InventedExtracts

AS_OF = date(2026, 11, 1)
PEOPLE = int(os.environ.get("COHORT_PEOPLE", "10"))
IN_A_PART = 4
SEED = int(os.environ.get("COHORT_SEED", "1"))


@pytest.fixture(scope="module")
def invented(content: Content) -> InventedExtracts:
    return InventedExtracts(content)


FROM_A_DAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("complete", "since"),
    [*((lists, None) for lists in COMPLETE), *((lists, FROM_A_DAY) for lists in COMPLETE[3::4])],
    ids=lambda it: ("+".join(it) or "none") if isinstance(it, tuple) else str(it or "for all time"),
)
def test_an_extract_is_reviewed_as_its_people_are_one_by_one(
    invented: InventedExtracts, reviewer: Reviewer, complete: tuple[ListName, ...], since: date | None
) -> None:
    people = PEOPLE if since is None else PEOPLE // 2
    records = invented.records(SEED, people, complete, AS_OF, since)
    whole, kept = extract_of(records), Kept()
    parts = [whole.part(first, min(first + IN_A_PART, people)) for first in range(0, people, IN_A_PART)]

    together = said_of_extract(reviewed_of(whole, reviewer))
    in_parts = [said for part in parts for said in said_of_extract(reviewed_of(part, reviewer, kept))]

    differ = [
        (record.person.id, what, *values)
        for record, *found in zip(records, together, in_parts, strict=True)
        for said in found
        for what, values in differences(said_of_one(reviewer.review(record, AS_OF)), said).items()
    ]
    assert not differ, f"{len(differ)} differences; the first: {differ[:3]}"


def test_whether_a_line_is_taken_now_is_the_same_for_one_and_for_many(reviewer: Reviewer) -> None:
    issued = {
        "Buccolam 10mg/2ml oromucosal solution pre-filled oral syringes": ((300,), True),
        "Diazepam 10mg/2.5ml rectal solution tube": ((300,), True),
        "EpiPen 300micrograms/0.3ml solution for injection auto-injectors": ((300,), True),
        "Glyceryl trinitrate 5mg/24hours transdermal patches": ((300,), False),
        "Diazepam 2mg tablets": ((300,), False),
        "Sertraline 50mg tablets": ((-1,), False),
        "Olanzapine 10mg tablets": ((300, -1), False),
        "Lithium carbonate 400mg tablets": ((30, -1), True),
    }
    lines = [
        MedicineLine(text, Row(row), "as directed", last_issue=days[-1], issues=days)
        for row, (text, (ago, _)) in enumerate(issued.items(), 2)
        for days in [tuple(AS_OF - timedelta(days=it) for it in ago)]
    ]
    begun = MedicineLine("Clozapine 100mg tablets", Row(20), start=FROM_A_DAY, last_issue=AS_OF + timedelta(days=9))
    records = [Record(Person("A1"), (*lines, begun)), Record(Person("A2"), tuple(lines[::-1]))]

    said = said_of_extract(reviewed_of(extract_of(records), reviewer))

    alone = [reviewer.review(record, AS_OF) for record in records]
    assert [it.current for it in alone[0].medicines] == [*(taken for _, taken in issued.values()), True]
    assert not [it for one, many in zip(alone, said, strict=True) for it in differences(said_of_one(one), many).items()]


def reviewed_of(extract: Extract, reviewer: Reviewer, kept: Kept | None = None) -> ReviewedExtract:
    return ReviewedExtract(extract, reviewer.content, reviewer.medicines, reviewer.facts, AS_OF, kept)
