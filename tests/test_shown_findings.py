"""What becomes of the rules that fired: none is lost, nothing urgent is accepted or merged away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.explain import Explanation
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Level, Rule
from healthcheck_cli.content.support import Basis, Place, Support
from healthcheck_cli.findings import Action, Because, Finding, PersonReview, WhyShown
from healthcheck_cli.plans.as_json import person_to_json
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import Acceptance, Record
from healthcheck_cli.shown_findings import Assessed, Settled, one_for_one_cause, settled
from tests.plans.small_review import MEDICINES
from tests.plans.small_review import read as line_read
from tests.whole_people import AS_OF, all_records, shipped_reviewer

PEOPLE = all_records()
LITHIUM = {"text": "Lithium carbonate 400mg modified-release tablets", "dosage": "1 nocte"}
OBESE = [
    {"name": "weight", "value": 80, "unit": "kg", "date": "2026-11-10"},
    {"name": "height", "value": 160, "unit": "cm", "date": "2026-11-10"},
]
RISPERIDONE, OLANZAPINE = "Risperidone 1mg tablets", "Olanzapine 5mg tablets"


def entry(rule: str, until: date = AS_OF, medicine: str = "") -> Acceptance:
    return Acceptance(rule, until, "Dr A", "tried twice", medicine)


def review(entries: Iterable[Acceptance] = (), as_of: date = AS_OF, **record: Any) -> PersonReview:
    read = record_from_mapping({"complete": ["medicines", "problems"], "problems": [], **record})
    return shipped_reviewer().review(replace(read, accepted=tuple(entries)), as_of)


def shown(found: PersonReview) -> set[str]:
    return {finding.rule for finding in found.findings}


def accepted(found: PersonReview) -> set[str]:
    return {it.finding.rule for it in found.accepted}


def test_what_is_accepted_is_apart_on_the_last_day_and_back_on_the_day_after() -> None:
    known = [entry("STOMP-05")]
    last_day = review(known, medicines=[RISPERIDONE])
    assert "STOMP-05" in accepted(last_day) - shown(last_day)
    after = review(known, AS_OF + timedelta(days=1), medicines=[RISPERIDONE])
    back = next(it for it in after.findings if it.rule == "STOMP-05")
    assert not after.accepted
    assert [it.why for it in back.not_held] == [WhyShown.PAST]


def test_an_entry_of_one_medicine_does_not_hide_a_finding_on_another() -> None:
    known = [entry("STOMP-05", medicine="risperidone")]
    assert "STOMP-05" in accepted(review(known, medicines=[RISPERIDONE]))
    both = review(known, medicines=[RISPERIDONE, OLANZAPINE])
    finding = next(it for it in both.findings if it.rule == "STOMP-05")
    assert [it.why for it in finding.not_held] == [WhyShown.OTHER_MEDICINE]
    each = [*known, entry("STOMP-05", medicine="olanzapine")]
    assert "STOMP-05" in accepted(review(each, medicines=[RISPERIDONE, OLANZAPINE]))


def test_what_is_urgent_is_shown_and_says_that_it_was_accepted() -> None:
    record: dict[str, Any] = {"medicines": ["Clozapine 100mg tablets"], "answers": {"bowel.days_since": 4}}
    urgent = {it.rule for it in review(**record).findings if it.level is Level.URGENT}
    assert "STOMP-47" in urgent
    found = review([entry(rule) for rule in sorted(urgent)], **record)
    assert not found.accepted
    assert {it.rule for it in found.findings if [n.why for n in it.not_held] == [WhyShown.URGENT]} == urgent


def test_a_weaker_finding_is_not_hidden_by_an_entry_that_does_not_name_it() -> None:
    high = {"text": "Risperidone 4mg tablets", "dosage": "5 a day"}
    assert "STOMP-23" not in shown(review(medicines=[high]))
    assert "STOMP-23" in shown(review([entry("STOMP-22")], medicines=[high]))


def test_a_rider_stays_though_what_it_rides_on_is_accepted() -> None:
    found = review([entry("STOMP-09")], medicines=[LITHIUM])
    assert "STOMP-09" in accepted(found)
    assert "STOMP-95" in shown(found)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"medicines": ["Clozapine 100mg tablets"], "answers": {"bowel.days_since": 4}}, ("STOMP-47", "CON-01")),
        ({"medicines": ["Codeine 30mg tablets", RISPERIDONE]}, ("STOMP-69", "CON-07")),
        ({"observations": OBESE}, ("WGT-04", "AHC-079")),
        ({"answers": {"swallow.known": "yes", "swallow.position": "lying"}}, ("ASP-08", "AHC-146")),
        ({"answers": {"comm.speaks": "sounds", "sepsis.carers_know": "no"}}, ("AHC-177", "SEP-09")),
    ],
)
def test_rules_that_ask_for_the_same_are_one_finding(record: dict[str, Any], told: tuple[str, str]) -> None:
    leading, other = told
    found = {it.rule: it for it in review(**{"medicines": [], **record}).findings}
    assert other not in found
    assert other in found[leading].stands_for


def test_a_choke_and_chest_infections_ask_for_one_assessment_of_swallowing() -> None:
    answers = {"chest.infections": 2, "swallow.last_choke": "within_3_months", "swallow.slt_last": "2024-01-01"}
    found = review(medicines=[], answers=answers)
    choke = next(it for it in found.findings if it.rule == "DYS-02")
    assert choke.stands_for == ("ASP-03",)
    assert {"chest.infections", "swallow.last_choke"} <= {it.fact.split()[0] for it in choke.because}
    alone = review([entry("DYS-02")], medicines=[], answers=answers)
    assert "ASP-03" in shown(alone)  # accepted was the choke only


def test_an_entry_for_what_was_not_found_is_named() -> None:
    known = entry("STOMP-05")
    assert review([known], medicines=[]).accepted_not_found == (known,)


# --- laws -----------------------------------------------------------------------------------------------------------

RULES = tuple("ABCDEF")
DOS = ("Ask", "Book", "See")
DAYS = st.integers(0, 3).map(lambda days: AS_OF + timedelta(days=days))
_SUPPORT = Support(Basis.PROPOSED)


def _rule(id_: str, supersedes: tuple[str, ...], *, rider: bool) -> Rule:
    when = cast(Condition, None)  # nothing here looks at a condition
    place = Place("test.yaml")
    return Rule(id_, id_, Level.INFO, (), when, "", (), _SUPPORT, (), place, supersedes=supersedes, rider=rider)


@st.composite
def fired(draw: st.DrawFn) -> list[Assessed]:
    """Rules that fired, with findings that often share rows, facts, actions, and stand for each other."""
    made = []
    for id_ in draw(st.lists(st.sampled_from(RULES), unique=True, max_size=6)):
        asked = draw(st.lists(st.sampled_from(DOS), unique=True, max_size=2))
        reasons = draw(st.lists(st.sampled_from(("taking(x)", "bowel.pain")), min_size=1, max_size=2, unique=True))
        finding = Finding(
            rule=id_,
            level=draw(st.sampled_from(list(Level))),
            themes=(),
            title=id_,
            says=f"{id_} says",
            because=tuple(Because(fact, True, (), f"{id_} {fact}") for fact in reasons),
            rows=tuple(sorted(draw(st.sets(st.sampled_from((2, 4)), max_size=2)))),
            actions=tuple(Action(do, draw(st.sampled_from(("gp", "nurse"))), "1 week", draw(DAYS)) for do in asked),
            basis=Basis.PROPOSED,
            sources=(),
        )
        weaker = tuple(draw(st.sets(st.sampled_from(RULES), max_size=2)) - {id_})
        rule = _rule(id_, weaker, rider=draw(st.booleans()) and draw(st.booleans()))
        made.append(Assessed(rule, Explanation(Truth.TRUE, (), ()), finding))
    return made


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from(RULES),
        st.integers(-1, 1).map(lambda days: AS_OF + timedelta(days=days)),
        st.sampled_from(("", "risperidone", "codeine")),
    ),
    max_size=4,
)


def settle(assessed: Iterable[Assessed], entries: Iterable[Acceptance] = ()) -> Settled:
    held = {"risperidone": frozenset({"risperidone"}), "codeine": frozenset({"codeine"})}
    return settled(assessed, tuple(entries), MEDICINES, lambda name: held.get(name, frozenset()), AS_OF)


def told_once(told: Settled) -> list[str]:
    """Every rule that is told, as often as it is."""
    found = [rule for it in told.shown for rule in (*it.rules, *it.superseded)]
    return sorted([*found, *(it.finding.rule for it in told.accepted)])


def spoken(assessed: Iterable[Assessed]) -> list[Finding]:
    """All that fired but the riders with nothing beside them."""
    found = [(it.rule.rider, it.finding) for it in assessed if it.finding is not None]
    rows = {row for rider, finding in found if not rider for row in finding.rows}
    return [finding for rider, finding in found if not rider or rows & set(finding.rows)]


@given(fired(), ENTRIES)
@settings(max_examples=400, deadline=None)
def test_every_rule_that_fired_is_told_once(assessed: list[Assessed], entries: list[Acceptance]) -> None:
    assert told_once(settle(assessed, entries)) == sorted(it.rule for it in spoken(assessed))


@given(fired(), ENTRIES)
@settings(max_examples=400, deadline=None)
def test_only_what_an_entry_names_in_its_time_is_accepted_and_nothing_urgent(
    assessed: list[Assessed], entries: list[Acceptance]
) -> None:
    told = settle(assessed, entries)
    for it in told.accepted:
        assert it.finding.level is not Level.URGENT
        assert all(one.rule == it.finding.rule and one.until >= AS_OF and one in entries for one in it.entries)
    urgent = [it.rule for it in settle(assessed).shown if it.level is Level.URGENT]
    assert [it.rule for it in told.shown if it.level is Level.URGENT] == urgent


@given(fired())
@settings(max_examples=400, deadline=None)
def test_what_is_told_together_hides_no_action_no_earlier_day_and_no_reason(assessed: list[Assessed]) -> None:
    findings = [it.finding for it in assessed if it.finding is not None]
    for leader in one_for_one_cause(findings):
        due = {(it.do, it.owner): it.due for it in leader.actions}
        for other in leader.merged:
            assert other.level is not Level.URGENT
            assert leader.level.rank <= other.level.rank
            assert all(due[it.do, it.owner] <= it.due for it in other.actions)
            assert set(other.because) <= set(leader.because)
            assert set(other.rows) <= set(leader.rows)


@given(fired())
@settings(max_examples=400, deadline=None)
def test_nothing_is_for_later_because_it_is_told_by_another(assessed: list[Assessed]) -> None:
    """Of whatever a finding stands for, it asks as soon: on the whole, and of each owner of whom it asks anything."""
    every = {it.rule.id: it.finding for it in assessed if it.finding is not None}
    for told in settle(assessed).shown:
        first = {owner: min(it.due for it in told.actions if it.owner == owner) for owner in owners(told)}
        for hidden in (every[rule] for rule in told.stands_for):
            for action in hidden.actions:
                assert first.get(action.owner, min(first.values())) <= action.due
            if hidden.actions:
                assert min(first.values()) <= min(it.due for it in hidden.actions)


def owners(finding: Finding) -> set[str]:
    return {it.owner for it in finding.actions}


def test_what_is_for_today_at_3_days_is_not_gone_at_4() -> None:
    for days in (3, 4):
        findings = review(answers={"bowel.days_since": days}).findings
        (found,) = (it for it in findings if "AHC-127" in (it.rule, *it.stands_for))
        assert min(it.due for it in found.actions) == AS_OF


def test_the_same_cause_and_action_is_one_finding_with_all_reasons() -> None:
    def finding(rule: str, level: Level, day: int, rows: tuple[int, ...] = (2,)) -> Finding:
        action = Action("Ask", "gp", f"{day} days", AS_OF + timedelta(days=day))
        reason = Because(f"taking({rule.lower()})", True, rows, rule)
        return Finding(rule, level, (), rule, rule, (reason,), rows, (action,), Basis.PROPOSED, ())

    first, second = finding("A", Level.HIGH, 14), finding("B", Level.HIGH, 7)
    (one,) = one_for_one_cause([first, second])
    assert one.rules == ("A", "B")
    assert [it.shown for it in one.because] == ["A", "B"]
    assert [it.within for it in one.actions] == ["7 days"]
    assert len(one_for_one_cause([first, finding("C", Level.MEDIUM, 7)])) == 2  # it would hide an earlier day
    assert len(one_for_one_cause([first, finding("C", Level.MEDIUM, 14)])) == 1
    assert len(one_for_one_cause([first, finding("C", Level.HIGH, 7, (4,))])) == 2  # another medicine


def ids_in_json(person: PersonReview) -> set[str]:
    said = person_to_json(person, shipped_reviewer().content)
    found = {it["finding"]["rule"] for it in said["accepted"]}
    for it in said["findings"]:
        found |= {it["rule"], *it["superseded"], *(one["rule"] for one in it["merged"])}
    return found


@given(st.sampled_from(sorted(PEOPLE)), st.data())
@settings(max_examples=15, deadline=None)
def test_no_entry_takes_a_rule_out_of_the_json_of_a_whole_person(name: str, data: st.DataObject) -> None:
    record: Record = PEOPLE[name]
    before = shipped_reviewer().review(record, AS_OF)
    rules = sorted(ids_in_json(before))
    chosen = data.draw(st.lists(st.sampled_from(rules), unique=True)) if rules else []
    after = shipped_reviewer().review(replace(record, accepted=tuple(entry(rule) for rule in chosen)), AS_OF)
    assert ids_in_json(after) == set(rules)
    assert accepted(after) <= set(chosen)
    assert {it.rule for it in after.findings if it.level is Level.URGENT} == {
        it.rule for it in before.findings if it.level is Level.URGENT
    }


@pytest.mark.parametrize("text", ["", "Zzyzx 5mg"])
def test_a_line_that_cannot_be_named_is_never_covered_by_a_medicine(text: str) -> None:
    reason = Because("medicines.unrecognised", 1, (9,), "1")
    finding = Finding("A", Level.HIGH, (), "A", "A", (reason,), (9,), (), Basis.PROPOSED, ())
    assessed = [Assessed(_rule("A", (), rider=False), Explanation(Truth.TRUE, (), ()), finding)]
    told = settled(assessed, [entry("A", medicine="zzyzx")], [line_read(9, text)], lambda _: frozenset(), AS_OF)
    assert not told.accepted
