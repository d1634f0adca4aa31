"""The plan as FHIR: a bundle that holds, says everything once, and never turns what is not known into "no"."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from healthcheck_cli.content.models import Content
from healthcheck_cli.dmd.ids import has_check_digit
from healthcheck_cli.plans.fhir.bundle import fhir_bundle, fhir_text
from healthcheck_cli.plans.fhir.elements import Ids
from healthcheck_cli.plans.fhir.flags import flags
from healthcheck_cli.plans.finding_parts import planned_actions
from healthcheck_cli.record import Answer, AnswerState, PartialDate
from tests.plans.golden_fhir import bundles
from tests.plans.golden_people import NAMES, golden_records, golden_review
from tests.plans.golden_plans import FOLDER
from tests.plans.small_review import BARE_REVIEW, CONTENT, PERSON, REVIEW
from tests.whole_people import shipped_reviewer

Json = dict[str, Any]

SYSTEMS = {
    "http://snomed.info/sct",
    "https://dmd.nhs.uk",
    "https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient",
}
"""The systems of codes that the references name; every other one is ours, and says so."""


@cache
def bundle_of(name: str) -> Json:
    return fhir_bundle(golden_review(name), shipped_reviewer().content, answers_of(name))


def answers_of(name: str) -> dict[str, Mapping[str, Answer]]:
    record = golden_records()[name]
    return {record.person.id: record.answers}


def resources(bundle: Json, kind: str = "") -> list[Json]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [it for it in found if not kind or it["resourceType"] == kind]


def parts(value: Any) -> Iterator[Json]:
    """Every object inside a value."""
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from parts(child)
    elif isinstance(value, list):
        for child in value:
            yield from parts(child)


def items(bundle: Json) -> dict[str, list[Json]]:
    """The items of the questions by their id."""
    (response,) = resources(bundle, "QuestionnaireResponse")
    found: dict[str, list[Json]] = {}
    for section in response["item"]:
        for item in section["item"]:
            found.setdefault(item["linkId"], []).append(item)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_bundle_and_each_resource_in_it_are_valid(name: str) -> None:
    bundle = bundle_of(name)
    get_fhir_model_class("Bundle").model_validate_json(json.dumps(bundle))
    for it in resources(bundle):
        get_fhir_model_class(it["resourceType"]).model_validate_json(json.dumps(it))


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_to_a_resource_of_the_bundle_and_every_id_is_its_own(name: str) -> None:
    bundle = bundle_of(name)
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert {it["reference"] for it in parts(bundle) if isinstance(it.get("reference"), str)} <= set(addresses)


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_action_and_answer_is_there(name: str) -> None:
    bundle, person = bundle_of(name), golden_review(name).people[0]
    issues = resources(bundle, "DetectedIssue")
    found = [*person.findings, *(it.finding for it in person.accepted)]
    assert Counter(it["identifier"][0]["value"] for it in issues) == Counter(it.rule for it in found)
    assert [it["description"] for it in resources(bundle, "Task")] == [it.do for it in planned_actions(person)]
    assert all(it["status"] == "draft" and it["intent"] == "proposal" for it in resources(bundle, "Task"))
    told = items(bundle)
    answers = golden_records()[name].answers
    assert set(told) == set(shipped_reviewer().content.questions) | set(answers)
    for question, entries in told.items():
        answered = question in answers and answers[question].state is AnswerState.ANSWERED
        for entry in entries:
            assert answered is ("extension" not in entry)
            assert answered or "answer" not in entry


@pytest.mark.parametrize("name", NAMES)
def test_only_codes_that_the_references_name_stand_under_systems_of_others(name: str) -> None:
    codings = [it for it in parts(bundle_of(name)) if "code" in it and "system" in it]
    ours = [it for it in codings if it["system"].startswith("urn:x-healthcheck-cli:")]
    others = [it for it in codings if it not in ours]
    assert ours
    assert {it["system"] for it in others} <= SYSTEMS
    assert all(has_check_digit(it["code"]) for it in others if it["code"].isdigit())


def test_what_a_person_typed_cannot_steer_anything() -> None:
    text = fhir_text(golden_review("hostile"), shipped_reviewer().content, answers_of("hostile"))
    assert text.isascii()
    assert "\\u001b" not in text
    assert "\\u0007" not in text


@pytest.mark.parametrize(("name", "text"), bundles().items(), ids=list(bundles()))
def test_the_bundles_of_the_hand_built_reviews_are_as_they_were(name: str, text: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == text, "python -m tests.plans.golden_fhir writes them anew"


def test_the_same_review_gives_the_same_ids_and_another_practices_person_has_others() -> None:
    again = fhir_bundle(REVIEW, CONTENT)
    assert again == fhir_bundle(REVIEW, CONTENT)
    elsewhere = fhir_bundle(replace(REVIEW, inputs=(replace(REVIEW.inputs[0], sha256="b" * 64),)), CONTENT)
    same = {entry["fullUrl"] for entry in again["entry"]} & {entry["fullUrl"] for entry in elsewhere["entry"]}
    (device,) = resources(again, "Device")
    assert same == {f"urn:uuid:{device['id']}"}
    nameless = [replace(BARE_REVIEW, people=(replace(BARE_REVIEW.people[0], age=age),)) for age in (40, 41)]
    one, other = (resources(fhir_bundle(it, CONTENT), "Patient")[0]["id"] for it in nameless)
    assert one != other


def test_everyone_of_a_review_is_in_one_bundle() -> None:
    two = replace(REVIEW, people=(PERSON, replace(PERSON, person_id="A2")))
    bundle = fhir_bundle(two, CONTENT)
    assert len(resources(bundle, "Patient")) == len(resources(bundle, "Provenance")) == 2
    assert len(resources(bundle, "Device")) == 1
    assert not resources(bundle, "QuestionnaireResponse")  # nobody was asked anything
    twice = replace(REVIEW, people=(PERSON, PERSON))
    assert not resources(fhir_bundle(twice, CONTENT, {"A1": {}}), "QuestionnaireResponse")
    get_fhir_model_class("Bundle").model_validate_json(json.dumps(bundle))


def asked(state: AnswerState, value: Any = None, question: str = "bowel.pain") -> list[Json]:
    return items(fhir_bundle(REVIEW, CONTENT, {"A1": {question: Answer(question, state, value)}}))[question]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (AnswerState.NOT_ASKED, "not-asked"),
        (AnswerState.DECLINED, "asked-declined"),
        (AnswerState.NOT_KNOWN, "asked-unknown"),
        (AnswerState.NOT_APPLICABLE, "not-applicable"),
    ],
)
def test_what_has_no_answer_says_why_and_has_no_value(state: AnswerState, reason: str) -> None:
    (item,) = asked(state)
    assert [it["valueCode"] for it in item["extension"]] == [reason]
    assert "answer" not in item


@pytest.mark.parametrize(
    ("question", "value", "answer"),
    [
        ("bowel.pain", False, [{"valueBoolean": False}]),
        ("bowel.days_since", 5.0, [{"valueQuantity": {"value": 5.0, "unit": "days"}}]),
        ("bowel.review", PartialDate.of(date(2024, 5, 2)), [{"valueDate": "2024-05-02"}]),
        ("bowel.review", PartialDate(date(2024, 5, 1), date(2024, 5, 31)), [{"valueDate": "2024-05"}]),
        ("bowel.review", PartialDate(date(2024, 1, 1), date(2024, 12, 31)), [{"valueDate": "2024"}]),
        ("bowel.review", "never", [{"valueString": "never"}]),
        ("bowel.signs", ("an  odd\nword",), [{"valueString": "an  odd\nword"}]),
        ("bowel.signs", (), [{"valueString": "none"}]),
        ("bowel.signs", ({"a": " "},), [{"valueString": "none"}]),
        ("of.another.content", ("a", "b"), [{"valueString": "a; b"}]),
    ],
)
def test_each_kind_of_answer(question: str, value: Any, answer: list[Json]) -> None:
    (item,) = asked(AnswerState.ANSWERED, value, question)
    assert item["answer"] == answer


def test_what_is_not_taken_now_is_told_only_where_a_finding_stands_on_it() -> None:
    rows = {it["identifier"][0]["value"] for it in resources(fhir_bundle(REVIEW, CONTENT), "MedicationStatement")}
    assert rows == {"2", "3", "4", "5", "6", "9"}


NEEDS = "ra.needs"


def flags_of(content: Content, **answers: Any) -> list[Json]:
    told = {name.replace("__", "."): value for name, value in answers.items()}
    given = {name: Answer(name, AnswerState.ANSWERED, value, note="a blue door") for name, value in told.items()}
    return flags(given, content, {"reference": "urn:uuid:x"}, Ids(("a",), ()))


def test_the_flag_is_a_draft_that_shows_no_flag_and_its_details_are_what_was_answered() -> None:
    content = shipped_reviewer().content
    whole, *details = flags_of(content, ra__needs=("low_noise", "wait_in_car", "other"))
    assert {it["status"] for it in (whole, *details)} == {"inactive"}
    assert all(it["code"]["text"].startswith("DRAFT") for it in (whole, *details))
    assert [it["valueReference"]["reference"] for it in whole["extension"]] == [
        f"urn:uuid:{it['id']}" for it in details
    ]
    codes = [[it["code"] for it in detail["code"].get("coding", [])] for detail in details]
    assert codes == [["1325391000000106"], ["1108111000000107"], ["1108111000000107"]]
    assert "waiting in the car" in details[1]["code"]["text"]
    assert "a blue door" in details[2]["code"]["text"]
    assert "nobody has said yet who may see it" in whole["code"]["text"]
    whole, *_ = flags_of(content, ra__needs=("low_noise",), ra__flag_status="present_current")
    assert "on the record already" in whole["code"]["text"]


@pytest.mark.parametrize(
    "answers",
    [{}, {"ra__needs": ("none",)}, {"ra__flag_consent": "refuses"}, {"ra__flag_status": "absent_declined"}],
)
def test_no_flag_without_a_need_or_against_the_persons_wish(answers: dict[str, Any]) -> None:
    needs = {} if not answers else {"ra__needs": ("low_noise",)}
    assert flags_of(shipped_reviewer().content, **{**needs, **answers}) == []


def test_a_code_that_fails_its_check_digit_is_left_out_and_said_so() -> None:
    content = shipped_reviewer().content
    broken = replace(content.adjustments["low_noise"], code="1082661000000100")
    _, detail = flags_of(replace(content, adjustments={"low_noise": broken}), ra__needs=("low_noise",))
    assert "coding" not in detail["code"]
    assert "failed the check digit" in detail["code"]["text"]
