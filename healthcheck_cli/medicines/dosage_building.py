"""Puts what a reader finds in its place: a dose, a rate, a time of day, a limit.

Each method returns the place after what it used. Where something fits nothing, the directions are given up
(CannotRead): a figure that is not certain is not given.
"""

from __future__ import annotations

from healthcheck_cli.medicines.dosage_amounts import Amount
from healthcheck_cli.medicines.dosage_parts import CannotRead, Directions, Part, Rate
from healthcheck_cli.medicines.dosage_tokens import Token
from healthcheck_cli.medicines.dosage_words import AMOUNT_UNITS

_END = Token("end")
SENTENCE_ENDS = (".", ";", "\n", "(", ")")
_LEAST_QUANTITY = 7  # "14 tablets. One twice a day": so many in a sentence of their own are what is supplied
LEAST_TRAILING_QUANTITY = 14  # "one daily, 28 tablets"
_MOST_WITHOUT_UNIT = 20  # "28 daily": a quantity, or mg, but hardly a count
_SUPPLIED_UNITS = ("tablet", "capsule", "sachet", "patch", "ampoule", "vial", "suppository", "pessary")


class Building:
    """The directions as far as they are read, and the part that is being read now."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.part = Part()
        self.result = Directions([[self.part]])
        self._up_to = False  # "up to" just before
        self._joined = ""  # "and" or "," just before
        self._sentence_ended = False
        self._prn_said = False  # "1 mane prn": what follows may be regular
        self._applied = False  # "apply 5ml": how much cream, not a dose, and so for the rest
        self._diluted = False  # "in 10ml of water": an amount of the mixture is not an amount of what went into it

    def _peek(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else _END

    def _dose_found(self, amount: Amount) -> int:
        """Put an amount in its place: this part, the other way of saying its dose, or a new part."""
        part = self.part
        if self._is_supply(amount):
            return amount.end
        if amount.high <= 0 or (amount.unit is None and amount.high > _MOST_WITHOUT_UNIT):
            raise CannotRead
        if self._diluted and part.has_dose:
            raise CannotRead
        if part.has_dose and not part.has_times and not part.once:
            return self._second_amount(amount)
        if part.has_dose or (part.has_times and not self._dose_after_times()):
            self._new_part()
            part = self.part
        part.low, part.high, part.unit, part.also = amount.low, amount.high, amount.unit, amount.also
        if self._up_to:
            part.low, self._up_to = 0.0, False
        self._sentence_ended = False
        self._joined = ""
        return amount.end

    def _quantity_before(self) -> bool:
        """ "14 tablets. One twice a day": a sentence of its own before this one said how many are supplied."""
        part = self.part
        many = part.low == part.high and (part.high or 0) >= _LEAST_QUANTITY and part.unit not in AMOUNT_UNITS
        return self._sentence_ended and many and not part.has_times

    def _times_are_due(self) -> bool:
        """Is there a dose that still wants its times, so that a number now says how often?"""
        return self.part.has_dose and not self.part.has_times and not self._quantity_before()

    def _only_a_quantity(self) -> bool:
        """ "28 tablets - one daily": so many things and no time are not a dose."""
        part = self.part
        return not part.has_times and (part.high or 0) >= LEAST_TRAILING_QUANTITY and part.unit in _SUPPLIED_UNITS

    def _is_supply(self, amount: Amount) -> bool:
        """ "one daily, 28 tablets": what is handed out, at the end of directions that are complete without it."""
        following = self._peek(amount.end)
        ends = following.kind == "end" or following.word in (*SENTENCE_ENDS, "supply", "supplied")
        many = amount.low == amount.high >= LEAST_TRAILING_QUANTITY and amount.high == int(amount.high)
        complete = self.part.has_dose and self.part.has_times
        return ends and many and complete and amount.unit in _SUPPLIED_UNITS and amount.also is None

    def _dose_after_times(self) -> bool:
        """ "daily 0.2ml": the times may come first, in the same sentence."""
        return not self.part.has_dose and len(self.result.parts) == 1 and not self._sentence_ended

    def _second_amount(self, amount: Amount) -> int:
        part = self.part
        if self._quantity_before():
            part.low, part.high, part.unit = amount.low, amount.high, amount.unit  # "14 tablets. One twice a day"
            self._sentence_ended = False
            return amount.end
        if self._joined == "and" and part.also is not None:
            raise CannotRead  # "1 tablet of 2mg plus 1 tablet of 0.5mg": two things at once
        if self._up_to and amount.unit is not None:
            return self._limit_found(amount.high, amount.unit, self._after_period(amount.end))
        again = self._peek(amount.end + 2).kind == "later"  # the same a second time, "6 hours later"
        if not self._other_way_of_saying(amount, same=again):
            raise CannotRead
        return amount.end

    def _other_way_of_saying(self, amount: Amount, *, in_brackets: bool = False, same: bool = False) -> bool:
        """ "15mg (six tablets)": the tablets are the dose, and the mg stand beside it; "1.2mg (0.2ml)" stays in mg."""
        part = self.part
        if amount.unit is None or part.unit == amount.unit or amount.low != amount.high:
            return (
                (in_brackets or same)
                and amount.unit == part.unit
                and (amount.low, amount.high) == (part.low, part.high)
            )
        if part.unit is None and not in_brackets:
            return False
        if (
            part.unit in AMOUNT_UNITS
            and part.unit != "ml"
            and amount.unit not in AMOUNT_UNITS
            and part.high is not None
        ):
            part.also = (part.high, part.unit)
            part.low, part.high, part.unit = amount.low, amount.high, amount.unit
            return True
        part.also = (amount.high, amount.unit)
        return True

    def _new_part(self) -> None:
        """The next dose: a new step where the last one had an end of its own ("for 7 days")."""
        stepped = self.part.course
        if self._prn_said and not stepped:
            raise CannotRead  # "1 mane prn, 2 nocte": which of them is when required?
        self.part = Part()
        if stepped:
            self.result.steps.append([self.part])
        else:
            self.result.steps[-1].append(self.part)

    def _rate_found(self, rate: Rate, after: int) -> int:
        if self._up_to:
            rate = Rate(rate.low, rate.high, rate.days, capped=True, interval=rate.interval)
            self._up_to = False
        self.part.rates.append(rate)
        self._joined = ""
        return after

    def _interval_found(self, low: float, high: float, days: float, after: int) -> int:
        """Every ``low`` to ``high`` periods of ``days`` days."""
        if low <= 0 or days <= 0:
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

    def _limit_found(self, number: float, unit: str, after: int) -> int:
        if self.result.limit is not None and (self.result.limit, self.result.limit_unit) != (number, unit):
            raise CannotRead
        self.result.limit, self.result.limit_unit = number, unit
        self._up_to = False
        return after

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

    def _slot_found(self, slot: str, after: int) -> int:
        part = self.part
        last = part.slots[-1] if part.slots else ""
        if self._prn_said and part.slots and slot not in part.slots:
            raise CannotRead
        if part.has_times and not part.has_dose and self._sentence_ended and len(self.result.parts) > 1:
            raise CannotRead
        same_time = not self._joined and _same_time(last, slot)
        clocks = [time for time in (last, slot) if time.startswith("clock")]
        if last and not self._joined and not same_time and len(clocks) == 1:
            raise CannotRead  # "mane at 8pm"
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

    def _clause_end(self, at: int, *stops: str) -> int:
        while at < len(self.tokens):
            token = self._peek(at)
            if token.word in (*SENTENCE_ENDS, "--") or token.kind in stops or token.kind == "then":
                return at
            at += 1
        return at


def _same_time(before: str, slot: str) -> bool:
    """Is a clock time the same as the time of day beside it ("in the evening at 6pm", "8 o'clock at night")?"""
    clocks = [time for time in (before, slot) if time.startswith("clock")]
    if len(clocks) != 1:
        return False
    clock, other = clocks[0], slot if before == clocks[0] else before
    if not other or other == "meal":
        return False
    if clock.endswith(("morning", "am")):
        return other == "morning"
    return not clock.endswith(("evening", "pm")) or other != "morning"
