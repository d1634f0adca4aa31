"""A file is seen in parts; where the parts end makes no difference."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from healthcheck_cli.cohort import read_through as module
from healthcheck_cli.cohort.read_through import NotPlain, ReadThrough, read_through

_PIECES = (b"a", b"b", b",", b"\n", b'"', b" ", b"  ", "é".encode(), "€".encode())
_ODD_PIECES = (*_PIECES, b"\r\n", b"\r", b"\x00", b"\xe9", b"\xe2\x82")
_TEXTS = st.sampled_from((_PIECES, _ODD_PIECES)).flatmap(lambda it: st.lists(st.sampled_from(it))).map(b"".join)


def whole(data: bytes) -> ReadThrough | None:
    """What is said of a file that is looked at in one piece; None where it is not plain."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    newlines, returns = data.count(b"\n"), data.count(b"\r")
    if b"\x00" in data or returns not in (0, newlines) or re.search(rb'[,\n] +"|" +[,\r\n]', data):
        return None
    lines = newlines + (not data.endswith(b"\n") and bool(data))
    return ReadThrough(hashlib.sha256(data).hexdigest(), lines)


@given(_TEXTS, st.integers(1, 9))
@example(b'a, "b"\n', 3)
@example(b'"a" ,b\n', 3)
@example("a\u20ac".encode(), 2)
@example("a\u20ac".encode()[:-1], 2)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_are_seen_as_the_whole(tmp_path: Path, data: bytes, at_once: int) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)

    try:
        with patch.object(module, "_AT_ONCE", at_once):
            found = read_through(path, ",")
    except NotPlain:
        found = None

    assert found == whole(data)


def test_a_file_that_is_gone_is_not_plain(tmp_path: Path) -> None:
    with pytest.raises(NotPlain):
        read_through(tmp_path / "list.csv", ",")
