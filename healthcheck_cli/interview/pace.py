"""How long what is left will take. The seconds are this project's guess, for a nurse at a desk."""

from __future__ import annotations

import math
from collections.abc import Iterable

from healthcheck_cli.content.models import Question

SECONDS = {"yn": 5, "choice": 7, "multi": 9, "num": 10, "date": 9, "text": 20, "table": 35}
"""By type of question (proposed): from the question on the screen to the answer kept."""


def minutes_for(questions: Iterable[Question]) -> int:
    """Whole minutes for these questions, rounded up.

    >>> minutes_for([])
    0
    """
    return math.ceil(sum(SECONDS.get(question.type, 10) for question in questions) / 60)
