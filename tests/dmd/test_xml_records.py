"""One file as a stream: what is asked for comes out with its line, and nothing that could do harm is followed."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from healthcheck_cli.dmd.xml_records import read_records
from healthcheck_cli.errors import InputProblem

WANTED = frozenset({"VMP", "VPI"})


def records(text: str | bytes) -> list[tuple[str, str, dict[str, str], int]]:
    raw = text.encode() if isinstance(text, str) else text
    step = 7 if len(raw) < 2_000 else 1 << 16  # a small one is cut in the middle of everything
    parts = (raw[at : at + step] for at in range(0, len(raw), step))
    return [(it.tag, it.section, it.fields, it.line) for it in read_records(parts, "f.xml", "ALL", WANTED)]


def test_records_come_with_their_section_their_fields_and_their_line() -> None:
    text = """<?xml version="1.0" encoding="utf-8" ?>
<ALL new="1"><!-- <VMP> -->
<VMPS><VMP><VPID>12</VPID>
  <NM> Caf\u00e9 &amp;
    milk </NM><LATER><NM>deeper</NM></LATER><NM>second</NM></VMP></VMPS>
<NEW><THING><VPID>99</VPID></THING></NEW>
<VPIS><VPI><ISID/></VPI></VPIS></ALL>"""
    assert records(text) == [
        ("VMP", "VMPS", {"VPID": "12", "NM": "Caf\u00e9 & milk", "LATER": "deeper"}, 3),
        ("VPI", "VPIS", {"ISID": ""}, 7),
    ]


LAUGHS = '<!DOCTYPE ALL [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><ALL>&b;</ALL>'
REFUSED = {
    "entities": (LAUGHS, "f.xml:1: declares a document type"),
    "a file elsewhere": ('<!DOCTYPE ALL [<!ENTITY a SYSTEM "file:///etc/hostname">]><ALL>&a;</ALL>', "document type"),
    "a document type": ("<!DOCTYPE ALL><ALL/>", "f.xml:1: declares a document type"),
    "a DTD elsewhere": ('<!DOCTYPE ALL SYSTEM "http://example.org/x.dtd"><ALL/>', "document type"),
    "a page of a website": ("<html><body>Log in</body></html>", "f.xml:1: begins with <html> and not with <ALL>"),
    "no XML": ("PK\x03\x04 rubbish", "f.xml:1: not XML, or cut short"),
    "nothing": ("", "f.xml:1: not XML, or cut short (no element found)"),
    "cut short": ("<ALL>\n<VMPS><VMP><VPID>1</VP", "f.xml:2: not XML, or cut short"),
    "no end": ("<ALL>\n<VMPS>\n", "f.xml:3: not XML, or cut short"),
    "tags crossed": ("<ALL><a><b></a></b></ALL>", "f.xml:1: not XML, or cut short (mismatched tag)"),
    "another encoding": ('<?xml version="1.0" encoding="shift_jis"?><ALL/>', "f.xml: is in an encoding"),
    "no encoding": ('<?xml version="1.0" encoding="nonsense"?><ALL/>', "f.xml"),
    "deep": ("<ALL>" + "<a>" * 20, "f.xml:1: more than 12 elements stand in each other"),
    "a long field": ("<ALL><VMPS><VMP><NM>" + "x" * 20_000, "f.xml:1: a field of more than 10,000 letters"),
    "a long comment": ("<ALL><!--" + "x" * 1_200_000, "f.xml:1: a comment or a tag of more than a million"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_dmd_file_is_refused_in_one_line(kind: str) -> None:
    text, says = REFUSED[kind]
    with pytest.raises(InputProblem) as raised:
        records(text)
    (problem,) = raised.value.problems
    assert says in problem
    assert "\n" not in problem
    assert len(problem) < 200


def test_memory_does_not_grow_with_the_file() -> None:
    def parts() -> Iterator[bytes]:
        yield b"<ALL><VMPS>"
        for _ in range(300):
            yield b"<VMP><VPID>1</VPID><NM>A name that is not short</NM></VMP>\n" * 20
        yield b"</VMPS></ALL>"

    tracemalloc.start()
    assert sum(1 for _ in read_records(parts(), "f.xml", "ALL", WANTED)) == 6_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 300_000
