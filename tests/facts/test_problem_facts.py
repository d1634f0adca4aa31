"""What the problem list can and cannot say of a diagnosis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from healthcheck_cli.conditions.values import State
from healthcheck_cli.content.models import ProblemGroup
from healthcheck_cli.content.support import Basis, Place, Support
from healthcheck_cli.facts.from_problems import GroupTerms, fact_from_problems, plain_term
from healthcheck_cli.record import NONE_OF_THESE, Problem, Record, Row
from tests.facts.people import fact

AS_OF = date(2026, 11, 22)
EPILEPSY = GroupTerms.of(
    ProblemGroup(
        id="epilepsy",
        title="Epilepsy",
        terms=("epileptic disorder",),
        codes=frozenset({"84757009"}),
        not_terms=("epilepsy resolved",),
        support=Support(Basis.PROPOSED),
        place=Place("test.yaml"),
    )
)


def says(*problems: Problem, complete: bool = True, within: float | None = None) -> tuple[State, object]:
    record = Record(problems=problems, complete={"problems": None} if complete else {})
    fact = fact_from_problems(EPILEPSY, record, (), AS_OF, within)
    return fact.state, fact.value


def problem(term: str = "", code: str = "", on: date | None = None, end: date | None = None) -> Problem:
    return Problem(Row(7), term, code, on, end)


@pytest.mark.parametrize("term", ["Epilepsy", "EPILEPSY.", " epileptic  disorder "])
def test_a_whole_term_is_the_diagnosis(term: str) -> None:
    assert says(problem(term)) == (State.KNOWN, True)


@pytest.mark.parametrize("term", ["Family history of epilepsy", "?epilepsy", "Epilepsy monitoring invitation"])
def test_a_term_that_only_holds_the_words_settles_nothing(term: str) -> None:
    assert says(problem(term)) == (State.UNKNOWN, None)


def test_a_term_named_as_not_the_diagnosis_is_not_it() -> None:
    assert says(problem("Epilepsy resolved")) == (State.KNOWN, False)


def test_one_that_the_source_set_aside_settles_nothing_and_one_that_is_over_is_not_there() -> None:
    assert says(replace(problem("Epilepsy"), standing="doubtful")) == (State.UNKNOWN, None)
    assert says(replace(problem("Epilepsy"), standing="over")) == (State.KNOWN, False)


def test_a_code_decides_before_a_term() -> None:
    assert says(problem("Fit NOS", code="84757009")) == (State.KNOWN, True)
    assert says(problem("Family history of epilepsy", code="160377001")) == (State.KNOWN, False)


def test_a_code_and_a_term_that_disagree_settle_nothing() -> None:
    assert says(problem("Epilepsy", code="160377001")) == (State.UNKNOWN, None)


def test_absent_is_no_only_from_a_complete_list() -> None:
    assert says(complete=True) == (State.KNOWN, False)
    assert says(complete=False) == (State.UNKNOWN, None)


def test_a_problem_that_has_ended_does_not_count() -> None:
    assert says(problem("Epilepsy", end=date(2020, 1, 1))) == (State.KNOWN, False)


def test_where_an_age_is_asked_for_an_undated_problem_settles_nothing() -> None:
    year = 365.0
    assert says(problem("Epilepsy", on=date(2026, 5, 1)), within=year) == (State.KNOWN, True)
    assert says(problem("Epilepsy", on=date(2019, 5, 1)), within=year) == (State.KNOWN, False)
    assert says(problem("Epilepsy"), within=year) == (State.UNKNOWN, None)


def test_a_term_in_plain_form_has_no_case_or_punctuation() -> None:
    assert plain_term("Down’s syndrome") == plain_term("DOWN'S SYNDROME") == "downs syndrome"


def test_a_problem_that_is_over_is_told_as_over_and_not_as_never_there() -> None:
    over = {
        "problems": [{"term": "Schizophrenia", "date": "1990-01-01", "end": "2001-01-01"}],
        "complete": ["problems"],
    }
    ended = "Psychosis, on the problem list, ended 1 Jan 2001 (problem row 1)"
    found = fact("dx.psychosis", **over)
    assert (found.value, found.shown) == (False, ended)
    others = f"{NONE_OF_THESE}: Bipolar disorder, Psychotic depression, Delirium, Tics"
    assert fact("why.antipsychotic", **over).shown == f"{ended}; {others}"


def test_a_problem_dated_after_the_review_does_not_count_and_is_told_with_its_date() -> None:
    listed = {"problems": [{"term": "Schizophrenia", "date": "2101-03-03"}], "complete": ["problems"]}
    later = "Psychosis, on the problem list, dated 3 Mar 2101, after the day of the review (problem row 1)"
    found = fact("dx.psychosis", **listed)
    assert (found.value, found.shown) == (False, later)
    assert fact("why.antipsychotic", **listed).shown.startswith(f"{later}; {NONE_OF_THESE}: Bipolar disorder")
    assert fact("dx.psychosis", problems=listed["problems"]).value is None
