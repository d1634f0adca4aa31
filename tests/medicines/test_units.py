"""Unit conversions, against the check values of the annual health check's table."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.medicines.units import FACTORS, UnitMismatch, convert, known_units, registry

CHECK_VALUES = [
    (11 + 4 / 14, "st", "kg", "", 71.67),
    (158, "lb", "kg", "", 71.67),
    (8, "oz", "kg", "", 0.2268),
    (64, "in", "cm", "", 162.56),
    (1.62, "m", "cm", "", 162),
    (100.4, "°F", "C", "", 38.0),
    (6.5, "%", "mmol/mol", "hba1c", 47.54),
    (48, "mmol/mol", "%", "hba1c", 6.543),
    (7.0, "mmol/L", "mg/dL", "glucose", 126.126),
    (5.0, "mmol/L", "mg/dL", "cholesterol", 193.35),
    (1.7, "mmol/L", "mg/dL", "triglycerides", 150.57),
    (12.5, "g/dL", "g/L", "haemoglobin", 125),
    (1.0, "mg/dL", "µmol/L", "creatinine", 88.4),
    (10, "mg/dL", "mmol/L", "calcium", 2.495),
    (20, "ng/mL", "nmol/L", "vitamin_d", 49.92),
    (1.2, "mg/dL", "umol/L", "bilirubin", 20.52),
    (8, "cups", "ml", "", 1600),
    (25, "micrograms/hour", "mg/day", "", 0.6),
    (500, "mcg", "mg", "", 0.5),
]


@pytest.mark.parametrize(("value", "source", "target", "quantity", "expected"), CHECK_VALUES)
def test_conversions_agree_with_the_check_values(
    value: float, source: str, target: str, quantity: str, expected: float
) -> None:
    assert convert(value, source, target, quantity) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("source", "target", "quantity"),
    [
        ("%", "mmol/mol", ""),  # never a factor of ten: only HbA1c turns one into the other
        ("mg/dL", "mmol/L", ""),
        ("mg/dL", "mmol/L", "sodium"),
        ("kg", "cm", "weight"),
        ("C", "kg", ""),
    ],
)
def test_units_that_do_not_measure_the_same_thing_are_refused(source: str, target: str, quantity: str) -> None:
    with pytest.raises(UnitMismatch, match="cannot be turned into"):
        convert(7041, source, target, quantity)


@pytest.mark.parametrize(("source", "target"), FACTORS)
@given(value=st.floats(0, 1e6))
def test_a_factor_that_is_held_gives_just_what_the_registry_gives(source: str, target: str, value: float) -> None:
    assert value * FACTORS[source, target] == registry().Quantity(value, source).to(target).magnitude


@pytest.mark.parametrize("unit", ["", "smith", "100 units", "kilo gramme"])
def test_an_unknown_unit_is_refused_without_repeating_what_was_written(unit: str) -> None:
    with pytest.raises(UnitMismatch) as refused:
        convert(7041, unit, "kg", "weight")
    assert str(refused.value) == "the unit is not one that this tool knows; write one of kg, st, lb, oz, g"


def test_the_units_of_a_quantity_can_be_listed() -> None:
    assert known_units("hba1c") == ("mmol/mol", "%")
    assert known_units("no such quantity") == ()
    assert "mmHg" in known_units()


@given(st.floats(-50, 1000), st.sampled_from([("kg", "st"), ("cm", "ft"), ("C", "F"), ("mmHg", "kPa")]))
def test_there_and_back_is_the_same(value: float, units: tuple[str, str]) -> None:
    there = convert(value, *units)
    assert convert(there, units[1], units[0]) == pytest.approx(value, abs=1e-6)


def test_importing_the_module_does_not_import_pint() -> None:
    code = "import sys; from healthcheck_cli.medicines import units, daily_dose, dosage; print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
