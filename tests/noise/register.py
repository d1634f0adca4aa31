"""Registers of invented people: their lists, their lists with test results, and whole checks with answers.

The lists are those of the extract generator that stands beside the project. What it does not write (results, dates of
reviews, answers) is made up here, at random from a fixed seed, and says nothing about how often a thing occurs.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.record import (
    Answer,
    AnswerState,
    AnswerValue,
    ListName,
    Observation,
    PartialDate,
    Record,
    Row,
)

GENERATOR = Path(__file__).parents[2].parent / "shared" / "tools" / "make_extract.py"
PEOPLE = 2_000
WITH_ANSWERS_EVERY = 5
SEED = 1
AS_OF = date(2026, 11, 22)

DONE_THIS_YEAR, NEVER_DONE = 0.80, 0.05
NOT_WELL, RED_FLAG, NOT_ASKED = 0.05, 0.01, 0.10

# What a test mostly gives: mean and spread. A review has a date and no value.
_RESULTS: Mapping[str, tuple[str, float, float]] = {
    "weight": ("kg", 78, 15),
    "height": ("cm", 166, 9),
    "systolic blood pressure": ("mmHg", 124, 13),
    "diastolic blood pressure": ("mmHg", 76, 8),
    "pulse rate": ("/min", 74, 10),
    "HbA1c": ("mmol/mol", 37, 5),
    "cholesterol": ("mmol/L", 4.8, 0.9),
    "TSH": ("mU/L", 2, 0.8),
    "haemoglobin": ("g/L", 140, 10),
    "sodium": ("mmol/L", 140, 2.5),
    "potassium": ("mmol/L", 4.4, 0.3),
    "eGFR": ("mL/min", 88, 14),
    "adjusted calcium": ("mmol/L", 2.4, 0.06),
    "vitamin D": ("nmol/L", 60, 18),
}
_REVIEWS = (
    *("ALT", "ECG", "psychotropic review", "medication review", "movement check", "annual health check"),
    *("epilepsy review", "behaviour support plan", "multidisciplinary team review"),
)
_WELL_NUMBERS: Mapping[str, float] = {
    **{"bowel.per_week": 7, "bowel.days_since": 1, "diet.fluid": 8, "diet.fruit_veg": 5, "act.minutes": 160},
    **{"act.sitting": 5, "sleep.hours": 8, "admin.minutes": 45, "carer.age_health": 50, "eol.frailty_scale": 3},
    **{"imms.mmr": 2, "imms.tetanus": 5, "lab.lithium": 0.6, "bone.t_score": 0, "lab.hdl": 1.4, "meas.waist": 80},
    **{"meas.spo2": 97, "meas.temp": 36.8, "meas.resp_rate": 16, "meas.qtc": 410, "lab.alt": 25, "lab.alt_upper": 40},
    **{"meas.muac": 28, "meas.head_circ": 55, "lab.glucose": 5, "lab.glucose_fasting": 5, "lab.prolactin": 200},
    **{"lab.acr": 1, "lab.fsh": 5, "meas.bp_both_arms": 122, "meas.bp_postural": 122, "meas.bp_postural_dia": 76},
}
_WELL_TABLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "demo.emergency_contact": ({"name": "A", "relation": "friend", "number": "1", "has_legal_role": "no"},)
}
_BETTER_LONG_AGO = ("epi.last_tc", "epi.last_any")
_IN_THE_RESULTS = (
    *("meas.weight", "meas.height", "meas.bmi", "meas.bp_sys", "meas.bp_dia", "meas.pulse_rate", "lab.hba1c"),
    *("lab.cholesterol", "lab.tft", "lab.fbc", "lab.egfr", "lab.sodium", "lab.vit_d", "lab.calcium"),
)


def lists() -> tuple[Record, ...]:
    """2,000 people with their medicines and problems, both complete; no results, no answers."""
    with tempfile.TemporaryDirectory() as folder:
        made = ["--people", str(PEOPLE), "--seed", str(SEED), "--as-of", AS_OF.isoformat()]
        subprocess.run([sys.executable, str(GENERATOR), folder, *made], check=True)
        files = [str(Path(folder, f"{name}.csv")) for name in ("people", "medications", "conditions")]
        both: dict[ListName, date | None] = {"medicines": None, "problems": None}
        read = read_inputs(files, ReadOptions(complete=both), lambda line: (line, ""), io.BytesIO())
    assert len(read.records) == PEOPLE
    assert not read.rejected
    return read.records


def with_results(records: Sequence[Record]) -> tuple[Record, ...]:
    """The same people with the results and the reviews that a practice holds, mostly of this year; all complete."""
    rng = random.Random(SEED)
    every: dict[ListName, date | None] = {"medicines": None, "problems": None, "observations": None, "events": None}
    return tuple(replace(it, observations=_observations(rng), complete=every) for it in records)


def with_answers(records: Sequence[Record], content: Content, well: Mapping[str, str]) -> tuple[Record, ...]:
    """Every fifth of them at a check: ``well`` gives the answers that say least; a few are another, some are none."""
    rng = random.Random(SEED)
    # known from the list; and to whom a type of diabetes is given has diabetes
    known = ("demo.dob", "demo.sex_registered", "demo.organs", "diabetes.type")
    questions = [it for it in content.questions.values() if it.id not in known]
    chosen = records[::WITH_ANSWERS_EVERY]
    return tuple(
        replace(it, from_check=True, answers={q.id: answer for q in questions if (answer := _answer(q, well, rng))})
        for it in chosen
    )


def _observations(rng: random.Random) -> tuple[Observation, ...]:
    found: list[Observation] = []
    for name, (unit, mean, spread) in _RESULTS.items():
        if day := _day(rng):
            value = round(rng.gauss(mean, spread), 1)
            found.append(Observation(Row(len(found) + 1), name=name, value=value, unit=unit, date=day))
    for name in _REVIEWS:
        if day := _day(rng):
            found.append(Observation(Row(len(found) + 1), name=name, date=day))
    return tuple(found)


def _day(rng: random.Random) -> date | None:
    """When it was last done: mostly within the last year, else in the two before it; or never."""
    drawn = rng.random()
    if drawn < NEVER_DONE:
        return None
    first, last = (0, 364) if drawn < NEVER_DONE + DONE_THIS_YEAR else (365, 1095)
    return AS_OF - timedelta(days=rng.randint(first, last))


def _answer(question: Question, well: Mapping[str, str], rng: random.Random) -> Answer | None:
    drawn = rng.random()
    if drawn < NOT_ASKED:
        return Answer(question.id, AnswerState.NOT_KNOWN) if drawn < NOT_ASKED / 2 else None
    share = RED_FLAG if question.red_flags or question.section == "today" else NOT_WELL
    value = _value(question, well, rng, is_well=drawn >= NOT_ASKED + share)
    return None if value is None else Answer(question.id, AnswerState.ANSWERED, value)


def _value(question: Question, well: Mapping[str, str], rng: random.Random, *, is_well: bool) -> AnswerValue | None:
    """A value that may be the answer; None for a question whose answers are not made up (tables, and what is free)."""
    if question.type == "yn":
        return (well[question.id] == "yes") == is_well
    if question.type == "choice":
        return well[question.id] if is_well else rng.choice(question.values)
    if question.type == "multi":
        return (well[question.id] if is_well else rng.choice(question.values),)
    if question.type == "table":
        return _WELL_TABLES.get(question.id)
    if question.type == "date":
        recent = is_well != (question.id in _BETTER_LONG_AGO)
        return PartialDate.of(AS_OF - timedelta(days=rng.randint(1, 364) if recent else rng.randint(400, 1500)))
    if question.type != "num" or question.id in _IN_THE_RESULTS:
        return None
    if not is_well and question.soft:
        return float(round(rng.uniform(*question.soft), 1))
    return float(_WELL_NUMBERS.get(question.id, 0))
