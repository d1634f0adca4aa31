"""Whatever is in a file, the outcome is a report or a problem that can be acted on, and no message quotes the file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
from healthcheck_cli.plans.as_json import json_text
from healthcheck_cli.plans.markdown import review_markdown
from healthcheck_cli.readers.columns import FIELDS
from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.review import Reviewer, review_records
from tests.cli.conftest import MARK

DAY = date(2026, 11, 22)
QUICK = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

_values = st.sampled_from(
    [
        *(MARK, f"{MARK} 5mg tablets", "Clozapine 100mg tablets", "1 bd", "epilepsy", "F", "yes", "14760008", "82 kg"),
        *("0001-01-01", "9999-12-31", "31/12/9999", "2026-02-30", "1900-01-01", "nan", "-1", "1e999", "9" * 5000),
        *("", "NULL", '"', "'", "{", "[", "&a", "*a", "!!int 3", "|", "#", "- -", "1" * 400 + " kg"),
        *("\x1b[2J", "\u202e", "½", "\ud7ff"),
    ]
)
_headers = st.sampled_from([*FIELDS, "notes"])
_SHAPES = {
    "person": "id date_of_birth age sex ethnicity",
    "medicines": "text dosage quantity start last_issue issues end prn route indication dmd_code bnf_code",
    "problems": "code term date end",
    "observations": "name code value unit date",
    "answers": "bowel.days_since bowel.pain meas.weight value state by note",
    "complete": "medicines problems events",
}


@cache
def _content() -> tuple[Content, Reviewer]:
    content = load_content(find_content())
    return content, Reviewer(content)


def report_or_problem(raw: bytes, name: str, form: str) -> None:
    """Review ``raw`` and write the report; anything but a report or a problem is raised."""
    content, reviewer = _content()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            read = read_inputs([str(path)], ReadOptions(format=form), split_product_and_dosage, io.BytesIO())
        except (InputProblem, UsageProblem) as problem:
            assert problem.problems
            assert not [line for line in problem.problems if MARK in line or "\n" in line]
            return
    assert not [row for row in read.rejected if MARK in row.reason]
    review = review_records(read.records, reviewer, DAY, read.rejected, read.inputs)
    assert review_markdown(review, content)
    assert json_text(review, content).isascii()


@QUICK
@given(
    st.binary(max_size=200),
    st.sampled_from(["auto", "csv", "pasted", "record"]),
    st.sampled_from(["a.csv", "a.yaml", "a"]),
)
@example(b"a\rb", "auto", "a.csv")
@example(b'"', "csv", "a.csv")
@example(b"\xff\xfe\x00", "auto", "a")
def test_any_bytes(raw: bytes, form: str, name: str) -> None:  # fmt: skip
    report_or_problem(raw, name, form)


@QUICK
@given(
    st.lists(_headers, min_size=1, max_size=6),
    st.lists(st.lists(_values, max_size=7), max_size=4),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_any_table(header: list[str], rows: list[list[str]], mark: str, end: str, encoding: str) -> None:
    width = len(header) + 1
    whole = [(cells + [""] * width)[:width] if len(cells) < 6 else cells for cells in rows]  # and some that are ragged
    lines = [mark.join(cells) for cells in (["medication", *header], *whole)]
    report_or_problem(end.join(lines).encode(encoding), "a.csv", "auto")


def _written(value: object) -> str:
    """In the flow style of YAML, not always well formed."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(it)}" for key, it in value.items()) + "}"
    return "[" + ", ".join(map(_written, value)) + "]" if isinstance(value, list) else str(value)


def _part(keys: str) -> st.SearchStrategy[object]:
    """One thing of a record, more or less as it should be."""
    right = st.dictionaries(st.sampled_from(keys.split()), _values, max_size=4)
    return st.one_of(right, right, _values, st.dictionaries(st.just(MARK), _values, min_size=1))


_record = st.fixed_dictionaries(
    {},
    optional={
        key: _part(keys) if key in ("person", "answers", "complete") else st.lists(_part(keys), max_size=3)
        for key, keys in _SHAPES.items()
    },
)


@QUICK
@given(_record)
def test_any_record(record: dict[str, object]) -> None:
    text = "\n".join(f"{key}: {_written(value)}" for key, value in record.items())
    report_or_problem(text.encode(), "a.yaml", "record")


@QUICK
@given(st.lists(_values | st.lists(_values, max_size=3).map(" ".join), max_size=5))
def test_any_pasted_list(lines: Sequence[str]) -> None:
    report_or_problem("\n".join(lines).encode(), "a.txt", "pasted")


def test_a_record_at_the_ends_of_the_calendar() -> None:
    for day in ("0001-01-01", "9999-12-31"):
        text = _CALENDAR.replace("DAY", day)
        report_or_problem(text.encode(), "a.yaml", "record")
        table = (
            f"medication,dosage,quantity,start_date,last_issue_date,date_of_birth\nSenna,1 on,28,{day},{day},{day}\n"
        )
        report_or_problem(table.encode(), "a.csv", "csv")


_CALENDAR = """\
person: {date_of_birth: DAY, sex: F}
complete: {medicines: DAY, problems: DAY, events: DAY}
medicines:
  - {text: Clozapine 100mg tablets, dosage: 1 bd, start: DAY, last_issue: DAY, quantity: 56 tablets}
  - {text: Senna, issues: [DAY, 2026-01-01, DAY], end: DAY}
problems: [{term: epilepsy, date: DAY}, {code: "14760008", date: DAY, end: DAY}]
observations: [{name: weight, value: 82, unit: kg, date: DAY}, {name: weight, value: 80, unit: kg, date: 2026-01-01}]
answers: {bowel.days_since: 4, meas.weight: {value: 82, date: DAY}, review.psychotropic: DAY}
"""
