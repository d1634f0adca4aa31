"""Answers from the index of an imported release: by id, and by exact name. Never by a name that is only near."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from healthcheck_cli.dmd.ids import is_id
from healthcheck_cli.dmd.layout import (
    APPLICATION,
    INDEX_FILE,
    KINDS,
    SCHEMA_VERSION,
    ImportSummary,
    is_index_there,
    name_key,
)
from healthcheck_cli.errors import InputProblem

_MOST_STEPS = 10  # an id is replaced a few times at most; a release that goes round in a circle must not hold us
_AGAIN = "import the release again with `healthcheck drugs import-dmd`"
_KEPT = 4096


class DmdIndexProblem(InputProblem):
    """The index is damaged, of another version of this program, or no index."""


@dataclass(frozen=True)
class DmdIngredient:
    """One ingredient of a product, as dm+d writes it.

    The strength is ``strength_value`` ``strength_unit`` in each ``per_value`` ``per_unit`` (250 mg in 5 ml); None and
    "" where dm+d gives none. Some units hold their own time ("microgram/hour"). ``strength_of`` names the substance
    that the strength is counted in, where dm+d says it (100 mg of paliperidone, in paliperidone palmitate); else "".
    ``name`` is "" for a substance that the release does not name: there is one more ingredient, and it is unknown.
    """

    name: str
    strength_value: float | None
    strength_unit: str
    per_value: float | None
    per_unit: str
    strength_of: str = ""


@dataclass(frozen=True)
class DmdProduct:
    """One product. ``kind`` is "vtm" (moiety), "vmp" (generic product) or "amp" (product of a supplier).

    Ids are text. A name or code is "" where dm+d has none: appliances have no moiety. Ingredients, form and routes of
    an AMP are those of its VMP: dm+d has no others. An AMP without codes of its own has those of its VMP. ``routes``
    and ``ingredients`` are in dm+d's order. ``invalid`` means that dm+d has withdrawn the entry, not the medicine.
    """

    id: str
    kind: str
    name: str
    vtm_id: str
    vtm_name: str
    vmp_id: str
    vmp_name: str
    ingredients: tuple[DmdIngredient, ...]
    form: str
    routes: tuple[str, ...]
    supplier: str
    bnf_code: str
    atc_code: str
    invalid: bool


@dataclass(frozen=True)
class _Row:
    """A row of the products: ``kind`` is the place in ``KINDS``, ``parent`` the id of the next more general product."""

    id: str
    kind: int
    name: str
    parent: str
    supplier: str
    invalid: int


@dataclass(frozen=True)
class _Virtual:
    """What products of one VMP share."""

    ingredients: tuple[DmdIngredient, ...]
    form: str
    routes: tuple[str, ...]
    bnf_code: str
    atc_code: str


def index_path(data_folder: Path) -> Path:
    """Where the index is, in the user's data folder. The command line knows the folder; nothing below it does."""
    return data_folder / INDEX_FILE


