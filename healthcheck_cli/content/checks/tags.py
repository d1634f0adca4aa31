"""Tags of medicines: a misspelt one would take the medicine out of its classes without a word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic, nearest
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.value_places import ValueOf


def _used(content: Content, _: date) -> Iterator[Diagnostic]:
    of_classes = {tag for found in content.classes.values() for tag in found.tags}
    known = of_classes | set(content.other_tags)
    misspelt_in_a_class = of_classes - _held(content)  # told at the class, not at each of its medicines
    for medicine in content.medicines.values():
        for tag in medicine.tags:
            if tag not in known and not nearest(tag, misspelt_in_a_class):
                message = f"{medicine.name} has the tag '{tag}', and no class is built from it"
                hint = nearest(tag, known) or "build a class from it, or name it in other_tags of the manifest"
                yield Diagnostic(ValueOf.at(medicine.place, "tags", tag), "unknown-tag", message, hint)


def _listed(content: Content, _: date) -> Iterator[Diagnostic]:
    held = _held(content)
    for tag in content.other_tags:
        if tag not in held:
            message = f"other_tags names the tag '{tag}', and no medicine has it"
            place = ValueOf.at(content.manifest_place, "tags", tag)
            yield Diagnostic(place, "unknown-tag", message, nearest(tag, held) or "remove it")


def _held(content: Content) -> set[str]:
    return {tag for medicine in content.medicines.values() for tag in medicine.tags}


CHECKS = (
    Check("a class is built from every tag of a medicine, but for those that the manifest names", _used, Needs.NAMES),
    Check("every tag that the manifest names is one of a medicine", _listed, Needs.NAMES),
)
