"""Three rules of a small content and one person: a rule that fired, one that did not and one that could not be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from healthcheck_cli.conditions.attributes import LINE_ATTRIBUTES
from healthcheck_cli.conditions.check import parse_and_check
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import DateRange, FactValue, Interval, LineFacts, PersonFacts, State
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary
from healthcheck_cli.content.models import Content, Fact, Level, LevelIf, ObservationFeed, ProblemGroup, Rule
from healthcheck_cli.content.support import Basis, Place, Support
from healthcheck_cli.findings import Finding, PersonReview
from healthcheck_cli.plans.rule_explained import rule_explained
from tests.plans.small_review import AS_OF, HOSTILE, MEDICINES, PERSON
from tests.plans.small_review import CONTENT as BARE_CONTENT

_PLACE = Place("test.yaml")
_PROPOSED = Support(Basis.PROPOSED)
_DECLARED = (
    FactDeclaration("dx.psychosis", FactType.YN),
    FactDeclaration("dx.bipolar", FactType.YN),
    FactDeclaration("dx.epilepsy", FactType.YN),
    FactDeclaration("why.antipsychotic", FactType.YN),
    FactDeclaration("epi.plan", FactType.YN),
    FactDeclaration("bowel.days_since", FactType.NUM, unit="days"),
    FactDeclaration("bowel.signs", FactType.MULTI, values=("hard_belly", "sick", "none"), nothing="none"),
    FactDeclaration("review.psychotropic", FactType.DATE),
)
VOCABULARY = Vocabulary(
    {fact.name: fact for fact in _DECLARED},
    classes=frozenset({"antipsychotic", "opioid"}),
    scales={"acbcalc": 3.0},
    attributes=LINE_ATTRIBUTES,
)
_TITLES = {
    "dx.psychosis": "Psychosis",
    "dx.bipolar": "Bipolar disorder",
    "dx.epilepsy": "Epilepsy",
    "why.antipsychotic": "A reason for an antipsychotic",
    "epi.plan": "An epilepsy care plan",
    "bowel.days_since": "Days since the bowels last opened",
    "bowel.signs": "Bowel signs",
    "review.psychotropic": "Date of the last psychotropic medicine review",
}


def condition(text: str) -> Condition:
    """A condition over the small content, which must be right."""
    made, problems = parse_and_check(text, VOCABULARY)
    assert made is not None, problems
    return made


def _fact(declared: FactDeclaration) -> Fact:
    fact = Fact(declared, _TITLES[declared.name], _PLACE)
    if declared.name.startswith("dx."):
        return replace(fact, problem=declared.name.removeprefix("dx."))
    if declared.name == "why.antipsychotic":
        return replace(fact, definition=condition("dx.psychosis or dx.bipolar"))
    if declared.name == "review.psychotropic":
        return replace(fact, observation=ObservationFeed(("psychotropic review", "STOMP review"), (), 365.25))
    return fact


CONTENT: Content = replace(
    BARE_CONTENT,
    vocabulary=VOCABULARY,
    facts={declared.name: _fact(declared) for declared in _DECLARED},
    problem_groups={
        name: ProblemGroup(name, title, (), frozenset(), (), _PROPOSED, _PLACE)
        for name, title in (("psychosis", "Psychosis"), ("bipolar", "Bipolar disorder"), ("epilepsy", "Epilepsy"))
    },
)


def rule(id_: str, title: str, when: str, **more: object) -> Rule:
    """A rule with that condition."""
    made = Rule(id_, title, Level.HIGH, ("medication",), condition(when), "", (), _PROPOSED, (), _PLACE)
    return replace(made, **more)  # type: ignore[arg-type]


FIRED = rule(
    "STOMP-05",
    "Antipsychotic with no recorded reason",
    "taking(antipsychotic, not prn) and not why.antipsychotic",
    not_for="someone under an agreed plan",
)
CLEAR = rule(
    "EPI-09",
    "No epilepsy care plan",
    "(dx.epilepsy and not epi.plan) or (bowel.days_since >= 7 days and burden(acbcalc) >= 9)",
)
UNKNOWN = rule(
    "CON-07",
    "Days without the bowels opening on a constipating medicine",
    "bowel.days_since >= 3 days and (count(opioid) >= 2 or months_since(review.psychotropic) >= 12 or "
    "bowel.signs has (hard_belly, sick))",
    level_if=(LevelIf(Level.URGENT, condition("bowel.signs has hard_belly")),),
)


def _line(row: int, substance: str, medicine_class: str, *, prn: bool | None) -> LineFacts:
    return LineFacts(row, substance, frozenset({medicine_class}), attributes={"prn": prn}, shown=substance)


def _no(title: str) -> FactValue:
    return FactValue(State.KNOWN, False, shown=f"no {title} code in the problems supplied")


FACTS = PersonFacts(
    AS_OF,
    {
        "dx.psychosis": _no("Psychosis"),
        "dx.bipolar": _no("Bipolar disorder"),
        "dx.epilepsy": _no("Epilepsy"),
        "why.antipsychotic": FactValue(State.KNOWN, False),
        "epi.plan": FactValue(State.DOES_NOT_APPLY),
        "bowel.days_since": FactValue(State.KNOWN, Interval.exactly(5), shown=f"bowel.days_since: 5 {HOSTILE}"),
        "bowel.signs": FactValue(State.DECLINED, shown="bowel.signs: declined"),
        "review.psychotropic": FactValue(
            State.KNOWN, None, DateRange(date(2025, 9, 1), date(2025, 11, 30)), shown="STOMP review, autumn 2025"
        ),
    },
    lines=(
        _line(2, "risperidone", "antipsychotic", prn=False),
        _line(3, "risperidone", "antipsychotic", prn=True),
        _line(4, "codeine", "opioid", prn=True),
    ),
    unrecognised_rows=(9,),
    burdens={"acbcalc": Interval(2, 8)},
    medicines_complete=True,
)
FINDING = Finding(
    rule="STOMP-05",
    level=Level.HIGH,
    themes=("medication",),
    title="Antipsychotic with no recorded reason",
    says="No reason was found.",
    because=(),
    rows=(2,),
    actions=(),
    basis=Basis.PROPOSED,
    sources=(),
)
WHO: PersonReview = replace(PERSON, medicines=MEDICINES, findings=(FINDING,), complete=("medicines",))


def explained(rule_: Rule, facts: PersonFacts = FACTS, who: PersonReview = WHO) -> str:
    """The rule on the one person."""
    return rule_explained(rule_, facts, who, CONTENT)
