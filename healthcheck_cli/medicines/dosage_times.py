"""Reads the words of when and how often: "twice a day", "every 4 to 6 hours", "mane", "on Mondays"."""

from __future__ import annotations

from healthcheck_cli.medicines.dosage_amounts import read_range
from healthcheck_cli.medicines.dosage_building import Building
from healthcheck_cli.medicines.dosage_parts import CannotRead, Rate
from healthcheck_cli.medicines.dosage_tokens import Token
from healthcheck_cli.medicines.dosage_words import FLUIDS, IN_MG, SUPPLIED, SUPPLY

_ONE_OF_SEVERAL = ("first", "second", "third", "fourth", "last")
_BEFORE_A_DATE = (
    "from",
    "starting",
    "started",
    "start",
    "starts",
    "commence",
    "commencing",
    "since",
    "until",
    "till",
    "this",
    "by",
)


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
        words = {token.word for token in self.tokens}
        if self._peek(at).word == "od" and words & {"eye", "eyes", "drop"} and not words & set(IN_MG):
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
        before = self._peek(at - 1).word
        if before in _ONE_OF_SEVERAL or (before[:1].isdigit() and before.endswith(("st", "nd", "rd", "th"))):
            raise CannotRead  # "first Monday of the month"
        if self._peek(at - 1).word in _BEFORE_A_DATE or self._peek(at - 2).word in _BEFORE_A_DATE:
            return at + 1  # "from Monday"
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
        """ "at 8", "at 8am, 2pm and 10pm": times of day where nothing else follows the number."""
        clocks = self._clocks(at + 1)
        if len(clocks) > 1:
            for name, _ in clocks:
                self._slot_found(name, at)
                self._joined = ","
            return clocks[-1][1]
        hour, following = self._peek(at + 1), self._peek(at + 2)
        if hour.kind == "num" and following.word in ("-", "--"):
            raise CannotRead  # "at 8-9am"
        if hour.kind != "num" or following.kind in ("slot", "unit", "times", "period"):
            return at + 1
        if hour.value != int(hour.value) or not 0 <= hour.value <= 24:
            raise CannotRead
        return self._slot_found(f"clock {hour.value:g}", at + 2)

    def _clocks(self, at: int) -> list[tuple[str, int]]:
        """The list of hours that begins at ``at``, each with the place after it."""
        found: list[tuple[str, int]] = []
        while True:
            hour, following = self._peek(at), self._peek(at + 1)
            if hour.kind == "slot" and hour.word.startswith("clock"):
                found.append((hour.word, at + 1))
            elif hour.kind == "num" and hour.value == int(hour.value) and self._is_hour(hour, following, found):
                name = following.word if following.kind == "slot" else ""
                found.append((f"clock {hour.value:g} {name}", at + 1 + (following.kind == "slot")))
            else:
                return found
            at = found[-1][1]
            if self._peek(at).kind in ("and", "plus") or self._peek(at).word in (",", "/"):
                at += 1

    def _is_hour(self, hour: Token, following: Token, before: list[tuple[str, int]]) -> bool:
        if following.kind == "slot" and following.word in ("morning", "evening", "noon", "night"):
            return 1 <= hour.value <= 12 and (not before or hour.value >= 5 or hour.word.endswith("m"))
        written_out = len(hour.word) == 4 and hour.value <= 2359  # 0800
        if not (written_out or hour.value <= 24) or (before and not before[0][0].split()[1].isdigit()):
            return False
        bare = not before or not before[0][0].endswith(("morning", "evening"))
        return (
            bare
            and following.word not in ("-", "--")
            and following.kind in ("end", "mark", "and", "plus", "prn", "directed", "for")
        )

    def _on(self, at: int) -> int:
        """ "1 on" is every night (omni nocte); before a day or a place it is only a preposition."""
        before = self._peek(at - 1)
        after_dose = before.kind in ("num", "unit", "stroke", "slot", "plus", "and") or before.word in ("/", "-", ",")
        ends = self._peek(at + 1).kind in (
            "end", "mark", "and", "plus", "prn", "directed", "for", "num", "clause_noise",
        )  # fmt: skip
        ends = (
            ends
            or self._peek(at + 1).word in ("via", "po", "with")
            or self._peek(at + 1).kind in ("fluid", "reference")
        )
        return self._slot_found("night", at + 1) if after_dose and ends else at + 1

    def _in(self, at: int) -> int:
        """ "in 200ml of water" is not a dose."""
        if self._peek(at + 1).kind == "num" and self._peek(at + 2).word == "ml":
            near = self.tokens[at + 3 : at + 7]
            fluid = next((place for place, token in enumerate(near) if token.word in FLUIDS), None)
            self._diluted = True
            return at + 3 if fluid is None else at + 4 + fluid
        return at + 1

    def _after(self, at: int) -> int:
        """ "after 1 week", "after a week" say when, not how often."""
        if self._peek(at + 1).kind in ("num", "a") and self._peek(at + 2).kind == "period":
            return at + 3
        return at + 1

    def _span(self, at: int) -> int:
        """ "2/52" after the times is how long; without times it may be how often, and is not guessed at."""
        days = self._peek(at)
        often = any(rate.low > rate.days for rate in self.part.rates)  # "1 tds 5/7"; "1 od 5/7" may be 5 days of 7
        if not self.part.has_times or (days.word == "7" and not (often or days.value >= 7)):
            raise CannotRead
        self.part.course = True
        return at + 1

    def _slash(self, at: int) -> int:
        """ "20mg/day", "10mg/24h"; a rate by the hour is not read."""
        period = self._per_period(at)
        if period is None and self.part.has_times:
            self._joined = ","
            return at + 1  # "1 mane / 2 nocte"
        if period is None or self.part.has_times:
            raise CannotRead
        return self._rate_found(Rate(1, 1, period[0]), period[1])
