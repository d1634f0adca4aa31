"""Indicators of the content: what is refused and where, and that those shipped cover the list they are taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.content.indicator_models import IndicatorGroup
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.errors import ContentProblem
from tests.content.small_content import write_content

INDICATORS = "drug_rules/indicators/all.yaml"
SERIES = "- {id: national, title: Figures, of: adults, basis: sourced, sources: [small-1]}\n"
RECORD = """\
- id: no-reason
  title: No reason found for the antipsychotic
  group: reasons
  who: taking(antipsychotic) and not dx.psychosis
  fired: [STOMP-05]
  figures: [{percent: 58, period: published 2015, series: national}]
  basis: proposed
"""


def loaded(folder: Path, record: str = RECORD) -> None:
    load_content(write_content(folder, {INDICATORS: record, "drug_rules/national_series.yaml": SERIES}))


def test_an_indicator_is_taken(tmp_path: Path) -> None:
    loaded(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("STOMP-05", "STOMP-5", "5:11: unknown-rule no-reason names the rule 'STOMP-5'"),
        ("series: national", "series: local", "6:59: unknown-series no-reason names the series 'local'"),
        ("antipsychotic)", "antipsychotics)", "4:15: condition `antipsychotics` is not a medicine class"),
        ("not dx.psychosis", "taking(risperidone, prn)", "1:3: not-kept no-reason asks `taking(risperidone, prn)`"),
        ("not dx.psychosis", "bowel.days_since >= 3 days", "1:3: not-kept no-reason asks `bowel.days_since >= 3 days`"),
        ("not dx.psychosis", "count(antipsychotic) >= 2", "1:3: not-kept no-reason asks `count(antipsychotic) >= 2`"),
        ("  fired: [STOMP-05]\n", "", "one-way an indicator says in one way who is counted, and this in 0"),
        ("fired:", "counts: taking(codeine)\n  fired:", "one-way an indicator says in one way who is counted"),
        ("percent: 58", "percent: 158", "6:23: bad-range a percentage is from 0 to 100"),
        ("fired: [STOMP-05]", "assessed: STOMP-05", "missing-key 'assessed' and 'found_in' go together"),
    ],
)
def test_what_is_refused_and_where(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ContentProblem) as problem:
        loaded(tmp_path, RECORD.replace(old, new))
    assert fault in str(problem.value)


def test_all_42_indicators_of_the_leder_list_are_answered_or_say_why_not() -> None:
    content = load_content(find_content(None))
    leder = [it.id for it in content.indicators.values() if it.group is IndicatorGroup.LEDER]
    assert leder == [f"I{number:02}" for number in range(1, 43)]
