"""The fixed words of the adjustments page.

Basis, by the ids of drug_rules/sources.yaml: the flag leder-s81, leder-s82, leder-s106 and leder-s107; what somebody
needs to communicate leder-s95; Ask Listen Do leder-s90 and leder-s91. All else is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping

TITLE = "Reasonable adjustments: draft for the flag, and what people told us"
DRAFT = (
    "Draft. Nothing was entered anywhere. A member of staff goes through it with the person and enters the flag: the "
    "codes come from drafts of the national value sets, so look each up before use."
)
FOR_STAFF_ONLY = "For staff of the practice: do not hand this page out."
WHO = "Name, date of birth and NHS number"

SAME_DAY_HEADING = "Same day: safeguarding"
SAME_DAY = "This does not wait in a list. Ask the safeguarding team first whom to speak to."
TOLD_WITH_FEEDBACK = "{number} told with the feedback: the words are in the answers of the check (feedback.items)."
SAFETY_NOT_KNOWN = (
    "Whether anybody hurts or frightens the person is not known: it was not asked, or they would not say. That is "
    "not a no."
)

FLAG_HEADING = "The flag"
FLAG_ROWS: tuple[tuple[str, str], ...] = (
    ("On the record", "ra.flag_status"),
    ("Others may see it", "ra.flag_consent"),
    ("Needs reviewed and flag checked at this check", "comm.reviewed"),
    ("Adjustments made last year", "ra.last_year_met"),
    ("Health passport", "passport.has"),
)
CONSENT_ROUTES: Mapping[str, str] = {
    "consents": "001 patient consent",
    "best_interests": "002 best-interest decision",
    "legal_proxy": "003 health and welfare attorney, deputy or equivalent",
}
"""Answer on agreement → route of consent in the draft standard."""
REFUSED = "The person does not agree that others see this. It stays in this practice's own record."
NOT_AGREED_YET = "No agreement is recorded. Ask before anything is shared."

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Communication need",
        (
            "comm.speaks",
            "comm.understands",
            "comm.format",
            "comm.profile",
            "demo.interpreter",
            "demo.contact",
            "consent.advocate",
            "consent.lpa_deputy",
        ),
    ),
    ("What helps", ("ra.needs",)),
    ("What to avoid", ("ra.fears",)),
)
"""Heading → the questions whose answers stand under it, with the entries of the flag that they call for."""
TABLE = ("What was told", "Draft entry of the flag", "Category")
IN_WORDS = "in words"
IN_WORDS_UNDER = "in words, under: {entry}"
IN_THEIR_WORDS: tuple[tuple[str, str], ...] = (
    ("Shows yes and no", "comm.yes_no"),
    ("Shows pain", "pain.how_shown"),
    ("Language", "demo.language"),
    ("Faith and culture", "demo.religion_culture"),
    ("Senses", "autism.sensory"),
    ("Routine", "autism.routine"),
    ("Needles", "ra.bloods_plan"),
    ("Carer's own need for information", "comm.carer_needs"),
)
"""Texts that go on the flag as they were told."""
NO_DIAGNOSIS = "What frightens somebody is no diagnosis: whoever enters the flag decides whether such a code fits."
WORDS_HEADING = "In the words that were told"

CONTACT_HEADING = "Who to contact"
CONTACT_TABLE = ("Name", "Who they are", "Number", "Legal role")
NO_CONTACT = "Nobody was named. Ask, and do not take a name from elsewhere without asking."
MAIN_CARER = "Main carer"

ASK_HEADING = "To ask about, from what was found"
ASK = "These are entries of the flag that go with what the check found. Ask whether each is wanted."
ASK_TABLE = ("Entry of the flag", "Category", "Because this was found")

NOT_KNOWN_HEADING = "Not known"

FEEDBACK_HEADING = "What people told us (Ask, Listen, Do)"
FEEDBACK = (
    "Ask, with adjustments. Listen, and say sorry where it is due. Do something useful in good time, and tell them "
    "what. Anyone on the staff can take it; a complaint can go to the provider or to the commissioner."
)
FEEDBACK_TABLE = (
    "Kind, and who told it",
    "What was said",
    "What they want",
    "Passed to; reply by",
    "Reply, and what changed",
)
ASK_ABOUT = (
    "What is going well with your health care, and what is not?",
    "Did we make the changes that you need?",
    "Did you understand last year's plan, and what happened because of it?",
    "Is anything worrying you that nobody has listened to?",
    "Do you want help from an advocate? May we share this?",
)
"""What to ask people about their care: this project's proposal, in short."""
NOTHING_TOLD = "Asked, and nothing was told."
NOT_ASKED = "It is not recorded that anybody was asked what they think of the care (feedback.items). Ask."
EMPTY_ROWS = 2
