"""Loading content: what is accepted, and the exact words of what is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.content.load import find_content, load_content, load_medicines
from healthcheck_cli.content.models import Expectation, Level
from healthcheck_cli.errors import ContentProblem
from tests.content.small_content import changed, write_content

RULE = "drug_rules/rules/stomp/reason.yaml"
FACTS = "checklists/facts/all.yaml"
QUESTIONS = "checklists/sections/01_bowel.yaml"
MEDICINES = "drug_rules/medicines/antipsychotics.yaml"


def problems_of(folder: Path, changes: dict[str, str]) -> list[str]:
    with pytest.raises(ContentProblem) as refused:
        load_content(write_content(folder, changes))
    return list(refused.value.problems)


def test_a_whole_content_is_loaded_with_its_types(tmp_path: Path) -> None:
    content = load_content(write_content(tmp_path))
    rule = content.rules["STOMP-05"]
    assert rule.level is Level.HIGH
    assert rule.when.text == "taking(antipsychotic) and not dx.psychosis"
    assert [example.expect for example in rule.examples] == [
        Expectation.FIRES,
        Expectation.CLEAR,
        Expectation.UNKNOWN,
    ]
    assert rule.examples[2].missing == ("dx.psychosis",)
    assert rule.examples[1].record == {"medicines": ["Risperidone 1mg tablets"], "problems": ["schizophrenia"]}
    assert rule.actions[0].days == 14
    assert str(rule.place) == "drug_rules/rules/stomp/reason.yaml:1:3"
    assert content.facts["dx.psychosis"].problem_within_days == 5 * 365.25
    assert content.questions["bowel.days_since"].hard == (0.0, 60.0)
    assert content.medicines["risperidone"].constipating_level == 2
    assert content.medicines["codeine"].support.sources == ("small-1",)
    assert content.vocabulary.classes >= {"antipsychotic", "risperidone", "paracetamol"}
    assert content.vocabulary.scales == {"acbcalc": 3.0}
    assert content.word_lists == {"ld_terms": ("learning disab", "autis")}
    assert content.examples_as_of == date(2026, 11, 22)


def test_medicines_are_loaded_without_reading_the_rules(tmp_path: Path) -> None:
    root = write_content(tmp_path, {RULE: "this is: [not a rule\n"})
    found = load_medicines(root)
    assert list(found.medicines) == ["risperidone", "codeine", "paracetamol"]
    assert list(found.products) == ["co-codamol"]


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        (
            RULE,
            "  level: high\n",
            "  levle: high\n",
            [
                "1:3: missing-key 'level' is missing (add level: with text)",
                "3:10: unknown-key there is no key 'levle' here (did you mean level?)",
            ],
        ),
        (RULE, "level: high\n", "level: hihg\n", ["3:10: unknown-word 'level' cannot be 'hihg' (did you mean high?)"]),
        (
            RULE,
            "themes: [medication]",
            "themes: medication",
            ["5:11: wrong-type 'themes' wants a list, and this is text (put it in [ ])"],
        ),
        (
            RULE,
            "title: Antipsychotic with no recorded reason",
            "title: 12",
            ["2:10: wrong-type 'title' wants text, and this is a number (put it in quotes: \"12\")"],
        ),
        (
            RULE,
            "owner: pharmacist",
            "owner: farmacist",
            ["8:60: unknown-word 'owner' cannot be 'farmacist' (did you mean pharmacist?)"],
        ),
        (
            RULE,
            "within: 2 weeks",
            "within: soon",
            ["8:80: bad-time 'soon' is not a time to act within (now, today, 3 days, 2 weeks or 6 months)"],
        ),
        (
            RULE,
            "do: Ask whether the reason is current,",
            "do: Ask, and write it down,",
            [
                "8:40: unknown-key there is no key 'and write it down' here "
                "(inside { } a text with a comma needs quotes)"
            ],
        ),
        (
            RULE,
            "{medicines}: no",
            "{drugs}: no",
            ["7:9: unknown-placeholder there is no placeholder {drugs} (one of: {medicines}, {as_of}, {facts})"],
        ),
        (
            RULE,
            "sources: [small-1]",
            "sources: []",
            ["1:3: no-source basis is sourced and no source is named (add sources: [id] or use another basis)"],
        ),
        (
            RULE,
            "problems: [], level: high",
            "problmes: [], level: high",
            ["14:62: unknown-key there is no key 'problmes' here (did you mean problems?)"],
        ),
        (
            RULE,
            "problems: [schizophrenia]}",
            "problems: [schizophrenia], level: high}",
            ["15:86: not-here only an example that fires has a level (remove it)"],
        ),
        (
            FACTS,
            "type: yn",
            "type: bool",
            ["3:9: unknown-word 'type' cannot be 'bool' (one of: yn, num, int, choice, multi, date, text)"],
        ),
        (
            FACTS,
            "  question: bowel.days_since\n",
            "  computed: true\n  answer_within: 1 day\n",
            ["11:18: not-for-type what is worked out has no answer (remove it)"],
        ),
        (
            FACTS,
            "problem: {group: psychosis, within: 5 years}",
            "problem: {group: psychosis, within: ages}",
            ["4:39: bad-time 'ages' is not a stretch of time (as 14 days, 2 weeks, 12 months, 5 years)"],
        ),
        (
            FACTS,
            "  question: bowel.days_since\n",
            "  question: bowel.days_since\n  computed: true\n",
            [
                "10:13: two-feeds computed and question cannot go together "
                "(keep one, or one of answers and one of the record)"
            ],
        ),
        (
            FACTS,
            "problem: {group: psychosis, within: 5 years}",
            "answers: {epi.has: {yes: true, no: no}}",
            [
                "4:38: bad-meaning what 'no' means for this fact is true, false or unknown "
                "(write true, false or unknown)"
            ],
        ),
        (
            QUESTIONS,
            "hard: [0, 60]",
            "hard: [60, 0]",
            ["10:11: bad-range 'hard' wants the lowest and the highest number (as [0, 60])"],
        ),
        (
            QUESTIONS,
            "type: num",
            "type: text",
            [
                "9:11: not-for-type a text question has no 'unit' (remove it)",
                "10:11: not-for-type a text question has no 'hard' (remove it)",
            ],
        ),
        (
            MEDICINES,
            'bnf: "0402010AD"',
            "bnf: 0402010AD",
            ['7:18: code-not-quoted a code is written in quotes ("0402010AD")'],
        ),
        (MEDICINES, "amount: 16", "amount: sixteen", ["8:36: wrong-type 'amount' wants a number, and this is text"]),
        (
            MEDICINES,
            "  - name: paracetamol",
            "  - name: codeine",
            ["13:5: duplicate-id 'codeine' is here twice (first at drug_rules/medicines/antipsychotics.yaml:11:5)"],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_cure(
    tmp_path: Path, path: str, old: str, new: str, problem: list[str]
) -> None:
    assert problems_of(tmp_path, changed(path, old, new)) == [f"{path}:{line}" for line in problem]


@pytest.mark.parametrize(
    ("when", "place"),
    [
        ("when: taking(antipsychotic) and not dx.psychoses", "6:39"),
        ('when: "taking(antipsychotic) and not dx.psychoses"', "6:40"),
        ("when: >-\n    taking(antipsychotic)\n    and not dx.psychoses", "8:13"),
        ("when: taking(antipsychotic)\n    and not dx.psychoses", "7:13"),
    ],
)
def test_a_mistake_in_a_condition_is_placed_within_it(tmp_path: Path, when: str, place: str) -> None:
    changes = changed(RULE, "when: taking(antipsychotic) and not dx.psychosis", when)
    (problem,) = problems_of(tmp_path, changes)
    assert problem.startswith(f"{RULE}:{place}: condition ")
    assert problem.endswith("(did you mean dx.psychosis?)")


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    changes = {
        **changed(RULE, "level: high\n", "level: hihg\n"),
        **changed(FACTS, "type: yn", "type: bool"),
        "drug_rules/scales.yaml": "- [\n",
    }
    files = [problem.split(":")[0] for problem in problems_of(tmp_path, changes)]
    assert files == [FACTS, RULE, "drug_rules/scales.yaml"]


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        (
            FACTS,
            "group: psychosis",
            "group: psychoses",
            "4:20: unknown-problem-group dx.psychosis names the problem group",
        ),
        (RULE, "themes: [medication]", "themes: [medicine]", "5:12: unknown-theme STOMP-05 names the theme 'medicine'"),
        (MEDICINES, "scale: acbcalc", "scale: abc", "9:22: unknown-scale risperidone names the scale 'abc'"),
        (
            MEDICINES,
            "  - name: codeine",
            "  - name: codein",
            "unknown-medicine co-codamol names the medicine 'codeine'",
        ),
    ],
)
def test_a_name_without_which_nothing_would_run_is_refused(
    tmp_path: Path, path: str, old: str, new: str, problem: str
) -> None:
    (found,) = problems_of(tmp_path, changed(path, old, new))
    assert problem in found


def test_a_file_in_the_wrong_place_or_with_the_wrong_name_is_refused(tmp_path: Path) -> None:
    changes = {
        "checklists/notes.yaml": "[]\n",
        "drug_rules/rules/New-Rules.yaml": "[]\n",
        "checklists/facts/b.yml": "[]",
    }
    problems = problems_of(tmp_path, {"checklists/facts/b.yml": "[]\n"})
    assert problems == ["checklists/facts/b.yml:1:1: file-ending content files end in .yaml (rename it b.yaml)"]
    (tmp_path / "checklists/facts/b.yml").unlink()
    codes = [
        problem.split(" ")[1] for problem in problems_of(tmp_path, {key: changes[key] for key in list(changes)[:2]})
    ]
    assert codes == ["unknown-file", "file-name"]


def test_a_file_that_is_not_utf8_is_refused_with_the_line(tmp_path: Path) -> None:
    root = write_content(tmp_path)
    (tmp_path / "checklists/themes.yaml").write_bytes(b"- id: a\n  title: caf\xe9\n")
    with pytest.raises(ContentProblem) as refused:
        load_content(root)
    assert refused.value.problems == (
        "checklists/themes.yaml:2:1: not-utf8 this line is not UTF-8 text (save the file as UTF-8)",
    )


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    problem = "drug_rules/manifest.yaml:1:1: missing-file this file is needed and is not there"
    assert problems_of(tmp_path, {"drug_rules/manifest.yaml": ""}) == [problem]


def test_a_folder_without_content_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContentProblem) as refused:
        find_content(tmp_path)
    assert refused.value.problems == (
        f"{tmp_path}: no-content this folder holds no content "
        "(give the folder that has checklists/ and drug_rules/ in it)",
    )


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    root = write_content(tmp_path)
    before = load_content(root)
    write_content(tmp_path, changed(RULE, "level: high\n", "level: medium\n"))
    assert load_content(root).rules["STOMP-05"].level is Level.MEDIUM
    assert before.rules["STOMP-05"].level is Level.HIGH
