"""Texts of a record as they may be shown: nothing in them steers a terminal or turns the direction of writing."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MARK = "\ufffd"


def visible(text: str) -> str:
    """The text without what cannot be seen: for a file that others read.

    >>> visible("Senna\\x1b[2J tablets")
    'Senna[2J tablets'
    """
    return text if text.isprintable() else "".join(it for it in text if unicodedata.category(it) not in _UNSEEN)


def marked(text: str) -> str:
    """The text with a sign for each thing that cannot be seen, so that it is noticed: for a screen. Line ends stay.

    >>> marked("a" + chr(27) + "[2J")
    'a\\ufffd[2J'
    """
    if text.isprintable():
        return text
    plain = text.replace("\t", " ").replace("\r\n", "\n")
    return "".join(it if it == "\n" or unicodedata.category(it) not in _UNSEEN else _MARK for it in plain)


def one_line(text: str) -> str:
    """The text on one line, without what cannot be seen.

    >>> one_line("one\\r\\n two\\x1b[31m")
    'one two[31m'
    """
    return visible(" ".join(text.split()))
