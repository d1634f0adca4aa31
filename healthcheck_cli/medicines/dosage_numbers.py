"""Reads numbers: the same figure may be a dose, a number of times, an hour of the day, or a length of time."""

from __future__ import annotations

from healthcheck_cli.medicines.dosage_amounts import Amount, joins_range, read_amount, read_range
from healthcheck_cli.medicines.dosage_parts import CannotRead, Part, Rate
from healthcheck_cli.medicines.dosage_times import TimesReader
from healthcheck_cli.medicines.dosage_tokens import Token
from healthcheck_cli.medicines.dosage_words import AMOUNT_UNITS, IN_MG, LENGTHS, SUPPLY

_LEAST_QUANTITY_BY_X = 5
_MOST_A_DAY_BY_LETTER = 4  # "2D" is two daily; "14D" is fourteen days
_AFTER_A_STROKE = frozenset(
    {"per_day", "slot", "on", "prn", "adverb", "unit", "spoon", "count", "num", "every", "at", "directed", "x", "q"}
)
_AFTER_DURATION = ("apart", "between", "before", "prior")  # "30 minutes before food", "4 hours apart"


class NumbersReader(TimesReader):
    """What a number means is decided by the token after it, then by what is known already."""

    def _stroke(self, at: int) -> int:
        """ "i bd": a stroke is a one only where a dose is due and its time follows."""
        top = self._peek(at + 2)
        joined = joins_range(self._peek(at + 1)) or self._peek(at + 1).word == "/"
        if joined and top.kind == "num" and top.word in ("ii", "iii", "tt", "ttt"):
            amount = read_amount([Token("num", "i", 1.0), Token("to"), *self.tokens[at + 2 : at + 4]], 0)
            return self._dose_found(amount._replace(end=at + amount.end))  # "i-ii qds"
        to_be = self._peek(at + 1).kind == "to" and self._peek(at + 2).word == "be"
        if self._peek(at - 1).kind in ("num", "fraction") and self._times_are_due():
            return at + 1  # "1t od"
        a_day = self._peek(at + 1).kind == "a" and self._peek(at + 2).kind == "period"
        starts = self._peek(at - 1).kind in ("end", "noise", "mark", "and", "plus", "slot", "per_day")
        loosely = starts and (self._peek(at + 1).kind in ("in", "up_to", "after") or self._peek(at + 1).word == "with")
        if self._peek(at + 1).kind not in _AFTER_A_STROKE and not (to_be or a_day or loosely):
            return at + 1
        amount = read_amount([Token("num", "i", 1.0), *self.tokens[at + 1 : at + 3]], 0)
        return self._dose_found(amount._replace(end=at + amount.end))

    def _number(self, at: int) -> int:
        if self._morning_noon_night(at):
            return len(self.tokens)
        low, high, after = read_range(self.tokens, at)
        following = self._peek(after)
        letter = self._letter_time(after)
        if letter and low == high and not (self.part.has_dose and not self.part.has_times):
            return self._letter_found(Amount(low, high, None, after), letter)
        echo = self._strength_before_count(at)
        if echo is not None:
            return self._dose_found(echo)
        before = self._peek(at - 2 if self._peek(at - 1).word in ("the", "a", "your") else at - 1)
        if before.word == "with" and (following.kind != "unit" or following.word in IN_MG):
            raise CannotRead  # "with 2 paracetamol", "with the 15mg tablets"
        applied = self._peek(at - 1).word == "apply" or self._applied
        if following.word in LENGTHS or (following.word == "ml" and applied):
            self._applied = True
            return read_amount(self.tokens, at).end if following.word == "ml" else after + 1  # cream or gel: not a dose
        if following.kind == "times":
            return self._times_found(low, high, after + 1)
        if following.kind == "x":
            return self._number_x(low, high, after)
        if following.kind == "adverb" or (following.word == "-" and self._peek(after + 1).kind == "adverb"):
            return self._number_adverb(low, high, after)
        if following.kind == "period" or (following.word == "-" and self._peek(after + 1).kind == "period"):
            return self._number_period(low, after)
        if following.kind == "slot" and self._is_clock(at, low, following):
            return self._slot_found(f"clock {low:g} {following.word}", after + 1)
        rate_end = self._per_period(after)
        if rate_end is not None:
            return self._number_per(low, high, *rate_end)
        return self._dose_found(read_amount(self.tokens, at))

    def _strength_before_count(self, at: int) -> Amount | None:
        """ "10mg tablets: 2 nocte" is two tablets; the strength of one comes first. None where it is not so written."""
        size, unit, form = (self._peek(at + step) for step in (0, 1, 2))
        substance = unit.kind == "unit" and unit.word in AMOUNT_UNITS
        if self.part.has_dose or not substance or form.kind != "unit" or form.word in AMOUNT_UNITS:
            return None
        place = at + 3
        while self._peek(place).kind == "noise" or self._peek(place).word in (":", ",", "-", "--", "."):
            place += 1
        if self._peek(place).kind not in ("num", "fraction"):
            return None
        amount = read_amount(self.tokens, place)
        following = self._peek(amount.end)
        if amount.unit not in (None, form.word) or following.kind not in (
            "per_day",
            "slot",
            "count",
            "at",
            "in",
            "num",
            "on",
        ):
            return None
        return Amount(amount.low, amount.high, form.word, amount.end, (amount.high * size.value, unit.word))

    def _letter_time(self, at: int) -> str:
        """The time that a letter after a number stands for: "1D" daily, "1N" at night, "2M 1N" morning and night."""
        letter, following = self._peek(at).word, self._peek(at + 1)
        if letter not in ("d", "m", "n") or following.kind not in (
            "end",
            "mark",
            "num",
            "prn",
            "directed",
            "and",
            "plus",
        ):
            return ""
        if letter == "d":
            small = self._peek(at - 1).value <= _MOST_A_DAY_BY_LETTER and following.kind in ("end", "prn", "directed")
            return "daily" if small and at == 1 else ""
        nights = [place for place in range(1, len(self.tokens)) if self.tokens[place].word == "n"]
        after_number = [place for place in nights if self.tokens[place - 1].kind == "num"]
        return {"m": "morning", "n": "night"}[letter] if after_number else ""

    def _letter_found(self, amount: Amount, time: str) -> int:
        after = self._dose_found(amount) + 1
        return self._rate_found(Rate(1, 1, 1), after) if time == "daily" else self._slot_found(time, after)

    def _morning_noon_night(self, at: int) -> bool:
        """The notation 1-0-2 or 1+0+2: what is taken in the morning, at noon, (in the evening,) at night."""
        figures = self.tokens[at:]
        dashes = [token for token in figures[1::2] if token.word == figures[1].word and token.word in ("-", "+")]
        numbers = [token for token in figures[::2] if token.kind == "num"]
        if at != 0 or len(numbers) not in (3, 4) or len(dashes) + len(numbers) != len(figures):
            return False
        names = ("morning", "noon", "night") if len(numbers) == 3 else ("morning", "noon", "evening", "night")
        self.result.steps[-1] = [
            Part(low=number.value, high=number.value, slots=[name])
            for number, name in zip(numbers, names, strict=True)
            if number.value > 0
        ]
        return True

    def _is_clock(self, at: int, hour: float, slot: Token) -> bool:
        """Is "8 am" a time of day? A small number with no dose before it is a dose: "1 am, 2 pm"."""
        if slot.word in ("noon", "night") and hour == 12:
            return True  # "12 noon"
        if slot.word not in ("morning", "evening") or hour != int(hour) or not 1 <= hour <= 12:
            return False
        together = self._peek(at).word.endswith("m") and not self.part.has_dose  # "three times a day (8am, 2pm, 8pm)"
        if (
            hour < 5
            and self._peek(at - 1).kind != "at"
            and not together
            and any(name.startswith("clock") for name in self.part.slots)
        ):
            raise CannotRead  # "1 at 8am 4pm": four o'clock, or four more tablets
        dose_is_due = not self.part.has_dose or self.part.has_times
        listed = together and bool(self.part.slots)
        return self._peek(at - 1).kind == "at" or not dose_is_due or hour >= 5 or listed

    def _number_x(self, low: float, high: float, at: int) -> int:
        """ "1 x 3 daily", "2 x 500mg", "3 x a day", "1 x nocte"; ``at`` is the x."""
        following = self._peek(at + 1)
        if following.kind == "num":
            of_substance = self._peek(at + 2).word in AMOUNT_UNITS and low == high
            if of_substance and self._peek(at + 3).kind in ("unit", "spoon"):  # "x 25mcg patch": a thing of a size
                each = read_amount([Token("num", "", low), *self.tokens[at + 1 : at + 4]], 0)
                return self._dose_found(each._replace(end=at + each.end))
            amount = read_amount(self.tokens, at + 1)
            if amount.unit == "ml" or (amount.unit in AMOUNT_UNITS and amount.low == amount.high):
                return self._dose_found(Amount(low * amount.low, high * amount.high, amount.unit, amount.end))
            times_low, times_high, after = read_range(self.tokens, at + 1)
            if self._peek(after).kind == "times":
                after += 1
            if self._period_at(after) is None:
                raise CannotRead
            after_dose = self._dose_found(Amount(low, high, None, at + 1))
            return self._times_found(times_low, times_high, max(after, after_dose))
        if following.kind in ("adverb", "period", "a", "every") or following.word == "/":
            if following.kind == "period" and self._per_period(at + 2) is not None:
                raise CannotRead  # "six x days a week"
            return self._times_found(low, high, at + 1)
        return self._dose_found(Amount(low, high, None, at + 1))

    def _number_adverb(self, low: float, high: float, at: int) -> int:
        """ "2 daily", "4-6 hourly", "2-weekly"; ``at`` is the adverb or the dash before it."""
        dashed = self._peek(at).word == "-"
        adverb = self._peek(at + 1 if dashed else at)
        after = at + 2 if dashed else at + 1
        if adverb.value <= 0:
            raise CannotRead
        due = self._times_are_due()
        if adverb.value < 1 or (adverb.value > 1 and (dashed or due)):
            return self._interval_found(low, high, adverb.value, after)
        if due and self._up_to:
            return self._limit_found(high, "", after)
        if due or dashed or (adverb.value > 1 and high != 1 and low == int(low)):
            raise CannotRead  # "1 2 daily"; "2 weekly" is two a week or one every two weeks
        self._dose_found(Amount(low, high, None, at))
        return self._rate_found(Rate(1, 1, adverb.value), after)

    def _number_period(self, low: float, at: int) -> int:
        """A number of days or minutes that is not a dose: "3 days a week", "30 minutes before food", "7 day supply"."""
        after = at + 2 if self._peek(at).word == "-" else at + 1
        period = self._peek(after - 1)
        week = self._period_at(after)
        if week is not None and period.value == 1 and period.word != "d" and week[0] == 7 and low <= 7:
            self.part.day_share = low / 7
            return week[1]
        before = self._peek(at - 2)
        following = self._peek(after)
        if following.kind == "later":
            return self._later(after)
        if following.kind == "slot" and period.value < 1:
            return after  # "2 hours before bed"
        if following.word in SUPPLY or following.word in _AFTER_DURATION or following.kind == "after":
            return after + 1
        ends = following.kind in ("end", "mark", "num", "prn", "directed", "then") or following.word == "only"
        if self.part.has_times and period.value >= 1 and ends:
            self.part.course = True  # "1 qds 7 days"
            return after
        if before.kind in ("after", "in", "max", "up_to") or before.word in ("within", "over", "least", "minimum"):
            return after
        raise CannotRead

    def _number_per(self, low: float, high: float, days: float, after: int) -> int:
        """ "3 a day": the dose where none is known yet, otherwise how often."""
        due = self._times_are_due()
        if due and self._up_to:
            return self._limit_found(high, "", after)
        if due:
            return self._rate_found(Rate(low, high, days), after)
        self._dose_found(Amount(low, high, None, after))
        return self._rate_found(Rate(1, 1, days), after)

    def _unit(self, at: int) -> int:
        """A unit with no number says nothing, except a patch (one) and the unit of "one (1) tablet"."""
        unit = self._peek(at)
        if self._peek(at - 1).word == ")" and self.part.has_dose and self.part.unit is None:
            self.part.unit = unit.word
        elif (unit.word == "patch" or self._peek(at - 3).word == "contents") and not (
            self.part.has_dose or self._sentence_ended
        ):
            self.part.low, self.part.high, self.part.unit = 1.0, 1.0, unit.word
        return at + 1

    def _a(self, at: int) -> int:
        """ "a tablet" is one tablet."""
        if self.part.has_dose and not self.part.has_times and self._peek(at + 1).kind == "period":
            days, after = self._per_period(at) or (0.0, at + 1)
            return self._rate_found(Rate(1, 1, days), after) if days else after
        if self._peek(at + 1).kind in ("unit", "spoon") and not self.part.has_dose:
            amount = read_amount([Token("num", "a", 1.0), *self.tokens[at + 1 : at + 3]], 0)
            return self._dose_found(Amount(amount.low, amount.high, amount.unit, at + amount.end))
        return at + 1

    def _x(self, at: int) -> int:
        """ "x 7 days", "x 5/7" is how long; "x3 daily" how often."""
        following = self._peek(at + 1)
        if following.kind == "span":
            self.part.course = True
            return at + 2
        if following.kind != "num":
            return at + 1
        low, high, after = read_range(self.tokens, at + 1)
        if self._peek(after).kind == "period" and self._peek(after).value >= 1:
            self.part.course = True
            return after + 1
        complete = self.part.has_dose and self.part.has_times
        if (
            complete
            and high >= _LEAST_QUANTITY_BY_X
            and self._peek(after + (self._peek(after).kind == "unit")).kind == "end"
        ):
            return len(self.tokens)  # "1 bd x 14": days or tablets, and either way no dose
        return self._times_found(low, high, after + (self._peek(after).kind == "times"))

    def _later(self, at: int) -> int:
        """ "6 hours later": a second dose that is not added up."""
        self.result.unknown_step = True
        return self._clause_end(at + 1, "max", "prn")
