"""What a product name is taken to mean, what it is not, and what is left open."""

from __future__ import annotations

import pytest

from healthcheck_cli.medicines.models import Match
from healthcheck_cli.medicines.recognise import class_label
from tests.medicines.recogniser_fixtures import MEDICINES, RECOGNISER


def _names(text: str) -> list[str]:
    return [one.name for one in RECOGNISER.recognise(text).ingredients]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Amisulpride 100mg tablets", ["amisulpride"]),
        ("Solian 100mg tablets (Sanofi)", ["amisulpride"]),
        ("AMISULPRIDE_Tab 50mg", ["amisulpride"]),
        ("Imipramine Tablets 25 mg (A.A.H. Pharm)", ["imipramine"]),
        ("Imipramine hydrochloride 10mg tablets (Alliance Healthcare (Distribution) Ltd)", ["imipramine"]),
        ("*PACITRON 500mg tablets", ["tryptophan"]),
        ("VENLAFAXINE modified release capsules 75mg [HILLCROSS]", ["venlafaxine"]),
        ("carBAMazepine 200mg tablets", ["carbamazepine"]),
        ("Carbamazepine200mg tablets", ["carbamazepine"]),
        ("St. John\u2019s Wort 300mg tablets", ["st john's wort"]),
        ("Sulphasalazine 500mg tablets", ["sulfasalazine"]),
        ("Vitamin D3 800unit capsules", ["colecalciferol"]),
        ("Kapake_Tab 30mg/500mg", ["codeine", "paracetamol"]),
        ("PARACETAMOL+CODEINE 500mg/8mg tablets", ["paracetamol", "codeine"]),
        ("Triptafen tablets", ["amitriptyline", "perphenazine"]),
        ("Priadel 520mg/5ml liquid", ["lithium citrate"]),
        ("Priadel 400mg modified-release tablets", ["lithium carbonate"]),
        ("Nutilis powder", ["starch thickener"]),
        ("Nutilis Clear powder", ["gum thickener"]),
        ("Hydrocortisone 1% in emulsifying ointment", ["hydrocortisone"]),
        ("Oral solution (Morphine) 10mg/5ml", ["morphine"]),
        ("Benadryl Allergy 10mg tablets", ["cetirizine"]),
    ],
)
def test_a_name_is_recognised_in_every_style_it_is_written(text: str, names: list[str]) -> None:
    found = RECOGNISER.recognise(text)
    assert found.match is Match.EXACT
    assert [one.name for one in found.ingredients] == names


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Clotrimazole 500mg pessaries", "clomethiazole"),
        ("Amiloride 5mg tablets", "amisulpride"),
        ("Apomorphine 50mg/5ml solution for injection", "morphine"),
        ("Ipratropium 20micrograms/dose inhaler", "opium"),
        ("Tiotropium 18microgram inhalation powder capsules", "opium"),
        ("Tiotropium 18microgram inhalation powder capsules", "chlordiazepoxide"),
        ("Omeprazole 20mg capsules", "aripiprazole"),
        ("Aripiprazole 10mg tablets", "omeprazole"),
        ("Hydralazine 25mg tablets", "hydroxyzine"),
        ("Procyclidine 5mg tablets", "prochlorperazine"),
        ("Nutilis Clear powder", "starch thickener"),
        ("Desipramine 25mg tablets", "imipramine"),
    ],
)
def test_a_look_alike_is_refused(text: str, never: str) -> None:
    assert never not in _names(text)


def test_a_near_miss_is_a_suggestion_and_never_a_match() -> None:
    found = RECOGNISER.recognise("Risperidon 1mg tabs")
    assert found.match is Match.NONE
    assert found.ingredients == ()
    assert found.suggestions[0] == "risperidone"


def test_a_brand_of_two_medicines_stays_ambiguous() -> None:
    found = RECOGNISER.recognise("Benadryl tablets")
    assert found.match is Match.AMBIGUOUS
    assert found.ingredients == ()
    assert set(found.candidates) == {"acrivastine", "cetirizine"}


def test_an_appliance_is_known_and_not_scored() -> None:
    found = RECOGNISER.recognise("Test strips x50")
    assert (found.match, found.scored) == (Match.EXACT, False)


