"""What is dated after the day of the review is kept, does not count, and is told: the date may be a slip of the pen."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.result import ReadOptions

ENTRIES: dict[str, Any] = {
    "problems": [{"term": "epilepsy", "date": "2101-10-01"}, {"term": "asthma", "date": "2026-11-22"}],
    "observations": [{"name": "weight", "value": 82, "unit": "kg", "date": "2026-11-23"}, {"name": "bmi", "value": 36}],
}
RECORD = "problems:\n- {term: epilepsy, date: 2101-10-01}\n- {term: asthma, date: 2026-11-22}\nobservations:\n" + (
    "- {name: weight, value: 82, date: 2026-11-23}\n- {name: weight, value: 83, date: 2026-11-24}\n"
)
LINES = "\n".join(json.dumps({"person": {"id": name}, "medicines": ["Senna"], **ENTRIES}) for name in "ab")
CODED = {"coding": [{"system": "http://snomed.info/sct", "code": "75367002", "display": "Blood pressure"}]}
PARTS = [{"code": {"text": f"{it} blood pressure"}, "valueInteger": 90} for it in ("Systolic", "Diastolic")]
BUNDLE = json.dumps(
    {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"resource": {"resourceType": "Patient", "id": "p"}},
            {"resource": {"resourceType": "Condition", "code": {"text": "Asthma"}, "onsetDateTime": "2027-01-01"}},
            {
                "resource": {
                    "resourceType": "Observation",
                    "code": CODED,
                    "effectiveDateTime": "2027-01-01",
                    "component": PARTS,
                }
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "text", "problem", "observation"),
    [
        ("a.yaml", RECORD, "(line 2, column 3)", "(lines 5, 6)"),
        ("a.ndjson", LINES, "(lines 1, 2)", "(lines 1, 2)"),
        ("a.json", BUNDLE, "(entry 2)", "(entry 3)"),
    ],
)
def test_entries_after_the_day_of_the_review_are_told_by_their_places(
    tmp_path: Path, name: str, text: str, problem: str, observation: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    def read(as_of: date | None) -> list[str]:
        options = ReadOptions(as_of=as_of)
        result = read_inputs([str(tmp_path / name)], options, lambda line: (line, ""), io.BytesIO())
        return [it for it in result.notes if "dated after" in it]

    after = "dated after the day of the review: not counted"
    assert read(date(2026, 11, 22)) == [
        f"{name}: problem {after} {problem}",
        f"{name}: observation {after} {observation}",
    ]
    assert read(date(2102, 1, 1)) == read(None) == []
