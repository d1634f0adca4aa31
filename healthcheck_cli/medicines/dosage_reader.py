"""Reads the tokens of directions, left to right, into steps and parts.

Each kind of token has one method, which takes its place in the list and returns the place after what it used: numbers
in ``dosage_numbers``, times in ``dosage_times``, and here limits, reasons, steps, and what stands in brackets.
"""

from __future__ import annotations

from collections.abc import Callable

from healthcheck_cli.medicines.dosage_amounts import Amount, read_amount, read_range
from healthcheck_cli.medicines.dosage_building import LEAST_TRAILING_QUANTITY, SENTENCE_ENDS
from healthcheck_cli.medicines.dosage_numbers import NumbersReader
from healthcheck_cli.medicines.dosage_parts import CannotRead, Directions, Part, Rate
from healthcheck_cli.medicines.dosage_words import EVENTS, FLUIDS, UNSAFE

_INLINE_KINDS = frozenset({"max", "prn", "up_to", "directed", "stat", "then", "hospital"})
_STOPS_IF = frozenset(
    {"max", "up_to", "directed", "then", "unknown_step", "every", "count", "per_day", "adverb", "mark", "clause_noise"}
)
_NOT_WHEN_REQUIRED = frozenset(
    {
        "affected",
        "unsure",
        "doubt",
        "pregnant",
        "problems",
        "concerned",
        "taking",
        "using",
        "on",
        "symptoms",
        "controlled",
        "better",
        "improved",
        "settled",
        "stable",
        "healed",
        "finished",
    }
)  # "when taking ibuprofen" is not "when required"
_ROUTE_WORDS = frozenset({"injection", "subcutaneous", "intramuscular", "external", "oral", "use", "rectal", "the"})
_STOPS_REASON = ("per_day", "count", "every", "adverb", "num", "prn")  # "to help sleep 1 nocte"
_FORBIDS = ("do not", "dont", "don't", "not to", "must not", "should not", "avoid", "leave", "not suitable")
_NEAR = 4  # tokens
_AROUND = frozenset({"before", "after", "prior", "during", "pre", "post", "morning", "night"})
_ASKS = ("see", "contact", "discuss", "please", "tel", "review")
_OF_THE_PAST = ("was", "previous", "formerly", "used", "dose", "started", "last", "review", "next", "due", "equivalent")
_PROLONGED = frozenset(
    {"prolonged", "lasting", "lasts", "longer", "cluster", "clusters", "over"}
)  # "for seizures lasting …"


