"""One piece of content in full, for a person: a rule as a clinician wants to read it, anything else key by key."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from healthcheck_cli.conditions.tree import settings_named
from healthcheck_cli.content.as_json import json_value
from healthcheck_cli.content.medicine_models import Setting
from healthcheck_cli.content.models import Content, Example, Rule, Theme
from healthcheck_cli.content.monitoring_models import Interval, MonitoringTest
from healthcheck_cli.content.overlay_models import ChangeKind
from healthcheck_cli.content.setting_words import setting_in_words, where_set
from healthcheck_cli.content.spans import Span
from healthcheck_cli.content.support import Support

WIDTH = 80
_EMPTY: tuple[object, ...] = ("", None, [], {})
_SUPPORT_KEYS = ("basis", "sources", "reviewed", "review_due", "signed_off_by")


def named(content: Content, name: str) -> list[tuple[str, Any]]:
    """Everything of that name or id, with its kind: a fact and its question share theirs."""
    return [(kind, things[name]) for kind, things in _by_kind(content).items() if name in things]


def all_names(content: Content) -> frozenset[str]:
    """Every name that can be shown."""
    return frozenset().union(*_by_kind(content).values())


def _by_kind(content: Content) -> Mapping[str, Mapping[str, Any]]:
    return {
        "rule": content.rules,
        "theme": content.themes,
        "question": content.questions,
        "section": {section.id: section for section in content.sections},
        "fact": content.facts,
        "problem group": content.problem_groups,
        "medicine": content.medicines,
        "product": content.products,
        "class": content.classes,
        "scale": content.scales,
        "check score": content.scores,
        "cross check": content.cross_checks,
        "monitoring test": content.monitoring,
        "indicator": content.indicators,
        "national series": content.national_series,
        "usual reasons": content.usual_reasons,
        "adjustment": content.adjustments,
        "code to record": content.codes_to_record,
        "going well": content.going_well,
        "helper": content.helpers,
        "emergency sign": content.emergency_signs,
        "soft sign": content.soft_signs,
        "picture": content.pictures,
        "setting": content.settings,
        "source": content.sources,
    }


def shown(kind: str, thing: Any, content: Content, as_of: date) -> str:
    """The thing as text of at most 80 columns; only the address of a resource is not broken."""
    if isinstance(thing, Rule):
        return "\n".join(_rule(thing, content, as_of))
    if isinstance(thing, Theme):
        return "\n".join(_theme(thing, content, as_of))
    if isinstance(thing, Setting):
        return "\n".join(_setting(thing, content, as_of))
    if isinstance(thing, MonitoringTest):
        return "\n".join(_monitoring(thing, content, as_of))
    record = json_value(thing)
    name = record.get("id") or record.get("name") or record.get("owner") or record["declaration"]["name"]
    lines = [f"{kind} {name}"]
    for key, value in record.items():
        if key not in _SUPPORT_KEYS and value != name and value not in _EMPTY:
            lines.extend(_field(_label(key), value))
    support = getattr(thing, "support", None)
    if isinstance(support, Support):
        lines.extend(_support(support, content, as_of))
    return "\n".join(lines)


def _rule(rule: Rule, content: Content, as_of: date) -> Iterator[str]:
    yield from _wrapped(f"{rule.id} {rule.title}")
    themes = ", ".join(content.themes[it].title if it in content.themes else it for it in rule.themes)
    yield from _field("level", rule.level.value)
    for step in rule.level_if:
        yield from _field(f"{step.level.value} if", step.when.text)
    yield from _field("themes", themes)
    yield from _field("fires when", rule.when.text)
    for name in _settings_of(rule):
        yield from _field("setting", setting_in_words(name, content))
    yield from _field("says", rule.says)
    for action in rule.actions:
        yield from _field("action", f"{action.do} - {action.owner}, {action.within}")
        if action.easy_read:
            yield from _field("easy read", action.easy_read)
    used_in = {"check": "the check only", "extract": "extracts only", "both": "the check and extracts"}
    optional = {
        "not for": rule.not_for,
        "population": rule.population,
        "asks a review of": ", ".join(rule.asks_a_review_of),
        "stands for": ", ".join(rule.supersedes),
        "rider": "said only beside another finding" if rule.rider else "",
    }
    for label, text in optional.items():
        if text:
            yield from _field(label, text)
    yield from _field("used in", used_in[rule.applies])
    yield from _field("status", rule.status)
    if rule.off_until is not None:
        yield from _field("switched off until", f"{rule.off_until.isoformat()}{_by_whom_and_why(rule, content)}")
    yield from _support(rule.support, content, as_of)
    for example in rule.examples:
        yield from _field(f"example {example.expect.value}", _example(example))
    yield from _field("file", str(rule.place))


def _by_whom_and_why(rule: Rule, content: Content) -> str:
    for overlay in content.overlays:
        for change in overlay.of_kind(ChangeKind.SWITCHED_OFF):
            if change.id == rule.id:
                return f" by overlay {overlay.name}: {change.because}"
    return ""


def _theme(theme: Theme, content: Content, as_of: date) -> Iterator[str]:
    yield f"theme {theme.id}"
    yield from _field("title", theme.title)
    yield from _field("plain words", theme.plain_words)
    cited: dict[str, None] = {}
    for label, told in (("why", theme.why), ("carer advice", theme.carer_advice)):
        if told is not None:
            yield from _field(label, told.text)
            yield from _field("rests on", _rests_on(told.support))
            cited.update(dict.fromkeys(told.support.sources))
    for it in theme.resources:
        yield from _field("resource", f"{it.title}, {it.publisher} ({_rests_on(it.support)})")
        yield f"      {it.address}"
        cited.update(dict.fromkeys(it.support.sources))
    yield from _field("place", str(theme.place))
    yield from _support(theme.support, content, as_of, tuple(it for it in cited if it not in theme.support.sources))


def _monitoring(test: MonitoringTest, content: Content, as_of: date) -> Iterator[str]:
    yield f"monitoring test {test.id}"
    yield from _field("title", test.title)
    yield from _field("goes with", ", ".join(test.of))
    if test.who is not None:
        yield from _field("for", test.who.text)
    yield from _field("last done by", test.test)
    if test.base is not None:
        yield from _field("at the start", f"one up to {test.base.text} before it or later counts")
    for first in test.first:
        yield from _field("after the start", f"{first.after.text} (one from {first.counts_from.text} on counts)")
    for interval in test.intervals:
        yield from _field("again", f"{_interval(interval)} ({_rests_on(interval.support)})")
    for threshold in test.thresholds:
        yield from _field("to hear of", f"{threshold.says} ({_rests_on(threshold.support)})")
    if test.told_by:
        yield from _field("told by", ", ".join(test.told_by))
    if test.note:
        yield from _field("note", test.note)
    yield from _field("place", str(test.place))
    supports = [it.support for it in test.first]
    supports += [it.support for it in test.intervals] + [it.support for it in test.thresholds]
    cited = dict.fromkeys(source for support in supports for source in support.sources)
    yield from _support(test.support, content, as_of, tuple(it for it in cited if it not in test.support.sources))


def _interval(interval: Interval) -> str:
    late = ""
    if interval.overdue_after != interval.every:
        late = f", overdue after {interval.overdue_after.text}{_by_setting(interval.overdue_after)}"
    where = f" for the first {interval.for_first.text}" if interval.for_first is not None else ""
    where += f" where {interval.when.text}" if interval.when is not None else ""
    return f"every {interval.every.text}{_by_setting(interval.every)}{late}{where}"


def _by_setting(span: Span) -> str:
    return f" (setting {span.setting})" if span.setting else ""


def _setting(setting: Setting, content: Content, as_of: date) -> Iterator[str]:
    yield f"setting {setting.id}"
    yield from _field("title", setting.title)
    yield from _field("set to", f"{setting.shown}, {where_set(setting.id, content)}")
    if setting.between is not None:
        low, high = setting.between
        yield from _field("may be", f"{low:g} to {high:g} {setting.unit}")
    read_by = [it.id for it in content.rules.values() if setting.id in _settings_of(it)]
    read_by += [it.id for it in content.monitoring.values() if setting.id in _settings_of_test(it)]
    if read_by:
        yield from _field("read by", ", ".join(read_by))
    yield from _field("place", str(setting.place))
    yield from _support(setting.support, content, as_of)


def _settings_of(rule: Rule) -> tuple[str, ...]:
    conditions = (rule.when, *(step.when for step in rule.level_if))
    return tuple(dict.fromkeys(name for condition in conditions for name in settings_named(condition)))


def _settings_of_test(test: MonitoringTest) -> frozenset[str]:
    return frozenset(span.setting for it in test.intervals for span in (it.every, it.overdue_after))


def _rests_on(support: Support) -> str:
    basis = support.basis.value.replace("_", " ")
    return f"{basis}: {', '.join(support.sources)}" if support.sources else basis


def _example(example: Example) -> str:
    parts = [f"{key}: {_inline(json_value(value))}" for key, value in example.record.items()]
    if example.level is not None:
        parts.append(f"(at level {example.level.value})")
    if example.missing:
        parts.append(f"(missing: {', '.join(example.missing)})")
    return "; ".join(parts) or "nothing known"


def _support(support: Support, content: Content, as_of: date, parts_cite: tuple[str, ...] = ()) -> Iterator[str]:
    yield from _field("basis", support.basis.value.replace("_", " "))
    yield from _cited((*support.sources, *parts_cite), content)
    yield from _field("signed off by", support.signed_off_by or "nobody yet: needs a clinician's sign-off")
    if support.reviewed is not None:
        yield from _field("reviewed", support.reviewed.isoformat())
    if support.review_due is not None:
        overdue = " (overdue)" if support.review_due < as_of else ""
        yield from _field("review due", support.review_due.isoformat() + overdue)


def _cited(sources: Iterable[str], content: Content) -> Iterator[str]:
    for source_id in sources:
        source = content.sources.get(source_id)
        cited = "not in the list of sources"
        if source is not None:
            cited = f"{source.title}, {source.publisher}" + (f", {source.year}" if source.year else "")
        yield from _field("source", f"{source_id}: {cited}")


def _field(label: str, value: object) -> Iterator[str]:
    lead = f"  {label}: "
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield lead.rstrip()
        for item in value:
            yield from _wrapped(_inline(item), "    - ")
    else:
        yield from _wrapped(_inline(value), lead)


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        given = {key: item for key, item in value.items() if item not in _EMPTY}
        return ", ".join(f"{_label(key)} {_inline(item)}" for key, item in given.items())
    if isinstance(value, list):
        return ", ".join(map(_inline, value)) or "none"
    return str(value)


def _label(key: str) -> str:
    """A key as words; the name of a fact or a question stays as it is."""
    return key if "." in key else key.replace("_", " ")


def _wrapped(text: str, lead: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * min(len(lead), 6), break_on_hyphens=False
    ) or [lead.rstrip()]