class DmdIndex:
    """An index that is open for reading; a context manager. To be used in the thread that opened it."""

    def __init__(self, database: sqlite3.Connection, path: Path, summary: ImportSummary) -> None:
        """Use :meth:`open`."""
        self._database = database
        self._path = path
        self.summary = summary
        self._virtual = lru_cache(maxsize=_KEPT)(self._read_virtual)

    @classmethod
    def open(cls, path: Path) -> DmdIndex:
        """Open an index. Raises DmdIndexProblem where it is not there, damaged, of another version or no index."""
        if not is_index_there(path):
            raise DmdIndexProblem(f"{path}: no dm+d index is there: {_AGAIN}")
        try:
            database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        except sqlite3.Error as error:
            raise DmdIndexProblem(f"{path}: the dm+d index cannot be opened ({error}): {_AGAIN}") from None
        try:
            with _damage_is_told(path):
                _check_marks(database, path)
                (text,) = database.execute("SELECT summary FROM about").fetchone()
                return cls(database, path, ImportSummary.from_json(text))
        except BaseException:
            database.close()
            raise

    def __enter__(self) -> DmdIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def release(self) -> str:
        """The day of the release and what was read: "2021-08-23, sha256 1f0e3dad9990"."""
        return f"{self.summary.day or 'day not known'}, sha256 {self.summary.sha256[:12]}"

    def by_id(self, dmd_id: str) -> DmdProduct | None:
        """The product of an id: its own, one that it had before, or the id of a pack of it. None where it has none.

        An id that two products now share the past of is None: which of them was meant cannot be known.
        """
        wanted = dmd_id.strip()
        if not is_id(wanted):
            return None
        with _damage_is_told(self._path):
            row = self._row(wanted)
            return None if row is None else self._product(row)

    def by_name(self, name: str) -> tuple[DmdProduct, ...]:
        """Every product of exactly that name, capitals and spaces aside: as it is now, its short form, or as it was.

        The most general first (a VMP and its AMPs often share a name), within that those whose name it is now, and the
        valid before the invalid. "Name (Supplier)" finds that supplier's product, also by the name it had before.
        """
        with _damage_is_told(self._path):
            rows = self._named(name_key(name))
            if not rows and name.rstrip().endswith(")"):
                bare, _, supplier = name.rstrip()[:-1].rpartition("(")
                key = name_key(supplier)
                rows = [row for row in self._named(name_key(bare)) if key and name_key(row.supplier) == key]
            return tuple(self._product(row) for row in rows)

    def _named(self, key: str) -> list[_Row]:
        found = self._database.execute(
            "SELECT p.id, kind, name, parent, supplier, invalid FROM names AS n JOIN products AS p ON p.id = n.id"
            " WHERE key = ? ORDER BY kind, age, invalid, p.id",
            (key,),
        )
        return [_Row(*row) for row in found]

    def _row(self, dmd_id: str) -> _Row | None:
        for _ in range(_MOST_STEPS):
            found = self._database.execute(
                "SELECT id, kind, name, parent, supplier, invalid FROM products WHERE id = ?", (dmd_id,)
            ).fetchone()
            if found is not None:
                return _Row(*found)
            following = self._database.execute(
                "SELECT product FROM packs WHERE id = ? UNION SELECT now FROM previous WHERE id = ?", (dmd_id, dmd_id)
            ).fetchall()
            if len(following) != 1:
                return None
            (dmd_id,) = following[0]
        return None

    def _product(self, row: _Row) -> DmdProduct:
        vmp = row if row.kind == KINDS.index("vmp") else self._above(row, "vmp")
        vtm = row if row.kind == KINDS.index("vtm") else self._above(vmp, "vtm") if vmp else None
        shared = self._virtual((vmp or row).id)
        own = self._codes(row.id) if vmp and vmp is not row else ("", "")
        return DmdProduct(
            id=row.id,
            kind=KINDS[row.kind],
            name=row.name,
            vtm_id=vtm.id if vtm else vmp.parent if vmp else "",
            vtm_name=vtm.name if vtm else "",
            vmp_id=vmp.id if vmp else row.parent,
            vmp_name=vmp.name if vmp else "",
            ingredients=shared.ingredients,
            form=shared.form,
            routes=shared.routes,
            supplier=row.supplier,
            bnf_code=own[0] or shared.bnf_code,
            atc_code=own[1] or shared.atc_code,
            invalid=bool(row.invalid),
        )

    def _above(self, row: _Row, kind: str) -> _Row | None:
        found = self._row(row.parent) if row.parent else None
        return found if found and found.kind == KINDS.index(kind) else None

    def _read_virtual(self, dmd_id: str) -> _Virtual:
        forms = self._texts("SELECT form FROM forms WHERE product = ? ORDER BY number", dmd_id)
        routes = self._texts("SELECT route FROM routes WHERE product = ? ORDER BY number", dmd_id)
        ingredients = self._database.execute(
            "SELECT coalesce(s.name, ''), value, unit, per_value, per_unit, coalesce(b.name, '') FROM ingredients AS i"
            " LEFT JOIN substances AS s ON s.id = substance LEFT JOIN substances AS b ON b.id = strength_of"
            " WHERE product = ? ORDER BY number",
            (dmd_id,),
        )
        return _Virtual(
            tuple(DmdIngredient(*row) for row in ingredients), "; ".join(forms), tuple(routes), *self._codes(dmd_id)
        )

    def _texts(self, query: str, dmd_id: str) -> list[str]:
        return [text for (text,) in self._database.execute(query, (dmd_id,))]

    def _codes(self, dmd_id: str) -> tuple[str, str]:
        found = self._database.execute("SELECT bnf, atc FROM codes WHERE id = ?", (dmd_id,)).fetchone()
        return ("", "") if found is None else (found[0], found[1])


@contextmanager
def _damage_is_told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError):
        raise DmdIndexProblem(f"{path}: the dm+d index is damaged: {_AGAIN}") from None


def _check_marks(database: sqlite3.Connection, path: Path) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise DmdIndexProblem(f"{path}: this is no dm+d index: {_AGAIN}")
    if version != SCHEMA_VERSION:
        raise DmdIndexProblem(f"{path}: a dm+d index of another version of this program: {_AGAIN}")
