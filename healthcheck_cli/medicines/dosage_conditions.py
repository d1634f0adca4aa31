"""Reads what depends on something: the most in a day, when required and why, and for how long."""

from __future__ import annotations

from healthcheck_cli.medicines.dosage_amounts import read_amount, read_range
from healthcheck_cli.medicines.dosage_numbers import NumbersReader
from healthcheck_cli.medicines.dosage_parts import CannotRead, Rate
from healthcheck_cli.medicines.dosage_words import UNSAFE

FORBIDS = ("do not", "dont", "don't", "not to", "must not", "should not", "avoid", "leave", "not suitable")
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
_PROLONGED = frozenset(
    {"prolonged", "lasting", "lasts", "longer", "cluster", "clusters", "over"}
)  # "for seizures lasting …"
_ASKS = ("see", "contact", "discuss", "please", "tel", "review")


class ConditionsReader(NumbersReader):
    """Limits, reasons and lengths of time. Each method takes its token's place and returns the place after its use."""

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
        regular_before = not self.result.prn and any(part.has_dose for step in self.result.steps[:-1] for part in step)
        if regular_before:
            self.result.unknown_step = True  # "1 bd, can increase to 3 bd if constipated": the least is not none
        self.result.prn = True
        self._prn_said = self.part.has_dose and bool(self.part.slots or self.part.rates)
        if len([part for part in self.result.steps[-1] if part.has_dose]) > 1:
            raise CannotRead  # "1 daily plus half in the evening if needed"

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
            end = self._clause_end(place, "max", "directed", "prn", "unknown_step")
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
        return self._peek(place).kind == "clause_noise" and self._peek(place).word.startswith((*FORBIDS, *_ASKS))
