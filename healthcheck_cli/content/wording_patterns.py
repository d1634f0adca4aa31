"""The patterns of the wording rules: who is told what, of a medicine or of something else.

An instruction is a verb where one tells somebody ("Stop …", "… and stop", "they should stop", "ask them to stop"),
and a medicine that it is said of. Of verbs that are hardly said of anything else (stop, start, titrate) everything is
taken for a medicine but what is named here. Of the others (give, add, use) the medicine must stand there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from healthcheck_cli.content.medicine_words import MASK

_STOP = "stop|start|restart|discontinue|deprescribe|cease|commence"
_CHANGE = (
    r"begin|initiate|prescribe|withdraw|withhold|omit|wean|taper|titrate|adjust"
    r"|reduce|increase|decrease|lower|raise|halve|double|cut|swap|switch|change|replace"
)
_ALONE = "discontinue|deprescribe|taper|titrate|wean"
_GIVE = "give|use|try|add|hold|remove|drop|resume"
_GERUND = (
    r"stopping|starting|restarting|discontinuing|deprescribing|ceasing|commencing|initiating|prescribing|withdrawing"
    r"|withholding|omitting|weaning|tapering|titrating|reducing|increasing|decreasing|lowering|raising|halving|doubling"
    r"|cutting|swapping|switching|changing"
)
_GIVING = "giving|using|trying|adding|holding|removing|dropping|resuming|replacing"
_PARTICIPLE = (
    r"stopped|started|restarted|discontinued|deprescribed|commenced|initiated|prescribed|withdrawn|withheld|omitted"
    r"|weaned|tapered|titrated|reduced|increased|decreased|lowered|raised|halved|doubled|swapped|switched|changed"
    r"|replaced"
)
_GIVEN = "added|removed|dropped|resumed|held|cut"
_NOT_A_LINK = r"(?!(?:and|or|then|but|before|after|until|for|in|on|at|to|with|when|while|as|if|by|from|of|about)\b)"
_THING = (
    r"(?:chart|diary|record|records|list|lists|plan|log|form|check|checks|review|reviews|conversation|interview|visit"
    r"|questions?|referral|bleeding|feed|meal|fit|seizure|cpr|first aid|resuscitation|screening|count|sheet"
    r"|observations|activity|bath|fall|leaflets?|information|letters?|cards?|levels?|tests?|history|codes?)"
)
_MEDICINE = (
    rf"(?<![\w{MASK}])(?:{MASK}+|medicines?|medications?|drugs?|tablets?|capsules?|pills?|dos(?:e|es|age)|prescriptions?|treatments?"
    r"|taking|giving|\{medicines\}|laxatives?|anti\w+|benzodiazepines?|hypnotics?|sedatives?|stimulants?|steroids?"
    r"|opioids?|statins?|diuretics?|patch(?:es)?|depots?"
    r"|\w+(?:apine|idone|azole|zepam|setine|traline|ptyline|prazole|morphine|codeine|barbital|gabalin|bapentin|iclone"
    r"|perazine|mazine|etiapine|peridol|thixol|valproate|azepine|trigine|acetam)|lithium|melatonin|senna|clozapine)"
    rf"(?![\w{MASK}-])(?!['’]s\b)(?!\s+{_THING}\b)"
)
_PRONOUN = r"(?:it|them|this|these|that|one)\b"

# what "stop" and "start" may be said of
_NOT_A_MEDICINE = (
    r"(?:smoking|drinking|eating|breathing|talking|walking|driving|date|day|dates|and think|here|there"
    rf"|(?:with|by|at|from)(?!\s+{_NOT_A_LINK}(?:[\w'-]+\s+){{0,3}}?{_MEDICINE})"
    rf"|(?:(?:a|an|the|this|any|cardiopulmonary)\s+)?(?:{_NOT_A_LINK}[\w-]+\s+){{0,2}}?{_THING})\b"
)
_TOLD = (
    r"\b(?:should|must|please|do not|don't|never|needs? to|ought to|has to|have to|had better|time to|best to"
    r"|(?:ask|tell|advise|get|remind|urge)\s+(?:(?!(?:whether|if|how|when|what)\b)[\w']+\s+){1,4}to)\s+"
)
_TELLS = rf"(?:^\W*|[,;:(]\s*|{_TOLD})"
_SUGGESTS = r"\b(?:consider|advise|recommend|suggest|try|think about|propose)\s+"
_JOINS = r"\b(?:and|or|then)\s+"
_SHOULD_BE = r"\b(?:should|must|needs? to|ought to|has to|have to)\s+(?:now\s+|not\s+)?be\s+"
_AS_AGREED = (
    r"(?!\s+(?:just\s+|exactly\s+)?(?:as|that|which)\s+(?:[\w'-]+\s+){0,4}?(?:plan|protocol|label|prescribed|agreed)\b)"
)
_UP_TO_FIVE_WORDS = r"(?:[^\s,;:]+\s+){0,5}?"
_A_FEW_WORDS = rf"(?:{_NOT_A_LINK}[\w'{MASK}-]+\s+){{0,3}}?"
_DOSE = r"(?:mg|mcg|micrograms?|g|ml|tablets?|capsules?|sachets?|puffs?|doses?|units?|drops?|spoonfuls?)\b"
_QUANTITY = r"(?:\d[\d.,/]*|one|two|three|four|half|a|an)"
_SHARE = r"(?:\d[\d.,/]*|half|a (?:half|third|quarter|tenth)|one|two|three)"

_BE = r"\b(?:is|are|was|were|be|looks?|seems?|appears?|remains?|found)\s+(?:(?:now|all|quite|perfectly|entirely)\s+)*"
_WELL = r"(?:safe|normal|fine|ok|okay|satisfactory)\b"
_FOR_THEM = r"(?!\s+(?:for|to)\s+(?:you|him|her|them|the person|this person|that person|someone|one person))"


@dataclass(frozen=True)
class WordingRule:
    """What is said, and the pattern that finds it; it is looked for only where one of ``words`` is in the sentence.

    ``open_clause_clears``: an open clause before it ("check whether …") makes it no claim; ``may_be_asked``: as a
    question it is allowed; ``of_medicines``: the pattern wants the names of medicines masked.
    """

    problem: str
    pattern: re.Pattern[str]
    words: frozenset[str]
    open_clause_clears: bool = False
    may_be_asked: bool = False
    of_medicines: bool = False


def _of_medicine(problem: str, words: str, pattern: str, *, open_clause_clears: bool = False) -> WordingRule:
    """A rule about medicines. ``words``: those of which one must be there, with | between them."""
    found = re.compile(pattern, re.IGNORECASE)
    return WordingRule(problem, found, frozenset(words.replace(" ", "|").split("|")), open_clause_clears, True, True)


def _claim(problem: str, words: str, pattern: str, *, open_clause_clears: bool = False) -> WordingRule:
    """A rule about what is claimed, whether it is put as a question or not."""
    return WordingRule(problem, re.compile(pattern, re.IGNORECASE), frozenset(words.split("|")), open_clause_clears)


_INSTRUCTIONS = (
    _of_medicine(
        "tells someone to stop or start something",
        _STOP,
        rf"{_TELLS}(?:{_STOP})\s+(?!{_NOT_A_MEDICINE})(?=[\w{{{MASK}])",
    ),
    _of_medicine(
        "tells someone to stop or change a medicine",
        f"{_ALONE}|{_STOP}",
        rf"(?:{_TELLS}|{_JOINS})(?:(?:{_ALONE})\b|(?:{_STOP})\s*(?:[.,;!)]|$))",
        open_clause_clears=True,
    ),
    _of_medicine(
        "tells someone to change a medicine",
        _CHANGE,
        rf"{_TELLS}(?:{_CHANGE})\s+(?!(?:in|of|since)\b)(?:{_PRONOUN}|{_UP_TO_FIVE_WORDS}{_MEDICINE})",
    ),
    _of_medicine(
        "tells someone to change a medicine",
        f"{_STOP}|{_CHANGE}|{_GIVE}",
        rf"{_JOINS}(?:(?:{_STOP}|{_CHANGE})\s+(?!{_NOT_A_MEDICINE}){_UP_TO_FIVE_WORDS}|(?:{_GIVE})\s+{_A_FEW_WORDS})"
        rf"{_MEDICINE}{_AS_AGREED}",
        open_clause_clears=True,
    ),
    _of_medicine(
        "tells someone to give or to leave out a medicine",
        _GIVE,
        rf"{_TELLS}(?:{_GIVE})\s+{_A_FEW_WORDS}{_MEDICINE}{_AS_AGREED}",
    ),
    _of_medicine(
        "tells someone to give or to leave out a medicine",
        "off",
        rf"(?:{_TELLS}|{_JOINS})(?:(?:come|go|get)\s+off\s+{_A_FEW_WORDS}|take\s+{_A_FEW_WORDS}(?={_MEDICINE}\s+off\b))"
        rf"{_MEDICINE}",
        open_clause_clears=True,
    ),
    _of_medicine(
        "suggests to change a medicine",
        _GERUND,
        rf"{_SUGGESTS}(?:{_GERUND})\s+(?!{_NOT_A_MEDICINE})(?=[\w{{{MASK}])",
    ),
    _of_medicine(
        "suggests to change a medicine",
        _GIVING,
        rf"{_SUGGESTS}(?:{_GIVING})\s+{_A_FEW_WORDS}{_MEDICINE}",
    ),
    _of_medicine(
        "says a medicine should be changed",
        f"{_PARTICIPLE}|cut",
        rf"{_SHOULD_BE}(?:{_PARTICIPLE}|cut)\b",
        open_clause_clears=True,
    ),
    _of_medicine(
        "says a medicine should be changed",
        f"{_PARTICIPLE}|{_GIVEN}",
        rf"{_MEDICINE}\s+{_A_FEW_WORDS}(?:{_SHOULD_BE}|(?:is\s+|are\s+)?to\s+be\s+)(?:{_PARTICIPLE}|{_GIVEN})\b",
        open_clause_clears=True,
    ),
    _of_medicine(
        "says a medicine should be changed",
        "given|taken|used",
        rf"{_MEDICINE}\s+(?:should|must)\s+not\s+be\s+(?:given|taken|used)\s*(?:[.;!]|$)",
        open_clause_clears=True,
    ),
    _of_medicine(
        "says a medicine should be changed",
        _GERUND,
        rf"{_MEDICINE}\s+{_A_FEW_WORDS}needs?\s+(?:{_GERUND})\b",
        open_clause_clears=True,
    ),
    _claim(
        "says 'reduce to', 'increase to' or 'switch to'",
        "reduce|increase|switch",
        r"\b(?:reduce|increase|switch)\s+to\b",
    ),
    _of_medicine(
        "gives a dose",
        f"{_CHANGE}|dose|step",
        rf"(?:{_TELLS}|{_JOINS})(?:step|dose)\s+(?:up|down)\b"
        rf"|(?:{_TELLS}|{_JOINS})(?!(?:reduce|increase|switch)\s+to\b)(?:{_CHANGE})\s+(?:by|to)\s+{_SHARE}",
    ),
    WordingRule(
        "gives a dose",
        re.compile(
            rf"(?:^\W*|[,;:(]\s*|\b(?:should|must|please|then|and|or)\s+)(?:give|take)\s+(?:[\w-]+\s+){{0,3}}?"
            rf"{_QUANTITY}\s*{_DOSE}",
            re.IGNORECASE,
        ),
        frozenset({"give", "take"}),
    ),
)

_CLAIMS = (
    _claim("calls a medicine inappropriate", "inappropriate|inappropriately", r"\binappropriate(?:ly)?\b"),
    _claim("calls a medicine unnecessary", "unnecessary|unnecessarily", r"\bunnecessar(?:y|ily)\b"),
    _claim("calls a medicine unsafe", "unsafe|unsafely", r"\bunsafe(?:ly)?\b"),
    _claim(
        "calls something wrong",
        "wrong",
        r"\bwrong\s+(?:medicine|medication|drug|dose|choice|tablet|treatment)"
        r"|(?<!something )(?<!anything )(?<!nothing )(?<!what )\b(?:is|are|was|were)\s+wrong\b",
        open_clause_clears=True,
    ),
    _claim(
        "calls a result safe or normal",
        "safe|normal|fine|ok|okay|satisfactory",
        rf"(?:{_BE}|(?:^\W*|[,;:(]\s*)(?:all|everything|(?:all\s+)?(?:results?|bloods?|tests?))\s*:?\s+){_WELL}{_FOR_THEM}",
        open_clause_clears=True,
    ),
    _claim(
        "calls a result safe or normal",
        "safe|normal",
        r"\bsafe to (?:take|give|use|continue|carry on)\b|\bwithin (?:the )?normal\b|\bnormal results?\b",
        open_clause_clears=True,
    ),
    _claim(
        "says that nothing needs doing",
        "no|nothing",
        r"\bno (?:further |other |immediate )?action (?:is |was )?(?:needed|required|necessary)\b"
        r"|\bnothing (?:needs doing|to do|to worry about)\b|\bno concerns?\b",
    ),
    _claim(
        "says contraindicated of one person",
        "contraindicated|indicated",
        r"\bcontra-?indicated (?:for|in) (?:you|him|her|them|this)\b",
    ),
    _claim(
        "says a medicine is given for behaviour",
        "behaviour",
        r"\b(?:is|are|being|was) given for (?:\w+ )?behaviour\b",
        open_clause_clears=True,
    ),
    _claim(
        "says there is no reason, where none was found",
        "reason",
        r"\bthere (?:is|was) no (?:\w+ )?reason\b(?! to ask)",
    ),
    _claim(
        "says a specialist can be done without",
        "specialist",
        r"\bmanaged without (?:a |the )?specialist\b",
    ),
)

RULES = (*_INSTRUCTIONS, *_CLAIMS)
"""Every rule, instructions first."""
