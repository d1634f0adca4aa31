"""A record file's answers are read as ``check answers`` reads a file of answers: the same values, the same errors, and
so the same plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.content.models import Question
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.interview.filled_in.answer_file import read_answer_file
from healthcheck_cli.interview.filled_in.given_answers import answers_from_file
from healthcheck_cli.interview.filled_in.record_answers import RecordAnswers
from healthcheck_cli.interview.saved import Check
from healthcheck_cli.live_review import LiveReview
from healthcheck_cli.plans.gap_parts import answer_sections
from healthcheck_cli.plans.plan_sources import plan_sources
from healthcheck_cli.readers.record_file import read_record_file
from healthcheck_cli.readers.record_lines import read_record_lines
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.record import Answer, AnswerState, PartialDate, Record
from healthcheck_cli.review import review_records
from tests.whole_people import shipped_reviewer

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
CONTENT = shipped_reviewer().content
OPTIONS = ReadOptions(answers=RecordAnswers(CONTENT, DAY))
ASKED = tuple(CONTENT.questions.values())


def read(text: str) -> ReadResult:
    return read_record_file(text, "a.yaml", OPTIONS)


def in_record(text: str) -> Mapping[str, Answer]:
    return read(text).records[0].answers


def in_check(text: str) -> Mapping[str, Answer]:
    file = read_answer_file(text, "a.yaml")
    found = answers_from_file(file, CONTENT.questions, DAY, NOW, "", CONTENT).answers
    return {answer.question: answer for answer in found}


def said(text: str, reader: Callable[[str], Mapping[str, Answer]]) -> object:
    """What each question is answered with, or everything that is wrong."""
    try:
        return {name: (it.state, it.value, it.answered_by, it.note) for name, it in reader(text).items()}
    except InputProblem as problem:
        return problem.problems


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(InputProblem) as caught:
        read(text)
    assert tuple(caught.value.problems) == said(text, in_check)
    return tuple(caught.value.problems)


WRITTEN = """\
answers:
  sepsis.acute_signs: chest pain
  bowel.red_flags: severe pain
  bowel.symptoms: [2]
  bowel.days_since: "4 days"
  bowel.per_week: -       # not asked
  bowel.laxatives:
    - {drug: senna, dose: 2.50, working: no}
  meas.bp_sys: 192/124
  meas.temp: {value: 39.5 C, by: measured, note: in the ear}
  meas.weight: 11st 4lb
  swallow.signs: coughing
  demo.dob: 1979-04
  demo.emergency_contact: declined
  demo.ethnicity: "-"
  epi.last_any: not_known
