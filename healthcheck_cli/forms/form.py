"""A form as it stands on paper: parts, questions, boxes to tick and room to write. Renderers give it its look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from healthcheck_cli.content.easy_read_models import EmergencySign
from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.forms.before_words import DO_NOT_KNOW, NEVER, ONLY_FOR_SOME, WRITE_A_DATE
from healthcheck_cli.interview.choices import full_words, words_of
from healthcheck_cli.interview.tables import column_name, column_values
from healthcheck_cli.plans.words import sentences

_NOT_KNOWN = frozenset({"not_known", "unknown", "not_sure", "do_not_know"})
_LONGEST_CONDITION = 100  # in letters: a longer one is no help to a helper
_MOST_BOXES = 4
_ROWS = 3
_ONE_ROW, _ONE_COLUMN, _IN_HALF_A_LINE = 56, 4, 60
_UNITS = {"C": "°C", "/min": "a minute"}


@dataclass(frozen=True)
class Box:
    """A box to tick. ``act_now``: ticked, it cannot wait."""

    words: str
    act_now: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table; ``words`` are the only ones it takes. Few of them are boxes to tick."""

    name: str
    words: tuple[str, ...] = ()

    @property
    def boxes(self) -> tuple[str, ...]:
        """The words to tick; none where there are many: there is no room for them in a cell."""
        return self.words if len(self.words) <= _MOST_BOXES else ()


@dataclass(frozen=True)
class Item:
    """One question. ``kind``: one (tick one), several, number, date, text or table.

    ``lines`` are what is asked, an idea to a line; ``notes`` are for the helper; ``asked_if`` says whom it is for.
    """

    number: int
    id: str
    kind: str
    lines: tuple[str, ...]
    boxes: tuple[Box, ...] = ()
    unit: str = ""
    hint: str = ""
    columns: tuple[Column, ...] = ()
    notes: tuple[str, ...] = ()
    asked_if: str = ""
    core: bool = False

    @property
    def layout(self) -> str:
        """How the boxes stand: in a row where they are few and short, in two columns where they are more."""
        longest = max((len(box.words) for box in self.boxes), default=0)
        if len(self.boxes) <= _MOST_BOXES and sum(len(box.words) for box in self.boxes) <= _ONE_ROW:
            return "row"
        return "two" if len(self.boxes) > _ONE_COLUMN and longest <= _IN_HALF_A_LINE else ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of a table: what each begins with, which is all that its first column can hold; or empty ones."""
        return self.columns[0].words or ("",) * _ROWS

    @property
    def long_lists(self) -> tuple[Column, ...]:
        """Columns with more words than there is room for boxes."""
        return tuple(column for column in self.columns[1:] if column.words and not column.boxes)


@dataclass(frozen=True)
class Part:
    """One section of the check on the form."""

    number: int
    id: str
    title: str
    intro: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Form:
    """A whole form. ``for_home``: it is for the person and their helper, in easy words. ``made_with`` says from what
    questions it was made, ``signed_off`` whether a clinician has signed off every one of them. ``emergency_signs``: to
    call 999 for, in easy words."""

    title: str
    for_home: bool
    parts: tuple[Part, ...]
    made_with: str
    signed_off: bool
    emergency_signs: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question, in order."""
        return tuple(item for part in self.parts for item in part.items)


def make_form(
    title: str,
    sections: Sequence[Section],
    asked_if: Mapping[str, str],
    made_with: str,
    emergency_signs: Iterable[EmergencySign] = (),
    *,
    for_home: bool,
) -> Form:
    """The form of these sections. ``asked_if`` says in words whom a question is for ("" or absent: everyone)."""
    parts: list[Part] = []
    number = 0
    for place, section in enumerate(sections, start=1):
        items = []
        for question in section.questions:
            number += 1
            make = _for_home if for_home else _for_clinic
            items.append(make(question, number, asked_if.get(question.id, "")))
        parts.append(Part(place, section.id, section.title, section.intro, tuple(items)))
    signed = all(question.support.signed_off_by for section in sections for question in section.questions)
    return Form(title, for_home, tuple(parts), made_with, signed, tuple(sign.says for sign in emergency_signs))


def _for_home(question: Question, number: int, asked_if: str) -> Item:
    """In easy words; the exact question, what to look for and whom it is for are notes for the helper."""
    notes = []
    if question.easy_read and question.easy_read != question.ask:
        notes.append(question.ask)
    if question.signs:
        notes.append(question.signs)
    if asked_if:
        notes.append(ONLY_FOR_SOME if len(asked_if) > _LONGEST_CONDITION else f"{ONLY_FOR_SOME} If: {asked_if}.")
    boxes = _boxes(question, none_last=True)
    if question.type in ("yn", "choice", "multi") and not _NOT_KNOWN & set(question.values):
        boxes += (Box(DO_NOT_KNOW),)
    return Item(
        number=number,
        id=question.id,
        kind=_kind(question),
        lines=sentences(question.easy_read or question.ask),
        boxes=boxes,
        unit=_unit(question),
        hint=WRITE_A_DATE if question.type == "date" else "",
        columns=_columns(question),
        notes=tuple(notes),
    )


def _for_clinic(question: Question, number: int, asked_if: str) -> Item:
    return Item(
        number=number,
        id=question.id,
        kind=_kind(question),
        lines=(question.ask,),
        boxes=_boxes(question, none_last=False),
        unit=_unit(question),
        columns=_columns(question),
        asked_if=asked_if,
        core=question.core,
    )


def _kind(question: Question) -> str:
    return {"yn": "one", "choice": "one", "multi": "several", "num": "number"}.get(question.type, question.type)


def _boxes(question: Question, *, none_last: bool) -> tuple[Box, ...]:
    values: Sequence[str] = ("yes", "no") if question.type == "yn" else question.values
    if question.type == "date" and question.never_allowed:
        return (Box(NEVER),)
    if question.type not in ("yn", "choice", "multi"):
        return ()
    if none_last and question.nothing:
        values = [*(value for value in values if value != question.nothing), question.nothing]
    words = full_words if any(value.isdigit() for value in values) else words_of
    return tuple(Box(" ".join(words(question, value).split()), value in question.red_flags) for value in values)


def _unit(question: Question) -> str:
    return _UNITS.get(question.unit, question.unit) if question.type == "num" else ""


def _columns(question: Question) -> tuple[Column, ...]:
    return tuple(
        Column(column_name(question, it), tuple(word.replace("_", " ") for word in column_values(question, it)))
        for it in question.columns
    )
