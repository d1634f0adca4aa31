"""Reads the tokens of directions, left to right, into steps and parts.

Each kind of token has one method, which takes its place in the list and returns the place after what it used.
Where a token fits nothing, the directions are given up (CannotRead): a figure that is not certain is not given.
"""

from __future__ import annotations

from collections.abc import Callable

from healthcheck_cli.medicines.dosage_amounts import Amount, read_amount, read_range
from healthcheck_cli.medicines.dosage_parts import CannotRead, Directions, Part, Rate
from healthcheck_cli.medicines.dosage_tokens import Token
from healthcheck_cli.medicines.dosage_words import AMOUNT_UNITS, FLUIDS, LENGTHS, UNSAFE

_END = Token("end")
_SENTENCE_ENDS = (".", ";", "\n", "(", ")")
_INLINE_KINDS = frozenset({"max", "prn", "up_to", "directed", "stat", "then", "hospital"})
_STOPS_IF = frozenset(
    {"max", "up_to", "directed", "then", "unknown_step", "every", "count", "per_day", "adverb", "mark", "clause_noise"}
)
_NOT_WHEN_REQUIRED = frozenset({"taking", "using", "on", "symptoms"})  # "when taking ibuprofen" is not "when required"
_ROUTE_WORDS = frozenset({"injection", "subcutaneous", "intramuscular", "external", "oral", "use", "rectal", "the"})
_SUPPLY = frozenset(
    """script scripts rx prescription prescriptions supply dispensing dispense blister blisters pack packs tray trays
    dosette mds nomad pickup collection issue course courses tablet""".split()
)
_SUPPLIED = frozenset({"dispense", "dispensed", "dispensing", "issue", "issued", "supply", "supplied", "collect"})


