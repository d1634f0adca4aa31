"""A second reader of the condition language, written from docs/conditions.md alone and sharing no code with the first.

It reads the text of a condition with a reader of its own, and answers True, False or None (unknown) from the values
that were derived for a person. Small and slow on purpose: what it says must be plain to whoever reads it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

Verdict = bool | None
Range = tuple[float, float]

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"[^"]*")|(?P<date>\d{4}-\d\d-\d\d)|(?P<sign>>=|<=|==|!=|[<>(),%]|/min\b)'
    r"|(?P<word>\d*[A-Za-z_]\w*(?:\.\w+)*(?:/[A-Za-z]+)?\+?)|(?P<number>-?\d+(?:\.\d+)?))"
)
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
_TIMES = ("taken_for", "begun", "supply", "within")
_OF_LINES = ("taking", "count", "dose_percent", "duplicates", "lapsed", "reduced", "gain_since_start")
_ALSO_ASKED = {"lapsed": "lapsed", "reduced": "reduced", "duplicates": "duplicate"}
_WHETHER_TAKEN_OR_NOT = ("lapsed", "reduced")


@dataclass(frozen=True)
class Literal:
    """A number, a word or a day, as it was written too: a choice may have the value 1. The unit of a number."""

    value: float | str | date
    written: str
    unit: str = ""


@dataclass(frozen=True)
class Part:
    """One piece of a condition. ``kind``: or, and, not, asked. What is asked: ``name``, perhaps a function of
    ``arguments`` (a word, or line conditions), with ``sign`` and ``literals`` where it is compared."""

    kind: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    arguments: tuple[Part, ...] | None = None
    sign: str = ""
    literals: tuple[Literal, ...] = ()


class Reading:
    """Reads one condition from left to right. ``settings`` gives the number and the unit of each setting."""

    def __init__(self, text: str, settings: Mapping[str, tuple[float, str]]) -> None:
        self._tokens = list(_tokens(text))
        self._settings = settings
        self._at = 0

    def whole(self) -> Part:
        """The condition; ValueError where something is left over."""
        part = self._either()
        if self._at != len(self._tokens):
            raise ValueError(f"left over: {self._tokens[self._at :]}")
        return part

    def _next(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, wanted: str = "") -> tuple[str, str]:
        kind, token = self._tokens[self._at]
        if wanted and token != wanted:
            raise ValueError(f"{wanted} is wanted, not {token}")
        self._at += 1
        return kind, token

    def _joined(self, word: str, read: Callable[[], Part]) -> Part:
        parts = [read()]
        while self._next() == word:
            self._take()
            parts.append(read())
        return parts[0] if len(parts) == 1 else Part(word, tuple(parts))

    def _either(self) -> Part:
        return self._joined("or", lambda: self._joined("and", self._one))

    def _one(self) -> Part:
        if self._next() == "not":
            self._take()
            return Part("not", (self._one(),))
        if self._next() == "(":
            self._take()
            part = self._either()
            self._take(")")
            return part
        name = self._take()[1]
        if name == "any_of":
            return Part("or", tuple(self._list(self._either)))
        arguments = tuple(self._list(self._one)) if self._next() == "(" else None
        return self._with_test(name, arguments)

    def _list(self, read: Callable[[], Any]) -> list[Any]:
        self._take("(")
        found = [read()]
        while self._next() == ",":
            self._take()
            found.append(read())
        self._take(")")
        return found

    def _with_test(self, name: str, arguments: tuple[Part, ...] | None) -> Part:
        sign = self._next()
        if sign not in (*_SIGNS, "in", "has"):
            return Part("asked", (), name, arguments)
        self._take()
        literals = self._list(self._literal) if self._next() == "(" else [self._literal()]
        return Part("asked", (), name, arguments, sign, tuple(literals))

    def _literal(self) -> Literal:
        kind, token = self._take()
        if token == "setting" and self._next() == "(":
            number, unit = self._settings[self._list(self._take)[0][1]]
            return Literal(number, token, unit)
        if kind == "date":
            return Literal(date.fromisoformat(token), token)
        if kind != "number":
            return Literal(token.strip('"'), token.strip('"'))
        unit = ""
        if self._next() not in ("", ")", ",", "and", "or"):
            unit = self._take()[1]
        return Literal(float(token), token, unit)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if not found or not found.lastgroup:
            raise ValueError(f"cannot read {text[at:]!r}")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """And."""
    seen = set(verdicts)
    return False if False in seen else None if None in seen else True


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Or."""
    seen = set(verdicts)
    return True if True in seen else None if None in seen else False


