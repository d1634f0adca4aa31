"""Medicines told in the check, joined to the list that came from the practice.

What a hospital supplies is what a practice's list most often lacks. A medicine that is told and is on no line of the
list becomes a line of its own, marked as coming from an answer. One that cannot be named becomes a line that nobody
can recognise, so that every score and count says that it does not know the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from healthcheck_cli.medicines.models import Match, MedicineRead
from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
from healthcheck_cli.record import AnswerState, MedicineLine, Record, Row

Reads = Callable[[Sequence[MedicineLine]], Sequence[MedicineRead]]
"""What is made of medicine lines, in their order."""


@dataclass(frozen=True)
class _Kind:
    """A kind of medicine that a hospital supplies: the line that stands for one nobody named, and what shows that one
    of the kind is listed by name."""

    text: str
    classes: frozenset[str] = frozenset()
    route: str = ""

    def is_one(self, read: MedicineRead) -> bool:
        """Is this line of the kind?"""
        held = {name for ingredient in read.ingredients for name in ingredient.classes}
        return bool(held & self.classes) or bool(self.route and read.route == self.route)


_NAMED = {"clozapine": "Clozapine", "methadone": "Methadone"}
_KINDS = {
    "depot": _Kind("Long-acting injection from a hospital (not named)", route="depot"),
    "adhd": _Kind(
        "ADHD medicine from a hospital (not named)",
        frozenset({"adhd_stimulant", "adhd_nonstimulant", "alpha_agonist_adhd"}),
    ),
    "immunosuppressant": _Kind(
        "Medicine from a hospital for the immune system (not named)", frozenset({"immunosuppressant"})
    ),
    "other": _Kind("Other medicine from a hospital (not named)"),
}
NOT_NAMED = frozenset(kind.text for kind in _KINDS.values())
"""The lines that stand for a medicine nobody named: words of this program, and not of who told."""
_HOSPITAL = "supplied by a hospital"
_DIRECTIONS = ("dose", "when")  # the columns of the table that say how a medicine is taken


def with_told_medicines(record: Record, reads: Reads) -> Record:
    """The record with the medicines of ``meds.list`` and ``meds.hospital_supplied`` among its lines.

    A medicine said not to be taken adds no line. A kind that a hospital supplies adds one only where no line names a
    medicine of that kind. The list is complete once it is known what a hospital supplies, and either the person was
    asked for all medicines or the source says that its list is complete.
    """
    told = [*_from_table(record), *_named_by_hospital(record)]
    known = list(reads(record.medicines))
    listed = {name for read in known for name in _substances(read)}
    new: list[MedicineLine] = []
    for read in reads(told):
        held = _substances(read)
        if not held or not held <= listed:
            new.append(read.line)
            known.append(read)
            listed |= held
    new += [
        MedicineLine(kind.text, Row(0), dosage=_HOSPITAL)
        for kind in _kinds_by_hospital(record)
        if not any(kind.is_one(read) for read in known)
    ]
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


def _substances(read: MedicineRead) -> frozenset[str]:
    """What a line holds; empty where it cannot be named."""
    exact = read.recognised.match is Match.EXACT
    return frozenset(ingredient.name for ingredient in read.recognised.ingredients) if exact else frozenset()


def _answered(record: Record, question: str) -> bool:
    answer = record.answers.get(question)
    return answer is not None and answer.state is AnswerState.ANSWERED


def _from_table(record: Record) -> Iterator[MedicineLine]:
    if not _answered(record, "meds.list"):
        return
    rows = record.answers["meds.list"].value
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping) and row.get("name", "").strip() and row.get("taken", "") != "no":
            name, directions = row["name"].strip(), " ".join(row.get(column, "") for column in _DIRECTIONS).strip()
            if not directions:  # a line of a pasted list: "Clozapine 100mg tablets 1 nocte"
                name, directions = split_product_and_dosage(name)
            yield MedicineLine(name, Row(0), dosage=directions, indication=row.get("why", ""))


def _by_hospital(record: Record) -> tuple[str, ...]:
    if not _answered(record, "meds.hospital_supplied"):
        return ()
    value = record.answers["meds.hospital_supplied"].value
    return tuple(map(str, value if isinstance(value, tuple) else (value,)))


def _named_by_hospital(record: Record) -> Iterator[MedicineLine]:
    for word in _by_hospital(record):
        if word in _NAMED:
            yield MedicineLine(_NAMED[word], Row(0), dosage=_HOSPITAL)


def _kinds_by_hospital(record: Record) -> Iterator[_Kind]:
    for word in _by_hospital(record):
        if word in _KINDS:
            yield _KINDS[word]
