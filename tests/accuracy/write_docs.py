"""Writes docs/accuracy.md from the development examples: ``python -m tests.accuracy.write_docs``."""

from __future__ import annotations

from collections.abc import Sequence

from tests.accuracy.measures import DirectionsMeasured, NamesMeasured, Share, measure_directions, measure_names
from tests.cli.conftest import ROOT

DOCS = ROOT / "docs" / "accuracy.md"

_TOP = """\
# How often names and directions are read right

Written by `python -m tests.accuracy.write_docs`; a test holds it to what is measured. `pytest -m accuracy -s` prints the
figures. The examples stand beside the project and are no part of it (most may not be published), so the tests are skipped
where they are absent.

What the figures are: agreement with labels that were made by hand on text of real GP systems. The content and the rules
of reading were made while these examples could be seen, so they are **in-sample**: expect a little less on other text.
How text of another make was read is at the end.

"""

_NAMES = """\
## Product names

A name counts as right where every substance that its label names is among those read, by whichever of its names and with
or without its salt. The class label must be the same to the letter.

"""

_WHY = """\
What differs, and why it was left so:

- **Five names of the "none" rows are given a class, and are in it.** Clotiapine and thiopropazate (Dartalan) are old
  antipsychotics, Sodium Amytal is amobarbital, and co-phenotrope holds atropine. A tool that called them "none" to agree
  with a label would hide a psychotropic medicine from a pharmacist.
- **Combinations carry the class of each of their parts.** Triptafen, Motipress and Motival hold an antipsychotic beside
  the tricyclic, Suboxone holds naloxone, Pamergan promethazine. Some rows of the examples label them so, others only by
  their first part.
- **Vertigon was prochlorperazine**, not promethazine.
- **Two names are not recognised**: "Migraine Relief" and "Metoclomex" name no medicine that could be confirmed.

"""

_DIRECTIONS = """\
## Directions

Right: read, and every figure, mark and unit as labelled. Read and wrong: read, and one of them differs; a wrong figure
does harm that a blank does not, so this is the figure that matters. Not read: left for a person, with the reason.

"""


_ELSEWHERE = """\
## Text of another make

Measured once by hand, in November 2026, on text that nothing was made from:

| text | how it was read |
|---|---|
| 180 medicine names in example records of GP Connect, UK Core and EPS (`shared/data/fhir`) | 179 recognised; the other is "Transfer-degraded medication entry" |
| 255 UK brands of psychotropic and related medicines, written down from memory after the content was closed | 253 recognised; the two others were then added |
| one-letter slips in 600 names of classed medicines and 597 of others | no match with another medicine; the right name among the suggestions in 99.8% |
| 107 directions written to resemble what GP systems hold, after the reader was closed | 99.1% right, none wrong |
| 874 directions in four earlier sets, each measured before it was used to mend the reader | 94.1 to 97.1% right, 1.2 to 2.9% wrong, about half of it labels that asked too much; all of it mended since |

A slip that turns one name into another cannot be seen: 34 pairs of names of classed medicines are one letter apart
(Domical and Dominal, Selenase and Serenase, Tropium and trospium). Read the ingredient beside each line.

Not read on purpose, among directions: "2 weekly" (two a week, or every two weeks?), "od" of eye drops (once a day, or the
right eye?), two strengths in one line, "1 bd and 1 prn", mixed calendars, and steps with no length.

## Speed

`drugs recognise` takes about 1 second of work for 10,000 distinct names, and `drugs dose` 1 to 2 seconds for 10,000
distinct directions, after start. A review of a list of ten lines takes about 0.4 seconds, whole process, once the content
has been read by an earlier run (2 seconds the first time); measured on two cores, median of five.
"""


def documented() -> str:
    """The page as it should be."""
    return _TOP + _NAMES + _names(measure_names()) + _WHY + _DIRECTIONS + _directions(measure_directions()) + _ELSEWHERE


def _names(found: NamesMeasured) -> str:
    rows = [
        ("substances right", "at least 99.5%", _of(found.ingredients)),
        ("class label right", "at least 99.5%", _of(found.labels)),
        ('rows of class "none" given a class', "0", _of(found.false_classes)),
        ("not recognised", "at most 1%", _of(found.unrecognised)),
    ]
    cases = dict.fromkeys([*found.ingredients.cases, *found.labels.cases])
    listed = "".join(f"- {case}\n" for case in cases)
    return f"{_table(rows)}\nThe names that may be printed and are not read as labelled:\n\n{listed}\n"


def _directions(found: DirectionsMeasured) -> str:
    rows = [
        ("right", "at least 95%", _of(found.right)),
        ("read and wrong", "at most 0.5%", _of(found.wrong)),
        ("not read", "", _of(found.unread)),
    ]
    wrong, unread = ", ".join(found.wrong.cases) or "none", ", ".join(found.unread.cases) or "none"
    return f"{_table(rows)}\nWrong: {wrong}. Not read: {unread}.\n\n"


def _of(share: Share) -> str:
    return f"{share.percent:.2f}% ({share.count:,} of {share.total:,})"


def _table(rows: Sequence[tuple[str, str, str]]) -> str:
    lines = ["| measure | must reach | reached |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    DOCS.write_text(documented(), "utf-8")
