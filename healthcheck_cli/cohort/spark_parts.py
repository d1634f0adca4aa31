"""One part of an extract on a Spark executor: Arrow batches of rows in, sorted by person; tables of findings out.

A part is read by the functions that read a file, reviewed by what reviews a whole extract, and written as
``review --out`` writes it, so that a cluster and one machine cannot mean different things.
"""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import duckdb

from healthcheck_cli.cohort.extract import Extract, extract_of
from healthcheck_cli.cohort.output_tables import OutputTables
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import told
from healthcheck_cli.content.models import Content
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.medicines.models import Recognised
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.read_list import MedicineReader
from healthcheck_cli.readers.csv_table import value_of
from healthcheck_cli.readers.dates import DayOrder
from healthcheck_cli.readers.join import join
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import Kind, PlainRow
from healthcheck_cli.readers.row_records import records_of
from healthcheck_cli.record import ListName, Record

if TYPE_CHECKING:
    import pyarrow as pa

KINDS: tuple[Kind, ...] = get_args(Kind)
REVIEWED = ("findings", "unassessed", "people")
TABLES = (*REVIEWED, "rejected", "notes")
"""What a part comes to, each a column of rows; every row of a batch is of one of them."""

OF_WHOM = "person_ids"
"""The people of a row of ``unassessed``, which has one row for all who miss the same for a rule."""

TextKey = tuple[str, str, str]
"""What a product is known by: its text, its dm+d code and its BNF code."""

_LAST_ROW = 2**31 - 1


@dataclass(frozen=True)
class PartReview:
    """All that an executor needs to review a part; sent to each once.

    ``fields`` of each kind of table that is given; ``orders`` of the figures in its dates; ``recognised``: what the
    products are, worked out before. A part is cut after ``people_at_once``, or after the person with whom it reaches
    ``rows_at_once``.
    """

    content: Content
    names: NameIndex
    as_of: date
    complete: Mapping[ListName, date | None]
    fields: Mapping[Kind, Sequence[str]]
    orders: Mapping[Kind, DayOrder]
    recognised: Mapping[TextKey, Recognised]
    people_at_once: int
    rows_at_once: int

    @cached_property
    def _reader(self) -> MedicineReader:
        reader = MedicineReader(self.content, self.names)
        reader.remember(self.recognised)
        return reader

    @cached_property
    def _maker(self) -> FactMaker:
        return FactMaker.of(self.content)

    def reviewed(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """What the parts in ``batches`` come to. Rows of one person stand together, and no person is cut in two.

        Raises RuntimeError, which says where in the program, where something unforeseen goes wrong: Spark writes errors
        into its logs, and what a library says in one may quote a record.
        """
        try:
            for part in whole_people(batches, self.people_at_once, self.rows_at_once):
                yield from self.tables(part)
        except InputProblem:
            raise
        except Exception as error:  # noqa: BLE001 - told again, without what it says
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            raise RuntimeError(f"a part could not be reviewed: {type(error).__name__} in {where}") from None

    def tables(self, part: pa.Table | None) -> Iterator[pa.RecordBatch]:
        """The tables of one part; without one, of nobody at all, which tells how they are laid out."""
        import pyarrow as pa

        rows = {} if part is None else {kind: list(self._plain_rows(part, kind)) for kind in self.fields}
        read = records_of_part(rows, self.orders, self.as_of)
        extract = extract_of([replace(record, complete=self.complete) for record in read.records])
        found = {
            **self._reviewed(extract),
            "rejected": pa.Table.from_pylist(
                [
                    {"table": it.file, "row": it.line, "reason": it.reason, "withdrawn": it.withdrawn}
                    for it in read.rejected
                ],
                pa.schema(
                    [("table", pa.string()), ("row", pa.int32()), ("reason", pa.string()), ("withdrawn", pa.bool_())]
                ),
            ),
            "notes": pa.Table.from_pylist(
                [{"note": note, "rows": count} for note, count in read.notes.items()],
                pa.schema([("note", pa.string()), ("rows", pa.int64())]),
            ),
        }
        layout = pa.schema([(name, pa.struct(found[name].schema)) for name in TABLES])
        for name, table in found.items():
            for batch in table.to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]:
                yield _in_layout(name, batch, layout)

    def _reviewed(self, extract: Extract) -> dict[str, pa.Table]:
        """The tables of ``review --out``, as DuckDB writes them; every column may be null."""
        import pyarrow as pa
        from pyarrow import parquet

        reviewed = ReviewedExtract(extract, self.content, self._reader, self._maker, self.as_of)
        shown = told(reviewed)
        found = {}
        with tempfile.TemporaryDirectory(prefix="healthcheck-") as folder, duckdb.connect() as connection:
            connection.execute("SET threads = 1")  # Spark runs as many tasks beside each other as there are cores
            tables = OutputTables(reviewed, shown, connection, extract.people.ids)
            for name in REVIEWED:
                path = Path(folder) / f"{name}.parquet"
                getattr(tables, name)(path)
                if name == "unassessed":
                    path = _by_reason(path, connection)
                table = parquet.read_table(path)
                found[name] = table.cast(pa.schema([pa.field(it.name, it.type) for it in table.schema]))
        return found

    def _plain_rows(self, part: pa.Table, kind: Kind) -> Iterator[PlainRow]:
        """The rows of one kind, with their cells as the reader of a CSV file has them."""
        import pyarrow.compute as pc

        fields = self.fields[kind]
        own = part.filter(pc.equal(part["table"], kind))
        columns = [_texts(own[field]) for field in fields]
        before = ""
        count = 0
        for key, row, *cells in zip(own["person"].to_pylist(), own["row"].to_pylist(), *columns, strict=True):
            before, count = key, count + 1 if key == before else 1
            if row is not None and row > _LAST_ROW:
                raise InputProblem(f"{kind}: a row number must not be above {_LAST_ROW:,}")
            yield PlainRow(kind, count if row is None else row, dict(zip(fields, cells, strict=True)), kind)


