"""The small release of the fixtures, as the zips that pharmacists download, and as an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.dmd.index import build_index
from healthcheck_cli.dmd.lookup import DmdIndex
from healthcheck_cli.dmd.release import open_release
from tests.cli.conftest import run
from tests.dmd.small_release import BONUS, RELEASE

__all__ = ["run"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DmdIndex]:
    """The whole release, with its bonus, in an index."""
    path = tmp_path_factory.mktemp("index") / "dmd.sqlite3"
    with open_release([RELEASE, BONUS]) as release:
        build_index(release, path, date(2026, 11, 27))
    with DmdIndex.open(path) as opened:
        yield opened


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the user's, not there yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(folder))
    return folder
