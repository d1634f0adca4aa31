"""Which picture stands beside something to do: the same picture for the same idea every time.

The pictures were drawn for this project and lie in ``pages/pictures``. A picture never says more than the words beside
it: it is chosen by a word in them, the first that is found in the order below.
"""

from __future__ import annotations

import re

PICTURES = {
    "hospital": "a hospital",
    "bottle": "a bottle and a glass",
    "tooth": "a tooth",
    "eye": "an eye",
    "ear": "an ear",
    "toilet": "a toilet",
    "fit": "a head with a flash",
    "heart": "a heart",
    "blood": "a blood test tube",
    "syringe": "a needle for a vaccine",
    "meal": "a cup and a plate",
    "chest": "a chest with lungs",
    "tummy": "a hand on a tummy",
    "scales": "scales",
    "smoke": "no smoking",
    "medicine": "a box of tablets",
    "memory": "a head with a question mark",
    "hand": "a hand",
    "foot": "a foot",
    "bone": "a bone",
    "walk": "someone walking",
    "bed": "a bed at night",
    "face": "a sad face",
    "pain": "a plaster",
    "shield": "a shield",
    "people": "two people",
    "house": "a house",
    "calendar": "a calendar",
    "paper": "a paper with a tick",
    "talk": "two speech bubbles",
    "doctor": "a doctor's stethoscope",
    "phone": "a phone",
    "star": "a star",
}
"""Name → what is to be seen."""

_BY_WORD = (
    (r"999|hospital|ambulance|emergency\b(?! medicine)", "hospital"),
    (r"alcohol|help with drinking|you drink more|drink and your", "bottle"),
    (r"\bteeth|tooth|dentist|mouth|dribble", "tooth"),
    (r"\beyes?\b|glasses|optician|see well", "eye"),
    (r"\bears?\b|hearing|\bwax\b", "ear"),
    (r"\bpoo\b|constipated|toilet|bowel|\bwee\b|catheter|\bpads\b|laxative|blocked", "toilet"),
    (r"epilep|\bfits?\b", "fit"),
    (r"heart|blood pressure|cholesterol", "heart"),
    (r"blood|sugar|kidneys|liver|thyroid|\biron\b|hormones", "blood"),
    (r"vaccine|\bjabs?\b|needle", "syringe"),
    (r"\bweigh|\bthin\b", "scales"),
    (r"swallow|\beat\b|eating|\bdrinks?\b|food|meals?\b|\bdiet|\bchok|\bfeed|\bcook|vitamin|thick|hungry", "meal"),
    (r"smok(?!e alarm)", "smoke"),
    (r"chest|breath|\blungs?\b|oxygen|cough", "chest"),
    (r"tummy", "tummy"),
    (r"medicine|tablets?\b|lithium|clozapine|injection|\bpens\b", "medicine"),
    (r"memory|muddled|puzzles|remember", "memory"),
    (r"\bskin\b|picking", "hand"),
    (r"\bfalls?\b|dizzy|\bmov(?:e|ing)\b|\bstand|\bwalk|hoist|chair|\bsit\b", "walk"),
    (r"\bfoot\b|\bfeet\b", "foot"),
    (r"\bbones?\b|\bback\b|\bhips\b|joints|\blegs?\b", "bone"),
    (r"\bsleep\b|\btired\b|\bnight", "bed"),
    (r"\bsad\b|worried|\bfeel|upset|thoughts", "face"),
    (r"\bpain\b|\bhurt", "pain"),
    (r"\bsafe|\bharm", "shield"),
    (r"\bcarers?\b|family|families|helpers|\bstaff\b|friends", "people"),
    (r"\bhome\b|\bhouse|place to stay", "house"),
    (r"appointment|every year|health check|\bbook\b", "calendar"),
    (r"\bwr[io]t|\bform\b|\bletters?\b|record|passport|\bplan\b|\blist\b|papers|notes|\bcard\b|\bsheet\b", "paper"),
    (r"doctor|specialist|clinic|nurse|\btests?\b", "doctor"),
)
_COMPILED = tuple((re.compile(words, re.IGNORECASE), picture) for words, picture in _BY_WORD)


def picture_for(text: str) -> str:
    """The picture for a text; two speech bubbles where no word of it has one.

    >>> picture_for("A dentist will look at your teeth."), picture_for("We will ask you again later.")
    ('tooth', 'talk')
    """
    return next((picture for words, picture in _COMPILED if words.search(text)), "talk")
