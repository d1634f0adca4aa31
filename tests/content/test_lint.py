"""The checks of ``content lint``: each finds its fault, says it in these words, and is silent on sound content."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.checks.cycles import circles
from healthcheck_cli.content.diagnostics import Problems, Severity
from healthcheck_cli.content.lint import lint, lint_files
from healthcheck_cli.content.load import as_far_as_it_goes, load_content
from tests.content.small_content import changed, write_content

AS_OF = date(2026, 11, 22)
RULE = "drug_rules/rules/stomp/reason.yaml"
FACTS = "checklists/facts/all.yaml"
QUESTIONS = "checklists/sections/01_bowel.yaml"
MEDICINES = "drug_rules/medicines/antipsychotics.yaml"
CLASSES = "drug_rules/classes.yaml"


def faults(folder: Path, changes: dict[str, str], as_of: date = AS_OF, more: Iterable[Check] = ()) -> list[str]:
    """What ``content lint`` shows."""
    problems = Problems()
    texts = write_content(folder, changes).texts(problems)
    content, files = as_far_as_it_goes(texts, (), problems)
    return [str(it) for it in lint_files(content, files, problems, as_of, more)]


def test_sound_content_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        (
            RULE,
            "sources: [small-1]",
            "sources: [smal-1]",
            "10:13: unknown-source STOMP-05 names the source 'smal-1', and there is none (did you mean small-1?)",
        ),
        (
            RULE,
            "themes: [medication]",
            "themes: [medicaton]",
            "5:12: unknown-theme STOMP-05 names the theme 'medicaton', and there is none (did you mean medication?)",
        ),
        (
            RULE,
            "  reviewed:",
            "  supersedes: [STOMP-99]\n  reviewed:",
            "11:16: unknown-rule STOMP-05 names the rule 'STOMP-99', and there is none (did you mean STOMP-05?)",
        ),
        (
            RULE,
            "  reviewed:",
            "  asks_a_review_of: [antipsychotics]\n  reviewed:",
            "11:22: unknown-class STOMP-05 names the class 'antipsychotics', and there is none "
            "(did you mean antipsychotic?)",
        ),
        (
            RULE,
            "missing: [dx.psychosis]",
            "missing: [dx.psychoses]",
            "16:64: unknown-fact an example of STOMP-05 names the fact 'dx.psychoses', and there is none "
            "(did you mean dx.psychosis?)",
        ),
        (
            RULE,
            "problems: [], level: high",
            "answers: {bowel.days_ago: 3}, level: high",
            "14:78: unknown-question an example of STOMP-05 names the question 'bowel.days_ago', and there is none "
            "(did you mean bowel.days_since?)",
        ),
        (RULE, "id: STOMP-05", "id: stomp-5", "1:3: bad-id 'stomp-5' is not the id of a rule (as STOMP-05)"),
        (
            RULE,
            "    unknown: [{medicines: [Risperidone 1mg tablets], missing: [dx.psychosis]}]\n",
            "",
            "1:3: no-example STOMP-05 has no example for: unknown "
            "(an active rule shows each of fires, clear and unknown)",
        ),
        (
            RULE,
            ", level: high}",
            "}",
            "14:13: no-level this example of STOMP-05 does not say at which level it fires "
            "(add level: where the rule has level_if)",
        ),
        (
            RULE,
            "  actions: [{do: Ask whether the reason is current, "
            "owner: pharmacist, within: 2 weeks, when_urgent: today}]\n",
            "",
            "1:3: no-action STOMP-05 leads to no action (say what to do, who does it and how soon)",
        ),
        (
            RULE,
            ", when_urgent: today",
            "",
            "1:3: urgent-can-wait STOMP-05 can be urgent and has nothing to do at once "
            "(add within: today, or when_urgent: today)",
        ),
        (
            RULE,
            "  review_due: 2027-11-22\n",
            "",
            "1:3: no-review-date STOMP-05 does not say when it was reviewed and when it is due again "
            "(add reviewed: and review_due:)",
        ),
        (
            RULE,
            "review_due: 2027-11-22",
            "review_due: 2026-11-21",
            "1:3: review-overdue the review of the rule STOMP-05 was due on 2026-11-21 "
            "(review it and set a new date, or retire it)",
        ),
        (
            RULE,
            "do: Ask whether the reason is current",
            "do: Stop the medicine",
            "8:18: wording 'do' tells someone to stop or start something: 'Stop' "
            "(say what was found and whom to discuss it with)",
        ),
        (
            FACTS,
            "group: psychosis",
            "group: psychoses",
            "4:20: unknown-problem-group dx.psychosis names the problem group 'psychoses', and there is none "
            "(did you mean psychosis?)",
        ),
        (
            CLASSES,
            "tags: [antipsychotic_second_gen]",
            "tags: [antipsychotic_2nd_gen]",
            "1:53: unknown-tag the class antipsychotic names the tag 'antipsychotic_2nd_gen', and there is none "
            "(did you mean antipsychotic_second_gen?)",
        ),
        (
            MEDICINES,
            "scores: [{scale: acbcalc, value: 1}]",
            "scores: [{scale: acbcalc, value: 4}]",
            "9:38: score-out-of-range risperidone scores 4 on acbcalc, which goes from 0 to 3",
        ),
        (
            QUESTIONS,
            "type: num\n    unit: days\n    hard: [0, 60]",
            "type: yn",
            "fact-and-question bowel.days_since: the fact is a num and its question a yn",
        ),
    ],
)
def test_each_check_finds_its_fault_and_says_it_plainly(
    tmp_path: Path, path: str, old: str, new: str, fault: str
) -> None:
    assert any(fault in found for found in faults(tmp_path, changed(path, old, new)))


def test_a_fact_that_needs_itself_through_its_question_is_a_circle(tmp_path: Path) -> None:
    changes = changed(QUESTIONS, "who: taking(antipsychotic)", "who: bowel.days_since >= 1 days")
    assert faults(tmp_path, changes) == [
        "checklists/facts/all.yaml:6:3: circle these need each other: "
        "bowel.days_since > question bowel.days_since > bowel.days_since "
        "(break the circle in a definition, asked_of or who)"
    ]


def test_every_circle_is_found_and_each_once() -> None:
    needs = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}, "e": {"a"}}
    found = set(circles({name: frozenset(needed) for name, needed in needs.items()}))
    assert found == {("a", "b", "a"), ("c", "d", "c")}


def test_questions_that_no_section_asks_yet_are_counted_not_refused(tmp_path: Path) -> None:
    content = load_content(write_content(tmp_path, changed(FACTS, "question: bowel.days_since", "question: bowel.ago")))
    (found,) = lint(content, AS_OF)
    assert found.severity is Severity.NOTE
    assert found.message == "1 questions that facts come from are in no section yet"


def test_a_review_date_that_has_passed_is_a_warning_and_refuses_a_release(tmp_path: Path) -> None:
    content = load_content(write_content(tmp_path))
    for release, severity in ((False, Severity.WARNING), (True, Severity.ERROR)):
        (found,) = lint(content, date(2028, 1, 1), release=release)
        assert (found.code, found.severity) == ("review-overdue", severity)


@pytest.mark.parametrize(
    ("easy", "says"),
    [
        ("We will look at why you take this medicine.", []),
        ("Your antipsychotic prescription necessitates comprehensive reconsideration.", ["reading grade 35.7"]),
        ("We" + " will see you" * 7 + ".", ["a sentence of 22 words"]),
        ("Antipsychotics?", []),  # of one word, no grade says anything
    ],
)
def test_easy_read_that_is_hard_to_read_is_a_warning(tmp_path: Path, easy: str, says: list[str]) -> None:
    action = "{do: Ask whether the reason is current, "
    content = load_content(write_content(tmp_path, changed(RULE, action, f'{action}easy_read: "{easy}", ')))
    found = lint(content, AS_OF)
    assert [it.message for it in found] == [f"easy_read of STOMP-05: {it}" for it in says]
    assert {it.severity for it in found} <= {Severity.WARNING}


def test_advice_for_carers_may_be_harder_but_not_hard(tmp_path: Path) -> None:
    hard = "Commission individualised multidisciplinary reassessment of anticholinergic responsibilities"
    for text, found in (("Watch for falls and stiffness, and write down when they happen", 0), (hard, 1)):
        action = f"{{do: '{text}', owner: carer or provider"
        changes = changed(RULE, "{do: Ask whether the reason is current, owner: pharmacist", action)
        problems = lint(load_content(write_content(tmp_path, changes)), AS_OF)
        assert [it.code for it in problems] == ["hard-to-read"] * found


def test_a_theme_that_nothing_feeds_is_a_warning(tmp_path: Path) -> None:
    extra = changed(
        "checklists/themes.yaml",
        "- {id: medication,",
        "- {id: dementia, title: Dementia, plain_words: Memory, basis: proposed}\n- {id: medication,",
    )
    (found,) = lint(load_content(write_content(tmp_path, extra)), AS_OF)
    assert found.severity is Severity.WARNING
    assert found.message == "no rule and no question feeds the theme dementia"


def test_a_rule_that_asks_only_what_is_known_needs_no_unknown_example(tmp_path: Path) -> None:
    rule = changed(RULE, "when: taking(antipsychotic) and not dx.psychosis", "when: missing(dx.psychosis)")[RULE]
    without = rule.replace("    unknown: [{medicines: [Risperidone 1mg tablets], missing: [dx.psychosis]}]\n", "")
    assert faults(tmp_path, {RULE: without}) == []
