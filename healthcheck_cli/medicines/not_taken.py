"""Words beside a medicine that say it is not, or no longer, taken: "stopped 2019", "allergic to", "no longer takes".

They make a line one that a person must look at: nobody can tell from "Clozapine stopped 2019" in a list of today what
is taken today. The line is then neither counted as taken nor as not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from healthcheck_cli.medicines.models import Match, MedicineRead, Recognised
from healthcheck_cli.medicines.normalise import fold

MAY_NOT_BE_TAKEN = "the line says that it is not, or no longer, taken"

_OFTEN = ("od", "bd", "tds", "qds", "om", "on", "nocte", "mane", "daily", "night", "morning", "evening", "prn")
_ANYWHERE = (
    r"(?:date )?stopped(?! (?:smoking|drinking))|stop ?date|(?:came|weaned|taken) off|"
    r"ceased|withheld|paused|suspended(?! in)|on hold|cancelled|omitted|d/?c(?:d|ed)|refused|declined|"
    r"(?<!open )ended(?= (?:on|in|by|due|last|\d)|\W*$)|(?<!is )(?<!are )finished(?= (?:on|in|by|last|course|\d)|\W*$)|"
    r"(?<!on )(?<!from )(?<!after )(?<!since )d/c(?! (?:letter|summary))|inactive\W*$|(?:hx|h/o|history) of\W*$|"
    r"last taken (?:in )?(?:19|20)\d\d",
    r"(?:not|isnt|hasnt|never) (?:(?:currently|now|yet|been|being) )*(?:taking|using|started|commenced|tolerated)",
    r"(?:not|hasnt) (?:(?:currently|now|been|being) )*(?:taken|given)"
    r"(?! (?:with|at|on|in|more|before|after|together|for|within|by))|not to be (?:given|taken|used)\W*$",
    r"(?<!any )(?:not|hasnt) (?:been )?used(?= (?:since|for \w+ (?:weeks|months|years))|\W*$)",
    r"not current(?:ly on)?|(?:does not|doesnt|will not|wont) take|(?:did|could|does) not tolerate|unable to tolerate",
    r"no longer(?! than)|never (?:been )?(?:taken|took|had|given|issued|used|collected|tried|prescribed|on)",
    r"allergic (?:reaction )?to|allerg(?:y|ies)(?= to\b|\s?:| -)|hypersensitiv(?:e|ity)(?: to|\W*$)|contra-?indicated|"
    r"(?<!lactose )(?<!gluten )(?<!milk )intoleran(?:t|ce)",
    r"(?<!for )adverse (?:drug )?reaction|anaphyla(?:xis|ctic reaction) to",
)
_OF_THE_MARKET = r"discontinued|withdrawn"  # in brackets: the product, which nobody sells any more, not the person
_AT_THE_BEGINNING = (
    r"(?:allergic|allerg(?:y|ies)|stop)(?= \d|\W*$)|stop taking(?!.* (?:if|when|before|after|unless)\b)|"
    r"(?:avoid|past)\W*$|adrs?(?= |:|\W*$)"
)
_AT_THE_END = "(?:" + "|".join(rf"(?<=\b{it} )" for it in _OFTEN) + r")stop\W*$"  # and not "for 5 days then stop"
_OF_A_NAME = (
    r"(?:no|not|nil|never|avoid|off)(?= (?!added|exceed|more|longer|\d))|"
    r"(?:previous(?:ly)?|formerly|past|ex|h/o|(?:hx|history) of)(?= |:|-)|ex-~+|"
    r"(?:sensitiv(?:e|ity|ities)|reactions?) to",
    r"(?:(?<!for )allerg(?:y|ies|ic)|never)\W*$|(?<=[:=–-] )(?:no|none|nil|never|avoid)\W*$|"
    r"used to (?:take|be on)|was (?:on|taking)|(?<=[,:=–-] )past\W*$|adrs?|"
    r"(?:changed|switched|swapped|converted) (?:over )?(?:from [a-z]+ )?(?:to|from) ~+",
)
"""What stands in place of a name or right behind it; of directions, or in the middle, it would say something else."""


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])")


_IN_BRACKETS = _words(*_ANYWHERE, r"^(?:allergic|avoid|past|stop|adrs?)\W*$")
_IN_DIRECTIONS = _words(*_ANYWHERE, _OF_THE_MARKET, rf"^(?:{_AT_THE_BEGINNING})", _AT_THE_END)
_IN_A_NAME = _words(
    *_ANYWHERE, _OF_THE_MARKET, rf"^(?:{_AT_THE_BEGINNING}|{_OF_A_NAME[0]})", _OF_A_NAME[1], _AT_THE_END
)

_ANY = re.compile(
    "|".join(
        (
            _words(*_ANYWHERE, _OF_THE_MARKET, _AT_THE_BEGINNING, *_OF_A_NAME, _AT_THE_END).pattern,
            r"\b(?:ex-|(?:changed|switched|swapped|converted) )\w",  # a name, which is not blotted out yet
        )
    )
)

# "Clozapine not; taken", "Previously; on carbamazepine": the words of directions behind these are not their beginning
_LEADS_ON = re.compile(
    r"(?<![\w-])(?:not|no longer|never|hasn['’]?t|isn['’]?t|(?:do|does|will)(?: not|n['’]?t)|was|used(?: to)?|last|"
    r"previously|formerly)(?:\s+(?:currently|now|yet|been|being))*[\s:,–-]+$",
    re.IGNORECASE,
)
_ANOTHER_STOPPED = re.compile(
    r"(?<=\S) (?:since|because|after|once|now(?: that)?) (?P<name>[a-z]+(?: [a-z]+)?) (?:was |is |has been )?"
    r"(?:stopped|ceased|discontinued|withdrawn)(?![\w-])"
)
_FOR_WHAT = re.compile(r"\bfor\b")
_OF_ANOTHER_THING = ("allergy", "allergies", "anaphyla", "hypersens", "intoleran")  # "for nut allergy"

# "until stopped by the GP", "do not take if allergic to", "not to be stopped", "once the seizure has stopped"
_CONDITION = re.compile(
    r"\b(?:until|till|unless|if|when|whenever|once|while|whilst|should|can|may|must|to be|not|dont|"
    r"(?:seizures?|fits?|bleeding|pain|vomiting|diarrhoea) (?:has|have))\b"
)
_WHEN_REQUIRED = re.compile(r"\b(?:when|if|as) (?:required|needed|necessary)\b")
_CLAUSE_ENDS = re.compile(r"[.;:,()]| [-–—] ")
_NEAR = 4  # words: what is further away is about something else
_LOOKED_BACK = 200  # characters, which hold these words
_LONGEST_TEXT = 10_000  # characters; what comes after so many is not looked at


def may_say_not_taken(folded: str) -> bool:
    """May a product text (folded, with the names in it) say so? Most do not, and are not looked at any further."""
    return _ANY.search(folded) is not None


def name_says_not_taken(outside: str, brackets: tuple[str, ...] = ()) -> bool:
    """Do the words of a product text (folded, without the names in it) say that it is not taken?"""
    text = outside.strip()
    return _says(_IN_A_NAME, text) or any(_says(_IN_BRACKETS, held) for held in brackets)


def before_what_leads_on(line: str, at: int) -> int:
    """The place in a line, as it is written, or that of words before it that lead on to it: "not" in "not taken"."""
    found = _LEADS_ON.search(line, max(0, at - _LOOKED_BACK), at)
    return found.start() if found is not None else at


def without_another_stopped(folded: str, is_medicine: Callable[[str], bool]) -> str:
    """A product text without what it says of another medicine: "folic acid 5mg since methotrexate stopped"."""
    return _ANOTHER_STOPPED.sub(lambda found: "" if is_medicine(found["name"]) else found[0], folded)


def in_doubt(found: Recognised) -> Recognised:
    """A product that was recognised, whose line says that it may not be taken: for a person to decide."""
    if found.match is Match.NONE or not found.scored:
        return found
    names = tuple(one.name for one in found.ingredients) or found.candidates
    conflict = found.conflict or MAY_NOT_BE_TAKEN
    return replace(found, match=Match.AMBIGUOUS, ingredients=(), candidates=names, suggestions=(), conflict=conflict)


def may_not_be_taken(read: MedicineRead) -> bool:
    """Does the line of a list say that it is not, or no longer, taken?"""
    return read.recognised.conflict == MAY_NOT_BE_TAKEN


def directions_say_not_taken(directions: str) -> bool:
    """Do directions say that it is not taken?

    >>> directions_say_not_taken("1 bd STOPPED by psychiatrist 3/2/26")
    True
    >>> directions_say_not_taken("1 bd for 5 days then stop. Not to be stopped suddenly")
    False
    """
    return bool(directions) and _says(_IN_DIRECTIONS, fold(directions))


def _says(wanted: re.Pattern[str], text: str) -> bool:
    text = text[:_LONGEST_TEXT]
    return any(_is_said(found[0], _just_before(text, found.start())) for found in wanted.finditer(text))


def _is_said(found: str, before: str) -> bool:
    """Is it said of the medicine, and neither a condition nor what the medicine is for?"""
    if found.startswith(_OF_ANOTHER_THING) and _FOR_WHAT.search(before):
        return False
    return not _CONDITION.search(before)


def _just_before(text: str, at: int) -> str:
    """The last words before a place that belong to the same clause."""
    clause = _CLAUSE_ENDS.split(_WHEN_REQUIRED.sub("", text[max(0, at - _LOOKED_BACK) : at]))[-1]
    return " ".join(clause.split()[-_NEAR:])
