"""Yes or no, one of several, and several of several: what was typed against what the question offers."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused

_YES = frozenset({"1", "y", "yes", "true"})
_NO = frozenset({"2", "n", "no", "false"})
_NONE = frozenset({"0", "none", "no", "nothing", "none of these"})
_MOST_READINGS = 9


@dataclass(frozen=True)
class Option:
    """One value of a question: the number that stands for it ("" where the values bring their own), and its words."""

    number: str
    value: str
    words: str


def options(question: Question) -> tuple[Option, ...]:
    """What a question offers, in order. Values that begin with a figure (texture levels, stool types) keep that figure:
    a list number beside it could be mistaken for it."""
    own_numbers = any(value[:1].isdigit() for value in question.values)
    return tuple(
        Option("" if own_numbers else str(place), value, words_of(question, value))
        for place, value in enumerate(question.values, start=1)
    )


def words_of(question: Question, value: str) -> str:
    """The words a person reads for one value."""
    return question.labels.get(value, value.replace("_", " "))


def full_words(question: Question, value: str) -> str:
    """The words for one value, with the value before them where it is a figure: a type of stool, a scale."""
    words = words_of(question, value)
    return words if not value.isdigit() or words.startswith(value) else f"{value}  {words}"


def read_yes_or_no(typed: str) -> Entry:
    """Yes or no."""
    text = _plain(typed)
    if text in _YES:
        return Accepted(value=True)
    return Accepted(value=False) if text in _NO else Refused("Type yes or no.")


def read_choice(question: Question, typed: str) -> Entry:
    """One value: its number, its name or its words, or the beginning of them where only one begins so."""
    found = _matches(question, typed)
    if len(found) == 1:
        return Accepted(found[0].value)
    return _unclear(question, typed, found, "")


def read_several(question: Question, typed: str) -> Entry:
    """Any number of values, apart by commas (figures may be apart by spaces). The value that means none of these stands
    alone; "no" and "none" stand for it."""
    pieces = [piece for piece in _split(question, typed) if piece]
    if not pieces:
        return Refused("Type the number or name of each, with commas between.")
    if question.nothing and len(pieces) == 1 and not _exact(question, pieces[0]) and _plain(pieces[0]) in _NONE:
        return Accepted((question.nothing,))
    chosen: set[str] = set()
    for place, piece in enumerate(pieces):
        found = _matches(question, piece)
        if len(found) != 1:
            frame = ", ".join([*pieces[:place], "{}", *pieces[place + 1 :]])
            return _unclear(question, piece, found, frame)
        chosen.add(found[0].value)
    if question.nothing in chosen and len(chosen) > 1:
        return Refused(f"“{words_of(question, question.nothing)}” cannot go with others.")
    return Accepted(tuple(value for value in question.values if value in chosen))


def _split(question: Question, typed: str) -> list[str]:
    if _matches(question, typed):
        return [typed]
    if re.fullmatch(r"[\d\s]+", typed):
        return typed.split()
    return [piece.strip() for piece in re.split(r"[,;]", typed)]


def _exact(question: Question, typed: str) -> tuple[Option, ...]:
    text = _plain(typed)
    return tuple(o for o in options(question) if text and text in (o.number, _plain(o.value), _plain(o.words)))


def _matches(question: Question, typed: str) -> tuple[Option, ...]:
    text = _plain(typed)
    exact = _exact(question, typed)
    if exact or not text:
        return exact[:1] if len({option.value for option in exact}) == 1 else exact
    if text.isdigit() and any(option.number for option in options(question)):
        return ()
    return tuple(o for o in options(question) if _plain(o.value).startswith(text) or _plain(o.words).startswith(text))


def _unclear(question: Question, typed: str, found: tuple[Option, ...], frame: str) -> Entry:
    """``frame`` is the whole of what was typed with {} for this piece, where several were."""
    if 1 < len(found) <= _MOST_READINGS:
        readings = tuple(frame.replace("{}", option.value) if frame else option.words for option in found)
        return Ambiguous("That could be any of these.", readings)
    names = {_plain(text): text for o in options(question) for text in (o.value, o.words)}
    near = difflib.get_close_matches(_plain(typed), names, n=1)
    hint = f" Did you mean “{names[near[0]]}”?" if near else ""
    return Refused(f"That is not one of the answers.{hint} Type its number or its name.")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("’", "'").split())
