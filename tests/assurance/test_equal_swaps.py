"""A swap of a class is left out only where no medicine that somebody takes could tell the two classes apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.assurance.class_swaps import ClassNeighbours, class_swaps
from healthcheck_cli.content.load import load_content
from tests.content.small_content import FILES, changed, write_content

CLASSES = """\
defaults: {basis: proposed}
records:
  - {id: antipsychotic, title: Antipsychotics, tags: [antipsychotic_second_gen]}
  - {id: calming, title: Calming, any_of: [antipsychotic], medicines: [codeine]}
  - {id: swallowed, title: Swallowed, medicines: [codeine], routes: [oral]}
"""
RULE = "drug_rules/rules/stomp/reason.yaml"
MEDICINES = "drug_rules/medicines/antipsychotics.yaml"
BY_MOUTH = {MEDICINES: FILES[MEDICINES].replace("label: opioid\n", "label: opioid\n    default_route: oral\n")}


@pytest.mark.parametrize(
    ("swapped", "beside", "told_apart"),
    [
        ("taking(antipsychotic)", "", True),
        ("taking(antipsychotic)", " or taking(codeine)", False),
        ("not taking(antipsychotic)", " and not taking(codeine)", False),
        ("taking(antipsychotic, taken_for > 8 weeks)", " or taking(codeine)", False),
        ("taking(antipsychotic)", " or taking(codeine, taken_for > 8 weeks)", True),
        ("taking(antipsychotic)", " and taking(codeine)", True),
        ("taking(antipsychotic)", " or taking(swallowed)", True),  # not by injection
        ("taking(antipsychotic, oral)", " or taking(swallowed)", False),
        ("taking(antipsychotic, depot)", "", False),  # no depot of codeine is known
        ("count(antipsychotic) >= 1", " or taking(codeine)", True),  # counts are not looked into
    ],
)
def test_a_swap_that_nothing_could_notice_is_left_out(
    tmp_path: Path, swapped: str, beside: str, told_apart: bool
) -> None:
    rule = changed(RULE, "taking(antipsychotic) and", f"({swapped}{beside}) and")
    content = load_content(write_content(tmp_path, {"drug_rules/classes.yaml": CLASSES, **BY_MOUTH, **rule}))
    swaps = [after.text for _, after in class_swaps(content.rules["STOMP-05"].when, ClassNeighbours(content))]
    assert any(swapped.replace("antipsychotic", "calming") in text for text in swaps) is told_apart


def test_a_medicine_that_may_be_a_depot_tells_depots_apart(tmp_path: Path) -> None:
    rule = changed(RULE, "taking(antipsychotic) and", "taking(antipsychotic, depot) and")
    content = load_content(write_content(tmp_path, {"drug_rules/classes.yaml": CLASSES, **rule}))  # no usual route
    swaps = [after.text for _, after in class_swaps(content.rules["STOMP-05"].when, ClassNeighbours(content))]
    assert "taking(calming, depot) and not dx.psychosis" in swaps
