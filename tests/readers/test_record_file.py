from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.record_file import read_record_file, record_from_mapping
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.record import Acceptance, AnswerState, PartialDate, Record

SECRET = "Zuclopenthixol"

CONTRACT = """\
person: {id: "A1", date_of_birth: 1979-04-02, sex: F}
complete: [medicines, problems]
medicines:
  - {text: "Risperidone 1mg tablets", dosage: "1 bd", start: 2019-03-14}
  - "Laxido Orange oral powder sachets"           # a bare line is allowed
problems: [epilepsy, {code: "14760008", term: Constipation}]
observations: [{name: weight, value: 82, unit: kg, date: 2026-05-01}]
answers: {bowel.days_since: 4, bowel.pain: no}
"""


def read(text: str) -> Record:
    return read_record_file(text, "a1.yaml", ReadOptions()).records[0]


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(InputProblem) as caught:
        read_record_file(text, "a1.yaml", ReadOptions())
    return tuple(caught.value.problems)


def test_the_record_of_the_contract_is_read_whole() -> None:
    record = read(CONTRACT)
    assert record.person.date_of_birth == PartialDate.of(date(1979, 4, 2))
    assert dict(record.complete) == {"medicines": None, "problems": None}
    assert [(it.text, it.dosage, it.start, it.row.number) for it in record.medicines] == [
        ("Risperidone 1mg tablets", "1 bd", date(2019, 3, 14), 4),
        ("Laxido Orange oral powder sachets", "", None, 5),
    ]
    assert [(it.term, it.code) for it in record.problems] == [("epilepsy", ""), ("Constipation", "14760008")]
    assert (record.observations[0].name, record.observations[0].value) == ("weight", 82.0)
    assert record.answers["bowel.days_since"].value == 4.0
    assert record.answers["bowel.pain"].value is False
    assert record.from_check


ACCEPTED = """\
medicines: [Risperidone 1mg tablets]
accepted:
  - {rule: STOMP-05, medicine: risperidone, until: 2027-01-31, by: Dr A, because: tried twice}
"""


def test_what_is_accepted_is_read_with_its_day_who_and_why() -> None:
    known = Acceptance("STOMP-05", date(2027, 1, 31), "Dr A", "tried twice", "risperidone")
    assert read(ACCEPTED).accepted == (known,)
    assert read_record_file(ACCEPTED, "a1.yaml", ReadOptions(known_rules=frozenset({"STOMP-05"}))).records[
        0
    ].accepted == (known,)


@pytest.mark.parametrize(
    ("taken_out", "told"),
    [
        ("rule: STOMP-05, ", "3:5: accepted, item 1: must name a rule, as rule: STOMP-05"),
        ("until: 2027-01-31, ", "3:5: accepted, item 1: must say until which day it holds, as until: 2027-01-31"),
        ("by: Dr A, ", "3:5: accepted, item 1: must say who accepted it"),
        (", because: tried twice", "3:5: accepted, item 1: must give the reason, as because: ..."),
        ("risperidone", "3:32: accepted, item 1.medicine: must name a medicine"),
    ],
)
def test_an_entry_that_leaves_something_out_is_wrong_with_its_place(taken_out: str, told: str) -> None:
    (problem,) = problems(ACCEPTED.replace(taken_out, "''" if taken_out == "risperidone" else ""))
    assert problem.startswith(f"a1.yaml:{told}")


def test_an_entry_for_a_rule_that_does_not_exist_is_wrong_and_names_the_nearest() -> None:
    with pytest.raises(InputProblem) as caught:
        read_record_file(ACCEPTED, "a1.yaml", ReadOptions(known_rules=frozenset({"STOMP-04", "CON-01"})))
    assert caught.value.problems == (
        "a1.yaml:3:12: accepted, item 1.rule: there is no such rule (did you mean STOMP-04?)",
    )


@pytest.mark.parametrize("until", ["soon", "31/01/27", "2027-02-30"])
def test_a_day_that_is_no_day_is_wrong(until: str) -> None:
    assert len(problems(ACCEPTED.replace("2027-01-31", until))) == 1


