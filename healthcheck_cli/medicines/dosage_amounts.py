"""Reads one amount out of tokens: "1-2 tablets", "two 5ml spoonfuls", "one 75mg capsule", "10 to 20 ml"."""

from __future__ import annotations

from typing import NamedTuple

from healthcheck_cli.medicines.dosage_parts import CannotRead
from healthcheck_cli.medicines.dosage_tokens import Token
from healthcheck_cli.medicines.dosage_words import AMOUNT_UNITS, IN_MG

_END = Token("end")
_MOST_ADJECTIVES = 2  # "one soluble tablet", "one prolonged release tablet"


class Amount(NamedTuple):
    """An amount of a time: low and high in ``unit``, the place after it, and the same said in mg where it is said."""

    low: float
    high: float
    unit: str | None
    end: int
    also: tuple[float, str] | None = None


def _peek(tokens: list[Token], at: int) -> Token:
    return tokens[at] if 0 <= at < len(tokens) else _END


def joins_range(token: Token) -> bool:
    """Does it join the two ends of a range: a dash, "to", "or"?"""
    return token.word in ("-", "--") or token.kind in ("to", "or")


def read_range(tokens: list[Token], at: int) -> tuple[float, float, int]:
    """The number at ``at``, or the range that begins there ("1-2", "one or two", "two to three")."""
    first, join, second = _peek(tokens, at), _peek(tokens, at + 1), _peek(tokens, at + 2)
    joined = joins_range(join)
    if first.kind == "fraction":
        return _read_fraction(tokens, at)
    if not joined or second.kind != "num":
        return first.value, first.value, at + 1
    if second.value < first.value or (join.word == "--" and _peek(tokens, at + 3).kind == "times"):
        raise CannotRead  # "1 - 2 times a day": one, twice a day, or once or twice a day
    return first.value, second.value, at + 3


def _read_fraction(tokens: list[Token], at: int) -> tuple[float, float, int]:
    """ "1/2 a tablet" is a half; "3/4 times a day" is 3 to 4; "1/2 bd" could be either, and is not read."""
    token, following = tokens[at], _peek(tokens, at + 1)
    top = _peek(tokens, at + 2)
    if joins_range(following) and top.kind == "num" and top.value >= 1:
        return token.value, top.value, at + 3
    if following.word == "of" and _peek(tokens, at + 2).kind == "a":
        return token.value, token.value, at + 3
    if following.kind == "times":
        low, high = (float(figure) for figure in token.word.split("/"))
        return low, high, at + 1
    whole_word = following.word in ("tablet", "capsule", "patch", "sachet", "suppository") and following.value == 0
    if following.kind in ("a", "spoon") or whole_word or following.word in ("measuring", "level"):
        return token.value, token.value, at + 1 + (following.kind == "a")
    raise CannotRead


def read_amount(tokens: list[Token], at: int) -> Amount:
    """The amount that begins with the number at ``at``. Raises CannotRead where two numbers stand side by side."""
    low, high, after = read_range(tokens, at)
    following = _peek(tokens, after)
    if following.kind == "a" and _peek(tokens, after + 1).kind in ("unit", "spoon"):
        after += 1
        following = _peek(tokens, after)
    if following.kind == "spoon":
        return Amount(low * following.value, high * following.value, "ml", after + 1)
    if following.kind == "unit":
        return _with_unit(tokens, low, high, after)
    if following.kind == "num":
        return _of_size(tokens, low, high, after)
    unit = _unit_after_adjectives(tokens, after)
    if unit is not None and _peek(tokens, unit).kind == "spoon":
        spoon = _peek(tokens, unit).value
        return Amount(low * spoon, high * spoon, "ml", unit + 1)
    if unit is not None:
        return Amount(low, high, _peek(tokens, unit).word, unit + 1)
    return Amount(low, high, None, after)


def _with_unit(tokens: list[Token], low: float, high: float, at: int) -> Amount:
    unit = _peek(tokens, at).word
    join, number, again = (_peek(tokens, at + step) for step in (1, 2, 3))
    if joins_range(join) and number.kind == "num" and again.kind == "unit":
        top = _in_unit(number.value, again.word, unit)
        if top is None or top < high:
            raise CannotRead
        return Amount(low, top, unit, at + 4)
    if unit == "ml" and join.kind == "spoon":
        return Amount(low, high, unit, at + 2)
    if unit in AMOUNT_UNITS and join.kind == "unit" and join.word not in AMOUNT_UNITS:
        return Amount(low, high, unit, at + 2)  # "40mg tablet"
    return Amount(low, high, unit, at + 1)


def _in_unit(value: float, unit: str, wanted: str) -> float | None:
    """An amount in another unit of mass ("500mg-1g"); None where the two are not comparable."""
    if unit == wanted:
        return value
    if unit in IN_MG and wanted in IN_MG:
        return value * IN_MG[unit] / IN_MG[wanted]
    return None


def _of_size(tokens: list[Token], low: float, high: float, at: int) -> Amount:
    """ "one 5ml spoonful" is 5 ml; "one 75mg capsule" is one capsule; "one 6mg dose" is 6 mg; "1 2" is not read."""
    size, unit, form = (_peek(tokens, at + step) for step in (0, 1, 2))
    if unit.kind != "unit" or unit.word not in AMOUNT_UNITS:
        if (
            unit.kind in ("times", "period", "adverb", "slot")
            or unit.word in ("-", "/")
            or unit.kind in ("to", "or", "a", "in")
            or (unit.kind == "x" and (form.kind in ("adverb", "period", "a", "every") or form.word == "/"))
        ):
            if unit.word == "/" and low == high and size.value == high + 1:
                raise CannotRead  # "1 2/day": one, twice a day, or one or two a day
            return Amount(low, high, None, at)  # the second number is how often
        raise CannotRead
    if form.kind == "spoon" or (form.word in ("dose", "measure") and form.value == 0):
        return Amount(low * size.value, high * size.value, unit.word, at + 3)
    if form.kind == "unit":
        return Amount(low, high, form.word, at + 3, also=(high * size.value, unit.word))
    raise CannotRead


def _unit_after_adjectives(tokens: list[Token], at: int) -> int | None:
    for place in range(at, at + _MOST_ADJECTIVES + 1):
        token = _peek(tokens, place)
        if token.kind in ("unit", "spoon") and place > at:
            return place
        if token.kind != "other" and token.word != "-":
            return None
    return None
