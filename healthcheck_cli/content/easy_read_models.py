"""What stands on the pages in easy words besides rules and questions: what goes well, who helps, signs, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from healthcheck_cli.content.support import Place, Support

_ANY = "*"


@dataclass(frozen=True)
class GoingWell:
    """Something that a person does, told when the answer to ``question`` is one of ``values``, or a number from
    ``at_least`` to ``at_most``, each included (None: no end). ``picture``: the id of one."""

    id: str
    says: str
    question: str
    picture: str
    place: Place
    support: Support
    values: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Helper:
    """Who the owner of an action is, a sentence an item."""

    owner: str
    says: tuple[str, ...]
    place: Place
    support: Support


@dataclass(frozen=True)
class EmergencySign:
    """A sign to call 999 for: ``says`` to the person, ``of_another`` to those who see it in somebody else."""

    id: str
    says: str
    of_another: str
    place: Place
    support: Support


@dataclass(frozen=True)
class SoftSign:
    """A small sign of getting ill, for those who know the person well."""

    id: str
    says: str
    place: Place
    support: Support


@dataclass(frozen=True)
class Picture:
    """A drawing, what it ``shows``, and the words of a text it stands beside. ``*`` stands for any letters."""

    id: str
    shows: str
    place: Place
    support: Support
    words: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def is_of(self, text: str) -> bool:
        """Is one of the words in the text, other than in a phrase that does not count?"""
        looked_at = _pattern(self.but_not).sub(" ", text) if self.but_not else text
        return bool(self.words) and self._in_text.search(looked_at) is not None

    @cached_property
    def _in_text(self) -> re.Pattern[str]:
        return _pattern(self.words)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words or phrases, as they may stand in a text."""
    spelt = (re.escape(word).replace(re.escape(_ANY), r"[\w-]*").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)", re.IGNORECASE)
