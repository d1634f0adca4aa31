"""Ids that say nothing of a person: a keyed hash, the same for the same id and key, and for nobody without the key."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from healthcheck_cli.errors import UsageProblem

_SHORTEST = 32  # bytes
_OF_THE_KEY = b"healthcheck: whose key"  # what is hashed to tell one key from another
_SHOWN = 24  # hexadecimal figures of the hash; two in a hundred million people meet once in 10 ** 13 runs
_SHOWN_OF_THE_KEY = 12  # enough to tell a handful of keys apart


def key_of(path: Path) -> bytes:
    """The key in a file, which is made where there is none: 32 random bytes, readable by its owner only.

    Raises :class:`UsageProblem` where others may read it, or it is too short.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _kept_key(path)
    except OSError as error:
        raise UsageProblem(f"{path}: the key cannot be written ({error.strerror or 'no reason given'})") from None
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(_SHORTEST) + "\n")
    return _kept_key(path)


def _kept_key(path: Path) -> bytes:
    try:
        mode, text = path.stat().st_mode, path.read_bytes().strip()
    except OSError as error:
        raise UsageProblem(f"{path}: the key cannot be read ({error.strerror or 'no reason given'})") from None
    if os.name == "posix" and mode & 0o077:
        raise UsageProblem(f"{path}: others can read this key: take their rights away (chmod 600)")
    if len(text) < _SHORTEST:
        raise UsageProblem(
            f"{path}: a key has {_SHORTEST} bytes or more; name a file that is not there to have one made"
        )
    return text


def fingerprint_of(key: bytes) -> str:
    """By what two folders can tell that they were hashed with one key, without the key.

    >>> fingerprint_of(b"0" * 32) == fingerprint_of(b"1" * 32)
    False
    """
    return hmac.new(key, _OF_THE_KEY, hashlib.sha256).hexdigest()[:_SHOWN_OF_THE_KEY]


def pseudonyms(ids: Iterable[str], key: bytes) -> list[str]:
    """A keyed hash (HMAC-SHA-256) for each id.

    >>> pseudonyms(["999 000 0018"], b"0" * 32) == pseudonyms(["999 000 0018"], b"0" * 32)
    True
    """
    keyed = hmac.new(key, digestmod=hashlib.sha256)
    found = []
    for one in ids:
        hashed = keyed.copy()
        hashed.update(one.encode())
        found.append(hashed.hexdigest()[:_SHOWN])
    return found
