"""What no text of this tool may say: the safe wording rules, for content and for everything that is printed.

The tool says what was found and whom to discuss it with. It never tells anyone to stop, start or change a medicine or
how much to give, never calls a medicine or a result good or bad, and never says that nothing needs doing. Talk *about*
these ("When did it start?", "since it was stopped") is allowed. Source: the STOMP safe wording rules (stomp-r35 and
the wording rules drawn from it); the patterns are this project's own.
"""

from __future__ import annotations

import re

ALLOWED = (
    r"sudden stopping can cause harm",
    r"(?:do not|never|must not|should not)(?: be)? stop(?:ped)?(?: [\w-]+){0,3} suddenly",
    r"do not stop or change from this list",
    r"instructions? to stop, start or change(?: (?:a|any) medicines?)?",
)
"""Warnings that use the words and are wanted as they stand."""

_ALLOWED = re.compile("|".join(ALLOWED), re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")

_STOP = "stop|start|restart|discontinue"
_CHANGE = (
    r"begin|cease|commence|initiate|prescribe|withdraw|withhold|omit|wean|taper|titrate"
    r"|reduce|increase|lower|raise|halve|double|swap|switch|change|replace"
)
_GERUND = (
    r"stopping|starting|restarting|discontinuing|commencing|initiating|prescribing|withdrawing|withholding|omitting"
    r"|weaning|tapering|titrating|reducing|increasing|lowering|raising|halving|doubling|swapping|switching|changing"
)
_PARTICIPLE = (
    r"stopped|started|restarted|discontinued|commenced|initiated|prescribed|withdrawn|withheld|omitted|weaned|tapered"
    r"|titrated|reduced|increased|lowered|raised|halved|doubled|swapped|switched|changed|replaced"
)
_MEDICINE = (
    r"(?:medicines?|medication|drugs?|tablets?|capsules?|dos(?:e|es|age)|prescriptions?|treatment|taking|giving"
    r"|\{medicines\}|laxatives?|anti\w+|benzodiazepines?|hypnotics?|steroids?|opioids?|statins?|patch(?:es)?|depot"
    r"|\w+(?:apine|idone|azole|zepam|setine|traline|ptyline|prazole|morphine|codeine|barbital|gabalin|bapentin|iclone"
    r"|perazine|mazine|etiapine|peridol|thixol|valproate|azepine|trigine|acetam)|lithium|melatonin|senna|clozapine)"
)
_PRONOUN = r"(?:it|them|this|these|that|one)\b"

# what "stop" and "start" may be said of
_NOT_A_MEDICINE = (
    r"(?:smoking|drinking|eating|breathing|talking|walking|driving|date|day|dates|with|by|at|from|and think|here|there"
    r"|(?:(?:a|an|the|this|any|cardiopulmonary)\s+)?(?:[\w-]+\s+){0,2}?(?:chart|diary|record|records|plan|log|form|check"
    r"|review|conversation|interview|visit|questions?|referral|bleeding|feed|meal|fit|seizure|cpr|first aid"
    r"|resuscitation|screening|count|sheet|observations|activity|bath|fall))\b"
)
_TELLS = (
    r"(?:^\W*|[,;:(]\s*|\b(?:should|must|please|do not|don't|never|needs? to|ought to|has to|have to|had better"
    r"|time to|best to|(?:ask|tell|advise|get|remind|urge)\s+(?:[\w']+\s+){1,4}to)\s+)"
)
_SUGGESTS = r"\b(?:consider|advise|recommend|suggest|try|think about|propose)\s+"
_JOINS = r"\b(?:and|or|then)\s+"
_SHOULD_BE = r"\b(?:should|must|needs? to|ought to|has to|have to)\s+(?:now\s+|not\s+)?be\s+"
_UP_TO_FIVE_WORDS = r"(?:[^\s,;:]+\s+){0,5}?"
_DOSE = r"(?:mg|mcg|micrograms?|g|ml|tablets?|capsules?|sachets?|puffs?|doses?|units?|drops?|spoonfuls?)\b"
_QUANTITY = r"(?:\d[\d.,/]*|one|two|three|four|half|a|an)"

_BE = r"\b(?:is|are|was|were|be|looks?|seems?|appears?|remains?|found)\s+(?:(?:now|all|quite|perfectly|entirely)\s+)*"
_LEFT_OPEN = re.compile(r"\b(?:whether|if|that|until|unless|what|how|when|not|never|no one|nobody)\b", re.IGNORECASE)
_FOR_THEM = r"(?!\s+(?:for|to)\s+(?:you|him|her|them|the person|this person|that person|someone|one person))"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Each: what is said, the pattern, and whether an open clause before it ("check whether …") makes it no claim.
_RULES: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    (
        "tells someone to stop or start something",
        _rule(rf"{_TELLS}(?:{_STOP})\s+(?!{_NOT_A_MEDICINE})(?=[\w{{])"),
        False,
    ),
    (
        "tells someone to change a medicine",
        _rule(rf"{_TELLS}(?:{_CHANGE})\s+(?!(?:in|of|since)\b)(?:{_PRONOUN}|{_UP_TO_FIVE_WORDS}{_MEDICINE}\b)"),
        False,
    ),
    (
        "tells someone to change a medicine",
        _rule(rf"{_JOINS}(?:{_STOP}|{_CHANGE})\s+(?!{_NOT_A_MEDICINE}){_UP_TO_FIVE_WORDS}{_MEDICINE}\b"),
        True,
    ),
    (
        "suggests to change a medicine",
        _rule(rf"{_SUGGESTS}(?:{_GERUND})\s+(?!{_NOT_A_MEDICINE})(?=[\w{{])"),
        False,
    ),
    ("says a medicine should be changed", _rule(rf"{_SHOULD_BE}(?:{_PARTICIPLE})\b"), True),
    ("says 'reduce to', 'increase to' or 'switch to'", _rule(r"\b(?:reduce|increase|switch)\s+to\b"), False),
    (
        "gives a dose",
        _rule(
            rf"(?:^\W*|[,;:(]\s*|\b(?:should|must|please|then|and|or)\s+)(?:give|take)\s+(?:[\w-]+\s+){{0,3}}?"
            rf"{_QUANTITY}\s*{_DOSE}"
        ),
        False,
    ),
    ("calls a medicine inappropriate", _rule(r"\binappropriate(?:ly)?\b"), False),
    ("calls a medicine unnecessary", _rule(r"\bunnecessar(?:y|ily)\b"), False),
    ("calls a medicine unsafe", _rule(r"\bunsafe(?:ly)?\b"), False),
    (
        "calls something wrong",
        _rule(
            r"\bwrong\s+(?:medicine|medication|drug|dose|choice|tablet|treatment)"
            r"|(?<!something )(?<!anything )(?<!nothing )(?<!what )\b(?:is|are|was|were)\s+wrong\b"
        ),
        True,
    ),
    (
        "calls a result safe or normal",
        _rule(rf"{_BE}(?:safe|normal|fine|ok|okay|satisfactory)\b{_FOR_THEM}"),
        True,
    ),
    (
        "calls a result safe or normal",
        _rule(r"\bsafe to (?:take|give|use|continue|carry on)\b|\bwithin (?:the )?normal\b|\bnormal results?\b"),
        True,
    ),
    (
        "says that nothing needs doing",
        _rule(
            r"\bno (?:further |other |immediate )?action (?:is |was )?(?:needed|required|necessary)\b"
            r"|\bnothing (?:needs doing|to do|to worry about)\b|\bno concerns?\b"
        ),
        False,
    ),
    ("says contraindicated of one person", _rule(r"\bcontra-?indicated (?:for|in) (?:you|him|her|them|this)\b"), False),
    ("says a medicine is given for behaviour", _rule(r"\b(?:is|are|being|was) given for (?:\w+ )?behaviour\b"), True),
    (
        "says there is no reason, where none was found",
        _rule(r"\bthere (?:is|was) no (?:\w+ )?reason\b(?! to ask)"),
        False,
    ),
    ("says a specialist can be done without", _rule(r"\bmanaged without (?:a |the )?specialist\b"), False),
)


def wording_problems(text: str) -> list[str]:
    """What the text says that no text may say, each with the words that say it; empty where it is well.

    >>> wording_problems("Stop the risperidone.")
    ["tells someone to stop or start something: 'Stop'"]
    >>> wording_problems("When did it start? Do not stop suddenly.")
    []
    """
    found: dict[str, None] = {}
    for sentence in _SENTENCE.findall(_ALLOWED.sub("-", text)):
        for problem, pattern, open_clause_clears in _RULES:
            if sentence.endswith("?") and problem.startswith(("tells", "suggests", "says a medicine should")):
                continue
            for match in pattern.finditer(sentence):
                if not (open_clause_clears and _LEFT_OPEN.search(sentence, 0, match.start())):
                    said = " ".join(match.group().split()).strip(" ,;:(")
                    found[f"{problem}: '{said}'"] = None
    return list(found)
