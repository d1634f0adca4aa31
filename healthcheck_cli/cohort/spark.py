"""The review of an extract on a Spark cluster: data frames of rows in, data frames of findings out.

Nobody's rows come to the driver. It is sent the distinct product texts with their codes, recognises each once and
sends back what they are, with the content; how many dates have a figure above 12 in first or second place is counted
on the cluster. Rows are then brought together by person and reviewed part by part where they lie.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import TYPE_CHECKING

from healthcheck_cli.cohort.spark_parts import KINDS, OF_WHOM, TABLES, PartReview, TextKey, cell
from healthcheck_cli.content.models import Content
from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.medicines.code_book import ProductIndex
from healthcheck_cli.medicines.models import Recognised
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.read_list import MedicineReader
from healthcheck_cli.readers.columns import map_columns
from healthcheck_cli.readers.dates import DayOrder, day_order
from healthcheck_cli.readers.plain_rows import Kind
from healthcheck_cli.readers.row_records import DATES
from healthcheck_cli.readers.values import code_in
from healthcheck_cli.record import LIST_NAMES, ListName, MedicineLine, Row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql.types import StructType

MOST_PEOPLE = 5_000
"""How many people an executor reviews at once, at most: with more, a row of ``unassessed`` may stand for many."""

_FILLED = 0.9  # of what fits: a few people too many in a partition would be a part of their own, which costs seconds
_ROW = "row"
_FIGURES_COUNT = ("patient_id", "nhs_number", "code", "dmd_code", "bnf_code")
_PRODUCT = ("medication", "dmd_code", "bnf_code")
_DAY_SEEN_FIRST = r"^\s*(1[3-9]|[2-9]\d)[/.-](0?\d|1[0-2])[/.-]\d{4}([T ].*)?$"
_DAY_SEEN_SECOND = r"^\s*(0?\d|1[0-2])[/.-](1[3-9]|[2-9]\d)[/.-]\d{4}([T ].*)?$"
_COUNTED_UP_TO = 10_000  # of either order of the figures in dates: the shares are what tells
_NOTHING_AROUND = r"^[\s\p{Z}]+|[\s\p{Z}]+$"


@dataclass(frozen=True)
class _Given:
    """One data frame with the fields that it has a column for, as text, and whose row each is (``person``)."""

    kind: Kind
    rows: DataFrame
    fields: tuple[str, ...]
    dates_as_text: tuple[str, ...]


def review_frames(
    spark: SparkSession,
    medicines: DataFrame,
    people: DataFrame | None = None,
    problems: DataFrame | None = None,
    observations: DataFrame | None = None,
    *,
    content: Content,
    as_of: date,
    complete: Collection[ListName] = (),
    dmd: ProductIndex | None = None,
    partitions: int | None = None,
    people_at_once: int = MOST_PEOPLE,
    rows_at_once: int = 500_000,
) -> dict[str, DataFrame]:
    """Everybody's findings and what could not be assessed, with the columns of ``review --out``.

    The frames have a patient id (or an NHS number) and the columns of the plain tables, under any name that
    ``readers/columns.py`` knows. A whole number ``row`` says where a row stands in its source, and is what findings
    then name; without it the rows of a person are counted, in the order of their columns. ``complete``: lists that
    leave nothing out. ``dmd``: the user's own dm+d, on the driver. ``partitions``: into how many parts rows are dealt
    out; left out, into as many as hold ``people_at_once`` each.

    Gives ``findings``, ``unassessed``, ``people``; ``rejected``, the rows that could not be used; ``notes``
    on what was read as unknown, with how many rows; and ``reviewed``, from which all of these are taken: it is kept
    on the disks of the executors until its ``unpersist()``. Person and rule are known in every row of ``unassessed``.

    A date that may be read in two ways is read as the other dates of its frame tell: the day first unless they say
    otherwise, and as unknown where they disagree.

    Raises :class:`InputProblem` where a frame lacks a column or has ids or codes as fractions, and
    :class:`UsageProblem` where ``complete`` names no list or one that is not given, or too many people are wanted at
    once.
    """
    frames = {"medicines": medicines, "people": people, "problems": problems, "observations": observations}
    given = [_given(kind, frame) for kind in KINDS if (frame := frames[kind]) is not None]
    _check_complete(complete, frames)
    if not 1 <= people_at_once <= MOST_PEOPLE:
        raise UsageProblem(f"people_at_once: between 1 and {MOST_PEOPLE:,}")
    names = NameIndex(content.medicines, content.products)
    part = PartReview(
        content=content.without_examples(),
        names=names,
        as_of=as_of,
        complete=dict.fromkeys(complete),
        fields={it.kind: it.fields for it in given},
        orders={it.kind: _order_of(it) for it in given},
        recognised=_recognised(_products(given), MedicineReader(content, names, dmd)),
        people_at_once=people_at_once,
        rows_at_once=rows_at_once,
    )
    sent = spark.sparkContext.broadcast(part)

    def review(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        whole: PartReview = sent.value
        return whole.reviewed(batches)

    return _taken_apart(_by_person(given, partitions, people_at_once).mapInArrow(review, _layout(part)))


def _check_complete(complete: Collection[str], frames: Mapping[str, object]) -> None:
    for name in complete:
        if name not in LIST_NAMES:
            raise UsageProblem(f"complete: there is no list {name}; the lists are {', '.join(LIST_NAMES)}")
        if frames.get(name, True) is None:
            raise UsageProblem(f"complete: {name} cannot be complete, as no such frame is given")


def _given(kind: Kind, frame: DataFrame) -> _Given:
    """A frame with its columns under the names of their fields, as text."""
    from pyspark.sql import functions as sql

    found = map_columns(frame.columns, {}, kind)
    if found is None or found.kind != kind or not {"patient_id", "nhs_number"} & set(found.places):
        raise InputProblem(f"{kind}: these columns are not those of {kind}, or do not say whose a row is")
    source = {field: frame.columns[place] for field, place in found.places.items()}
    types = dict(frame.dtypes)
    for field in _FIGURES_COUNT:
        if types.get(source.get(field, "")) in ("float", "double"):
            raise InputProblem(f"{kind}: {field} holds fractions, which lose figures of codes: give it as text")
    if types.get(_ROW, "int") not in ("tinyint", "smallint", "int", "bigint"):
        raise InputProblem(f"{kind}: row must be a whole number")
    fields = tuple(sorted(source))
    columns = [_column(frame, source[field]).cast("string").alias(field) for field in fields]
    numbered = _ROW in frame.columns
    row = _column(frame, _ROW).cast("long") if numbered else sql.lit(None).cast("long")
    rows = frame.select(row.alias("row"), *columns).withColumn("person", _whose(fields))
    if "patient_id" in fields:
        rows = rows.withColumn("patient_id", sql.col("person"))
    dates = tuple(field for field in fields if field in DATES and types[source[field]] == "string")
    return _Given(kind, rows, fields, dates)


def _column(frame: DataFrame, name: str) -> Column:
    return frame["`" + name.replace("`", "``") + "`"]


def _whose(fields: Sequence[str]) -> Column:
    """By what rows are brought together: the id as the readers have it, so that nobody's rows are parted."""
    from pyspark.sql import functions as sql

    if "patient_id" in fields:
        bare = sql.regexp_replace(sql.col("patient_id"), _NOTHING_AROUND, "")
        said = sql.regexp_replace(sql.regexp_replace(bare, r'^="(.*)"$', "$1"), _NOTHING_AROUND, "")
    else:
        said = sql.regexp_replace(sql.col("nhs_number"), r"[\s\p{Z}=\"-]", "")
    return sql.coalesce(said, sql.lit(""))


