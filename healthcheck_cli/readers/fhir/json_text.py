"""JSON from outside, read strictly: nothing twice, nothing endless, and never a value in an error."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from healthcheck_cli.errors import InputProblem


class NotJson(Exception):
    """Why a text is no JSON that can be used. ``message`` holds nothing of the text; ``cut_off``: it breaks off."""

    def __init__(self, message: str, line: int = 0, *, cut_off: bool = False) -> None:
        super().__init__(message)
        self.message, self.line, self.cut_off = message, line, cut_off


def read_json(text: str) -> Any:
    """The value that ``text`` holds. Raises :class:`NotJson`.

    A key that stands twice in one object is refused: programs differ on which of the two counts. So is a number that
    is none (NaN).

    >>> read_json('{"a": [1, 2]}')
    {'a': [1, 2]}
    >>> try:
    ...     read_json('{"a": 1, "a": 2}')
    ... except NotJson as problem:
    ...     problem.message
    'a key stands twice in one object'
    """
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_number)
    except RecursionError:
        raise NotJson("lists or objects lie too deep inside each other") from None
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        message = "the JSON breaks off: the file is not whole" if cut_off else "this is not JSON (a comma or quote?)"
        raise NotJson(message, error.lineno, cut_off=cut_off) from None
    except ValueError:  # thousands of digits
        raise NotJson("a number is too long") from None


def read_whole(text: str, file: str) -> Any:
    """The one value of a file. Raises :class:`InputProblem` with the place."""
    try:
        return read_json(text)
    except NotJson as problem:
        place = f"{file}:{problem.line}" if problem.line else file
        raise InputProblem(f"{place}: {problem.message}") from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("a key stands twice in one object")
    return found


def _no_number(_: str) -> NoReturn:
    raise NotJson("a number that is none (NaN or infinity)")
