"""The words that say what a product is: its form, and the route that goes with it.

Each row is a form, its route, what it is counted in, and the words that mean it. Rows are in order of weight: where a
name holds words of two rows ("oral solution … pre-filled oral syringes"), the earlier row decides.
"""

from __future__ import annotations

FORMS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "oromucosal solution",
        "oral",
        "dose",
        (
            "oromucosal solution",
            "buccal solution",
            "buccal liquid",
            "oromuc soln",
            "oromucosal soln",
            "oromucosal",
            "buccal midazolam",
            "prefilled oral syringes",
            "buccolam",  # brands that are nothing else; lists often leave the form out
            "epistatus",
        ),
    ),
    ("oromucosal spray", "oral", "dose", ("oromucosal spray", "sublingual spray", "oral spray")),
    ("eye ointment", "eye_ear", "dose", ("eye ointment", "eye oint")),
    ("eye gel", "eye_ear", "dose", ("eye gel",)),
    (
        "eye drops",
        "eye_ear",
        "drop",
        ("eye drops", "eye drop", "eye dps", "ophthalmic", "eye lotion", "eye", "ocular", "intravitreal", "eye spray"),
    ),
    ("ear drops", "eye_ear", "drop", ("ear drops", "ear drop", "ear dps", "ear spray", "ear")),
    (
        "nasal spray",
        "nasal",
        "dose",
        ("nasal spray", "nasal drops", "nasal ointment", "nasal", "nasal solution", "intranasal"),
    ),
    (
        "inhaler",
        "inhaled",
        "dose",
        (
            "inhaler", "inhalers", "inha", "inh", "evohaler", "accuhaler", "turbohaler", "turbuhaler", "easyhaler",
            "autohaler", "easi breathe", "respimat", "ellipta", "breezhaler", "diskhaler", "handihaler", "clickhaler",
            "novolizer", "spiromax", "nexthaler", "rotacaps", "genuair", "forspiro", "inhalation powder", "inhalation",
            "inh cap", "dry powder inhaler", "pressurised inhalation", "inhalation solution", "inhalation vapour",
            "impregnated cigarettes", "inhalator", "aerosphere",
        ),
    ),
    (
        "nebuliser liquid",
        "inhaled",
        "ml",
        ("nebuliser liquid", "nebuliser solution", "nebuliser suspension", "nebules", "nebuliser", "nebs", "for neb",
         "respules", "steri neb", "nebuliser liq"),
    ),
    (
        "pessary",
        "vaginal",
        "pessary",
        ("pessary", "pessaries", "pess", "vaginal tablet", "vaginal tablets", "vaginal capsule", "vaginal capsules",
         "vaginal cream", "vaginal gel", "vaginal ring", "vaginal", "vaginal delivery system", "intrauterine"),
    ),
    ("suppository", "rectal", "suppository", ("suppository", "suppositories", "supp", "suppos", "supps")),
    (
        "rectal solution",
        "rectal",
        "tube",
        ("rectal solution", "rectal tube", "rectal tubes", "rectubes", "rectal soln", "rectal gel", "rectal", "rectol",
         "rectal solution tube"),
    ),
    ("enema", "rectal", "enema", ("enema", "enemas", "micro enema", "rectal foam", "foam enema", "rectal ointment")),
    ("medicated plaster", "topical", "plaster", ("medicated plaster", "medicated plasters", "plaster", "plasters")),
    (
        "patch",
        "patch",
        "patch",
        ("transdermal patch", "transdermal patches", "patch", "patches", "transdermal", "transdermal system"),
    ),
    (
        "cream",
        "topical",
        "dose",
        ("cream", "crm", "aqueous cream", "emulsifying cream"),
    ),
    ("ointment", "topical", "dose", ("ointment", "oint")),
    (
        "topical liquid",
        "topical",
        "dose",
        (
            "lotion", "scalp application", "scalp lotion", "shampoo", "cutaneous solution", "cutaneous foam", "foam",
            "topical solution", "liniment", "paint", "nail lacquer", "collodion", "cutaneous spray", "bath additive",
            "skin cleanser", "cutaneous emulsion", "mousse", "scalp foam", "dusting powder", "bath oil", "shower gel",
            "cutaneous spray solution", "topical", "irrigation", "bladder irrigation",
        ),
    ),
    ("oral gel", "oral", "dose", ("oral gel", "oral paste", "oromucosal gel", "buccal gel", "gel sachets")),
    ("gel", "topical", "dose", ("gel", "transdermal gel", "cutaneous gel")),
    ("implant", "injection", "implant", ("implant", "implants")),
    (
        "injection",
        "injection",
        "dose",
        (
            "solution for injection", "suspension for injection", "emulsion for injection", "for injection",
            "injection", "inj", "solution for infusion", "suspension for infusion", "for infusion", "infusion",
            "oily injection", "intravenous", "intramuscular", "minijet", "min i jet", "pre filled syringe",
            "pre filled syringes", "prefilled syringe", "prefilled syringes", "pre filled pen", "pre filled pens",
            "pre filled disposable", "penfill", "flexpen", "kwikpen", "pfs", "syrg", "disposable syringe",
            "infusion bags", "bolus",
        ),
    ),
    ("lozenge", "oral", "lozenge", ("lozenge", "lozenges", "loz", "pastille", "pastilles")),
    (
        "lozenge with applicator",
        "oral",
        "lozenge",
        ("lozenges with integral oromucosal applicator", "integral oromucosal applicator"),
    ),
    ("medicated chewing gum", "oral", "gum", ("chewing gum", "medicated chewing gum", "gum")),
    ("orodispersible film", "oral", "film", ("orodispersible films", "orodispersible film", "buccal films",
                                             "buccal film", "sublingual films", "sublingual film", "oral film")),
    ("oral lyophilisate", "oral", "lyophilisate", ("oral lyophilisate", "oral lyophilisates", "oral lyoph",
                                                   "lyophilisates", "lyophilisate", "oral lyo")),
    ("sublingual tablet", "oral", "tablet", ("sublingual tablet", "sublingual tablets", "sublingual tab", "sublingual",
                                             "s l tab")),
    ("buccal tablet", "oral", "tablet", ("buccal tablet", "buccal tablets", "buccal tab", "buccal")),
    ("orodispersible tablet", "oral", "tablet", ("orodispersible tablet", "orodispersible tablets", "orodisper tab",
                                                 "oro dispersible tablet", "oro dispersible tablets", "orodispersible",
                                                 "orodisp tab", "soltab", "soltabs", "velotab", "velotabs", "quicklet",
                                                 "quicklets", "fastab", "instants", "rapimelt", "melts",
                                                 "oral dispersible tablets")),
    ("dispersible tablet", "oral", "tablet", ("dispersible tablet", "dispersible tablets", "disper tab", "dispersible",
                                              "disp tab", "disp tablets")),
    ("effervescent tablet", "oral", "tablet", ("effervescent tablet", "effervescent tablets", "eff tab", "eff tabs",
                                               "effervescent", "eff tablets")),
    ("soluble tablet", "oral", "tablet", ("soluble tablet", "soluble tablets", "sol tab", "soluble")),
    ("chewable tablet", "oral", "tablet", ("chewable tablet", "chewable tablets", "chble tab", "chewable", "chewtabs",
                                           "chew tab", "infatabs", "infatab")),
    ("capsule", "oral", "capsule", ("capsule", "capsules", "cap", "caps", "spansule", "spansules", "perles",
                                    "perlongets", "gelcaps", "soft capsules", "sprinkle capsules")),
    ("tablet", "oral", "tablet", ("tablet", "tablets", "tab", "tabs", "caplet", "caplets", "film coated tablets",
                                  "coated tablets", "tbl", "prolonged release tablets")),
    ("oral drops", "oral", "drop", ("oral drops", "oral drop", "oral dps")),
    ("granules", "oral", "sachet", ("granules", "granules sachets", "gran", "grans", "gran sach", "chronosphere")),
    ("oral powder", "oral", "sachet", ("oral powder", "oral powder sachets", "powder sachets", "sachet", "sachets",
                                       "sach", "oral pdr", "pdr sach")),
    ("oral suspension", "oral", "ml", ("oral suspension", "oral susp", "suspension", "susp")),
    ("oral solution", "oral", "ml", ("oral solution", "oral soln", "oral sol", "solution", "soln")),
    ("oral liquid", "oral", "ml", ("oral liquid", "oral liq", "liquid", "liq", "syrup", "syr", "elixir", "elix", "eli",
                                   "linctus", "mixture", "mix", "oral emulsion", "tincture", "concentrate",
                                   "forte syrup")),
    ("", "oral", "", ("oral",)),  # a report that names the route has not named the form
    ("mouthwash", "topical", "ml", ("mouthwash", "gargle", "mouth spray", "toothpaste", "dental")),
    ("drops", "", "drop", ("drops", "drop", "dps")),
    ("powder", "", "g", ("powder", "pdr")),
    ("spray", "", "dose", ("spray", "aerosol")),
)  # fmt: skip

