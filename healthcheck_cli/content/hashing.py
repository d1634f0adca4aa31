"""The hash of what content says. Comments, layout, quoting and the order of keys do not count; every value does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from healthcheck_cli.content.yaml_source import Document


def content_sha256(documents: Mapping[str, Document]) -> str:
    """SHA-256 over the files in the order of their paths, each as its path and its value in canonical JSON."""
    digest = hashlib.sha256()
    for path in sorted(documents):
        value = json.dumps(
            documents[path].value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_not_json
        )
        digest.update(f"{path}\n{value}\n".encode())
    return digest.hexdigest()


def _not_json(value: object) -> Mapping[str, str]:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(f"content holds no {type(value).__name__}")