"""


def test_words_units_and_list_numbers_are_read_and_none_is_dropped() -> None:
    found = in_record(WRITTEN)
    assert said(WRITTEN, in_record) == said(WRITTEN, in_check)
    values = {name: it.value for name, it in found.items() if it.state is AnswerState.ANSWERED}
    assert values["sepsis.acute_signs"] == ("chest_pain",)
    assert values["bowel.red_flags"] == ("severe_pain",)
    assert (values["bowel.days_since"], values["meas.bp_dia"], values["meas.temp"]) == (4, 124, 39.5)
    assert values["bowel.laxatives"] == ({"drug": "senna", "dose": "2.50", "how_often": "", "working": "no"},)
    assert values["demo.dob"] == PartialDate(date(1979, 4, 1), date(1979, 4, 30))
    states = {name: it.state.value for name, it in found.items() if it.state is not AnswerState.ANSWERED}
    assert states == {
        "bowel.per_week": "not_asked",
        "demo.emergency_contact": "declined",
        "demo.ethnicity": "not_asked",
        "epi.last_any": "not_known",
    }


def outcome(person: PersonReview) -> tuple[object, ...]:
    """All but the words for what was found: an answer typed into a check has a day of its own, which is shown."""
    fired = [(it.rule, it.level) for it in person.findings]
    gaps = [(it.rule, it.missing, [holds.fact for holds in it.holds]) for it in person.could_not_assess]
    return fired, gaps, person.themes


@pytest.mark.parametrize("first", [True, False])
def test_the_plan_of_a_record_is_that_of_a_check_with_the_same_answers(first: bool) -> None:
    """Every question that one word answers is answered, by its first value or by its last, and the urgent ones."""
    lines = [f'  {it.id}: "{word}"' for it in ASKED if (word := _word(it, first=first))]
    text = WRITTEN if first else ""
    lines = [line for line in lines if f"{line.partition(':')[0]}:" not in text and "meas.bp_dia" not in line]
    text = (text or "answers:\n") + "\n".join(lines) + "\n"
    told = said(text, in_record)
    odd = {it.split(": ")[1] for it in told} if isinstance(told, tuple) else set()  # does not go with the others
    text = "\n".join(line for line in text.splitlines() if line.strip().partition(":")[0] not in odd)
    of_record = review_records(read(text).records, shipped_reviewer(), DAY).people[0]
    check = Check("c1", "", NOW, CONTENT.version, CONTENT.sha256)
    of_check = LiveReview(shipped_reviewer(), check, Record(), DAY).review(in_check(text)).people[0]
    assert outcome(of_record) == outcome(of_check)
    assert not first or {"AHC-001", "CON-02", "CVD-01"} <= {it.rule for it in of_record.findings}


def _word(question: Question, *, first: bool) -> str:
    limits = question.soft or question.hard or (1, 2)
    words = {"yn": ("yes", "no"), "num": tuple(f"{it} {question.unit}" for it in limits), "date": ("2026-05", "2024")}
    offered = words.get(question.type, question.values) or ("", "")
    return offered[0 if first else -1]


_NOT_ANSWERS = st.sampled_from(["-", "declined", "not_known", "not_applicable", "", "maybe", "-4", "9", "5000", "null"])
_ODD = _NOT_ANSWERS | st.sampled_from(["[2]", "[1, 2]", "{a: 1}", "{value: 3}", "yes", "true", "2024-14-02", "0.50"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ASKED), _ODD, st.booleans()), min_size=1, max_size=4))
def test_whatever_is_written_is_read_alike(drawn: list[tuple[Question, str, bool]]) -> None:
    lines = [f"  {it.id}: {_word(it, first=True) if fits and it.type != 'table' else odd}" for it, odd, fits in drawn]
    text = "answers:\n" + "\n".join(lines) + "\n"
    assert said(text, in_record) == said(text, in_check)


def test_what_cannot_be_is_refused_all_at_once_with_its_place() -> None:
    text = """\
answers:
  demo.dob: 1879-01-01
  bowel.per_week: -4
  bowel.days_since: 5000
  bowel.days_since: 3
  bowel.type: 9
  epi.has: {a: 1}
  meas.temp: 400
  meas.bp_sys: 128/76
  meas.bp_dia: 90
  meas.weight: {value: 80, date: 2026-11-23}
