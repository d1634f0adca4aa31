"""What is recorded with a code, and SNOMED CT codes themselves: a code whose check digit is wrong is refused."""

from __future__ import annotations

import re

from stdnum import verhoeff

from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.recording_models import CodeToRecord

_CODE = re.compile(r"[1-9][0-9]{5,17}")


def read_snomed_code(record: RecordReader) -> str:
    """The code under ``codes: {snomed: …}``; empty where there is none."""
    codes = record.code_mapping("codes") if record.has("codes") else {}
    for system in codes:
        if system != "snomed":
            record.problem("codes", "unknown-word", f"there is no coding system '{system}' here", "snomed")
    code = codes.get("snomed", "")
    if code and not (_CODE.fullmatch(code) and verhoeff.is_valid(code)):
        message = f"'{code}' is no SNOMED CT code: its check digit does not fit"
        record.problem("codes", "bad-code", message, "look it up again; never mend a code")
    return code


def read_code_to_record(record: RecordReader, conditions: ConditionReader) -> CodeToRecord:
    """One thing to record. A code must name the source that it was read in."""
    found = CodeToRecord(
        id=record.text("id"),
        term=record.text("term"),
        when=conditions.required(record, "when"),
        because=record.text("because"),
        place=record.place(),
        support=record.support(),
        code=read_snomed_code(record),
        when_complete=record.flag("when_complete", default=False),
    )
    if found.code and not found.support.sources:
        record.problem("codes", "code-without-source", "this code names no source", "add the source it was read in")
    record.done()
    return found
