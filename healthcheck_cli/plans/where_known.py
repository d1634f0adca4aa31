"""Where a fact that is missing would come from: the question, the entry in the record, or the list."""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli.conditions.tree import DAYS_IN
from healthcheck_cli.conditions.values import PersonFacts
from healthcheck_cli.content.models import Content, Fact
from healthcheck_cli.fact_words import fact_in_words, rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.plans.words import counted, listed

_MEDICINES = "medicines."
WHOLE_PROBLEM_LIST = (
    "a problem list that leaves nothing out, said to be so: --complete problems, or problems under complete: in a "
    "record file"
)
_NAMES_TOLD = 3


def where_known(name: str, facts: PersonFacts, person: PersonReview, content: Content) -> tuple[str, ...]:
    """Everything that would settle the missing fact by itself, in words; ``name`` as ``Explanation.missing`` has it.

    A complete problem list is named only where nothing in the list leaves the fact open: what may be meant by a problem
    on it is for a person to read.
    """
    if name.startswith(_MEDICINES):
        return (_of_medicines(name, person, content),)
    fact = content.facts.get(name)
    if fact is None:
        return ()
    said = bool(facts.fact(name).shown)
    return tuple(_of_fact(fact, person, content, said=said)) or (
        "worked out by this program from other answers and entries",
    )


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


def _of_fact(fact: Fact, person: PersonReview, content: Content, *, said: bool) -> Iterator[str]:
    questions = content.questions
    asked = (*fact.answers, fact.question or fact.name, *fact.also_asked)
    for question in dict.fromkeys(name for name in asked if name in questions):
        yield f'an answer to "{questions[question].ask}" (question {question})'
    if fact.problem:
        yield from _of_problem(fact, person, content, said=said)
    if fact.observation is not None:
        names = listed(fact.observation.names[:_NAMES_TOLD], "or") or f"code {listed(fact.observation.codes, 'or')}"
        within = fact.observation.within_days
        age = f", not older than {_days(within)}" if within is not None else ""
        yield f"a dated result or entry in the record: {names}{age}"


def _of_problem(fact: Fact, person: PersonReview, content: Content, *, said: bool) -> Iterator[str]:
    group = content.problem_groups.get(fact.problem)
    title = group.title if group is not None else fact.problem.replace("_", " ")
    within = fact.problem_within_days
    age = f", dated within {_days(within)}" if within is not None else ""
    yield f"a problem in the problem list: {title}{age}"
    if "problems" not in person.complete and not said:
        yield WHOLE_PROBLEM_LIST


def _days(days: float) -> str:
    """A length of time in the largest unit that it is a whole number of.

    >>> _days(1826.25), _days(365.25), _days(28)
    ('5 years', '1 year', '28 days')
    """
    years = days / DAYS_IN["years"]
    return counted(int(years), "year") if years >= 1 and years == int(years) else counted(int(days), "day")
