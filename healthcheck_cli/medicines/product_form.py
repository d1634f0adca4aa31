"""What a product is by its own words: form, route, release. Decided by form words, never by the ingredient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from healthcheck_cli.medicines.form_words import (
    CONTAINERS,
    FORMS,
    GASTRO_RESISTANT,
    IMMEDIATE_RELEASE,
    LONG_ACTING,
    MODIFIED_RELEASE,
    SHORT_ACTING_ESTERS,
)
from healthcheck_cli.medicines.normalise import name_key

_SOLID = ("tablet", "capsule", "granules", "suppository", "suspension", "powder")
_AT_ONCE = ("orodispersible", "dispersible", "effervescent", "soluble", "chewable", "sublingual", "buccal", "oral ")


@dataclass(frozen=True)
class ProductForm:
    """Form words of one name. Empty words: the name does not say.

    ``counted_in`` is what one of it is called (tablet, sachet, vial). ``long_acting`` and ``short_acting`` are about
    injections: a decanoate or a depot; an acetate that lasts for days.
    """

    form: str = ""
    route: str = ""
    counted_in: str = ""
    release: str = ""
    long_acting: bool = False
    short_acting: bool = False


class _Phrases:
    """Phrases by their first word, longest first."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for rank, phrase in enumerate(phrases):
            key = name_key(phrase)
            self._by_first.setdefault(key[0], []).append((key, rank))
        for keys in self._by_first.values():
            keys.sort(key=lambda item: -len(item[0]))

    def longest_at(self, words: Sequence[str], at: int) -> tuple[int, int] | None:
        """(how many words, rank) of the longest phrase that begins there."""
        for key, rank in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(key)]) == key:
                return len(key), rank
        return None

    def first_rank(self, words: Sequence[str]) -> int | None:
        """The lowest rank of any phrase in the words."""
        first = self._by_first
        ranks = [found[1] for at, word in enumerate(words) if word in first and (found := self.longest_at(words, at))]
        return min(ranks, default=None)

    def found_in(self, words: Sequence[str]) -> bool:
        """Is any of the phrases there?"""
        return self.first_rank(words) is not None


_ROW_OF_PHRASE = [row for row in FORMS for _ in row[3]]
_FORM_PHRASES = _Phrases([phrase for row in FORMS for phrase in row[3]])
_MODIFIED = _Phrases(MODIFIED_RELEASE)
_GASTRO_RESISTANT = _Phrases(GASTRO_RESISTANT)
_IMMEDIATE = _Phrases(IMMEDIATE_RELEASE)
_LONG_ACTING = _Phrases(LONG_ACTING)
_SHORT_ACTING = _Phrases(SHORT_ACTING_ESTERS)


def read_form(words: Sequence[str], more_words: Sequence[str] = ()) -> ProductForm:
    """The form words among the words of a name; ``more_words`` (from brackets) count only where these say nothing.

    >>> read_form(["quetiapine", "50", "modified", "release", "tablets"]).form
    'modified-release tablet'
    >>> read_form(["risperidone", "powder", "and", "solvent", "for", "suspension", "for", "injection"]).long_acting
    True
    """
    used = [*words, "", *more_words]
    rank = _FORM_PHRASES.first_rank(words)
    if rank is None:
        rank = _FORM_PHRASES.first_rank(more_words)
    form, route, counted_in = _ROW_OF_PHRASE[rank][:3] if rank is not None else ("", "", "")
    container = next((CONTAINERS[word] for word in used if word in CONTAINERS), "")
    if not form and container:
        form, route = "injection", "injection"
    if route == "injection" and container:
        counted_in = container
    release = _release(words, form)
    return ProductForm(
        form=_with_release(form, release),
        route=route,
        counted_in=counted_in,
        release=release,
        long_acting=_LONG_ACTING.found_in(used),
        short_acting=_SHORT_ACTING.found_in(used),
    )


def _release(words: Sequence[str], form: str) -> str:
    """modified, gastro_resistant, immediate, or "" where the words do not say."""
    solid = not form or any(word in form for word in _SOLID)
    release_words = words if form.endswith(("tablet", "capsule")) else [word for word in words if word != "pr"]
    if solid and _MODIFIED.found_in(release_words):
        return "modified"
    if solid and _GASTRO_RESISTANT.found_in(words):
        return "gastro_resistant"
    if _IMMEDIATE.found_in(words) or form.startswith(_AT_ONCE):
        return "immediate"
    return ""


def _with_release(form: str, release: str) -> str:
    """The form with its release in front, where that makes it another product."""
    if form and release == "modified":
        return f"modified-release {form}"
    if form and release == "gastro_resistant":
        return f"gastro-resistant {form}"
    return form


def is_form_word(word: str) -> bool:
    """Is the word one that says what a product is, and not which medicine?"""
    return any(phrases.longest_at([word], 0) for phrases in (_FORM_PHRASES, _MODIFIED, _GASTRO_RESISTANT, _LONG_ACTING))
