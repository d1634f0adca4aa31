"""A cluster finds what one machine finds: the same files through ``review --out`` and through data frames."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from healthcheck_cli.cli.main import healthcheck
from healthcheck_cli.cohort.spark import review_frames
from healthcheck_cli.cohort.spark_parts import REVIEWED, PartReview, records_of_part, whole_people
from healthcheck_cli.content.models import Content
from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.readers.dates import DayOrder
from healthcheck_cli.readers.plain_rows import PlainRow
from healthcheck_cli.record import ListName
from tests.cohort.invented_extract import InventedExtracts
from tests.cohort.plain_files import write_plain_files
from tests.docs.pages import blocks

for needed in ("pyspark", "pandas"):
    pytest.importorskip(needed, reason="comes with the extra [spark]")
pyarrow = pytest.importorskip("pyarrow", reason="comes with the extra [spark]")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java", allow_module_level=True)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = pytest.mark.filterwarnings("default")  # what Spark and pandas say to each other

AS_OF = date(2026, 11, 1)
COMPLETE: tuple[ListName, ...] = ("medicines", "problems")
PEOPLE = 200
Table = list[dict[str, Any]]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than the little there is to do
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local[2]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def files(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """An invented extract, with rows that nobody can use and dates in the order of the day."""
    records = InventedExtracts(content).records(11, PEOPLE, COMPLETE, AS_OF)
    paths = write_plain_files(tmp_path_factory.mktemp("extract"), records)
    with paths["medicines"].open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["P1", "Lithium carbonate 400mg tablets", "1 on", "28", "03/04/2026", "25/10/2026", *[""] * 5])
        writer.writerow(["P2", "N/A", "1 bd", "", "", "", "", "perhaps", *[""] * 3])
        writer.writerow(["", "Risperidone 1mg tablets", "1 bd", *[""] * 8])
    return paths


@pytest.fixture(scope="module")
def by_command(files: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "out"
    asked = ["--as-of", AS_OF.isoformat(), "--complete", ",".join(COMPLETE), "--out", str(folder)]
    done = CliRunner().invoke(healthcheck, ["review", *map(str, files.values()), *asked, "--max-rejected", "50"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def by_spark(spark: SparkSession, files: Mapping[str, Path], content: Content) -> Mapping[str, Table]:
    """The same in parts of 80 people, from frames whose columns have other names and types."""
    frames = {name: _frame(spark, path) for name, path in files.items()}
    frames["medicines"] = frames["medicines"].withColumnRenamed("medication", "Drug name")
    frames["problems"] = frames["problems"].withColumn("date", frames["problems"]["date"].try_cast("date"))
    given = [frames[name] for name in ("medicines", "people", "problems", "observations")]
    found = review_frames(
        spark, *given, content=content, as_of=AS_OF, complete=COMPLETE, partitions=2, people_at_once=80
    )
    return {name: frame.toArrow().to_pylist() for name, frame in found.items()}


def _frame(spark: SparkSession, path: Path) -> DataFrame:
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    columns = {name: [row[place] or None for row in rows] for place, name in enumerate(header)}
    table = pyarrow.table({**columns, "row": range(2, len(rows) + 2)})
    return spark.createDataFrame(table.cast(_as_text_but_row(table)))


def _as_text_but_row(table: Any) -> Any:
    """A column in which every cell is empty has no type of its own."""
    texts = [(name, pyarrow.string()) for name in table.column_names[:-1]]
    return pyarrow.schema([*texts, ("row", pyarrow.int32())])


@pytest.mark.parametrize("name", REVIEWED)
def test_each_table_is_that_of_the_command(by_command: Path, by_spark: Mapping[str, Table], name: str) -> None:
    from pyarrow import parquet

    of_command = parquet.read_table(by_command / f"{name}.parquet").to_pylist()
    assert len(of_command) >= PEOPLE
    assert list(by_spark[name][0]) == list(of_command[0])
    assert _comparable(by_spark[name]) == _comparable(of_command)


def _comparable(table: Table) -> list[str]:
    """Rows in any order."""
    return sorted(json.dumps(row, sort_keys=True) for row in table)


def test_rows_that_cannot_be_used_are_told(by_command: Path, by_spark: Mapping[str, Table]) -> None:
    with (by_command / "rejected.csv").open(newline="", encoding="utf-8") as file:
        of_command = sorted((int(row["line"]), row["reason"]) for row in csv.DictReader(file))
    assert [reason for _, reason in of_command] == ["no medication", "no patient_id"]
    assert sorted((it["row"], it["reason"]) for it in by_spark["rejected"]) == of_command


def test_the_script_of_the_page_runs(
    spark: SparkSession, files: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("medicines", "people", "problems"):
        rows = _frame(spark, files[name])
        rows.where(rows["patient_id"].isin("P1", "P2")).write.parquet(str(tmp_path / "source" / name))
    source, target = (str(tmp_path / name) for name in ("source", "target"))
    script = next(block for block in blocks("spark.md", "python") if "SparkSession" in block.text)
    monkeypatch.setattr(sys, "argv", ["review_register.py", source, target, AS_OF.isoformat()])
    exec(compile(script.text, "docs/spark.md", "exec"), {})
    assert spark.read.parquet(f"{target}/people").count() == 2
    assert len([*Path(target, "people").glob("part-*")]) == 1  # every part costs seconds, however small
    assert [row["reason"] for row in spark.read.parquet(f"{target}/rejected").collect()] == ["no medication"]


def test_a_list_that_is_not_given_cannot_be_complete(
    spark: SparkSession, files: Mapping[str, Path], content: Content
) -> None:
    medicines = _frame(spark, files["medicines"])
    with pytest.raises(UsageProblem, match="problems cannot be complete"):
        review_frames(spark, medicines, content=content, as_of=AS_OF, complete=["problems"])


def test_codes_as_fractions_are_refused(spark: SparkSession, content: Content) -> None:
    medicines = spark.createDataFrame(
        [("A", "Sertraline 50mg tablets", 3.2e17)], "patient_id string, medication string, dmd_code double"
    )
    with pytest.raises(InputProblem, match="dmd_code holds fractions"):
        review_frames(spark, medicines, content=content, as_of=AS_OF)


def test_an_error_on_an_executor_quotes_no_record(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    part = PartReview(content, NameIndex({}, {}), AS_OF, {}, {}, {}, {}, 10, 10)
    row = pyarrow.RecordBatch.from_pydict({"person": ["Ivy Invented"]})
    monkeypatch.setattr(PartReview, "tables", lambda _, rows: [int(name) for name in rows["person"].to_pylist()])
    with pytest.raises(RuntimeError, match=r"^a part could not be reviewed: ValueError in test_spark.py:\d+$") as told:
        list(part.reviewed([row]))
    assert "Ivy" not in "".join(traceback.format_exception(told.value))


def test_rows_without_a_place_are_counted_for_each_person(content: Content) -> None:
    fields = {"medicines": ["patient_id", "medication"]}
    orders = {"medicines": DayOrder.DAY_FIRST}
    part = PartReview(content, NameIndex({}, {}), AS_OF, {}, fields, orders, {}, 10, 10)  # type: ignore[arg-type]
    people = ["A", "A", "B"]
    columns = {"person": people, "patient_id": people, "medication": ["", "Senna 7.5mg tablets", ""]}
    rows = pyarrow.table({**columns, "table": ["medicines"] * 3, "row": pyarrow.array([None] * 3, pyarrow.int64())})
    tables = {
        name: column.drop_null().to_pylist()
        for batch in part.tables(rows)
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
        if batch.num_rows and not column.null_count
    }
    assert [it["row"] for it in tables["rejected"]] == [1, 1]
    assert [it["person_id"] for it in tables["people"]] == ["A"]


def test_a_part_ends_between_two_people() -> None:
    people = ["", "", "A", "A", "B", "C", "C", "C", "D"]
    batches = [pyarrow.RecordBatch.from_pydict({"person": people[at : at + 2]}) for at in range(0, len(people), 2)]
    two = [part["person"].to_pylist() for part in whole_people(batches, 2, 1000)]
    assert two == [["", ""], ["A", "A", "B"], ["C", "C", "C", "D"]]
    by_rows = [part["person"].to_pylist() for part in whole_people(batches, 1000, 3)]
    assert by_rows == [["", "", "A", "A"], ["B", "C", "C", "C"], ["D"]]


def test_a_birth_date_after_the_day_of_the_review_is_unknown_as_in_a_file() -> None:
    row = PlainRow("people", 1, {"patient_id": "A", "date_of_birth": "2031-01-01"}, "people")
    read = records_of_part({"people": [row]}, {"people": DayOrder.DAY_FIRST}, AS_OF)
    assert [it.person.date_of_birth for it in read.records] == [None]
    assert list(read.notes.values()) == [1]
