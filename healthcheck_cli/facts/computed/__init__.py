"""Facts that take arithmetic or several answers: one function for each, under the fact's own name.

A fact whose content file says ``computed: true`` and that is not here yet is unknown, and is listed as such.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.facts.computed import (
    consent,
    measurements,
    medicines,
    mood,
    person,
    reviews,
    scores,
    swallowing,
    today,
)
from healthcheck_cli.facts.computed.shared import Compute

COMPUTATIONS: Mapping[str, Compute] = {
    **person.COMPUTATIONS,
    **measurements.COMPUTATIONS,
    **today.COMPUTATIONS,
    **medicines.COMPUTATIONS,
    **reviews.COMPUTATIONS,
    **mood.COMPUTATIONS,
    **consent.COMPUTATIONS,
    **swallowing.COMPUTATIONS,
    **scores.COMPUTATIONS,
}
