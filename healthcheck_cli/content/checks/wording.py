"""Wording: no text of the content says what no text may say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.medicine_words import MedicineWords
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.value_places import ValueOf
from healthcheck_cli.content.walk import wordings
from healthcheck_cli.content.wording import wording_problems


def _wording(content: Content, _: date) -> Iterator[Diagnostic]:
    medicines = MedicineWords.of(content)
    for wording in wordings(content):
        for problem in wording_problems(wording.text, medicines):
            place = ValueOf.at(wording.place, wording.key, wording.text)
            message = f"'{wording.key}' {problem}"
            yield Diagnostic(place, "wording", message, "say what was found and whom to discuss it with")


CHECKS = (
    Check("no text tells anyone to stop, start or change a medicine, or calls a result good", _wording, Needs.NOTHING),
)
