"""Product names brought to one spelling, so that names and form words can be looked up word by word.

Only the look-up sees the result; what was written is kept beside it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Old British spellings against the recommended ones; names in the content go through the same door.
_SPELLINGS = (("sulph", "sulf"), ("oestr", "estr"), ("ceph", "cef"))

_ABBREVIATED_RELEASE = (
    (re.compile(r"(?:(?<![a-z])|(?<=mg))m/r(?![a-z])"), " modified release "),
    (re.compile(r"(?<![a-z])[eg]/[cr](?![a-z])"), " gastro resistant "),
    (re.compile(r"(?<![a-z])s/f(?![a-z])"), " sugar free "),
    (re.compile(r"(?<![a-z])t/derm(?![a-z])"), " transdermal "),
    (re.compile(r"(?<![a-z])n/spy(?![a-z])"), " nasal spray "),
)
_NAME_RUN_INTO_NUMBER = re.compile(r"(?<=[a-z]{4})(?=\d+(?:\.\d+)?\s*(?:mg|g|mcg|micrograms?|ml|units?|%))")
_SALT_RUN_INTO_NAME = re.compile(r"(?<=[a-z]{5})hcl$")
_QUOTES = re.compile("[’‘]")
_WORD = re.compile(r"\d+(?:\.\d+)?(?![a-z0-9])|[a-z0-9]+")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def fold(text: str) -> str:
    """Lower case, plain letters, one space; slashes, signs, brackets and numbers stay.

    >>> fold("fluOXETine_Cap  20mg")
    'fluoxetine cap 20mg'
    >>> fold("VENLAFAXINE 75mg M/R caps")
    'venlafaxine 75mg modified release caps'
    """
    plain = text.lower() if text.isascii() else _in_plain_letters(text)
    plain = plain.replace("'", "").replace("`", "").replace("_", " ").replace("&", " and ")
    if "/" in plain:
        for pattern, words in _ABBREVIATED_RELEASE:
            plain = pattern.sub(words, plain)
    plain = _NAME_RUN_INTO_NUMBER.sub(" ", plain)
    return " ".join(plain.split())


def _in_plain_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("µ", "u").replace("μ", "u")).lower()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _QUOTES.sub("", plain).replace("®", " ").replace("™", " ")


@lru_cache(maxsize=65536)
def spelt(word: str) -> str:
    """One word in the spelling that look-ups use.

    >>> spelt("sulphate"), spelt("oestradiol"), spelt("naloxonehcl")
    ('sulfate', 'estradiol', 'naloxone')
    >>> spelt("vit")
    'vitamin'
    """
    if word == "vit":
        return "vitamin"
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    return _SALT_RUN_INTO_NAME.sub("", word)


def words(folded: str) -> list[tuple[str, int]]:
    """The words and bare numbers of a folded text, each with where it begins."""
    return [(spelt(found.group()), found.start()) for found in _WORD.finditer(folded)]


def name_key(name: str) -> tuple[str, ...]:
    """A name as the words it is looked up by.

    >>> name_key("St John's wort"), name_key("Adcal-D3")
    (('st', 'johns', 'wort'), ('adcal', 'd3'))
    """
    return tuple(word for word, _ in words(fold(name)))


def without_brackets(folded: str) -> tuple[str, tuple[str, ...]]:
    """The text outside brackets, blanks in their place, and what the outermost brackets held.

    >>> without_brackets("imipramine tablets 25 mg (a.a.h. pharm)")
    ('imipramine tablets 25 mg               ', ('a.a.h. pharm',))
    """
    held: list[str] = []
    outside = folded
    while found := _BRACKET.search(outside):
        inside = found.group()[1:-1].strip()
        held = [inner for inner in held if inner not in inside]
        held.append(inside)
        # A bracket within a bracket is blanked first; its words stay part of neither.
        outside = outside[: found.start()] + " " * len(found.group()) + outside[found.end() :]
    return outside, tuple(inside for inside in held if inside)
