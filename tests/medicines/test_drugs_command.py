"""``healthcheck drugs``: the lines other programs read, and what a terminal is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from healthcheck_cli.cli.drugs import drugs_group
from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.schemas import schema_named


def _run(arguments: Sequence[str], given: str = "") -> str:
    result = CliRunner().invoke(drugs_group, arguments, input=given.encode(), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout_bytes.decode()


def test_recognise_writes_one_line_a_name_in_order() -> None:
    names = ["Epilim Chrono 500 tablets (Sanofi)", "clotrimazol", "", "Paracetamol 500mg tablets"]
    lines = [json.loads(line) for line in _run(["recognise", "--to", "ndjson"], "\n".join(names) + "\n").splitlines()]
    assert [line["text"] for line in lines] == names
    epilim, near_miss, empty, paracetamol = lines
    assert epilim["match"] == "exact"
    assert epilim["ingredients"][0]["name"] == "sodium valproate"
    assert epilim["ingredients"][0]["strength"].items() >= {"value": 500, "unit": "mg", "per": "tablet"}.items()
    assert (epilim["class_label"], epilim["form"], epilim["route"]) == (
        "antiseizure",
        "modified-release tablet",
        "oral",
    )
    assert (near_miss["match"], near_miss["ingredients"]) == ("none", [])
    assert "clotrimazole" in near_miss["suggestions"]
    assert empty["match"] == "none"
    assert (paracetamol["ingredients"][0]["classes"], paracetamol["class_label"]) == ([], "none")


@pytest.mark.parametrize("shape", ["recognise", "dose"])
def test_the_lines_have_the_shape_of_the_contract(shape: str) -> None:
    validator = Draft202012Validator(json.loads(json.dumps(schema_named(shape))))
    texts = ["Co-codamol 30/500 tablets", "Benadryl", "nothing", "1-2 tablets four times a day when required", "??"]
    for line in _run([shape, "--to", "ndjson", *texts]).splitlines():
        validator.validate(json.loads(line))


def test_a_name_cannot_move_the_cursor() -> None:
    name = "Senna\x1b[2J \u202etablets"
    assert "\x1b" not in _run(["recognise", name])
    assert "\x1b" not in _run(["recognise", "--to", "ndjson", name])
    assert "\u202e" not in _run(["recognise", name])


def test_dose_reads_directions_from_standard_input() -> None:
    line = json.loads(_run(["dose", "--to", "ndjson", "-"], "1-2 tablets four times a day when required\n"))
    assert (line["read"], line["daily_low"], line["daily_high"], line["prn"]) == (True, 0, 8, True)
    assert json.loads(_run(["dose", "--to", "ndjson", "take one two daily"]))["daily_low"] is None


def test_show_tells_what_is_held_and_on_what_it_rests() -> None:
    shown = _run(["show", "Clopixol"])
    assert "600 mg every 7 days" in shown
    assert "read in a source" in shown
    held = json.loads(_run(["show", "amitriptyline", "--to", "json"]))[0]
    assert {"scale": "acbcalc", "version": "2024-07", "value": 3}.items() <= held["scores"][0].items()


def test_show_of_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(UsageProblem, match="is it risperidone"):
        CliRunner().invoke(drugs_group, ["show", "risperidon"], catch_exceptions=False)
