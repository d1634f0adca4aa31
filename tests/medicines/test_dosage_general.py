"""Directions in the many ways they are written, and the ones that must not be read as something simple.

The texts were written for this project, from the grammar of directions and not from any list of real ones.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.models import Dosage

WEEK, MONTH = 1 / 7, 1 / 30.4375

# text → dose low, dose high, unit, times a day low, times a day high, daily low, daily high
READ = [
    # counts and ranges
    ("1/2-1 tablet nocte", 0.5, 1, "tablet", 1, 1, 0.5, 1),
    ("three quarters of a tablet daily", 0.75, 0.75, "tablet", 1, 1, 0.75, 0.75),
    ("one and a half a day", 1.5, 1.5, None, 1, 1, 1.5, 1.5),
    ("1½ weekly", 1.5, 1.5, None, WEEK, WEEK, 1.5 * WEEK, 1.5 * WEEK),
    ("i-ii qds prn", 1, 2, None, 4, 4, 0, 8),
    ("take i 5 times a day", 1, 1, None, 5, 5, 5, 5),
    ("i tab am + ii tabs pm", 1, 2, "tablet", 2, 2, 3, 3),
    ("1 2-3 times a week", 1, 1, None, 2 * WEEK, 3 * WEEK, 2 * WEEK, 3 * WEEK),
    ("5mg tablets: 2 nocte", 2, 2, "tablet", 1, 1, 2, 2),
    ("4 drops (8mg) od", 4, 4, "drop", 1, 1, 4, 4),
    ("10.mg bd", 10, 10, "mg", 2, 2, 20, 20),
    ("20u am 8u pm", 8, 20, "unit", 2, 2, 28, 28),
    # letters and shorthand
    ("1D", 1, 1, None, 1, 1, 1, 1),
    ("2m 1n", 1, 2, None, 2, 2, 3, 3),
    ("1+1+2", 1, 2, None, 3, 3, 4, 4),
    ("1 4xday", 1, 1, None, 4, 4, 4, 4),
    ("1 tab qqh", 1, 1, "tablet", 6, 6, 6, 6),
    ("1 mane / 2 nocte", 1, 2, None, 2, 2, 3, 3),
    ("1 on M W F", 1, 1, None, 3 * WEEK, 3 * WEEK, 3 * WEEK, 3 * WEEK),
    # hours of the day
    ("1 at 8am 12pm 4pm 8pm", 1, 1, None, 4, 4, 4, 4),
    ("one at 0800 and 2000", 1, 1, None, 2, 2, 2, 2),
    ("5ml at 8am, 2pm and 10pm", 5, 5, "ml", 3, 3, 15, 15),
    ("1 tablet every evening at 6pm", 1, 1, "tablet", 1, 1, 1, 1),
    ("1 mane then 2 nocte", 1, 2, None, 2, 2, 3, 3),
    ("one half an hour before breakfast", 1, 1, None, 1, 1, 1, 1),
    ("Morning: 10ml Night: 15ml", 10, 15, "ml", 2, 2, 25, 25),
    ("8am 1, 8pm 2", 1, 2, None, 2, 2, 3, 3),
    ("one before food three-times-a-day", 1, 1, None, 3, 3, 3, 3),
    ("one each day before food", 1, 1, None, 1, 1, 1, 1),
    # days and weeks
    ("one daily for 6 days a week", 1, 1, None, 6 * WEEK, 6 * WEEK, 6 * WEEK, 6 * WEEK),
    ("1 daily from Monday", 1, 1, None, 1, 1, 1, 1),
    ("1 tablet on Mondays and Fridays each week", 1, 1, "tablet", 2 * WEEK, 2 * WEEK, 2 * WEEK, 2 * WEEK),
    # what is supplied, how long, and other noise
    ("28 tablets - one daily", 1, 1, None, 1, 1, 1, 1),
    ("1 bd 56 tablets", 1, 1, None, 2, 2, 2, 2),
    ("1 bd x 14", 1, 1, None, 2, 2, 2, 2),
    ("1 od (issue 3 of 12)", 1, 1, None, 1, 1, 1, 1),
    ("1 tds 5/7", 1, 1, None, 3, 3, 3, 3),
    ("1 qds 7 days", 1, 1, None, 4, 4, 4, 4),
    ("apply one patch for 12 hours each day", 1, 1, "patch", 1, 1, 1, 1),
    ("1 bd. Call surgery", 1, 1, None, 2, 2, 2, 2),
    ("1 nocte. May cause drowsiness. If affected do not drive", 1, 1, None, 1, 1, 1, 1),
    ("1 bd (previously 2 bd)", 1, 1, None, 2, 2, 2, 2),
    ("1 nocte if possible", 1, 1, None, 1, 1, 1, 1),
    ("remove old patch and apply a new patch every 72 hours", 1, 1, "patch", 1 / 3, 1 / 3, 1 / 3, 1 / 3),
    # slips of the keyboard
    ("take one tablest twice dialy", 1, 1, "tablet", 2, 2, 2, 2),
    ("1 tab evry moring", 1, 1, "tablet", 1, 1, 1, 1),
    ("one whn requird, at nite", 1, 1, None, 1, 1, 0, 1),
    ("one three tims aday", 1, 1, None, 3, 3, 3, 3),
    # steps
    ("50mg od, increasing after one week to 100mg od", 50, 100, "mg", 1, 1, 50, 100),
    ("one twice a day for one week then one daily", 1, 1, None, 1, 2, 1, 2),
    ("two daily for 5 days then stop", 2, 2, None, 1, 1, 2, 2),
]  # fmt: skip

# Each holds words that change what "1 tablet daily" would mean, or can be read in two ways.
REFUSED = [
    "1 daily apart from Mondays",
    "1 daily, exept Sunday",
    "1 daily bar Sundays",
    "1 daily. Do not take on Sundays",
    "1 daily Monday",
    "1 daily for 3 weeks out of 4",
    "1 daily, every other week",
    "1 daily on school days",
    "1 daily October to March",
    "1 daily during periods",
    "1 daily on the first Monday of each month",
    "1 od even dates",
    "1 bi-weekly",
    "to be taken with the 15mg tablets",
    "2mg nocte, increase if needed to a maximum of 10mg",
    "1 tablet hourly for 6 hours",
    "1 daily and another if needed",
    "1 daily plus half in the evening if needed",
    "1 mane prn, 2 nocte",
    "1 twice a day and when required",
    "5mg Monday, 10mg other days",
    "1 alternating with 2",
    "1 according to symptoms",
    "1-2 drops every hour then 4 times a day",
    "1 daily increased by 1 every week to 4",
    "2 daily one mane one nocte",
    "1 od mane and nocte",
    "1 mane at 8pm",
    "1 at 8-9am",
    "right eye twice a day and left eye at night",
    "1 tablet of 2mg plus 1 tablet of 0.5mg nocte",
    "two thirds of a tablet daily",
    "1 half tablet daily",
    "1 2/day",
    "2 or maybe 3 times a day",
    "swallow whole 1 mane 2 nocte",
    "dissolve 1 tablet in 10ml and give 4ml daily",
    "1 prn max 2-3 times a week",
    "1 prn no more than 10 days a month",
    "half the dose",
    "1 with meals and snacks",
    "28 daily",
    "05mg daily",
    "l0mg daily",
    "5 megaunits bd",
    "?1 daily",
    "<2 daily",
    "0 daily",
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "times_low", "times_high", "daily_low", "daily_high"), READ)
def test_the_many_ways_of_writing_come_to_the_same_figures(
    text: str,
    low: float,
    high: float,
    unit: str | None,
    times_low: float,
    times_high: float,
    daily_low: float,
    daily_high: float,
) -> None:
    dosage = read_dosage(text)
    assert dosage.read
    assert (dosage.dose_low, dosage.dose_high, dosage.dose_unit) == (low, high, unit)
    assert dosage.times_per_day_low == pytest.approx(times_low)
    assert dosage.times_per_day_high == pytest.approx(times_high)
    assert dosage.daily_low == pytest.approx(daily_low)
    assert dosage.daily_high == pytest.approx(daily_high)


@pytest.mark.parametrize("text", REFUSED)
def test_what_changes_the_days_or_the_amount_is_not_read_over(text: str) -> None:
    assert read_dosage(text) == Dosage(text, read=False)


@pytest.mark.parametrize(
    "text", ["1 tablet before travel", "1 tablet on dialysis days", "1 tablet with each snack bar"]
)
def test_as_often_as_something_happens_is_no_number_of_times(text: str) -> None:
    dosage = read_dosage(text)
    assert dosage.times_per_day_high is dosage.daily_high is None


def test_steps_by_the_day_and_by_the_week_are_not_put_in_one_range() -> None:
    dosage = read_dosage("one pessary daily for 2 weeks, then one twice a week")
    assert (dosage.dose_high, dosage.multi_step) == (1, True)
    assert dosage.times_per_day_high is dosage.daily_high is None


_COUNTS = (("1", 1, 1), ("two", 2, 2), ("½", 0.5, 0.5), ("1-2", 1, 2), ("one or two", 1, 2), ("1 to 3", 1, 3))
_UNITS = (("", None), ("tabs", "tablet"), ("capsule(s)", "capsule"), ("sachets", "sachet"))
_TIMES = (
    ("od", 1, 1),
    ("b.d.", 2, 2),
    ("three times a day", 3, 3),
    ("up to qds", 0, 4),
    ("every 4-6 hours", 4, 6),
    ("mane and nocte", 2, 2),
    ("at 8am and 8pm", 2, 2),
    ("once a week", WEEK, WEEK),
    ("on alternate days", 0.5, 0.5),
    ("every 3 months", MONTH / 3, MONTH / 3),
)
_ENDS = (
    "",
    " with food",
    " for epilepsy",
    ". Do not stop suddenly",
    " (dispense weekly)",
    " x 7 days",
    " po",
    " 28 tablets",
)
_WRITTEN = (str, str.upper, str.title, lambda text: text.replace(" ", "  "), lambda text: f" {text}\n")


@settings(max_examples=200, deadline=None)
@given(
    count=st.sampled_from(_COUNTS),
    unit=st.sampled_from(_UNITS),
    times=st.sampled_from(_TIMES),
    prn=st.booleans(),
    end=st.sampled_from(_ENDS),
    written=st.sampled_from(_WRITTEN),
)
def test_daily_is_dose_times_times_however_it_is_put_together(
    count: tuple[str, float, float],
    unit: tuple[str, str | None],
    times: tuple[str, float, float],
    prn: bool,
    end: str,
    written: object,
) -> None:
    assert callable(written)
    text = written(f"{count[0]} {unit[0]} {times[0]}{' prn' if prn else ''}{end}")
    dosage = read_dosage(text)
    assert dosage.read
    assert (dosage.dose_low, dosage.dose_high, dosage.dose_unit, dosage.prn) == (count[1], count[2], unit[1], prn)
    assert dosage.times_per_day_low == pytest.approx(times[1])
    assert dosage.daily_low == pytest.approx(0 if prn else count[1] * times[1])
    assert dosage.daily_high == pytest.approx(count[2] * times[2])


@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(" ".join(text for text, *_ in READ).split()), max_size=9))
def test_capitals_and_spacing_never_change_the_reading(words: list[str]) -> None:
    plain = read_dosage(" ".join(words))
    for text in (" ".join(words).upper(), "  ".join(words), f"\t{' '.join(words)} "):
        assert {**vars(read_dosage(text)), "text": ""} == {**vars(plain), "text": ""}


def test_ten_thousand_directions_take_a_few_seconds_at_most() -> None:
    texts = [
        f"take {1 + number % 9} tablets {number % 5 + 1} times a day for patient {number} prn" for number in range(2000)
    ]
    started = time.process_time()
    for text in texts:
        read_dosage(text)
    assert time.process_time() - started < 1  # 10,000 in 5 seconds
