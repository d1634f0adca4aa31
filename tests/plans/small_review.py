"""A small content and a hand-built review in which everything a plan can show is there once."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import cast

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary
from healthcheck_cli.content.medicine_models import (
    Band,
    Equivalence,
    LowerBurden,
    Medicine,
    MedicineClass,
    Scale,
    Setting,
)
from healthcheck_cli.content.models import Content, Fact, Level, Question, Rule, Section, Theme
from healthcheck_cli.content.support import Basis, Place, Source, Support
from healthcheck_cli.findings import (
    AcceptedFinding,
    Action,
    Because,
    Finding,
    NotAssessed,
    NotHeld,
    PersonReview,
    Review,
    ThemeState,
    ThemeStatus,
    Unrecognised,
    WhyShown,
)
from healthcheck_cli.ledger import InputFile, Ledger, RejectedRow
from healthcheck_cli.medicines.models import (
    Burden,
    BurdenItem,
    ConstipatingLoad,
    Currency,
    Disagreement,
    Dosage,
    EquivalentDose,
    IngredientDose,
    IngredientRead,
    LowerBurdenOption,
    Match,
    MedicineRead,
    Recognised,
)
from healthcheck_cli.record import Acceptance, Answer, AnswerState, MedicineLine, PartialDate, Row

AS_OF = date(2026, 11, 1)
HOSTILE = "| <script>alert(1)</script> `x` [a](http://b) \n# **bold** \\ \x1b[31m"
_PLACE = Place("test.yaml")
_PROPOSED = Support(Basis.PROPOSED)


def _fact(name: str, title: str) -> Fact:
    return Fact(FactDeclaration(name, FactType.YN), title, _PLACE)


def _theme(order: int, id_: str, title: str) -> Theme:
    return Theme(id_, title, "", _PROPOSED, order, _PLACE)


def _question(id_: str, ask: str, kind: str, unit: str = "", labels: dict[str, str] | None = None) -> Question:
    return Question(
        id_, "bowel", ask, "", kind, core=True, place=_PLACE, support=_PROPOSED, unit=unit, labels=labels or {}
    )


def _rule(id_: str, signed_off_by: str = "") -> Rule:
    support = Support(Basis.SOURCED, ("nice-ng11",), signed_off_by=signed_off_by)
    when = cast(Condition, None)  # renderers never look at a condition
    return Rule(id_, "", Level.HIGH, ("medication",), when, "", (), support, (), _PLACE)


_QUESTIONS = (
    _question("bowel.days_since", "How many days since your last poo?", "num", "days"),
    _question("bowel.pain", "Does it hurt?", "yn"),
    _question("bowel.signs", "Any of these?", "multi", labels={"hard_belly": "a hard belly"}),
    _question("bowel.review", "When were the laxatives last looked at?", "date"),
)
_SCALES = ("acbcalc", "aec", "acb_2012", "ars", "ads", "gabs")

_ACB = Scale(
    "acbcalc",
    "ACB calculator",
    "1",
    3,
    "",
    _PLACE,
    _PROPOSED,
    short="ACB",
    bands=(Band(5, "high", _PROPOSED), Band(1, "mild", _PROPOSED)),
    limits="It does not see the dose.",
)

CONTENT = Content(
    version="2026.11.0",
    sha256="c" * 64,
    examples_as_of=AS_OF,
    sources={"nice-ng11": Source("nice-ng11", "Challenging behaviour and learning disabilities", "NICE", "2015")},
    themes={
        theme.id: theme
        for theme in (
            _theme(0, "sepsis", "Sepsis"),
            _theme(1, "constipation", "Constipation"),
            _theme(2, "epilepsy", "Epilepsy"),
            _theme(3, "medication", "Medicines"),
        )
    },
    facts={
        fact.name: fact
        for fact in (
            _fact("bowel.days_since", "Days since the bowels last opened"),
            _fact("review.psychotropic", "Date of the last psychotropic medicine review"),
            _fact("dx.epilepsy", "Epilepsy"),
            _fact("dx.psychosis", "Psychosis"),
        )
    },
    problem_groups={},
    sections=(Section("bowel", "Bowels and constipation", "", _QUESTIONS, _PLACE, 0),),
    medicines={
        "risperidone": Medicine("risperidone", "antipsychotic_sg", _PLACE, _PROPOSED, stomp_scope="core"),
        "codeine": Medicine("codeine", "opioid", _PLACE, _PROPOSED),
        "paracetamol": Medicine("paracetamol", "none", _PLACE, _PROPOSED),
    },
    products={},
    classes={
        "antipsychotic": MedicineClass("antipsychotic", "Antipsychotics", _PLACE, _PROPOSED),
        "opioid": MedicineClass("opioid", "Opioids", _PLACE, _PROPOSED),
    },
    scales={id_: Scale(id_, id_.upper(), "1", 3, "", _PLACE, _PROPOSED) for id_ in _SCALES} | {"acbcalc": _ACB},
    rules={"STOMP-05": _rule("STOMP-05"), "CON-07": _rule("CON-07", signed_off_by="A. Pharmacist")},
    vocabulary=Vocabulary({}),
    settings={"headline_scale": Setting("headline_scale", "The headline", "acbcalc", _PLACE, _PROPOSED)},
    equivalences={
        name: Equivalence(name, title, "olanzapine", 1, {}, "To describe a group by.", _PLACE, _PROPOSED)
        for name, title in (("by_one", "by one method"), ("by_another", "by another"))
    },
    lower_burden={
        "weak_opioids": LowerBurden(
            "weak_opioids", "Codeine", "Paracetamol, or heat.", _PLACE, _PROPOSED, bowel="A laxative with every opioid."
        )
    },
)


def ingredient(
    name: str, label: str, classes: tuple[str, ...], dose: IngredientDose, possible: tuple[str, ...] = ()
) -> IngredientRead:
    """One ingredient as read."""
    return IngredientRead(name, label, (*classes, name), possible, dose)


def read(
    row: int,
    text: str,
    dosage: str = "",
    ingredients: tuple[IngredientRead, ...] = (),
    match: Match = Match.EXACT,
    currency: Currency = Currency.CURRENT,
    reason: str = "",
    prn: bool | None = False,
    route: str = "oral",
    candidates: tuple[str, ...] = (),
) -> MedicineRead:
    """One line as read."""
    recognised = Recognised(text, match, route=route, candidates=candidates)
    line = MedicineLine(text, Row(row, "list.csv"), dosage)
    directions = Dosage(dosage, bool(dosage))
    return MedicineRead(line, recognised, directions, ingredients, currency, reason, prn, route)


def _mg(low: float, high: float, percent: float | None = None, basis: str = "sourced") -> IngredientDose:
    share = None if percent is None else Interval.exactly(percent)
    why = "" if percent else "no maximum held"
    return IngredientDose(Interval(low, high), percent_of_max=share, why_unknown=why, maximum_basis=basis)


_RISPERIDONE = ingredient("risperidone", "antipsychotic_sg", ("antipsychotic",), _mg(2, 2, 12.5))
_NO_STRENGTH = IngredientDose(None, why_unknown="no strength in the name")
MEDICINES = (
    read(2, "Risperidone 1mg tablets", "1 bd", (_RISPERIDONE,)),
    read(
        3,
        "Risperidone 25mg powder and solvent for suspension for injection",
        "every 2 weeks",
        (ingredient("risperidone", "antipsychotic_sg", ("antipsychotic",), _mg(1.7857, 1.7857, 50)),),
        route="depot",
    ),
    read(
        4,
        "Co-codamol 30mg/500mg tablets",
        "1-2 qds prn",
        (
            ingredient("codeine", "opioid", ("opioid",), _mg(0, 240)),
            ingredient("paracetamol", "none", (), _mg(0, 4000, 100, "general_knowledge")),
        ),
        prn=True,
    ),
    read(5, "Clopixol", "as directed", match=Match.AMBIGUOUS, prn=None, route="", candidates=("a depot", "a tablet")),
    read(6, "Laxido", "", (ingredient("macrogol", "none", (), _NO_STRENGTH),), prn=None),
    read(7, "Risperidone 1mg tablets", "1 bd", (_RISPERIDONE,), currency=Currency.DUPLICATE, reason="as row 2"),
    read(8, "Codeine 15mg tablets", "1 od", (), currency=Currency.NOT_CURRENT, reason="ended 2026-01-02"),
    read(9, HOSTILE, HOSTILE, match=Match.NONE, prn=None, route=""),
)


def _action(do: str, owner: str, within: str, due: date) -> Action:
    return Action(do, owner, within, due)


SAME_CAUSE = Finding(
    rule="STOMP-06",
    level=Level.MEDIUM,
    themes=("medication",),
    title="Antipsychotic and no review",
    says=f"{HOSTILE}: no review found.",
    because=(Because("review.psychotropic", "never", (), "review.psychotropic: never"),),
    rows=(2,),
    actions=(
        _action("Ask the learning disability team about the reason", "pharmacist", "4 weeks", date(2026, 11, 29)),
    ),
    basis=Basis.PROPOSED,
    sources=(),
)
ACCEPTED = AcceptedFinding(
    Finding(
        rule="STOMP-34",
        level=Level.MEDIUM,
        themes=("medication",),
        title="High anticholinergic burden",
        says="Risperidone: a high total.",
        because=(Because("burden(acbcalc)", 3, (2,), "risperidone 1"),),
        rows=(2,),
        actions=(_action("Look for another medicine", "pharmacist", "4 weeks", date(2026, 11, 29)),),
        basis=Basis.SOURCED,
        sources=("nice-ng11",),
    ),
    (Acceptance("STOMP-34", date(2027, 1, 31), f"Dr {HOSTILE}", f"{HOSTILE} tried twice", "risperidone"),),
)

FINDINGS = (
    Finding(
        rule="STOMP-05",
        level=Level.HIGH,
        themes=("medication",),
        title="Antipsychotic with no recorded reason",
        says=f"Risperidone; {HOSTILE}: no reason found in the record up to 1 November 2026.",
        because=(
            Because("taking(antipsychotic)", True, (2, 3), "risperidone"),
            Because("dx.psychosis", False, (), "dx.psychosis: no such code in a complete list"),
        ),
        rows=(2, 3),
        actions=(
            _action("Ask the learning disability team about the reason", "pharmacist", "2 weeks", date(2026, 11, 15)),
        ),
        basis=Basis.SOURCED,
        sources=("nice-ng11",),
        higher_if=("review.psychotropic",),
        merged=(SAME_CAUSE,),
    ),
    Finding(
        rule="CON-07",
        level=Level.URGENT,
        themes=("constipation", "medication"),
        title="Five days without the bowels opening on a constipating medicine",
        says="No bowel opening for 5 days.",
        because=(Because("bowel.days_since", {"low": 5, "high": math.inf}, (), "bowel.days_since: 5"),),
        rows=(),
        actions=(
            _action("Examine the abdomen; ring 999 if there is vomiting", "gp", "today", AS_OF),
            _action("Ask the learning disability team about the reason", "pharmacist", "4 weeks", date(2026, 11, 29)),
        ),
        basis=Basis.PROPOSED,
        sources=(),
        superseded=("CON-05",),
        not_held=(NotHeld(Acceptance("CON-07", date(2027, 1, 31), "Dr A", "seen last week"), WhyShown.URGENT),),
    ),
    Finding(
        rule="EPI-02",
        level=Level.INFO,
        themes=("epilepsy",),
        title="Seizure diary",
        says="A diary is kept.",
        because=(Because("dx.epilepsy", True, (), ""),),
        rows=(),
        actions=(),
        basis=Basis.GENERAL_KNOWLEDGE,
        sources=("unknown-source",),
    ),
)

NOT_ASSESSED = (
    NotAssessed("STOMP-15", Level.MEDIUM, "Review overdue", ("medication",), ("review.psychotropic",)),
    NotAssessed("SEP-01", Level.URGENT, "Signs of sepsis", ("sepsis",), ("sepsis.signs", "medicines.complete")),
    NotAssessed("STOMP-22", Level.HIGH, "Over the maximum", ("medication",), ("medicines.daily_mg",)),
)


def burden(scale: str, low: float, high: float) -> Burden:
    """A total with one item."""
    items = (BurdenItem(2, "risperidone", 1), BurdenItem(4, "codeine", 1, prn=True))
    return Burden(scale, "2024-07", Interval(low, high), items, ("macrogol",), Interval(low - 1, high - 1))


PERSON = PersonReview(
    person_id="A1",
    age=47,
    sex="F",
    complete=("medicines",),
    medicines=MEDICINES,
    burdens={scale: burden(scale, 2, 8) for scale in _SCALES},
    constipating=ConstipatingLoad(3, 2, (BurdenItem(2, "risperidone", 2), BurdenItem(4, "codeine", 3, prn=True))),
    antipsychotic_percent=Interval(62.5, math.inf),
    antipsychotic_percent_without_prn=Interval(62.5, math.inf),
    findings=FINDINGS,
    could_not_assess=NOT_ASSESSED,
    themes=(
        ThemeState("sepsis", ThemeStatus.NOT_ASSESSED, None, (), 3, 9),
        ThemeState("constipation", ThemeStatus.RAISED, Level.URGENT, ("CON-07",), 12, 12),
        ThemeState("epilepsy", ThemeStatus.RAISED, Level.INFO, ("EPI-02",), 5, 5),
        ThemeState("medication", ThemeStatus.RAISED, Level.HIGH, ("STOMP-05",), 40, 42),
    ),
    unrecognised=(Unrecognised(9, HOSTILE, ("senna",)), Unrecognised(5, "Clopixol", ())),
    unmatched_problems=(14,),
    disagreements=(Disagreement("codeine", 4, {"acbcalc": 0, "aec": 2}),),
    equivalents=(
        EquivalentDose("by_one", "olanzapine", Interval(4.88, 4.88), ("zuclopenthixol",)),
        EquivalentDose("by_another", "olanzapine", Interval(2, math.inf)),
    ),
    lower_burden=(LowerBurdenOption("weak_opioids", ("codeine",), (4,)),),
    accepted=(ACCEPTED,),
    accepted_not_found=(Acceptance("STOMP-15", date(2026, 12, 1), "Dr A", "review booked"),),
)
BARE_PERSON = replace(
    PERSON,
    person_id="",
    age=None,
    sex="",
    complete=(),
    medicines=(),
    constipating=ConstipatingLoad(0, 0, ()),
    burdens={scale: Burden(scale, "1", Interval(0, math.inf), (), ()) for scale in _SCALES},
    antipsychotic_percent=None,
    antipsychotic_percent_without_prn=None,
    findings=(),
    could_not_assess=(),
    themes=(ThemeState("epilepsy", ThemeStatus.CLEAR, None, (), 5, 5),),
    unrecognised=(),
    unmatched_problems=(),
    disagreements=(),
    equivalents=(),
    lower_burden=(),
    accepted=(),
    accepted_not_found=(),
)
LEDGER = Ledger(4, 1, 1, 2, (RejectedRow("list.csv", 14, "2 cells where the header has 3"),))
REVIEW = Review(AS_OF, (PERSON,), LEDGER, (InputFile("list.csv", "a" * 64, "csv"),))
BARE_REVIEW = Review(AS_OF, (BARE_PERSON,), Ledger())

ANSWERS = {
    answer.question: answer
    for answer in (
        Answer("bowel.days_since", AnswerState.ANSWERED, 5.0, "5", "supporter", note="since | Monday"),
        Answer("bowel.pain", AnswerState.DECLINED),
        Answer("bowel.signs", AnswerState.ANSWERED, ("hard_belly", "sick"), answered_by="observed"),
        Answer("bowel.review", AnswerState.ANSWERED, PartialDate(date(2024, 1, 1), date(2024, 12, 31))),
        Answer("meds.hospital", AnswerState.ANSWERED, ({"drug": "Clozapine", "dose": "100mg"},)),
    )
}
