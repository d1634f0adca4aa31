"""Adjustments and usual reasons: what is refused, and that no shipped code is a misprint."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.content.adjustment_models import BESPOKE
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.dmd.ids import has_check_digit
from tests.content.test_lint import faults

ADJUSTMENTS, REASONS = "checklists/adjustments.yaml", "drug_rules/reasons.yaml"
SOUND = """\
- {id: quiet, category: "008", codes: {snomed: "1108171000000102"}, term: Longer, answers: {bowel.days_since: []}, \
themes: [medication], basis: proposed}
"""
REASON = "- {id: ap, title: Antipsychotics, classes: [antipsychotic], reasons: [dx.psychosis], basis: proposed}\n"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("1108171000000102", "1082661000000100", "bad-code '1082661000000100' is no SNOMED CT code"),  # as printed
        ('"1108171000000102"', "1108171000000102", "code-not-quoted"),
        ('"008"', '"012"', "unknown-word 'category' cannot be '012'"),
        ("bowel.days_since: []", "bowel.shape: []", "unknown-question quiet names the question 'bowel.shape'"),
        ("bowel.days_since: []", "bowel.days_since: [four]", "unknown-answer quiet names the answer 'four'"),
        ("[medication]", "[medicine]", "unknown-theme quiet names the theme 'medicine'"),
    ],
)
def test_an_adjustment_that_is_not_sound_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert [it for it in faults(tmp_path / "sound", {ADJUSTMENTS: SOUND}) if ADJUSTMENTS in it] == []
    found = faults(tmp_path, {ADJUSTMENTS: SOUND.replace(old, new)})
    assert any(it.startswith(f"{ADJUSTMENTS}:1:") and fault in it for it in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[antipsychotic]", "[antipsychotics]", "unknown-class"),
        ("[antipsychotic]", "[]", "empty-group"),
        ("[dx.psychosis]", "[dx.psychose]", "unknown-fact"),
        ("reasons: [dx.psychosis]", "reasons: []", "missing-key"),
        ("[dx.psychosis]", "[dx.psychosis], old_reasons: [dx.old]", "unknown-fact"),
    ],
)
def test_usual_reasons_that_are_not_sound_are_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert [it for it in faults(tmp_path / "sound", {REASONS: REASON}) if REASONS in it] == []
    found = faults(tmp_path, {REASONS: REASON.replace(old, new)})
    assert any(it.startswith(f"{REASONS}:1:") and fault in it for it in found), found


def test_no_code_is_a_misprint_and_one_is_there_for_what_has_none() -> None:
    adjustments = load_content(find_content()).adjustments
    assert [it.id for it in adjustments.values() if not has_check_digit(it.code)] == []
    assert [it.id for it in adjustments.values() if it.category == BESPOKE] == ["bespoke"]
    codes = [it.code for it in adjustments.values()]
    assert len(set(codes)) == len(codes)
