"""What directions are read as. The examples were written for this project."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.dosage_phrases import PHRASES
from healthcheck_cli.medicines.dosage_words import SLOTS, TIMES_A_DAY, UNITS, UNSAFE
from healthcheck_cli.medicines.models import Dosage

MONTH = 1 / 30.4375

# text → dose low, dose high, unit, daily low, daily high
DAILY = [
    ("1 od", 1, 1, None, 1, 1),
    ("i bd", 1, 1, None, 2, 2),
    ("T TDS", 1, 1, None, 3, 3),
    ("1 om, 1 on", 1, 1, None, 2, 2),
    ("1 om/on", 1, 1, None, 2, 2),
    ("two b.d. p.r.n.", 2, 2, None, 0, 4),
    ("½ tablet mane", 0.5, 0.5, "tablet", 0.5, 0.5),
    ("1½ tabs tds", 1.5, 1.5, "tablet", 4.5, 4.5),
    ("1/2 a tablet bd", 0.5, 0.5, "tablet", 1, 1),
    ("one and a half tablets daily", 1.5, 1.5, "tablet", 1.5, 1.5),
    ("half a 5mg tablet twice a day", 0.5, 0.5, "tablet", 1, 1),
    ("10-20 mg nocte", 10, 20, "mg", 10, 20),
    ("500mg-1g qds max 4g/24h", 500, 1000, "mg", 2000, 4000),
    ("2 x 500mg qds", 1000, 1000, "mg", 4000, 4000),
    ("1 tablet x 3 a day", 1, 1, "tablet", 3, 3),
    ("two 5ml spoonfuls bd", 10, 10, "ml", 20, 20),
    ("1-3 sachets a day", 1, 3, "sachet", 1, 3),
    ("Dissolve 1 sachet in 125ml of water twice a day", 1, 1, "sachet", 2, 2),
    ("150mg at 8 am and 300mg at 10pm", 150, 300, "mg", 450, 450),
    ("2 mane, 1 midday, 2 nocte", 1, 2, None, 5, 5),
    ("1-0-2", 1, 2, None, 3, 3),
    ("1 am 1 pm", 1, 1, None, 2, 2),
    ("10 units with breakfast and 14 units with evening meal", 10, 14, "unit", 24, 24),
    ("one three times a day after meals and at night", 1, 1, None, 4, 4),
    ("one twice a day (8am and 8pm)", 1, 1, None, 2, 2),
    ("5mg (2 tablets) at night", 2, 2, "tablet", 2, 2),
    ("5ml (250mg) bd", 5, 5, "ml", 10, 10),
    ("take 1 every other day", 1, 1, None, 0.5, 0.5),
    ("one on alternate nights", 1, 1, None, 0.5, 0.5),
    ("2 tablets every 3rd day", 2, 2, "tablet", 2 / 3, 2 / 3),
    ("one tablet 5 days a week", 1, 1, "tablet", 5 / 7, 5 / 7),
    ("2 tabs mon-fri, 1 tab sat and sun", 1, 2, "tablet", 12 / 7, 12 / 7),
    ("methotrexate 10mg once a week on Mondays", 10, 10, "mg", 10 / 7, 10 / 7),
    ("37.5mg IM every 14 days", 37.5, 37.5, "mg", 37.5 / 14, 37.5 / 14),
    ("200mg im every 2/52", 200, 200, "mg", 200 / 14, 200 / 14),
    ("50mg deep IM 3 weekly", 50, 50, "mg", 50 / 21, 50 / 21),
    ("400mg monthly", 400, 400, "mg", 400 * MONTH, 400 * MONTH),
    ("change patch every 72 hours", 1, 1, "patch", 1 / 3, 1 / 3),
    ("1 up to qds", 1, 1, None, 0, 4),
    ("up to 8 tablets daily", 0, 8, "tablet", 0, 8),
    ("1-2 every 4-6 hrs prn max 8 in 24hrs", 1, 2, None, 0, 8),
    ("1mg prn up to 4mg in 24 hours", 1, 1, "mg", 0, 4),
    ("1mg if agitated, up to 3 times a day", 1, 1, "mg", 0, 3),
    ("one every 4 hrs max 5 daily", 1, 1, None, 5, 5),
    ("25mg od for 1/52 then 50mg od", 25, 50, "mg", 25, 50),
    ("one twice daily, increasing to two twice daily after 1 week", 1, 2, None, 2, 4),
    ("**DUE REVIEW** 1 bd", 1, 1, None, 2, 2),
    ("1 tab daily, dispense weekly", 1, 1, "tablet", 1, 1),
    ("1 daily. Do not take more than 2 paracetamol products. Swallow whole", 1, 1, None, 1, 1),
    ("take 5ml of 200mg/5ml bd", 5, 5, "ml", 10, 10),
]  # fmt: skip

UNREADABLE = [
    "1 2 daily",
    "take one two daily",
    "1/2 bd",
    "2 weekly",
    "-1 bd",
    "-2 tablets bd",
    "take -1 bd",
    "10ml pc + nocte",
    "10ml after food and at night",
    "1 drop od",
    "4/7",
    "1,5 ml bd",
    "1 at 8 am 4 pm",
    "max 2",
    "1 daily 2 daily",
    "100mcg and 125mcg on alternate days",
    "1 tablet daily except Sundays",
    "1 bd and 1 prn",
    "1 twice daily (1 in the morning and 2 at night)",
    "one 5mg and one 2mg tablet daily",
    "1 daily with 2 of the 5mg",
    "5ml/hr",
    "20 mg/kg/day",
    "1 daily for 21 days then 7 days off",
    "week 1: 1 daily, week 2: 2 daily",
    "one daily in the morning and evening",
    "n/a",
    ".",
    "",
    "nil",
    "see letter",
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "daily_low", "daily_high"), DAILY)
def test_directions_come_to_a_dose_and_an_amount_a_day(
    text: str, low: float, high: float, unit: str | None, daily_low: float, daily_high: float
) -> None:
    dosage = read_dosage(text)
    assert dosage.read
    assert (dosage.dose_low, dosage.dose_high, dosage.dose_unit) == (low, high, unit)
    assert dosage.daily_low == pytest.approx(daily_low)
    assert dosage.daily_high == pytest.approx(daily_high)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_ambiguous_or_says_nothing_is_not_read_and_has_no_figures(text: str) -> None:
    assert read_dosage(text) == Dosage(text, read=False)


def test_when_required_is_told_from_regular_and_its_reason_is_seen() -> None:
    dosage = read_dosage("one at night when required for sleep")
    assert (dosage.prn, dosage.reason_stated) == (True, True)
    assert (read_dosage("one at night").prn, read_dosage("one at night").reason_stated) == (False, False)


def test_when_required_with_no_most_stated_has_no_daily_amount() -> None:
    dosage = read_dosage("1-2 prn")
    assert (dosage.read, dosage.dose_high, dosage.daily_low, dosage.daily_high) == (True, 2, None, None)


def test_rescue_medicine_for_a_long_seizure_is_when_required() -> None:
    dosage = read_dosage(
        "One syringe (10mg) into the buccal cavity if seizure lasts longer than 5 minutes. "
        "Repeat once after 10 minutes if needed. Max 2 doses in 24 hours"
    )
    assert (dosage.dose_low, dosage.dose_unit, dosage.prn, dosage.max_per_day) == (1, "syringe", True, 2)
    assert (dosage.also_dose, dosage.also_unit) == (10, "mg")


def test_a_most_in_mg_of_a_dose_in_tablets_is_kept_in_mg() -> None:
    dosage = read_dosage("1 tablet at night as required, maximum 7.5mg in 24 hours")
    assert (dosage.max_per_day, dosage.max_mg_per_day, dosage.daily_high) == (None, 7.5, 1)


def test_a_depot_keeps_the_days_between_injections() -> None:
    assert read_dosage("100mg every 4 weeks").interval_days == 28
    assert read_dosage("one daily").interval_days is None


def test_steps_without_figures_are_marked_and_not_added_up() -> None:
    dosage = read_dosage("8 daily, reducing by 1 every week")
    assert (dosage.multi_step, dosage.dose_high, dosage.daily_high) == (True, 8, None)


def test_as_directed_and_single_doses_are_marked() -> None:
    assert read_dosage("MDU").as_directed
    assert read_dosage("as directed by psychiatrist").daily_high is None
    assert read_dosage("10mg stat").single_dose


def test_a_hospital_line_is_marked_even_where_nothing_else_is_read() -> None:
    dosage = read_dosage("HOSPITAL ISSUE ONLY")
    assert (dosage.hospital, dosage.read) == (True, False)
    assert not read_dosage("1 daily (see hospital letter)").hospital


_PHRASES = {phrase for phrases in PHRASES.values() for phrase in phrases}
_WORDS = sorted({*UNITS, *SLOTS, *TIMES_A_DAY, *UNSAFE, *_PHRASES})
_MARKS = (*"12345./-(),;x%½", "1,5", "2/52", "1/2", "8am", "every", "a", "to", "or", "and", "for", "times", "mon")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from((*_WORDS, *_MARKS)), max_size=12).map(" ".join)))
def test_no_text_raises_and_every_range_is_in_order(text: str) -> None:
    dosage = read_dosage(text)
    assert dosage.text == text
    for low, high in (
        (dosage.dose_low, dosage.dose_high),
        (dosage.times_per_day_low, dosage.times_per_day_high),
        (dosage.daily_low, dosage.daily_high),
    ):
        assert low is None or (high is not None and 0 <= low <= high)
    if not dosage.read:
        assert dosage.dose_high is dosage.daily_high is dosage.times_per_day_high is dosage.max_per_day is None


@settings(max_examples=60, deadline=None)
@given(dose=st.integers(1, 12), times=st.integers(1, 6))
def test_house_sentences_shorthand_and_figures_say_the_same(dose: int, times: int) -> None:
    long = read_dosage(f"{dose} tablets to be taken {times} times a day")
    short = read_dosage(f"{dose} tabs {times}x/day")
    assert long.daily_low == long.daily_high == dose * times == short.daily_high
