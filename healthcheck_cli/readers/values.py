"""The small values that every source writes in its own way: numbers, yes and no, sex, codes, measurements."""

from __future__ import annotations

import math
import re

_BETWEEN_FIGURES = re.compile(r"[\s-]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_MEASURED = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([A-Za-z%µ°][^\s,;]*)")
_CODE = re.compile(r"[0-9A-Za-z.]+")
_BROKEN_CODE = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+|\d+\.0+")
_DECIMAL_COMMA = re.compile(r"(?<![\d,.])(\d+),(\d{1,2})(?![\d,.])")
_STATUS = {
    **dict.fromkeys(("active", "current", "in use", "true", "yes", "y", "1"), True),
    **dict.fromkeys(("past", "ended", "stopped", "inactive", "discontinued", "cancelled", "completed"), False),
    **dict.fromkeys(("not current", "historical", "false", "no", "n", "0"), False),
}
_KINDS = {
    **dict.fromkeys(("acute", "once", "one off", "one-off", "only once", "stat", "single"), True),
    **dict.fromkeys(("repeat", "repeat dispensing", "repeat dispensed", "automatic", "regular"), False),
}
_FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}


def number_in(value: object) -> float | None:
    """The number that a value is or spells out; None for anything else, for NaN and for infinity.

    >>> number_in("82.5"), number_in("82 kg"), number_in(float("nan"))
    (82.5, None, None)
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def flag_in(value: object) -> bool | None:
    """Yes or no in the words people use for them; None for anything else.

    >>> flag_in("Yes"), flag_in("n"), flag_in("maybe")
    (True, False, None)
    """
    return value if isinstance(value, bool) else _FLAGS.get(str(value).strip().casefold())


def nhs_number_in(text: str) -> str:
    """An NHS number as numbers are compared: without what is written between its figures.

    >>> nhs_number_in("943 476-5919")
    '9434765919'
    """
    return _BETWEEN_FIGURES.sub("", text)


def status_in(text: str) -> bool | None:
    """Is a medicine taken, in the words a source has for it: True, or False where it is over; None for anything else.

    >>> status_in("Active"), status_in("Past"), status_in("Issued")
    (True, False, None)
    """
    return _STATUS.get(" ".join(text.casefold().split()))


def one_off_in(text: str) -> bool | None:
    """Is a medicine issued once, in the words that systems have for the type of a prescription; None for others.

    >>> one_off_in("Acute"), one_off_in("Repeat Dispensing"), one_off_in("Private")
    (True, False, None)
    """
    return _KINDS.get(" ".join(text.casefold().split()))


def decimal_point(text: str) -> str:
    """A decimal comma as a point. Three figures after the comma may be thousands, and are left as they are.

    >>> decimal_point("82,4 kg"), decimal_point("1,250"), decimal_point("1, 2")
    ('82.4 kg', '1,250', '1, 2')
    """
    return _DECIMAL_COMMA.sub(r"\1.\2", text) if "," in text else text


def age_in(value: object) -> int | None:
    """An age in whole years, 0 to 130; None for anything else."""
    number = number_in(value)
    return int(number) if number is not None and number.is_integer() and 0 <= number <= 130 else None


def code_in(text: str) -> str | None:
    """A code as text; None for one that a spreadsheet has turned into a rounded number: it cannot be put right.

    >>> code_in('="219168008"'), code_in("4.55911E+15")
    ('219168008', None)
    """
    text = text.removeprefix('="').removesuffix('"')
    return text if _CODE.fullmatch(text) and not _BROKEN_CODE.fullmatch(text) else None


def measured_value(text: str, unit: str) -> tuple[float | str | None, str]:
    """A value as a number where it is one, with its unit where the value itself carries it.

    >>> measured_value("82 kg", ""), measured_value("< 5", "mg/L"), measured_value("", "")
    ((82.0, 'kg'), ('< 5', 'mg/L'), (None, ''))
    """
    text = text.strip()
    number = number_in(text)
    if number is not None:
        return number, unit
    if not unit and (match := _MEASURED.fullmatch(text)) and (number := number_in(match[1])) is not None:
        return number, match[2]
    return text or None, unit
