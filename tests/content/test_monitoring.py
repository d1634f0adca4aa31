"""The monitoring table of the content: what is refused, and that rules and table have the same intervals."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.conditions.tree import classes_named
from healthcheck_cli.content.checks.monitoring import spans_asked
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.errors import ContentProblem
from tests.content.small_content import FILES, write_content

TABLE = "drug_rules/monitoring/bowel.yaml"
ROW = """\
- id: antipsychotic-bowel
  title: When the bowels were asked about
  of: [antipsychotic]
  test: review.bowel
  base: 28 days
  usual: {every: 6 months, overdue_after: 7 months}
  told_by: [STOMP-06]
  basis: proposed
"""
RULE = """\
- id: STOMP-06
  title: Bowels not asked about
  level: info
  themes: [medication]
  when: taking(antipsychotic) and months_since(review.bowel) >= 7
  says: "{medicines}: not asked about in 7 months."
  actions: [{do: Ask about the bowels, owner: pharmacist, within: 4 weeks}]
  basis: proposed
"""
FACT = "- {name: review.bowel, title: Bowels, type: date, observation: {names: [bowel]}, basis: proposed}\n"


def loaded(folder: Path, row: str = ROW, rule: str = RULE) -> None:
    facts = FILES["checklists/facts/all.yaml"] + FACT
    files = {TABLE: row, "drug_rules/rules/stomp/bowel.yaml": rule, "checklists/facts/all.yaml": facts}
    load_content(write_content(folder, files))


def test_a_table_and_a_rule_that_agree_are_taken(tmp_path: Path) -> None:
    loaded(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("of: [antipsychotic]", "of: [antipsychotics]", "3:8: unknown-class antipsychotic-bowel names the class"),
        ("test: review.bowel", "test: review.bowels", "4:9: unknown-fact antipsychotic-bowel names the fact"),
        ("test: review.bowel", "test: bowel.days_since", "1:3: no-date antipsychotic-bowel goes by the date of"),
        ("STOMP-06", "STOMP-07", "7:13: unknown-rule antipsychotic-bowel names the rule 'STOMP-07'"),
        ("28 days", "soon", "5:9: bad-time 'soon' is not a stretch of time"),
        ("28 days", "1.5 months", "5:9: bad-time '1.5 months' is not a stretch of time"),
        ("overdue_after: 7 months", "overdue_after: 5 months", "6:43: bad-range this is overdue before it is due"),
        ("usual: {every", "closer: [{every", "closer"),
        ("overdue_after: 7 months", "overdue_after: 8 months", "1:3: monitoring-disagrees STOMP-06 asks about"),
        ("months, overdue_after: 7 months}", "months, late: 7 months}", "unknown-key there is no key 'late'"),
    ],
)
def test_what_is_refused_and_where(tmp_path: Path, old: str, new: str, fault: str) -> None:
    row = ROW.replace(old, new)
    if new.startswith("closer"):
        row = row.replace("7 months}", "7 months}]")
        fault = "6:12: missing-key 'for_first' is missing"
    with pytest.raises(ContentProblem) as problem:
        loaded(tmp_path, row)
    assert f"{TABLE}:" in str(problem.value)
    assert fault in str(problem.value)


def test_a_rule_that_waits_longer_than_the_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentProblem, match=r"STOMP-06 asks about review.bowel from 8 months on"):
        loaded(tmp_path, rule=RULE.replace(">= 7", "> 7"))


def test_no_shipped_rule_has_an_interval_of_its_own_for_a_test_of_the_table() -> None:
    content = load_content(find_content())
    for rule in content.rules.values():
        named = classes_named(rule.when)
        for fact in {test.test for test in content.monitoring.values()}:
            rows = [it for it in content.monitoring.values() if it.test == fact and named & set(it.of)]
            late = {(it.overdue_after.count, it.overdue_after.unit) for row in rows for it in row.intervals}
            for span in spans_asked(rule, fact) if rows else ():
                assert (span.count, span.unit) in late, (rule.id, fact)
