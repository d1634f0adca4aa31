"""The medicine classes of the real content, asked through the book that rules use."""

from __future__ import annotations

import pytest

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.load import MedicineContent, find_content, load_medicines
from healthcheck_cli.medicines.classes import ClassBook
from healthcheck_cli.medicines.models import Match
from healthcheck_cli.medicines.recognise import Recogniser


@pytest.fixture(scope="module")
def medicines() -> MedicineContent:
    return load_medicines(find_content())


@pytest.fixture(scope="module")
def book(medicines: MedicineContent) -> ClassBook:
    return ClassBook(medicines.classes, medicines.medicines)


def sure(book: ClassBook, name: str, route: str = "oral", form: str = "", mg: float | None = None) -> frozenset[str]:
    return book.classes_of(name, route, form, daily_mg=None if mg is None else Interval.exactly(mg))[0]


def test_every_medicine_class_and_tag_that_is_named_exists(medicines: MedicineContent) -> None:
    tags = {tag for medicine in medicines.medicines.values() for tag in medicine.tags}
    for one in medicines.classes.values():
        assert set(one.tags) <= tags, one.id
        assert {*one.any_of, *one.but_not} <= set(medicines.classes), one.id
        assert {*one.medicines, *one.but_not_medicines, *one.daily_mg_at_least} <= set(medicines.medicines), one.id


@pytest.mark.parametrize(
    ("name", "route", "form", "inside", "outside"),
    [
        ("diazepam", "oral", "tablet", {"benzodiazepine_z", "psychotropic", "sedating"}, {"rescue_benzodiazepine"}),
        ("diazepam", "rectal", "rectal solution", {"rescue_benzodiazepine"}, {"psychotropic", "sedating", "stop_risk"}),
        ("midazolam", "oral", "oromucosal solution", {"rescue_benzodiazepine"}, {"psychotropic_any", "antiseizure"}),
        ("midazolam", "injection", "solution for injection", set(), {"rescue_benzodiazepine", "psychotropic_any"}),
        ("zuclopenthixol", "injection", "", {"zuclopenthixol_acetate", "antipsychotic"}, set()),
        ("zuclopenthixol", "depot", "", {"antipsychotic", "prolactin_raiser"}, {"zuclopenthixol_acetate"}),
        ("prochlorperazine", "oral", "tablet", {"psychotropic_wide"}, {"antipsychotic", "psychotropic"}),
        ("droperidol", "injection", "", {"qt"}, {"antipsychotic", "psychotropic"}),
        ("clobazam", "oral", "", {"benzodiazepine_any", "antiseizure"}, {"benzodiazepine_z", "antiseizure_plain"}),
        ("duloxetine", "oral", "", {"antidepressant", "snri"}, {"antidepressant_mood"}),
        ("amitriptyline", "oral", "", {"tca", "sedating", "anticholinergic"}, {"antidepressant_mood"}),
        ("linezolid", "oral", "", {"maoi"}, {"antidepressant", "serotonin_maoi_danger"}),
        ("sodium valproate", "oral", "", {"valproate", "antiseizure", "bone_thinning_asm"}, {"psychotropic"}),
        ("valproic acid", "oral", "", {"valproate", "psychotropic"}, set()),
        ("gabapentin", "topical", "gel", set(), {"gabapentinoid", "antiseizure"}),
        ("loperamide", "oral", "", {"antimotility", "constipating"}, {"opioid"}),
        ("racecadotril", "oral", "", set(), {"antimotility"}),
        ("finerenone", "oral", "", set(), {"diuretic", "antihypertensive"}),
        ("xanomeline", "oral", "", {"antipsychotic", "psychotropic"}, set()),
        ("alendronic acid", "injection", "", set(), {"bisphosphonate_oral"}),
        ("lithium succinate", "topical", "ointment", set(), {"lithium"}),
        ("macrogol 3350", "oral", "", {"macrogol", "laxative"}, {"laxative_rectal", "laxative_bulk"}),
        ("paracetamol", "oral", "", set(), {"infection_masking", "nsaid", "opioid"}),
        ("budesonide", "inhaled", "inhaler", {"inhaled_corticosteroid"}, {"steroid_oral", "pneumonia_risk"}),
        ("budesonide", "nasal", "nasal spray", set(), {"inhaled_corticosteroid"}),
        ("sodium chloride", "inhaled", "nebuliser liquid", {"nebulised_saline"}, {"mucolytic"}),
        ("acetylcysteine", "injection", "", set(), {"mucolytic"}),
        (
            "potassium chloride",
            "oral",
            "modified-release tablet",
            {"solid_potassium_chloride", "dysphagia_risk"},
            set(),
        ),
        ("potassium chloride", "oral", "effervescent tablet", set(), {"solid_potassium_chloride", "oesophagitis_risk"}),
        ("aspirin", "oral", "", {"nsaid_or_aspirin", "oesophagitis_risk"}, {"nsaid"}),
        ("glyceryl trinitrate", "rectal", "enema", set(), {"nitrate", "aspiration_risk"}),
        ("nicorandil", "oral", "", {"clindamycin_nicorandil"}, {"nitrate"}),
        ("clindamycin", "topical", "gel", set(), {"clindamycin_nicorandil", "oesophagitis_risk"}),
        ("doxycycline", "oral", "", {"tetracycline_antibiotic", "chest_antibiotic"}, {"urine_antibiotic"}),
        ("glycopyrronium bromide", "inhaled", "inhaler", set(), {"drooling_medicine", "dry_mouth"}),
        ("glycopyrronium bromide", "oral", "tablet", {"drooling_medicine", "anticholinergic_acb_or_aec"}, set()),
        ("sulfasalazine", "oral", "", {"dmard", "neutropenia_risk", "sepsis_risk"}, {"immunosuppressant"}),
        ("adalimumab", "injection", "", {"biologic_or_jak_inhibitor", "immunosuppressant"}, {"dmard"}),
        ("tacrolimus", "topical", "ointment", set(), {"dmard", "immunosuppressant", "sepsis_risk"}),
        ("mirabegron", "oral", "", set(), {"urinary_antimuscarinic", "urine_retention_risk"}),
        ("trospium", "oral", "", {"urinary_antimuscarinic", "urine_retention_risk"}, set()),
        ("phenobarbital", "oral", "", {"respiratory_depressant", "withdrawal_seizure_risk"}, {"asm_category_3"}),
        ("levetiracetam", "oral", "", {"asm_category_3", "antiseizure"}, {"asm_category_1", "asm_category_2"}),
        ("diazepam", "rectal", "rectal solution", set(), {"respiratory_depressant", "aspiration_risk"}),
        ("sodium valproate", "oral", "tablet", {"enzyme_inhibitor", "hazardous_if_crushed"}, {"enzyme_inducer"}),
        ("omeprazole", "oral", "capsule", {"acid_coated", "bone_loss", "tablet_or_capsule"}, {"gastro_resistant_form"}),
        ("omeprazole", "oral", "oral suspension", {"oral_liquid"}, {"acid_coated", "tablet_or_capsule"}),
        ("aspirin", "oral", "gastro-resistant tablet", {"gastro_resistant_form"}, {"acid_coated", "oral_liquid"}),
        ("venlafaxine", "oral", "modified-release capsule", {"modified_release_form", "low_sodium_risk"}, {"ssri"}),
        ("zoledronic acid", "injection", "", {"bone_protection"}, {"bisphosphonate_oral", "oesophagitis_risk"}),
        ("medroxyprogesterone", "oral", "tablet", set(), {"medroxyprogesterone_depot", "bone_loss"}),
        ("hydroxychloroquine", "oral", "", set(), {"dmard", "immunosuppressant"}),
        ("paliperidone", "depot", "", {"metabolic_antipsychotic"}, {"weight_gain", "sedating_antipsychotic"}),
    ],
)
def test_a_line_is_in_the_classes_a_pharmacist_would_put_it_in(
    book: ClassBook, name: str, route: str, form: str, inside: set[str], outside: set[str]
) -> None:
    classes, possible = book.classes_of(name, route, form)
    assert inside <= classes
    assert not outside & (classes | possible)