def _order_of(given: _Given) -> DayOrder:
    """What the dates of a frame settle: how often a figure that can only be a day stands first, and second."""
    from pyspark.sql import functions as sql

    if not given.dates_as_text:
        return DayOrder.DAY_FIRST
    seen = (_DAY_SEEN_FIRST, _DAY_SEEN_SECOND)
    counted = [sql.sum(sql.col(field).rlike(it).cast("long")) for it in seen for field in given.dates_as_text]
    row: Sequence[int | None] = given.rows.agg(*counted).first() or ()
    half = len(given.dates_as_text)
    return order_told(*(sum(it or 0 for it in part) for part in (row[:half], row[half:])))


def order_told(day_first: int, month_first: int) -> DayOrder:
    """What so many dates with the day first and so many with the month first tell, as in one file.

    >>> order_told(4_000_000, 3).value, order_told(0, 0).value, order_told(40, 3).value
    ('day first', 'day first', 'contradicted')
    """
    every = max(1, max(day_first, month_first) // _COUNTED_UP_TO)
    texts = (("31/01/2000", day_first), ("01/31/2000", month_first))
    return day_order(chain(*(repeat(text, -(-count // every)) for text, count in texts)), DayOrder.DAY_FIRST)


def _products(given: Sequence[_Given]) -> set[TextKey]:
    """The distinct products of the medicine lines: text, dm+d code, BNF code."""
    rows = next(it for it in given if it.kind == "medicines")
    named = [field for field in _PRODUCT if field in rows.fields]
    found = set()
    for row in rows.rows.select(*named).distinct().collect():
        said = {field: cell(text) for field, text in zip(named, row, strict=True)}
        text, *codes = (said.get(field, "") for field in _PRODUCT)
        found.add((text, *(code_in(code) or "" for code in codes)))
    return found  # type: ignore[return-value]  # three texts


def _recognised(products: Collection[TextKey], reader: MedicineReader) -> Mapping[TextKey, Recognised]:
    return {
        (text, dmd, bnf): reader.recognised(MedicineLine(text, Row(0), dmd_code=dmd, bnf_code=bnf))
        for text, dmd, bnf in products
    }


def _by_person(given: Sequence[_Given], partitions: int | None, people_at_once: int) -> DataFrame:
    """The rows of all frames, those of one person together: by kind, then in the order of the source."""
    from pyspark.sql import functions as sql

    first, *others = (it.rows.withColumn("table", sql.lit(it.kind)) for it in given)
    rows = first
    for other in others:
        rows = rows.unionByName(other, allowMissingColumns=True)
    if partitions is None:
        (people,) = rows.agg(sql.approx_count_distinct("person")).first() or (0,)
        partitions = math.ceil(people / (people_at_once * _FILLED)) or 1
    rest = sorted(set(rows.columns) - {"person", "table", _ROW})
    return rows.repartition(partitions, "person").sortWithinPartitions("person", "table", _ROW, *rest)


def _layout(part: PartReview) -> StructType:
    """How the batches that come of a review are laid out."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(next(part.tables(None)).schema)


def _taken_apart(reviewed: DataFrame) -> dict[str, DataFrame]:
    """The tables in one frame as frames; the review is run once, whichever of them are asked for."""
    from pyspark import StorageLevel
    from pyspark.sql import functions as sql

    kept = reviewed.persist(StorageLevel.DISK_ONLY)
    tables = {name: kept.where(kept[name].isNotNull()).select(f"{name}.*") for name in TABLES}
    reasons, notes = tables["unassessed"], tables["notes"]
    told = [name for name in reasons.columns if name != OF_WHOM]
    return {
        **tables,
        "unassessed": reasons.select(sql.explode(OF_WHOM).alias("person_id"), *told),
        "notes": notes.groupBy("note").agg(sql.sum("rows").alias("rows")),
        "reviewed": kept,
    }
