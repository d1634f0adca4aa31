"""Answers from a file are read as typed answers are, and everything wrong is told at once."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.filled_in.answer_file import read_answer_file
from healthcheck_cli.interview.filled_in.given_answers import GivenAnswers, answers_from_file
from healthcheck_cli.record import AnswerState
from tests.interview import small_check as sc

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)

YAML = """\
sepsis.acute_signs: none
sepsis.unwell_today: no
meas.weight: {value: 11st 4lb, by: measured, note: on the chair scale}
meas.bp_sys: 128/76
bowel.per_week: -
bowel.type: 4
bowel.laxatives:
  - {drug: senna, dose: 2 tablets, working: no}
epi.has: [no]
epi.last_any: not_known
"""
JSON = """\
{"answers": {
\t"sepsis.acute_signs": ["none"],
\t"sepsis.unwell_today": false,
\t"meas.weight": {"value": "11st 4lb", "by": "measured", "note": "on the chair scale"},
\t"meas.bp_sys": "128/76",
\t"bowel.per_week": "-",
\t"bowel.type": 4,
\t"bowel.laxatives": [{"drug": "senna", "dose": "2 tablets", "working": "no"}],
\t"epi.last_any": {"state": "not_known"}
}}
"""
CSV = """\
question,value,by,note
sepsis.acute_signs,none,,
sepsis.unwell_today,no,,
meas.weight,11st 4lb,measured,on the chair scale
meas.bp_sys,128/76,,
bowel.per_week,-,,
bowel.type,4,,
bowel.laxatives,senna; 2 tablets; no,,
epi.last_any,not_known,,
"""


def read(text: str, name: str = "answers.yaml") -> GivenAnswers:
    return answers_from_file(read_answer_file(text, name), sc.BY_ID, sc.DAY, NOW, "supporter", sc.shipped())


def problems(text: str, name: str = "answers.yaml") -> tuple[str, ...]:
    with pytest.raises(InputProblem) as caught:
        read(text, name)
    return tuple(caught.value.problems)


def test_yaml_json_and_csv_give_the_same_answers() -> None:
    as_yaml, as_json, as_csv = (
        {
            answer.question: (answer.state, answer.value, answer.answered_by, answer.note)
            for answer in read(text).answers
        }
        for text in (YAML.replace("epi.has: [no]\n", ""), JSON, CSV)
    )
    assert as_yaml == as_json == as_csv
    assert as_yaml["meas.bp_dia"] == (AnswerState.ANSWERED, 76.0, "supporter", "")
    assert as_yaml["meas.weight"][2:] == ("measured", "on the chair scale")
    assert as_yaml["bowel.per_week"][0] is AnswerState.NOT_ASKED
    assert as_yaml["epi.last_any"][0] is AnswerState.NOT_KNOWN


def test_everything_wrong_is_told_at_once_with_its_line_and_no_value() -> None:
    text = """\
bowel.per_weak: 3
meas.weight: 11.4
meas.height: 900 cm
sepsis.unwell_today: not_applicable
bowel.type: {value: 4, who: me}
epi.last_any: {value: 2024, by: neighbour}
Mr Smith of 4 High Street: 3
"""
    assert problems(text) == (
        "answers.yaml:1:17: there is no question bowel.per_weak (did you mean bowel.per_week?)",
        "answers.yaml:2:14: meas.weight: this can be read in more than one way: write it out in full, a number with its"
        " unit",
        "answers.yaml:3:14: meas.height: That cannot be right: it must be 50 to 250 cm.",
        "answers.yaml:4:22: sepsis.unwell_today: not_applicable is not an answer to this question",
        "answers.yaml:5:13: bowel.type: give value, by, note, state, date, and nothing else",
        "answers.yaml:6:15: epi.last_any: by is one of self, supporter, record, observed, measured",
        "answers.yaml:7:28: there is no question",
    )


def test_an_unlikely_value_is_taken_with_a_warning() -> None:
    found = read("bowel.per_week: 1\nmeas.weight: 72 kg\nmeas.height: 130 cm\n")
    assert found.answers[0].value == 1
    assert found.warnings == ("answers.yaml:1:17: bowel.per_week: outside the usual range; taken as it stands",)


def test_two_answers_that_contradict_each_other_are_refused() -> None:
    assert problems("meas.bp_sys: 128/76\nmeas.bp_dia: 80\n") == (
        "answers.yaml:2:14: meas.bp_dia: does not agree with the answer to meas.bp_sys",
    )
    assert "cannot be later" in problems("epi.last_any: 2023\nepi.last_tc: 2024\n")[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "bowel.per_week: 3\nbowel.per_week: 4\n",
            "answers.yaml:2:1: bowel.per_week: this is answered twice (first on line 1)",
        ),
        (
            "question,value\nbowel.per_week,3\nbowel.per_week,3\n",
            "answers.yaml:3: bowel.per_week: this is answered twice (first on line 2)",
        ),
        ("question,value\nbowel.symptoms,pain, straining\n", "answers.yaml:2: more cells than columns"),
        ("question,value,when\n", "answers.yaml:1: column 3 is none of question, value, by, note"),
        ('{"a": 1,}', "answers.yaml:1:9: this is not JSON"),
        ("a: [1\n", "this is not YAML"),
        ("", "there are no answers in this file"),
        ("- a\n", "there are no answers in this file"),
        ("answers:\n  bowel.type: 4\nbowel.per_week: 3\n", "answers.yaml:3:17: this stands outside answers:"),
        ("bowel.per_week: [[3]]\n", "must be text, a list of words, or rows"),
    ],
)
def test_a_file_of_another_shape_is_told(text: str, says: str) -> None:
    assert says in problems(text)[0]


def test_a_record_file_with_answers_is_known_for_one() -> None:
    found = read_answer_file("medicines: [Senna]\nanswers:\n  bowel.per_week: 3\n", "record.yaml")
    assert found.has_record
    assert [(answer.line, answer.question) for answer in found.answers] == [(3, "bowel.per_week")]
