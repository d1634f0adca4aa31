"""Sentences of the clinician's plan that are the same in every format."""

from __future__ import annotations

URGENT_HEADING = "URGENT: ACT BEFORE THE PERSON LEAVES, OR THE SAME DAY"
URGENT_INTRO = (
    "Call 999 where it says so below, or if the person is getting worse now. Otherwise a named clinician takes each of "
    "these on today."
)
STILL_OPEN_HEADING = "Urgent in an earlier plan, past its day, and nobody has said that it was done"
STILL_OPEN_MORE = "with the actions of the last plan, below"
AGREED_HEADING = "Agreed with the person"
TO_AGREE_HEADING = "To be agreed with the person"
NOT_SAID = "not said"
FIND_OUT_HEADING = "Not known, and it matters"
FIND_OUT_INTRO = (
    "All else of these urgent and high rules holds for this person. Only what stands here keeps them from being "
    "findings, or from being clear. Not known is not no."
)
OPEN_FOR_THAT = "Open until then"
WITHDRAWN_HEADING = "Alerts that were withdrawn"
DO_NOT_STOP = "Do not stop suddenly."
BURDEN_HEADING = "Burdens, scale by scale"
NO_BURDEN = "No medicine that was read on this list adds to a scale."
NOT_ADDED = "Scales are set side by side and never added together."
OPTIONS_HEADING = "Options with a lower burden, to discuss with the person and the prescriber"
ALONE = (
    "A rule stands under each thing that it waits for; with + it waits for something else too. A thing stands under "
    "the most pressing level of a rule that waits for it."
)
CODES_NOTE = (
    "Look each up in the current release before it is entered: none was checked against one. Where no source that was "
    "read gives a code, it is chosen locally."
)
NOT_COMPLETE = "Not yet a completed check; do not add the code while this stands:"
NOT_YET = "not yet"
LOCAL_CODE = "to be chosen locally"
SIGNERS = ("The person, or who decides with them", "Clinician")
ACCEPTED_NOTE = "not counted above and not among the actions. Each comes back the day after its date."
MEDICINES_NOTE = (
    "score on the headline scale, named under Burdens. Bowel: constipating level, 0 to 3, this project's own; a dash "
    "is 0 or not graded. The maximum is the BNF's for the route; unconfirmed: not read in a source, to be checked. A "
    "score in brackets is counted in another row."
)
UNRECOGNISED_NOTE = "Each of these makes every total and every count of medicines a range. Please look at them."
NO_MEDICINES = "No medicine line is counted as taken now."
NO_TEST = "no test in the table"
