"""What could not wait in a check, and what became of it: who has taken it on, or which answer was put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Alert:
    """Something that could not wait. ``key`` is the rule, or the question and the answer, that raised it.

    When it was raised, seen, accepted and withdrawn is what became of it, and no part of what it is: alerts are equal
    without. ``accepted`` is None while nobody has taken it on. ``withdrawn`` is when the answer to ``put_right`` was
    changed so that the reason for it is gone.
    """

    key: str
    says: str
    action: str
    raised: datetime | None = field(default=None, compare=False)
    seen: datetime | None = field(default=None, compare=False)
    accepted: datetime | None = field(default=None, compare=False)
    accepted_by: str = field(default="", compare=False)
    withdrawn: datetime | None = field(default=None, compare=False)
    put_right: str = field(default="", compare=False)

    @property
    def question(self) -> str:
        """The question whose answer is the alert; empty where a rule raised it.

        >>> Alert("bowel.red_flags:severe_pain", "", "").question, Alert("CON-02", "", "").question
        ('bowel.red_flags', '')
        """
        name, colon, _ = self.key.partition(":")
        return name if colon else ""

    @property
    def waits(self) -> bool:
        """Does it wait for somebody to take it on?"""
        return self.accepted is None and self.stands

    @property
    def stands(self) -> bool:
        """Has no answer taken it back?"""
        return self.withdrawn is None
