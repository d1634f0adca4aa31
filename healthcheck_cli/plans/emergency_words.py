"""What stands around the signs to call 999 for, in easy words: the same on the form for home and the person's own plan.

The signs are content (``checklists/easy_read/emergency_signs.yaml``). Basis of these words: proposed. No clinician has
signed them off.
"""

from __future__ import annotations

CALL_999_IF = "Call 999 if:"
NOT_THAT_ILL = (
    "Are you ill, but not that ill?",
    "Call 111 or your surgery today.",
    "Tell someone who helps you.",
)
