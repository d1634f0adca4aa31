"""Lays overlays over the files of the content. What ``overlay.yaml`` may say is here, and nothing else is changed.

An overlay adds records, sets settings, rewords texts, and switches rules off until a day, each with its reason. It
never edits a condition, a level or a number of a shipped record: to replace a rule, it is switched off and another is
added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from healthcheck_cli.content import places as at
from healthcheck_cli.content.diagnostics import Problems, nearest
from healthcheck_cli.content.files import ContentFiles
from healthcheck_cli.content.hashing import content_sha256
from healthcheck_cli.content.medicine_models import Setting, value_in_words
from healthcheck_cli.content.models import Content, Question, Rule, Section, Theme, ThemeText
from healthcheck_cli.content.overlay_files import OVERLAY, OverlayTexts, kind_added_by, overlay_documents
from healthcheck_cli.content.overlay_models import ChangeKind, LocalChange, Overlay
from healthcheck_cli.content.overlay_wordings import REWORDED, lost, records_in, records_of, slots_of
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.yaml_source import Document, SpotElsewhere, YamlMapping

_Read = Callable[[RecordReader], LocalChange | None]
_Signed = TypeVar("_Signed", Rule, Setting, Question, Theme, ThemeText)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def lay_over(
    files: ContentFiles, overlays: Sequence[OverlayTexts], *, shipped_settings: bool = False
) -> tuple[Overlay, ...]:
    """Change and add to ``files``, one overlay after the other; problems are added to the files' own.

    ``shipped_settings``: what overlays set is told, and each setting stays as it is shipped.
    """
    laid: list[Overlay] = []
    for overlay in overlays:
        documents = overlay_documents(overlay, files.problems)
        head = documents.get(OVERLAY)
        if head is None or not isinstance(head.value, YamlMapping):
            if head is not None and head.value is not None:
                files.problems.add(Place(head.file), "wrong-type", "this file wants a mapping", "name: …, title: …")
            continue
        alone = len(overlay.texts) == 1
        laid.append(_Laying(files, documents, head, alone=alone, shipped_settings=shipped_settings).lay(laid))
    return tuple(laid)


def with_overlays(content: Content, overlays: Sequence[Overlay]) -> Content:
    """The content, put together from files that ``overlays`` were laid over: rules off, sign-offs of changed records
    gone, and settings at the place that set them."""
    rules, settings, themes = dict(content.rules), dict(content.settings), dict(content.themes)
    changes = [change for overlay in overlays for change in overlay.changes]
    reworded = {kind: {it.id for it in changes if _rewords(it, kind)} for kind in REWORDED}
    for change in changes:
        if change.kind is ChangeKind.SWITCHED_OFF and change.id in rules:
            rules[change.id] = replace(rules[change.id], off_until=change.until)
        elif change.kind is ChangeKind.SET and change.id in settings:
            settings[change.id] = replace(_unsigned(settings[change.id]), place=change.place)
    rules.update({name: _unsigned(rules[name]) for name in reworded["rule"] & rules.keys()})
    themes.update({name: _unsigned_theme(themes[name]) for name in reworded["theme"] & themes.keys()})
    sections = tuple(_unsigned_section(it, reworded["question"], reworded["section"]) for it in content.sections)
    return replace(content, rules=rules, settings=settings, themes=themes, sections=sections, overlays=tuple(overlays))


def _rewords(change: LocalChange, kind: str) -> bool:
    return change.kind is ChangeKind.REWORDED and change.kind_of_thing == kind


def _unsigned(thing: _Signed) -> _Signed:
    """The same, signed off by nobody: what was signed is not what it now says."""
    return replace(thing, support=replace(thing.support, signed_off_by=""))


def _unsigned_theme(theme: Theme) -> Theme:
    """Every text of the theme: which of them was reworded is not looked at."""
    why = _unsigned(theme.why) if theme.why is not None else None
    advice = _unsigned(theme.carer_advice) if theme.carer_advice is not None else None
    return replace(_unsigned(theme), why=why, carer_advice=advice)


def _unsigned_section(section: Section, questions: Collection[str], sections: Collection[str]) -> Section:
    """A section has no sign-off of its own: where its words are changed, its questions are signed off no more."""
    whole = section.id in sections
    if not whole and not any(question.id in questions for question in section.questions):
        return section
    asked = (_unsigned(it) if whole or it.id in questions else it for it in section.questions)
    return replace(section, questions=tuple(asked))


@dataclass
class _Laying:
    """One overlay, being laid over the files. ``alone``: it has no other file than its head, ``overlay.yaml``;
    ``shipped_settings``: it sets nothing."""

    files: ContentFiles
    documents: dict[str, Document]
    head: Document
    alone: bool
    shipped_settings: bool

    @property
    def _problems(self) -> Problems:
        return self.files.problems

    def lay(self, before: Sequence[Overlay]) -> Overlay:
        record = RecordReader(self.head.value, self.head, self._problems)
        name, title, version = record.text("name"), record.text("title"), record.text("version")
        self._check_name(record, name, before)
        sha256 = content_sha256(self.documents)
        off = {change.id for overlay in before for change in overlay.of_kind(ChangeKind.SWITCHED_OFF)}
        changes = [
            *self._each(record, "settings", self._setting),
            *self._each(record, "reword", self._rewording),
            *self._switched_off(record, off),
            *self._added(),
        ]
        record.done()
        if self.alone and not any(record.has(key) for key in ("settings", "reword", "switch_off")):
            record.problem("", "changes-nothing", "this overlay changes nothing", "add a change, or leave it out")
        added = {f"{path}/{name or 'unnamed'}": document for path, document in self.documents.items()}
        self.files.documents = {**self.files.documents, **added}
        return Overlay(name, title, version, sha256, tuple(changes), record.place())

    def _check_name(self, record: RecordReader, name: str, before: Sequence[Overlay]) -> None:
        if name and not _NAME.fullmatch(name):
            hint = "small letters, digits and -, as north-town"
            record.problem("name", "bad-id", f"'{name}' is not the name of an overlay", hint)
        if any(overlay.name == name for overlay in before):
            record.problem("name", "duplicate-id", f"the overlay '{name}' is given twice", "give each its own name")

    def _each(self, record: RecordReader, key: str, read: _Read) -> Iterator[LocalChange]:
        for part in record.records(key) if record.has(key) else ():
            change = read(part)
            part.done()
            if change is not None:
                yield change

    def _setting(self, part: RecordReader) -> LocalChange | None:
        name, because = part.text("setting"), part.text("because")
        part.has("value")  # read below, once it is known whether it is a number
        settings = {
            item["id"]: item
            for path, document in self.files.documents.items()
            if path == at.SETTINGS or path.startswith(f"{at.SETTINGS}/")
            for item in records_in(document.value, "setting")
            if isinstance(item.get("id"), str)
        }
        if not name or name not in settings:
            if name:
                hint = nearest(name, settings) or f"one of: {', '.join(settings)}"
                part.problem("setting", "unknown-setting", f"there is no setting '{name}'", hint)
            return None
        unit = settings[name].get("unit")
        now = part.number("value") if isinstance(unit, str) else part.text("value")
        was = settings[name].get("value")
        before, after = value_in_words(was, unit), value_in_words(now, unit)
        if now == was:
            part.problem("value", "changes-nothing", f"{name} is '{before}' already", "leave it out")
        if now == part.raw("value") and not self.shipped_settings:  # what is no value at all was told already
            settings[name].put("value", now, SpotElsewhere.in_document(self.head, part.spot("value")))
        return LocalChange(ChangeKind.SET, "setting", name, part.place("value"), because, before, after)

    def _rewording(self, part: RecordReader) -> LocalChange | None:
        named = [kind for kind in REWORDED if part.has(kind)]
        was, now, because = part.text("was"), part.text("now"), part.text("because")
        if len(named) != 1:
            message = "a rewording names one thing" if named else "a rewording names what it rewords"
            part.problem("", "missing-key", message, f"one of: {', '.join(REWORDED)}, with its id")
            return None
        kind = named[0]
        name = part.text(kind)
        records = records_of(self.files, kind)
        if name not in records:
            part.problem(kind, f"unknown-{kind}", f"there is no {kind} '{name}'", nearest(name, records))
            return None
        texts = [(mapping, key) for mapping, key in slots_of(records[name], kind) if mapping[key] == was]
        if was and not texts:
            message = f"no text of {name} that may be reworded is this one"
            hint = "copy the whole text as it stands now; it may have changed"
            part.problem("was", "not-the-text", message, hint)
        if was and was == now:
            part.problem("now", "changes-nothing", f"{name} says so already", "leave it out")
        for word in lost(was, now) if now else ():
            part.problem("now", "loses-safety", f"the text of {name} has '{word}', and this has not", "keep it")
        for mapping, key in texts:
            mapping.put(key, now, SpotElsewhere.in_document(self.head, part.spot("now")))
        return LocalChange(ChangeKind.REWORDED, kind, name, part.place("now"), because, was, now)

    def _switched_off(self, record: RecordReader, off: set[str]) -> Iterator[LocalChange]:
        rules = records_of(self.files, "rule")

        def read(part: RecordReader) -> LocalChange | None:
            name, because, until = part.text("rule"), part.text("because"), part.day("until")
            if until is None and not part.has("until"):
                part.problem("", "missing-key", "'until' is missing", "add until: with the last day it is off")
            if name and name not in rules:
                part.problem("rule", "unknown-rule", f"there is no rule '{name}'", nearest(name, rules))
                return None
            if name in off or (name and rules[name].get("status", "active") != "active"):
                part.problem("rule", "changes-nothing", f"{name} is off already", "leave it out")
            off.add(name)
            return LocalChange(ChangeKind.SWITCHED_OFF, "rule", name, part.place("rule"), because, until=until)

        return self._each(record, "switch_off", read)

    def _added(self) -> Iterator[LocalChange]:
        for path, document in self.documents.items():
            kind = kind_added_by(path)
            for item in records_in(document.value, kind) if kind else ():
                name = str(item.get("id", item.get("name", "")))
                title = str(item.get("title", ""))
                yield LocalChange(ChangeKind.ADDED, kind, name, document.place(item.start), now=title)
