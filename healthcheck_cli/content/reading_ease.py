"""How hard a text is to read: words to a sentence, and the automated readability index.

The index counts letters to a word and words to a sentence, about the US school year in which a text can be read; five
more is about the reading age. It needs no list of syllables. Of a few words it says little: one long word lifts it.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[\w'’-]*\w[\w'’-]*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_NOT_COUNTED = re.compile(r"\W|_")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; what follows a colon or a semicolon is a sentence of its own."""
    return [part for part in _SENTENCE_END.split(text.strip()) if _WORD.search(part)]


def words_of(text: str) -> list[str]:
    """Its words; a figure is a word."""
    return _WORD.findall(text)


def grade_of(text: str) -> float:
    """About the school year in which the text can be read; 0 for no text.

    >>> round(grade_of("We will check your blood. You can say no."), 1)
    -3.0
    """
    words, sentences = words_of(text), sentences_of(text)
    if not words:
        return 0.0
    letters = sum(len(_NOT_COUNTED.sub("", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43
