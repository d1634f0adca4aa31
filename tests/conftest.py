"""How the property tests run: the same examples each time, so that main stays green by more than luck.

``HYPOTHESIS_PROFILE=explore`` looks further, with new examples each time: for the hours when nobody waits.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or fills the user's own cache; those of one run share theirs, for speed."""
    os.environ["HEALTHCHECK_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
