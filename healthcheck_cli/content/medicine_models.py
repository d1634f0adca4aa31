"""What the content says of medicines: names, maxima, scores, the classes and the scales built on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from healthcheck_cli.content.overlay_models import Overlay
from healthcheck_cli.content.support import Place, Support

HEADLINE_SCALE = "headline_scale"
"""The setting that names the scale of headlines and of the column beside each medicine."""

FRACTURE_RISK_THRESHOLD = "fracture_risk_threshold"
"""The setting that holds the fracture risk (in %) over which this place thinks of a bone scan."""

KEPT_AT_HAND = "kept_at_hand"
"""The class of medicines for an emergency, which are issued seldom: a line of one is not over for want of an issue."""


@lru_cache(maxsize=65536)
def class_name_of(medicine: str) -> str:
    """The name by which conditions know a medicine: every medicine is a class of its own.

    >>> class_name_of("co-codamol"), class_name_of("St John's wort")
    ('co_codamol', 'st_johns_wort')
    """
    plain = medicine.replace("'", "").replace("’", "").lower()
    return "".join(letter if letter.isalnum() else "_" for letter in plain)


@dataclass(frozen=True)
class Maximum:
    """The most of a medicine a day by one route, for adults unless ages say otherwise.

    ``amount`` in ``unit`` every ``every_days`` days (1 for a tablet, 14 for a two-weekly depot).
    """

    route: str
    amount: float
    unit: str
    every_days: float
    support: Support
    min_age: int | None = None
    max_age: int | None = None
    form: str = ""
    release: str = ""
    note: str = ""


@dataclass(frozen=True)
class Score:
    """A score on one burden scale; ``route`` is empty where the row is for every systemic route."""

    scale: str
    value: int
    route: str
    support: Support


@dataclass(frozen=True)
class Medicine:
    """One substance: what it is called, what must not be taken for it, and what is held about it.

    ``label`` is the ``class_label`` of the schema recognise ("none" for a medicine in no class). ``tags`` are what the
    classes of drug_rules/classes.yaml are built from. ``brands``: those of which nothing more is to be said.
    """

    name: str
    label: str
    place: Place
    support: Support
    tags: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    stomp_scope: str = ""
    default_route: str = ""
    maxima: tuple[Maximum, ...] = ()
    scores: tuple[Score, ...] = ()
    constipating_level: int = 0
    constipating_support: Support | None = None
    brand_strengths: Mapping[str, float] = field(default_factory=dict)  # "epilim 500" → mg, for names with no unit
    modified_release_brands: tuple[str, ...] = ()
    depot_brands: tuple[str, ...] = ()
    other_route_brands: tuple[str, ...] = ()  # brands to which ``default_route`` does not apply
    scored: bool = True
    counted_as: str = ""  # the name it is counted under, where two names are one substance (valproic acid, valproate)

    @property
    def every_brand(self) -> tuple[str, ...]:
        """The brands of every kind."""
        return (*self.brands, *self.modified_release_brands, *self.depot_brands, *self.other_route_brands)


@dataclass(frozen=True)
class Product:
    """A brand or name that stands for several ingredients: co-codamol, Triptafen.

    ``scores``: where a scale lists the combination itself, in place of those of its ingredients on that scale.
    """

    name: str
    ingredients: tuple[str, ...]
    place: Place
    support: Support
    synonyms: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True)
class MedicineClass:
    """A named group of medicines that rules may use.

    Members: every medicine with one of ``tags``, every member of ``any_of`` (classes), every one of ``medicines``;
    less those of ``but_not`` (classes) and ``but_not_medicines``. A line is a member only by one of ``routes``
    (empty: any systemic route) and, where given, one of ``forms``; ``daily_mg_at_least`` asks a dose of some members.
    Members too: medicines that score at least so much on a scale by a systemic route (``scored_at_least``), that are
    of this constipating level or above (``constipating_at_least``, 0: not looked at), and with ``every_medicine`` all.
    """

    id: str
    title: str
    place: Place
    support: Support
    tags: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    but_not_medicines: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    daily_mg_at_least: Mapping[str, float] = field(default_factory=dict)
    scored_at_least: Mapping[str, int] = field(default_factory=dict)
    constipating_at_least: int = 0
    every_medicine: bool = False
    traps: str = ""


@dataclass(frozen=True)
class Band:
    """What a total of ``at_least`` points or more is read as."""

    at_least: int
    says: str
    support: Support


@dataclass(frozen=True)
class Scale:
    """A published burden scale. ``most`` is the highest score of one ingredient.

    ``bands`` from the highest down; ``limits`` is what the scale cannot tell, for the reader of a total.
    ``earlier_edition_of`` names the scale of which this is an older table.
    """

    id: str
    title: str
    version: str
    most: int
    unlisted: str  # what the scale itself says of a medicine it does not list
    place: Place
    support: Support
    short: str = ""  # for the head of a column
    bands: tuple[Band, ...] = ()
    limits: str = ""
    earlier_edition_of: str = ""


@dataclass(frozen=True)
class Equivalence:
    """One published way of turning doses of antipsychotics into a dose of one of them, to describe a group by.

    ``amounts``: route → medicine → the mg a day that stand for ``per`` mg a day of ``of`` by mouth.
    """

    id: str
    title: str
    of: str
    per: float
    amounts: Mapping[str, Mapping[str, float]]
    limits: str
    place: Place
    support: Support


@dataclass(frozen=True)
class LowerBurden:
    """Options with a lower burden for one group of medicines, to discuss; never an instruction to change anything.

    The group: every member of ``classes``, and ``medicines``. ``bowel`` is what the options mean for the bowel.
    """

    id: str
    title: str
    options: str
    place: Place
    support: Support
    classes: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    bowel: str = ""


@dataclass(frozen=True)
class UsualReasons:
    """What the members of ``classes`` are usually prescribed for: ``reasons`` are yn facts, any one of which is one.

    ``old_reasons``: yn facts that are true where the record holds a reason that is old or has resolved.
    """

    id: str
    title: str
    classes: tuple[str, ...]
    reasons: tuple[str, ...]
    place: Place
    support: Support
    old_reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeEffect:
    """What a group of medicines means for one LeDeR theme: which way, why, and what to ask about it."""

    id: str
    title: str
    theme: str
    direction: str  # one of THEME_DIRECTIONS
    why: str
    ask: str
    place: Place
    support: Support
    classes: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()


def value_in_words(value: str | float | None, unit: str | None) -> str:
    """What a setting is set to.

    >>> value_in_words(6, "weeks"), value_in_words("1", "weeks"), value_in_words(None, "%")
    ('6 weeks', '1 week', 'not set')
    """
    if value is None or value == "":
        return "not set"
    written = value if isinstance(value, str) else f"{value:g}"
    return f"{written} {(unit or '').removesuffix('s') if written == '1' else unit or ''}".strip()


@dataclass(frozen=True)
class Setting:
    """One value that a place may set for itself, as it is set ("" for one that no place has set yet).

    With a ``unit`` it is a number, ``between`` (lowest, highest) where that is given; without one it is a word.
    """

    id: str
    title: str
    value: str
    place: Place
    support: Support
    unit: str = ""
    between: tuple[float, float] | None = None

    @property
    def amount(self) -> float | None:
        """The number; None where it is a word, or not set."""
        return float(self.value) if self.unit and self.value else None

    @property
    def shown(self) -> str:
        """The value with its unit: ``6 weeks``, ``acbcalc``, ``not set``."""
        return value_in_words(self.value, self.unit)


@dataclass(frozen=True)
class CodeTable:
    """Which medicines a code stands for. A key is a whole code or its beginning; the longest that fits counts.

    ``system``: bnf (BNF codes of prescriptions) or vtm (dm+d moieties). ``parts``: titles of the parts of the BNF.
    """

    system: str
    title: str
    medicines: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, str]
    place: Place
    support: Support


@dataclass(frozen=True)
class MedicineContent:
    """The part of the content that names medicines and says what is held of them: enough to recognise a product."""

    medicines: Mapping[str, Medicine]
    products: Mapping[str, Product]
    classes: Mapping[str, MedicineClass]
    scales: Mapping[str, Scale]
    equivalences: Mapping[str, Equivalence] = field(default_factory=dict)
    lower_burden: Mapping[str, LowerBurden] = field(default_factory=dict)
    theme_effects: Mapping[str, ThemeEffect] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    code_tables: Mapping[str, CodeTable] = field(default_factory=dict)
    overlays: tuple[Overlay, ...] = ()
