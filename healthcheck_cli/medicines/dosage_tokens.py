"""Splits directions into tokens: numbers, units, times, and the phrases of ``dosage_phrases``.

A token is what a word means, not what it looks like: "t.d.s.", "tid" and "TDS" are one token. Words that mean nothing
here are kept as ``noise`` (known) or ``other`` (not known); nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from healthcheck_cli.medicines import dosage_words as words
from healthcheck_cli.medicines.dosage_phrases import PHRASES, SAME_AS
from healthcheck_cli.medicines.dosage_spelling import respelt


class Token(NamedTuple):
    """One token. ``value`` is a number, a count a day, or days, by ``kind``; ``word`` is its canonical word."""

    kind: str
    word: str = ""
    value: float = 0.0


_FRACTIONS = {"½": " halfsign ", "¼": " quartersign ", "¾": " threequarters "}
_TIDY = str.maketrans(
    {**_FRACTIONS, "–": "-", "—": "-", "−": "-", "×": "x", "’": "'", "µ": "μ", "\u00a0": " ", "*": ".", "_": " "}
)
_SLASH_S = re.compile(r"(?<=[a-z])/s\b")  # "tab/s"
_TIMES = re.compile(r"(?<=\d)x(?=(?:a|day|daily|week|weekly|wk)\b)")  # "4xday"
_DOT_UNIT = re.compile(r"(?<=\d)\.(?=\s?(?:mg|mcg|ml|g)\b)")  # "10.mg"
_MWF = re.compile(r"\bm\s?[/, ]?\s?w\s?[/, ]?\s?f\b")  # Monday, Wednesday and Friday
_HYPHENS = re.compile(  # "twice-daily", "one-a-day"
    r"\b(once|twice|thrice|times|every|other|alternate|a)-(?=[a-z])|(?<=\w)-(?=times\b|a[- ](?:day|week|month)\b)"
)
_SPACES = re.compile(r"[ \t\r]+")
_DOTTED = re.compile(r"\b[a-z](?:\.[a-z]){1,3}\b\.?")
_RAW = re.compile(
    r"""(?P<reference>\b(?:issue|repeat|rpt|iss)\s?(?:no\.?|number|\#)?\s?:?\s?\d+\s?(?:of|/|out\sof)\s?\d+
        |\b\d{1,2}\s?of\s?\d{1,2}\b(?!\s?(?:mg|mcg|micro|ml|g\b|x|\d|\.|/)))
    |(?P<date>\d{1,2}/\d{1,2}/\d{2,4}\b|\d{4}-\d\d-\d\d|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{2,4}\b)
    |(?P<clock>\d{1,2}[:.]\d\d\s?(?:am|pm)\b|\d{1,2}:\d\d\b|\d{1,2}\s?o'?\s?clock
        |(?:0\d|1\d|2[0-3])[0-5]\d\s?(?:hrs?|hours?|h)\b|0\d[0-5]\d\b)
    |(?P<strength>\d+(?:\.\d+)?\s?(?:mg|mcg|micrograms?|μg|units?|g)\s?(?:
        (?:/|per|in)\s?\d*(?:\.\d+)?\s?mls?\b|/\s?(?:hours?|hrs?|h)\b|/\s?24\s?(?:hours?|hrs?|h)(?=\s+\w*\s?patch)))
    |(?P<span>\d+/(?:7|52|12)\b)
    |(?P<fraction>(?<![\d/])(?:1/2|1/4|3/4|1/3|2/3)(?![\d/]))
    |(?P<odd>\d+,\d{1,2}(?!\d)|(?<![\d.,])0\d+(?!\d*[.:])|\b[lo]\d+|\d+o+(?=\s*(?:mg|mcg|ml)?\b)|\?
        |(?:^\s*|[\n(]\s?|\b(?:take|give)\s)-(?=\.?\d))
    |(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<hour>\d{1,2}(?:am|pm)\b)
    |(?P<number>\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?|\.\d+)
    |(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    |(?P<dash>\s-\s)
    |(?P<mark>[-/+,;:().&%<>\n])""",
    re.VERBOSE,
)
_LARGEST_NUMBER = 1_000_000  # a telephone or a record number, not a dose
_SIGNS = ("halfsign", "quartersign", "threequarters")
_LETTERS = ("c", "m", "n")  # "2c bd", "1m 1n"
_SPAN_DAYS = {"7": 1.0, "52": 7.0, "12": words.DAYS_IN_MONTH}
_SINGLE = {"and": "and", "&": "and", "+": "plus", "plus": "plus", "or": "or", "to": "to", "for": "for", "at": "at",
           "on": "on", "x": "x", "times": "times", "time": "times", "every": "every", "each": "every", "per": "every",
           "q": "q", "a": "a", "an": "a", "if": "if", "when": "if", "whenever": "if", "after": "after", "in": "in",
           "later": "later", "weekdays": "weekdays", "weekends": "weekends", "weekday": "weekdays",
           "weekend": "weekends", "until": "noise"}  # fmt: skip


def _phrase_table() -> dict[tuple[str, ...], list[tuple[tuple[str, ...], str, str]]]:
    """Phrases by their first two words (or one), the longest first: words, kind, and the phrase or what it means."""
    table: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, str]]] = {}
    for kind, phrases in PHRASES.items():
        for phrase in phrases:
            parts = tuple(phrase.split())
            table.setdefault(parts[:2], []).append((parts, kind, phrase))
    for phrase, same in SAME_AS.items():
        parts = tuple(phrase.split())
        table.setdefault(parts[:2], []).append((parts, "", same))
    for choices in table.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return table


_PHRASES = _phrase_table()


def tokenise(text: str) -> list[Token]:
    """The tokens of directions, in order. Never raises.

    >>> [token.kind for token in tokenise("1 tab t.d.s. prn")]
    ['num', 'unit', 'per_day', 'prn']
    """
    plain = text.casefold().translate(_TIDY).replace("(s)", "").replace("(es)", "")
    plain = _DOT_UNIT.sub(" ", plain)
    plain = _MWF.sub("mon wed fri", _TIMES.sub(" x ", _SLASH_S.sub("", plain)))
    plain = _HYPHENS.sub(r"\1 ", _SPACES.sub(" ", plain))
    plain = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", plain)
    raw = [_raw_token(match) for match in _RAW.finditer(plain)]
    tokens: list[Token] = []
    at = 0
    while at < len(raw):
        found = _phrase_at(raw, at)
        if found is not None:
            token, length = found
            tokens.append(token)
            at += length
            continue
        tokens.extend(_single(*raw[at]))
        at += 1
    return _joined_numbers(tokens)


def _known_words() -> frozenset[str]:
    """Every word that the tables know; any other may be a slip of the keyboard."""
    tables: tuple[Iterable[str], ...] = (
        _SINGLE, words.NUMBERS, words.COUNTS, words.TIMES_A_DAY, words.ADVERBS, words.ORDINALS, words.PERIODS,
        words.SPOONS, words.UNITS, words.SLOTS, words.WEEKDAYS, words.STROKES, words.NOISE, words.UNSAFE, words.SUPPLY,
        words.SUPPLIED, words.FLUIDS, words.LENGTHS, words.EVENTS, words.MONTHS,
    )  # fmt: skip
    phrases = [phrase for group in PHRASES.values() for phrase in group] + list(SAME_AS)
    return frozenset(word for table in (*tables, *(phrase.split() for phrase in phrases)) for word in table)


_KNOWN = _known_words()


def is_word_of_directions(word: str) -> bool:
    """Is the word (small letters) one that directions are written in?"""
    return word in _KNOWN


def _raw_token(match: re.Match[str]) -> tuple[str, str]:
    """Kind and text; a word that is not known, stuck to a figure ("5megaunits"), may be its unit and is odd."""
    kind, text = match.lastgroup or "", _spelt(match.group())
    stuck = kind == "word" and match.start() > 0 and match.string[match.start() - 1].isdigit()
    if stuck and text not in _KNOWN and text not in _LETTERS and not text.endswith("sign"):
        return "odd", text
    return kind, text


def _spelt(raw: str) -> str:
    return respelt(raw) if raw.isalpha() and raw not in _KNOWN else raw


def _phrase_at(raw: list[tuple[str, str]], at: int) -> tuple[Token, int] | None:
    first = raw[at][1]
    second = raw[at + 1][1] if at + 1 < len(raw) else ""
    for parts, kind, phrase in (*_PHRASES.get((first, second), ()), *_PHRASES.get((first,), ())):
        end = at + len(parts)
        if len(parts) > 2 and tuple(word for _, word in raw[at:end]) != parts:
            continue
        if phrase == "half" and parts[-1] == "a" and end < len(raw) and raw[end][1] in words.PERIODS:
            continue  # "one and a half a day"
        return Token(kind, phrase) if kind else _word(phrase), len(parts)
    return None


def _single(kind: str, text: str) -> list[Token]:
    if kind == "hour":  # written together, so that "2pm" is told from "2 pm", which may be two in the evening
        return [Token("num", text, float(text[:-2])), _word(text[-2:])]
    if kind == "number":
        value = float(text.replace(",", ""))
        return [Token("num" if value <= _LARGEST_NUMBER else "odd", text, value)]
    if kind == "fraction":
        above, below = text.split("/")
        return [Token("fraction", text, float(above) / float(below))]
    if kind == "span":
        count, base = text.split("/")
        return [Token("span", base, float(count) * _SPAN_DAYS[base])]
    if kind == "clock":
        return [Token("slot", f"clock {''.join(text.split())}")]
    if kind in ("date", "strength", "odd", "reference"):
        return [Token(kind, text)]
    if kind == "dash":
        return [Token("mark", "--")]
    if kind == "mark" and text not in _SINGLE:
        return [Token("mark", text)]
    return [_word(text)]


def _word(word: str) -> Token:
    """The token of one word. Numbers, units and times come before noise, for some words are both."""
    if word in _SINGLE:
        return Token(_SINGLE[word], word)
    for kind, table in (("num", words.NUMBERS), ("count", words.COUNTS), ("per_day", words.TIMES_A_DAY),
                        ("adverb", words.ADVERBS), ("ordinal", words.ORDINALS), ("period", words.PERIODS),
                        ("spoon", words.SPOONS)):  # fmt: skip
        if word in table:
            return Token(kind, word, table[word])
    if word == "unitdose":  # a thing of a size, not a size
        return Token("unit", "dose", 1.0)
    for kind, names in (("unit", words.UNITS), ("slot", words.SLOTS)):
        if word in names:
            return Token(kind, names[word])
    if word in words.EVENTS:
        return Token("event", word)
    if word in words.MONTHS:
        return Token("month_name", word)
    if word in words.WEEKDAYS:
        return Token("weekday", word, float(words.WEEKDAYS[word]))
    if word in words.STROKES:
        return Token("stroke", word, words.STROKES[word])
    return Token("noise" if word in words.NOISE else "other", word)


def _joined_numbers(tokens: list[Token]) -> list[Token]:
    """Numbers of several words become one: twenty four · one and a half · 1 1/2.

    A fraction alone keeps its kind: "1/2 bd" may be a half or "1 or 2", and the reader decides.
    """
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        before = joined[-2] if len(joined) > 1 else None
        half = token.kind == "fraction" or token.word in _SIGNS
        said = half or token.word in ("half", "quarter")
        if last is not None and last.kind == "num":
            if half and last.value >= 1:
                joined[-1] = Token("num", last.word, last.value + token.value)
                continue
            tens = last.word in words.NUMBERS and token.word in words.NUMBERS
            if tens and last.value in (20, 30, 40, 50, 60, 70, 80, 90) and 1 <= token.value <= 9:
                joined[-1] = Token("num", last.word, last.value + token.value)
                continue
        if said and before is not None and before.kind == "num" and last is not None and last.kind == "and":
            joined[-2:] = [Token("num", before.word, before.value + token.value)]
            continue
        joined.append(token)
    return joined