def turned(verdict: Verdict) -> Verdict:
    """Not."""
    return None if verdict is None else not verdict


class SecondChecker:
    """What is true of one person. ``nothing`` gives the value for "none of these" of each fact that has one;
    ``words`` are the word lists of ``mentions``; ``settings`` the number and the unit of each setting."""

    def __init__(
        self,
        person: Any,
        nothing: Mapping[str, str],
        words: Mapping[str, Sequence[str]],
        settings: Mapping[str, tuple[float, str]],
    ) -> None:
        self._person, self._nothing, self._words, self._settings = person, nothing, words, settings

    def says(self, condition: str) -> Verdict:
        """True, False or None of a condition as it is written."""
        return self._of(Reading(condition, self._settings).whole(), straight=True)

    def _of(self, part: Part, *, straight: bool) -> Verdict:
        """``straight`` is false inside a ``not``: the ``not`` is carried down to what is asked."""
        if part.kind == "not":
            return self._of(part.parts[0], straight=not straight)
        if part.kind in ("and", "or"):
            join = every if (part.kind == "and") == straight else some
            return join([self._of(piece, straight=straight) for piece in part.parts])
        fact = part.name if part.arguments is None else part.arguments[0].name
        if "." in fact and self._state(fact) == "does_not_apply":
            return False
        verdict = _test(self._asked(part), part)
        return verdict if straight else turned(verdict)

    def _state(self, name: str) -> str:
        return str(self._person.fact(name).state.value)

    def _asked(self, part: Part) -> Any:
        if part.arguments is None:
            return self._fact(part.name)
        first = part.arguments[0].name
        if part.name == "burden":
            total = self._person.burdens.get(first)
            return total and (total.low, total.high if self._person.medicines_complete else inf)
        if part.name in _OF_LINES:
            return self._of_lines(part.name, first, part.arguments[1:])
        return self._of_fact(part.name, first, [argument.name for argument in part.arguments[1:]])

    def _fact(self, name: str) -> Any:
        fact = self._person.fact(name)
        if fact.state.value != "known":
            return None
        if fact.value is None:
            return _days(fact.dates)
        if fact.value == frozenset():
            return {self._nothing.get(name, "")}
        return _plain(fact.value)

    def _of_fact(self, function: str, name: str, more: Sequence[str]) -> Any:
        fact, state = self._person.fact(name), self._state(name)
        if function in ("missing", "not_known", "declined"):
            return state != "known" if function == "missing" else state == function
        if function == "never":
            found = _days(fact.dates)
            return None if found is None else True if found == (-inf, -inf) else None if found[0] == -inf else False
        if function in ("months_since", "weeks_since"):
            return self._since(function, fact.dates)
        if state != "known" or fact.value is None:
            return None
        if function == "ticked":
            return (len(fact.value), len(fact.value))
        if function == "written":
            return bool(fact.value)
        said = fact.value.lower().replace("’", "'")  # mentions
        return any(word.lower().replace("’", "'") in said for word in self._words[more[0]])

    def _since(self, function: str, dates: Any) -> Range | None:
        if dates is None:
            return None
        passed = _months if function == "months_since" else _weeks
        as_of = self._person.as_of
        low, high = (inf if day is None else passed(day, as_of) for day in (dates.latest, dates.earliest))
        return (low, high)

    def _counting(self, function: str, name: str, wanted: Sequence[Part]) -> list[tuple[Any, bool]]:
        """The lines that count (True) and those that may (False)."""
        found = []
        for line in self._person.lines:
            in_class: Verdict = name in line.classes or (None if name in line.possible_classes else False)
            asked = [in_class, *(_line_says(line, condition) for condition in wanted)]
            if function not in _WHETHER_TAKEN_OR_NOT:
                asked.append(line.current)
            if function in _ALSO_ASKED:
                asked.append(line.attributes.get(_ALSO_ASKED[function]))
            verdict = every(asked)
            if verdict is not False:
                found.append((line, verdict is True))
        return found

    def _of_lines(self, function: str, name: str, wanted: Sequence[Part]) -> Any:
        lines, person = self._counting(function, name, wanted), self._person
        more = not person.medicines_complete or bool(person.unrecognised_rows)
        if function in ("count", "duplicates"):
            sure = {line.substance for line, counts in lines if counts}
            may = {line.substance for line, _ in lines}
            return (len(sure), len(may) + len(person.unrecognised_rows) if person.medicines_complete else inf)
        if function == "dose_percent":
            shares = [(_plain(line.attributes.get("percent_at_top")), counts) for line, counts in lines]
            low = sum(share[0] for share, counts in shares if share and counts)
            high = inf if more else sum(share[1] if share else inf for share, _ in shares)
            return (round(low, 6), round(high, 6))
        if function == "gain_since_start":
            return None if more else _gain(lines)
        return True if any(counts for _, counts in lines) else None if lines or more else False


