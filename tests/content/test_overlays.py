"""Local overlays: what they change, what they may not, and where each mistake is told to stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.content.diagnostics import ContentRefused
from healthcheck_cli.content.lint import lint
from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.overlay_files import overlay_texts
from healthcheck_cli.content.walk import supported, wordings
from healthcheck_cli.errors import ContentProblem
from healthcheck_cli.findings import ThemeStatus
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer
from tests.content.small_content import FILES, write_content

AS_OF = date(2026, 11, 22)
SETTINGS = "drug_rules/settings.yaml"
SCALES = "drug_rules/scales.yaml"
RULE = "drug_rules/rules/stomp/reason.yaml"
BASE = {
    SETTINGS: "- {id: headline_scale, title: The headline, value: acbcalc, basis: proposed, signed_off_by: A. Nurse}\n",
    SCALES: FILES[SCALES] + "- {id: aec, title: AEC, version: '1', most: 3, unlisted: counts 0, basis: proposed}\n",
    RULE: FILES[RULE].replace("  reviewed:", "  signed_off_by: A. Pharmacist\n  reviewed:"),
}
HEAD = "name: north-town\ntitle: North Town\nversion: 2026.11.0\n"
OFF = "switch_off:\n  - {rule: STOMP-05, because: Seen in the clinic., until: 2026-12-31}\n"
SET = "settings:\n  - {setting: headline_scale, value: aec, because: The trust counts so.}\n"
SAYS = "{medicines}: no reason found in the record up to {as_of}."
REWORD = f'reword:\n  - {{rule: STOMP-05, was: "{SAYS}", now: "{{medicines}}: {{as_of}}, none.", because: Short.}}\n'
LOCAL_RULE = (
    FILES[RULE]
    .replace("STOMP-05", "NT-01")
    .replace("and not dx.psychosis", "")
    .replace("Ask whether the reason is current", "Ring the desk")
    .split("  examples:")[0]
    + "  examples:\n    fires: [{medicines: [Risperidone 1mg tablets], level: high}]\n    clear: [{medicines: []}]\n"
    + "    unknown: [{missing: [medicines.complete]}]\n"
)


def write_overlay(folder: Path, head: str, files: Mapping[str, str] | None = None) -> Path:
    """An overlay in its own folder."""
    for path, text in {"overlay.yaml": head, **(files or {})}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder


def overlaid(tmp_path: Path, *heads: str, files: Mapping[str, str] | None = None) -> Content:
    """The small content with one overlay after the other laid over it; ``files`` are in the first."""
    root = write_content(tmp_path / "content", BASE)
    folders = [write_overlay(tmp_path / f"o{n}", head, None if n else files) for n, head in enumerate(heads)]
    return load_content(root, [overlay_texts(folder) for folder in folders])


def refused(tmp_path: Path, *heads: str, files: Mapping[str, str] | None = None) -> list[str]:
    """What is said to be wrong, with places from the temporary folder on."""
    with pytest.raises(ContentProblem) as found:
        overlaid(tmp_path, *heads, files=files)
    return [problem.replace(f"{tmp_path.as_posix()}/", "") for problem in found.value.problems]


def states(content: Content, day: date) -> tuple[list[str], ThemeStatus]:
    record = {"medicines": ["Risperidone 1mg tablets"], "problems": [], "complete": ["medicines", "problems"]}
    review = Reviewer(content).review(record_from_mapping(record), day)
    return [finding.rule for finding in review.findings], review.themes[0].state


def test_with_no_overlay_the_content_and_its_hash_are_as_they_were(tmp_path: Path) -> None:
    plain = load_content(write_content(tmp_path, BASE))
    assert plain.overlays == ()
    assert states(plain, AS_OF) == (["STOMP-05"], ThemeStatus.RAISED)


def test_a_rule_is_off_to_the_end_of_its_day_and_its_theme_is_not_clear(tmp_path: Path) -> None:
    content = overlaid(tmp_path, HEAD + OFF)
    assert states(content, date(2026, 12, 31)) == ([], ThemeStatus.NOT_ASSESSED)
    assert states(content, date(2027, 1, 1)) == (["STOMP-05"], ThemeStatus.RAISED)


def test_an_urgent_finding_of_a_rule_that_is_off_is_not_brought_up_in_a_check(tmp_path: Path) -> None:
    reviewer = Reviewer(overlaid(tmp_path, HEAD + OFF))
    record = record_from_mapping(
        {
            "medicines": ["Risperidone 1mg tablets"],
            "problems": [],
            "complete": ["medicines", "problems"],
            "answers": {"bowel.days_since": 6},
        }
    )
    for day, rules in ((date(2026, 12, 31), []), (date(2027, 1, 1), ["STOMP-05"])):
        facts = reviewer.person_facts(record, day)
        assert [finding.rule for finding in reviewer.urgent_findings(record, facts)] == rules


def test_a_setting_and_a_text_are_changed_and_lose_their_sign_off(tmp_path: Path) -> None:
    content = overlaid(tmp_path, HEAD + SET + REWORD)
    setting, rule = content.settings["headline_scale"], content.rules["STOMP-05"]
    assert (setting.value, setting.support.signed_off_by) == ("aec", "")
    assert (rule.says, rule.support.signed_off_by) == ("{medicines}: {as_of}, none.", "")
    assert [(it.kind.value, it.id, it.was) for it in content.overlays[0].changes] == [
        ("set", "headline_scale", "acbcalc"),
        ("reworded", "STOMP-05", SAYS),
    ]


THEMES = "checklists/themes.yaml"
SECTION = "checklists/sections/01_bowel.yaml"
SIGNED = {
    THEMES: FILES[THEMES].replace(
        "basis: proposed}",
        "basis: proposed, signed_off_by: A. Nurse,\n"
        "   why: {text: It harms., basis: proposed, signed_off_by: A. Nurse},\n"
        "   carer_advice: {text: Watch., basis: proposed, signed_off_by: A. Nurse}}",
    ),
    SECTION: FILES[SECTION].replace("basis: general_knowledge", "basis: proposed\n    signed_off_by: A. Nurse"),
}


@pytest.mark.parametrize(
    ("named", "was", "unsigned"),
    [
        ("theme: medication", "It harms.", {"medication", "medication why", "medication carer_advice"}),
        ("theme: medication", "Watch.", {"medication", "medication why", "medication carer_advice"}),
        ("question: bowel.days_since", "Constipation can be dangerous.", {"bowel.days_since"}),
        ("section: bowel", "About going to the toilet.", {"bowel.days_since"}),
    ],
)
def test_what_is_reworded_is_signed_off_no_more(tmp_path: Path, named: str, was: str, unsigned: set[str]) -> None:
    root = write_content(tmp_path / "content", {**BASE, **SIGNED})
    head = f'{HEAD}reword:\n  - {{{named}, was: "{was}", now: Said otherwise., because: It is clearer here.}}\n'
    local = load_content(root, [overlay_texts(write_overlay(tmp_path / "local", head))])
    signed = {it.id for it in supported(load_content(root)) if it.support.signed_off_by}
    assert signed - {it.id for it in supported(local) if it.support.signed_off_by} == unsigned


@pytest.mark.parametrize(
    ("named", "was"),
    [
        ("rule: STOMP-05", "Antipsychotic with no recorded reason"),
        ("rule: STOMP-05", "Ask whether the reason is current"),
        ("question: bowel.days_since", "How many days since your last poo?"),
        ("question: bowel.days_since", "Constipation can be dangerous."),
        ("section: bowel", "About going to the toilet."),
        ("theme: medication", "Too many medicines"),
    ],
)
def test_every_kind_of_text_can_be_reworded(tmp_path: Path, named: str, was: str) -> None:
    content = overlaid(
        tmp_path, f'{HEAD}reword:\n  - {{{named}, was: "{was}", now: "Said here.", because: Shorter.}}\n'
    )
    assert [it.place.line for it in wordings(content) if it.text == "Said here."] == [5]
    assert was not in {it.text for it in wordings(content)}


@pytest.mark.parametrize(
    ("named", "text"),
    [
        ("rule: STOMP-05", "pharmacist"),  # an owner
        ("rule: STOMP-05", "2 weeks"),
        ("rule: STOMP-05", "taking(antipsychotic) and not dx.psychosis"),
        ("question: bowel.days_since", "days"),  # a unit
        ("theme: medication", "Medicines"),  # its title
    ],
)
def test_what_is_no_wording_cannot_be_reworded(tmp_path: Path, named: str, text: str) -> None:
    found = refused(tmp_path, f'{HEAD}reword:\n  - {{{named}, was: "{text}", now: "Other", because: Shorter.}}\n')
    assert [problem.split(" ")[1] for problem in found] == ["not-the-text"]


def test_records_are_added_and_listed(tmp_path: Path) -> None:
    source = '- {id: local-1, title: A local agreement, publisher: North Town, year: "2026"}\n'
    content = overlaid(
        tmp_path, HEAD, files={"drug_rules/rules/nt.yaml": LOCAL_RULE, "drug_rules/sources.yaml": source}
    )
    assert {"STOMP-05", "NT-01"} <= set(content.rules)
    assert {"small-1", "local-1"} <= set(content.sources)
    assert [(it.kind.value, it.kind_of_thing, it.id) for it in content.overlays[0].changes] == [
        ("added", "rule", "NT-01"),
        ("added", "source", "local-1"),
    ]
    assert states(content, AS_OF)[0] == ["NT-01", "STOMP-05"]


def test_the_hash_of_an_overlay_is_its_own_and_that_of_the_content_holds_it(tmp_path: Path) -> None:
    plain = load_content(write_content(tmp_path / "plain", BASE))
    one = overlaid(tmp_path / "one", HEAD + OFF)
    same = overlaid(tmp_path / "same", "# moved, with a comment\n" + HEAD + OFF)
    other = overlaid(tmp_path / "other", HEAD + OFF.replace("2026-12-31", "2026-12-30"))
    assert (one.sha256, one.overlays[0].sha256) == (same.sha256, same.overlays[0].sha256)
    assert len({plain.sha256, one.sha256, other.sha256}) == 3
    assert one.overlays[0].sha256 != other.overlays[0].sha256


def test_a_second_overlay_is_laid_over_the_first(tmp_path: Path) -> None:
    back = "name: room-2\ntitle: Room 2\nversion: '1'\n" + SET.replace("value: aec", "value: acbcalc")
    content = overlaid(tmp_path, HEAD + SET, back)
    assert content.settings["headline_scale"].value == "acbcalc"
    assert [overlay.name for overlay in content.overlays] == ["north-town", "room-2"]
    assert content.overlays[1].changes[0].was == "aec"


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (HEAD, "overlay.yaml:1:1: changes-nothing this overlay changes nothing (add a change, or leave it out)"),
        (HEAD.replace("title: North Town\n", "") + OFF, "overlay.yaml:1:1: missing-key 'title' is missing"),
        (HEAD.replace("north-town", "North Town") + OFF, "overlay.yaml:1:7: bad-id 'North Town' is not the name of an"),
        (HEAD + OFF + "rules: []\n", "overlay.yaml:6:8: unknown-key there is no key 'rules' here"),
        (HEAD + OFF.replace("STOMP-05", "STOMP-5"), "overlay.yaml:5:12: unknown-rule there is no rule 'STOMP-5' (did"),
        (
            HEAD + OFF.replace("because: Seen in the clinic., ", ""),
            "overlay.yaml:5:5: missing-key 'because' is missing",
        ),
        (HEAD + OFF.replace("Seen in the clinic.", "''"), "overlay.yaml:5:31: empty-text 'because' is empty"),
        (HEAD + OFF.replace(", until: 2026-12-31", ""), "overlay.yaml:5:5: missing-key 'until' is missing"),
        (HEAD + OFF.replace("2026-12-31", "soon"), "overlay.yaml:5:59: wrong-type 'until' wants a date, as 2026-11-22"),
        (HEAD + OFF + OFF.split("\n")[1] + "\n", "overlay.yaml:6:12: changes-nothing STOMP-05 is off already"),
        (
            HEAD + SET.replace("headline_", "headlin_"),
            "overlay.yaml:5:15: unknown-setting there is no setting 'headlin_",
        ),
        (
            HEAD + SET.replace("aec", "acbcalc"),
            "overlay.yaml:5:38: changes-nothing headline_scale is 'acbcalc' already",
        ),
        (HEAD + SET.replace("aec", "acb"), "overlay.yaml:5:38: unknown-scale "),
        (
            HEAD + REWORD.replace("no reason", "No reason"),
            "overlay.yaml:5:27: not-the-text no text of STOMP-05 that may",
        ),
        (HEAD + REWORD.replace("rule: STOMP-05", "rule: S"), "overlay.yaml:5:12: unknown-rule there is no rule 'S'"),
        (
            HEAD + REWORD.replace("rule: STOMP-05, ", ""),
            "overlay.yaml:5:5: missing-key a rewording names what it rewords",
        ),
        (HEAD + REWORD.replace("{medicines}: {as_of}", "It: {as_of}"), "overlay.yaml:5:93: loses-safety "),
        (HEAD + REWORD.replace(" none.", " {people}."), "overlay.yaml:5:93: unknown-placeholder "),
        (
            HEAD + f'reword:\n  - {{rule: STOMP-05, was: "{SAYS}", now: "{SAYS}", because: Short.}}\n',
            "overlay.yaml:5:93: changes-nothing STOMP-05 says so already",
        ),
        ("- a list\n", "overlay.yaml:1:1: wrong-type this file wants a mapping"),
        ("", "overlay.yaml:1:1: empty-file"),
    ],
)
def test_a_mistake_is_told_with_its_place_in_the_overlay(tmp_path: Path, head: str, fault: str) -> None:
    found = refused(tmp_path, head)
    assert [problem[: len(fault) + 3] for problem in found] == [f"o0/{fault}"]


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        (RULE, FILES[RULE], f"o0/{RULE}:1:3: duplicate-id 'STOMP-05' is here twice (first at {RULE}:1:3)"),
        ("drug_rules/manifest.yaml", "version: '2'\n", "o0/drug_rules/manifest.yaml:1:1: unknown-file an overlay adds"),
        (SCALES, BASE[SCALES], f"o0/{SCALES}:1:1: unknown-file an overlay adds nothing here"),
        ("rules/nt.yaml", LOCAL_RULE, "o0/rules/nt.yaml:1:1: unknown-file an overlay adds nothing here"),
        (
            "drug_rules/rules/nt.yaml",
            LOCAL_RULE.replace("taking(antipsychotic)", "taking(antipsychotc)"),
            "o0/drug_rules/rules/nt.yaml:6:16: condition `antipsychotc` is not a medicine class or ingredient",
        ),
    ],
)
def test_what_may_not_be_added_is_refused_at_its_place(tmp_path: Path, path: str, text: str, fault: str) -> None:
    assert [problem[: len(fault)] for problem in refused(tmp_path, HEAD, files={path: text})] == [fault]


def test_two_overlays_of_one_name_are_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, HEAD + OFF, HEAD + SET)
    assert found == [
        "o1/overlay.yaml:1:7: duplicate-id the overlay 'north-town' is given twice (give each its own name)"
    ]


def test_a_folder_without_overlay_yaml_is_no_overlay(tmp_path: Path) -> None:
    with pytest.raises(ContentRefused, match=r"overlay.yaml:1:1: missing-file"):
        overlay_texts(tmp_path)


def warned(content: Content, tmp_path: Path, day: date) -> list[str]:
    found = [str(it).replace(f"{tmp_path.as_posix()}/", "") for it in lint(content, day)]
    return [it for it in found if it.startswith("o0/")]


def test_lint_warns_of_what_is_off_and_can_be_urgent_and_of_what_is_over(tmp_path: Path) -> None:
    content = overlaid(tmp_path, HEAD + OFF)
    assert warned(content, tmp_path, AS_OF) == [
        "o0/overlay.yaml:5:12: urgent-is-off STOMP-05 can be urgent, and is switched off until 2026-12-31 "
        "(be sure that something else finds it)"
    ]
    assert warned(content, tmp_path, date(2027, 1, 1)) == [
        "o0/overlay.yaml:5:12: off-no-longer STOMP-05 was switched off until 2026-12-31, and runs again "
        "(take it out, or decide again)"
    ]


def test_lint_reads_the_wording_of_an_overlay_at_its_place(tmp_path: Path) -> None:
    content = overlaid(tmp_path, HEAD + REWORD.replace(" none.", " stop the medicine."))
    assert [it.split(" ")[:2] for it in warned(content, tmp_path, AS_OF)] == [["o0/overlay.yaml:5:93:", "wording"]]