"""
    assert problems(text) == (
        "a.yaml:2:13: demo.dob: That cannot be right: it must be 14 to 110 years ago.",
        "a.yaml:3:19: bowel.per_week: That cannot be right: it must be 0 to 100.",
        "a.yaml:4:21: bowel.days_since: That cannot be right: it must be 0 to 60 days.",
        "a.yaml:5:3: bowel.days_since: this is answered twice (first on line 4)",
        "a.yaml:6:15: bowel.type: That is not one of the answers. Type its number or its name.",
        "a.yaml:7:12: epi.has: give value, by, note, state, date, and nothing else",
        "a.yaml:8:14: meas.temp: That cannot be right: it must be 25 to 45 C.",
        "a.yaml:10:16: meas.bp_dia: does not agree with the answer to meas.bp_sys",
        "a.yaml:11:34: meas.weight: the day of the answer is after that of the review",
    )


def test_no_is_no_answer_to_whether_a_form_is_in_date_where_it_may_mean_that_none_is_needed() -> None:
    (told,) = problems("answers: {epi.valproate: no}\n")
    assert "can be read in more than one way" in told
    for word in ("not_needed", "no, or out of date"):
        assert list(in_record(f"answers: {{epi.valproate: '{word}'}}\n")) == ["epi.valproate"]


def test_what_is_wrong_with_the_rest_of_a_record_hides_no_answer() -> None:
    text = "person: {date_of_birth: 1979-14-02, sex: F, sex: M}\nanswers: {bowel.type: 9}\n"
    with pytest.raises(InputProblem) as caught:
        read(text)
    assert [it.partition(": ")[0] for it in caught.value.problems] == ["a.yaml:1:25", "a.yaml:1:45", "a.yaml:2:23"]


def test_answers_in_json_are_told_by_name_line_and_column() -> None:
    text = '{"answers": {"bowel.type": 4,\n  "bowel.per_week": null, "bowel.type": 5,\n  "wombat": true}}'
    assert said(text, in_check) == (
        "a.yaml:2:21: bowel.per_week: there is no answer here: write one, or - where it was not asked,"
        " or leave the line out",
        "a.yaml:2:27: bowel.type: this is answered twice (first on line 1)",
        "a.yaml:3:13: there is no question wombat",
    )


def test_a_table_tells_duplicates_and_what_else_is_wrong_together() -> None:
    text = "question,value\nbowel.type,9\nbowel.type,9\nbowel.typ,4\n"
    assert said(text, in_check) == (
        "a.yaml:2: bowel.type: That is not one of the answers. Type its number or its name.",
        "a.yaml:3: bowel.type: this is answered twice (first on line 2)",
        "a.yaml:4: there is no question bowel.typ (did you mean bowel.type?)",
    )


def test_an_answer_to_no_question_is_noted_by_its_name_and_place() -> None:
    text = "answers: {bowel.days_since: 4, bowel.pain: no, acute.chest_pain: no, dx.psychosis: yes}\n"
    assert read(text).notes == (
        "a.yaml: answers: there is no question bowel.pain (pain is an answer to bowel.symptoms): the answer is not used"
        " (line 1, column 44)",
        "a.yaml: answers: acute.chest_pain is worked out from other answers: the answer is not used"
        " (line 1, column 66)",
    )
    assert set(in_record(text)) == {"bowel.days_since", "dx.psychosis"}


def test_lines_of_records_are_read_alike_and_those_of_the_last_check_for_their_own_day() -> None:
    line = (
        '{"person": {"id": "A"}, "answers": {"bowel.red_flags": "severe pain"}, "last_check": {"date": "2025-11-14", '
    )
    (record,) = read_record_lines(line + '"answers": {"meas.weight": "11st 4lb"}}}', "a.ndjson", OPTIONS).records
    assert record.answers["bowel.red_flags"].value == ("severe_pain",)
    assert record.previous is not None
    assert record.previous.answers["meas.weight"].value == pytest.approx(71.67, abs=0.01)
    with pytest.raises(InputProblem, match=r"a\.ndjson:1:\d+: epi\.last_any: "):
        read_record_lines(line + '"answers": {"epi.last_any": "2026-05-01"}}}', "a.ndjson", OPTIONS)


def test_an_answer_that_another_one_has_taken_off_the_list_is_marked_in_the_plan() -> None:
    (record,) = read("answers: {epi.has: no, epi.per_month: 30, bowel.type: 4}\n").records
    review = review_records([record], shipped_reviewer(), DAY)
    sections = answer_sections(plan_sources(review, review.people[0], record, shipped_reviewer()))
    assert {line.question: line.answer for section in sections for line in section.lines} == {
        "Do you have fits (epilepsy)?": "no",
        "How many fits a month, on average?": "30 (does not apply now, by what else is known)",
        "What is your poo most like?": "4  smooth, soft sausage",
    }
