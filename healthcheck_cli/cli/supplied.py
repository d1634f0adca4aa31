"""The files given with a check, as one record: a record file, medicine lists, the form that was filled in at home."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from healthcheck_cli.errors import InputProblem

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.interview.saved import SuppliedFile
    from healthcheck_cli.record import Answer, Record

_ANSWER_LINE = re.compile(r"^([a-z]\w*\.[\w.]+):", re.MULTILINE)


def supplied_record(files: Sequence[SuppliedFile], content: Content, now: datetime) -> Record | None:
    """The one person in the files; None where there are none. What a form says is among the answers of the record, and
    is only offered: the check asks.

    Raises InputProblem where a file cannot be read or they hold more than one person.
    """
    if not files:
        return None
    from healthcheck_cli.interview.filled_in.record_answers import RecordAnswers
    from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
    from healthcheck_cli.readers.inputs import read_source
    from healthcheck_cli.readers.join import join
    from healthcheck_cli.readers.result import ReadOptions
    from healthcheck_cli.readers.row_numbers import told_apart
    from healthcheck_cli.readers.sources import Source
    from healthcheck_cli.record import Record

    day = now.date()
    options = ReadOptions(answers=RecordAnswers(content, day), as_of=day, known_rules=frozenset(content.rules))
    told: dict[str, Answer] = {}
    read = []
    for file in files:
        form = _form_answers(file, content, now)
        if form is not None:
            told.update(form)
        else:
            source = Source(file.name, file.content)
            read.append((file.name, read_source(source, options, split_product_and_dosage).records))
    joined = told_apart(join(read)[0], [name for name, _ in read])[0]
    records = joined or (Record(),)
    if len(records) != 1:
        raise InputProblem(f"{files[0].name}: a check is of one person; this file holds {len(records)}")
    complete = {name: None for file in files for name in file.complete}
    record = records[0]
    return replace(record, complete={**record.complete, **complete}, answers={**record.answers, **told})  # type: ignore[dict-item]


def _form_answers(file: SuppliedFile, content: Content, now: datetime) -> Mapping[str, Answer] | None:
    """The answers of a file that holds nothing else; None where it is no such file.

    Raises InputProblem with every line of it that cannot be used.
    """
    from healthcheck_cli.interview.filled_in.answer_file import read_answer_file
    from healthcheck_cli.interview.filled_in.given_answers import answers_from_file
    from healthcheck_cli.readers.encoding import decode_or_assume

    text, _ = decode_or_assume(file.content, file.name)  # whether the encoding is right, its format's reader knows
    columns = set(re.split(r"[,;\t]", text.lstrip("\ufeff").partition("\n")[0].strip().casefold()))
    names_questions = any(found in content.questions for found in _ANSWER_LINE.findall(text))
    if not names_questions and not {"question", "value"} <= columns:
        return None
    given = read_answer_file(text, file.name)
    read = answers_from_file(given, content.questions, now.date(), now, "", content)
    return {answer.question: answer for answer in read.answers}
