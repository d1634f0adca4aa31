"""A line that says a medicine is not, or no longer, taken: neither counted as taken nor as not there."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from healthcheck_cli.content.load import find_content, load_content, load_medicines
from healthcheck_cli.medicines.models import Currency, Match
from healthcheck_cli.medicines.not_taken import MAY_NOT_BE_TAKEN, directions_say_not_taken
from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
from healthcheck_cli.medicines.read_list import MedicineReader
from healthcheck_cli.medicines.recognise import Recogniser
from healthcheck_cli.record import MedicineLine, Row
from tests.medicines.recogniser_fixtures import RECOGNISER

AS_OF = date(2026, 11, 1)
NOT_TAKEN = (
    *(
        "Olanzapine stopped 2019",
        "Olanzapine 10mg tablets (stopped 2019)",
        "STOPPED: olanzapine",
        "Olanzapine d/c'd 2021",
    ),
    *("Allergic to olanzapine", "Allergies: olanzapine, penicillin", "Olanzapine allergy", "Zyprexa - intolerance"),
    *("No olanzapine", "Not olanzapine", "Never olanzapine", "Olanzapine no longer taken", "Olanzapine: not taking"),
    *(
        "Adverse reaction to olanzapine",
        "Olanzapine 5mg tablets on hold",
        "Olanzapine refused",
        "Olanzapine stop date 3/2/26",
    ),
    *("Olanzapine 5mg tablets d/c 3/2024", "Olanzapine 5mg finished", "Olanzapine inactive", "Olanzapine - hx of"),
    *("Olanzapine ADR neutropenia", "Olanzapine (ADR)", "Olanzapine 5mg tabs 1 nocte STOP", "Olanzapine, past"),
    *("Olanzapine last taken 2019", "Ex-olanzapine", "Olanzapine 5mg PRN not used since March", "Olanzapine - avoid"),
    *("Sensitivity to olanzapine", "Reaction to olanzapine: rash", "Olanzapine not given"),
)


AS_PASTED = (
    *("Olanzapine not taken", "Olanzapine: NOT TAKEN", "Was on olanzapine", "Previously on olanzapine 5mg"),
    *("No longer on olanzapine 5mg bd", "Used to be on olanzapine", "Olanzapine last taken 2019"),
)


@lru_cache(maxsize=1)
def _reader() -> MedicineReader:
    return MedicineReader(load_content(find_content()))


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_a_name_beside_words_that_say_it_is_not_taken_is_for_a_person_to_decide(text: str) -> None:
    found = RECOGNISER.recognise(text)
    assert (found.match, found.candidates, found.conflict) == (Match.AMBIGUOUS, ("olanzapine",), MAY_NOT_BE_TAKEN)
    assert not found.ingredients


@pytest.mark.parametrize("line", AS_PASTED)
def test_a_pasted_line_is_not_cut_inside_the_words_that_say_so(line: str) -> None:
    assert split_product_and_dosage(line) == (line, "")
    assert RECOGNISER.recognise(line).conflict == MAY_NOT_BE_TAKEN


def test_directions_begin_before_their_not() -> None:
    line = "Clozapine 100mg tablets do not take with milk 1 nocte"
    assert split_product_and_dosage(line) == ("Clozapine 100mg tablets", "do not take with milk 1 nocte")
    line = "Lamotrigine 25mg tablets not to be stopped 1 bd"
    assert split_product_and_dosage(line) == ("Lamotrigine 25mg tablets", "not to be stopped 1 bd")


@pytest.mark.parametrize(
    "text", ["Clozapine 100mg tablets changed to olanzapine", "Switched from clozapine to olanzapine"]
)
def test_of_two_that_were_exchanged_nobody_can_tell_which_is_taken(text: str) -> None:
    found = _reader().recognised(MedicineLine(text, Row(1)))
    assert (found.match, set(found.candidates)) == (Match.AMBIGUOUS, {"clozapine", "olanzapine"})


def test_what_is_said_of_another_medicine_is_not_said_of_this_one() -> None:
    found = _reader().recognised(MedicineLine("Folic acid 5mg since methotrexate stopped", Row(1)))
    assert (found.match, [it.name for it in found.ingredients]) == (Match.EXACT, ["folic acid"])
    stopped = _reader().recognised(MedicineLine("Clozapine 100mg because psychiatrist stopped", Row(1)))
    assert stopped.match is Match.AMBIGUOUS


def test_a_code_does_not_take_the_doubt_away() -> None:
    assert RECOGNISER.recognise("Risperidone stopped", dmd_code="108386000").match is Match.AMBIGUOUS
    assert RECOGNISER.recognise("Allergic to this", dmd_code="108386000").match is Match.AMBIGUOUS


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Olanzapine 5mg tablets (Discontinued by manufacturer)",
            "Olanzapine 5mg tablets (Allergy Therapeutics (UK) Ltd)",
        ),
        *("Benadryl Allergy", "No Added Sugar olanzapine 5mg/5ml oral suspension", "Olanzapine 5mg (previously 10mg)"),
        *("Olanzapine 5mg tablets for allergies", "Olanzapine for adverse reaction"),
        *("Olanzapine 5mg for nut allergy", "Olanzapine 5mg for severe milk allergy"),
    ],
)
def test_a_product_whose_name_holds_such_words_is_still_itself(text: str) -> None:
    assert RECOGNISER.recognise(text).match is Match.EXACT


def test_no_name_of_the_content_says_that_it_is_not_taken() -> None:
    content = load_medicines(find_content())
    recogniser = Recogniser(content.medicines, content.products)
    names = [
        name
        for it in content.medicines.values()
        for name in (
            it.name,
            *it.synonyms,
            *it.brands,
            *it.modified_release_brands,
            *it.depot_brands,
            *it.other_route_brands,
        )
    ] + [name for it in content.products.values() for name in (it.name, *it.synonyms)]
    assert [name for name in names if recogniser.recognise(name).conflict] == []


@pytest.mark.parametrize(
    "directions",
    [
        *(
            "STOPPED",
            "stopped by psychiatrist 3/2/26",
            "1mg bd - stopped 3/2/26",
            "1 when required STOPPED",
            "not taking",
        ),
        *("discontinued", "on hold", "withheld", "allergy", "no longer taking", "patient declined", "never taken"),
        *("finished", "not to be given", "d/c 3/24", "1 nocte STOP", "avoid", "5mg PRN not used since March"),
    ],
)
def test_directions_that_say_it_is_not_taken_put_the_line_in_doubt(directions: str) -> None:
    line = MedicineLine("Risperidone 1mg tablets", Row(1), dosage=directions)
    (read,) = _reader().read([line], AS_OF, None)
    assert (read.recognised.match, read.ingredients) == (Match.AMBIGUOUS, ())
    assert read.current  # so that a person is asked to look


def test_what_the_source_says_is_over_needs_no_look() -> None:
    line = MedicineLine("Risperidone 1mg tablets", Row(1), dosage="STOPPED", end=date(2026, 2, 3))
    (read,) = _reader().read([line], AS_OF, None)
    assert (read.recognised.match, read.currency) == (Match.EXACT, Currency.NOT_CURRENT)


@pytest.mark.parametrize(
    "directions",
    [
        *("Take one daily until stopped by GP", "1 tds for 5 days then stop", "stop if rash", "no longer than 2 weeks"),
        *("1 od. Do not stop taking this medicine unless your doctor tells you to", "not to be stopped suddenly"),
        *("never exceed 8 in 24 hours", "do not take if allergic to penicillin", "take one daily for allergy"),
        *(
            "stop taking and see a doctor if you get a rash",
            "10mg if the seizure has not stopped",
            "if refused give liquid",
            "not to be given with milk",
            "take until finished",
            "1 daily and stop",
        ),
    ],
)
def test_directions_of_what_is_taken_may_hold_such_words_too(directions: str) -> None:
    assert not directions_say_not_taken(directions)
