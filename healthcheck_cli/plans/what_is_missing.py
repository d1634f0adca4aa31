"""What a rule waits for, as the reader would go and get it.

A medicine list that comes without its problem list lacks eighty facts, and one thing: the problem list. So missing
facts are told as the source that would give them, where a whole source is missing.
"""

from __future__ import annotations

from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import fact_in_words
from healthcheck_cli.findings import NotAssessed, PersonReview

PROBLEM_LIST = "the whole problem list (diagnoses)"
RESULTS = "measurements, results and dates of reviews"
HEALTH_CHECK = "answers that only the health check gives"
_RECORD_FACTS = ("person.", "meas.", "lab.", "review.", "imms.", "screen.", "ppp.")
_WHOLE_LIST = "medicines.complete"
_OF_HOSPITALS = "meds.hospital_supplied"  # a list supplied with a check may lack what this tells


def in_words(fact: str, person: PersonReview, content: Content) -> str:
    """The missing fact, or the source it would come from where that whole source is missing."""
    known = content.facts.get(fact)
    if fact == _WHOLE_LIST and person.from_check and _OF_HOSPITALS in content.questions:
        return f'{fact_in_words(fact, content)}, with the answer to "{content.questions[_OF_HOSPITALS].ask}"'
    if known is None:
        return fact_in_words(fact, content)
    if known.problem and "problems" not in person.complete:
        return PROBLEM_LIST
    if person.from_check:
        return fact_in_words(fact, content)
    if known.observation is not None or fact.startswith(_RECORD_FACTS[1:]):
        return RESULTS
    if fact.startswith(_RECORD_FACTS[0]) or known.problem:
        return fact_in_words(fact, content)
    return HEALTH_CHECK


def missing_in_words(rule: NotAssessed, person: PersonReview, content: Content) -> tuple[str, ...]:
    """Everything the rule waits for, each thing once, in the order of the alphabet with whole sources last."""
    wanted = {in_words(fact, person, content) for fact in rule.missing}
    return tuple(sorted(wanted, key=lambda words: (_SOURCES.index(words) + 1 if words in _SOURCES else 0, words)))


def waits_for_the_check(rule: NotAssessed, person: PersonReview, content: Content) -> bool:
    """Is it a rule that no list or extract can decide, because it asks what only a person can say?"""
    return HEALTH_CHECK in missing_in_words(rule, person, content)


_MEDICINE_LIST = "The medicine list"
_ELSEWHERE = "The record"
_LISTS = {
    PROBLEM_LIST: "The problem list",
    RESULTS: "Measurements, results and reviews",
    HEALTH_CHECK: "The health check",
}
_OF_MEDICINES = ("medicines.", "taking(", "count(")
_SOURCES = (PROBLEM_LIST, RESULTS, HEALTH_CHECK)


def place_of(fact: str, person: PersonReview, content: Content) -> str:
    """Where a missing fact is to be had: a whole list that is missing, a section of the check, or another list."""
    section = content.section_of_fact.get(fact)
    return _LISTS.get(in_words(fact, person, content)) or (section.title if section is not None else _list_of(fact))


def _list_of(fact: str) -> str:
    return _MEDICINE_LIST if fact.startswith(_OF_MEDICINES) else _ELSEWHERE
