"""Every bad input is refused with one clear line a problem, with nothing of what is in it, and with nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import MARK, Run

File = Callable[[str, bytes | str], Path]

TEN_MEGABYTES = 10_000_000
TABLE = f"medication,dosage\n{MARK} 5mg ½,1 on\n"

BAD_FILES: dict[str, tuple[str, bytes | str, list[str]]] = {
    "binary": ("a.csv", bytes(range(256)) * 20, ["a.csv:1: a NUL byte"]),
    "a workbook": ("a.csv", f"PK\x03\x04{MARK}", ["a.csv: this is a spreadsheet workbook"]),
    "empty": ("a.csv", b"", ["a.csv: there is nothing in this file"]),
    "blank": ("a.csv", b"\n \n", ["a.csv: there is nothing in this file"]),
    "header only": ("a.csv", b"medication,dosage\n", ["a.csv: there is a header and no row after it"]),
    "cp1252": ("a.csv", TABLE.encode("cp1252"), ["a.csv:2: not UTF-8; the bytes look like cp1252: give --encoding"]),
    "UTF-16 without a mark": ("a.csv", TABLE.encode("utf-16-le"), ["a.csv: the bytes look like UTF-16 with no mark"]),
    "UTF-16 the other way": ("a.csv", TABLE.encode("utf-16-be"), ["give --encoding utf-16-be"]),
    "UTF-16 cut off": ("a.csv", TABLE.encode("utf-16")[:-1], ["a.csv: this is not utf-16 text, or it is cut off"]),
    "no medicine column": ("a.csv", f"foo,bar\n{MARK},1\n", ["a.csv:1: no column for the medicine"]),
    "people only": ("a.csv", f"patient_id,sex\n{MARK},F\n", ["no input was read as a medicine list"]),
    "no usable row": ("a.csv", f"medication,dosage\n,{MARK}\n", ["a.csv: no row can be used; the first: line 2"]),
    "a huge cell": ("a.csv", f"medication\n{MARK * 1_000_000}\n", ["a.csv: no row can be used", "1,000,000"]),
    "a huge header": ("a.csv", b"medication," + b"Z" * TEN_MEGABYTES, ["a.csv:1: a cell of more than 1,000,000"]),
    "a huge line": ("a.txt", b"Z" * TEN_MEGABYTES, ["a.txt:1: a line of more than 10,000 characters"]),
    "emis": ("a.csv", f"Last Run:,1\nNHS Number,EMIS Number\n{MARK},1\n", ["a.csv:2: no column for the medicine"]),
    "fhir": ("a.json", f'{{"resourceType": "{MARK}"}}', ["a.json: nothing in this file is read"]),
    "ndjson": ("a.ndjson", f'{{"a": "{MARK}"}}\n{{"a": 2}}\n', ["a.ndjson:1:7: a key that is not known"]),
    "FHIR cut short": (
        "a.json",
        f'{{"resourceType": "Bundle", "entry": [{{"x": "{MARK}',
        ["a.json:1: the JSON breaks off"],
    ),
    "FHIR lines cut short": (
        "a.ndjson",
        f'{{"resourceType": "Patient", "id": "{MARK}"}}\n{{"resourceType": "Medi',
        ["a.ndjson:2: the file breaks off in the middle of this row"],
    ),
    "FHIR with a key twice": (
        "a.json",
        f'{{"resourceType": "Patient", "id": "{MARK}", "id": "{MARK}"}}',
        ["a.json: a key stands twice in one object"],
    ),
    "FHIR without end": (
        "a.json",
        b'{"resourceType": "Patient", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        ["a.json: lists or objects lie too deep"],
    ),
    "bundles without end": (
        "a.json",
        b'{"resourceType": "Bundle", "entry": [{"resource": ' * 50 + b"1" + b"}]}" * 50,
        ["a.json: bundles lie too deep inside each other"],
    ),
    "FHIR with a huge number": (
        "a.json",
        b'{"resourceType": "Patient", "a": ' + b"9" * 9000 + b"}",
        ["a number is too"],
    ),
    "FHIR with no number": ("a.json", b'{"resourceType": "Patient", "a": NaN}', ["a.json: a number that is none"]),
    "FHIR in XML": ("a.xml", f'<Bundle xmlns="http://hl7.org/fhir"><id value="{MARK}"/></Bundle>', ["FHIR in XML"]),
    "FHIR that is a word": (
        "a.json",
        f'["{MARK}", {{"resourceType": null}}]',
        ["a.json: nothing in this file is read"],
    ),
    "a list of records": ("a.json", f'["{MARK}"]', ["a.json: not a format I know"]),
    "unknown key": ("a.yaml", f"medicnes: [{MARK}]\n", ["a.yaml:1:11: a key that is not known (did you mean"]),
    "a value for a key": ("a.yaml", f"medicines: [{{{MARK}: 1}}]\n", ["a key that is not known", "needs its text"]),
    "wrong type": (
        "a.yaml",
        f"person: {MARK}\nmedicines: {MARK}\n",
        ["a.yaml:1:9: person:", "a.yaml:2:12: medicines:"],
    ),
    "duplicate key": ("a.yaml", f"person: {{id: A}}\nperson: {{id: {MARK}}}\n", ["a.yaml:2:1: this key is here twice"]),
    "bad date": ("a.yaml", f"medicines: [{{text: {MARK}, start: 2026-02-30}}]\n", ["there is no such day"]),
    "no date": ("a.yaml", f"person: {{date_of_birth: {MARK}}}\n", ["a.yaml:1:25: person.date_of_birth: not a date"]),
    "a huge number": (
        "a.yaml",
        b"person: {age: " + b"9" * 5000 + b"}\n",
        ["a.yaml:1:15: person.age: must be whole years"],
    ),
    "JSON cut short": (
        "a.json",
        f'{{"person": {{"id": "{MARK}"}}, "medicines": ["S',
        ["a.json:1:", "not readable as YAML or JSON"],
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_files(run: Run, file: File, tmp_path: Path, kind: str) -> None:
    name, holds, says = BAD_FILES[kind]
    out = tmp_path / "report.md"
    ran = run("review", file(name, holds), "-q", "-o", out)
    assert (ran.code, ran.out) == (4, "")
    assert all(part in ran.err for part in says), ran.err
    assert all(line.startswith("Error: ") for line in ran.err.splitlines())
    assert ran.err.count("\n") <= 2
    assert len(ran.err) < 500
    assert MARK not in ran.err
    assert "Z" * 50 not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("stdin", [b"", b"\n\n", b"--\n"])
def test_nothing_on_standard_input(run: Run, stdin: bytes) -> None:
    ran = run("review", "-", stdin=stdin)
    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert ran.err.startswith("Error: standard input: ")


def test_files_that_are_not_there_or_are_folders_are_all_told_at_once(run: Run, tmp_path: Path) -> None:
    ran = run("review", tmp_path / "no.csv", tmp_path, tmp_path / ("a" * 300))
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        f"Error: {tmp_path}/no.csv: there is no such file\n"
        f"Error: {tmp_path}: this is a folder: name the files in it\n"
        f"Error: {tmp_path}/{'a' * 300}: cannot be read (File name too long)\n"
    )


def test_a_file_that_may_not_be_read(run: Run, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file("a.csv", TABLE)

    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)  # whoever runs the tests may be allowed to read everything
    ran = run("review", path)
    assert (ran.code, ran.out, ran.err) == (4, "", f"Error: {path}: cannot be read (Permission denied)\n")


def test_the_encoding_can_be_given(run: Run, file: File) -> None:
    ran = run("review", file("a.csv", TABLE.encode("utf-16-le")), "--encoding", "utf-16-le", "--to", "json")
    assert ran.code == 0
    assert f"{MARK} 5mg \\u00bd" in ran.out


@pytest.mark.parametrize("name", ["nonsense", "base64", "idna", "undefined", "unicode_escape", "punycode"])
def test_an_encoding_that_makes_no_text_is_wrong_usage(run: Run, file: File, name: str) -> None:
    ran = run("review", file("a.csv", TABLE), "--encoding", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", ["recognise", "dose"])
def test_drugs_refuses_names_in_an_encoding_that_cannot_be_told(run: Run, command: str) -> None:
    ran = run("drugs", command, "--to", "ndjson", stdin=f"caf\u00e9 {MARK}\n".encode("cp1252"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert MARK not in ran.err
    again = run("drugs", command, "--to", "ndjson", "--encoding", "cp1252", stdin="caf\u00e9\n".encode("cp1252"))
    assert (again.code, "caf\\u00e9" in again.out) == (0, True)


def test_a_header_cannot_steer_the_terminal_nor_fill_it(run: Run, file: File) -> None:
    ran = run("review", file("a.csv", f"medication,x\x9b2Jy,{'Z' * 500}\nSenna,1,2\n"), "--as-of", "2026-11-22")
    assert ran.code == 0
    assert "columns not used: x\ufffd2Jy" in ran.err
    assert "Z" * 41 not in ran.err


def test_old_line_ends_are_read(run: Run, file: File) -> None:
    ran = run("review", file("a.csv", "medication,dosage\rSenna,1 on\r"), "--as-of", "2026-11-22")
    assert "1 medicine row read: 1 used" in ran.err
