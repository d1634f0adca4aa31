"""When to call 999 and 111, in easy words: the same on the form for home and on the person's own plan.

Basis. The signs: general knowledge; the 5 minutes of a seizure: check-s84 in drug_rules/sources.yaml. All else is
proposed. No clinician has signed these words off.
"""

from __future__ import annotations

CALL_999_IF = "Call 999 if:"
SIGNS_FOR_999 = (
    "you cannot breathe well",
    "your lips or skin are blue or grey",
    "you are choking and it does not stop",
    "your chest hurts",
    "your face drops, your arm is weak or your words are not clear",
    "you are being sick and your tummy is hard and big",
    "you are about to hurt or kill yourself",
    "a fit lasts more than 5 minutes, or longer than your plan says",
    "nobody can wake you (this one is for your helper)",
)
NOT_THAT_ILL = (
    "Are you ill, but not that ill?",
    "Call 111 or your surgery today.",
    "Tell someone who helps you.",
)