class Reader(NumbersReader):
    """One reading of one list of tokens."""

    def read(self) -> Directions:
        """Everything read. Raises CannotRead."""
        at = 0
        while at < len(self.tokens):
            method = _METHODS.get(self.tokens[at].kind)
            at = method(self, at) if method is not None else at + 1
        self.result.steps = [[part for part in step if not part.empty] for step in self.result.steps]
        self.result.steps = _same_day([step for step in self.result.steps if step])
        return self.result

    def _mark_up_to(self, at: int) -> int:
        if self._peek(at + 1).kind == "num" and self._peek(at + 2).kind == "period":
            if self.part.by_the_hour and self._peek(at + 2).value < 1:
                raise CannotRead
            return at + 3
        self._up_to = True
        return at + 1

    def _max(self, at: int) -> int:
        """The most in a day: "max 8 in 24 hours", "maximum 4 doses a day", "max tds"."""
        place = at + 1
        while self._peek(place).kind == "noise" or self._peek(place).word in (":", "-", "is", "dose", "daily"):
            place += 1
        token = self._peek(place)
        self._check_limit_is_near(place)
        if token.kind in ("per_day", "count"):
            after = place + 1 if token.kind == "per_day" else self._after_period(place + 1)
            if token.kind == "count" and after == place + 1:
                raise CannotRead
            return self._times_limit(token.value, after)
        if token.kind not in ("num", "fraction"):
            return at + 1
        if self._peek(place + 1).kind == "period":
            if self._per_period(place + 2) is not None:
                raise CannotRead  # "no more than 10 days a month"
            return place + 2
        _, number, after = read_range(self.tokens, place)
        if self._peek(after).kind == "times":
            return self._times_limit(number, self._after_period(after + 1))
        amount = read_amount(self.tokens, place)
        after = self._after_period(amount.end)
        if after == amount.end and (self.part.high is None or amount.high < self.part.high):
            raise CannotRead  # no period, and less than one dose: a limit of what?
        end = self._clause_end(amount.end, "num", "count", "per_day", "mark")
        if after == amount.end and any(one.kind in ("period", "adverb") for one in self.tokens[after:end]):
            raise CannotRead  # "max three of these per day": not a rate, and not certainly its period
        by_times = amount.unit == "dose" and self.part.unit != "dose"
        return self._limit_found(amount.high, "times" if by_times else amount.unit or "", after)

    def _check_limit_is_near(self, at: int) -> None:
        """Raises CannotRead where something stands between "max" and its number ("max for each 8")."""
        clause = self.tokens[at : self._clause_end(at)]
        numbers = [token for token in clause if token.kind in ("num", "fraction", "count", "per_day")]
        if numbers and clause[0] is not numbers[0]:
            raise CannotRead

    def _times_limit(self, number: float, after: int) -> int:
        """At most so many times a day: the times themselves where no others are given."""
        if not self.part.rates:
            self._up_to = False
            self.part.rates.append(Rate(number, number, 1, capped=True))
        if self.part.has_dose:
            return self._limit_found(number, "times", after)
        return after

    def _prn(self, at: int) -> int:
        word = self._peek(at).word
        if self._peek(at - 1).kind in ("and", "plus") and self.part.has_times:
            raise CannotRead  # "twice a day and when required": that, and more
        self._when_required()
        if word.startswith(("at onset", "at the onset", "at first", "at the first", "after each", "after every")):
            self.result.event = self.part.once = True
            self.result.reason = True
        return at + 1

    def _when_required(self) -> None:
        """Mark the directions as when required. Raises CannotRead where it may be said of one of several doses only."""
        self.result.prn = True
        self._prn_said = self.part.has_dose and bool(self.part.slots or self.part.rates)
        if len([part for part in self.result.steps[-1] if part.has_dose]) > 1:
            raise CannotRead  # "1 daily plus half in the evening if needed"

    def _directed(self, at: int) -> int:
        self.result.directed = True
        return at + 1

    def _stat(self, at: int) -> int:
        before_meal = self._peek(at).word == "immediately" and self._peek(at + 1).word in ("before", "after")
        if not before_meal and self._peek(at + 1).kind != "after":
            self.result.stat = True
            self.part.once = not self.part.has_times
        return at + 1

    def _then(self, at: int) -> int:
        if self.part.by_the_hour and not self.part.course:
            raise CannotRead  # "every 2 hours then 4 times a day": for how many hours?
        if not self.part.empty:
            self.result.stepped |= self._peek(at + 1).kind == "prn"
            self.part = Part()
            self.result.steps.append([self.part])
        return at + 1

    def _unknown_step(self, at: int) -> int:
        """Steps in no figures ("reduce by 1 every week"), or a dose that may be repeated: not summed."""
        if "repeat" in self._peek(at).word:
            self.result.unknown_step = True
            return self._clause_end(at + 1, "max")
        goal = self._goal_of_step(at + 1)
        if goal is not None:
            return self._then(goal)
        self.result.unknown_step = True
        return len(self.tokens)

    def _goal_of_step(self, at: int) -> int | None:
        """The place of "to" in "increasing after one week to two"; None where no amount is named as the goal."""
        for place in range(at, len(self.tokens)):
            before, token, after = (self._peek(place + step) for step in (-1, 0, 1))
            if token.kind == "to" and after.kind in ("num", "fraction") and before.kind not in ("num", "unit"):
                plain = all(one.kind in ("after", "num", "period", "mark", "noise") for one in self.tokens[at:place])
                if not plain or any(one.word in SENTENCE_ENDS for one in self.tokens[at:place]):
                    raise CannotRead  # "increase by 1 every week to 4": steps, and their end, that are not worked out
                return place
        return None

    def _hospital(self, at: int) -> int:
        self.result.hospital = True
        return at + 1

    def _for(self, at: int) -> int:
        """ "for 7 days" ends a step; "for pain" is a reason; "for subcutaneous injection" is neither."""
        place = at + 1
        while self._peek(place).kind in ("a", "up_to", "max") or self._peek(place).word in (
            "the", "first", "next", "further", "about", "another", "just", "least", "last",
        ):  # fmt: skip
            place += 1
        token = self._peek(place)
        if token.kind == "num":
            _, _, after = read_range(self.tokens, place)
            after += self._peek(after).word == "-"
            if self._peek(after).kind == "period":
                period = self._peek(after)
                if self.part.by_the_hour and period.value * token.value < 1:
                    raise CannotRead  # "hourly for 6 hours": how many that makes is not a number of times a day
                repeated = self._per_period(after + 1) if period.value >= 1 else None  # "for 3 weeks per month"
                if repeated is not None and (period.value, repeated[0]) == (1, 7) and token.value <= 7:
                    self.part.day_share = token.value / 7
                    return repeated[1]
                self.part.course = True
                return after + 1 if repeated is None else repeated[1]
            if self._peek(after).word in ("dose", "night"):
                if self._per_period(after + 1) is not None:
                    raise CannotRead  # "for 5 nights each month"
                return after + 1
            return place
        if token.kind in ("span", "period"):
            self.part.course = True
            return place + 1
        if token.kind in ("other", "event") and token.word not in _ROUTE_WORDS:
            self.result.reason = True
            end = self._clause_end(place, "max", "directed", "prn")
            if any(word.word in _PROLONGED for word in self.tokens[place:end]):
                self.result.prn = True
                return end
        while self._peek(place).kind in ("other", "noise") and self._peek(place).word not in UNSAFE:
            place += 1
        return place

    def _if(self, at: int) -> int:
        """ "if constipated", "when agitated": when required, for a reason. The clause may hold numbers of its own."""
        if self._peek(at + 1).word in _NOT_WHEN_REQUIRED:
            return at + 1
        if self._is_warning(at):
            return self._clause_end(at + 1)
        self._when_required()
        self.result.reason = self.result.reason or self._peek(at + 1).kind in ("other", "noise", "in")
        place = at + 1
        while place < len(self.tokens) and self._peek(place).kind not in _STOPS_IF:
            duration = self._peek(place + 1).kind == "period" and self._peek(place).kind == "num"
            if self._peek(place).kind == "num" and not duration:
                break
            place += 2 if duration else 1
        return place

    def _is_warning(self, at: int) -> bool:
        """ "If affected do not drive": a condition of what not to do, not of when to take it."""
        place = at + 1
        while self._peek(place).kind in ("other", "noise", "in", "a", "on", "or"):
            place += 1
        return self._peek(place).kind == "clause_noise" and self._peek(place).word.startswith((*_FORBIDS, *_ASKS))

    def _and(self, at: int) -> int:
        self._joined = "and"
        return at + 1

    def _or(self, at: int) -> int:
        if self._peek(at + 1).kind in ("num", "count", "per_day", "every", "adverb", "fraction"):
            raise CannotRead
        near = [token.kind for token in self.tokens[at + 1 : at + _NEAR]]
        if self._peek(at - 1).kind in ("num", "count", "per_day", "fraction") and "num" in near:
            raise CannotRead
        return at + 1

    def _to(self, at: int) -> int:
        """ "to" that joined nothing: "up as far as to four times", "Monday to every Friday" are not read."""
        numbers = ("num", "count", "per_day", "fraction", "weekday")
        if self._peek(at + 1).kind in numbers or self._peek(at - 1).kind == "weekday":
            raise CannotRead
        return at + 1

    def _times(self, at: int) -> int:
        """ "times a day" with no number before it."""
        if self._period_at(at + 1) is not None:
            raise CannotRead
        return at + 1

    def _mark(self, at: int) -> int:
        mark = self._peek(at).word
        if mark == "(":
            return self._bracket(at)
        if mark == "%" or (mark in ("<", ">") and "num" in (self._peek(at - 1).kind, self._peek(at + 1).kind)):
            raise CannotRead
        if mark == "/" and self._peek(at + 1).kind in ("period", "num") and self.part.has_dose:
            return self._slash(at)
        if mark in SENTENCE_ENDS or (mark in ("--", ",", ":") and self._only_a_quantity()):
            self._sentence_ended = True
            self._up_to = False
        self._joined = "," if mark == "," else ""
        return at + 1

    def _unsafe(self, _at: int) -> int:
        raise CannotRead

    def _month_name(self, at: int) -> int:
        """A month is part of a date, unless it is a season: "October to March"."""
        if (self._peek(at + 1).kind == "to" or self._peek(at + 1).word in ("-", "--")) and self._peek(
            at + 2
        ).kind == "month_name":
            raise CannotRead
        return at + 1

    def _period(self, at: int) -> int:
        """ "on school days": which days those are is not known."""
        if self._peek(at).value >= 1 and self._peek(at - 1).kind in ("other", "month_name", "event"):
            raise CannotRead
        return at + 1

    def _odd(self, _at: int) -> int:
        """ "1,5 ml": one and a half in some countries, a slip in this one."""
        raise CannotRead

    def _event(self, at: int) -> int:
        """ "before each feed", "before travel": how often that is nobody can say. "Call surgery" is no event."""
        word = self._peek(at).word
        near = {token.word for token in self.tokens[max(0, at - _NEAR) : at]}
        if word in EVENTS and not near & _AROUND and self._peek(at + 1).kind != "period":
            return self._other(at)
        self.result.event = True
        return at + 1

    def _other(self, at: int) -> int:
        token = self._peek(at)
        if token.word in UNSAFE:
            raise CannotRead
        self.result.understood = False
        return at + 1

    def _clause_noise(self, at: int) -> int:
        if self._peek(at).word in ("to reduce", "to help", "to prevent", "to treat", "to control", "to relieve"):
            self.result.reason = True
        self.result.understood = False
        stops = _STOPS_REASON if self._peek(at).word.startswith("to ") else ()
        end = self._clause_end(at + 1, "max", "directed", *stops)
        lead = self._peek(at).word
        days = any(token.kind in ("weekday", "weekdays", "weekends") for token in self.tokens[at:end])
        if days and lead.startswith(_FORBIDS):
            raise CannotRead  # "do not take on Mondays"
        if not lead.startswith(_OF_THE_PAST) and self._says_a_dose(at + 1, end):
            raise CannotRead
        return end

    def _says_a_dose(self, start: int, end: int) -> bool:
        """Does a clause that should say nothing of the dose hold one ("swallow whole 2 nocte")?"""
        return any(
            self.tokens[place].kind in ("num", "count", "stroke")
            and self._peek(place + 1).kind in ("per_day", "adverb", "slot", "count", "a", "every", "times")
            for place in range(start, end)
        )

    def _fluid(self, at: int) -> int:
        near = self.tokens[at + 1 : at + 12]
        fluid = next((place for place, token in enumerate(near) if token.word in FLUIDS), None)
        self._diluted |= any(token.word == "ml" for token in near)
        return at + 1 if fluid is None else at + 2 + fluid

    def _bracket(self, at: int) -> int:
        """What stands in brackets says the same in another way, or is read as if there were no brackets."""
        close = next((place for place in range(at, len(self.tokens)) if self.tokens[place].word == ")"), None)
        inner = self.tokens[at + 1 : close]
        if close is None or any(token.kind in _INLINE_KINDS for token in inner):
            return at + 1
        said = Reader(inner).read()
        self.result.unknown_step |= said.unknown_step
        self.result.hospital |= said.hospital
        self.result.reason |= said.reason
        self.result.understood &= said.understood
        if not said.parts:
            return close
        if len(said.parts) == 1 and not said.parts[0].has_times and self.part.has_dose:
            only = said.parts[0]
            if self.part.has_times and only.unit is None and (only.high or 0) >= LEAST_TRAILING_QUANTITY:
                return close  # "1 od (28)"
            if only.unit is None and only.high == self.part.high:
                return close
            if only.low is None or only.high is None:
                return close
            if not self._other_way_of_saying(Amount(only.low, only.high, only.unit, close), in_brackets=True):
                raise CannotRead
            return close
        if not self.part.has_times:
            return at + 1
        if not _says_the_same(self.part, said):
            raise CannotRead
        return close


