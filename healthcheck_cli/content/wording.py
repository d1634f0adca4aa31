"""What no text of this tool may say: the safe wording rules, for content and for everything that is printed.

The tool says what was found and whom to discuss it with. It never tells anyone to stop, start or change a medicine or
how much to give, never calls a medicine or a result good or bad, and never says that nothing needs doing. Talk *about*
these ("When did it start?", "since it was stopped") is allowed, and so is a question. Source: the STOMP safe wording
rules (stomp-r35 and the wording rules drawn from it); the patterns (wording_patterns.py) are this project's own.
"""

from __future__ import annotations

import re

from healthcheck_cli.content.medicine_words import NO_NAMES, MedicineWords
from healthcheck_cli.content.wording_patterns import RULES, WordingRule

ALLOWED = (
    r"sudden stopping can cause harm",
    r"(?:do not|never|must not|should not)(?: be)? stop(?:ped)?(?: [\w-]+){0,3} suddenly",
    r"do not stop or change from this list",
    r"instructions? to stop, start or change(?: (?:a|any) medicines?)?",
)
"""Warnings that use the words and are wanted as they stand."""

_ALLOWED = re.compile("|".join(ALLOWED), re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]?")
_WORD = re.compile(r"[a-z]+")
_LEFT_OPEN = re.compile(r"\b(?:whether|if|that|until|unless|what|how|when|not|never|no one|nobody)\b", re.IGNORECASE)


def wording_problems(text: str, medicines: MedicineWords = NO_NAMES) -> list[str]:
    """What the text says that no text may say, each with the words that say it; empty where it is well.

    ``medicines``: the names that are known for medicines, besides the words for kinds of them.

    >>> wording_problems("Stop the risperidone.")
    ["tells someone to stop or start something: 'Stop'"]
    >>> wording_problems("When did it start? Do not stop suddenly.")
    []
    """
    found: dict[str, None] = {}
    for sentence in _SENTENCE.findall(_ALLOWED.sub("-", text)):
        words = set(_WORD.findall(sentence.lower()))
        rules = [rule for rule in RULES if not rule.words.isdisjoint(words)]
        masked = medicines.masked(sentence) if any(rule.of_medicines for rule in rules) else sentence
        for rule in rules:
            for said in _said(rule, sentence, masked):
                found[f"{rule.problem}: '{said}'"] = None
    return list(found)


def _said(rule: WordingRule, sentence: str, masked: str) -> list[str]:
    if rule.may_be_asked and sentence.endswith("?"):
        return []
    return [
        " ".join(sentence[match.start() : match.end()].split()).strip(" ,;:(")
        for match in rule.pattern.finditer(masked)
        if not (rule.open_clause_clears and _LEFT_OPEN.search(sentence, 0, match.start()))
    ]
