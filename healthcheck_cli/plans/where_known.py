"""Where a fact that is missing would come from: the question, the entry in the record, or the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from healthcheck_cli.conditions.tree import DAYS_IN
from healthcheck_cli.conditions.values import PersonFacts
from healthcheck_cli.content.models import Content, Fact, Question
from healthcheck_cli.fact_words import fact_in_words, rows_in_words
from healthcheck_cli.facts.computed import COMPUTATIONS
from healthcheck_cli.facts.looked_at import looked_at
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.plans.words import counted, listed

_MEDICINES = "medicines."
_PERSON = "person."
WHOLE_PROBLEM_LIST = (
    "a problem list that leaves nothing out, said to be so: --complete problems, or problems under complete: in a "
    "record file"
)
_NAMES_TOLD = 3


@dataclass(frozen=True)
class Told:
    """All that is known of one person, to say of a missing fact where it would come from."""

    facts: PersonFacts
    person: PersonReview
    content: Content


def where_known(name: str, told: Told) -> tuple[str, ...]:
    """What would settle the missing fact, or help to work it out, in words; ``name`` as ``Explanation.missing`` has it.

    A complete problem list is named only where nothing in the list leaves the fact open: what may be meant by a problem
    on it is for a person to read.
    """
    if name.startswith(_MEDICINES):
        return (_of_medicines(name, told.person, told.content),)
    fact = told.content.facts.get(name)
    if fact is None:
        return ()
    if fact.computed:
        if name not in COMPUTATIONS:
            return ("this version does not work it out, so it stays unknown",)
        return tuple(dict.fromkeys(_of_computed(fact, told))) or (
            told.facts.fact(name).shown or "the lists of the record: no answer that is missing was looked for",
        )
    return tuple(_of_fact(fact, told, said=bool(told.facts.fact(name).shown)))


def _of_computed(fact: Fact, told: Told) -> Iterator[str]:
    """What the computation looked for and did not find; of a fact, where that would come from in its turn."""
    if fact.name.startswith(_PERSON):
        yield "the person's details in the record: date of birth, sex"
    lacks = looked_at(fact.name, told.facts)
    for question in lacks.questions:
        yield _answer_to(question, told.content.questions)
    for name in lacks.facts:
        wanted = told.content.facts.get(name)
        if wanted is None or wanted.computed or wanted.definition is not None:
            yield f"{fact_in_words(name, told.content)} ({name})"
        else:
            yield from _of_fact(wanted, told, said=bool(told.facts.fact(name).shown))


def _answer_to(question: str, questions: Mapping[str, Question]) -> str:
    return f'an answer to "{questions[question].ask}" (question {question})'


def _of_medicines(name: str, person: PersonReview, content: Content) -> str:
    what = name.removeprefix(_MEDICINES)
    if what == "complete":
        return (
            "a medicine list that leaves nothing out, said to be so: --complete medicines, or medicines under "
            "complete: in a record file"
        )
    if what == "unrecognised":
        rows = rows_in_words(it.row for it in person.unrecognised)
        return f"names that can be recognised for the medicine lines that were not{rows}"
    return f"in the medicine list: {fact_in_words(name, content)}"


def _of_fact(fact: Fact, told: Told, *, said: bool) -> Iterator[str]:
    questions = told.content.questions
    asked = (*fact.asked_in, *fact.told_in)
    for question in dict.fromkeys(name for name in asked if name in questions):
        yield _answer_to(question, questions)
    if fact.problem:
        yield from _of_problem(fact, told, said=said)
    if fact.observation is not None:
        names = listed(fact.observation.names[:_NAMES_TOLD], "or") or f"code {listed(fact.observation.codes, 'or')}"
        within = fact.observation.within_days
        age = f", not older than {_days(within)}" if within is not None else ""
        yield f"a dated result or entry in the record: {names}{age}"


def _of_problem(fact: Fact, told: Told, *, said: bool) -> Iterator[str]:
    group = told.content.problem_groups.get(fact.problem)
    title = group.title if group is not None else fact.problem.replace("_", " ")
    within = fact.problem_within_days
    age = f", dated within {_days(within)}" if within is not None else ""
    yield f"a problem in the problem list: {title}{age}"
    if "problems" not in told.person.complete and not said:
        yield WHOLE_PROBLEM_LIST


def _days(days: float) -> str:
    """A length of time in the largest unit that it is a whole number of.

    >>> _days(1826.25), _days(365.25), _days(28)
    ('5 years', '1 year', '28 days')
    """
    years = days / DAYS_IN["years"]
    return counted(int(years), "year") if years >= 1 and years == int(years) else counted(int(days), "day")
