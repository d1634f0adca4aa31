"""The attributes of a medicine line that a condition may ask about, and those that only functions read.

The meaning of each, and when it is unknown, is settled by whoever fills ``LineFacts.attributes``; an attribute that is
absent or None is unknown. Lengths of time are in days.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.vocabulary import AttributeDeclaration, AttributeType

ROUTES = ("oral", "depot", "injection", "patch", "rectal", "topical", "inhaled", "eye_ear")
RELEASES = ("immediate", "modified", "gastro_resistant")

_ALL = (
    AttributeDeclaration("prn", AttributeType.YN),
    AttributeDeclaration("regular", AttributeType.YN),
    AttributeDeclaration("route", AttributeType.WORD, ROUTES),
    AttributeDeclaration("oral", AttributeType.YN),
    AttributeDeclaration("depot", AttributeType.YN),
    AttributeDeclaration("release", AttributeType.WORD, RELEASES),
    AttributeDeclaration("taken_for", AttributeType.TIME),
    AttributeDeclaration("begun", AttributeType.TIME),
    AttributeDeclaration("begun_on", AttributeType.DATE),
    AttributeDeclaration("age_at_start", AttributeType.NUMBER),
    AttributeDeclaration("supply", AttributeType.TIME),
    AttributeDeclaration("issues_6m", AttributeType.NUMBER),
    AttributeDeclaration("issues_12m", AttributeType.NUMBER),
    AttributeDeclaration("daily_mg", AttributeType.NUMBER),
    AttributeDeclaration("mg_per_kg", AttributeType.NUMBER),
    AttributeDeclaration("percent_of_max", AttributeType.NUMBER),
    AttributeDeclaration("level", AttributeType.NUMBER),
    AttributeDeclaration("max_stated", AttributeType.YN),
    AttributeDeclaration("reason_stated", AttributeType.YN),
    AttributeDeclaration("product_named", AttributeType.YN),
    AttributeDeclaration("product_changed", AttributeType.YN),
    AttributeDeclaration("hospital", AttributeType.YN),
    AttributeDeclaration("listed", AttributeType.YN),
    AttributeDeclaration("switching", AttributeType.YN),
    AttributeDeclaration("reviewed_since_start", AttributeType.YN),
    AttributeDeclaration("team_review_since_start", AttributeType.YN),
    AttributeDeclaration("start_checks_done", AttributeType.YN),
    AttributeDeclaration("within", AttributeType.TIME),
)

LINE_ATTRIBUTES: Mapping[str, AttributeDeclaration] = {attribute.name: attribute for attribute in _ALL}
"""The standard attributes, by name."""

WITHIN = "within"
"""The one attribute that only ``reduced(…)`` knows."""

KEPT_AS: Mapping[str, str] = {WITHIN: "reduced_ago"}
"""Attributes that ``LineFacts.attributes`` holds under another name than conditions use."""

LAPSED = "lapsed"
REDUCED = "reduced"
DUPLICATE = "duplicate"
PERCENT_AT_TOP = "percent_at_top"
GAIN_SINCE_START = "gain_since_start"
BEGUN_ON = "begun_on"
DECIDES_CLASS = "daily_mg"
"""What would settle whether a line is in a class it is only possibly in."""

READ_BY_FUNCTIONS: Mapping[str, AttributeDeclaration] = {
    attribute.name: attribute
    for attribute in (
        AttributeDeclaration(LAPSED, AttributeType.YN),
        AttributeDeclaration(REDUCED, AttributeType.YN),
        AttributeDeclaration(DUPLICATE, AttributeType.YN),
        AttributeDeclaration(PERCENT_AT_TOP, AttributeType.NUMBER),
        AttributeDeclaration(GAIN_SINCE_START, AttributeType.NUMBER),
    )
}
"""Attributes that conditions cannot name: ``lapsed(…)``, ``reduced(…)`` and the like look at them."""
