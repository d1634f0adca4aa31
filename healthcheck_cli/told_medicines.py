"""Medicines told in the check, joined to the list that came from the practice.

What a hospital supplies is what a practice's list most often lacks. A medicine that is told and is on no line of the
list becomes a line of its own, marked as coming from an answer. One that cannot be named becomes a line that nobody
can recognise, so that every score and count says that it does not know the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from healthcheck_cli.record import AnswerState, MedicineLine, Record, Row

_NAMED = {"clozapine": "Clozapine", "methadone": "Methadone"}
_NOT_NAMED = {
    "depot": "Long-acting injection from a hospital (not named)",
    "adhd": "ADHD medicine from a hospital (not named)",
    "immunosuppressant": "Medicine from a hospital for the immune system (not named)",
    "other": "Other medicine from a hospital (not named)",
}
_HOSPITAL = "supplied by a hospital"
_DIRECTIONS = ("dose", "when")  # the columns of the table that say how a medicine is taken


def with_told_medicines(record: Record, substances: Callable[[str], frozenset[str]]) -> Record:
    """The record with the medicines of ``meds.list`` and ``meds.hospital_supplied`` among its lines.

    ``substances`` gives what a product text holds. The list is complete once it is known what a hospital supplies, and
    either the person was asked for all medicines or the source says that its list is complete.
    """
    listed = frozenset().union(*(substances(line.text) for line in record.medicines))
    told = [*_from_table(record), *_from_hospital(record)]
    new = []
    for line in told:
        held = substances(line.text)
        if not held or not held <= listed:
            new.append(line)
            listed |= held
    first = max((line.row.number for line in record.medicines), default=0) + 1
    numbered = tuple(
        replace(line, row=Row(number, "the check"), from_answer=True) for number, line in enumerate(new, first)
    )
    complete = dict(record.complete)
    whole_list = "medicines" in complete or _answered(record, "meds.list")
    if whole_list and _answered(record, "meds.hospital_supplied"):
        complete.setdefault("medicines", None)
    else:
        complete.pop("medicines", None)
    return replace(record, medicines=(*record.medicines, *numbered), complete=complete)


def _answered(record: Record, question: str) -> bool:
    answer = record.answers.get(question)
    return answer is not None and answer.state is AnswerState.ANSWERED


def _from_table(record: Record) -> Iterator[MedicineLine]:
    if not _answered(record, "meds.list"):
        return
    rows = record.answers["meds.list"].value
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping) and row.get("name", "").strip():
            directions = " ".join(row.get(column, "") for column in _DIRECTIONS).strip()
            yield MedicineLine(row["name"].strip(), Row(0), dosage=directions, indication=row.get("why", ""))


def _from_hospital(record: Record) -> Iterator[MedicineLine]:
    if not _answered(record, "meds.hospital_supplied"):
        return
    value = record.answers["meds.hospital_supplied"].value
    for word in value if isinstance(value, tuple) else (value,):
        text = _NAMED.get(str(word)) or _NOT_NAMED.get(str(word))
        if text is not None:
            yield MedicineLine(text, Row(0), dosage=_HOSPITAL)
