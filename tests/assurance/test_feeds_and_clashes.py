"""What leads nowhere, what contradicts itself and what is said twice is found, and said plainly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.assurance import clashes, feeds
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.lint import lint
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from tests.content.small_content import FILES, changed, write_content

AS_OF = date(2026, 11, 22)
RULE = "drug_rules/rules/stomp/reason.yaml"
FACTS = "checklists/facts/all.yaml"
QUESTIONS = "checklists/sections/01_bowel.yaml"
MORE = (*feeds.CHECKS, *clashes.CHECKS)
SECOND = "drug_rules/rules/stomp/second.yaml"


def found_in(content: Content) -> list[Diagnostic]:
    return [it for check in MORE for it in check.find(content, AS_OF)]


def found(folder: Path, changes: dict[str, str]) -> list[str]:
    return [f"{it.severity.value}: {it}" for it in found_in(load_content(write_content(folder, changes)))]


def test_sound_content_has_none_of_it(tmp_path: Path) -> None:
    assert found(tmp_path, {}) == []


def test_a_fact_that_nothing_computes_is_told_with_the_rules_that_name_it(tmp_path: Path) -> None:
    changes = changed(FACTS, "  problem: {group: psychosis, within: 5 years}\n", "  computed: true\n")
    assert found(tmp_path, changes) == [
        "warning: checklists/facts/all.yaml:1:3: fact-not-fed nothing feeds dx.psychosis: it is computed, and no "
        "computation is registered under this name (unknown for everyone; named by STOMP-05)"
    ]


def test_a_fact_whose_question_no_section_asks_is_told(tmp_path: Path) -> None:
    changes = changed(FACTS, "question: bowel.days_since", "question: bowel.ago")
    assert "nothing feeds bowel.days_since: no section asks its question" in "\n".join(found(tmp_path, changes))


def test_questions_that_feed_nothing_are_one_note(tmp_path: Path) -> None:
    more = "  - {id: bowel.chart, ask: Is there a chart?, help: Ask, type: yn, basis: proposed}\n"
    assert found(tmp_path, {QUESTIONS: FILES[QUESTIONS] + more}) == [
        "note: checklists/sections:1:1: question-feeds-nothing 1 questions are recorded and feed no fact, score, "
        "cross check or computation (bowel.chart)"
    ]


def test_a_question_that_a_computation_reads_feeds_something() -> None:
    assert "swallow.tube" in feeds.texts_in_computations()


def test_a_rule_that_can_never_fire_is_an_error(tmp_path: Path) -> None:
    # risperidone is the only member of the class
    changes = changed(RULE, "taking(antipsychotic) and not", "not taking(antipsychotic) and taking(risperidone) and")
    assert found(tmp_path, changes) == [
        "error: drug_rules/rules/stomp/reason.yaml:1:3: never-true STOMP-05 can never fire: no record makes its "
        "condition true (one part rules another out)"
    ]


@pytest.mark.parametrize(
    "asks",
    ["routes: [oral]", "forms: [capsule]", "daily_mg_at_least: {risperidone: 2}"],
)
def test_a_class_that_asks_more_of_a_line_does_not_hold_every_line_of_its_medicines(tmp_path: Path, asks: str) -> None:
    classes = "drug_rules/classes.yaml"
    some = f"- {{id: some, title: Some, medicines: [risperidone], {asks}, basis: proposed}}\n"
    changes = changed(RULE, "and not dx.psychosis", "and not taking(some)")
    assert found(tmp_path, {**changes, classes: FILES[classes] + some}) == []


def test_classes_that_hold_all_of_another_between_them_rule_it_out(tmp_path: Path) -> None:
    classes = "drug_rules/classes.yaml"
    both = "- {id: both, title: Both, medicines: [risperidone, codeine], basis: proposed}\n"
    rule = "taking(both) and not taking(risperidone) and not taking(codeine)"
    changes = changed(RULE, "taking(antipsychotic) and not dx.psychosis", rule)
    assert "can never fire" in "\n".join(found(tmp_path, {**changes, classes: FILES[classes] + both}))


def test_a_level_that_can_never_be_reached_is_an_error(tmp_path: Path) -> None:
    # no answer above 60 days is accepted
    changes = changed(RULE, "bowel.days_since >= 5 days", "bowel.days_since >= 61 days")
    assert found(tmp_path, changes) == [
        "error: drug_rules/rules/stomp/reason.yaml:1:3: never-true STOMP-05 can never be urgent: "
        "`bowel.days_since >= 61 days` and its condition (one rules the other out)"
    ]


def test_a_question_that_can_be_asked_of_nobody_is_an_error(tmp_path: Path) -> None:
    changes = changed(QUESTIONS, "who: taking(antipsychotic)", "who: dx.psychosis and not dx.psychosis")
    assert "never-true bowel.days_since is asked of nobody" in "\n".join(found(tmp_path, changes))


def test_two_rules_with_one_condition_and_one_action_are_a_warning(tmp_path: Path) -> None:
    twin = FILES[RULE].replace("STOMP-05", "STOMP-06")
    twin = twin.replace("taking(antipsychotic) and not dx.psychosis", "not dx.psychosis and taking(antipsychotic)")
    said = (
        "warning: drug_rules/rules/stomp/second.yaml:1:3: said-twice STOMP-06 has the condition of STOMP-05, and both "
        "ask to: Ask whether the reason is current (make one rule of them, or let one supersede the other)"
    )
    assert found(tmp_path, {SECOND: twin}) == [said]
    for reason, other in (
        ("another action", twin.replace("Ask whether the reason is current", "Weigh the person")),
        ("another owner", twin.replace("owner: pharmacist", "owner: gp")),
        ("one stands for the other", twin.replace("  level: high\n", "  level: high\n  supersedes: [STOMP-05]\n")),
        ("not in use", twin.replace("  level: high\n", "  level: high\n  status: draft\n")),
    ):
        assert found(tmp_path, {SECOND: other}) == [], reason


def test_no_shipped_rule_contradicts_itself_or_is_said_twice() -> None:
    shipped = load_content(find_content())
    assert [str(it) for check in clashes.CHECKS for it in check.find(shipped, AS_OF)] == []
    assert [str(it) for it in lint(shipped, AS_OF, MORE) if it.severity is Severity.ERROR] == []
