"""Content as plain JSON values: conditions become their text, places ``file:line:column``, dates ISO days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.overlay_models import Overlay
from healthcheck_cli.content.spans import Span
from healthcheck_cli.content.support import Place, Support


def json_value(value: object) -> Any:
    """Anything of the content as JSON values. What a record rests on is laid beside its other keys."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Condition):
        return value.text
    if isinstance(value, Span):
        return value.text
    if isinstance(value, Place):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _record(value)
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(json_value(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [json_value(item) for item in value]
    return value


def _record(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if isinstance(item, Support) and field.name == "support":
            found.update(json_value(item))
        else:
            found[field.name] = json_value(item)
    return found


def overlays_used(overlays: Iterable[Overlay]) -> list[dict[str, str]]:
    """Which overlays were laid over the content, without what they change."""
    return [{"name": it.name, "title": it.title, "version": it.version, "sha256": it.sha256} for it in overlays]


def content_list(content: Content, classes_of: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Everything that is loaded, by id. ``classes_of`` gives the classes each medicine is in."""
    return {
        "version": content.version,
        "sha256": content.sha256,
        "overlays": overlays_used(content.overlays),
        "sections": [_with(json_value(section), ("id", "title", "questions")) for section in content.sections],
        "rules": [_with(json_value(rule), _RULE_KEYS) for rule in content.rules.values()],
        "themes": json_value(tuple(content.themes.values())),
        "medicines": [
            {**_with(json_value(it), ("name", "label", "basis", "sources")), "classes": sorted(classes_of[it.name])}
            for it in content.medicines.values()
        ],
        "products": json_value(tuple(content.products.values())),
        "classes": [_with(json_value(it), ("id", "title", "basis", "sources")) for it in content.classes.values()],
        "scales": json_value(tuple(content.scales.values())),
        "facts": [
            {"name": it.name, "title": it.title, "type": it.declaration.type.value, "basis": it.support.basis.value}
            for it in content.facts.values()
        ],
        "problem_groups": [_with(json_value(it), ("id", "title", "basis")) for it in content.problem_groups.values()],
        "scores": [_with(json_value(it), ("id", "title", "basis", "sources")) for it in content.scores.values()],
        "cross_checks": [
            _with(json_value(it), ("id", "kind", "moment", "says", "basis", "sources"))
            for it in content.cross_checks.values()
        ],
        "monitoring": json_value(tuple(content.monitoring.values())),
        "indicators": json_value(tuple(content.indicators.values())),
        "national_series": json_value(tuple(content.national_series.values())),
        "usual_reasons": json_value(tuple(content.usual_reasons.values())),
        "adjustments": json_value(tuple(content.adjustments.values())),
        "codes_to_record": json_value(tuple(content.codes_to_record.values())),
        "going_well": json_value(tuple(content.going_well.values())),
        "helpers": json_value(tuple(content.helpers.values())),
        "emergency_signs": json_value(tuple(content.emergency_signs.values())),
        "soft_signs": json_value(tuple(content.soft_signs.values())),
        "pictures": json_value(tuple(content.pictures.values())),
        "settings": json_value(tuple(content.settings.values())),
        "sources": json_value(tuple(content.sources.values())),
    }


_RULE_KEYS = (
    "id",
    "title",
    "level",
    "themes",
    "applies",
    "basis",
    "sources",
    "status",
    "reviewed",
    "review_due",
    "signed_off_by",
)


def _with(record: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: record[key] for key in keys}
