"""Files that DuckDB reads for an extract give what the readers of one person make of them, or are left to those."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthcheck_cli.cohort import staged_csv
from healthcheck_cli.cohort.plans_folder import records_of_extract
from healthcheck_cli.cohort.run import Loaded, load
from healthcheck_cli.cohort.staged_csv import NotPlain, codes_of_hashes
from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.record import PartialDate
from tests.cohort.messy_files import extracts

COMPLETE = ReadOptions(complete={"medicines": None})
LIST = "patient_id,medication,dosage,start_date,last_issue_date\n"


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def by_the_readers(paths: Sequence[str], options: ReadOptions) -> ReadResult:
    return read_inputs(paths, options, lambda line: (line, ""), io.BytesIO())


def by_duckdb(paths: Sequence[str], options: ReadOptions, connection: duckdb.DuckDBPyConnection) -> Loaded | None:
    """None where these files are left to the readers."""

    def refuse() -> ReadResult:
        raise NotPlain

    try:
        return load(paths, options, connection, refuse)
    except NotPlain:
        return None


def assert_same(fast: Loaded, slow: ReadResult) -> None:
    assert records_of_extract(fast.extract) == list(slow.records)
    assert fast.rejected == slow.rejected
    assert fast.companions == slow.companions
    assert sorted(fast.notes) == sorted(slow.notes)
    assert fast.inputs == slow.inputs
    assert not slow.broken_off


def written(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    paths = []
    for name, text in files.items():
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(str(path))
    return paths


@given(extracts())
@settings(
    max_examples=settings().max_examples * 3 // 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_files_are_read_alike_or_left_to_the_readers(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, files: Mapping[str, bytes]
) -> None:
    paths = written(tmp_path, files)

    fast = by_duckdb(paths, COMPLETE, connection)

    if fast is not None:
        assert_same(fast, by_the_readers(paths, COMPLETE))


@given(extracts(), st.integers(0, 3))
@settings(
    max_examples=settings().max_examples // 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_it_makes_no_difference_how_many_texts_are_many(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, files: Mapping[str, bytes], few: int
) -> None:
    paths = written(tmp_path, files)

    with patch.object(staged_csv, "_MOST_IN_ENUM", few):
        fast = by_duckdb(paths, COMPLETE, connection)

    assert (fast is None) == (by_duckdb(paths, COMPLETE, connection) is None)
    if fast is not None:
        assert_same(fast, by_the_readers(paths, COMPLETE))


@pytest.mark.parametrize("texts", [(9, 3, 7, 3), (9, 3), (3, 7)], ids=["two share one", "one between", "one after"])
def test_hashes_that_do_not_tell_texts_apart_are_left_to_the_readers(texts: Sequence[int]) -> None:
    rows = np.array([7, 7, 9, 3], np.uint64)

    assert codes_of_hashes(rows, np.array([9, 3, 7], np.uint64)).tolist() == [2, 2, 0, 1]
    with pytest.raises(NotPlain):
        codes_of_hashes(rows, np.array(texts, np.uint64))


PLAIN: Mapping[str, Mapping[str, str | bytes]] = {
    "days first, as the file settles": {"list.csv": LIST + "A1,Senna,1 on,03/04/2024,\nA1,Senna,1 on,14/04/2024,\n"},
    "issues in two files are two lines": {
        "one.csv": LIST + "A1,Senna,1 on,,2026-09-01\nA1,Senna,1 on,,2026-10-01\n",
        "two.csv": LIST + "A1,Senna,1 on,,2026-08-01\n",
    },
    "issues on days that are blank or cannot be read": {
        "list.csv": LIST + "A1,Senna,1 on,,31/09/2026\nA1,Senna,1 on,,\nA1,Senna,1 on,,2026-09-01\n"
        "A1,Senna,1 on,,2026-09-01\nA1,Senna,1 on,,2026-10-01\nA1,Senna,1 on,,\n"
        "A2,Senna,1 on,,\nA2,Senna,1 on,,31/09/2026\nA3,Senna,1 on,,\nA3,Senna,2 on,,2026-10-01\n",
    },
    "an NHS number with spaces": {
        "list.csv": "nhs_number,medication\n999 000 0018,Senna\n9990000018,Lactulose\n",
        "people.csv": "nhs_number,sex\n999-000-0018,F\n",
    },
    "one of three tables differs": {
        "list.csv": LIST + "A1,Senna,1 on,,\n",
        **{f"{place}.csv": f"patient_id,date_of_birth,sex\nA1,1979-04-02,{sex}\n" for place, sex in enumerate("FMF")},
    },
    "a result that says nothing, and people who are not in the list": {
        "list.csv": LIST + "A1,Senna,1 on,,\n",
        "results.csv": "patient_id,term,value\nA1,,7\nB2,Weight,80\nC3,Weight,90\n",
    },
    "a blood pressure is two observations, and its row is counted and noted once": {
        "list.csv": LIST + "A1,Senna,1 on,,\n",
        "results.csv": "patient_id,code,term,value,unit,date\nB2,,BP,90/140,,2026-11-01\nA1,,Weight,80,kg,soon\n"
        "A1,,Blood pressure,210/130,mmHg,soon\nA1,75367002,,128 / 76,,2026-11-02\nA1,,Visual acuity,6/9,,2026-11-02\n"
        "B2,,b/p,128,,2026-11-02\nB2,,blood pressure,,,2026-11-02\n",
    },
    "nothing between quotes, and nothing": {"list.csv": LIST + 'A1,Senna,"",,\nA2,Senna,,,""\nA3,Senna,1 on,"",\n'},
    "two lists with the same lines": {
        "acute.csv": LIST + "A1,Senna,1 on,,2026-09-01\nA1,Senna,1 on,,2026-10-01\nB2,Laxido,1 on,,\n",
        "repeat.csv": LIST + "A1,Equasym,1 on,,\nC3,Nytol,1 on,,2026-09-01\nC3,Nytol,1 on,,2026-10-01\n",
    },
    "total is a word like any other": {"list.csv": LIST + 'A1,Senna,"Total of 4, at night",,\n'},
}
"""Files that DuckDB must read: they are what most extracts are like."""

ODD: Mapping[str, Mapping[str, str | bytes]] = {
    "a row of totals that only a column says which is not used": {
        "list.csv": "place,patient_id,medication\nNorth,A1,Senna\nTotal,12,\n"
    },
    "another encoding in a column that is not used": {
        "list.csv": b"patient_id,medication,note\nA1,Senna,caf\xe9\n",
    },
    "another encoding in the header": {"list.csv": b"patient_id,medication,caf\xe9\nA1,Senna,\n"},
    "blanks outside of quotes": {"list.csv": LIST + 'A1, "Senna",1 on,,\n'},
    "blanks after quotes": {"list.csv": LIST + 'A1,"Senna" ,1 on,,\n'},
    "a name that stands for other files": {"list[1].csv": LIST + "A1,Senna,,,\n", "list1.csv": LIST + "B2,Senna,,,\n"},
    "a cell that is too long": {"list.csv": LIST + f"A1,{'x' * 1_100_000},,,\nA1,Senna,,,\n"},
    "nothing tells whether the day comes first": {"list.csv": LIST + "A1,Senna,,03/04/2024,\n"},
    "cut off": {"list.csv": LIST + "A1,Senna,1 on,,\nA1,Lactu"},
    "ids here, ids and NHS numbers there": {
        "list.csv": "patient_id,nhs_number,medication\nA1,9990000018,Senna\n",
        "people.csv": "nhs_number,sex\n9990000018,F\n",
    },
    "a companion without rows": {"list.csv": LIST + "A1,Senna,,,\n", "people.csv": "patient_id,sex\n"},
    "a line break in a cell": {"list.csv": LIST + 'A1,Senna,"1\non",,\n'},
    "a date of death": {"list.csv": LIST + "A1,Senna,,,\n", "people.csv": "patient_id,date_of_death\nA1,2026-01-01\n"},
}
"""Files that DuckDB would read otherwise than the readers do."""


@pytest.mark.parametrize("files", PLAIN.values(), ids=PLAIN)
def test_plain_files_are_read_fast(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, files: Mapping[str, str | bytes]
) -> None:
    paths = written(tmp_path, files)

    fast = by_duckdb(paths, COMPLETE, connection)

    assert fast is not None
    assert_same(fast, by_the_readers(paths, COMPLETE))


@pytest.mark.parametrize("files", ODD.values(), ids=ODD)
def test_odd_files_are_left_to_the_readers(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, files: Mapping[str, str | bytes]
) -> None:
    assert by_duckdb(written(tmp_path, files), COMPLETE, connection) is None


def test_one_column_may_be_named_for_two_fields(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    paths = written(tmp_path, {"list.csv": "patient_id,drug,what\nA1,Senna,1 on\nA2,Lactulose,\n"})
    options = ReadOptions(columns={"dosage": "what", "indication": "what"})

    fast = by_duckdb(paths, options, connection)

    assert fast is not None
    assert_same(fast, by_the_readers(paths, options))


def test_columns_are_named_and_formats_chosen_as_for_one_person(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    paths = written(tmp_path, {"list.csv": "who,what,patient_id\nA1,Senna,7\n"})
    options = ReadOptions(format="csv", columns={"medication": "what", "patient_id": "who"})

    fast = by_duckdb(paths, options, connection)

    assert fast is not None
    assert_same(fast, by_the_readers(paths, options))
    assert by_duckdb(paths, ReadOptions(columns={"medication": "drug"}), connection) is None
    assert by_duckdb(paths, ReadOptions(format="emis", columns=options.columns), connection) is None


def test_rows_issued_after_the_day_of_the_review_are_told(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    rows = "a,Senna,,,2026-11-22\na,Senna,,,2026-11-23\nb,Senna,,,2062-01-10\n"
    paths = written(tmp_path, {"list.csv": LIST + rows})
    options = ReadOptions(as_of=date(2026, 11, 22))
    fast, slow = by_duckdb(paths, options, connection), by_the_readers(paths, options)
    assert fast is not None
    assert_same(fast, slow)
    assert [it for it in slow.notes if "after the day of the review" in it and it.endswith("(lines 3, 4)")]


def test_a_birth_date_that_cannot_be_is_unknown_and_its_row_is_told(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    people = "patient_id,date_of_birth\na,1879-04-02\nb,2027-01-01\nc,1979-04-02\n"
    paths = written(tmp_path, {"list.csv": LIST + "a,Senna,,,\n", "people.csv": people})
    options = ReadOptions(as_of=date(2026, 11, 22))
    fast, slow = by_duckdb(paths, options, connection), by_the_readers(paths, options)
    assert fast is not None
    assert_same(fast, slow)
    born = {it.person.id: it.person.date_of_birth for it in slow.records}
    assert born == {"a": None, "b": None, "c": PartialDate.of(date(1979, 4, 2))}
    told = "people.csv: date_of_birth before 1900 or after the day of the review: taken as unknown (lines 2, 3)"
    assert told in slow.notes


def test_an_entry_dated_after_the_review_is_kept_and_its_row_is_told(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    problems = (
        "patient_id,snomed_code,term,date\na,84757009,Epilepsy,2101-10-01\na,,,\na,58214004,Psychosis,2026-11-22\n"
    )
    results = "patient_id,term,value,date\na,BMI,36,\na,HbA1c,66,2026-11-23\na,Weight,80,2027-01-01\n"
    files = {"list.csv": LIST + "a,Senna,,,\n", "problems.csv": problems, "results.csv": results}
    paths = written(tmp_path, files)
    options = ReadOptions(as_of=date(2026, 11, 22))
    fast, slow = by_duckdb(paths, options, connection), by_the_readers(paths, options)
    assert fast is not None
    assert_same(fast, slow)
    assert "problems.csv: problem dated after the day of the review: not counted (line 2)" in slow.notes
    assert "results.csv: observation dated after the day of the review: not counted (lines 3, 4)" in slow.notes
    assert not any("dated after" in it for it in by_the_readers(paths, ReadOptions()).notes)
