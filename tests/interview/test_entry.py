"""What people type, and what is made of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.entry import read_entry
from healthcheck_cli.interview.example import example_question
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.interview.written import written_value
from healthcheck_cli.record import PartialDate
from tests.interview import small_check as sc


def entry(question_id: str, typed: str) -> Entry:
    return read_entry(sc.BY_ID[question_id], typed, sc.DAY, sc.BY_ID)


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("meas.weight", "11st 4lb", 71.67),
        ("meas.weight", "11 st 4", 71.67),
        ("meas.weight", "11stone4", 71.67),
        ("meas.weight", "72.5kg", 72.5),
        ("meas.weight", "72,5", 72.5),
        ("meas.weight", "158 lbs", 71.67),
        ("meas.weight", " 72.5 KG. ", 72.5),
        ("meas.weight", "11.75 st", 74.62),
        ("meas.height", "5ft 2", 157.48),
        ("meas.height", "5'2\"", 157.48),
        ("meas.height", "5’ 2”", 157.48),
        ("meas.height", "5 foot 2 inches", 157.48),
        ("meas.height", "162cm", 162),
        ("meas.height", "1.62 m", 162),
        ("meas.height", "64 in", 162.56),
        ("meas.temp", "98.6F", 37),
        ("meas.temp", "37.2", 37.2),
        ("meas.temp", "37,2 °C", 37.2),
        ("meas.pulse_rate", "72 bpm", 72),
        ("lab.hba1c", "6.5%", 47.54),
        ("lab.hba1c", "48", 48),
        ("bowel.per_week", "3", 3),
        ("bowel.per_week", "3.5", 3.5),
    ],
)
def test_a_number_is_read_with_its_unit_as_people_type_it(question: str, typed: str, value: float) -> None:
    found = entry(question, typed)
    assert isinstance(found, Accepted)
    assert found.value == pytest.approx(value, abs=0.01)


@pytest.mark.parametrize(
    ("question", "typed", "readings"),
    [
        ("meas.weight", "12", ("12 kg", "12 st")),
        ("meas.weight", "11.4", ("11.4 kg", "11 st 4 lb", "11 st 5.6 lb")),
        ("meas.weight", "9", ("9 st",)),  # 9 kg is out of range
        ("meas.weight", "11.4 stone", ("11 st 4 lb", "11 st 5.6 lb")),
        ("meas.weight", "1,000 lb", ("1000 lb",)),  # 1 lb is out of range
        ("meas.height", "1.62", ("1.62 m",)),
        ("meas.height", "5.4", ("5 ft 4 in", "5 ft 4.8 in")),
        ("meas.height", "5", ("5 ft",)),
        ("meas.temp", "98.6", ("98.6 F",)),
        ("lab.hba1c", "6.5", ("6.5 %",)),
        ("lab.hba1c", "22", ("22 %", "22 mmol/mol")),
        ("swallow.iddsi_food", "7", ("7 regular", "7 easy to chew")),
        ("epi.has", "yes", ("yes active", "yes seizure free")),
        (
            "sepsis.acute_signs",
            "not_usual_self, b, n",
            ("not_usual_self, b, none", "not_usual_self, b, not_usual_self"),
        ),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(question: str, typed: str, readings: tuple[str, ...]) -> None:
    found = entry(question, typed)
    assert isinstance(found, Ambiguous)
    assert found.readings == readings


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        ("meas.weight", "9 kg", "10 to 500 kg"),
        ("meas.weight", "11 st 15", "14 lb to 1 st"),
        ("meas.weight", "72 cm", "cannot be turned into kg"),
        ("meas.weight", "72 mmHg", "cannot be turned into kg"),
        ("meas.weight", "heavy", "kg, st, lb"),
        ("meas.weight", "72-75", "with its unit"),
        ("meas.height", "30", "50 to 250 cm"),
        ("meas.height", "5 ft 13", "12 in to 1 ft"),
        ("meas.temp", "37/2", "one number"),
        ("meas.bp_sys", "76/128", "upper number comes first"),
        ("meas.bp_sys", "128/10", "Lower number"),
        ("bowel.per_week", "3 kg", "without a unit"),
        ("bowel.per_week", "-1", "0 to 100"),
        ("bowel.per_week", "nan", "number"),
        ("bowel.per_week", "1e400", "number"),
        ("epi.last_any", "31/02/2024", "no such day"),
        ("epi.last_any", "03/14/2024", "day comes first"),
        ("epi.last_any", "23/11/2026", "future"),
        ("epi.last_any", "2027", "future"),
        ("epi.last_any", "some weeks ago", "Write a date"),
        ("epi.last_any", "3/12", "Write a date"),
        ("epi.last_any", "Mar 24", "Write a date"),
        ("epi.last_any", "never", "not an answer here"),
        ("demo.dob", "2015", "14 to 110 years ago"),
        ("bowel.type", "8", "not one of the answers"),
        ("swallow.iddsi_food", "purreed", "“4 pureed”"),
        ("sepsis.acute_signs", "none, chest pain", "cannot go with others"),
        ("sepsis.acute_signs", "5", "not one of the answers"),
        ("sepsis.unwell_today", "perhaps", "yes or no"),
        ("bowel.laxatives", "senna; 2; perhaps", "one of yes, no"),
        ("bowel.laxatives", "senna; 2; yes; 4", "3 parts"),
        ("bowel.laxatives", "; 2", "must be there"),
    ],
)
def test_what_is_no_answer_is_refused_and_the_message_says_what_would_be(question: str, typed: str, says: str) -> None:
    found = entry(question, typed)
    assert isinstance(found, Refused)
    assert says in found.message


@pytest.mark.parametrize(
    ("question", "typed"),
    [("meas.weight", "29.9"), ("meas.weight", "201"), ("meas.bp_sys", "210/90"), ("meas.bp_sys", "120/105"),
     ("bowel.per_week", "1"), ("demo.dob", "1930")],
)  # fmt: skip
def test_an_unlikely_answer_must_be_confirmed(question: str, typed: str) -> None:
    assert isinstance(entry(question, typed), Unsure)


@pytest.mark.parametrize("typed", ["30", "200"])
def test_the_ends_of_the_usual_range_belong_to_it(typed: str) -> None:
    assert isinstance(entry("meas.weight", typed), Accepted)


def test_one_blood_pressure_entry_answers_both_questions() -> None:
    assert entry("meas.bp_sys", "128/76 mmHg") == Accepted(128.0, {"meas.bp_dia": 76.0})
    assert entry("meas.bp_sys", "128 over 76") == Accepted(128.0, {"meas.bp_dia": 76.0})


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024-03-14", date(2024, 3, 14), date(2024, 3, 14)),
        ("14/03/2024", date(2024, 3, 14), date(2024, 3, 14)),
        ("03/04/2024", date(2024, 4, 3), date(2024, 4, 3)),
        ("14.3.2024", date(2024, 3, 14), date(2024, 3, 14)),
        ("14th of March 2024", date(2024, 3, 14), date(2024, 3, 14)),
        ("March 14, 2024", date(2024, 3, 14), date(2024, 3, 14)),
        ("March 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("mar 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("3/2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2026", date(2026, 1, 1), sc.DAY),
        ("today", sc.DAY, sc.DAY),
        ("2 weeks ago", sc.DAY - timedelta(days=14), sc.DAY - timedelta(days=14)),
        ("11 months ago", date(2025, 12, 1), date(2025, 12, 31)),
        ("2 years ago", date(2024, 1, 1), date(2024, 12, 31)),
        ("14/3/24", date(2024, 3, 14), date(2024, 3, 14)),
        ("14 Mar 98", date(1998, 3, 14), date(1998, 3, 14)),
    ],
)
def test_a_date_is_read_to_the_day_the_month_or_the_year(typed: str, first: date, last: date) -> None:
    assert entry("epi.last_any", typed) == Accepted(PartialDate(first, last))


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("sepsis.unwell_today", "Y", True),
        ("sepsis.unwell_today", "no", False),
        ("epi.last_tc", "never", "never"),
        ("bowel.type", "4", "4"),
        ("bowel.type", "smooth", "4"),
        ("epi.has", "1", "no"),
        ("epi.has", "poss", "possible"),
        ("swallow.iddsi_food", "7 easy", "7_easy_to_chew"),
        ("swallow.iddsi_food", "4", "4_pureed"),
        ("sepsis.acute_signs", "2 4", ("chest_pain", "blue_lips")),
        ("sepsis.acute_signs", "Lips blue or grey, chest", ("chest_pain", "blue_lips")),
        ("sepsis.acute_signs", "no", ("none",)),
        ("bowel.laxatives", "none", ()),
        ("bowel.laxatives", "senna ; 2 tabs; YES", ({"drug": "senna", "dose": "2 tabs", "working": "yes"},)),
        ("bowel.laxatives", "senna", ({"drug": "senna", "dose": "", "working": ""},)),
    ],
)
def test_words_and_numbers_stand_for_the_answers_of_a_question(question: str, typed: str, value: object) -> None:
    assert entry(question, typed) == Accepted(value)  # type: ignore[arg-type]


_LIKELY = st.text(alphabet="0123456789.,/-'\" kgstlbfincmF%yno;|\n", max_size=12)


@given(st.sampled_from(sc.QUESTIONS), st.text(max_size=20) | _LIKELY)
def test_nothing_that_is_typed_can_break_it_and_what_is_accepted_is_shown_so_that_it_reads_back(
    question: Question, typed: str
) -> None:
    found = read_entry(question, typed, sc.DAY, sc.BY_ID)
    if isinstance(found, (Accepted, Unsure)):
        again = read_entry(question, written_value(question, found.value), sc.DAY, sc.BY_ID)
        assert isinstance(again, (Accepted, Unsure))
        assert again.value == found.value
    if isinstance(found, Ambiguous):
        readings = [read_entry(question, reading, sc.DAY, sc.BY_ID) for reading in found.readings]
        assert not any(isinstance(reading, Refused) for reading in readings)


@given(st.floats(10, 500).map(lambda n: round(n, 6)), st.sampled_from(["kg", "lb", "st"]))
def test_a_weight_in_any_unit_reads_back_from_what_is_shown(number: float, unit: str) -> None:
    found = read_entry(sc.WEIGHT, f"{number} {unit}", sc.DAY, sc.BY_ID)
    if isinstance(found, (Accepted, Unsure)):
        again = read_entry(sc.WEIGHT, written_value(sc.WEIGHT, found.value), sc.DAY, sc.BY_ID)
        assert isinstance(again, (Accepted, Unsure))
        assert again.value == found.value


NEXT_REVIEW = example_question(id="hap.review_date", type="date", hard=(-2, 0), soft=(-1, 0))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("22/11/2027", Accepted(PartialDate.of(date(2027, 11, 22)))),
        ("March 2027", Accepted(PartialDate(date(2027, 3, 1), date(2027, 3, 31)))),
        ("23/11/2027", Unsure(PartialDate.of(date(2027, 11, 23)), "That is not at most 1 years to come.")),
        ("23/11/2028", Refused("That cannot be right: it must be at most 2 years to come.")),
        ("21/11/2025", Refused("That cannot be right: it must be at most 2 years to come.")),
    ],
)
def test_a_date_may_be_to_come_only_where_the_question_says_so(typed: str, expected: Entry) -> None:
    assert read_entry(NEXT_REVIEW, typed, date(2026, 11, 22), {}) == expected
