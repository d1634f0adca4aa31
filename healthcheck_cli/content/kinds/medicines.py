"""Medicines: what each is called, its maxima, its scores, and the classes built on them."""

from __future__ import annotations

from healthcheck_cli.content.medicine_models import Maximum, Medicine, MedicineClass, Score
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Support

ROUTES = ("oral", "depot", "injection", "patch", "rectal", "nasal", "topical", "inhaled", "eye_ear", "vaginal")
RELEASES = ("immediate", "modified", "gastro_resistant")
STOMP_SCOPES = ("core", "conditional", "monitor_only", "out")
MAXIMUM_UNIT = "mg"
"""All maxima are in one unit: with several, a slip (g for mg) makes a share of the maximum a thousand times off."""
CODE_SYSTEMS = ("vtm", "bnf", "atc")


def read_medicine(record: RecordReader) -> Medicine:
    """One substance."""
    support = record.support()
    level, level_support = _constipating(record, support)
    medicine = Medicine(
        name=record.text("name"),
        label=record.text("label"),
        place=record.place(),
        support=support,
        tags=record.texts("tags"),
        synonyms=record.texts("synonyms"),
        brands=record.texts("brands"),
        look_alikes=record.texts("look_alikes"),
        codes=_codes(record),
        stomp_scope=record.word("stomp_scope", STOMP_SCOPES, ""),
        default_route=record.word("default_route", ROUTES, ""),
        maxima=tuple(_maximum(part, support) for part in record.records("maxima")),
        scores=tuple(read_score(part, support) for part in record.records("scores")),
        constipating_level=level,
        constipating_support=level_support,
        brand_strengths=record.typed_mapping("brand_strengths", (int, float), "a number of mg"),
        modified_release_brands=record.texts("modified_release_brands"),
        depot_brands=record.texts("depot_brands"),
        other_route_brands=record.texts("other_route_brands"),
        scored=record.flag("scored", True),
        counted_as=record.text("counted_as", ""),
    )
    record.done()
    return medicine


def _codes(record: RecordReader) -> dict[str, str]:
    codes = record.code_mapping("codes")
    for system in codes:
        if system not in CODE_SYSTEMS:
            record.problem("codes", "unknown-word", f"there is no coding system '{system}'", ", ".join(CODE_SYSTEMS))
    return codes


def _maximum(part: RecordReader, whole: Support) -> Maximum:
    amount = part.number("amount")
    if amount <= 0 and isinstance(part.raw("amount"), (int, float)):
        part.problem("amount", "bad-amount", "a maximum is more than 0", "leave the maximum out where none is known")
    maximum = Maximum(
        route=part.word("route", ROUTES),
        amount=amount,
        unit=_unit(part),
        every_days=part.number("every_days", 1),
        support=part.support(whole),
        min_age=part.integer("min_age") if part.has("min_age") else None,
        max_age=part.integer("max_age") if part.has("max_age") else None,
        form=part.text("form", ""),
        release=part.word("release", RELEASES, ""),
        note=part.text("note", ""),
    )
    part.done()
    return maximum


def _unit(part: RecordReader) -> str:
    unit = part.text("unit")
    if unit and unit != MAXIMUM_UNIT:
        hint = f"write it in {MAXIMUM_UNIT}: 1 g is 1000, 100 micrograms is 0.1; a maximum in ml or units is left out"
        part.problem("unit", "unknown-unit", f"a maximum is held in {MAXIMUM_UNIT}, and this is in '{unit}'", hint)
    return unit


def read_score(part: RecordReader, whole: Support) -> Score:
    """One score on one scale; ``whole`` is the support of the record it stands in."""
    score = Score(
        scale=part.text("scale"),
        value=part.integer("value"),
        route=part.word("route", ROUTES, ""),
        support=part.support(whole),
    )
    part.done()
    return score


def _constipating(record: RecordReader, whole: Support) -> tuple[int, Support | None]:
    part = record.record("constipating") if record.has("constipating") else None
    if part is None:
        return 0, None
    level = part.integer("level")
    if not 0 <= level <= 3:
        part.problem("level", "bad-level", "a constipating level is 0, 1, 2 or 3")
    support = part.support(whole)
    part.text("note", "")
    part.done()
    return level, support


def read_class(record: RecordReader) -> MedicineClass:
    """A named group of medicines that conditions may use."""
    found = MedicineClass(
        id=record.text("id"),
        title=record.text("title"),
        place=record.place(),
        support=record.support(),
        tags=record.texts("tags"),
        any_of=record.texts("any_of"),
        medicines=record.texts("medicines"),
        but_not=record.texts("but_not"),
        but_not_medicines=record.texts("but_not_medicines"),
        routes=record.words("routes", ROUTES),
        forms=record.texts("forms"),
        daily_mg_at_least=record.typed_mapping("daily_mg_at_least", (int, float), "a number of mg"),
        scored_at_least=record.typed_mapping("scored_at_least", (int,), "the lowest score of a member"),
        constipating_at_least=record.integer("constipating_at_least", 0),
        every_medicine=record.flag("every_medicine", False),
        traps=record.text("traps", ""),
    )
    by_figure = found.scored_at_least or found.constipating_at_least or found.every_medicine
    if not (found.tags or found.any_of or found.medicines or by_figure):
        record.problem("", "empty-class", f"the class {found.id} has no members", "give tags, any_of or medicines")
    record.done()
    return found
