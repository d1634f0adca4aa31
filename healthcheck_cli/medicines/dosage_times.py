"""Reads the words of when and how often: "twice a day", "every 4 to 6 hours", "mane", "on Mondays"."""

from __future__ import annotations

from healthcheck_cli.medicines.dosage_amounts import read_range
from healthcheck_cli.medicines.dosage_building import Building
from healthcheck_cli.medicines.dosage_parts import CannotRead, Rate
from healthcheck_cli.medicines.dosage_words import FLUIDS, SUPPLIED, SUPPLY


class TimesReader(Building):
    """The tokens that say when. Each method takes the place of its token and returns the place after what it used."""

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
        dispensed = following.word in SUPPLIED and self._peek(at + 2).kind in ("adverb", "every", "in", "num")
        if (following.word in SUPPLY and not dispensed) or self._peek(at - 1).word in SUPPLIED:
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
        raise CannotRead

    def _slot(self, at: int) -> int:
        return self._slot_found(self._peek(at).word, at + 1)

    def _weekday(self, at: int) -> int:
        """ "Monday, Wednesday and Friday", "Monday to Friday", "weekdays"."""
        token, days = self._peek(at), self.part.weekdays
        if token.kind == "weekdays":
            days.update(range(5))
        elif token.kind == "weekends":
            days.update((5, 6))
        elif (self._peek(at + 1).kind == "to" or self._peek(at + 1).word == "-") and self._peek(
            at + 2
        ).kind == "weekday":
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
        before = self._peek(at - 1)
        after_dose = before.kind in ("num", "unit", "stroke", "slot", "plus", "and") or before.word in ("/", "-", ",")
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

    def _span(self, at: int) -> int:
        """ "2/52" after the times is how long; without times it may be how often, and is not guessed at."""
        if not self.part.has_times or self._peek(at).word == "7":
            raise CannotRead
        self.part.course = True
        return at + 1

    def _slash(self, at: int) -> int:
        """ "20mg/day", "10mg/24h"; a rate by the hour is not read."""
        period = self._per_period(at)
        if period is None or self.part.has_times:
            raise CannotRead
        return self._rate_found(Rate(1, 1, period[0]), period[1])
