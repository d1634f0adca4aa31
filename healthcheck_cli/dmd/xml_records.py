"""Reads one dm+d file as a stream of records. Never holds the file; never follows what a document type declares.

A record is one element that holds fields (``<VMP>``, ``<VPI>``, ``<INFO>``), a field an element that holds text. What
is not asked for is passed over, so that a later edition of the format with more in it is read as this one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from healthcheck_cli.errors import InputProblem

_DEEPEST = 12  # real files have 4 levels
_LONGEST_FIELD = 10_000  # the longest name allowed is 700 letters
_LONGEST_SILENCE = 1 << 20  # bytes with no start, end or text in them: a comment or an attribute that fills the memory
_SHOWN = 40
_AGAIN = "download the release again"


@dataclass(frozen=True)
class Record:
    """One record: its element, the element it stands in, its fields as text without outer spaces, and its line."""

    tag: str
    section: str
    fields: dict[str, str]
    line: int

    def __getitem__(self, field: str) -> str:
        """The text of a field, "" where it is missing."""
        return self.fields.get(field, "")


class _FileProblem(Exception):
    """What is wrong with the file, without its name."""


class _Collector(ContentHandler):
    """Gathers the records of the wanted elements. ``gathered`` is emptied by whoever feeds the parser."""

    def __init__(self, root: str, wanted: frozenset[str], line: LineTeller) -> None:
        super().__init__()
        self.gathered: list[Record] = []
        self._silent = 0
        self._root = root
        self._wanted = wanted
        self._line = line
        self._open: list[str] = []
        self._record: Record | None = None
        self._record_depth = 0
        self._text: list[str] | None = None
        self._length = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802, ARG002 - as SAX calls it
        self._silent = 0
        if not self._open and name != self._root:
            raise _FileProblem(f"begins with <{_shown(name)}> and not with <{self._root}>: this is another file")
        self._open.append(name)
        depth = len(self._open)
        if depth > _DEEPEST:
            raise _FileProblem(f"more than {_DEEPEST} elements stand in each other, which no dm+d file has")
        if self._record is None:
            if depth > 1 and name in self._wanted:
                self._record = Record(name, self._open[-2], {}, self._line())
                self._record_depth = depth
        elif depth == self._record_depth + 1:
            self._text, self._length = [], 0

    def heard(self, size: int) -> None:
        """So many bytes were fed. What has no end in sight is held by the parser, so it must not go on for long."""
        self._silent += size
        if self._silent > _LONGEST_SILENCE:
            raise _FileProblem("a comment or a tag of more than a million letters, which no dm+d file has")

    def characters(self, content: str) -> None:
        self._silent = 0
        if self._text is not None:
            self._text.append(content)
            self._length += len(content)
            if self._length > _LONGEST_FIELD:
                raise _FileProblem(f"a field of more than {_LONGEST_FIELD:,} letters, which no dm+d file has")

    def endElement(self, name: str) -> None:  # noqa: N802 - as SAX calls it
        self._silent = 0
        depth = len(self._open)
        self._open.pop()
        if self._record is None:
            return
        if depth == self._record_depth:
            self.gathered.append(self._record)
            self._record = None
        elif depth == self._record_depth + 1 and self._text is not None:
            self._record.fields.setdefault(name, " ".join("".join(self._text).split()))
            self._text = None


class LineTeller:
    """Says which line a parser is at."""

    def __init__(self) -> None:
        self.parser = make_parser()
        self.parser.forbid_dtd = True

    def __call__(self) -> int:
        """The line, the first is 1."""
        return int(self.parser.getLineNumber())


def read_records(chunks: Iterable[bytes], where: str, root: str, wanted: frozenset[str]) -> Iterator[Record]:
    """The records of the ``wanted`` elements in order. ``where`` names the file in problems, ``root`` its first tag.

    Raises InputProblem where the file is not XML, is cut short, begins with another element, or declares a document
    type, with or without entities. Records before the fault have been given by then.

    >>> [r["NM"] for r in read_records([b"<L><V><ID>1</ID><NM>A  b</NM></V>", b"</L>"], "a.xml", "L", frozenset("V"))]
    ['A b']
    """
    line = LineTeller()
    collector = _Collector(root, wanted, line)
    line.parser.setContentHandler(collector)
    try:
        line.parser.feed(b"")  # so that a file with nothing in it is begun, and found wanting
        for chunk in chunks:
            line.parser.feed(chunk)
            collector.heard(len(chunk))
            yield from collector.gathered
            collector.gathered.clear()
        line.parser.close()
    except _FileProblem as problem:
        raise InputProblem(f"{where}:{line()}: {problem}: {_AGAIN}") from None
    except DefusedXmlException:
        raise InputProblem(
            f"{where}:{line()}: declares a document type, which no dm+d file does, so it is not read: {_AGAIN}"
        ) from None
    except SAXParseException as error:
        raise InputProblem(
            f"{where}:{error.getLineNumber()}: not XML, or cut short ({_shown(error.getMessage())}): {_AGAIN}"
        ) from None
    except (ValueError, LookupError):  # an encoding that Python cannot read a part at a time
        raise InputProblem(f"{where}: is in an encoding that no dm+d file has: {_AGAIN}") from None


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