# Containers: what an injection is counted in.
CONTAINERS: dict[str, str] = {
    "vial": "vial", "vials": "vial", "ampoule": "ampoule", "ampoules": "ampoule", "amp": "ampoule", "amps": "ampoule",
    "syringe": "syringe", "syringes": "syringe", "pfs": "syringe", "syrg": "syringe", "pen": "pen", "pens": "pen",
    "cartridge": "cartridge", "cartridges": "cartridge", "cart": "cartridge", "bag": "bag", "bags": "bag",
}  # fmt: skip

MODIFIED_RELEASE: tuple[str, ...] = (
    "modified release", "prolonged release", "slow release", "sustained release", "extended release",
    "controlled release", "mr", "xl", "sr", "cr", "la", "pa", "er", "xr", "sa", "retard", "chrono", "chronosphere",
    "chronospheres", "continus", "spansule", "spansules", "perlongets", "pr",
)  # fmt: skip
GASTRO_RESISTANT: tuple[str, ...] = ("gastro resistant", "enteric coated", "ec", "en", "gr", "mups")
IMMEDIATE_RELEASE: tuple[str, ...] = ("immediate release", "ir", "standard release")

BRANDS_AMONG_FORMS = ("buccolam", "epistatus")  # names of a medicine as well as of its form

# Long-acting injections that say so; the last is a salt of one that acts for weeks.
LONG_ACTING: tuple[str, ...] = (
    "decanoate", "decan", "dec", "decanoas", "palmitate", "embonate", "pamoate", "enantate", "enanthate",
    "undecylenate", "depot", "prolonged release suspension", "prolonged release injection",
    "prolonged release solution", "long acting", "lai", "depo", "suspension for injection", "susp for inj",
    "oily injection", "oily",
)  # fmt: skip
SHORT_ACTING_ESTERS: tuple[str, ...] = ("acuphase", "acetate")
