"""How often Python looks for garbage while a register is read and reviewed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 10, 10)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Millions of objects are made, and nearly all of them stay: to look through them all again and again is a fifth
    of the time of a review. What is there by now is not looked through at all, nor copied by workers for it."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
