"""The records of ``checklists/easy_read``: what goes well, who helps, signs of illness, pictures."""

from __future__ import annotations

from healthcheck_cli.content.easy_read_models import EmergencySign, GoingWell, Helper, Picture, SoftSign
from healthcheck_cli.content.kinds.rules import OWNERS
from healthcheck_cli.content.record_reader import RecordReader


def read_going_well(record: RecordReader) -> GoingWell:
    """Something that goes well, and by which answer."""
    found = GoingWell(
        id=record.text("id"),
        says=record.text("says"),
        question=record.text("question"),
        picture=record.text("picture"),
        place=record.place(),
        support=record.support(),
        values=record.texts("is"),
        at_least=record.number("at_least") if record.has("at_least") else None,
        at_most=record.number("at_most") if record.has("at_most") else None,
    )
    if bool(found.values) == (found.at_least is not None or found.at_most is not None):
        message = "nothing says which answers are told" if not found.values else "an answer is a word or a number"
        record.problem("", "missing-key", message, "add is: with answers, or at_least: and at_most: with numbers")
    record.done()
    return found


def read_helper(record: RecordReader) -> Helper:
    """Who an owner is. Every owner that actions may have is named in :data:`OWNERS`."""
    found = Helper(record.word("owner", OWNERS), record.texts("says"), record.place(), record.support())
    if not found.says:
        record.problem("", "missing-key", "'says' is missing", "add says: with a sentence an item")
    record.done()
    return found


def read_emergency_sign(record: RecordReader) -> EmergencySign:
    """A sign to call 999 for."""
    found = EmergencySign(
        record.text("id"), record.text("says"), record.text("of_another"), record.place(), record.support()
    )
    record.done()
    return found


def read_soft_sign(record: RecordReader) -> SoftSign:
    """A small sign of getting ill."""
    found = SoftSign(record.text("id"), record.text("says"), record.place(), record.support())
    record.done()
    return found


def read_picture(record: RecordReader) -> Picture:
    """A drawing, and the words it stands beside."""
    found = Picture(
        record.text("id"),
        record.text("shows"),
        record.place(),
        record.support(),
        record.texts("words"),
        record.texts("but_not"),
    )
    record.done()
    return found
