"""How the property tests run: the same examples each time, so that main stays green by more than luck.

``HYPOTHESIS_PROFILE=explore`` looks further, with new examples each time: for the hours when nobody waits.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
