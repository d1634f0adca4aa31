"""Packed files and Parquet: what is in them is read as if it lay there, and nothing that harms comes out."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import duckdb
import pytest

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers import packed
from tests.readers.reading import FIXTURES, medicines, read_files, read_text, told

LIST = b"patient_id,medication,dosage\nA1,Senna 7.5mg tablets,2 on\n"
PEOPLE = b"patient_id,date_of_birth,sex\nA1,1980-01-01,F\n"


def zipped(**files: bytes) -> bytes:
    """An archive of some files; a double underscore stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("__", "."), raw)
    return out.getvalue()


def test_a_gzip_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    result = read_text(tmp_path, gzip.compress(LIST), "list.csv.gz")
    assert medicines(result.records) == [("Senna 7.5mg tablets", "2 on", "")]
    assert result.notes[0] == "list.csv: taken for CSV"


def test_the_files_of_an_archive_are_inputs_of_their_own(tmp_path: Path) -> None:
    result = read_text(tmp_path, zipped(m__csv=LIST, p__csv=PEOPLE, __DS_Store=b"\x00"), "all.zip")
    (record,) = result.records
    assert (record.person.sex, len(record.medicines)) == ("F", 1)
    assert [it.name for it in result.inputs] == ["all.zip/m.csv", "all.zip/p.csv"]


def test_an_extract_may_come_in_one_archive(tmp_path: Path) -> None:
    files = {it.name.replace(".", "__"): it.read_bytes() for it in (FIXTURES / "emis_bulk").iterdir()}
    result = read_text(tmp_path, zipped(**files), "bulk.zip")
    assert result.format == "emis-bulk"
    assert {record.person.id for record in result.records} == {"801", "804", "P9"}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (gzip.compress(LIST * 100)[:-12], "a compressed file that is damaged or cut off"),
        (gzip.compress(LIST)[:-8] + b"12345678", "a compressed file that is damaged or cut off"),
        (zipped(m__csv=LIST)[:-30], "a spreadsheet workbook or zip archive that is damaged or cut off"),
        (zipped(), "there is no file in this archive"),
        (zipped(**{"[Content_Types]__xml": b"<x/>"}), "a spreadsheet workbook or document: save the sheet as CSV"),
        (zipped(inner__zip=zipped(m__csv=LIST)), "a spreadsheet workbook or zip archive: save"),
        (b"PAR1 and no more PAR1", "a Parquet file that is damaged, cut off or locked"),
    ],
)
def test_what_cannot_be_unpacked_is_one_clear_line(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read_text(tmp_path, raw, "list.csv")
    assert len(caught.value.problems) == 1
    assert message in caught.value.problems[0]


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    raw = bytearray(zipped(m__csv=LIST))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says that it is locked
        raw[raw.index(mark) + at] |= 1
    with pytest.raises(InputProblem, match="locked with a password"):
        read_text(tmp_path, bytes(raw), "list.zip")


@pytest.mark.parametrize("name", ["bomb.gz", "bomb.zip"])
def test_what_unpacks_to_far_more_than_it_should_is_stopped(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "_ALWAYS_ALLOWED", 1_000_000)
    raw = b"0" * 3_000_000
    content = gzip.compress(raw) if name.endswith("gz") else zipped(a__csv=raw[:900_000], b__csv=raw[:900_000])
    with pytest.raises(InputProblem, match="unpacks to more than"):
        read_text(tmp_path, content, name)


def parquet(path: Path, select: str) -> Path:
    """A Parquet file of a query."""
    duckdb.execute(f"copy ({select}) to '{path}' (format parquet)")
    return path


def test_parquet_is_a_table_of_texts_whose_long_codes_are_whole(tmp_path: Path) -> None:
    row = "'A1' patient_id, 'Senna' medication, 999999999999999999::bigint dmd_code, date '2026-01-02' start_date"
    (record,) = read_files(parquet(tmp_path / "a.parquet", f"select {row}, null::varchar dosage")).records
    (line,) = record.medicines
    assert (line.dmd_code, str(line.start), line.dosage, line.row.number) == (
        "999999999999999999",
        "2026-01-02",
        "",
        1,
    )


def test_parquet_with_codes_as_decimal_numbers_loses_the_codes_and_says_so(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", "select 'Senna' medication, 321612002::double dmd_code")
    result = read_files(path)
    assert result.records[0].medicines[0].dmd_code == ""
    assert told(result, "dmd_code not readable: taken as unknown (line 1)")


def test_parquet_whose_values_have_several_parts_is_refused_where_they_would_be_read(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", "select {'text': 'Senna', 'code': 1} medication")
    with pytest.raises(InputProblem, match=r"a.parquet: the column medication holds values of several parts"):
        read_files(path)
    beside = read_files(parquet(tmp_path / "b.parquet", "select 'Senna' medication, [1, 2] history"))
    assert told(beside, "columns not used: history")


def test_parquet_of_an_extract_and_parquet_in_an_archive(tmp_path: Path) -> None:
    path = parquet(tmp_path / "m.parquet", "select 1 patient_id, date '2026-09-01' date, '322816002' dmd_code")
    assert read_files(path).format == "opensafely"
    (record,) = read_text(tmp_path, zipped(m__parquet=path.read_bytes()), "m.zip").records
    assert record.medicines[0].dmd_code == "322816002"


def test_words_to_the_reader_beside_tables_in_an_archive_are_no_medicine_list(tmp_path: Path) -> None:
    result = read_text(tmp_path, zipped(m__csv=LIST, readme__txt=b"This is the list of the surgery\n"), "all.zip")
    assert medicines(result.records) == [("Senna 7.5mg tablets", "2 on", "")]
    assert told(result, "all.zip/readme.txt: left out: a plain text beside other files in an archive")
