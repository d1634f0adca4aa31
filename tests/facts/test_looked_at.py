"""What the computation of a fact looked for in vain, for one person."""

from __future__ import annotations

from typing import Any

import pytest

from healthcheck_cli.facts.looked_at import LookedAt, looked_at
from healthcheck_cli.readers.record_file import record_from_mapping
from tests.facts.people import AS_OF, REVIEWER, facts


def lacks(name: str, **record: Any) -> LookedAt:
    made = record_from_mapping(record)
    return looked_at(name, facts(**record), made, REVIEWER.reads(made, AS_OF), REVIEWER.content)


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        ("person.age", {}, LookedAt(questions=("demo.dob",))),
        ("person.age", {"person": {"age": 40}}, LookedAt(questions=("demo.dob",))),
        ("meas.bmi", {"answers": {"meas.weight": 70}, "person": {"age": 40}}, LookedAt(facts=("meas.height",))),
        ("dx.epilepsy", {}, LookedAt()),  # not computed
    ],
)
def test_only_what_is_missing_is_named(name: str, record: dict[str, Any], expected: LookedAt) -> None:
    assert lacks(name, **record) == expected


def test_an_answer_that_was_declined_is_still_missing() -> None:
    given = {"answers": {"home.adl": {"state": "declined"}}}

    assert lacks("home.adl_help_n", **given).questions == lacks("home.adl_help_n").questions == ("home.adl",)
