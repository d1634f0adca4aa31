"""The fixed words of the page for carers and support staff: short sentences, everyday words.

The signs of getting ill, and those to call 999 for, are content (``checklists/easy_read``).

Basis, by the ids of drug_rules/sources.yaml. How to say it (SBARD): usual practice. What a passport holds, and that
this page is none: leder-s84. What is usual on a good day: check-s82. The kinds of poo: the labels of the question
bowel.type. All else is proposed. No clinician has signed these words off.
"""

from __future__ import annotations

TITLE = "Page for carers and support staff"
FIRST = "A nurse, doctor or pharmacist goes through this page with you before you use it."
ABOUT = "It tells you what to look out for, what to do, and when to get help. It comes from the health check."
NAME = "Name of the person"
AGREED = ("The person agrees that I have this page.", "Others decided it with care for what is best for the person.")

TODAY_HEADING = "Today"
TODAY = "Some things cannot wait. The practice is dealing with them today. Ask what you need to do."

TO_DO_HEADING = "What you are asked to do"
TO_DO = ("What", "By")
ASKED_NOTHING = "Nothing has been put on this page for you to do. Ask the nurse what you can help with."

HELP_HEADING = "When to get help"
CALL_999 = "Call 999 if the person:"
CALL_111 = "Are they ill, but not that ill? Ring the practice or 111 the same day."
NUMBERS = ("Phone number of the practice", "Phone number for nights and weekends", "Learning disability team")

WATCH_HEADING = "What to watch for"
CANNOT_WAIT = " (this cannot wait)"
TUBE_ONLY = (
    "We were told that this person has all food by tube. What is said here of meals, drinks and mouthfuls is not for "
    "them. Follow their feeding plan."
)
A_TUBE = "We were told that this person has a feeding tube. Follow their feeding plan."
NOTHING_TO_WATCH = "The check did not find one thing to watch more than others. If you see a change, tell the practice."
NOT_LOOKED_AT = "We could not look at all of this person's health. We do not know enough yet about:"
STILL_TELL = "If you see a change in any of these, tell the practice."
READ_HEADING = "Where to read more"

SIGNS_HEADING = "Is the person getting ill?"
SIGNS = (
    "You know the person best. Think of how they are on a good day. How are they now?",
    "Is one of these different? Ring the practice the same day. Do you feel that something is wrong? Say so, even if "
    "you cannot say why.",
)
SIGNS_TABLE = ("Today, this is", "the same", "different", "I do not know")
SAY_IT = "What to say when you ring:"
SBARD = (
    "What is going on: who you are, who is ill, what worries you.",
    "What came before: their health, their medicines, how they are on a good day.",
    "What you see now: what is different, and since when.",
    "What you ask for: a visit, a call back, advice.",
    "What was agreed: write it down, with the time.",
)
TOOL = "There is a known tool for this with training. We link to it and do not copy it:"

USUAL_HEADING = "What is usual for me"
USUAL = "Fill this in with the person, on a good day. It helps others to see when they are ill."
USUAL_TABLE = ("On a good day", "What is usual for me")
USUAL_ROWS: tuple[tuple[str, str], ...] = (
    ("How I breathe", ""),
    ("The colour of my skin and lips", ""),
    ("How I sleep", ""),
    ("How I eat and drink", ""),
    ("My mood, and how I act", ""),
    ("How I move", ""),
    ("How often I poo, and what it is like", ""),
    ("How often I pee", ""),
    ("How I talk to people", "comm.speaks"),
    ("How I show yes and no", "comm.yes_no"),
    ("How I show pain", "pain.how_shown"),
    ("What a good day is like", "pre.good_day"),
)
"""What is asked, and the question of the check whose answer says it ("" where it is only written by hand)."""

PASSPORT_HEADING = "For the hospital passport"
PASSPORT = (
    "A passport belongs to the person. They choose what is in it and who sees it. This page is not a passport. Here "
    "are things they may want to add."
)
PASSPORT_TABLE = ("What staff in a hospital need to know", "What we were told")
PASSPORT_ROWS: tuple[tuple[str, str], ...] = (
    ("The name I like", ""),
    ("How to give me information", "comm.format"),
    ("How well I understand", "comm.understands"),
    ("What helps me", "ra.needs"),
    ("What frightens me", "ra.fears"),
    ("What I am allergic to", "allergy.list"),
    ("Food", "swallow.iddsi_food"),
    ("Drinks", "swallow.iddsi_drink"),
    ("Medicine for a long fit", "epi.rescue"),
    ("Things I use: glasses, hearing aids, chair", ""),
    ("People who matter to me, and who to phone", ""),
)
PASSPORT_HAS = "Passport"
PASSPORT_MISSING = "Missing from it"
PASSPORT_NOT_ASKED = "Nobody asked yet if there is a passport."

VISITS_HEADING = "What makes visits easier"
VISITS_NEEDS = "What helps"
VISITS_FEARS = "What is frightening"
VISITS_UNKNOWN = "Nobody told us yet. Ask the person, and tell the practice."

MEDICINES_HEADING = "Medicines, and what each is for"
MEDICINES = (
    "This is not a medicine chart. Follow the label and the chart you have.",
    "Do not stop or change from this list: talk to the practice first. A sudden gap can do harm.",
)
MEDICINES_TABLE = ("Medicine", "What it is for, in the record")
NOT_COUNTED = "Written on the list, and not counted:"
TELL_IF_TAKEN = "Tell us if this is taken."
NO_MEDICINES = "No medicine is on the list we were given."
NOT_WHOLE = "The list may leave some out. Tell us of others, from a hospital or a shop too."

CHART_HEADING = "Bowel chart"
CHART = (
    "Write down each poo, and each day without one. Bring this to the practice.",
    "Kinds of poo, by number:",
)
CHART_TABLE = ("Day", "Time", "Kind, 1 to 7", "How much", "Pain or blood", "Who saw it")
CHART_ROWS = 14

NEXT_HEADING = "Next"
