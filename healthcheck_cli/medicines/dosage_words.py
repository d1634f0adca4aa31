"""The words that directions are written in: house sentences, Latin, and the shorthand of GP systems.

Every word or phrase here stands for one kind of token; ``dosage_tokens`` does the splitting.
"""

from __future__ import annotations

DAYS_IN_MONTH = 30.4375

NUMBERS: dict[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "half": 0.5, "quarter": 0.25, "ii": 2, "iii": 3, "tt": 2, "ttt": 3,
}  # fmt: skip

STROKES = {"i": 1.0, "t": 1.0}  # "i bd", "T TDS": one stroke a unit; read as a number only where a dose is due

# A unit of dose → how it is called in the result. A spoonful is 5 ml.
UNITS: dict[str, str] = {
    "tablet": "tablet", "tablets": "tablet", "tab": "tablet", "tabs": "tablet", "tabl": "tablet", "tabls": "tablet",
    "capsule": "capsule", "capsules": "capsule", "cap": "capsule", "caps": "capsule", "capsul": "capsule",
    "caplet": "tablet", "caplets": "tablet",
    "ml": "ml", "mls": "ml", "millilitre": "ml", "millilitres": "ml", "mills": "ml", "cc": "ml",
    "mg": "mg", "mgs": "mg", "milligram": "mg", "milligrams": "mg", "milligramme": "mg", "milligrammes": "mg",
    "microgram": "microgram", "micrograms": "microgram", "mcg": "microgram", "mcgs": "microgram",
    "mcgram": "microgram", "mcgrams": "microgram", "ug": "microgram", "μg": "microgram", "microg": "microgram",
    "g": "g", "gm": "g", "gms": "g", "gram": "g", "grams": "g", "gramme": "g", "grammes": "g",
    "unit": "unit", "units": "unit", "iu": "unit", "mmol": "mmol",
    "drop": "drop", "drops": "drop", "gtt": "drop", "gtts": "drop",
    "puff": "puff", "puffs": "puff", "spray": "spray", "sprays": "spray", "squirt": "spray", "squirts": "spray",
    "dose": "dose", "doses": "dose", "actuation": "puff", "actuations": "puff",
    "inhalation": "inhalation", "inhalations": "inhalation", "blister": "blister", "blisters": "blister",
    "patch": "patch", "patches": "patch", "sachet": "sachet", "sachets": "sachet", "sach": "sachet",
    "suppository": "suppository", "suppositories": "suppository", "supp": "suppository", "supps": "suppository",
    "pessary": "pessary", "pessaries": "pessary", "lozenge": "lozenge", "lozenges": "lozenge",
    "pastille": "pastille", "pastilles": "pastille", "wafer": "wafer", "wafers": "wafer", "film": "film",
    "films": "film", "ampoule": "ampoule", "ampoules": "ampoule", "amp": "ampoule", "amps": "ampoule",
    "vial": "vial", "vials": "vial", "syringe": "syringe", "syringes": "syringe", "enema": "enema",
    "enemas": "enema", "tube": "tube", "tubes": "tube", "pump": "pump", "pumps": "pump", "scoop": "scoop",
    "scoops": "scoop", "bottle": "bottle", "bottles": "bottle", "pen": "pen", "pens": "pen", "gum": "gum",
    "injection": "injection", "injections": "injection", "implant": "implant",
}  # fmt: skip

SPOONS: dict[str, float] = {
    "spoon": 5, "spoons": 5, "spoonful": 5, "spoonfuls": 5, "spoonsful": 5, "teaspoon": 5, "teaspoons": 5,
    "teaspoonful": 5, "teaspoonfuls": 5, "tsp": 5, "tsps": 5, "tablespoon": 15, "tablespoons": 15, "tbsp": 15,
    "tablespoonful": 15, "tablespoonfuls": 15,
}  # fmt: skip

FLUIDS = frozenset("water juice milk liquid feed feeds food yoghurt drink squash fluid".split())

LENGTHS = frozenset("cm cms mm inch inches fingertip fingertips".split())  # how much cream: not a dose

AMOUNT_UNITS = ("mg", "microgram", "g", "ml", "unit", "mmol")  # an amount of substance or fluid, not a count of things

TIMES_A_DAY: dict[str, float] = {
    "od": 1, "bd": 2, "bds": 2, "bid": 2, "tds": 3, "tid": 3, "td": 3, "qds": 4, "qid": 4, "qd": 1, "ter": 3,
    "qod": 0.5, "eod": 0.5, "everyday": 1,
}  # fmt: skip

COUNTS: dict[str, float] = {"once": 1, "twice": 2, "thrice": 3}