def test_a_dose_decides_where_the_class_asks_one(book: ClassBook) -> None:
    assert "enzyme_inducer" in sure(book, "topiramate", mg=200)
    assert "enzyme_inducer" not in sure(book, "topiramate", mg=199)
    assert "immunosuppressant" in sure(book, "prednisolone", mg=20)
    assert "immunosuppressant" in book.classes_of("prednisolone", "oral")[1]
    assert "steroid_oral" in sure(book, "prednisolone", mg=5)
    assert {"antiandrogen", "psychotropic_wide"} <= sure(book, "cyproterone acetate", mg=50)
    assert not {"antiandrogen", "psychotropic_wide"} & sure(book, "cyproterone acetate", mg=2)  # as in co-cyprindiol


def test_midazolam_without_a_form_may_be_rescue_medicine(book: ClassBook) -> None:
    assert "rescue_benzodiazepine" in book.classes_of("midazolam", "oral")[1]


def test_members_by_a_figure_follow_the_figures(medicines: MedicineContent, book: ClassBook) -> None:
    for name, medicine in medicines.medicines.items():
        classes = sure(book, name)
        assert "any_medicine" in classes
        assert ("constipating" in classes) == (medicine.constipating_level >= 1), name
        scores = {score.route: score.value for score in medicine.scores if score.scale == "acbcalc"}
        by_score = scores.get("oral", scores.get("", 0)) >= 2
        assert ("anticholinergic" in classes) == (by_score or "antiparkinson_anticholinergic" in medicine.tags), name


@pytest.mark.parametrize(
    ("starch", "gum"),
    [
        ("Nutilis", "Nutilis Clear"),
        ("Nutilis powder", "Nutilis Clear powder"),
        ("Nutilis powder (Nutricia Ltd)", "NUTILIS CLEAR powder (Nutricia Ltd)"),
        ("Thick & Easy Original", "Thick & Easy Clear"),
        ("Thick and Easy powder", "Thick and Easy Clear powder"),
        ("Resource ThickenUp", "Resource ThickenUp Clear"),
        ("Resource Thicken Up powder", "Resource Thicken Up Clear sachets"),
    ],
)
def test_starch_and_gum_thickeners_one_word_apart_are_told_apart(
    medicines: MedicineContent, book: ClassBook, starch: str, gum: str
) -> None:
    recogniser = Recogniser(medicines.medicines, medicines.products)
    for text, one, other in ((starch, "thickener_starch", "thickener_gum"), (gum, "thickener_gum", "thickener_starch")):
        found = recogniser.recognise(text)
        assert found.match is Match.EXACT, text
        (ingredient,) = found.ingredients
        classes, possible = book.classes_of(ingredient.name, found.route, found.form)
        assert {one, "thickener"} <= classes, text
        assert other not in classes | possible, text


def test_a_form_that_is_not_told_leaves_it_open(book: ClassBook) -> None:
    sure_of, possible = book.classes_of("carbamazepine", "oral")
    assert {"modified_release_form", "tablet_or_capsule"} <= possible
    assert not {"modified_release_form", "tablet_or_capsule"} & sure_of
