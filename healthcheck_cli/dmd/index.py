"""Writes the index: one pass over each file of a release, into a new file that takes the old one's place at the end.

Memory does not grow with the release: what is kept while reading is the short lists of the lookup file only.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from healthcheck_cli.dmd.faults import Faults
from healthcheck_cli.dmd.ids import has_check_digit, is_id
from healthcheck_cli.dmd.layout import (
    APPLICATION,
    BEFORE,
    KINDS,
    NOW,
    ORDERS,
    SCHEMA_VERSION,
    SHORT,
    TABLES,
    ImportSummary,
    name_key,
)
from healthcheck_cli.dmd.place import written_whole
from healthcheck_cli.dmd.release import Release, ReleaseFile
from healthcheck_cli.dmd.xml_records import Record, read_records
from healthcheck_cli.errors import InputProblem

Progress = Callable[[str, int], None]
"""Told the name of the file that is being read, and how many more bytes of it were."""

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,15})?|\.\d{1,15}")
_ROOTS = {
    "lookup": "LOOKUP",
    "ingredient": "INGREDIENT_SUBSTANCES",
    "vtm": "VIRTUAL_THERAPEUTIC_MOIETIES",
    "vmp": "VIRTUAL_MED_PRODUCTS",
    "amp": "ACTUAL_MEDICINAL_PRODUCTS",
    "vmpp": "VIRTUAL_MED_PRODUCT_PACK",
    "ampp": "ACTUAL_MEDICINAL_PROD_PACKS",
    "vtm_ing": "VTM_INGREDIENTS",
    "bnf": "BNF_DETAILS",
    "history": "HISTORY",
}
_WITHOUT = {
    "vmpp": "no pack file f_vmpp2_*.xml: ids of generic packs are not known",
    "ampp": "no pack file f_ampp2_*.xml: ids of packs of a brand are not known",
    "vtm_ing": "no f_vtm_ing1_*.xml (in the bonus zip): moieties have no list of ingredients",
    "bnf": "no f_bnf1_*.xml (in the bonus zip): no BNF and no ATC codes",
    "history": "no f_history1_*.xml (in the bonus zip): of ids that were replaced, only the last before now is known",
}
"""What an index lacks where a file is not there."""


def build_index(release: Release, path: Path, imported_on: date, progress: Progress | None = None) -> ImportSummary:
    """Read a release and put its index at ``path``, for its owner alone. What was there stays if this fails.

    Raises InputProblem where a file cannot be read or is no dm+d file, or the index cannot be written; UsageProblem
    where another import is under way.
    """
    with written_whole(path) as (database, put_in_place):
        summary = _Builder(database, progress or _unseen).build(release, imported_on)
        put_in_place()
    return summary


def _unseen(name: str, size: int) -> None:
    """Progress that nobody watches."""


class _Builder:
    """Fills an empty database from the files of a release."""

    def __init__(self, database: sqlite3.Connection, progress: Progress) -> None:
        self._database = database
        self._progress = progress
        self._digest = hashlib.sha256()
        self._faults = Faults()
        self._lists: dict[str, dict[str, str]] = {name: {} for name in ("UNIT_OF_MEASURE", "FORM", "ROUTE", "SUPPLIER")}

    def build(self, release: Release, imported_on: date) -> ImportSummary:
        """Everything, in one transaction. The file is thrown away if it fails, so no journal is kept."""
        for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16384"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.executescript(
            f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA_VERSION}; {TABLES}"
        )
        self._database.execute("BEGIN")
        for kind, file in release.files.items():
            self._read(kind, file)
        self._check_references()
        self._check_substances()
        summary = self._summary(release, imported_on)
        self._database.execute("INSERT INTO about VALUES (?)", (summary.to_json(),))
        self._database.execute("COMMIT")
        self._database.executescript(ORDERS)
        return summary

    def _read(self, kind: str, file: ReleaseFile) -> None:
        handlers = self._handlers()[kind]
        found = 0
        for record in read_records(self._counted(file), file.where, _ROOTS[kind], frozenset(handlers)):
            found += 1
            handlers[record.tag](record, f"{file.name}:{record.line}")
        if not found:
            raise InputProblem(f"{file.where}: no record is in it: download the release again")

    def _counted(self, file: ReleaseFile) -> Iterator[bytes]:
        self._digest.update(file.name.lower().encode())
        for part in file.chunks():
            self._digest.update(part)
            yield part
            self._progress(file.name, len(part))

    def _handlers(self) -> dict[str, dict[str, Callable[[Record, str], None]]]:
        """Which elements of each kind of file are read, and by what."""
        return {
            "lookup": {"INFO": self._listed},
            "ingredient": {"ING": self._substance},
            "vtm": {"VTM": self._vtm},
            "vmp": {"VMP": self._vmp, "VPI": self._ingredient, "DFORM": self._form, "DROUTE": self._route},
            "amp": {"AMP": self._amp},
            "vmpp": {"VMPP": lambda record, place: self._pack(record, place, "VPPID", "VPID")},
            "ampp": {"AMPP": lambda record, place: self._pack(record, place, "APPID", "APID")},
            "vtm_ing": {"VTM_ING": self._vtm_ingredient},
            "bnf": {
                "VMP": lambda record, place: self._codes(record, place, "VPID"),
                "AMP": lambda record, place: self._codes(record, place, "APID"),
            },
            "history": {"VTM": self._history, "VMP": self._history},
        }

    # one method for each kind of record

    def _listed(self, record: Record, place: str) -> None:
        held = self._lists.get(record.section)
        if held is None:
            return
        if record["CD"] and record["DESC"]:
            held[record["CD"]] = record["DESC"]
        else:
            self._faults.add("without a code or a description, left out", place)

    def _substance(self, record: Record, place: str) -> None:
        if self._has_id_and_name(record, place, "ISID"):
            self._insert("substances", (record["ISID"], record["NM"]), place)

    def _vtm(self, record: Record, place: str) -> None:
        if self._has_id_and_name(record, place, "VTMID"):
            self._product("vtm", record["VTMID"], record, place)
            self._previous(record["VTMIDPREV"], record["VTMID"], place)

    def _vmp(self, record: Record, place: str) -> None:
        if self._has_id_and_name(record, place, "VPID"):
            self._product("vmp", record["VPID"], record, place, parent=record["VTMID"], before=record["NMPREV"])
            self._previous(record["VPIDPREV"], record["VPID"], place)

    def _amp(self, record: Record, place: str) -> None:
        if self._has_id_and_name(record, place, "APID"):
            supplier = self._described("SUPPLIER", record["SUPPCD"], place)
            self._product(
                "amp", record["APID"], record, place, parent=record["VPID"], before=record["NM_PREV"], supplier=supplier
            )

    def _ingredient(self, record: Record, place: str) -> None:
        if not self._has_ids(record, place, "VPID", "ISID"):
            return
        value, unit = self._amount(record, "NMRTR", place)
        per_value, per_unit = self._amount(record, "DNMTR", place)
        if (value is None) != (not unit) or (per_value is None) != (not per_unit) or (per_unit and not unit):
            self._faults.add("with a strength that is not whole, kept without it", place)
            value, unit, per_value, per_unit = None, "", None, ""
        self._insert(
            "ingredients",
            (None, record["VPID"], record["ISID"], value, unit, per_value, per_unit, record["BS_SUBID"]),
            place,
        )

    def _amount(self, record: Record, part: str, place: str) -> tuple[float | None, str]:
        """A number and its unit. One that is written and cannot be read counts as none."""
        written = record[f"STRNT_{part}_VAL"]
        value = float(written) if _NUMBER.fullmatch(written) else None
        if part == "DNMTR" and value == 0:
            value = None
        return value, self._described("UNIT_OF_MEASURE", record[f"STRNT_{part}_UOMCD"], place)

    def _vtm_ingredient(self, record: Record, place: str) -> None:
        if self._has_ids(record, place, "VTMID", "ISID"):
            self._insert("ingredients", (None, record["VTMID"], record["ISID"], None, "", None, "", ""), place)

    def _form(self, record: Record, place: str) -> None:
        if self._has_ids(record, place, "VPID"):
            form = self._described("FORM", record["FORMCD"], place)
            if form:
                self._insert("forms", (None, record["VPID"], form), place)

    def _route(self, record: Record, place: str) -> None:
        if self._has_ids(record, place, "VPID"):
            route = self._described("ROUTE", record["ROUTECD"], place)
            if route:
                self._insert("routes", (None, record["VPID"], route), place)

    def _pack(self, record: Record, place: str, pack: str, product: str) -> None:
        if self._has_ids(record, place, pack, product):
            self._insert("packs", (record[pack], record[product]), place)

    def _codes(self, record: Record, place: str, product: str) -> None:
        bnf, atc = _code(record["BNF"]), _code(record["ATC"])
        if self._has_ids(record, place, product) and (bnf or atc):
            self._insert("codes", (record[product], bnf, atc), place)

    def _history(self, record: Record, place: str) -> None:
        if self._has_ids(record, place, "IDCURRENT", "IDPREVIOUS"):
            self._previous(record["IDPREVIOUS"], record["IDCURRENT"], place)

    # what they share

    def _product(
        self,
        kind: str,
        identifier: str,
        record: Record,
        place: str,
        *,
        parent: str = "",
        before: str = "",
        supplier: str = "",
    ) -> None:
        invalid = record["INVALID"] == "1"
        if not self._insert(
            "products", (identifier, KINDS.index(kind), record["NM"], parent, supplier, invalid), place
        ):
            return
        names: dict[str, int] = {}
        for name, age in (
            (record["NM"], NOW),
            (record["DESC"], NOW),
            (record["ABBREVNM"], SHORT),
            (before, BEFORE),
        ):
            if name:
                names.setdefault(name_key(name), age)
        self._database.executemany(
            "INSERT INTO names VALUES (?, ?, ?)", [(key, identifier, age) for key, age in names.items()]
        )

    def _previous(self, before: str, now: str, place: str) -> None:
        if before and before != now:
            if is_id(before):
                self._database.execute("INSERT OR IGNORE INTO previous VALUES (?, ?)", (before, now))
            else:
                self._faults.add("with a previous id that is none, kept without it", place)

    def _insert(self, table: str, values: tuple[object, ...], place: str) -> bool:
        """Add a row; False, and a fault, where one of that id is there already."""
        marks = ", ".join("?" * len(values))
        done = self._database.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values)
        if done.rowcount != 1:
            self._faults.add("with an id that was there before, left out", place)
        return done.rowcount == 1

    def _has_id_and_name(self, record: Record, place: str, identifier: str) -> bool:
        if not self._has_ids(record, place, identifier):
            return False
        if not record["NM"]:
            self._faults.add("without a name, left out", place)
            return False
        if not has_check_digit(record[identifier]):
            self._faults.add("with an id whose check digit is wrong, kept", place)
        return True

    def _has_ids(self, record: Record, place: str, *fields: str) -> bool:
        for name in fields:
            if not is_id(record[name]):
                what = "with an id that is not 6 to 18 digits, left out" if record[name] else "without an id, left out"
                self._faults.add(what, place)
                return False
        return True

    def _described(self, name: str, code: str, place: str) -> str:
        if not code:
            return ""
        text = self._lists[name].get(code, "")
        if not text:
            self._faults.add(f"with a code that the lookup file does not have ({name}), kept without it", place)
        return text

    def _check_references(self) -> None:
        """Products whose more general product is not in the release, under this id or the one that came after it."""
        for kind, above in ((1, "moiety (VTM)"), (2, "generic product (VMP)")):
            (count,) = self._database.execute(
                "SELECT count(*) FROM products AS below WHERE kind = ? AND parent <> ''"
                " AND NOT EXISTS (SELECT 1 FROM products WHERE id = below.parent)"
                " AND NOT EXISTS (SELECT 1 FROM previous WHERE id = below.parent)",
                (kind,),
            ).fetchone()
            self._faults.add_many(f"of a {above} that is not in the release", count)

    def _check_substances(self) -> None:
        """A substance that has no name stays as one; a strength that is counted in it says nothing, so it goes."""
        unnamed = "NOT EXISTS (SELECT 1 FROM substances WHERE id = ingredients.{})"
        (count,) = self._database.execute(
            f"SELECT count(*) FROM ingredients WHERE {unnamed.format('substance')}"
        ).fetchone()
        self._faults.add_many("of an ingredient that is not in the ingredient file, kept without its name", count)
        done = self._database.execute(
            "UPDATE ingredients SET value = NULL, unit = '', per_value = NULL, per_unit = '', strength_of = ''"
            f" WHERE strength_of <> '' AND {unnamed.format('strength_of')}"
        )
        self._faults.add_many(
            "of a strength in a substance that is not in the ingredient file, kept without it", done.rowcount
        )

    def _summary(self, release: Release, imported_on: date) -> ImportSummary:
        def count(query: str) -> int:
            return int(self._database.execute(f"SELECT count(*) FROM {query}").fetchone()[0])

        counts = {kind: count(f"products WHERE kind = {number}") for number, kind in enumerate(KINDS)}
        counts["invalid"] = count("products WHERE invalid")
        for table in ("packs", "substances", "previous"):
            counts[table] = count(table)
        counts["bnf"], counts["atc"] = count("codes WHERE bnf <> ''"), count("codes WHERE atc <> ''")
        left_out = tuple(says for kind, says in _WITHOUT.items() if kind not in release.files)
        return ImportSummary(
            release.day.isoformat() if release.day else "",
            imported_on.isoformat(),
            self._digest.hexdigest(),
            counts,
            left_out,
            (*self._faults.sentences(), *_several_days(release)),
        )


def _several_days(release: Release) -> tuple[str, ...]:
    days = sorted({file.day for file in release.files.values() if file.day})
    if len(days) < 2:
        return ()
    return (f"the files are of {len(days)} different days, from {days[0]} to {days[-1]}",)


def _code(written: str) -> str:
    """The bonus file says in words that there is no code."""
    return "" if written.casefold() == "n/a" else written
