"""Where the details of an unexpected failure go: a private file, with places in the code and no values."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

from healthcheck_cli import __version__


def write_bug_report(error: BaseException) -> str:
    """Write the kind of error and the lines of code it passed through; return a sentence that says where they are.

    The error's own message is left out: it may quote a value from a person's record.
    """
    passed = traceback.extract_tb(error.__traceback__)
    lines = [
        f"healthcheck {__version__}, Python {sys.version.split()[0]}",
        f"{type(error).__name__} (message left out)",
        *(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in passed),
    ]
    try:
        handle, name = tempfile.mkstemp(prefix="healthcheck-bug-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as report:  # mkstemp made it readable by its owner only
            report.write("\n".join(lines) + "\n")
    except OSError:
        return f"The details could not be written to a file; the last place:{lines[-1]}"
    return f"Details: {name}"
