"""What the tool makes of one medicine line: the product, its directions, and the dose that follows.

Nothing is guessed: what the text does not say is None, and what cannot be read is not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.record import MedicineLine


class Match(str, Enum):
    """How a text was matched. A near miss is ``NONE`` with suggestions, never a match."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True)
class Strength:
    """How much of an ingredient is in what: ``200 mg`` per ``5 ml`` is value 40, unit mg, per ml.

    ``unit`` is mg, units, mmol, ml, % or a rate such as mg/hour (a patch); ``per`` a form word (tablet), ml, g or dose.
    Micrograms and grams are turned into mg. ``declared`` keeps what the name said.
    """

    value: float
    unit: str
    per: str
    declared: str = ""


@dataclass(frozen=True)
class Ingredient:
    """One ingredient of a product. ``strength`` is None where the name does not say."""

    name: str
    strength: Strength | None = None


@dataclass(frozen=True)
class Recognised:
    """A product name, taken apart. Empty words and None mean that the name does not say.

    ``route``: oral, depot, injection, patch, rectal, topical, inhaled, eye_ear, nasal, vaginal or "" (cannot be told).
    ``release``: immediate, modified, gastro_resistant or "". ``product_named``: a brand or a maker is named.
    ``candidates`` are the medicines an ambiguous text may mean; ``suggestions`` are near misses, for a person to judge.
    """

    text: str
    match: Match
    ingredients: tuple[Ingredient, ...] = ()
    form: str = ""
    route: str = ""
    release: str = ""
    product_named: bool = False
    brand: str = ""
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    matched_by: str = "name"  # or "dm+d code", "dm+d name", "BNF code"
    conflict: str = ""  # why it is ambiguous, where its name and its codes disagree
    code_part: str = ""  # not recognised: what the part of the BNF is called that its code is in
    # a brand by other routes than its medicine usually goes: without form words, none is taken
    route_untold: bool = False
    scored: bool = True  # False: an appliance, a food or a dressing, known and not a medicine that is scored


@dataclass(frozen=True)
class Dosage:
    """Directions, read. ``read`` is False where they cannot be read with certainty; then the figures are None.

    ``dose_low/high`` in ``dose_unit`` a time; ``times_per_day_low/high``; ``daily_low/high`` in ``dose_unit`` a day
    (0 as the low figure for when-required and "up to"); ``max_per_day`` in ``dose_unit``.
    ``interval_days``: days between doses where they are further apart than a day (a depot every 14 days).
    ``multi_step``: lowest and highest step. ``hospital``: the line says that a hospital or clinic supplies it.
    ``reason_stated``: the directions say what it is for.
    ``also_dose`` in ``also_unit``: the same dose said a second way ("5ml (200mg)"), to be checked against the strength.
    ``max_mg_per_day``: the stated most in a day, where it is in mg and the dose is counted ("1 tablet, max 7.5mg").
    """

    text: str
    read: bool
    dose_low: float | None = None
    dose_high: float | None = None
    dose_unit: str | None = None
    times_per_day_low: float | None = None
    times_per_day_high: float | None = None
    prn: bool | None = None
    max_per_day: float | None = None
    daily_low: float | None = None
    daily_high: float | None = None
    as_directed: bool = False
    single_dose: bool = False
    multi_step: bool = False
    interval_days: float | None = None
    hospital: bool = False
    reason_stated: bool = False
    also_dose: float | None = None
    also_unit: str | None = None
    max_mg_per_day: float | None = None


@dataclass(frozen=True)
class IngredientDose:
    """How much of one ingredient a day, and its share of the BNF maximum. None: not known, never zero.

    ``daily`` in ``unit``. ``percent_of_max`` counts when-required from 0; ``percent_at_top`` at its stated top.
    ``maximum_basis`` says how far the maximum is supported: ``sourced``, or it is to be shown as unconfirmed.
    ``why_unknown`` is for a person: "no strength in the name", "directions not read", "no maximum held".
    """

    daily: Interval | None
    unit: str = "mg"
    percent_of_max: Interval | None = None
    percent_at_top: Interval | None = None
    maximum: float | None = None
    why_unknown: str = ""
    maximum_basis: str = ""


@dataclass(frozen=True)
class IngredientRead:
    """One ingredient of a line: its classes and how much of it a day. ``possible_classes``: it may be in these."""

    name: str
    label: str
    classes: tuple[str, ...]
    possible_classes: tuple[str, ...]
    dose: IngredientDose


class Currency(str, Enum):
    """Is the line taken now? The source seldom says, so the reason goes with it."""

    CURRENT = "current"
    NOT_CURRENT = "not_current"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class MedicineRead:
    """One line of the list with everything that was made of it."""

    line: MedicineLine
    recognised: Recognised
    dosage: Dosage
    ingredients: tuple[IngredientRead, ...]
    currency: Currency
    currency_reason: str = ""
    prn: bool | None = None
    route: str = ""

    @property
    def row(self) -> int:
        """The row number shown to a person."""
        return self.line.row.number

    @property
    def current(self) -> bool:
        """Is it counted as taken now?"""
        return self.currency is Currency.CURRENT


@dataclass(frozen=True)
class BurdenItem:
    """One ingredient's score on a scale, with the first row it stands in.

    A combination that the scale lists itself is one item: ``ingredient`` is its name, ``holds`` what is in it.
    """

    row: int
    ingredient: str
    score: int
    prn: bool = False
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Burden:
    """A total on one scale. ``not_on_scale`` are recognised medicines the scale does not list: not scored, not zero."""

    scale: str
    version: str
    total: Interval
    items: tuple[BurdenItem, ...]
    not_on_scale: tuple[str, ...]
    without_prn: Interval | None = None


@dataclass(frozen=True)
class Disagreement:
    """One medicine on which scales that list it are two points apart or more: scale → its score."""

    ingredient: str
    row: int
    scores: Mapping[str, int]


@dataclass(frozen=True)
class EquivalentDose:
    """The antipsychotics of a list as a dose of one, by one published method: mg a day, to describe a group by.

    ``total`` has no upper end where the dose of one of them is not known. ``not_held``: those the method does not list,
    which add nothing to it.
    """

    method: str
    of: str
    total: Interval
    not_held: tuple[str, ...] = ()


@dataclass(frozen=True)
class LowerBurdenOption:
    """A group of lower-burden options of the content that is about these medicines of the list."""

    group: str
    ingredients: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class ConstipatingLoad:
    """The constipating medicines. Levels are this project's own and are never added up."""

    max_level: int
    count_level_2_3: int
    items: tuple[BurdenItem, ...]
