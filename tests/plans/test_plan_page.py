"""The model of the clinician's plan: what stands on the first screen, and what is never claimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import ThemeStatus
from healthcheck_cli.kept_actions import ActionMark, ActionState, KeptAction, LivingAction
from healthcheck_cli.ledger import Companion, Ledger, RejectedRow
from healthcheck_cli.plans.changes import Changes
from healthcheck_cli.plans.find_out import FindOut, find_out
from healthcheck_cli.plans.finding_parts import by_level_and_day, planned_actions, pressing_first
from healthcheck_cli.plans.make_plan_page import make_plan_page
from healthcheck_cli.plans.markdown import page_markdown
from healthcheck_cli.plans.plan_html import plan_html
from healthcheck_cli.plans.plan_links import leads
from healthcheck_cli.plans.plan_sources import PlanSources
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import Answer, AnswerState
from healthcheck_cli.review import review_records
from tests.plans.golden_people import AS_OF, NAMES, golden_records, golden_review
from tests.plans.golden_plans import golden_page
from tests.plans.small_review import CONTENT, FINDINGS, PERSON, REVIEW
from tests.whole_people import shipped_reviewer


@pytest.mark.parametrize("name", NAMES)
def test_first_screen_is_short_and_says_nothing_twice(name: str) -> None:
    first = golden_page(name).first
    assert len(first.actions) <= 5
    assert bool(first.no_urgent) != bool(first.urgent)
    said = [(it.do, it.owner) for finding in first.urgent for it in finding.actions]
    said += [(it.do, it.owner) for it in first.actions]
    assert len(said) == len(set(said))
    open_ = [it for it in golden_review(name).people[0].could_not_assess if it.level is Level.URGENT]
    assert first.may_be_urgent.startswith(f"{len(open_)} rule") if open_ else not first.may_be_urgent


@pytest.mark.parametrize("name", NAMES)
def test_what_presses_most_is_first_and_then_what_is_due_first(name: str) -> None:
    person = golden_review(name).people[0]
    planned = pressing_first(person)
    assert [(it.rank, it.due) for it in planned] == sorted((it.rank, it.due) for it in planned)
    turned = replace(person, findings=tuple(reversed(person.findings)))
    assert [(it.rank, it.due) for it in pressing_first(turned)] == [(it.rank, it.due) for it in planned]
    for theme in golden_page(name).themes:
        found = {it.rule: it for it in person.findings}
        told = [by_level_and_day(found[it.rule]) for it in theme.findings]
        assert told == sorted(told)


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_says_what_was_found_and_not_whom_it_is_about(name: str) -> None:
    for finding in golden_review(name).people[0].findings:
        assert finding.says[0].isalnum(), finding.rule
        assert "Age (date of birth)" not in finding.says


@pytest.mark.parametrize("name", NAMES)
def test_only_a_rule_that_asks_for_an_action_stands_beside_it(name: str) -> None:
    rules, wrong = shipped_reviewer().content.rules, []
    for planned in planned_actions(golden_review(name).people[0]):
        asked = (planned.do, planned.owner)
        wrong += [it for it in planned.rules if asked not in {(a.do, a.owner) for a in rules[it].actions}]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_no_theme_with_an_open_rule_is_shown_as_assessed(name: str) -> None:
    shown = golden_page(name).first.themes
    assert [it.title for it in shown if it.state is ThemeStatus.CLEAR and it.assessed < it.rules] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_waits_alone_only_for_the_one_thing_that_is_named(name: str) -> None:
    gaps = golden_page(name).gaps
    assert gaps is not None
    places: dict[str, list[bool]] = {}
    for gap in (gap for group in gaps.groups for gap in (*group.urgent, *group.high)):
        for rule in gap.rules:
            places.setdefault(rule.rule, []).append(rule.alone)
    assert [rule for rule, alone in places.items() if len(alone) > 1 and any(alone)] == []


def test_what_only_facts_tell_is_not_known_without_them() -> None:
    review = golden_review("clozapine")
    page = make_plan_page(PlanSources(review, review.people[0], shipped_reviewer().content))
    assert {(it.reason, it.last_review, it.monitoring) for it in page.stomp.lines} == {("not known", "not known", ())}
    assert page.stomp.lines[0].since == "1 Jan 2018"  # as the line says


def test_nothing_on_record_is_only_said_of_lists_that_are_complete() -> None:
    told = [test for it in golden_page("declined_bloods").stomp.lines for test in it.monitoring]
    assert any(test.startswith("overdue, none on record: Lithium level") for test in told)
    unknown = [test for it in golden_page("clozapine").stomp.lines for test in it.monitoring]
    assert any(test.startswith("not known: ") for test in unknown)
    assert not any("none on record" in test or test.startswith(("overdue", "due")) for test in unknown)


def test_a_list_that_is_not_complete_may_hold_more() -> None:
    remarks = golden_page("mostly_unknown").stomp.remarks
    assert "The list is not said to be complete: there may be more." in remarks
    assert "(rows 6, 7, 8)" in " ".join(golden_page("unrecognised_medicine").stomp.remarks)


def test_a_code_stands_only_where_a_source_gives_it_and_a_refused_flag_is_told() -> None:
    coded = {it.what: it for it in golden_page("many").codes}
    assert coded["Requires extended appointment"].code == "1108171000000102"
    assert coded["Requires extended appointment"].support.sources
    assert [it.code for what, it in coded.items() if what.startswith("Learning disability health check done")] == [""]
    record = golden_records()["many"]
    refused = {**record.answers, "ra.flag_consent": Answer("ra.flag_consent", AnswerState.ANSWERED, "refuses")}
    review = golden_review("many")
    page = make_plan_page(PlanSources(review, review.people[0], shipped_reviewer().content, refused))
    assert {it.because.rpartition("; ")[2] for it in page.codes} == {"the person does not want the flag"}


def test_somebody_whom_the_person_said_no_to_is_told_as_such() -> None:
    may = {it.who: it.agreed for it in golden_page("many").copies}
    assert (may["his sister"], may["support provider"], may["Specialist"]) == ("no", "yes", "not recorded")


def test_what_was_not_asked_is_told_as_not_asked() -> None:
    agreed = {it.about: it.answer for it in golden_page("mostly_unknown").agreement}
    assert set(agreed.values()) == {"not asked"}
    assert make_plan_page(PlanSources(REVIEW, PERSON, CONTENT)).agreement == ()  # of a list nobody was asked


@pytest.mark.parametrize(("said", "agreed"), [("yes", True), ("best_interests", True), ("no", False), (None, False)])
def test_what_was_agreed_stands_on_the_first_screen_and_nothing_is_called_agreed_that_nobody_said_yes_to(
    said: str | None, agreed: bool
) -> None:
    answers = {"hap.top_actions": Answer("hap.top_actions", AnswerState.ANSWERED, ({"what": "swim"}, {"why": " "}))}
    if said is not None:
        answers["hap.agreed"] = Answer("hap.agreed", AnswerState.ANSWERED, said)
    page = make_plan_page(PlanSources(REVIEW, PERSON, shipped_reviewer().content, answers))
    assert page.agreed is not None
    assert page.agreed.heading == ("Agreed with the person" if agreed else "To be agreed with the person")
    assert [(it.what, it.who) for it in page.agreed.actions] == [("swim", "")]
    for text in (page_markdown(page), plan_html(page)):
        first, _, rest = text.partition("What to do next")
        assert ("swim" in first, first.count("not said"), rest != "") == (True, 3, True)
    refused = {"hap.top_actions": Answer("hap.top_actions", AnswerState.DECLINED)}
    assert make_plan_page(PlanSources(REVIEW, PERSON, CONTENT, refused)).agreed is None


def test_nothing_found_then_and_open_now_is_called_cleared() -> None:
    changes = golden_page("many").changes
    assert changes is not None
    groups = {group.title.partition(":")[0].partition(";")[0]: group for group in changes.groups}
    cleared = {it.rule for it in groups["Cleared"].findings}
    open_ = {it.rule for it in golden_review("many").people[0].could_not_assess}
    assert cleared
    assert not cleared & open_
    assert {it.rule for it in groups["Found then"].findings} <= open_
    assert [it.outcome for it in changes.actions] == ["not done: letter lost", "not done: no transport", "done"]


def living(
    number: int, level: Level = Level.URGENT, due: date = date(2025, 10, 14), done: bool = False
) -> LivingAction:
    rule = f"AHC-{number}"
    kept = KeptAction(f"{rule}-a1b2c3", (rule,), level, "Title", f"Tell team {number}", "gp", due)
    mark = ActionMark(kept.id, ActionState.DONE, "A. Nurse", due) if done else None
    return LivingAction(kept, "c1", date(2025, 10, 14), date(2025, 10, 14), mark)


def test_urgent_actions_that_nobody_did_stand_on_the_first_screen() -> None:
    left = [living(it) for it in (279, 280, 281, 282, 283, 284)]
    others = [living(290, Level.HIGH), living(291, due=date(2027, 1, 1)), living(292, done=True)]
    gone = replace(FINDINGS[0], rule="AHC-279")  # false now, which does not say that anybody did it
    changes = Changes(since=date(2025, 10, 14), cleared=(gone,), actions=(*left, *others))
    page = make_plan_page(PlanSources(REVIEW, PERSON, CONTENT, changes=changes))
    assert page.changes is not None
    assert [it.action.rules for it in page.changes.urgent] == [(f"AHC-{it}",) for it in range(280, 285)]
    for text in (page_markdown(page), plan_html(page)):
        first = text.partition("What to do next")[0]
        assert first.count("open since 14 Oct 2025, past its day") == 5
        assert "Tell team 280 (AHC-280; open since" in " ".join(first.split())
        assert "and 1 more" in first
    alone = make_plan_page(
        PlanSources(REVIEW, PERSON, CONTENT, changes=replace(changes, actions=tuple(left[:1])))
    ).changes
    assert alone is not None
    assert alone.urgent[0].outcome.endswith("its rule does not hold any more")
    assert "nobody has said" not in page_markdown(
        make_plan_page(PlanSources(REVIEW, PERSON, CONTENT, changes=replace(changes, actions=tuple(others))))
    )


@pytest.mark.parametrize(("number", "private"), [(280, True), (215, False)])
def test_a_plan_with_a_private_action_of_an_earlier_one_is_not_to_be_handed_on(number: int, private: bool) -> None:
    changes = Changes(since=date(2025, 10, 14), actions=(living(number),))
    page = make_plan_page(PlanSources(REVIEW, PERSON, shipped_reviewer().content, changes=changes))
    assert bool(page.not_to_hand_on) == private


VALPROATE = {
    "person": {"id": "V1", "date_of_birth": "1996-04-02", "sex": "F"},
    "complete": ["medicines", "problems"],
    "medicines": [{"text": "Epilim Chrono 500 tablets", "dosage": "1 bd"}],
    "problems": ["epilepsy"],
}


@pytest.mark.parametrize("own_first", [True, False])
def test_a_link_leads_to_the_own_finding_of_its_rule_before_one_that_asks_for_the_same(own_first: bool) -> None:
    page = golden_page(NAMES[0])
    theme = next(it for it in page.themes if len(it.findings) > 1)
    own, other = theme.findings[:2]
    asks_too = replace(other, actions=(replace(other.actions[0], rules=(other.rule, own.rule)),))
    findings = (own, asks_too) if own_first else (asks_too, own)
    assert leads(replace(page, themes=(replace(theme, findings=findings),)))[own.rule] is own


def to_find_out(**changed: Any) -> dict[str, FindOut]:
    """What is to be found out, by the rules that hang on it."""
    (person,) = review_records([record_from_mapping({**VALPROATE, **changed})], shipped_reviewer(), AS_OF).people
    assert "STOMP-40" not in {it.rule for it in person.findings}
    found = find_out(person, shipped_reviewer().content, AS_OF)
    return {rule: it for it in found for rule, _ in it.rules}


def test_valproate_with_nothing_known_of_pregnancy_prevention_is_something_to_find_out() -> None:
    found = to_find_out()
    assert found["STOMP-40"].ask == ("Date of the last valproate annual risk form",)
    assert (found["STOMP-40"].by, found["STOMP-40"].owner) == ("24 Nov 2026", "pharmacist")
    assert "STOMP-40" not in to_find_out(person={"id": "V1", "date_of_birth": "1996-04-02", "sex": "M"})
    assert to_find_out(medicines=[], problems=[]) == {}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_to_be_found_out_is_pressing_open_and_told_once(name: str) -> None:
    (person,) = golden_review(name).people
    open_ = {it.rule: it.level for it in person.could_not_assess if it.level in (Level.URGENT, Level.HIGH)}
    found = golden_page(name).find_out
    rules = [rule for it in found for rule, _ in it.rules]
    assert len(rules) == len(set(rules))
    assert {rule: open_[rule] for rule in rules}.keys() <= open_.keys()
    assert [it.level.rank for it in found] == sorted(it.level.rank for it in found)


def test_rows_that_the_source_takes_back_are_not_told_as_damage() -> None:
    rows = (RejectedRow("list.csv", 3, "deleted in the source", withdrawn=True), RejectedRow("list.csv", 4, "why"))
    beside = Companion(
        "results.csv", 20, tuple(RejectedRow("results.csv", line, "why") for line in range(2, 14)), {"deleted": 5}
    )
    review = replace(REVIEW, ledger=Ledger(rejected=rows, companions=(beside,)))
    *_, damaged, withdrawn = make_plan_page(PlanSources(review, PERSON, CONTENT)).footer
    assert damaged.text == "13 rows of the inputs could not be used:"
    assert damaged.below[0] == "list.csv line 4: why"
    assert (len(damaged.below), damaged.below[-1]) == (11, "and 3 more")
    assert withdrawn.text == "6 rows of the inputs left out: the source takes them back"
