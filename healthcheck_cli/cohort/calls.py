"""The functions over medicine lines, for many people: which lines count for each, and what they come to.

A line that counts, or may, is reduced to its stamp: what of it a function can see. People whose lines bear the same
stamps in the same order get the same answer, which ``value_of_call`` gives for one of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column, Known, by_distinct, combinations
from healthcheck_cli.cohort.entries import Entries
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Flags
from healthcheck_cli.conditions.attributes import BEGUN_ON, GAIN_SINCE_START, KEPT_AS
from healthcheck_cli.conditions.compare import holds
from healthcheck_cli.conditions.functions import FUNCTIONS
from healthcheck_cli.conditions.line_functions import OF_ANY_LINE, REQUIRES, truth_on_line, value_of_call
from healthcheck_cli.conditions.lines_behind import missing_of_call
from healthcheck_cli.conditions.tree import Call, LineCondition, LineNot
from healthcheck_cli.conditions.values import DateRange, Interval, LineFacts, PersonFacts, Truth

_COUNTED = ("count", "duplicates")
_SOME_DAY = DateRange(None, date.max)


@dataclass(frozen=True)
class CallAnswer:
    """What a function gives for a person, and what keeps it from being known."""

    value: bool | Interval | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Counting:
    """The entries that count for a call, or may; ``sure``: which do for certain."""

    entries: Places
    sure: Flags


@dataclass(frozen=True)
class _Stamps:
    """What a function can see of each entry; ``seen`` are lines like those, one for each stamp."""

    counting: Counting
    codes: Codes
    seen: Sequence[LineFacts]


class Calls:
    """Answers calls for all people of an extract."""

    def __init__(
        self, entries: Entries, current: Flags, not_recognised: Codes, template: PersonFacts, kept: Kept
    ) -> None:
        """``current`` of each line; ``not_recognised`` lines of each person; ``template``: what all people share."""
        self._entries = entries
        self._current = current
        self._unnamed = Column(*_as_codes(not_recognised))
        self._template = template
        self._people = len(not_recognised)
        self._stamps: dict[Call, _Stamps] = {}
        self._kept = kept

    def counting(self, call: Call) -> Counting:
        """The entries that a call stands on."""
        return self._stamped(call).counting

    def answers(self, call: Call) -> Column[CallAnswer]:
        """What the call gives for each person."""
        stamped = self._stamped(call)
        person = self._entries.person[stamped.counting.entries]
        idempotent = not FUNCTIONS[call.function].reads
        longer = self._kept.known(f"lists:{call.text}", self._kept.pool(f"lists:{call.text}", ()))
        lists = lists_of(person, stamped.codes, self._people, longer, once=idempotent)
        if call.function in _COUNTED:
            return self._counted(call, stamped, lists, person)

        def answer(index: int) -> CallAnswer:
            return self._answer(call, [stamped.seen[code] for code in lists.at(index)], self._unnamed.at(index))

        return by_distinct(answer, (lists, self._unnamed), self._people, self._kept.known(f"answer:{call.text}"))

    def _counted(
        self, call: Call, stamped: _Stamps, lists: Column[tuple[int, ...]], person: Places
    ) -> Column[CallAnswer]:
        """Substances are counted here: there are too many of them to be a part of the stamp."""
        substance = self._entries.substance.taken(stamped.counting.entries)
        sure = stamped.counting.sure
        low = self._substances(person[sure], substance.taken(np.flatnonzero(sure)))
        high = self._substances(person, substance)
        columns: list[Column[Any]] = [lists, self._unnamed, Column(*_as_codes(low)), Column(*_as_codes(high))]

        def answer(index: int) -> CallAnswer:
            found = self._answer(call, [stamped.seen[code] for code in lists.at(index)], self._unnamed.at(index))
            most = int(high[index]) + self._unnamed.at(index)
            value = Interval(int(low[index]), most if self._template.medicines_complete else math.inf)
            return replace(found, value=value)

        return by_distinct(answer, columns, self._people, self._kept.known(f"answer:{call.text}"))

    def _substances(self, person: Places, substance: Column[str]) -> Codes:
        whose = (person.astype(np.int32), self._people)
        found = combinations([whose, (substance.codes, len(substance.values))], len(person))
        return np.bincount(person[found.first], minlength=self._people).astype(np.int32)

    def _answer(self, call: Call, lines: list[LineFacts], unnamed: int) -> CallAnswer:
        person = replace(self._template, lines=tuple(lines), unrecognised_rows=tuple(range(unnamed)))
        return CallAnswer(value_of_call(call, person), tuple(dict.fromkeys(missing_of_call(call, person))))

    def _stamped(self, call: Call) -> _Stamps:
        if call not in self._stamps:
            self._stamps[call] = self._make_stamps(call)
        return self._stamps[call]

    def _make_stamps(self, call: Call) -> _Stamps:
        entries, sure = self._entries.of_class(call.name)
        if call.function not in OF_ANY_LINE:
            now = self._current[self._entries.line[entries]]
            entries, sure = entries[now], sure[now]
        names = list(dict.fromkeys(_asked_of_lines(call)))
        read = FUNCTIONS[call.function].reads
        columns: dict[str, Column[Any]] = {
            KEPT_AS.get(it, it): self._entries.attribute(it, entries) for it in (*names, *read)
        }
        if call.function == "gain_since_start":
            columns[BEGUN_ON] = self._begun_where_gain_is_known(columns, self._entries.person[entries])
        truths = self._truths(call, sure, columns)
        counts = truths.where(lambda it: Truth.FALSE not in it)
        kept = np.flatnonzero(counts)
        visible: list[Column[Any]] = [truths.taken(kept), *(columns[KEPT_AS.get(it, it)].taken(kept) for it in read)]
        seen = by_distinct(
            lambda index: self._seen(int(entries[kept[index]]), columns, int(kept[index])),
            visible,
            len(kept),
            self._kept.known(f"seen:{call.text}", comparable=False),
        )
        certain = truths.where(lambda it: all(part is Truth.TRUE for part in it))[kept]
        return _Stamps(Counting(entries[kept], certain), seen.codes, seen.values)

    def _begun_where_gain_is_known(
        self, columns: Mapping[str, Column[Any]], person: Places
    ) -> Column[DateRange | None]:
        """When each was begun. Of people with no gain known it matters only that it is known: so they are alike."""
        some = np.zeros(self._people, bool)
        some[person[columns[GAIN_SINCE_START].where(lambda gain: gain is not None)]] = True
        begun, of_use = columns[BEGUN_ON], Column(some[person], [False, True])
        return by_distinct(
            lambda index: begun.at(index) if of_use.at(index) or begun.at(index) is None else _SOME_DAY,
            (begun, of_use),
            len(person),
            self._kept.known("begun where gain is known"),
        )

    def _truths(self, call: Call, sure: Flags, columns: Mapping[str, Column[Any]]) -> Column[tuple[Truth, ...]]:
        """The truth of each thing that a line must meet, for each entry, in the order of ``line_parts``."""
        of_class = Column(sure, [Truth.UNKNOWN, Truth.TRUE])
        parts: list[Column[Truth]] = [] if call.function in OF_ANY_LINE else [Column.constant(Truth.TRUE, len(sure))]
        parts.append(of_class)
        if call.function in REQUIRES:
            required = REQUIRES[call.function]
            known = self._kept.known(f"there:{required}")
            parts.append(columns[required].mapped(lambda value: holds(value, None), known))
        for condition in call.lines:
            name = KEPT_AS.get(attribute_named(condition), attribute_named(condition))
            parts.append(self._truths_of(condition, name, columns[name]))
        known = self._kept.known(f"truths:{call.text}")
        return by_distinct(lambda index: tuple(part.at(index) for part in parts), parts, len(sure), known)

    def _truths_of(self, condition: LineCondition, name: str, values: Column[Any]) -> Column[Truth]:
        """Only what stands in the column is looked at: its values may be those of all lines there are. Many calls ask
        the same of the same values."""

        def truth(index: int) -> Truth:
            return truth_on_line(condition, LineFacts(0, "", frozenset(), attributes={name: values.at(index)}))

        return by_distinct(truth, (values,), len(values.codes), self._kept.known(f"line:{condition.text}"))

    def _seen(self, entry: int, columns: Mapping[str, Column[Any]], index: int) -> LineFacts:
        kind = self._entries.kind.at(entry)
        return LineFacts(
            row=0,
            substance=kind.substance,
            classes=kind.classes,
            possible_classes=kind.possible,
            attributes={name: column.at(index) for name, column in columns.items()},
        )


def _asked_of_lines(call: Call) -> list[str]:
    required = [REQUIRES[call.function]] if call.function in REQUIRES else []
    return [*required, *(attribute_named(condition) for condition in call.lines)]


def attribute_named(condition: LineCondition) -> str:
    """The attribute that a condition on a line asks about."""
    return attribute_named(condition.part) if isinstance(condition, LineNot) else condition.attribute


def attributes_asked(call: Call) -> tuple[str, ...]:
    """Every attribute that a call looks at, by the names that conditions use."""
    return (*_asked_of_lines(call), *FUNCTIONS[call.function].reads)


def lists_of(
    person: Places, codes: Codes, people: int, longer: Known[tuple[int, ...]], *, once: bool
) -> Column[tuple[int, ...]]:
    """The list of codes of each person, in order; ``once``: each code where it first stands only. ``longer``: the lists
    there are, of which the first is empty."""
    lists = longer.values
    state = np.zeros(people, np.int32)
    if not len(person):
        return Column(state, lists)
    begins = np.ones(len(person), bool)
    np.not_equal(person[1:], person[:-1], out=begins[1:])
    starts = np.flatnonzero(begins)
    sizes = np.diff(np.append(starts, len(person)))
    count = int(codes.max()) + 1
    for rank in range(int(sizes.max())):
        places = starts[sizes > rank] + rank
        whose = person[places]
        before, after = state[whose], codes[places]
        pairs = combinations([(before, len(lists)), (after, count)], len(places))
        given = zip(before[pairs.first].tolist(), after[pairs.first].tolist(), strict=True)
        table = [longer.code(it, partial(_longer, lists[it[0]], it[1], once=once)) for it in given]
        state[whose] = np.array(table, np.int32)[pairs.codes]
    return Column(state, lists)


def _longer(before: tuple[int, ...], code: int, *, once: bool) -> tuple[int, ...]:
    return before if once and code in before else (*before, code)


def _as_codes(numbers: Codes) -> tuple[Codes, range]:
    return numbers.astype(np.int32), range(int(numbers.max(initial=0)) + 1)
