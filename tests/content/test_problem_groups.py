"""The problem groups of the real content: which codes and words stand for a diagnosis, and which must not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import ProblemGroup
from healthcheck_cli.facts.from_problems import GroupTerms, plain_term

SOURCE = Path(__file__).parents[2].parent / "shared" / "data" / "condition_codes.csv"
NAMED_IN_THE_REFERENCES = {"14760008", "40739000", "203082005"}  # in no list that may be published
NAMED_IN_THE_REFERENCES |= {"247398009", "16269008", "2177002", "31681005", "230572002", "128200000", "193184006"}

# Verhoeff's check digit, which every SNOMED CT id ends in
_TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_TURN = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258")


def check_digit_fits(code: str) -> bool:
    state = 0
    for place, digit in enumerate(reversed(code)):
        state = int(_TIMES[state][int(_TURN[place % 8][int(digit)])])
    return state == 0


@pytest.fixture(scope="module")
def groups() -> dict[str, ProblemGroup]:
    return dict(load_content(find_content()).problem_groups)


def test_every_code_is_a_snomed_id_with_a_right_check_digit(groups: dict[str, ProblemGroup]) -> None:
    wrong = [(group.id, code) for group in groups.values() for code in group.codes if not check_digit_fits(code)]
    assert wrong == []
    assert not check_digit_fits("84757008")


@pytest.mark.parametrize(
    ("group", "term", "holds"),
    [
        ("epilepsy", "Epilepsy", True),
        ("epilepsy", "Epilepsy resolved", False),
        ("epilepsy", "Family history of epilepsy", False),
        ("epilepsy", "Epilepsy monitoring", None),
        ("depression", "Depression resolved", False),
        ("parkinsons", "Drug-induced parkinsonism", False),
        ("parkinsons", "Parkinson's disease", True),
        ("down_syndrome", "Down's syndrome", True),
        ("hypertension", "Portal hypertension", False),
        ("allergy", "Penicillin allergy", False),
        ("dysphagia", "Swallowing difficulties", True),
        ("constipation", "chronic constipation", True),
        ("psychosis", "Paranoid schizophrenia", True),
        ("sleep_disorder", "Sleep apnoea", False),
        ("learning_disability", "Dyslexia", False),
    ],
)
def test_a_term_decides_only_as_the_whole_text(
    groups: dict[str, ProblemGroup], group: str, term: str, holds: bool | None
) -> None:
    assert GroupTerms.of(groups[group]).holds(term, "") is holds


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("191692007", "autism", "psychosis"),  # worded "disintegrative psychosis", and is autism
        ("231449007", "", "psychosis"),  # psychosis in epilepsy: for a person to judge
        ("14077003", "pica", "eating_disorder"),
        ("78275009", "sleep_apnoea", "sleep_disorder"),
        ("162658001", "", "epilepsy"),  # epilepsy resolved
        ("31027006", "", "psychosis"),  # schizotypal personality
        ("191736004", "ocd", "anxiety"),
        ("230334008", "", "tics"),  # a tic caused by a medicine
        ("196381000000100", "depression_resolved", "depression"),
    ],
)
def test_codes_that_are_easily_filed_wrongly(
    groups: dict[str, ProblemGroup], code: str, inside: str, outside: str
) -> None:
    assert code not in groups[outside].codes
    assert not inside or code in groups[inside].codes


def test_no_term_is_both_in_a_group_and_out_of_it(groups: dict[str, ProblemGroup]) -> None:
    for group in groups.values():
        terms = {plain_term(term) for term in (*group.terms, group.title)}
        assert not terms & {plain_term(term) for term in group.not_terms}, group.id


def test_codes_come_only_from_lists_that_may_be_published(groups: dict[str, ProblemGroup]) -> None:
    if not SOURCE.exists():
        pytest.skip("the list of condition codes is not here")
    with SOURCE.open(newline="", encoding="utf-8") as file:
        free = {row["snomed_code"] for row in csv.DictReader(file) if not row["codelist"].startswith("gm-sde")}
    used = {code for group in groups.values() for code in group.codes}
    assert used - free <= NAMED_IN_THE_REFERENCES
