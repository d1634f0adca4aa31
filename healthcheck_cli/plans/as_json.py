"""A review as the machine-readable shapes of the schemas review and review-person: one object, or one person a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Content
from healthcheck_cli.findings import AcceptedFinding, Finding, NotAssessed, PersonReview, Review, ThemeState
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.medicines.models import (
    Burden,
    BurdenItem,
    ConstipatingLoad,
    EquivalentDose,
    IngredientRead,
    LowerBurdenOption,
    MedicineRead,
)
from healthcheck_cli.plans.alert_parts import alerts_to_json
from healthcheck_cli.plans.changes import Changes
from healthcheck_cli.plans.changes_json import changes_to_json
from healthcheck_cli.plans.provenance import ledger_to_json, provenance_of
from healthcheck_cli.plans.words import classes_that_tell
from healthcheck_cli.record import Acceptance

Json = dict[str, Any]


def review_to_json(review: Review, content: Content) -> Json:
    """The whole review as one object. Ranges are ``{"low", "high"}``; ``high`` is null where there is no upper end."""
    return {
        **_provenance(review, content),
        "people": [person_to_json(person, content) for person in review.people],
        "ledger": ledger_to_json(review.ledger),
    }


def json_text(
    review: Review, content: Content, changes: Changes | None = None, alerts: Iterable[Alert] | None = None
) -> str:
    """The whole review as JSON text, indented. ``changes`` and ``alerts``, of a review of one person, are told with
    that person."""
    made = review_to_json(review, content)
    if changes is not None:
        made["people"][0]["changes"] = changes_to_json(changes, review.as_of)
    if alerts is not None:
        made["people"][0]["alerts"] = alerts_to_json(alerts)
    return _text(made, indent=2) + "\n"


def to_ndjson(review: Review, content: Content) -> str:
    """One line a person, then one line with the ledger and what the review was made with."""
    last = {"ledger": ledger_to_json(review.ledger), **_provenance(review, content)}
    lines = [_text(person_to_json(person, content)) for person in review.people]
    return "".join(f"{line}\n" for line in (*lines, _text(last)))


def _text(value: object, indent: int | None = None) -> str:
    """JSON as text. Everything outside ASCII is escaped, so that no text of a record can move a terminal's cursor."""
    return json.dumps(value, indent=indent, ensure_ascii=True, allow_nan=False)


def _provenance(review: Review, content: Content) -> Json:
    return provenance_of(content, review.as_of, review.inputs)


def person_to_json(person: PersonReview, content: Content) -> Json:
    """Everything found about one person."""
    return {
        "person_id": person.person_id,
        "age": person.age,
        "sex": person.sex,
        "complete": list(person.complete),
        "medicines": [_medicine(read, content) for read in person.medicines],
        "burden": {
            **{scale: _burden(burden) for scale, burden in person.burdens.items()},
            "constipating": _constipating(person.constipating),
        },
        "antipsychotic_percent_of_bnf_max": _interval(person.antipsychotic_percent),
        "antipsychotic_percent_of_bnf_max_without_prn": _interval(person.antipsychotic_percent_without_prn),
        "scales_disagree": [
            {"ingredient": it.ingredient, "row": it.row, "scores": dict(it.scores)} for it in person.disagreements
        ],
        "antipsychotic_equivalents": [_equivalent(it) for it in person.equivalents],
        "lower_burden_options": [
            _option(it, content) for it in person.lower_burden if it.group in content.lower_burden
        ],
        "findings": [_finding(finding) for finding in person.findings],
        "accepted": [_accepted(it) for it in person.accepted],
        "accepted_not_found": [_entry(it) for it in person.accepted_not_found],
        "could_not_assess": [_not_assessed(it) for it in person.could_not_assess],
        "themes": [_theme(theme, content) for theme in person.themes],
        "unrecognised": [
            {"row": it.row, "text": it.text, "suggestions": list(it.suggestions)} for it in person.unrecognised
        ],
        "unmatched_problems": list(person.unmatched_problems),
        "unmatched_observations": list(person.unmatched_observations),
        "unread_observations": list(person.unread_observations),
    }


