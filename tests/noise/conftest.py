"""The registers take minutes: they are reviewed only where they are asked for, with ``-m accuracy``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Skip what is here, and only that, in a run that does not name the marker."""
    if "accuracy" in config.option.markexpr:
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="takes minutes: run it with -m accuracy"))