class Reader:
    """One reading of one list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.part = Part()
        self.result = Directions([[self.part]])
        self._up_to = False
        self._joined = ""  # "and" or "," just before
        self._sentence_ended = False
        self._methods: dict[str, Callable[[int], int]] = {
            "num": self._number, "fraction": self._number, "stroke": self._stroke, "count": self._count,
            "per_day": self._per_day, "adverb": self._adverb, "every": self._every, "q": self._every, "a": self._a,
            "ordinal": self._ordinal, "slot": self._slot, "weekday": self._weekday, "weekdays": self._weekday,
            "weekends": self._weekday, "up_to": self._mark_up_to, "max": self._max, "prn": self._prn,
            "directed": self._directed, "stat": self._stat, "then": self._then, "unknown_step": self._unknown_step,
            "hospital": self._hospital, "clause_noise": self._clause_noise, "fluid": self._fluid, "for": self._for,
            "if": self._if, "and": self._and, "plus": self._and, "or": self._or, "at": self._at, "on": self._on,
            "in": self._in, "after": self._after, "mark": self._mark, "unit": self._unit, "span": self._span,
            "later": self._unknown_step, "event": self._event, "x": self._x, "other": self._other,
        }  # fmt: skip

    def read(self) -> Directions:
        """Everything read. Raises CannotRead."""
        at = 0
        while at < len(self.tokens):
            method = self._methods.get(self.tokens[at].kind)
            at = method(at) if method is not None else at + 1
        self.result.steps = [[part for part in step if not part.empty] for step in self.result.steps]
        self.result.steps = [step for step in self.result.steps if step]
        return self.result

    def _peek(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else _END

    # --- doses and numbers

    def _stroke(self, at: int) -> int:
        """ "i bd": a stroke is a one only where a dose is due and its time follows."""
        if self.part.has_dose or self._peek(at + 1).kind not in ("per_day", "slot", "on", "prn", "adverb", "unit"):
            return at + 1
        return self._dose_found(Amount(1, 1, None, at + 1))

    def _number(self, at: int) -> int:
        if self._morning_noon_night(at):
            return len(self.tokens)
        low, high, after = read_range(self.tokens, at)
        following = self._peek(after)
        if following.word in LENGTHS or (following.word == "ml" and self._peek(at - 1).word == "apply"):
            return after + 1  # how much cream or gel: not a dose
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

    def _morning_noon_night(self, at: int) -> bool:
        """The notation 1-0-2: what is taken in the morning, at noon, (in the evening,) at night."""
        figures = self.tokens[at:]
        dashes = [token for token in figures[1::2] if token.word == "-"]
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
        if slot.word not in ("morning", "evening") or hour != int(hour) or not 1 <= hour <= 12:
            return False
        dose_is_due = not self.part.has_dose or self.part.has_times
        return self._peek(at - 1).kind == "at" or not dose_is_due or hour >= 5

    def _number_x(self, low: float, high: float, at: int) -> int:
        """ "1 x 3 daily", "2 x 500mg", "3 x a day", "1 x nocte"; ``at`` is the x."""
        following = self._peek(at + 1)
        if following.kind == "num":
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
            return self._times_found(low, high, at + 1)
        return self._dose_found(Amount(low, high, None, at + 1))

    def _number_adverb(self, low: float, high: float, at: int) -> int:
        """ "2 daily", "4-6 hourly", "2-weekly"; ``at`` is the adverb or the dash before it."""
        dashed = self._peek(at).word == "-"
        adverb = self._peek(at + 1 if dashed else at)
        after = at + 2 if dashed else at + 1
        if adverb.value <= 0:
            raise CannotRead
        due = self.part.has_dose and not self.part.has_times
        if adverb.value < 1 or (adverb.value > 1 and (dashed or due)):
            return self._interval_found(low, high, adverb.value, after)
        if due and self._up_to:
            return self._limit_found(high, "", after)
        if due or dashed or (adverb.value > 1 and high != 1):
            raise CannotRead  # "1 2 daily"; "2 weekly" is two a week or one every two weeks
        self._dose_found(Amount(low, high, None, at))
        return self._rate_found(Rate(1, 1, adverb.value), after)

    def _number_period(self, low: float, at: int) -> int:
        """A number of days or minutes that is not a dose: "3 days a week", "30 minutes before food", "7 day supply"."""
        after = at + 2 if self._peek(at).word == "-" else at + 1
        period = self._peek(after - 1)
        week = self._period_at(after)
        if week is not None and period.value == 1 and week[0] == 7 and low <= 7:
            self.part.day_share = low / 7
            return week[1]
        before = self._peek(at - 2)
        following = self._peek(after)
        if following.kind == "later":
            return self._unknown_step(after)
        if following.word in _SUPPLY or following.kind == "after" or following.word in ("before", "prior"):
            return after + 1
        if before.kind in ("after", "in", "max", "up_to") or before.word in ("within", "over", "least", "minimum"):
            return after
        raise CannotRead

    def _number_per(self, low: float, high: float, days: float, after: int) -> int:
        """ "3 a day": the dose where none is known yet, otherwise how often."""
        due = self.part.has_dose and not self.part.has_times
        if due and self._up_to:
            return self._limit_found(high, "", after)
        if due:
            return self._rate_found(Rate(low, high, days), after)
        self._dose_found(Amount(low, high, None, after))
        return self._rate_found(Rate(1, 1, days), after)

    def _dose_found(self, amount: Amount) -> int:
        """Put an amount in its place: this part, the other way of saying its dose, or a new part."""
        part = self.part
        if part.has_dose and not part.has_times and not part.once:
            return self._second_amount(amount)
        if part.has_dose or (part.has_times and not self._dose_after_times()):
            self._new_part()
            part = self.part
        part.low, part.high, part.unit, part.also = amount.low, amount.high, amount.unit, amount.also
        if self._up_to:
            part.low, self._up_to = 0.0, False
        self._sentence_ended = False
        return amount.end

    def _dose_after_times(self) -> bool:
        """ "daily 0.2ml": the times may come first, in the same sentence."""
        return not self.part.has_dose and len(self.result.parts) == 1 and not self._sentence_ended

    def _second_amount(self, amount: Amount) -> int:
        part = self.part
        if self._sentence_ended and part.low == part.high and (part.high or 0) >= 7 and part.unit not in AMOUNT_UNITS:
            part.low, part.high, part.unit = amount.low, amount.high, amount.unit  # "14 tablets. One twice a day"
            self._sentence_ended = False
            return amount.end
        if self._up_to and amount.unit is not None:
            return self._limit_found(amount.high, amount.unit, self._after_period(amount.end))
        if not self._other_way_of_saying(amount):
            raise CannotRead
        return amount.end

    def _other_way_of_saying(self, amount: Amount) -> bool:
        """ "15mg (six tablets)": the tablets are the dose, and the mg are kept beside it; "1.2mg (0.2ml)" stays in mg."""
        part = self.part
        if amount.unit is None or part.unit == amount.unit or amount.low != amount.high:
            return amount.unit == part.unit and (amount.low, amount.high) == (part.low, part.high)
        if part.unit in AMOUNT_UNITS and part.unit != "ml" and amount.unit not in AMOUNT_UNITS and part.high is not None:
            part.also = (part.high, part.unit)
            part.low, part.high, part.unit = amount.low, amount.high, amount.unit
            return True
        part.also = (amount.high, amount.unit)
        return True

    def _new_part(self) -> None:
        """The next dose: a new step where the last one had an end of its own ("for 7 days")."""
        stepped = self.part.course
        self.part = Part()
        if stepped:
            self.result.steps.append([self.part])
        else:
            self.result.steps[-1].append(self.part)

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
        if self._peek(at + 1).kind in ("unit", "spoon") and not self.part.has_dose:
            amount = read_amount([Token("num", "a", 1.0), *self.tokens[at + 1 : at + 3]], 0)
            return self._dose_found(Amount(amount.low, amount.high, amount.unit, at + amount.end))
        return at + 1

    # --- times

    def _rate_found(self, rate: Rate, after: int) -> int:
        if self._up_to:
            rate = Rate(rate.low, rate.high, rate.days, capped=True, interval=rate.interval)
            self._up_to = False
        if self.part.has_dose and self._sentence_ended and self.part.rates:
            self.part.rates.append(rate)
        else:
            self.part.rates.append(rate)
        self._joined = ""
        return after

    def _interval_found(self, low: float, high: float, days: float, after: int) -> int:
        """Every ``low`` to ``high`` periods of ``days`` days."""
        if low <= 0:
            raise CannotRead
        longest, shortest = high * days, low * days
        if shortest == longest:
            return self._rate_found(Rate(1, 1, longest, interval=True), after)
        return self._rate_found(Rate(1, longest / shortest, longest, interval=True), after)

    def _times_found(self, low: float, high: float, at: int) -> int:
        """So many times; the period follows at ``at``."""
        period = self._period_at(at)
        if period is None:
            raise CannotRead
        days, after = period
        if days < 1:
            raise CannotRead
        return self._rate_found(Rate(low, high, days), after)

    def _period_at(self, at: int) -> tuple[float, int] | None:
        """The period at ``at`` in days and the place after it: "a day", "/24 hours", "each week", "daily"."""
        token = self._peek(at)
        if token.kind == "adverb" and token.value >= 1:
            return token.value, at + 1
        if token.kind == "period" and token.value >= 1:
            return token.value, at + 1
        return self._per_period(at)

    def _per_period(self, at: int) -> tuple[float, int] | None:
        """ "a day", "per week", "/ day", "in 24 hours", "in any 24 hours"."""
        if not (self._peek(at).kind in ("a", "every", "in") or self._peek(at).word in ("/", "of", "over", "within")):
            return None
        place = at + 1
        while self._peek(place).kind in ("a", "every") or self._peek(place).word in ("the", "any", "-"):
            place += 1
        number, token = 1.0, self._peek(place)
        if token.kind == "num":
            number, place = token.value, place + 1
            if self._peek(place).word == "-":
                place += 1
            token = self._peek(place)
            if token.kind != "period" and number == 24:
                return 1.0, place
        if token.kind != "period" or number * token.value < 1:
            return None
        return number * token.value, place + 1

    def _after_period(self, at: int) -> int:
        period = self._period_at(at)
        if period is None:
            return at
        if period[0] != 1:
            raise CannotRead
        return period[1]

    def _count(self, at: int) -> int:
        """ "once daily", "once or twice a day", "twice each week"; "once at night" leaves the time to the slot."""
        low = high = self._peek(at).value
        after = at + 1
        if self._peek(after).kind in ("or", "to") or self._peek(after).word in ("-", "/"):
            more = self._peek(after + 1)
            if more.kind == "count" or (more.kind == "num" and self._peek(after + 2).kind == "times"):
                high = more.value
                after += 2 if more.kind == "count" else 3
        if self._period_at(after) is None:
            following = self._peek(after)
            if low == high == 1 and following.kind in ("slot", "at", "in", "every", "noise", "on", "adverb", "ordinal"):
                return after
            raise CannotRead
        return self._times_found(low, high, after)

    def _per_day(self, at: int) -> int:
        low = high = self._peek(at).value
        after = at + 1
        if self._peek(after).kind in ("or", "to") or self._peek(after).word in ("-", "/"):
            more = self._peek(after + 1)
            if more.kind == "per_day":
                high, after = more.value, after + 2
        if high < low:
            raise CannotRead
        if self._peek(at).word == "od" and any(token.word in ("eye", "eyes", "drop") for token in self.tokens):
            raise CannotRead  # once a day, or the right eye
        if low == high < 1:
            return self._rate_found(Rate(1, 1, 1 / low, interval=True), after)
        return self._rate_found(Rate(low, high, 1), after)

    def _adverb(self, at: int) -> int:
        days = self._peek(at).value
        if days <= 0:
            raise CannotRead
        following = self._peek(at + 1)
        dispensed = following.word in _SUPPLIED and self._peek(at + 2).kind in ("adverb", "every", "in", "num")
        if (following.word in _SUPPLY and not dispensed) or self._peek(at - 1).word in _SUPPLIED:
            return at + 1
        interval = days < 1
        if self.part.rates and not interval and self.part.rates[-1].a_day == (1 / days, 1 / days):
            return at + 1
        return self._rate_found(Rate(1, 1, days, interval=interval), at + 1)

    def _every(self, at: int) -> int:
        """ "every 4 to 6 hours", "every other day", "each morning", "every Monday", "q4h"."""
        token = self._peek(at + 1)
        if token.kind == "num":
            low, high, after = read_range(self.tokens, at + 1)
            if self._peek(after).word == "-":
                after += 1
            period = self._peek(after)
            if period.kind not in ("period", "adverb"):
                raise CannotRead
            return self._interval_found(low, high, period.value, after + 1)
        if token.kind == "span":
            return self._interval_found(1, 1, token.value, at + 2)
        if token.kind == "ordinal":
            return self._ordinal(at + 1)
        if token.kind == "period" and token.value < 1 and self._peek(at).kind == "every":
            return self._interval_found(1, 1, token.value, at + 2)
        if token.kind == "period":
            return self._rate_found(Rate(1, 1, token.value, interval=token.value > 1), at + 2)
        if token.kind == "noise" and token.word not in ("feed", "time") and self._peek(at + 2).kind == "period":
            raise CannotRead
        return at + 1

    def _ordinal(self, at: int) -> int:
        """ "alternate days", "other day", "third night"."""
        gap, following = self._peek(at).value, self._peek(at + 1)
        if following.kind == "period" and following.value >= 1:
            return self._rate_found(Rate(1, 1, gap * following.value, interval=True), at + 2)
        if following.kind == "slot":
            self._rate_found(Rate(1, 1, gap, interval=True), at + 1)
            return self._slot(at + 1)
        if following.kind == "weekday":
            raise CannotRead
        return self._other(at)

    def _slot(self, at: int) -> int:
        return self._slot_found(self._peek(at).word, at + 1)

    def _slot_found(self, slot: str, after: int) -> int:
        part = self.part
        last = part.slots[-1] if part.slots else ""
        if part.has_times and not part.has_dose and self._sentence_ended and len(self.result.parts) > 1:
            raise CannotRead
        same_time = last.startswith("clock") and not self._joined and not slot.startswith("clock")
        if slot not in part.slots and not same_time:
            if (part.rates and self._joined == "and" and "meal" not in (slot,)) and not self._listed_slots():
                part.slots_added += 1
            part.slots.append(slot)
        self._joined = ""
        return self._skip_or_slot(after)

    def _listed_slots(self) -> bool:
        """Are the slots a list that spells out the number of times ("twice a day, morning and night")?"""
        return bool([slot for slot in self.part.slots if slot != "meal"]) and not self.part.slots_added

    def _skip_or_slot(self, at: int) -> int:
        """ "morning or evening" is once."""
        if self._peek(at).kind != "or":
            return at
        place = at + 1
        while self._peek(place).kind in ("noise", "in", "at", "every"):
            place += 1
        return place + 1 if self._peek(place).kind == "slot" else at

    def _weekday(self, at: int) -> int:
        """ "Monday, Wednesday and Friday", "Monday to Friday", "weekdays"."""
        token, days = self._peek(at), self.part.weekdays
        if token.kind == "weekdays":
            days.update(range(5))
        elif token.kind == "weekends":
            days.update((5, 6))
        elif (self._peek(at + 1).kind == "to" or self._peek(at + 1).word == "-") and self._peek(at + 2).kind == "weekday":
            first, last = int(token.value), int(self._peek(at + 2).value)
            days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
            return at + 3
        else:
            days.add(int(token.value))
        return at + 1

    def _at(self, at: int) -> int:
        """ "at 8": a time of day where nothing else follows the number."""
        hour, following = self._peek(at + 1), self._peek(at + 2)
        if hour.kind != "num" or following.kind in ("slot", "unit", "times", "period"):
            return at + 1
        if hour.value != int(hour.value) or not 0 <= hour.value <= 24:
            raise CannotRead
        return self._slot_found(f"clock {hour.value:g}", at + 2)

    def _on(self, at: int) -> int:
        """ "1 on" is every night (omni nocte); before a day or a place it is only a preposition."""
        after_dose = self._peek(at - 1).kind in ("num", "unit", "stroke")
        ends = self._peek(at + 1).kind in ("end", "mark", "and", "plus", "prn", "directed", "for", "num")
        return self._slot_found("night", at + 1) if after_dose and ends else at + 1

    def _in(self, at: int) -> int:
        """ "in 200ml of water" is not a dose."""
        if self._peek(at + 1).kind == "num" and self._peek(at + 2).word == "ml":
            near = self.tokens[at + 3 : at + 7]
            fluid = next((place for place, token in enumerate(near) if token.word in FLUIDS), None)
            if fluid is not None:
                return at + 4 + fluid
        return at + 1

    def _after(self, at: int) -> int:
        """ "after 1 week" says when, not how often."""
        if self._peek(at + 1).kind == "num" and self._peek(at + 2).kind == "period":
            return at + 3
        return at + 1

    # --- limits, when required, steps

    def _mark_up_to(self, at: int) -> int:
        if self._peek(at + 1).kind == "num" and self._peek(at + 2).kind == "period":
            return at + 3
        self._up_to = True
        return at + 1

    def _max(self, at: int) -> int:
        """The most in a day: "max 8 in 24 hours", "maximum 4 doses a day", "max tds"."""
        place = at + 1
        while self._peek(place).kind == "noise" or self._peek(place).word in (":", "-", "is", "dose", "daily"):
            place += 1
        token = self._peek(place)
        if token.kind in ("per_day", "count"):
            after = place + 1 if token.kind == "per_day" else self._after_period(place + 1)
            if token.kind == "count" and after == place + 1:
                raise CannotRead
            return self._times_limit(token.value, after)
        if token.kind not in ("num", "fraction"):
            return at + 1
        if self._peek(place + 1).kind == "period":
            return place + 2
        number = token.value
        if self._peek(place + 1).kind == "times":
            return self._times_limit(number, self._after_period(place + 2))
        amount = read_amount(self.tokens, place)
        after = self._after_period(amount.end)
        if after == amount.end and amount.high < (self.part.high or 0):
            raise CannotRead  # no period, and less than one dose: a limit of what?
        return self._limit_found(amount.high, amount.unit or "", after)

    def _times_limit(self, number: float, after: int) -> int:
        """At most so many times a day: the times themselves where no others are given."""
        if not self.part.rates:
            self._up_to = False
            self.part.rates.append(Rate(number, number, 1, capped=True))
        if self.part.has_dose:
            return self._limit_found(number, "dose", after)
        return after

    def _limit_found(self, number: float, unit: str, after: int) -> int:
        if self.result.limit is not None and (self.result.limit, self.result.limit_unit) != (number, unit):
            raise CannotRead
        self.result.limit, self.result.limit_unit = number, unit
        self._up_to = False
        return after

    def _prn(self, at: int) -> int:
        word = self._peek(at).word
        self.result.prn = True
        if word.startswith(("at onset", "at the onset", "at first", "at the first", "after each", "after every")):
            self.result.event = self.part.once = True
            self.result.reason = True
        return at + 1

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
        if not self.part.empty:
            self.result.stepped |= self._peek(at + 1).kind == "prn"
            self.part = Part()
            self.result.steps.append([self.part])
        return at + 1

    def _unknown_step(self, at: int) -> int:
        """Steps in no figures ("reduce by 1 every week"), or a dose that may be repeated: what follows is not summed."""
        token = self._peek(at)
        self.result.unknown_step = True
        if token.kind == "later" or "repeat" in token.word:
            return self._clause_end(at + 1, "max", "prn" if token.kind == "later" else "max")
        return len(self.tokens)

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
                self.part.course = True
                return after + 1
            if self._peek(after).word in ("dose", "night"):
                return after + 1
            return place
        if token.kind in ("span", "period"):
            self.part.course = True
            return place + 1
        if token.kind == "other" and token.word not in _ROUTE_WORDS:
            self.result.reason = True
        while self._peek(place).kind in ("other", "noise") and self._peek(place).word not in UNSAFE:
            place += 1
        return place

    def _span(self, at: int) -> int:
        """ "2/52" after the times is how long; without times it may be how often, and is not guessed at."""
        if not self.part.has_times or self._peek(at).word == "7":
            raise CannotRead
        self.part.course = True
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
        return self._times_found(low, high, after + (self._peek(after).kind == "times"))

    def _if(self, at: int) -> int:
        """ "if constipated", "when agitated": when required, for a reason. The clause may hold numbers of its own."""
        if self._peek(at + 1).word in _NOT_WHEN_REQUIRED:
            return at + 1
        self.result.prn = True
        self.result.reason = self.result.reason or self._peek(at + 1).kind in ("other", "noise", "in")
        place = at + 1
        while place < len(self.tokens) and self._peek(place).kind not in _STOPS_IF:
            duration = self._peek(place + 1).kind == "period" and self._peek(place).kind == "num"
            if self._peek(place).kind == "num" and not duration:
                break
            place += 2 if duration else 1
        return place

    # --- joins, marks, words

    def _and(self, at: int) -> int:
        self._joined = "and"
        return at + 1

    def _or(self, at: int) -> int:
        if self._peek(at + 1).kind in ("num", "count", "per_day", "every", "adverb", "fraction"):
            raise CannotRead
        return at + 1

    def _mark(self, at: int) -> int:
        mark = self._peek(at).word
        if mark == "(":
            return self._bracket(at)
        if mark == "%":
            raise CannotRead
        if mark in _SENTENCE_ENDS:
            self._sentence_ended = True
            self._up_to = False
        self._joined = "," if mark == "," else ""
        return at + 1

    def _event(self, at: int) -> int:
        """ "before each feed": how often that is nobody can say."""
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
        return self._clause_end(at + 1, "max", "directed")

    def _clause_end(self, at: int, *stops: str) -> int:
        while at < len(self.tokens):
            token = self._peek(at)
            if token.word in (*_SENTENCE_ENDS, "--") or token.kind in stops or token.kind == "then":
                return at
            at += 1
        return at

    def _fluid(self, at: int) -> int:
        near = self.tokens[at + 1 : at + 12]
        fluid = next((place for place, token in enumerate(near) if token.word in FLUIDS), None)
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
        if not said.parts:
            return close
        if len(said.parts) == 1 and not said.parts[0].has_times and self.part.has_dose:
            only = said.parts[0]
            if only.unit is None and only.high == self.part.high:
                return close
            if only.low is None or only.high is None:
                return close
            if not self._other_way_of_saying(Amount(only.low, only.high, only.unit, close)):
                raise CannotRead
            return close
        if not self.part.has_times:
            return at + 1
        if not _says_the_same(self.part, said):
            raise CannotRead
        return close


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