def _same_day(steps: list[list[Part]]) -> list[list[Part]]:
    """ "1 in the morning then 2 at night" is one day, not two steps."""
    only_slots = all(part.slots and not (part.rates or part.course or part.weekdays) for step in steps for part in step)
    slots = [slot for step in steps for part in step for slot in part.slots]
    if len(steps) > 1 and only_slots and len(set(slots)) == len(slots) and "meal" not in slots:
        return [[part for step in steps for part in step]]
    return steps


def _says_the_same(part: Part, said: Directions) -> bool:
    """Do the brackets agree with the part before them? ("twice a day (one in the morning and one at night)")"""
    times = part.times()
    inner = [inner_part.times() for inner_part in said.parts]
    if times is None or any(one is None for one in inner) or len(said.steps) > 1:
        return False
    total = sum(one[1] for one in inner if one is not None)
    doses = [one.high for one in said.parts if one.has_dose]
    days = {day for one in said.parts for day in one.weekdays}
    if days and not doses:
        return abs(len(days) / 7 - times[1]) < 0.01
    if doses and any(dose != part.high for dose in doses):
        taken = sum((one.high or 0) * (one.times() or (0, 0))[1] for one in said.parts)
        return abs(taken - (part.high or 0) * times[1]) < 0.01
    return abs(total - times[1]) < 0.01