def test_json_says_the_same_as_yaml_and_one_long_line_is_numbered_by_place() -> None:
    as_json = {
        "person": {"id": "A1", "date_of_birth": "1979-04-02", "sex": "F"},
        "complete": ["medicines", "problems"],
        "medicines": [{"text": "Risperidone 1mg tablets", "dosage": "1 bd"}, "Laxido 😀"],
    }
    record = read(json.dumps(as_json))
    assert record.person == read(CONTRACT).person
    assert [it.row.number for it in record.medicines] == [1, 2]
    assert record.medicines[1].text == "Laxido 😀"
    assert read(json.dumps(as_json, indent="\t")).medicines[0].text == "Risperidone 1mg tablets"


def test_what_has_no_lines_is_numbered_by_its_place_in_its_own_list() -> None:
    found = record_from_mapping({"problems": ["epilepsy", "asthma"], "observations": [{"name": "weight"}]})
    assert [it.row.number for it in found.problems] == [1, 2]
    text = "medicines: [senna, paracetamol]\nproblems:\n- epilepsy\n- asthma\n"
    (record,) = read_record_file(text, "a.yaml", ReadOptions()).records
    rows = [*(it.row for it in record.medicines), *(it.row for it in record.problems)]
    assert [row.number for row in rows] == [1, 2, 3, 4]


def test_a_record_without_answers_is_not_a_check() -> None:
    assert not read("medicines: [Senna]").from_check


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("yes", True),
        ("2.5", 2.5),
        ("hard_lumps", "hard_lumps"),
        ("[a, b]", ("a", "b")),
        ("[]", ()),
        ("2024-05-02", PartialDate.of(date(2024, 5, 2))),
        ("2024-05", PartialDate(date(2024, 5, 1), date(2024, 5, 31))),
        ("never", "never"),
        ("[{drug: Clozapine, dose: 100}]", ({"drug": "Clozapine", "dose": "100"},)),
    ],
)
def test_answers_of_every_kind(written: str, value: object) -> None:
    answer = read(f"answers: {{bowel.x: {written}}}").answers["bowel.x"]
    assert answer.state is AnswerState.ANSWERED
    assert answer.value == value


@pytest.mark.parametrize("state", ["declined", "not_known", "not_asked", "not_applicable"])
def test_an_answer_may_be_a_state_without_a_value(state: str) -> None:
    answer = read(f"answers: {{bowel.x: {{state: {state}}}}}").answers["bowel.x"]
    assert (answer.state.value, answer.value) == (state, None)


def test_an_answer_may_say_who_gave_it_and_when() -> None:
    answer = read("answers: {meas.weight: {value: 82, by: measured, date: 2026-05-01, note: in shoes}}").answers
    assert answer["meas.weight"].answered_by == "measured"
    assert answer["meas.weight"].at == datetime(2026, 5, 1)  # noqa: DTZ001 - a calendar day
    assert answer["meas.weight"].note == "in shoes"


def test_lists_may_be_complete_from_a_day() -> None:
    assert dict(read("complete: {events: 2020-01-01, medicines: true}").complete) == {
        "events": date(2020, 1, 1),
        "medicines": None,
    }


