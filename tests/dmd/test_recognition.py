"""What an imported release adds to recognition: products by id, and a second witness beside a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, file
from tests.dmd.small_release import BONUS, CLOZARIL_AMP, RELEASE, RISPERDAL_AMP, RISPERDAL_AMPP, VALPROATE_LONG_BEFORE

__all__ = ["file"]

Run = Callable[..., Ran]


@pytest.fixture
def imported(run: Run, data: Path) -> Path:
    """A data folder with the small release in it."""
    assert run("drugs", "import-dmd", RELEASE, BONUS).code == 0
    return data


def recognised(run: Run, name: str, dmd_code: str) -> dict[str, Any]:
    ran = run("drugs", "recognise", name, "--dmd-code", dmd_code, "--to", "ndjson")
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.mark.parametrize("code", [RISPERDAL_AMP, RISPERDAL_AMPP])
def test_an_id_names_a_product_whose_name_says_nothing(run: Run, imported: Path, code: str) -> None:
    found = recognised(run, "Ward stock item 7", code)
    assert (found["match"], found["matched_by"], found["form"]) == ("exact", "dm+d code", "tablet")
    assert [(it["name"], it["strength"]["value"]) for it in found["ingredients"]] == [("risperidone", 1)]


def test_an_id_that_was_replaced_long_ago_still_names_its_product(run: Run, imported: Path) -> None:
    found = recognised(run, "Ward stock item 8", VALPROATE_LONG_BEFORE)
    assert [it["name"] for it in found["ingredients"]] == ["sodium valproate"]
    assert found["release"] == "modified"


def test_a_name_and_an_id_that_disagree_are_told(run: Run, imported: Path) -> None:
    found = recognised(run, "Risperidone 1mg tablets", CLOZARIL_AMP)
    assert (found["match"], found["ingredients"]) == ("ambiguous", [])
    assert found["candidates"] == ["risperidone", "clozapine"]


def test_without_a_release_the_same_id_says_nothing(run: Run, data: Path) -> None:
    assert recognised(run, "Ward stock item 7", RISPERDAL_AMP)["match"] == "none"


def test_a_review_uses_the_ids_of_the_list(run: Run, imported: Path, file: Callable[..., Path]) -> None:
    listed = file("list.csv", f"medication,dosage,dmd_code\nWard stock item 7,1 bd,{RISPERDAL_AMP}\n")
    (person,) = json.loads(run("review", listed, "--to", "json").out)["people"]
    (line,) = person["medicines"]
    assert line["ingredients"][0]["daily_dose"] == {"low": 2, "high": 2, "unit": "mg"}
    assert person["unrecognised"] == []


def test_a_damaged_index_is_told_and_the_shipped_names_still_serve(run: Run, imported: Path) -> None:
    (index,) = imported.glob("*.sqlite3")
    index.write_bytes(b"not an index")
    ran = run("drugs", "recognise", "Risperidone 1mg tablets", "--to", "ndjson")
    assert json.loads(ran.out)["match"] == "exact"
    assert "dm+d is not used" in ran.err
