"""The commands and the output that README.md shows, for the tests and for CI.

``python tests/readme.py install`` prints the command marked ``<!-- command: install -->``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def block(kind: str, name: str) -> str:
    """The text of the fenced block that follows ``<!-- kind: name -->``."""
    found = re.search(rf"<!-- {kind}: {name} -->\s*```\w*\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    if found is None:
        raise SystemExit(f"README.md has no block marked {kind}: {name}")
    return found.group(1)


if __name__ == "__main__":
    print(block("command", sys.argv[1]), end="")