def test_all_that_is_wrong_is_told_at_once_with_its_place() -> None:
    text = f"""\
person: {{id: A1, sex: {SECRET}, age: 200}}
complete: [medicine]
medicnes: []
medicines:
  - {SECRET}: 1 bd
  - {{text: a, dose: 3, start: 31/02/2020}}
problems: {SECRET}
answers: {{Bowels: 3, bowel.x: {{state: {SECRET}}}}}
"""
    found = problems(text)
    assert found == (
        "a1.yaml:1:23: person.sex: must be F or M (leave it out where neither is recorded)",
        "a1.yaml:1:44: person.age: must be whole years, 0 to 130",
        "a1.yaml:2:12: complete, item 1: must be one of medicines, problems, observations, events, immunisations",
        "a1.yaml:3:11: a key that is not known (did you mean medicines?)",
        "a1.yaml:5:5: medicines, item 1: a medicine needs its text",
        "a1.yaml:5:21: medicines, item 1: a key that is not known (the keys here are text, dosage, quantity, start, "
        "last_issue, issues, end, prn, route, indication, dmd_code, bnf_code)",
        "a1.yaml:6:21: medicines, item 2: a key that is not known (did you mean dosage?)",
        "a1.yaml:6:31: medicines, item 2.start: not a date (write year-month-day, as 2026-11-22)",
        "a1.yaml:7:11: problems: must be a list",
        "a1.yaml:8:19: answers: a question is written like bowel.days_since",
        "a1.yaml:8:39: answers.bowel.x.state: must be one of answered, not_asked, declined, not_known, not_applicable",
    )
    assert SECRET not in " ".join(found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a1.yaml:1:1: there is nothing in this file"),
        ("- Senna\n- Laxido\n", "a1.yaml: must be a mapping with the keys person, complete, medicines"),
        ("medicines: [Senna", "not readable as YAML or JSON here"),
        ("person: {id: A}\nperson: {id: B}\n", "a1.yaml:2:1: this key is here twice"),
        ("medicines: &x [Senna]\n", "anchors (&name) are not used here"),
        ("medicines: !!set {Senna}\n", "tags (!name) are not used here"),
        ("medicines: []\n---\nmedicines: []\n", "a record file holds one person"),
        ("person: {date_of_birth: 2026-02-30}\n", "there is no such day"),
        ("[" * 5000, "too deep"),
        ('{"medicines": ["Senna" "Laxido"]}', "not readable as YAML or JSON here"),
        ("problems: [{date: 2020-01-01}]", "a problem needs a term or a code"),
        ("observations: [{value: 3}]", "an observation needs a name or a code"),
        ("medicines: [{text: Senna, dmd_code: 1.5}]", "must be a code in quotes"),
        ("complete: {medicines: }", "must be the day from which the list is complete, or true"),
        ("answers: {bowel.x: {value: 3, state: declined}}", "an answer has a value, or a state"),
    ],
)
def test_every_bad_file_is_refused_with_what_to_do(text: str, message: str) -> None:
    found = problems(text)
    assert message in found[0]
    assert all(it.startswith("a1.yaml:") for it in found)


def test_an_example_of_a_rule_has_complete_lists_unless_it_says_otherwise() -> None:
    example = {"medicines": ["Senna"], "problems": [], "incomplete": ["medicines"], "facts": {"a.b": True}}
    record = record_from_mapping(example, example=True)
    assert dict(record.complete) == {"problems": None}
    with pytest.raises(InputProblem):
        record_from_mapping(example)


def test_nan_is_no_number() -> None:
    record = record_from_mapping({"observations": [{"name": "weight", "value": "nan"}]})
    assert record.observations[0].value == "nan"
    with pytest.raises(InputProblem):
        record_from_mapping({"answers": {"bowel.x": float("nan")}})


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8).map(lambda it: it + SECRET),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8).map(lambda it: it + SECRET), inner),
    max_leaves=6,
)
_keys = st.sampled_from(["person", "complete", "medicines", "problems", "observations", "answers"])


@settings(max_examples=60)
@given(st.dictionaries(_keys, _values | st.lists(st.dictionaries(st.sampled_from(["text", "start", "prn"]), _values))))
def test_any_mapping_is_read_or_refused_without_telling_a_value(mapping: dict[str, object]) -> None:
    try:
        record_from_mapping(mapping, "a1.yaml")
    except InputProblem as problem:
        assert SECRET not in " ".join(problem.problems)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_without_a_traceback(text: str) -> None:
    try:
        read_record_file(f"person: {{id: {SECRET}}}\n{text}", "a1.yaml", ReadOptions())
    except InputProblem as problem:
        assert SECRET not in " ".join(problem.problems)


@pytest.mark.parametrize("born", ["1879-04-02", "2027-01-01", "2099"])
def test_nobody_is_born_before_1900_or_after_the_day_of_the_review(born: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read_record_file(f"person: {{date_of_birth: {born}}}", "a1.yaml", ReadOptions(as_of=date(2026, 11, 22)))
    told = "person.date_of_birth: cannot be right: before 1900 or after the day of the review"
    assert caught.value.problems == (f"a1.yaml:1:25: {told}",)
