"""Files as people and systems write them, plain and messy, drawn by hypothesis. Nobody in them exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

_IDS = ("A1", "A1", "A2", "999 000 0018", "9990000018", "9990000026", "999 000 0019", "", " A1 ", "-", "Total", "=A1")
_DATES = (
    *(
        "2026-01-05",
        "05/01/2026",
        "14/03/2025",
        "03/14/2025",
        "20260105",
        "5 Jan 2026",
        "1979",
        "1979-04",
        "04/04/2024",
    ),
    *("31/02/2026", "yesterday", "01/01/1900", "", "", "N/A", "2026-09-30 00:00:00", "2027-01-01"),
)
_CELLS: dict[str, Sequence[str]] = {
    "patient_id": _IDS,
    "nhs_number": _IDS,
    "date_of_birth": _DATES,
    "age": ("47", "47.0", "200", "", "old"),
    "sex": ("F", "male", "", "unknown", "X"),
    "ethnicity": ("", "Asian", "White"),
    "medication": (
        "Risperidone 1mg tablets",
        "Senna 7.5mg tablets",
        "",
        "NULL",
        'Tube 5" long',
        "Épilim 200",
        "medication",
    ),
    "dosage": (
        "1 bd",
        "",
        "one, twice a day",
        "ONE\nat night",
        'take "one"',
        " spaces  inside ",
        "\u2003wide",
        "total of 4",
    ),
    "quantity": ("28", "28,5 ml", "1,250", ""),
    "start_date": _DATES,
    "last_issue_date": _DATES,
    "end_date": _DATES,
    "prn": ("", "yes", "no", "perhaps"),
    "status": ("", "Active", "Past", "Issued"),
    "prescription_type": ("", "Acute", "Repeat"),
    "dmd_code": ("", "42292911000001107", "4.2E+16", '="42292911000001107"'),
    "indication": ("", "epilepsy"),
    "code": ("", "14760008", "1.4E+07", "not a code!", "75367002"),
    "term": ("", "Constipation", "weight", "term", "O/E - BP"),
    "value": ("82", "82,4 kg", "< 5", "", "nan", "128/76", "76/128"),
    "unit": ("kg", "", "stone", "mmHg"),
    "date": _DATES,
    "end": _DATES,
    "practice": ("North", "", "Total", "Grand total: 3", "practice"),
}
_NAMES = {"patient_id": "Patient ID", "last_issue_date": "Last Issued", "code": "snomed_code"}
_COLUMNS = {
    "medications": (
        *("patient_id", "nhs_number", "medication", "dosage", "quantity", "start_date", "last_issue_date", "end_date"),
        *("prn", "status", "prescription_type", "dmd_code", "indication", "practice", "date_of_birth"),
    ),
    "people": ("patient_id", "nhs_number", "date_of_birth", "age", "sex", "ethnicity", "practice"),
    "problems": ("patient_id", "code", "term", "date", "end", "sex"),
    "observations": ("patient_id", "code", "term", "value", "unit", "date"),
}
_NEEDED = {
    "medications": ("medication",),
    "people": ("date_of_birth",),
    "problems": ("term",),
    "observations": ("value", "term"),
}
_DAMAGE = ("ragged", "open quote", "blank line", "cut off", "header again", "lone return", "blanks at quotes")
_ODD = ("dates", "ids", "breaks", "totals", "delimiter", "encoding", "damage", "few columns")
_ODD_CELLS = {
    "dates": {"03/14/2025", "05/01/2026", "04/04/2024"},
    "ids": {"", " A1 ", "-", "Total", "=A1"},
    "breaks": {"ONE\nat night"},
    "totals": {"Total", "Grand total: 3", *_CELLS},
}


@st.composite
def extracts(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of an extract: mostly readable, and with up to two oddities of those that such files have."""
    odd = draw(st.sets(st.sampled_from(_ODD), max_size=2))
    more = draw(st.sets(st.sampled_from(("people", "problems", "observations", "more medications"))))
    kinds = {name: name.removeprefix("more ") for name in ("medications", *sorted(more))}
    return {f"{name}.csv": draw(_file(kind, frozenset(odd))) for name, kind in kinds.items()}


@st.composite
def _file(draw: st.DrawFn, kind: str, odd: frozenset[str]) -> bytes:
    names = [it for it in _COLUMNS[kind] if it in (*_NEEDED[kind], "patient_id") or draw(st.integers(0, 3))]
    if "few columns" in odd:
        names = [it for it in names if it in _NEEDED[kind] or draw(st.booleans())]
    left_out = {cell for oddity, cells in _ODD_CELLS.items() if oddity not in odd for cell in cells}
    cells = [st.sampled_from([it for it in _CELLS[name] if it not in left_out] or [""]) for name in names]
    rows = draw(st.lists(st.tuples(*cells), min_size=1, max_size=6))
    if "last_issue_date" in names and draw(st.booleans()):  # further issues of the same medicines
        place = names.index("last_issue_date")
        rows += [(*row[:place], draw(cells[place]), *row[place + 1 :]) for row in rows]
    delimiter = draw(st.sampled_from((";", "\t", "|"))) if "delimiter" in odd else ","
    end = draw(st.sampled_from(("\n", "\r\n")))
    quoting = draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))
    text = _written([[_NAMES.get(name, name) for name in names], *rows], delimiter, end, quoting)
    if "damage" in odd:
        text = _damaged(text, draw(st.sampled_from(_DAMAGE)), draw(st.integers(0, 7)), end, delimiter)
    if draw(st.booleans()):
        text = text.removesuffix(end)
    encoding = draw(st.sampled_from(("utf-8-sig", "cp1252", "utf-16"))) if "encoding" in odd else "utf-8"
    return text.encode(encoding, "replace")


def _written(rows: Sequence[Sequence[str]], delimiter: str, end: str, quoting: Any) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def _damaged(text: str, damage: str, where: int, end: str, delimiter: str) -> str:
    lines = text.split(end)
    at = 1 + where % max(1, len(lines) - 1)
    line = lines[at] if at < len(lines) else ""
    put_in = {
        "ragged": [line + delimiter + "more", delimiter.join(line.split(delimiter)[:2])],
        "open quote": [f'A1{delimiter}"Senna'],
        "blanks at quotes": [
            line.replace(f'{delimiter}"', f'{delimiter} "').replace(f'"{delimiter}', f'" {delimiter}')
        ],
        "blank line": ["", delimiter * 3],
        "header again": [lines[0]],
        "lone return": [line + "\r"],
    }
    whole = end.join([*lines[:at], *put_in.get(damage, ()), *lines[at:]])
    return whole[: len(whole) * 2 // 3] if damage == "cut off" else whole
