"""Whatever is done to a file of any format, it is read or refused in words that can be acted on, and no message quotes
it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem, UsageProblem
from tests.readers.reading import FIXTURES, read_files

EXTRACTS = sorted([it] if it.is_file() else sorted(it.iterdir()) for it in FIXTURES.iterdir())
SECRETS = ("TEST, Ada", "Zoë", "HILLCROSS", "as the", "Amisulpride", "valproate", "9990000018", "322816002")
TIMES = 60


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with one thing done to them that happens to files."""
    at, to = sorted(chance.choices(range(len(raw)), k=2))
    rows = raw.splitlines(keepends=True)
    return chance.choice(
        [
            raw[:at],
            raw[:at] + raw[to:],
            raw[:at] + raw[at:to] + raw[at:],
            raw[:at] + chance.choice([b'"', b",", b"\n", b"\t", b"\x00", b"\xff", b";", b"{", b"<"]) + raw[at:],
            raw.replace(b",", b";"),
            raw.replace(b"\r\n", b"\r"),
            b"".join(chance.sample(rows, len(rows))),
            b"".join(row for row in rows if chance.random() > 0.3),
            raw.decode("latin-1").encode("utf-16"),
        ]
    )


def broken(folder: Path, extract: list[Path], seed: int) -> Iterator[Path]:
    """The files of an extract, some of them damaged."""
    chance = random.Random(seed)
    for path in extract:
        raw = path.read_bytes()
        copy = folder / path.name
        copy.write_bytes(damaged(raw, chance) if chance.random() < 0.6 else raw)
        yield copy


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda it: it[0].parent.name if len(it) > 1 else it[0].name)
def test_damage_is_told_without_telling_what_is_in_the_file(extract: list[Path], tmp_path: Path) -> None:
    for seed in range(TIMES):
        try:
            result = read_files(*broken(tmp_path, extract, seed))
        except (InputProblem, UsageProblem) as problem:
            told = " ".join(problem.problems)
            assert "\n" not in told
        else:
            told = " ".join([*result.notes, *(it.reason for it in result.rejected)])
        assert not any(secret in told for secret in SECRETS), told