_METHODS: dict[str, Callable[[Reader, int], int]] = {
    "num": Reader._number,
    "fraction": Reader._number,
    "stroke": Reader._stroke,
    "count": Reader._count,
    "per_day": Reader._per_day,
    "adverb": Reader._adverb,
    "every": Reader._every,
    "q": Reader._every,
    "a": Reader._a,
    "ordinal": Reader._ordinal,
    "slot": Reader._slot,
    "weekday": Reader._weekday,
    "weekdays": Reader._weekday,
    "weekends": Reader._weekday,
    "up_to": Reader._mark_up_to,
    "max": Reader._max,
    "prn": Reader._prn,
    "directed": Reader._directed,
    "stat": Reader._stat,
    "then": Reader._then,
    "unknown_step": Reader._unknown_step,
    "hospital": Reader._hospital,
    "clause_noise": Reader._clause_noise,
    "fluid": Reader._fluid,
    "for": Reader._for,
    "if": Reader._if,
    "and": Reader._and,
    "plus": Reader._and,
    "or": Reader._or,
    "at": Reader._at,
    "on": Reader._on,
    "in": Reader._in,
    "after": Reader._after,
    "mark": Reader._mark,
    "unit": Reader._unit,
    "span": Reader._span,
    "to": Reader._to,
    "times": Reader._times,
    "odd": Reader._odd,
    "unsafe": Reader._unsafe,
    "month_name": Reader._month_name,
    "period": Reader._period,
    "event": Reader._event,
    "x": Reader._x,
    "other": Reader._other,
}
"""What reads each kind of token; a kind that is not here is passed over."""
