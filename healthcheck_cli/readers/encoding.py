"""From the bytes of a file to its text: told by the bytes themselves or by the user, never guessed."""

from __future__ import annotations

import codecs

from healthcheck_cli.errors import InputProblem, UsageProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # the mark of UTF-16 LE is the beginning of that of UTF-32 LE: the longer ones come first

_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet workbook or zip archive: save the sheet as CSV UTF-8, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document: save it as CSV UTF-8"),
    (b"%PDF", "a PDF document: export the list as text or CSV instead"),
    (b"\x1f\x8b", "a compressed file: unpack it"),
    (b"PAR1", "a Parquet file: export it as CSV"),
    (b"ARROW1", "an Arrow file: export it as CSV or Parquet"),
    (b"SQLite format 3", "a database: export the list as CSV"),
)

_NOT_OF_FILES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
WINDOWS = "cp1252"
_LIKELY = (WINDOWS, "latin-1")


def decode(raw: bytes, name: str, encoding: str = "") -> str:
    """The text in ``raw``: UTF-8 unless a byte order mark or ``encoding`` says otherwise.

    Raises :class:`InputProblem` where the bytes are not that text, with the likely encoding and the option that sets
    it; :class:`UsageProblem` where no encoding has that name.
    """
    text, assumed = decode_or_assume(raw, name, encoding)
    if assumed is not None:
        raise assumed
    return text


def decode_or_assume(raw: bytes, name: str, encoding: str = "") -> tuple[str, InputProblem | None]:
    """The text in ``raw``, as :func:`decode` has it.

    Text that is not UTF-8 and can be Windows-1252 is read as that, and comes with the problem that this is: only who
    knows what wrote the text can say whether it is right.
    """
    if not raw.strip():
        raise InputProblem(f"{name}: there is nothing in this file")
    for beginning, what in _NOT_TEXT:
        if raw.startswith(beginning):
            raise InputProblem(f"{name}: this is {what}")
    chosen = _codec(encoding) or next((codec for mark, codec in _MARKS if raw.startswith(mark)), "utf-8")
    if chosen in ("utf-8", "utf-8-sig"):
        _refuse_nul(raw, name)
    assumed = None
    try:
        text = raw.decode(chosen)
    except UnicodeError as error:
        assumed = InputProblem(_not_that_text(raw, name, chosen, getattr(error, "start", 0)))
        if encoding or chosen != "utf-8" or _is_damaged_utf8(raw) or not _decodes(raw, WINDOWS):
            raise assumed from None
        text = raw.decode(WINDOWS)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise InputProblem(f"{name}:{line}: a NUL character: the file is damaged or is not {chosen}")
    return text.removeprefix("\ufeff"), assumed


def _codec(encoding: str) -> str:
    if not encoding:
        return ""
    try:
        name = codecs.lookup(encoding).name
        known = name.replace("_", "-") not in _NOT_OF_FILES and "".encode(name).decode(name) == ""
    except (LookupError, UnicodeError):  # no codec of that name, or one that does not make text
        known = False
    if not known:
        raise UsageProblem("--encoding: no text encoding has that name (try utf-8, cp1252 or utf-16)")
    return name


def _refuse_nul(raw: bytes, name: str) -> None:
    at = raw.find(b"\x00")
    if at < 0:
        return
    sample = raw[:2000]
    half = len(sample) // 2
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and sample[offset::2].count(0) > 0.6 * half:
            raise InputProblem(f"{name}: the bytes look like UTF-16 with no mark: give --encoding {codec}")
    line = raw.count(b"\n", 0, at) + 1
    raise InputProblem(f"{name}:{line}: a NUL byte: this is not a text file, or it is damaged")


def _not_that_text(raw: bytes, name: str, chosen: str, start: int) -> str:
    line = raw.count(b"\n", 0, start) + 1
    if chosen not in ("utf-8", "utf-8-sig"):
        return f"{name}: this is not {chosen} text, or it is cut off"
    if _is_damaged_utf8(raw):
        return f"{name}:{line}: UTF-8 that is damaged or cut off here, or put together with text in another encoding"
    likely = next(codec for codec in _LIKELY if _decodes(raw, codec))
    return f"{name}:{line}: not UTF-8; the bytes look like {likely}: give --encoding {likely}"


def _is_damaged_utf8(raw: bytes) -> bool:
    """Is there a letter in it that only UTF-8 writes so? Read in another encoding all such letters would be wrong."""
    text = raw.decode("utf-8", "replace")
    return any(letter not in ("\ufffd", "\ufeff") for letter in set(text) if letter > "\x7f")


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
