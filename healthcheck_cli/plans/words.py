"""How levels, dates, ranges and the names of facts are put to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import class_name_of
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.content.support import Basis
from healthcheck_cli.fact_words import range_in_words
from healthcheck_cli.record import TOLD_APART_BY
from healthcheck_cli.record import day_in_words as day_in_words
from healthcheck_cli.shown_text import one_line

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
NOTHING_FIRED = "No rule fired on what was recorded."
SUDDEN = (
    "Sudden stopping can cause harm. Decisions belong to the person, their family where suitable, and the prescriber."
)

LEVELS = {
    Level.URGENT: "URGENT: before the person leaves, or the same day",
    Level.HIGH: "HIGH: first step within 2 working days",
    Level.MEDIUM: "MEDIUM: finished within 8 weeks",
    Level.INFO: "INFO: a note for this visit or the next yearly check",
}
BASES = {
    Basis.SOURCED: "sourced",
    Basis.GENERAL_KNOWLEDGE: "general knowledge: to be verified",
    Basis.PROPOSED: "proposed: needs a clinician's sign-off",
}

LABELS = {
    "antipsychotic_fg": "Antipsychotics (first generation)",
    "antipsychotic_sg": "Antipsychotics (second generation)",
    "ssri": "Antidepressants (SSRI)",
    "tca": "Antidepressants (tricyclic)",
    "tca_related": "Antidepressants (related to tricyclics)",
    "maoi": "Antidepressants (MAOI)",
    "other_antidepressant": "Antidepressants (other)",
    "benzodiazepine": "Benzodiazepines",
    "z_drug": "Z-drugs",
    "other_hypnotic_anxiolytic": "Sleep and anxiety (other)",
    "barbiturate": "Barbiturates",
    "lithium": "Lithium",
    "antiseizure": "Epilepsy medicines",
    "adhd_stimulant": "ADHD medicines (stimulant)",
    "adhd_nonstimulant": "ADHD medicines (not stimulant)",
    "stimulant_other": "Other stimulants",
    "dementia": "Dementia medicines",
    "opioid": "Opioids",
    "opioid_antagonist": "Opioid blockers",
    "antitussive_opioid": "Opioid cough medicines",
    "antihistamine_sedating": "Sedating antihistamines",
    "antiemetic_phenothiazine": "Sickness medicines (phenothiazine)",
    "anticholinergic_bladder": "Bladder medicines (anticholinergic)",
    "antimuscarinic_other": "Other antimuscarinics",
}
"""The labels of classes (``class_label`` in the schema recognise), as a pharmacist would head a list with them."""


def of_another_in_words(differs_in: Iterable[str]) -> str:
    """That answers and the record supplied may be of two people; empty where nothing says so.

    >>> of_another_in_words(["demo.dob"])
    'The answers give another date of birth than the record supplied: make sure that both are of this person.'
    """
    others = listed(f"another {TOLD_APART_BY[it]}" for it in differs_in)
    if not others:
        return ""
    return f"The answers give {others} than the record supplied: make sure that both are of this person."


def dose_in_words(daily: Interval, unit: str) -> str:
    """An amount a day; below 1 mg in micrograms, as prescriptions are written.

    >>> dose_in_words(Interval(0.075, 0.075), "mg"), dose_in_words(Interval(0.5, 2), "mg")
    ('75 micrograms', '0.5 to 2 mg')
    """
    if unit == "mg" and 0 < daily.high < 1:
        return range_in_words(Interval(daily.low * 1000, daily.high * 1000), "micrograms")
    return range_in_words(daily, unit)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "rule"), counted(3, "rule"), counted(2, "person", "people")
    ('1 rule', '3 rules', '2 people')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def owner_in_words(owner: str) -> str:
    """Who does it, as it is written."""
    return "GP" if owner == "gp" else one_line(owner)


def sentences(text: str) -> tuple[str, ...]:
    """A text sentence by sentence.

    >>> sentences("Where does it hurt? You can point.")
    ('Where does it hurt?', 'You can point.')
    """
    return tuple(part.strip() for part in _SENTENCE_END.split(" ".join(text.split())) if part.strip())


def listed(parts: Iterable[str], last: str = "and") -> str:
    """Parts with commas, and a word before the last.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    found = list(parts)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else ""


def classes_that_tell(names: Iterable[str], ingredient: str, content: Content) -> list[str]:
    """The classes less the ingredient's own name and the classes of every medicine, which say nothing of it."""
    empty = {name for name, known in content.classes.items() if known.every_medicine} | {class_name_of(ingredient)}
    return [name for name in names if name not in empty]


def source_in_words(source_id: str, content: Content) -> str:
    """Publisher, title and year of a source."""
    source = content.sources.get(source_id)
    if source is None:
        return source_id
    year = f" ({source.year})" if source.year and source.year not in source.title else ""
    publisher = "" if source.publisher.endswith("not noted") else f"{source.publisher}, "
    return f"{publisher}{source.title}{year}"