@dataclass(frozen=True)
class ReadPart:
    """The people of a part, the rows that cannot be used, and how often each thing was noted."""

    records: Sequence[Record]
    rejected: Sequence[RejectedRow]
    notes: Mapping[str, int]


def records_of_part(rows: Mapping[Kind, Sequence[PlainRow]], orders: Mapping[Kind, DayOrder], as_of: date) -> ReadPart:
    """What the rows of a part say, as if each kind were a file of its own. ``as_of``: the day of the review.

    >>> row = PlainRow("medicines", 7, {"patient_id": "A1", "medication": ""}, "medicines")
    >>> records_of_part({"medicines": [row]}, {"medicines": DayOrder.DAY_FIRST}, date(2026, 11, 1)).rejected[0].reason
    'no medication'
    """
    inputs: list[tuple[str, Sequence[Record]]] = []
    rejected: list[RejectedRow] = []
    notes: Counter[str] = Counter()
    gone: dict[str, str] = {}
    for kind, own in rows.items():
        noted = Notes(kind, "row", "rows")
        # Nobody, without an id: a part may hold no row that can be used, which would be an error in a whole file.
        nobody = PlainRow(kind, 0, {"medication": "-", "term": "-"}, kind)
        gathered = records_of([nobody, *own], noted, orders[kind], as_of)
        inputs.append((kind, [record for record in gathered.records if record.person.id]))
        rejected += (*gathered.rejected, *(row for it in gathered.companions for row in it.rejected))
        notes.update(noted.counts())
        gone |= gathered.not_reported
    records, differ = join(inputs)
    notes.update(differ)
    for record in records:
        if why := gone.get(record.person.id):
            reason = f"of a person who is left out ({why})"
            theirs = [row for line in record.medicines for row in (line.row, *line.other_issues)]
            rejected += [RejectedRow(row.file, row.number, reason, withdrawn=True) for row in theirs]
    return ReadPart([record for record in records if record.person.id not in gone], rejected, notes)


def whole_people(batches: Iterable[pa.RecordBatch], most_people: int, most_rows: int) -> Iterator[pa.Table]:
    """The batches as tables of so many people and no more, or of the people with whom so many rows are reached."""
    import pyarrow as pa

    held: list[Any] = []
    people = rows = 0
    last = None
    for batch in batches:
        begin = 0
        for place, key in enumerate(batch.column("person").to_pylist()):
            if key == last and key:  # rows without an id are of nobody: they may be cut anywhere
                continue
            if people == most_people or rows + place - begin >= most_rows:
                held.append(batch.slice(begin, place - begin))
                yield pa.Table.from_batches(held)
                held, people, rows, begin = [], 0, 0, place
            last, people = key, people + 1
        held.append(batch.slice(begin))
        rows += batch.num_rows - begin
    if people:
        yield pa.Table.from_batches(held)


def _by_reason(unassessed: Path, connection: duckdb.DuckDBPyConnection) -> Path:
    """The table with a row for each rule and reason and a list of the people: half of all rules wait for something in
    everybody, and the reasons are few. Raises ValueError where a row does not say of whom it is."""
    path = unassessed.with_suffix(".grouped.parquet")
    connection.execute(
        f"COPY (SELECT list(person_id ORDER BY person_id) AS {OF_WHOM}, rule, level, missing, people "
        "FROM read_parquet(?) GROUP BY ALL ORDER BY rule, missing) TO ? (FORMAT parquet)",
        [str(unassessed), str(path)],
    )
    shared = connection.execute("SELECT count(*) FROM read_parquet(?) WHERE person_id IS NULL", [str(unassessed)])
    if shared.fetchall() != [(0,)]:
        raise ValueError("rows that stand for many people cannot be told apart from those of other parts")
    return path


def cell(text: str | None) -> str:
    """What a cell says: nothing where it is null or a word for missing, as in a CSV file.

    >>> cell(" Sertraline 50mg tablets "), cell("N/A"), cell(None)
    ('Sertraline 50mg tablets', '', '')
    """
    return "" if text is None else value_of(text.strip())


def _texts(column: pa.ChunkedArray) -> list[str]:
    """The cells of a column, each distinct text looked at once."""
    import pyarrow as pa

    found: list[str] = []
    for chunk in column.chunks:
        coded: Any = chunk if isinstance(chunk, pa.DictionaryArray) else chunk.dictionary_encode()
        said = [cell(text) for text in coded.dictionary.to_pylist()]
        found += ["" if code is None else said[code] for code in coded.indices.to_pylist()]
    return found


def _in_layout(name: str, batch: pa.RecordBatch, layout: pa.Schema) -> pa.RecordBatch:
    """Rows of one table as a column of rows, beside empty columns for the other tables."""
    import pyarrow as pa

    own = pa.StructArray.from_arrays(batch.columns, fields=list(batch.schema))
    columns = [own if it.name == name else pa.nulls(batch.num_rows, it.type) for it in layout]
    return pa.RecordBatch.from_arrays(columns, schema=layout)
