"""The wording rules: what no text may say, and what may be said although it uses the same words."""

from __future__ import annotations

import pytest

from healthcheck_cli.content.medicine_words import MedicineWords
from healthcheck_cli.content.wording import wording_problems

MEDICINES = MedicineWords(
    ["risperidone", "aripiprazole", "metformin", "ramipril", "Priadel", "St John's wort", "beta blockers", "iron"]
)

FORBIDDEN = [
    "Stop the risperidone.",
    "Stop risperidone",
    "Please start Laxido.",
    "Ask the prescriber to stop the clozapine.",
    "They should stop taking it.",
    "{medicines}: stop this week.",
    "Do not start another antipsychotic.",
    "Check the letters and stop the medicine.",
    "Reduce the dose by a quarter.",
    "Reduce to 1 mg.",
    "Increase to twice a day.",
    "It is best to switch to olanzapine.",
    "Change it at the next visit.",
    "Consider stopping risperidone.",
    "This medicine should be stopped.",
    "The dose must be reduced.",
    "Take 2 tablets at night.",
    "Give 5 mg at once.",
    "This is an inappropriate medicine.",
    "It is unnecessary.",
    "The combination is unsafe.",
    "This is the wrong dose.",
    "The dose is wrong.",
    "The result is normal.",
    "Blood pressure was normal.",
    "All results are safe.",
    "It is safe to continue.",
    "Weight within normal limits.",
    "No action needed.",
    "No further action is required.",
    "Contraindicated for you.",
    "Risperidone is given for behaviour.",
    "There is no reason for this medicine.",
    "They can be managed without a specialist.",
    "Stop the medicine and check letters and the specialist plan",
    "Stop risperidone and review in 2 weeks",
    "Stop the risperidone before review",
    "Start risperidone then review",
    "Start with a laxative",
    "Deprescribe the antipsychotic",
    "Discontinue",
    "Check the letters and discontinue",
    "Taper and stop",
    "Come off the medicine",
    "Take risperidone off repeat and discontinue",
    "Take Priadel off repeat",
    "Remove the medicine from repeat",
    "Medicine to be stopped",
    "Antipsychotic to be tapered off",
    "The medicine needs stopping",
    "The medicine should not be taken.",
    "Titrate up to 10 mg",
    "Cut the dose by a quarter",
    "Reduce by 25% each month",
    "Dose down by 25%",
    "Step up the bowel plan",
    "Halve the dose",
    "Increase ramipril",
    "Reduce the metformin",
    "Withhold the metformin",
    "Hold the next dose",
    "Give aripiprazole",
    "Use aripiprazole instead",
    "Try aripiprazole 5 mg",
    "Add a laxative",
    "Add St John's wort",
    "Consider adding beta blockers",
    "Ask the prescriber to add a laxative",
    "Review the chart and give aripiprazole",
    "All normal",
    "Bloods: all normal",
]

ALLOWED = [
    "When did it start?",
    "Did you stop taking it?",
    "Which laxative has been stopped?",
    "Do not stop suddenly.",
    "Do not stop clozapine suddenly.",
    "Sudden stopping can cause harm. Decisions belong to the person and the prescriber.",
    "Do not stop or change from this list.",
    "{medicines}: no reason found in the record up to {as_of}.",
    "Start date of the newest issue.",
    "Offer help to stop smoking.",
    "Start a bowel chart.",
    "Stop the check and call 999.",
    "Discuss with the team whether the medicine should be stopped.",
    "Was begun in 2019 and changed to modified release in 2021.",
    "A plan to stop it was agreed in March.",
    "Check whether the swallow is safe.",
    "What is normal for you?",
    "Bowels that are not normal for them",
    "Someone close to them feels that something is wrong.",
    "Follow the safe swallowing plan.",
    "No rule fired on what was recorded.",
    "Call 999 now.",
    "Give the rescue medicine as the care plan says.",
    "Nothing it prints is an instruction to stop, start or change a medicine.",
    "Stop driving and tell the DVLA",
    "Start the conversation about the medicine",
    "Start a medicines review",
    "Start with the bowel chart",
    "Add a code for the learning disability",
    "Add the medicine list to the letter",
    "Give easy-read medicine leaflets",
    "Use the pain chart",
    "Ask whether risperidone should be reviewed",
    "Ask the prescriber whether to stop the medicine",
    "Ask the prescriber whether the dose should be reduced.",
    "Does the guidance say: reduce the dose?",
    "Cut down on salt",
    "Reduce salt and caffeine",
    "Increase iron in the diet",
    "Take a list of medicines to hospital",
    "Bring the medicines to the appointment",
    "Ask what the bowel plan says for this many days, and ask the prescriber whether it needs to change",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_text_that_tells_or_judges_is_refused(text: str) -> None:
    assert wording_problems(text, MEDICINES)


@pytest.mark.parametrize("text", ALLOWED)
def test_text_that_asks_or_reports_is_allowed(text: str) -> None:
    assert wording_problems(text, MEDICINES) == []


def test_the_words_that_say_it_are_shown() -> None:
    text = "Ask about pain. Then\nreduce to 1 mg, as the result is normal."
    assert wording_problems(text) == [
        "says 'reduce to', 'increase to' or 'switch to': 'reduce to'",
        "calls a result safe or normal: 'is normal'",
    ]
