from __future__ import annotations

from collections.abc import Callable

import pytest

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.readers.encoding import decode, decode_or_assume

TEXT = "medication\nCafé ½\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_mark_or_in_utf8_needs_no_option(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "list.csv") == TEXT


def test_another_encoding_is_read_when_named_and_named_when_not() -> None:
    raw = TEXT.encode("cp1252")
    assert decode(raw, "list.csv", "cp1252") == TEXT
    with pytest.raises(InputProblem) as caught:
        decode(raw, "list.csv")
    assert caught.value.problems == ("list.csv:2: not UTF-8; the bytes look like cp1252: give --encoding cp1252",)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "list.csv: there is nothing in this file"),
        (b" \r\n\t", "list.csv: there is nothing in this file"),
        (b"PK\x03\x04rest", "list.csv: this is a spreadsheet workbook or zip archive: save the sheet as CSV UTF-8"),
        (b"%PDF-1.7", "list.csv: this is a PDF document"),
        (b"\x1f\x8b\x08", "list.csv: this is a compressed file"),
        (b"a,b\nc\x00,d\n", "list.csv:2: a NUL byte"),
        ("medication".encode("utf-16-le"), "give --encoding utf-16-le"),
        ("medication".encode("utf-16-be"), "give --encoding utf-16-be"),
        (b"\xff\xfem\x00e", "list.csv: this is not utf-16 text, or it is cut off"),
        (b"a\x81\x8d\n", "list.csv:1: not UTF-8; the bytes look like latin-1"),
    ],
)
def test_what_is_not_text_is_one_clear_line(raw: bytes, message: str) -> None:
    with pytest.raises(InputProblem) as caught:
        decode(raw, "list.csv")
    assert len(caught.value.problems) == 1
    assert message in caught.value.problems[0]


@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw + b"\xbd\n"])
def test_damaged_utf8_is_never_taken_for_another_encoding(damage: Callable[[bytes], bytes]) -> None:
    raw = damage("EMIS Number,Drug\n1,Café\n2,½".encode())
    with pytest.raises(InputProblem, match=r"list.csv:3: UTF-8 that is damaged or cut off here"):
        decode_or_assume(raw, "list.csv")


@pytest.mark.parametrize("name", ["nonsense", "base64", "rot13"])
def test_an_encoding_that_is_none_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageProblem, match="--encoding"):
        decode(b"x", "list.csv", name)