def _number(value: float | None) -> float | int | None:
    """A number as JSON: whole numbers without a decimal point, null for none and for infinity."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else round(value, 6)


def _interval(interval: Interval | None, unit: str = "") -> Json | None:
    if interval is None:
        return None
    ends: Json = {"low": _number(interval.low), "high": _number(interval.high)}
    return {**ends, "unit": unit} if unit else ends


def _medicine(read: MedicineRead, content: Content) -> Json:
    return {
        "row": read.row,
        "other_issue_rows": [row.number for row in read.line.other_issues],
        "text": read.line.text,
        "dosage": read.line.dosage,
        "match": read.recognised.match.value,
        "matched_by": read.recognised.matched_by,
        "conflict": read.recognised.conflict,
        "current": read.current,
        "currency": read.currency.value,
        "currency_reason": read.currency_reason,
        "prn": read.prn,
        "route": read.route,
        "form": read.recognised.form,
        "release": read.recognised.release,
        "dosage_read": read.dosage.read,
        "ingredients": [_ingredient(ingredient, content) for ingredient in read.ingredients],
    }


def _ingredient(ingredient: IngredientRead, content: Content) -> Json:
    dose = ingredient.dose
    label = [ingredient.label] if ingredient.label not in ("", "none") else []
    return {
        "name": ingredient.name,
        "class_label": ingredient.label,
        "classes": list(dict.fromkeys([*label, *classes_that_tell(ingredient.classes, ingredient.name, content)])),
        "possible_classes": classes_that_tell(ingredient.possible_classes, ingredient.name, content),
        "daily_dose": _interval(dose.daily, dose.unit),
        "percent_of_bnf_max": _interval(dose.percent_of_max),
        "maximum_basis": dose.maximum_basis or None,
        "why_unknown": dose.why_unknown,
    }


def _burden(burden: Burden) -> Json:
    return {
        "version": burden.version,
        "low": _number(burden.total.low),
        "high": _number(burden.total.high),
        "without_prn": _interval(burden.without_prn),
        "items": [{**_item(item), "score": item.score} for item in burden.items],
        "not_on_scale": list(burden.not_on_scale),
    }


def _equivalent(found: EquivalentDose) -> Json:
    return {
        "method": found.method,
        "of": found.of,
        "daily_dose": _interval(found.total, "mg"),
        "not_held": list(found.not_held),
    }


def _option(option: LowerBurdenOption, content: Content) -> Json:
    group = content.lower_burden[option.group]
    return {
        "group": option.group,
        "ingredients": list(option.ingredients),
        "rows": list(option.rows),
        "options": group.options,
        "bowel": group.bowel,
        "basis": group.support.basis.value,
        "sources": list(group.support.sources),
    }


def _constipating(load: ConstipatingLoad) -> Json:
    return {
        "max_level": load.max_level,
        "count_level_2_3": load.count_level_2_3,
        "items": [{**_item(item), "level": item.score} for item in load.items],
    }


def _item(item: BurdenItem) -> Json:
    return {"row": item.row, "ingredient": item.ingredient, "prn": item.prn}


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "themes": list(finding.themes),
        "title": finding.title,
        "says": finding.says,
        "because": [
            {"fact": it.fact, "value": _value(it.value), "rows": list(it.rows), "shown": it.shown}
            for it in finding.because
        ],
        "rows": list(finding.rows),
        "actions": [
            {
                "do": action.do,
                "owner": action.owner,
                "within": action.within,
                "due": action.due.isoformat(),
                "easy_read": action.easy_read,
                "asked_by": action.asked_by or finding.rule,
            }
            for action in finding.actions
        ],
        "basis": finding.basis.value,
        "sources": list(finding.sources),
        "higher_if": list(finding.higher_if),
        "superseded": list(finding.superseded),
        "merged": [_finding(it) for it in finding.merged],
        "accepted_but_shown": [{**_entry(it.entry), "why": it.why.value} for it in finding.not_held],
    }


def _accepted(accepted: AcceptedFinding) -> Json:
    return {"finding": _finding(accepted.finding), "entries": [_entry(it) for it in accepted.entries]}


def _entry(entry: Acceptance) -> Json:
    return {
        "rule": entry.rule,
        "medicine": entry.medicine,
        "until": entry.until.isoformat(),
        "by": entry.by,
        "because": entry.because,
    }


def _value(value: object) -> object:
    """A value that conditions saw, with infinity as null: JSON has no word for it."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(key): _value(it) for key, it in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(it) for it in value]
    return value


def _not_assessed(it: NotAssessed) -> Json:
    return {
        "rule": it.rule,
        "level": it.level.value,
        "title": it.title,
        "themes": list(it.themes),
        "missing": list(it.missing),
    }


def _theme(theme: ThemeState, content: Content) -> Json:
    known = content.themes.get(theme.id)
    return {
        "id": theme.id,
        "title": known.title if known is not None else theme.id,
        "state": theme.state.value,
        "level": theme.level.value if theme.level is not None else None,
        "findings": list(theme.findings),
        "rules": theme.rules,
        "assessed": theme.assessed,
    }