def _gain(lines: Sequence[tuple[Any, bool]]) -> Range | None:
    """The gain since the newest of the lines began, where it is beyond doubt which that is."""
    starts = [(line, counts, _days(line.attributes.get("begun_on"))) for line, counts in lines]
    newest = max((start[0] for _, counts, start in starts if counts and start), default=-inf)
    gains = []
    for line, counts, start in starts:
        if not start or newest == -inf:
            return None
        if counts and start[0] == newest:
            gains.append(_plain(line.attributes.get("gain_since_start")))
        elif start[1] >= newest:
            return None
    known = gains and None not in gains
    return (min(low for low, _ in gains), max(high for _, high in gains)) if known else None


def _line_says(line: Any, part: Part) -> Verdict:
    if part.kind == "not":
        return turned(_line_says(line, part.parts[0]))
    name = part.arguments[0].name if part.arguments else part.name
    value = _plain(line.attributes.get("reduced_ago" if name == "within" else name))
    if value == (-inf, -inf):
        value = None  # a start that never was
    return value is None if part.arguments else _test(value, part)


def _plain(value: Any) -> Any:
    """A range as two numbers, a day as the number of the day; anything else as it is."""
    if hasattr(value, "earliest"):
        return _days(value)
    return (value.low, value.high) if hasattr(value, "low") else value


def _days(dates: Any) -> Range | None:
    """Never is before any day."""
    if dates is None:
        return None
    first, last = (-inf if day is None else day.toordinal() for day in (dates.earliest, dates.latest))
    return (first, last)


def _months(first: date, last: date) -> float:
    whole = (last.year - first.year) * 12 + last.month - first.month
    ended = last.day >= first.day or last.day == monthrange(last.year, last.month)[1]
    return max(0, whole if ended else whole - 1)


def _weeks(first: date, last: date) -> float:
    return max(0, (last - first).days // 7)


def _test(value: Any, part: Part) -> Verdict:
    if value is None:
        return None
    if not part.sign:
        if not isinstance(value, bool):
            raise TypeError(f"{part.name} is no yes or no")
        return value
    if part.sign == "has":
        return any(literal.written in value for literal in part.literals)
    sign = "==" if part.sign == "in" else part.sign
    return some([_compared(value, sign, literal, part.name) for literal in part.literals])


def _compared(value: Any, sign: str, literal: Literal, name: str) -> Verdict:
    if isinstance(value, str):
        return (value == literal.written) == (sign == "==")
    wanted = literal.value
    if isinstance(wanted, str):
        raise TypeError(f"{name} is no word")
    number = float(wanted.toordinal()) if isinstance(wanted, date) else wanted
    if name in _TIMES:
        number *= _DAYS[literal.unit]
    low, high = value
    holds = _SIGNS[sign]
    if sign in ("==", "!=") and low < number < high:
        return None
    return holds(low, number) if holds(low, number) == holds(high, number) else None
