"""Facts that take arithmetic or several answers: one function for each, under the fact's own name.

A fact whose content file says ``computed: true`` and that is not here yet is unknown, and is listed as such.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.facts.computed import (
    against_last_check,
    body,
    changes,
    consent,
    daily_life,
    feedback,
    measurements,
    medicines,
    mood,
    past_year,
    person,
    reviews,
    scores,
    since_last_check,
    swallowing,
    today,
)
from healthcheck_cli.facts.computed.shared import Compute, OwnFeed

OWN_FEEDS: tuple[OwnFeed, ...] = (*measurements.FEEDS, *reviews.FEEDS, *scores.FEEDS, *body.FEEDS)
"""All that computations ask the record for beside the feeds of the content."""

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
    **body.COMPUTATIONS,
    **daily_life.COMPUTATIONS,
    **past_year.COMPUTATIONS,
    **changes.COMPUTATIONS,
    **feedback.COMPUTATIONS,
    **against_last_check.COMPUTATIONS,
    **since_last_check.COMPUTATIONS,
}
