"""What a plan and the JSON say of overlays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from healthcheck_cli.content.overlay_models import ChangeKind, LocalChange, Overlay
from healthcheck_cli.content.support import Place
from healthcheck_cli.plans.as_json import json_text
from healthcheck_cli.plans.local_changes import local_change_in_words
from healthcheck_cli.plans.markdown import plan_markdown
from tests.plans.small_review import AS_OF, CONTENT, HOSTILE, PERSON, REVIEW
from tests.plans.test_json_shapes import validator

_PLACE = Place("local/overlay.yaml")


CHANGES = (
    LocalChange(ChangeKind.SWITCHED_OFF, "rule", "STOMP-05", _PLACE, "A clinic does it.", until=AS_OF),
    LocalChange(ChangeKind.SET, "setting", "headline_scale", _PLACE, "The trust.", "acbcalc", "aec"),
    LocalChange(ChangeKind.REWORDED, "question", "bowel.pain", _PLACE, "Shorter.", "Does it hurt?", "Sore?"),
    LocalChange(ChangeKind.ADDED, "rule", "NT-01", _PLACE, now="Ours"),
)
OVERLAY = Overlay("north-town", "North Town", "2026.11.0", "d" * 64, CHANGES, _PLACE)


def test_each_change_is_a_line_with_its_reason() -> None:
    assert [local_change_in_words(it, AS_OF) for it in CHANGES] == [
        f"Switched off: rule STOMP-05, until {AS_OF.day} {AS_OF:%b %Y}. Reason: A clinic does it.",
        "Set: headline_scale to aec, shipped as acbcalc. Reason: The trust.",
        "Reworded: question bowel.pain. Reason: Shorter.",
        "Added: rule NT-01, Ours",
    ]
    assert local_change_in_words(CHANGES[0], AS_OF + timedelta(days=1)).startswith("No longer switched off: ")


def test_the_json_of_overlays_fits_its_schema() -> None:
    document = json.loads(json_text(REVIEW, replace(CONTENT, overlays=(OVERLAY,))))
    validator("review").validate(document)
    del document["tool"]["overlays"][0]["sha256"]
    assert not validator("review").is_valid(document)


def test_no_text_of_an_overlay_can_break_a_plan() -> None:
    hostile = replace(OVERLAY, title=HOSTILE, changes=(replace(CHANGES[0], because=HOSTILE, until=date(2030, 1, 1)),))
    plain = plan_markdown(REVIEW, PERSON, CONTENT)
    text = plan_markdown(REVIEW, PERSON, replace(CONTENT, overlays=(hostile,)))
    extra = [line for line in text.splitlines() if line not in plain.splitlines()]
    assert extra[0].startswith("- Local changes: ")
    assert not [line for line in extra if not line.startswith(("- ", "  "))]
