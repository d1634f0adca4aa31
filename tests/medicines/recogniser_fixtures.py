"""A few medicines and products, enough to show what recognition does; not the shipped content."""

from __future__ import annotations

from healthcheck_cli.content.medicine_models import Maximum, Medicine, Product
from healthcheck_cli.content.support import Basis, Place, Support
from healthcheck_cli.medicines.recognise import Recogniser

SUPPORT = Support(Basis.GENERAL_KNOWLEDGE)
PLACE = Place("fixture.yaml")
DEPOT = Maximum(route="depot", amount=100, unit="mg", every_days=14, support=SUPPORT)


def medicine(name: str, label: str = "none", **more: object) -> Medicine:
    """One medicine with whatever else a test needs."""
    return Medicine(name=name, label=label, place=PLACE, support=SUPPORT, **more)  # type: ignore[arg-type]


def product(name: str, *ingredients: str, synonyms: tuple[str, ...] = ()) -> Product:
    """One combination product."""
    return Product(name=name, ingredients=ingredients, place=PLACE, support=SUPPORT, synonyms=synonyms)


_MEDICINES = [
    medicine("amisulpride", "antipsychotic_sg", brands=("Solian",), default_route="oral"),
    medicine("risperidone", "antipsychotic_sg", depot_brands=("Risperdal Consta",), maxima=(DEPOT,),
             tags=("injection_is_depot",), brands=("Risperdal",), codes={"vtm": "108386000", "bnf": "040201030"}),
    medicine("haloperidol", "antipsychotic_fg", brands=("Haldol",), depot_brands=("Haldol Decanoate",),
             maxima=(DEPOT,)),
    medicine("zuclopenthixol", "antipsychotic_fg", brands=("Clopixol", "Clopixol Acuphase"),
             depot_brands=("Clopixol Conc",), maxima=(DEPOT,), tags=("injection_is_depot",)),
    medicine("olanzapine", "antipsychotic_sg", brands=("Zyprexa",), depot_brands=("Zypadhera",)),
    medicine("quetiapine", "antipsychotic_sg", brands=("Seroquel",), modified_release_brands=("Biquelle",),
             default_route="oral"),
    medicine("omeprazole", default_route="oral"),
    medicine("aripiprazole", "antipsychotic_sg"),
    medicine("clomethiazole", "other_hypnotic_anxiolytic", brands=("Heminevrin",), default_route="oral"),
    medicine("morphine", "opioid", brands=("Oramorph",), tags=("opioid",)),
    medicine("opium", "opioid"),
    medicine("chlordiazepoxide", "benzodiazepine", brands=("Tropium",), default_route="oral"),
    medicine("hydroxyzine", "antihistamine_sedating", default_route="oral"),
    medicine("prochlorperazine", "antiemetic_phenothiazine", default_route="oral"),
    medicine("imipramine", "tca", default_route="oral"),
    medicine("venlafaxine", "other_antidepressant", default_route="oral"),
    medicine("tryptophan", "other_antidepressant", brands=("Pacitron",), default_route="oral"),
    medicine("carbamazepine", "antiseizure", brands=("Tegretol",), default_route="oral"),
    medicine("sodium valproate", "antiseizure", brands=("Epilim",), modified_release_brands=("Epilim Chrono",),
             brand_strengths={"epilim 200": 200, "epilim chrono 500": 500}, default_route="oral"),
    medicine("lithium carbonate", "lithium", modified_release_brands=("Priadel",), default_route="oral"),
    medicine("lithium citrate", "lithium", brands=("Priadel Liquid",), default_route="oral"),
    medicine("fentanyl", "opioid", brands=("Durogesic",), tags=("opioid",)),
    medicine("buprenorphine", "opioid", brands=("BuTrans",), tags=("opioid",)),
    medicine("naloxone", "opioid_antagonist"),
    medicine("codeine", "opioid", default_route="oral"),
    medicine("paracetamol", default_route="oral"),
    medicine("amitriptyline", "tca", default_route="oral"),
    medicine("perphenazine", "antipsychotic_fg", default_route="oral"),
    medicine("midazolam", "benzodiazepine", brands=("Buccolam",)),
    medicine("diazepam", "benzodiazepine", default_route="oral"),
    medicine("timolol", default_route="eye_ear"),
    medicine("st john's wort", default_route="oral"),
    medicine("sulfasalazine", default_route="oral"),
    medicine("colecalciferol", synonyms=("vitamin d3",), default_route="oral"),
    medicine("hydrocortisone"),
    medicine("emollient", synonyms=("emulsifying ointment",), default_route="topical"),
    medicine("starch thickener", brands=("Nutilis",), default_route="oral"),
    medicine("gum thickener", brands=("Nutilis Clear",), default_route="oral"),
    medicine("acrivastine", brands=("Benadryl",), default_route="oral"),
    medicine("cetirizine", brands=("Benadryl", "Benadryl Allergy"), default_route="oral"),
    medicine("macrogol 3350", brands=("Laxido Orange",), default_route="oral"),
    medicine("test strips", scored=False),
]  # fmt: skip
_PRODUCTS = [
    product("co-codamol", "codeine", "paracetamol", synonyms=("Kapake",)),
    product("Triptafen", "amitriptyline", "perphenazine"),
]

MEDICINES = {one.name: one for one in _MEDICINES}
PRODUCTS = {one.name: one for one in _PRODUCTS}
RECOGNISER = Recogniser(MEDICINES, PRODUCTS)
