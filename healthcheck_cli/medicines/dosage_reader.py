"""Reads the tokens of directions, left to right, into steps and parts.

Each kind of token has one method, which takes its place in the list and returns the place after what it used: numbers
in ``dosage_numbers``, times in ``dosage_times``, and here limits, reasons, steps, and what stands in brackets.
"""

from __future__ import annotations

from collections.abc import Callable

from healthcheck_cli.medicines.dosage_amounts import Amount, read_amount
from healthcheck_cli.medicines.dosage_building import LEAST_TRAILING_QUANTITY, SENTENCE_ENDS
from healthcheck_cli.medicines.dosage_conditions import FORBIDS, ConditionsReader
from healthcheck_cli.medicines.dosage_parts import CannotRead, Directions, Part
from healthcheck_cli.medicines.dosage_words import EVENTS, FLUIDS, UNSAFE

_INLINE_KINDS = frozenset({"max", "prn", "up_to", "directed", "stat", "then", "hospital"})
_STOPS_REASON = ("per_day", "count", "every", "adverb", "num", "prn")  # "to help sleep 1 nocte"
_NEAR = 4  # tokens
_AROUND = frozenset({"before", "after", "prior", "during", "pre", "post", "morning", "night"})
_FOOD = ("pc", "ac", "food")
_PUT_ON = ("apply", "replace", "change")
_OF_THE_PAST = (
    "increased",
    "reduced",
    "decreased",
    "up from",
    "down from",
    "was",
    "previous",
    "formerly",
    "used",
    "dose",
    "started",
    "last",
    "review",
    "next",
    "due",
    "equivalent",
)


class Reader(ConditionsReader):
    """One reading of one list of tokens."""

    def read(self) -> Directions:
        """Everything read. Raises CannotRead."""
        at = len(self.tokens) if self._listed_by_time() else 0
        while at < len(self.tokens):
            method = _METHODS.get(self.tokens[at].kind)
            at = method(self, at) if method is not None else at + 1
        self.result.steps = [[part for part in step if not part.empty] for step in self.result.steps]
        self.result.steps = _same_day([step for step in self.result.steps if step])
        return self.result

    def _directed(self, at: int) -> int:
        self.result.directed = True
        return at + 1

    def _stat(self, at: int) -> int:
        before_meal = self._peek(at).word == "immediately" and self._peek(at + 1).word in ("before", "after")
        if not before_meal and self._peek(at + 1).kind != "after":
            self.result.stat = True
            self.part.once = not self.part.has_times
        return at + 1

    def _listed_by_time(self) -> bool:
        """Are the directions nothing but times with a dose after each ("Morning: 10ml Night: 15ml")?"""
        parts: list[Part] = []
        at = self._after_filler(0)
        while at < len(self.tokens):
            hour = self._peek(at)
            at += hour.kind == "num" and hour.word.endswith("m")  # "8am" is two tokens
            time, dose_at = self._peek(at), self._after_filler(at + 1)
            dose = self._peek(dose_at)
            if time.kind != "slot" or dose.kind not in ("num", "fraction") or dose.word.endswith("m"):
                return False
            amount = read_amount(self.tokens, dose_at)
            name = f"clock {hour.value:g} {time.word}" if hour is not time else time.word
            parts.append(Part(amount.low, amount.high, amount.unit, amount.also, slots=[name]))
            at = self._after_filler(amount.end)
        if len(parts) < 2 or "meal" in {part.slots[0] for part in parts}:
            return False
        self.result.steps = [parts]
        return True

    def _after_filler(self, at: int) -> int:
        filler = ("noise", "and", "plus", "at", "in", "every")
        while self._peek(at).kind in filler or self._peek(at).word in (":", ",", "-", "--", ".", ";"):
            at += 1
        return at

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
            if self._peek(place).kind in ("up_to", "max") and self._peek(place + 1).kind in ("num", "fraction"):
                raise CannotRead  # "increasing up to 4": the highest step is named, but not how it is taken
            before, token, after = (self._peek(place + step) for step in (-1, 0, 1))
            if token.kind == "to" and after.kind in ("num", "fraction") and before.kind not in ("num", "unit"):
                plain = all(one.kind in ("after", "num", "period", "mark", "noise") for one in self.tokens[at:place])
                if not plain or any(one.word in SENTENCE_ENDS for one in self.tokens[at:place]):
                    raise CannotRead  # "increase by 1 every week to 4": steps, and their end, that are not worked out
                return place
        return None

    def _ending(self, at: int) -> int:
        """ "for 5 days then stop" adds nothing; without a length it is not clear what is to be taken now."""
        if not self.part.course:
            raise CannotRead
        return at + 1

    def _hospital(self, at: int) -> int:
        self.result.hospital = True
        return at + 1

    def _and(self, at: int) -> int:
        if self._peek(at + 1).word in ("left", "right") and self.part.has_times:
            raise CannotRead  # "right eye twice a day and left eye at night"
        after_food = self._peek(at - 1).word in _FOOD and not self.part.has_times
        if after_food and "slot" in (self._peek(at + 1).kind, self._peek(at + 2).kind):
            raise CannotRead  # "10ml pc + nocte": after how many meals?
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
        """ "1,5 ml": one and a half in some countries, a slip in this one. "-1 bd": less than nothing is no dose."""
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
        if lead.startswith("remove"):  # "remove old patch and apply a new patch every 72 hours"
            end = next((place for place in range(at, end) if self._peek(place).word in _PUT_ON), end)
        days = any(token.kind in ("weekday", "weekdays", "weekends") for token in self.tokens[at:end])
        if days and lead.startswith(FORBIDS):
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
    "ending": Reader._ending,
    "month_name": Reader._month_name,
    "period": Reader._period,
    "event": Reader._event,
    "x": Reader._x,
    "other": Reader._other,
}
"""What reads each kind of token; a kind that is not here is passed over."""
