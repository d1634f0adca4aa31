"""Class membership: sure, possible, or not at all."""

from __future__ import annotations

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import Medicine, MedicineClass, Score
from healthcheck_cli.medicines.classes import ClassBook
from tests.medicines.recogniser_fixtures import PLACE, SUPPORT, medicine


def _class(name: str, **more: object) -> MedicineClass:
    return MedicineClass(id=name, title=name, place=PLACE, support=SUPPORT, **more)  # type: ignore[arg-type]


def _score(value: int, route: str = "") -> Score:
    return Score("acbcalc", value, route, SUPPORT)


_MEDICINES: dict[str, Medicine] = {
    one.name: one
    for one in (
        medicine("diazepam", tags=("benzodiazepine",), default_route="oral"),
        medicine("clobazam", tags=("benzodiazepine",), default_route="oral"),
        medicine("midazolam", tags=("benzodiazepine",)),
        medicine("topiramate", tags=("antiseizure",), default_route="oral"),
        medicine("timolol", tags=("beta_blocker",), default_route="eye_ear"),
        medicine("zuclopenthixol", tags=("antipsychotic",)),
        medicine("amitriptyline", scores=(_score(3),), default_route="oral"),
        medicine("glycopyrronium bromide", scores=(_score(1, "inhaled"), _score(3, "injection"))),
        medicine("codeine", constipating_level=3, default_route="oral"),
    )
}
_CLASSES = {
    one.id: one
    for one in (
        _class("rescue", any_of=("rescue_rectal", "rescue_buccal")),
        _class("rescue_rectal", medicines=("diazepam",), routes=("rectal",)),
        _class("rescue_buccal", medicines=("midazolam",), forms=("oromucosal solution",)),
        _class("benzodiazepine", tags=("benzodiazepine",), but_not=("rescue",), but_not_medicines=("clobazam",)),
        _class("sedating", any_of=("benzodiazepine",)),
        _class("inducer", medicines=("topiramate",), daily_mg_at_least={"topiramate": 200}),
        _class("beta_blocker", tags=("beta_blocker",)),
        _class("acetate", medicines=("zuclopenthixol",), routes=("injection",)),
        _class("anticholinergic", scored_at_least={"acbcalc": 2}),
        _class("constipating", constipating_at_least=2),
        _class("any_medicine", every_medicine=True),
    )
}
_BOOK = ClassBook(_CLASSES, _MEDICINES)


def _sure(name: str, route: str = "", form: str = "") -> set[str]:
    return set(_BOOK.classes_of(name, route, form)[0]) - {"any_medicine"}


def _possible(name: str, route: str = "", form: str = "") -> set[str]:
    return set(_BOOK.classes_of(name, route, form)[1])


def test_the_route_puts_one_medicine_in_two_classes() -> None:
    assert _sure("diazepam", "oral", "tablet") == {"diazepam", "benzodiazepine", "sedating"}
    assert _sure("diazepam", "rectal", "rectal solution") == {"diazepam", "rescue", "rescue_rectal"}


def test_the_default_route_is_used_where_the_name_does_not_say() -> None:
    assert _sure("diazepam") == _sure("diazepam", "oral")
    assert _sure("timolol") == set()


def test_a_class_that_asks_a_form_is_possible_without_one() -> None:
    assert _possible("midazolam") == {"rescue", "rescue_buccal", "benzodiazepine", "sedating"}
    assert _possible("midazolam", "injection", "injection") == set()
    assert "rescue" in _sure("midazolam", "oral", "oromucosal solution")


def test_a_class_that_asks_a_route_is_possible_without_one() -> None:
    assert _possible("zuclopenthixol") == {"acetate"}
    assert "acetate" in _sure("zuclopenthixol", "injection")
    assert "acetate" not in _sure("zuclopenthixol", "depot") | _possible("zuclopenthixol", "depot")


def test_a_medicine_left_out_by_name_stays_out() -> None:
    assert _sure("clobazam") == {"clobazam"}


def test_local_routes_are_in_no_class_unless_the_class_says_so() -> None:
    assert _sure("timolol", "eye_ear") == set()
    assert _sure("timolol", "oral") == {"timolol", "beta_blocker"}
    assert "any_medicine" in _BOOK.classes_of("timolol", "eye_ear")[0]


def test_a_dose_decides_and_an_unread_or_straddling_dose_leaves_it_open() -> None:
    def inducer(dose: Interval | None) -> tuple[bool, bool]:
        sure, possible = _BOOK.classes_of("topiramate", "oral", daily_mg=dose)
        return "inducer" in sure, "inducer" in possible

    assert inducer(Interval(200, 200)) == (True, False)
    assert inducer(Interval(199, 199)) == (False, False)
    assert inducer(Interval(100, 200)) == (False, True)
    assert inducer(None) == (False, True)


def test_a_score_decides_by_the_row_of_its_route() -> None:
    assert "anticholinergic" in _sure("amitriptyline")
    assert "anticholinergic" in _sure("glycopyrronium bromide", "injection")
    assert "anticholinergic" not in _sure("glycopyrronium bromide", "oral")
    assert "anticholinergic" in _possible("glycopyrronium bromide")


def test_a_constipating_level_decides() -> None:
    assert "constipating" in _sure("codeine")
    assert "constipating" not in _sure("diazepam")


def test_sure_and_possible_never_overlap() -> None:
    for name in _MEDICINES:
        for route in ("", "oral", "rectal", "injection", "eye_ear"):
            sure, possible = _BOOK.classes_of(name, route)
            assert not sure & possible


def test_an_unknown_medicine_is_in_its_own_class_only() -> None:
    assert _BOOK.classes_of("New-medicine X") == (frozenset({"new_medicine_x"}), frozenset())


def test_a_brand_by_other_routes_is_in_no_class_of_the_usual_route_for_sure() -> None:
    sure, possible = _BOOK.classes_of("diazepam", route_untold=True)
    assert "benzodiazepine" not in sure and {"benzodiazepine", "rescue_rectal"} <= possible
    assert "benzodiazepine" in _BOOK.classes_of("diazepam")[0]
