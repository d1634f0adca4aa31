"""The questions that are shipped, against the facts they feed and the reference they come from."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path

import pytest

from healthcheck_cli.cli.check_services import Services
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.interview.answer_file import read_answer_file
from healthcheck_cli.interview.given_answers import answers_from_file
from healthcheck_cli.interview.route import Route
from healthcheck_cli.interview.saved import Check
from healthcheck_cli.record import Answer

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "annual-health-check.md"
WORKED_OUT = {"meds.anticholinergic"}  # from the medicine list, never asked


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


def asked_with(content: Content, text: str) -> set[str]:
    given = answers_from_file(read_answer_file(text, "a.yaml"), content.questions, NOW.date(), NOW, "")
    answers: dict[str, Answer] = {answer.question: answer for answer in given.answers}
    adviser = Services(content).adviser(Check("1", "", NOW, "1", "a"), None)
    return {question.id for question in Route(content.sections, adviser.applies).asked(answers)}


def test_a_question_offers_exactly_the_values_and_the_unit_of_its_fact(content: Content) -> None:
    differing = [
        fact.name
        for fact in content.facts.values()
        if (question := content.questions.get(fact.question)) is not None
        and (fact.declaration.values or question.values, fact.declaration.nothing, fact.declaration.unit)
        != (question.values, question.nothing, question.unit)
    ]
    assert differing == []


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference is not beside this checkout")
@pytest.mark.parametrize("section", ["consent", "meas", "bowel", "swallow", "epi", "sepsis", "meds"])
def test_every_question_of_the_reference_is_asked_or_worked_out(content: Content, section: str) -> None:
    ids = set(re.findall(rf"^\| ({section}\.[a-z0-9_]+)", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE))
    assert ids
    assert ids - set(content.questions) - WORKED_OUT == set()


def test_a_well_adult_with_one_medicine_is_asked_no_more_than_90_questions(content: Content) -> None:
    asked = asked_with(
        content,
        """
sepsis.acute_signs: none
sepsis.unwell_today: no
demo.dob: 1979-04-02
demo.sex_registered: male
consent.check_today: agrees
consent.refused: none
consent.capacity_doubt: none
consent.lpa_deputy: none
consent.family_decided: no
meds.hospital_supplied: none
meds.list: [Paracetamol 500mg tablets; 2; qds prn]
swallow.known: no
epi.has: no
""",
    )
    assert len(asked) <= 90
    assert not {"epi.last_any", "meds.lithium", "swallow.iddsi_food", "consent.imca_instructed"} & asked


def test_someone_of_whom_nothing_is_known_is_asked_everything_but_what_follows_from_another_answer(
    content: Content,
) -> None:
    assert set(content.questions) - asked_with(content, "sepsis.acute_signs: not_known") == set()
