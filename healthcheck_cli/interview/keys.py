"""The keys that work at every prompt."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from healthcheck_cli.record import AnswerState

ANSWERED_BY = ("self", "supporter", "record", "observed", "measured")


class Key(Enum):
    """A key and what it does. The first eleven are promised to users; the rest came later."""

    HELP = "?"
    BACK = "b"
    NOTE = "n"
    NOT_ASKED = "-"
    DECLINED = "d"
    NOT_KNOWN = "u"
    NOT_APPLICABLE = "x"
    GO = "g"
    LIST = "l"
    PLAN = "p"
    QUIT = "q"
    ANSWERS = "a"
    WHY_NOT = "w"
    BY = "by"
    PARK = "k"
    SAME = "="


KEYS_IN_WORDS = (
    ("?", "why we ask, and help"),
    ("b", "back"),
    ("n", "write a note"),
    ("-", "not asked"),
    ("d", "declined"),
    ("u", "not known"),
    ("x", "does not apply, where allowed"),
    ("g SECTION", "go to a section, or a question id"),
    ("l", "sections and progress"),
    ("a", "answers of this section"),
    ("w", "what was left out, and why"),
    ("=", "as offered: last year's answer, or the record's"),
    ("k", "keep this section for later"),
    ("by WHO", "who answers from here on"),
    ("p", "the plan so far"),
    ("q", "save and leave"),
)

STATES: Mapping[Key, AnswerState] = {
    Key.NOT_ASKED: AnswerState.NOT_ASKED,
    Key.DECLINED: AnswerState.DECLINED,
    Key.NOT_KNOWN: AnswerState.NOT_KNOWN,
    Key.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
}
"""The keys that answer without a value, and what each says."""

_WITH_MORE = (Key.GO, Key.BY, Key.SAME)


def key_of(text: str) -> tuple[Key | None, str]:
    """The key that was typed and what follows it; None where it is no key but an answer.

    >>> key_of("g bowels")
    (<Key.GO: 'g'>, 'bowels')
    >>> key_of("green")
    (None, '')
    """
    first, _, rest = text.strip().partition(" ")
    for key in Key:
        if first.casefold() == key.value and (not rest.strip() or key in _WITH_MORE):
            return key, rest.strip()
    return None, ""
