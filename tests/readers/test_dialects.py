"""What is written in any dialect is read back the same; whatever happens to a file, each row of it is accounted for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.result import ReadResult
from tests.readers.dialects import DIALECTS, MAIN, Files, Given
from tests.readers.reading import read_files, rows_told

FEW = settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
PRODUCTS = (
    *("Senna 7.5mg tablets", "Epilim Chrono 500 tablets (Sanofi)", "Glycerin, Honey and Lemon linctus"),
    *("Haloperidol 5mg/5ml oral solution sugar free", "Laxido Orange oral powder sachets sugar free (Galen Ltd)"),
    *("Insulin aspart 100units/ml solution for injection 10ml vials", "Co-codamol 30mg/500mg tablets"),
    *("VENLAFAXINE modified release capsules 75mg [HILLCROSS]", 'Café "½" strength 5mg tablets'),
)
DOSAGES = (
    *("1 bd", "One To Be Taken Twice A Day", "take one, then two at night", "1-2 up to four times a day when required"),
    *("½ in the morning", "2.5ml each morning", "as directed", "apply; rinse off", 'as "the clinic" says'),
)
DAY_ONE = date(2026, 1, 1)


@st.composite
def lists(draw: st.DrawFn) -> list[Given]:
    """Medicines of a few people, each with its own product and day, so that none is an issue of another."""
    chosen = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["1", "22", "1000000000000000001"]),
                st.sampled_from(PRODUCTS),
                st.sampled_from(DOSAGES),
                st.sampled_from(["56 tablet", "500 ml", "1 pack"]),
                st.integers(0, 300),
            ),
            min_size=1,
            max_size=8,
            unique_by=lambda it: it[:2],
        )
    )
    return [Given(who, what, how, much, DAY_ONE + timedelta(days)) for who, what, how, much, days in chosen]


def read(files: Files, main: str = "", damaged: bytes = b"", form: str = "auto") -> ReadResult:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            raw = damaged if name == main else text.encode()
            (Path(folder) / name).write_bytes(raw)
        return read_files(*(Path(folder) / name for name in files), form=form)


@pytest.mark.parametrize("dialect", DIALECTS)
@FEW
@given(lists())
def test_rows_written_in_a_dialect_come_back_the_same(dialect: str, medicines: list[Given]) -> None:
    result = read(DIALECTS[dialect](medicines))
    assert result.format == dialect
    found = {
        Given(record.person.id, line.text, line.dosage, line.quantity, line.last_issue or date.min)
        for record in result.records
        for line in record.medicines
    }
    assert found == set(medicines)
    assert result.rejected == ()


@pytest.mark.parametrize("dialect", DIALECTS)
@FEW
@given(lists(), st.data())
def test_a_file_that_is_cut_off_anywhere_accounts_for_every_row_that_is_left(
    dialect: str, medicines: list[Given], data: st.DataObject
) -> None:
    files, main = DIALECTS[dialect](medicines), MAIN[dialect]
    whole = files[main]
    first = _first_row(dialect, whole)
    cut = whole[: data.draw(st.integers(first + 1, len(whole) - 1))]
    rows = len(cut[first:].rstrip("\r\n").splitlines())
    try:
        result = read(files, main, cut.encode(), dialect)
    except InputProblem as problem:
        assert rows <= 1, problem.problems  # nothing that can be used is left
        return
    assert rows_told(result) == rows
    ends_as_rows_do = cut.endswith(("\r", "\n"))
    if result.rejected:
        assert not ends_as_rows_do
        assert result.broken_off == (f"{main}:{cut.count(chr(10)) + 1}",)


@pytest.mark.parametrize("dialect", DIALECTS)
@FEW
@given(lists(), st.data())
def test_a_header_said_again_and_blank_lines_are_no_rows(
    dialect: str, medicines: list[Given], data: st.DataObject
) -> None:
    files, main = DIALECTS[dialect](medicines), MAIN[dialect]
    first = _first_row(dialect, files[main])
    header = files[main][:first].splitlines()[-1]
    rows = files[main][first:].splitlines()
    at = data.draw(st.integers(1, len(rows)))
    text = files[main][:first] + "\r\n".join([*rows[:at], header, "", *rows[at:]]) + "\r\n"
    result = read(files, main, text.encode())
    assert rows_told(result) == len(medicines)
    assert result.rejected == ()


@pytest.mark.parametrize("dialect", DIALECTS)
@FEW
@given(lists(), st.data())
def test_rows_that_lose_or_gain_cells_are_rejected_and_only_they(
    dialect: str, medicines: list[Given], data: st.DataObject
) -> None:
    files, main = DIALECTS[dialect](medicines), MAIN[dialect]
    first = _first_row(dialect, files[main])
    rows = files[main][first:].splitlines()
    at = data.draw(st.integers(0, len(rows) - 1))
    mark = {"systmone": ";", "cprd": "\t"}.get(dialect, ",")
    rows[at] = data.draw(st.sampled_from(["x", f"{rows[at]}{mark}x{mark}x", f'{mark}"{rows[at][:5]}']))
    text = files[main][:first] + "\r\n".join(rows) + "\r\n"
    try:
        result = read(files, main, text.encode())
    except InputProblem as problem:
        assert any("no row can be used" in it for it in problem.problems) or not medicines[1:]
        return
    assert rows_told(result) == len(medicines)
    assert at in {it.line - 1 - files[main][:first].count("\n") for it in result.rejected}


@pytest.mark.parametrize("dialect", [it for it in DIALECTS if it != "csv"])
@FEW
@given(lists())
def test_windows_text_of_a_gp_system_is_read_and_said_and_utf16_without_a_mark_is_refused(
    dialect: str, medicines: list[Given]
) -> None:
    files, main = DIALECTS[dialect](medicines), MAIN[dialect]
    raw = files[main].encode("cp1252")
    result = read(files, main, raw)
    assert rows_told(result) == len(medicines)
    assert ("read as Windows-1252" in " ".join(result.notes)) == (raw != files[main].encode())
    with pytest.raises(InputProblem, match="give --encoding utf-16-le"):
        read(files, main, files[main].encode("utf-16-le"))


def _first_row(dialect: str, text: str) -> int:
    """Where the first row after the header begins."""
    lines = 5 if dialect == "emis" else 1
    return [match.end() for match in re.finditer("\r\n", text)][lines - 1]
