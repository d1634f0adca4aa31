"""The questions that are shipped, against the facts they feed and the reference they come from."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path

import pytest

from healthcheck_cli.cli.check_services import Services
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.interview.filled_in.answer_file import read_answer_file
from healthcheck_cli.interview.filled_in.given_answers import answers_from_file
from healthcheck_cli.interview.route import Route
from healthcheck_cli.interview.saved import Check
from healthcheck_cli.live_review import LiveReview
from healthcheck_cli.record import Answer, Record
from tests.interview.well_adult import walk

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "annual-health-check.md"
WORKED_OUT = {"meds.anticholinergic"}  # from the medicine list, never asked


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


def asked_with(content: Content, text: str) -> set[str]:
    given = answers_from_file(read_answer_file(text, "a.yaml"), content.questions, NOW.date(), NOW, "", content)
    answers: dict[str, Answer] = {answer.question: answer for answer in given.answers}
    check = Check("1", "", NOW, "1", "a")
    adviser = LiveReview(Services(content).reviewer, check, Record(), check.day)
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


@pytest.mark.parametrize(
    ("route", "most", "most_keys", "most_at_once"), [("core", 210, 440, 256), ("full", 340, 705, 400)]
)
def test_a_well_adult_is_asked_only_what_may_concern_him(
    content: Content, route: str, most: int, most_keys: int, most_at_once: int
) -> None:
    """This counts; docs/interview.md says what was counted. A change that asks everybody more shows here."""
    walked = walk(content, route)
    print(f"{route}: {len(walked.asked)} questions, {walked.keys} keys, {walked.at_once} with --one-key")
    assert len(walked.asked) <= most
    assert walked.keys <= most_keys
    assert walked.at_once <= most_at_once
    others = ("syn.", "women.")
    assert not {"epi.last_any", "meds.lithium", "swallow.iddsi_food", "consent.imca_instructed"} & set(walked.asked)
    assert [name for name in walked.asked if name.startswith(others)] == []


def test_someone_of_whom_nothing_is_known_is_asked_everything_but_what_follows_from_another_answer(
    content: Content,
) -> None:
    assert set(content.questions) - asked_with(content, "sepsis.acute_signs: not_known") == set()
