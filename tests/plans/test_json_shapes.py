from __future__ import annotations

import json
import math
from copy import deepcopy
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from healthcheck_cli.cli.schema import schema
from healthcheck_cli.findings import Because
from healthcheck_cli.ledger import Ledger, RejectedRow
from healthcheck_cli.plans.as_json import json_text, review_to_json, to_ndjson
from healthcheck_cli.schemas import NAMES, schema_named
from tests.plans.small_review import BARE_REVIEW, CONTENT, FINDINGS, LEDGER, PERSON, REVIEW


def validator(name: str) -> Any:
    return jsonschema.Draft202012Validator(schema_named(name))


def every_key(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [it for key, child in value.items() for it in [(*path, key), *every_key(child, (*path, key))]]
    if isinstance(value, list) and value:
        return every_key(value[0], (*path, 0))
    return []


CONTRACT = {
    "tool": {"name": "", "version": "", "content_version": "", "content_sha256": "", "overlays": []},
    "as_of": "",
    "inputs": [{"name": "", "sha256": "", "format": ""}],
    "people": [
        {
            **dict.fromkeys(("person_id", "age", "sex", "complete", "antipsychotic_percent_of_bnf_max")),
            "medicines": [
                {
                    **dict.fromkeys(("row", "text", "dosage", "match", "current", "prn", "route")),
                    "ingredients": [
                        {"name": "", "classes": [], "daily_dose": {"low": 2, "high": 2, "unit": "mg"}}
                        | {"percent_of_bnf_max": {"low": 12.5, "high": 12.5}}
                    ],
                }
            ],
            "burden": {
                "acbcalc": {
                    "version": "",
                    "low": 1,
                    "high": 1,
                    "items": [dict.fromkeys(("row", "ingredient", "score"))],
                }
                | {"not_on_scale": []},
                **dict.fromkeys(("aec", "acb_2012", "ars", "ads", "gabs")),
                "constipating": {"max_level": 2, "count_level_2_3": 1}
                | {"items": [dict.fromkeys(("row", "ingredient", "level"))]},
            },
            "findings": [
                {
                    **dict.fromkeys(("rule", "level", "themes", "title", "says", "rows", "basis", "sources")),
                    "because": [dict.fromkeys(("fact", "value", "rows"))],
                    "actions": [dict.fromkeys(("do", "owner", "within", "due"))],
                }
            ],
            "could_not_assess": [dict.fromkeys(("rule", "level", "missing"))],
            "themes": [dict.fromkeys(("id", "state", "level", "findings"))],
            "unrecognised": [dict.fromkeys(("row", "text", "suggestions"))],
        }
    ],
    "ledger": {
        **dict.fromkeys(("rows_read", "rows_used", "rows_not_current", "rows_duplicate", "rows_rejected")),
        "rows_unrecognised": 0,
        "rejected": [dict.fromkeys(("file", "line", "reason"))],
    },
}


def without(document: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    copy = deepcopy(document)
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return copy


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_a_schema_that_stands_alone(name: str) -> None:
    whole = schema_named(name)
    jsonschema.Draft202012Validator.check_schema(whole)
    assert "definitions.json" not in json.dumps(whole)


@pytest.mark.parametrize("review", [REVIEW, BARE_REVIEW], ids=["everything", "nothing fired"])
def test_review_json_fits_its_schema(review: Any) -> None:
    validator("review").validate(json.loads(json_text(review, CONTENT)))


@pytest.mark.parametrize("path", every_key(CONTRACT), ids=str)
def test_the_schema_sees_every_key_of_the_contract_that_is_dropped(path: tuple[Any, ...]) -> None:
    document = review_to_json(REVIEW, CONTENT)
    assert validator("review").is_valid(document)
    assert not validator("review").is_valid(without(document, path))


def test_ndjson_is_one_person_a_line_and_then_the_ledger() -> None:
    *people, last = to_ndjson(REVIEW, CONTENT).splitlines()
    for line in people:
        validator("review-person").validate(json.loads(line))
    assert len(people) == 1
    validator("ledger").validate(json.loads(last))


def test_no_upper_end_is_null_and_an_exact_whole_number_is_a_whole_number() -> None:
    person = review_to_json(REVIEW, CONTENT)["people"][0]
    assert person["antipsychotic_percent_of_bnf_max"] == {"low": 62.5, "high": None}
    assert json.dumps(person["burden"]["acbcalc"]["low"]) == "2"
    assert person["findings"][1]["because"][0]["value"] == {"low": 5, "high": None}


def test_infinity_anywhere_in_a_value_becomes_null() -> None:
    finding = replace(FINDINGS[0], because=(Because("x", [math.inf, {"a": -math.inf}]),))
    review = replace(REVIEW, people=(replace(PERSON, findings=(finding,)),))
    assert review_to_json(review, CONTENT)["people"][0]["findings"][0]["because"][0]["value"] == [None, {"a": None}]


def test_an_ingredients_own_name_is_no_class_and_the_label_comes_first() -> None:
    medicine = review_to_json(REVIEW, CONTENT)["people"][0]["medicines"][0]
    assert medicine["ingredients"][0]["classes"] == ["antipsychotic_sg", "antipsychotic"]


def test_json_text_is_ascii_so_that_it_cannot_steer_a_terminal() -> None:
    text = json_text(REVIEW, CONTENT)
    assert text.isascii()
    assert "\x1b" not in text


@pytest.mark.parametrize("ledger", [LEDGER, Ledger(), Ledger(rejected=(RejectedRow("a", 1, "b"),) * 3)])
def test_the_ledger_adds_up(ledger: Ledger) -> None:
    document = review_to_json(replace(REVIEW, ledger=ledger), CONTENT)["ledger"]
    parts = ("rows_used", "rows_not_current", "rows_duplicate", "rows_rejected", "rows_unrecognised")
    assert document["rows_read"] == sum(document[part] for part in parts)
    assert document["rows_rejected"] == len(document["rejected"])


def test_contract_examples_fit_the_recognise_and_dose_schemas() -> None:
    strength = {"value": 500, "unit": "mg", "per": "tablet"}
    recognised = {
        "text": "Epilim Chrono 500 tablets (Sanofi)",
        "match": "exact",
        "ingredients": [{"name": "sodium valproate", "classes": ["antiseizure"], "strength": strength}],
        **{"class_label": "antiseizure", "form": "modified-release tablet", "route": "oral", "release": "modified"},
        "suggestions": [],
    }
    validator("recognise").validate(recognised)
    assert not validator("recognise").is_valid({**recognised, "match": "near"})
    nothing = dict.fromkeys(("dose_low", "dose_high", "dose_unit", "times_per_day_low", "times_per_day_high", "prn"))
    unread = {"text": "?", "read": False, **nothing, "max_per_day": None, "daily_low": None, "daily_high": None}
    unread |= {"as_directed": False, "multi_step": False}
    validator("dose").validate(unread)
    assert not validator("dose").is_valid({**unread, "daily_low": 0})


def test_schema_command_prints_a_schema_and_names_them_all_for_an_unknown_one() -> None:
    printed = CliRunner().invoke(schema, ["ledger"])
    assert json.loads(printed.output) == schema_named("ledger")
    unknown = CliRunner().invoke(schema, ["nonsense"])
    assert unknown.exit_code == 2
    assert all(name in unknown.output for name in NAMES)
