"""``content lint`` tells all that can be known in one run, each thing once and at the value it is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.assurance import example_records, shared_names
from healthcheck_cli.assurance.example_facts import ExampleFacts
from healthcheck_cli.assurance.examples import run_examples
from healthcheck_cli.content.load import load_content
from tests.content.small_content import FILES, changed, write_content
from tests.content.test_lint import MEDICINES, RULE, faults

MANIFEST = "drug_rules/manifest.yaml"
MORE = (*shared_names.CHECKS, *example_records.CHECKS)


def codes(found: list[str]) -> list[str]:
    """The codes of diagnostics, in the order they are told."""
    return [it.split(" ")[1] for it in found]


def edited(*edits: tuple[str, str, str]) -> dict[str, str]:
    """Files of the small content with texts changed that are there once each."""
    files = dict(FILES)
    for path, old, new in edits:
        assert files[path].count(old) == 1, old
        files[path] = files[path].replace(old, new)
    return files


def test_what_cannot_be_read_hides_nothing_else_of_its_file(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        edited(
            (RULE, "within: 2 weeks", "within: 2 fortnights"),
            (RULE, "not dx.psychosis", "not dx.psychoses"),
            (RULE, "sources: [small-1]", "sources: [smal-1]"),
            (RULE, "do: Ask whether", "do: Stop the medicine and ask whether"),
            (RULE, "says: \"{medicines}: no reason", "says: \"{medicines}: All normal. No reason"),
        ),
    )  # fmt: skip
    assert codes(found) == ["condition", "wording", "wording", "bad-time", "unknown-source"]


def test_a_file_that_is_no_yaml_hides_no_wording_elsewhere_and_makes_up_no_unknown_names(tmp_path: Path) -> None:
    found = faults(tmp_path, edited((MEDICINES, "records:", "records: ["), (RULE, "do: Ask", "do: Stop it. Ask")))
    assert [it for it in codes(found) if it != "condition"] == ["not-yaml", "wording"]


def test_a_misspelt_id_is_told_at_its_own_place_too(tmp_path: Path) -> None:
    reasons = "- {id: why, title: Why, classes: [antipsychotics], reasons: [dx.psychosis], basis: proposed}\n"
    files = {**edited((RULE, "id: STOMP-05", "id: stomp 5")), "drug_rules/reasons.yaml": reasons}
    assert codes(faults(tmp_path, files)) == ["unknown-class", "bad-id"]


def test_a_record_that_lost_its_name_makes_no_other_record_wrong(tmp_path: Path) -> None:
    scale = changed("drug_rules/scales.yaml", "id: acbcalc", "id: 3")
    assert codes(faults(tmp_path, scale)) == ["wrong-type"]


def test_a_slip_in_the_defaults_is_told_once_and_there(tmp_path: Path) -> None:
    found = faults(tmp_path, changed(MEDICINES, "sources: [small-1]", "sources: [smal-1]"))
    assert len(found) == 1
    assert found[0].startswith(f"{MEDICINES}:1:38: unknown-source risperidone names the source 'smal-1'")
    assert "so with 2 more records by these defaults" in found[0]


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        (RULE, "reviewed: 2026-11-22", "reviewed: 2026-11-23", "11:13: reviewed-in-future STOMP-05"),
        (RULE, "review_due: 2027-11-22", "review_due: 2026-11-22", "12:15: due-before-reviewed STOMP-05"),
        (RULE, "reviewed: 2026-11-22", "reviewed: 2026-02-30", "11:13: bad-date there is no day 2026-02-30"),
        (
            MEDICINES,
            "unit: mg",
            "unit: g",
            "8:46: unknown-unit a maximum is held in mg, and this is in 'g'",
        ),
        (
            MEDICINES,
            "tags: [antipsychotic_second_gen]",
            "tags: [antipsychotic_second_gen, antipsychotic_second_gem]",
            "5:38: unknown-tag risperidone has the tag 'antipsychotic_second_gem', and no class is built from it "
            "(did you mean antipsychotic_second_gen?)",
        ),
        (
            MEDICINES,
            "label: opioid",
            "label: opioid\n    brands: [Risperdal]",
            "13:14: name-shared 'Risperdal' is a name of risperidone and of codeine, so no line is known by it "
            f"(see {MEDICINES}:3:5; if both are right, say why in shared_names of the manifest)",
        ),
        (
            MEDICINES,
            "label: opioid",
            "label: opioid\n    synonyms: [risperidone]",
            "13:16: name-taken 'risperidone' is a name of risperidone first, so it never means codeine "
            f"(remove one of them; the other is at {MEDICINES}:3:5)",
        ),
        (
            MANIFEST,
            "word_lists:",
            "shared_names: {Risperdal: Both have it.}\nword_lists:",
            "4:27: name-not-shared shared_names names 'Risperdal', which no two medicines share",
        ),
        (MEDICINES, '"0402010AD"', '0402010AD"', 'code-not-quoted a code is written in quotes ("0402010AD")'),
        (
            RULE,
            "problems: [], level: high",
            "problems: [], person: {age: abc}, level: high",
            "14:80: bad-example person.age: must be whole years, 0 to 130",
        ),
        (
            RULE,
            "problems: [], level: high",
            "problems: [], person: {sex: Q}, level: high",
            "14:80: bad-example person.sex: must be F or M",
        ),
        (
            RULE,
            "problems: [], level: high",
            "problems: [], person: {date_of_birth: 2099-01-01}, level: high",
            "14:90: bad-example person.date_of_birth: is after the day of the example",
        ),
    ],
)
def test_one_slip_is_told_once_and_at_its_place(tmp_path: Path, path: str, old: str, new: str, fault: str) -> None:
    (found,) = faults(tmp_path, changed(path, old, new), date(2026, 11, 22), MORE)
    assert fault in found


def test_a_name_that_is_shared_on_purpose_is_declared(tmp_path: Path) -> None:
    files = edited(
        (MEDICINES, "label: opioid", "label: opioid\n    brands: [Risperdal]"),
        (MANIFEST, "word_lists:", "shared_names: {risperdal: Both have it.}\nword_lists:"),
    )
    assert faults(tmp_path, files, more=MORE) == []


def test_a_tag_that_no_class_is_built_from_is_named_with_its_reason(tmp_path: Path) -> None:
    tags = "other_tags: [{why: Shown only., tags: [sed]}]\nword_lists:"
    named = (MANIFEST, "word_lists:", tags)
    used = (MEDICINES, "label: opioid", "label: opioid\n    tags: [sed]")
    assert faults(tmp_path, edited(named, used)) == []
    assert codes(faults(tmp_path, edited(named))) == ["unknown-tag"]


def test_content_test_places_what_cannot_be_read_in_an_example(tmp_path: Path) -> None:
    person = changed(RULE, "problems: [], level: high", "problems: [], person: {age: abc}, level: high")
    content = load_content(write_content(tmp_path, person))
    (problem,) = (run.problem for run in run_examples(content, ExampleFacts(content)) if run.facts is None)
    assert problem == f"cannot be read: {RULE}:14:80: person.age: must be whole years, 0 to 130"