ADVERBS: dict[str, float] = {  # how many days from one to the next
    "daily": 1, "dly": 1, "hourly": 1 / 24, "hrly": 1 / 24, "hly": 1 / 24, "weekly": 7, "wkly": 7,
    "fortnightly": 14, "biweekly": -1, "monthly": DAYS_IN_MONTH, "mthly": DAYS_IN_MONTH,
    "quarterly": 3 * DAYS_IN_MONTH, "yearly": 365.25, "annually": 365.25,
}  # fmt: skip

PERIODS: dict[str, float] = {
    "minute": 1 / 1440, "minutes": 1 / 1440, "min": 1 / 1440, "mins": 1 / 1440,
    "hour": 1 / 24, "hours": 1 / 24, "hr": 1 / 24, "hrs": 1 / 24, "h": 1 / 24,
    "day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "fortnight": 14,
    "month": DAYS_IN_MONTH, "months": DAYS_IN_MONTH, "mth": DAYS_IN_MONTH, "mths": DAYS_IN_MONTH,
    "year": 365.25, "years": 365.25,
}  # fmt: skip

SLOTS: dict[str, str] = {
    "morning": "morning", "mornings": "morning", "mane": "morning", "am": "morning", "om": "morning",
    "breakfast": "morning", "breakfasttime": "morning", "waking": "morning", "rising": "morning", "qam": "morning",
    "noon": "noon", "midday": "noon", "lunch": "noon", "lunchtime": "noon",
    "afternoon": "afternoon", "afternoons": "afternoon", "teatime": "evening", "tea": "evening",
    "evening": "evening", "evenings": "evening", "eve": "evening", "pm": "evening", "dinner": "evening",
    "supper": "evening", "qpm": "evening", "dinnertime": "evening", "suppertime": "evening",
    "night": "night", "nights": "night", "nocte": "night", "noct": "night", "nightly": "night", "bedtime": "night",
    "bed": "night", "nighttime": "night", "hs": "night", "qhs": "night", "retiring": "night",
    "meal": "meal", "meals": "meal", "mealtime": "meal", "mealtimes": "meal",
}  # fmt: skip

WEEKDAYS: dict[str, int] = {
    word: day
    for day, words in enumerate(
        (
            ("monday", "mondays", "mon"), ("tuesday", "tuesdays", "tue", "tues"),
            ("wednesday", "wednesdays", "wed", "weds"), ("thursday", "thursdays", "thu", "thur", "thurs"),
            ("friday", "fridays", "fri"), ("saturday", "saturdays", "sat"), ("sunday", "sundays", "sun"),
        )
    )
    for word in words
}  # fmt: skip

ORDINALS: dict[str, float] = {
    "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "seventh": 7, "other": 2,
    "alternate": 2, "alternative": 2, "alt": 2,
}  # fmt: skip

# Words that say nothing of how much or how often.
NOISE = frozenset(
    """
    a an the of be is are to taken take taking given give giving used use using apply applied inhale inhaled inject
    injected insert inserted instil instilled put place placed chew chewed suck sucked dissolve dissolved drink sip
    swallow sprinkle add mix mixed spread rub administer administered via by mouth oral orally po pr im iv sc subcut
    subcutaneous subcutaneously intramuscular intramuscularly deep buccal buccally sublingual sublingually rectal
    rectally vaginally route peg ng tube spacer nasal nostril nostrils eye eyes ear ears skin scalp area areas affected
    both left right each every per in into on onto at with and or after before during from food water milk juice
    contents sparingly thinly evenly liberally thoroughly well gently thin thick layer only just please pls immediately
    regularly regular dose doses same time times day week new old crushed crush covert covertly yoghurt empty stomach
    meals meal shortly soon preferably about approximately around least rinse hair wash dry wet clean hands cream
    ointment gel lotion solution liquid suspension syrup powder mouthwash shampoo under over tongue cheek long whole
    term short first then also divided total glass cup full plenty injection units it this them their your you and/or
    finger nail nails face body hands feet foot leg legs arm arms chest back upper lower site sites spray throat mouth
    tablet capsule change replace fresh ac pc cc poured poultice brush teeth toothbrush within up
    """.split()
)

# Left over, these change the meaning in a way that is not understood: the directions are not read.
UNSAFE = frozenset(
    """
    alternating alternately except excluding unless not omit omitting miss missing skip without instead extra additional
    additionally more less fewer reaching target weaning wean plus minus rest remaining remainder other others titrate
    titrated titration titrating kg bsa m2 sliding scale inr chart weight usual either between equal off free gap break
    stop stopped stopping hold withhold vary varying variable nil none no never cancel cancelled few several second
    third next increments increment double doubled doubling halve halved biweekly
    """.split()
)