def test_a_brand_or_a_maker_names_the_product() -> None:
    assert RECOGNISER.recognise("Epilim 200mg tablets").product_named
    assert RECOGNISER.recognise("Sodium valproate 200mg tablets (Wockhardt UK Ltd)").product_named
    assert not RECOGNISER.recognise("Sodium valproate 200mg tablets").product_named
    assert not RECOGNISER.recognise("Sodium valproate 200mg/5ml oral solution (Special Order)").product_named


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Co-codamol 30mg/500mg tablets", "opioid"),
        ("Triptafen tablets", "antipsychotic_fg+tca"),
        ("Buprenorphine 2mg / Naloxone 500microgram sublingual tablets", "opioid+opioid_antagonist"),
        ("Paracetamol 500mg tablets", "none"),
        ("Nonsense", "none"),
    ],
)
def test_the_labels_of_a_combination_are_joined(text: str, label: str) -> None:
    assert class_label(RECOGNISER.recognise(text), MEDICINES) == label


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Clopixol 10mg tablets", "oral"),
        ("Clopixol 200mg/ml oily injection", "depot"),
        ("Clopixol Conc 500mg/1ml", "depot"),
        ("Clopixol Acuphase 50mg/1ml solution for injection ampoules", "injection"),
        ("Zuclopenthixol acetate 50mg/ml oily injection", "injection"),
        ("Zuclopenthixol decanoate 200mg/1ml solution for injection ampoules", "depot"),
        ("Clopixol 200 mg", ""),
        ("Risperidone 25mg powder and solvent for suspension for injection vials", "depot"),
        ("Risperdal Consta 25mg", "depot"),
        ("Risperidone 1mg", ""),
        ("Haldol Decanoate 100mg/1ml solution for injection ampoules", "depot"),
        ("Haloperidol decanoate 50mg/1ml solution for injection ampoules", "depot"),
        ("Haloperidol 5mg/1ml solution for injection ampoules", "injection"),
        ("Olanzapine 10mg powder for solution for injection vials", "injection"),
        ("Zypadhera 210mg powder and solvent for prolonged-release suspension for injection vials", "depot"),
        ("Amisulpride 50mg", "oral"),
        ("Timolol 0.25% eye drops", "eye_ear"),
        ("Amitriptyline 5% cream", "topical"),
        ("Fentanyl 25micrograms/hour transdermal patches", "patch"),
        ("Buccolam 10mg/2ml oromucosal solution pre-filled oral syringes", "oral"),
        ("Diazepam 10mg/2.5ml rectal solution tube", "rectal"),
        ("Diazepam 10mg suppositories", "rectal"),
    ],
)
def test_form_words_decide_the_route(text: str, route: str) -> None:
    assert RECOGNISER.recognise(text).route == route


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("Quetiapine 50mg modified-release tablets", "modified"),
        ("Seroquel XL 50mg tablets", "modified"),
        ("Quetiapine_Tab 50mg M/R", "modified"),
        ("Biquelle 50mg tablets", "modified"),
        ("Quetiapine 100mg tablets", ""),
        ("Sodium valproate 200mg gastro-resistant tablets", "gastro_resistant"),
        ("Omeprazole_Cap E/C 20mg", "gastro_resistant"),
        ("Quetiapine 20mg/ml oral suspension", "immediate"),
    ],
)
def test_release_is_what_the_name_says(text: str, release: str) -> None:
    assert RECOGNISER.recognise(text).release == release


def test_the_form_of_a_slow_brand_says_so() -> None:
    assert RECOGNISER.recognise("Epilim Chrono 500 tablets (Sanofi)").form == "modified-release tablet"


@pytest.mark.parametrize(
    ("text", "strengths"),
    [
        ("Amisulpride 100mg tablets", [(100, "mg", "tablet")]),
        ("Amisulpride 100mg/ml oral solution", [(100, "mg", "ml")]),
        ("Haloperidol 500microgram capsules", [(0.5, "mg", "capsule")]),
        ("Carbamazepine 100mg/5ml oral suspension", [(20, "mg", "ml")]),
        ("Paracetamol 1g tablets", [(1000, "mg", "tablet")]),
        ("Fentanyl 25micrograms/hour transdermal patches", [(0.025, "mg/hour", "patch")]),
        ("Durogesic_T/Derm Patch 12mcg", [(0.012, "mg/hour", "patch")]),
        ("Timolol 0.25% eye drops", [(2.5, "mg", "ml")]),
        ("Hydrocortisone 1% cream", [(1, "%", "g")]),
        ("Colecalciferol 20,000unit capsules", [(20000, "units", "capsule")]),
        ("Co-codamol 30mg/500mg tablets", [(30, "mg", "tablet"), (500, "mg", "tablet")]),
        ("Co-codamol 8/500 tablets", [(8, "mg", "tablet"), (500, "mg", "tablet")]),
        ("Buprenorphine 2mg / Naloxone 500microgram tablets", [(2, "mg", "tablet"), (0.5, "mg", "tablet")]),
        ("Codeine And Paracetamol Tablets 8 mg + 500 mg", [(8, "mg", "tablet"), (500, "mg", "tablet")]),
        ("Epilim Chrono 500 tablets", [(500, "mg", "tablet")]),
        ("Epilim 200 tablets", [(200, "mg", "tablet")]),
        ("Seroquel tablets starter pack 6 x 25mg, 2 x 100mg", [None]),
        ("Risperidone 25mg and 50mg tablets", [None]),
        ("Amisulpride 2,5mg tablets", [None]),
        ("Amisulpride tablets", [None]),
        ("Paracetamol and codeine 500mg tablets", [None, None]),
    ],
)
def test_each_ingredient_has_the_strength_the_name_gives_it(
    text: str, strengths: list[tuple[float, str, str] | None]
) -> None:
    read = [one.strength and (one.strength.value, one.strength.unit, one.strength.per)
            for one in RECOGNISER.recognise(text).ingredients]  # fmt: skip
    assert read == strengths


def test_a_strength_keeps_what_the_name_said() -> None:
    strength = RECOGNISER.recognise("Carbamazepine 100mg/5ml oral suspension").ingredients[0].strength
    assert strength is not None
    assert strength.declared == "100mg/5ml"


def test_a_name_in_brackets_counts_where_there_is_none_outside() -> None:
    found = RECOGNISER.recognise("Antipsychotic (Risperidone 1mg tablets)")
    assert [one.name for one in found.ingredients] == ["risperidone"]


def test_a_route_that_a_report_names_is_no_form() -> None:
    found = RECOGNISER.recognise("Quetiapine 300mg - Oral")
    assert (found.route, found.form, found.release) == ("oral", "", "")
