"""An answers file to fill in: nothing is answered by accident, and what is written is read back as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Question
from healthcheck_cli.content.roots import find_content
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.cross_checks import odd_together
from healthcheck_cli.interview.example import example_question
from healthcheck_cli.interview.filled_in.answer_file import read_answer_file
from healthcheck_cli.interview.filled_in.given_answers import answers_from_file
from healthcheck_cli.interview.filled_in.template import Template, as_csv, as_yaml
from healthcheck_cli.interview.keys import ANSWERED_BY
from healthcheck_cli.interview.route import ROUTES, sections_for
from healthcheck_cli.readers.encoding import decode
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate
from tests.interview import small_check as sc

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
SHAPES = {"yaml": as_yaml, "csv": as_csv}
VISITS = example_question(id="history.visits", section="epi", type="table", columns=("why", "date"))
NOT_A_WORD = example_question(
    id="reg.severity", section="epi", type="choice", values=("mild", "not_known"), may_not_apply=True
)
QUESTIONS = (*sc.QUESTIONS, VISITS, NOT_A_WORD)
BY_ID = {question.id: question for question in QUESTIONS}
ANSWER_LINE = re.compile(r"^#([a-z]\w*\.[\w.]+):$", re.MULTILINE)


def template(answers: Mapping[str, Answer] | None = None) -> Template:
    sections = sc.sections_of(*QUESTIONS)
    asked_if = {sc.LAST_FIT.id: "Epilepsy"}
    return Template("Answers", ["For a test."], sections, BY_ID, sc.DAY, asked_if, answers or {})


def read(text: str, name: str) -> dict[str, Answer]:
    file = read_answer_file(decode(text.encode(), name), name)
    return {answer.question: answer for answer in answers_from_file(file, BY_ID, sc.DAY, NOW, "", sc.shipped()).answers}


def told(answers: Mapping[str, Answer]) -> dict[str, tuple[Any, ...]]:
    return {name: (it.state, it.value, it.answered_by, it.note) for name, it in answers.items()}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_empty_template_answers_nothing(shape: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read(SHAPES[shape](template()), f"answers.{shape}")
    assert len(caught.value.problems) == 1
    assert re.search(r"there are no answers|no question is answered", caught.value.problems[0])


def test_an_answer_is_given_by_taking_the_mark_away() -> None:
    empty = as_yaml(template())
    assert ANSWER_LINE.findall(empty) == [question.id for question in QUESTIONS]
    one = read(empty.replace("#bowel.per_week:", "bowel.per_week: 3"), "answers.yaml")
    assert told(one) == {"bowel.per_week": (AnswerState.ANSWERED, 3.0, "", "")}
    rows = empty.replace("#bowel.laxatives:\n#", "bowel.laxatives:\n").replace('drug: ""', "drug: senna")
    assert read(rows, "answers.yaml")["bowel.laxatives"].value == ({"drug": "senna", "dose": "", "working": ""},)


def test_a_mark_taken_away_without_an_answer_is_told_and_is_no_answer() -> None:
    text = as_yaml(template()).replace("#bowel.per_week:", "bowel.per_week:")
    line = text.splitlines().index("bowel.per_week:") + 1
    with pytest.raises(InputProblem) as caught:
        read(text, "answers.yaml")
    assert caught.value.problems == (
        f"answers.yaml:{line}:16: bowel.per_week: there is no answer here:"
        " write one, or - where it was not asked, or leave the line out",
    )


def test_a_template_says_what_may_be_answered_and_by_whom() -> None:
    text = as_yaml(template())
    for line in (
        "#   Answer: a number in kg, from 10 to 500 (usually 30 to 200); in st, lb, oz, g",
        "#   Answer: rows of drug; dose; working (yes / no); or none",
        "#     blue_lips       lips blue or grey (act at once)",
        "#   Asked if: Epilepsy\n#   Answer: a date: 14/03/2024, March 2024 or 2024\n#epi.last_any:",
        "#   Answer: one of these; or not_applicable:\n#     7_regular\n",
    ):
        assert line in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("route", ROUTES)
def test_the_shipped_questions_make_a_template_that_can_be_read(route: str) -> None:
    content = load_content(find_content())
    sections = sections_for(content.sections, route)
    text = as_yaml(Template("Answers", (), sections, content.questions, sc.DAY))
    filled = re.sub(r"(?m)^#  - \{.*\n", "", ANSWER_LINE.sub(r"\1: -", text))
    if not sections:
        return
    found = answers_from_file(read_answer_file(filled, "a.yaml"), content.questions, sc.DAY, NOW, "", content).answers
    assert [answer.question for answer in found] == [q.id for section in sections for q in section.questions]
    assert {answer.state for answer in found} == {AnswerState.NOT_ASKED}


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40).map(str.strip)
some_text = texts.filter(bool) | st.sampled_from(
    ("-", "declined", "=1+1", "'=2", "@x", "+", "a: b # c", "[{", '"', "senna; 2", "none", "yes", "!x", "one\r\ntwo")
)
cells = texts.map(lambda text: " ".join(text.split())) | st.sampled_from(("", "none", "a; b", "-", "declined", "[{}"))


@st.composite
def dates(draw: st.DrawFn, latest: date) -> PartialDate:
    day = latest - timedelta(days=draw(st.integers(0, 30_000)))
    first, last = draw(st.sampled_from(((day, day), (day.replace(day=1), None), (date(day.year, 1, 1), None))))
    if last is None:
        end = date(day.year + 1, 1, 1) if first.month == 1 and draw(st.booleans()) else None
        months = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        last = min((end or months) - timedelta(days=1), latest)
    return PartialDate(first, last)


def values(question: Question) -> st.SearchStrategy[AnswerValue]:
    several: st.SearchStrategy[AnswerValue] = st.lists(
        st.sampled_from([it for it in question.values if it != question.nothing] or [""]), min_size=1, unique=True
    ).map(lambda chosen: tuple(it for it in question.values if it in chosen))
    low, high = question.hard or (0, 1000)
    strategies: dict[str, st.SearchStrategy[AnswerValue]] = {
        "yn": st.booleans(),
        "num": st.floats(low, high).map(lambda number: float(format(number, ".10g"))),
        "choice": st.sampled_from(question.values or ("",)),
        "multi": several | st.just((question.nothing,)) if question.nothing else several,
        "date": dates(sc.DAY) | st.just("never") if question.never_allowed else dates(sc.DAY),
        "text": some_text,
        "table": st.lists(rows(question), max_size=3).map(tuple),
    }
    return strategies[question.type]


def rows(question: Question) -> st.SearchStrategy[Mapping[str, str]]:
    columns = dict.fromkeys(question.columns, cells)
    if question.columns:
        columns[question.columns[0]] = cells.filter(bool)
    if "date" in columns:
        columns["date"] = st.sampled_from(("", "2024-03", "2019", "2026-11-22"))
    if "working" in columns:
        columns["working"] = st.sampled_from(("", "yes", "no"))
    return st.fixed_dictionaries(columns)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for question in draw(st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=6, unique_by=lambda it: it.id)):
        states = [it for it in AnswerState if question.may_not_apply or it is not AnswerState.NOT_APPLICABLE]
        state = draw(st.sampled_from([*states, *[AnswerState.ANSWERED] * 5]))
        value = draw(values(question)) if state is AnswerState.ANSWERED else None
        by, note = draw(st.sampled_from(("", *ANSWERED_BY))), draw(st.just("") | some_text)
        found[question.id] = Answer(question.id, state, value, "", by, None, note)
    born = found.get(sc.BORN.id)
    if born is not None and isinstance(born.value, PartialDate):
        assume((sc.DAY - born.value.latest).days > 15 * 366 and born.value.earliest.year > 1918)
    for name, answer in found.items():
        odd = odd_together(name, answer.value, found, sc.shipped(), sc.DAY) if answer.value is not None else None
        assume(odd is None or not odd.impossible)
    return found


@given(answers(), st.sampled_from(sorted(SHAPES)))
def test_any_answers_written_into_a_template_are_read_back_as_they_were(written: dict[str, Answer], shape: str) -> None:
    text = SHAPES[shape](template(written))
    assert told(read(text, f"answers.{shape}")) == told(written)


def test_an_answer_that_the_question_takes_no_more_is_told_and_left_open() -> None:
    gone = {
        "bowel.type": Answer("bowel.type", AnswerState.ANSWERED, "9"),
        "epi.has": Answer("epi.has", AnswerState.NOT_KNOWN),
    }
    text = as_yaml(template(gone))
    assert "The saved answer is not one that this question takes now" in text
    assert told(read(text, "answers.yaml")) == {"epi.has": (AnswerState.NOT_KNOWN, None, "", "")}


SPREADSHEET = "question,value,by,note\r\nbowel.per_week,3,supporter,Zoë’s chart\r\nbowel.type,,,\r\n,,,\r\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (SPREADSHEET.encode("utf-8-sig"), ""),
        (SPREADSHEET.replace(",", ";").encode("utf-8-sig"), ""),
        (("sep=;\r\n" + SPREADSHEET.replace(",", ";")).encode(), ""),
        (SPREADSHEET.replace(",", ";").encode("cp1252"), "cp1252"),
        (SPREADSHEET.replace(",", "\t").encode("utf-16"), ""),
        (SPREADSHEET.replace("\r\n", "\r").encode(), ""),
        (SPREADSHEET.replace("\r\n", ",,\r\n").encode(), ""),
    ],
)
def test_a_table_is_read_as_spreadsheets_save_it(raw: bytes, encoding: str) -> None:
    file = read_answer_file(decode(raw, "answers.csv", encoding), "answers.csv")
    found = answers_from_file(file, BY_ID, sc.DAY, NOW, "", sc.shipped()).answers
    assert [(it.question, it.value, it.answered_by, it.note) for it in found] == [
        ("bowel.per_week", 3.0, "supporter", "Zoë’s chart")
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("question,value\nbowel.type,Zzsecret\n", "a.csv:2: bowel.type: That is not one of the answers."),
        ('question;value\nbowel.laxatives;"senna\nZzsecret;1;2;3;4"\n', "a.csv:2: bowel.laxatives: A row has 3 parts"),
        ("question,value,note\nbowel.type,,Zzsecret\n", "a.csv:2: a note and no answer"),
        ("question,value,note\nZz secret,3,\n", "a.csv:2: there is no question"),
        ('question,value\nmeas.weight,70 kg\n"eol.reason","Zzsecret\n', "a.csv:3: this row cannot be read"),
        ("value\n3\n", "a.csv:1: the first line must name the columns question and value"),
        ("question,value,value\n", "a.csv:1: column 3 has the name of another column"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line_and_no_value(text: str, says: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read(text, "a.csv")
    assert caught.value.problems[0].startswith(says)
    assert "ecret" not in " ".join(caught.value.problems)


def test_a_colon_with_no_space_after_it_is_told_as_that() -> None:
    text = as_yaml(template()).replace("#bowel.per_week:", "bowel.per_week:3").replace("#epi.has:", "epi.has: no")
    line = text.splitlines().index("bowel.per_week:3") + 1
    with pytest.raises(InputProblem) as caught:
        read(text, "answers.yaml")
    assert caught.value.problems[0] == f"answers.yaml:{line}:16: put a space after the colon"