# Phrases, each with the token it stands for. The longest that fits wins.
PHRASES: dict[str, tuple[str, ...]] = {
    "prn": (
        "prn", "when required", "if required", "as required", "where required", "when needed", "if needed", "as needed",
        "when necessary", "if necessary", "as necessary", "where necessary", "whenever necessary", "whenever required",
        "whenever needed", "as and when required", "as and when needed", "as and when necessary", "as and when",
        "when reqd", "if reqd", "as reqd", "when nec", "if nec", "sos", "as req", "if req", "when req", "on demand",
        "at onset of attack", "at the onset of attack", "at onset of", "at the onset of", "at first sign of",
        "at the first sign of", "for breakthrough pain", "for breakthrough", "after each loose motion",
        "after each loose stool", "after every loose motion", "rescue medication", "for rescue", "emergency use",
        "while needed", "whilst needed", "while required", "pro re nata", "when symptomatic",
    ),
    "directed": (
        "as directed", "mdu", "ut dict", "as dir", "as instructed", "as advised", "as per instructions", "as prescribed",
        "follow the pack instructions", "according to instructions", "according to requirements", "as often as directed", "as per protocol",
        "as per care plan", "as per plan", "as per guidelines", "as per pack", "see instructions", "see leaflet",
        "see pack", "more dicto", "uad", "as per leaflet", "as per label", "as stated",
        "as agreed", "per protocol", "as ordered", "as told", "as shown", "as per specialist", "as per hospital",
        "as per clinic", "as per consultant", "as per psychiatrist", "follow instructions", "according to protocol",
        "as per regime", "as per regimen", "see separate instructions",
    ),
    "stat": (
        "stat", "stat dose", "single dose", "as a single dose", "as one dose", "once only", "one off", "one dose only",
        "immediately", "straight away", "now", "start now", "for one dose", "one dose now", "at once",
    ),
    "max": (
        "max", "maximum", "maximum of", "max of", "up to a maximum of", "up to maximum of", "up to a max of", "up to max",
        "up to maximum", "to a maximum of", "to a max of", "to max", "no more than", "not more than", "do not take more than",
        "do not use more than", "do not exceed", "not to exceed", "not exceeding", "dont exceed", "maximum dose",
        "maximum dose of", "maximum daily dose", "maximum daily dose of", "max dose", "max dose of", "max daily dose",
        "max daily dose of", "to a maximum", "never more than", "do not have more than", "total max", "mdd",
        "with a maximum of", "with max", "do not give more than", "max daily", "maximum daily",
    ),
    "up_to": ("up to", "upto", "at most"),
    "then": (
        "then", "and then", "followed by", "thereafter", "after that", "afterwards", "increase to", "increasing to",
        "increased to", "reduce to", "reducing to", "reduced to", "decrease to", "decreasing to", "then increase to",
        "then reduce to", "then increase", "and increase to", "and reduce to", "then thereafter", "then go to",
        "then go up to", "then back to", "then down to", "and thereafter", "then continue", "then continue with",
        "then decrease to", "then after that", "if tolerated increase to", "if tolerated then",
    ),
    "unknown_step": (
        "increase", "increasing", "reduce", "reducing", "decrease", "decreasing", "taper", "tapering", "tapered",
        "reducing dose", "titrate", "titrating", "titrate up", "then reduce", "then taper", "increase by",
        "increasing by", "reduce by", "reducing by", "then reduce by", "then increase by", "weaning", "wean",
        "gradually increase", "gradually reduce", "slowly reduce", "slowly increase", "reduction", "repeat",
        "repeated", "then repeat", "may be repeated", "can be repeated", "can repeat", "may repeat", "and repeat",
        "repeat dose", "repeating",
    ),
    "hospital": (
        "hospital only", "hospital issue", "hospital issue only", "hospital prescribed", "hospital supply",
        "hospital supplied", "hospital drug", "hospital medication", "hospital prescription", "hospital prescribe only",
        "hospital use only", "hospital use", "hospital script", "prescribed by hospital", "prescribed by the hospital",
        "supplied by hospital", "supplied by the hospital", "supplied by clinic", "supplied by specialist", "hospital item",
        "specialist prescribed", "specialist prescription", "specialist supply", "prescribed by specialist",
        "prescribed by clinic", "prescribed by cmht", "supplied by cmht", "given by cmht", "given by clinic",
        "given at clinic", "given in clinic", "administered by cmht", "administered by clinic", "issued by hospital",
        "issued by the hospital", "from hospital", "from the hospital", "from clinic", "obtained from hospital",
        "secondary care", "secondary care only", "not for issue", "do not issue", "never issue", "do not prescribe",
        "not prescribed by gp", "not prescribed here", "not issued by gp", "not issued here", "for information only",
        "for info only", "information only", "record only", "for record only", "recording purposes only",
        "clinic only", "dispensed by hospital", "hospital dispensed", "hospital administered", "by hospital",
        "prescribed elsewhere", "issued elsewhere", "supplied elsewhere", "outside practice", "hosp only",
        "hospital", "hosp",
    ),
    "clause_noise": (  # says nothing of the dose from here to the end of the clause
        "do not", "dont", "don't", "avoid", "remove old", "remove", "removing", "swallow whole", "warning", "caution",
        "if sleepy", "may cause", "this medicine may", "this may", "contains", "brush teeth", "shake", "shake well",
        "wait", "leave", "discard", "store", "keep", "review", "due review", "for review", "needs review", "discuss",
        "see gp", "see doctor", "subsequent courses", "warn", "book", "tel", "contact", "next due", "started",
        "last issued", "last given", "next review", "to be reviewed", "rotate", "reconstitute",
        "shampoo after", "dose changed", "dose increased", "dose reduced", "equivalent to", "to reduce",
        "to help", "to prevent", "to treat", "to control", "to relieve", "to aid", "to lower", "to protect", "until",
        "till", "as part of", "you must", "please make", "please see", "please book", "pls book", "pls see",
        "allow", "use within", "expires", "if tolerated", "as tolerated",
        "because", "in 2 divided", "in two divided", "in 3 divided", "in three divided", "authorised",
    ),
    "fluid": (  # what it is taken with, up to the word for it
        "swallow with", "dissolved in", "dissolve in", "in a glass", "in half a glass", "in a little", "in at least", "with at least",
        "with a full glass", "with a glass", "with plenty of", "mixed with", "mixed in", "stirred into", "diluted in", "made up in", "made up to", "in half",
    ),
    "event": (
        "after a bowel movement", "after each bowel movement", "after every bowel movement", "after bowel movement",
        "before each feed", "after each feed", "before every feed", "with each feed", "after each nappy change",
        "before each injection", "after each dialysis", "before exercise", "before intercourse",
    ),
    "bath": ("bath", "bath water", "bathwater", "shower"),
    "prefix_noise": (  # words of supply or place that would otherwise be taken for a time or a number
        "by mouth", "a few", "short term", "long term", "first thing", "at the same time each day",
        "at the same time every day", "same time each day", "same time every day", "at the same time of day",
        "time of day", "of the day", "a meal", "the same meal", "same meal", "main meal", "largest meal", "each eye", "each ear", "each nostril",
        "every eye", "each side", "on an empty stomach", "or before bed", "between meals", "day or night",
        "night cramps", "night sedation", "night sweats", "morning sickness", "bed sores", "under dressing",
        "one nostril", "each leg", "each foot", "each hand", "each arm", "each cheek", "a little", "and when required",
        "of each month", "into the mouth", "non oral", "to bed", "ready for", "at a time", "at one time",
        "at any one time", "in water", "in divided doses", "divided doses",
    ),
}  # fmt: skip

