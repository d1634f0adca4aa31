"""How hard a text is to read: words to a sentence, by a small counter, and a grade by a library.

The grade is the automated readability index: letters to a word and words to a sentence, about the US school year. It
needs no list of syllables, so it works with no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import textstat

from healthcheck_cli.forms import before_words
from healthcheck_cli.forms.before_words import Block
from healthcheck_cli.forms.form import Form
from healthcheck_cli.plans.words import sentences

_WORD = re.compile(r"[\w'’-]*\w[\w'’-]*")


def words_in(sentence: str) -> int:
    """How many words there are; a figure is a word."""
    return len(_WORD.findall(sentence))


def grade(said: Sequence[str]) -> float:
    """About the school year in which these sentences can be read."""
    text = " ".join(it if it[-1] in ".?!" else f"{it}." for it in said)
    return float(textstat.automated_readability_index(text))


def read_by_the_person(form: Form) -> tuple[str, ...]:
    """Every sentence that the person reads, of the form and its questions; what is for the helper is left out."""
    blocks = (before_words.if_ill_now(form.emergency_signs), *before_words.OPENING, *before_words.CLOSING)
    said = [it for block in blocks for it in _of_block(block)]
    said += [before_words.ABOUT, before_words.WHO_FILLED_IT_IN[0], before_words.TICK_ONE, before_words.TICK_ALL]
    said += [before_words.WRITE_A_DATE, before_words.MORE_ROWS, *before_words.CANNOT_WAIT]
    return (*(sentence for it in said for sentence in sentences(it)), *asked_of_the_person(form))


def asked_of_the_person(form: Form) -> tuple[str, ...]:
    """The sentences of the questions."""
    return tuple(line for item in form.items for line in item.lines)


def boxes_to_tick(form: Form) -> tuple[str, ...]:
    """The words beside every box."""
    return tuple(box.words for item in form.items for box in item.boxes)


def _of_block(block: Block) -> Iterator[str]:
    yield from (block.heading, *block.lines, *block.points, *block.after)
