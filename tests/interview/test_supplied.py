"""What comes with a check: a medicine list and the form from home are one record, and the form is only offered."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from healthcheck_cli.cli.supplied import supplied_record
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.saved import SuppliedFile

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
LIST = SuppliedFile("list.csv", b"medication,dosage\nSenna 7.5mg tablets,2 at night\n", ("medicines",))


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("home.yaml", "# 1.1 Bowels\n#bowel.type:\nbowel.per_week: 3\nalc.how_often: never\n"),
        ("home.csv", "question,value,by\nbowel.per_week,3,supporter\nalc.how_often,never,\n"),
    ],
)
def test_a_form_and_a_list_are_one_record(content: Content, name: str, text: str) -> None:
    record = supplied_record([LIST, SuppliedFile(name, text.encode(), ())], content, NOW)
    assert record is not None
    assert [line.text for line in record.medicines] == ["Senna 7.5mg tablets"]
    assert {question: answer.value for question, answer in record.answers.items()} == {
        "bowel.per_week": 3.0,
        "alc.how_often": "never",
    }
    assert (set(record.complete), record.from_check) == ({"medicines"}, False)


def test_a_slip_in_a_form_is_told_with_its_line(content: Content) -> None:
    form = SuppliedFile("home.yaml", b"bowel.per_week: 3\nbowel.type: nine\n", ())
    with pytest.raises(InputProblem, match=r"home\.yaml:2:13: bowel\.type: "):
        supplied_record([form], content, NOW)
