"""Settings: numbers that a place may set, where conditions, texts and the monitoring table read them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.overlay_files import overlay_texts
from healthcheck_cli.content.setting_words import setting_in_words
from healthcheck_cli.content.show import shown
from healthcheck_cli.errors import ContentProblem
from healthcheck_cli.plans.rule_explained import rule_explained
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer
from tests.content.small_content import FILES, write_content

AS_OF = date(2026, 11, 22)
SETTINGS = "drug_rules/settings.yaml"
SHIPPED = """\
- {id: bowel_interval, title: How often the bowels are asked about, value: 6, unit: months, between: [1, 12],
   basis: proposed, signed_off_by: A. Nurse}
- {id: threshold, title: What counts as high, unit: "%", basis: proposed}
"""
RULE = """\
- id: STOMP-06
  title: Bowels not asked about
  level: info
  themes: [medication]
  when: taking(antipsychotic) and months_since(review.bowel) >= setting(bowel_interval)
  says: "{medicines}: not asked about in the {setting(bowel_interval)} up to {as_of}."
  actions: [{do: Ask about the bowels, owner: pharmacist, within: 4 weeks}]
  basis: proposed
"""
ROW = """\
- id: antipsychotic-bowel
  title: When the bowels were asked about
  of: [antipsychotic]
  test: review.bowel
  usual: {every: setting(bowel_interval)}
  told_by: [STOMP-06]
  basis: proposed
"""
FACT = "- {name: review.bowel, title: Bowels, type: date, observation: {names: [bowel]}, basis: proposed}\n"
HEAD = "name: north-town\ntitle: North Town\nversion: 2026.11.0\n"


def loaded(
    tmp_path: Path,
    value: str = "",
    *,
    rule: str = RULE,
    settings: str = SHIPPED,
    row: str = ROW,
    examples: bool = False,
) -> Content:
    """The small content with a setting that a rule and the table read; ``value``: what an overlay sets it to;
    ``examples``: as it is loaded to run them."""
    files = {
        SETTINGS: settings,
        "drug_rules/rules/stomp/bowel.yaml": rule,
        "drug_rules/monitoring/bowel.yaml": row,
        "checklists/facts/all.yaml": FILES["checklists/facts/all.yaml"] + FACT,
    }
    root = write_content(tmp_path / "content", files)
    if not value:
        return load_content(root)
    local = tmp_path / "local"
    local.mkdir(exist_ok=True)
    head = f"{HEAD}settings:\n  - {{setting: bowel_interval, value: {value}, because: We ask more often.}}\n"
    (local / "overlay.yaml").write_text(head, "utf-8")
    return load_content(root, [overlay_texts(local)], shipped_settings=examples)


def explained(content: Content, asked_on: str) -> tuple[list[str], str]:
    """The rules that fire on someone last asked on a day, and why STOMP-06 did or did not."""
    seen = [{"name": "bowel", "date": asked_on}]
    record = record_from_mapping({"medicines": ["Risperidone 1mg tablets"], "observations": seen})
    reviewer = Reviewer(content)
    person = reviewer.review(record, AS_OF)
    why = rule_explained(content.rules["STOMP-06"], reviewer.person_facts(record, AS_OF), person, content)
    return [it.says for it in person.findings if it.rule == "STOMP-06"], " ".join(why.split())


def test_a_rule_reads_the_setting_as_it_is_set_and_says_so(tmp_path: Path) -> None:
    shipped, here = loaded(tmp_path), loaded(tmp_path, "3")
    says, why = explained(shipped, "2026-07-01")
    assert says == []
    assert "(the setting bowel_interval, as shipped)" in why
    says, why = explained(here, "2026-07-01")
    assert says == ["Risperidone: not asked about in the 3 months up to 22 Nov 2026."]
    assert "at least 3 (the setting bowel_interval, set by north-town; shipped: 6 months)" in why
    assert (
        setting_in_words("bowel_interval", here) == "bowel_interval is 3 months, set by north-town; shipped: 6 months"
    )
    assert "setting: bowel_interval is 6 months, as shipped" in shown("rule", shipped.rules["STOMP-06"], shipped, AS_OF)
    setting = shown("setting", here.settings["bowel_interval"], here, AS_OF)
    assert "  set to: 3 months, set by north-town; shipped: 6 months\n  may be: 1 to 12 months\n" in setting
    assert "  read by: STOMP-06, antipsychotic-bowel\n" in setting


def test_the_table_follows_the_setting_and_the_setting_loses_its_sign_off(tmp_path: Path) -> None:
    here = loaded(tmp_path, "3")
    usual = here.monitoring["antipsychotic-bowel"].usual
    assert usual is not None
    assert (usual.every.text, usual.every.setting) == ("3 months", "bowel_interval")
    assert here.settings["bowel_interval"].support.signed_off_by == ""
    assert loaded(tmp_path).sha256 != here.sha256


def test_examples_are_of_the_shipped_number(tmp_path: Path) -> None:
    as_shipped = loaded(tmp_path, "3", examples=True)
    assert as_shipped.settings["bowel_interval"].shown == "6 months"
    assert [it.id for it in as_shipped.overlays[0].changes] == ["bowel_interval"]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("13", "local/overlay.yaml:5:38: bad-range 13 is not between the lowest and the highest (1 to 12)"),
        ("soon", "local/overlay.yaml:5:38: wrong-type 'value' wants a number"),
        ("6", "local/overlay.yaml:5:38: changes-nothing bowel_interval is '6 months' already"),
        ("1.5", "bad-time the setting bowel_interval is 1.5 months, which is not a stretch of time"),
    ],
)
def test_what_an_overlay_may_not_set(tmp_path: Path, value: str, fault: str) -> None:
    with pytest.raises(ContentProblem) as found:
        loaded(tmp_path, value)
    assert fault in str(found.value)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            ">= setting(bowel_interval)",
            ">= setting(bowel_intervals)",
            "5:65: condition `bowel_intervals` is not a sett",
        ),
        (">= setting(bowel_interval)", ">= setting(threshold)", "5:65: condition the setting `threshold` is no number"),
        ("months_since", "weeks_since", "is in weeks, and the setting `bowel_interval` is in months"),
        ("{setting(bowel_interval)}", "{setting(bowels)}", "6:9: unknown-setting there is no setting 'bowels'"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_at_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ContentProblem) as found:
        loaded(tmp_path, rule=RULE.replace(old, new))
    assert fault in str(found.value)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("unit: months", "unit: month", "1:85: unknown-word a setting in time is in months"),
        ("value: 6", "value: six", "wrong-type 'value' wants a number"),
        ("value: 6, unit: months", "value: aec", "not-for-type a word is between no numbers"),
        ("value: 6", "value: 13", "bad-range 13 is not between"),
    ],
)
def test_what_a_setting_must_be(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ContentProblem) as found:
        loaded(tmp_path, settings=SHIPPED.replace(old, new), rule=RULE.replace("setting(bowel_interval)", "6"), row="")
    assert fault in str(found.value)