# Phrases that stand for another phrase or word.
SAME_AS: dict[str, str] = {
    "half an": "half", "half a": "half", "one half": "half", "a half": "half", "one quarter": "quarter",
    "a quarter": "quarter", "quarter of a": "quarter", "a quarter of a": "quarter", "half of a": "half",
    "evening meal": "evening", "midday meal": "midday", "night time": "night", "lunch time": "lunch",
    "tea time": "teatime", "bed time": "bedtime", "meal times": "meals", "meal time": "meals", "each meal": "meals",
    "every meal": "meals", "mid day": "midday", "mid morning": "noon", "in the am": "morning", "in the pm": "evening",
    "main meals": "meals", "three main meals": "meals", "omni mane": "mane", "omni nocte": "nocte", "per diem": "daily",
    "bis die": "bd", "ter die": "tds", "on waking": "morning", "going to bed": "night",
    "before bed": "night", "calendar month": "month", "hour period": "hours", "hrs period": "hours",
    "inhalation dose": "dose", "stick pack": "sachet", "melt in the mouth": "take", "on the first day": "daily",
    "on first day": "daily", "on day one": "daily", "on day 1": "daily", "first day": "daily", "by day": "daily",
    "a couple of": "two", "each time": "take", "every time": "take", "week days": "weekdays", "week ends": "weekends",
    "working days": "weekdays", "when awake": "take", "while awake": "take", "at all times": "take",
    "pack years": "take", "milli litre": "ml", "micro grams": "micrograms", "micro gram": "microgram",
}  # fmt: skip
