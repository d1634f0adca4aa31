"""What a session says of keys, notes and alerts."""

from __future__ import annotations

X_REFUSED = "x is no answer here: this is for everyone who is asked. - not asked, d declined, u not known."
NOTE_HELP = "A note is kept beside the question. Type it, then Enter; Enter or b for none; q saves and leaves."
ALL_ASKED = "Everything has been asked: q to leave, b or g to go back."
DECLINED = "Declined. If you doubt that the person understands what it is for: g consent has the capacity questions."
NO_PLACE = "Type g and a section, as above, or the id of a question."
WHO = "Type the name and role of who has taken this on, or Enter if nobody has yet (q to save and leave)."
NOBODY_YET = "Nobody has taken this on yet. It comes again at the end, and the check cannot be finished until then."
ALERT_KEYS = (
    "At an alert: ? this help; b back to the answer that raised it, to put it right if it was mistyped; g SECTION to"
    " another question, and the alert comes again after the next answer; n a note; l, a, w and p to look something up;"
    " Enter leaves it open; q saves and leaves, and it stays open."
)
NO_KEY_HERE = f"That is an answer to a question, and this is an alert. {WHO}"
NOT_TO_BE_FOUND = "The question that raised this is not among those that are asked here: g goes to another."
WITHDRAWN = "The answer was put right, and this alert is withdrawn: {}"
STAYS_OPEN = "The alert stays open: a question without an answer is not no. Answer it, or say who takes the alert on."


def put_the_other_right(message: str, other: str) -> str:
    """An answer that cannot go with another, and the keys that lead to that one: ``other`` is its question.

    >>> put_the_other_right("It must be higher.", "meas.bp_sys")
    'It must be higher. Use b (or g meas.bp_sys) to put the other one right.'
    """
    key = f"b (or g {other})" if other else "b"
    return f"{message} Use {key} to put the other one right."
