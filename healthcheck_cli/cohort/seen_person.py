"""One person of an extract, as the functions of the review of one person see them: through columns.

Nothing of the person is made before it is looked at, and what was looked at is noted by the reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from healthcheck_cli.cohort.calls import CallAnswer
from healthcheck_cli.cohort.extract import Extract
from healthcheck_cli.cohort.traced import Reader
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.tree import Atom, Call
from healthcheck_cli.conditions.values import FactValue, Interval, Truth
from healthcheck_cli.content.models import Fact
from healthcheck_cli.facts.derive import RecordFacts
from healthcheck_cli.facts.sources import FactSources

if TYPE_CHECKING:
    from healthcheck_cli.cohort.facts import FactColumns

_BY_AGE_ALONE = "person.age"
"""The fact to which two birthdays of the same age are the same."""


class Seen(Mapping[str, Any]):
    """The facts or the totals of one person, read from their columns."""

    def __init__(self, reader: Reader, kind: str, names: Collection[str]) -> None:
        self._reader, self._kind, self._names = reader, kind, names

    def __getitem__(self, name: str) -> Any:
        return self._reader.read(f"{self._kind}:{name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class WorkedOutFor:
    """Atoms and calls of one person, read from their columns."""

    def __init__(self, reader: Reader, asked: dict[str, Atom | Call], columns: FactColumns) -> None:
        self._reader, self._asked, self._columns = reader, asked, columns

    def truth(self, atom: Atom) -> Truth | None:
        """The truth of an atom; None where its fact does not apply."""
        name = f"atom:{atom.text}"
        self._asked.setdefault(name, atom)
        found: Truth | None = self._reader.read(name)
        return found

    def value(self, call: Call) -> bool | Interval | None:
        """What a function over medicine lines gives."""
        return self._answer(call).value

    def missing(self, call: Call) -> tuple[str, ...]:
        """What keeps a function over medicine lines, or a scale, from being known."""
        if FUNCTIONS[call.function].about is not About.SCALE:
            return self._answer(call).missing
        named = [] if "medicines" in self._columns.extract.complete else ["complete"]
        if self._reader.read("missing:unrecognised"):
            named.append("unrecognised")
        return tuple(f"medicines.{name}" for name in named or [call.name])

    def behind(self, call: Call) -> tuple[tuple[int, ...], str]:
        """The number that stands for the rows of the call."""
        if FUNCTIONS[call.function].about is About.SCALE:
            return (), ""
        return (self._columns.row_sources.number("call", call),), ""

    def _answer(self, call: Call) -> CallAnswer:
        name = f"call:{call.text}"
        self._asked.setdefault(name, call)
        found: CallAnswer = self._reader.read(name)
        return found


class OneFact(RecordFacts):
    """One fact of one person, made from the columns of what it rests on."""

    def __init__(self, reader: Reader, columns: FactColumns, fact: Fact) -> None:
        maker = columns.maker
        record = SeenRecord(reader, columns.extract, fact.name)
        sources = SeenSources(record, (), maker.content, maker.problem_groups, columns.as_of)  # type: ignore[arg-type]
        super().__init__(sources, {})
        self._reader, self._fact = reader, fact
        self.person = columns.person_facts(reader)

    def __getitem__(self, name: str) -> FactValue:
        found: FactValue = self._reader.read(f"fact:{name}")
        return found

    def made(self) -> FactValue:
        """The fact."""
        return self._derive(self._fact)

    def _from_record(self, fact: Fact) -> FactValue | None:
        if not fact.problem and fact.observation is None:
            return None
        found: FactValue | None = self._reader.read(f"recorded:{fact.name}")
        return found


class SeenRecord:
    """A record as a fact's function sees it. There are no answers in an extract, and no check before."""

    answers: Mapping[str, Any] = {}
    previous = None
    from_check = False
    accepted = ()

    def __init__(self, reader: Reader, extract: Extract, fact: str) -> None:
        self._reader, self._fact = reader, fact
        self.complete = extract.complete

    def is_complete(self, name: str) -> bool:
        """Does the source say that this list leaves nothing out?"""
        return name in self.complete

    @property
    def person(self) -> SeenPerson:
        """Who it is about."""
        return SeenPerson(self._reader, self._fact)

    @property
    def observations(self) -> Any:
        """All results of the person."""
        return self._reader.read("results:")

    @property
    def problems(self) -> Any:
        """The problems of the person that the fact looks at."""
        return self._reader.read(f"problems:{self._fact}")

    @property
    def medicines(self) -> Any:
        """Whether there are medicine lines, for that alone is asked."""
        return (None,) if self._reader.read("person:has lines") else ()


class SeenPerson:
    """Somebody's details, each looked at by itself."""

    def __init__(self, reader: Reader, fact: str) -> None:
        self._reader, self._fact = reader, fact

    def __getattr__(self, name: str) -> Any:
        if name != "date_of_birth":
            return self._reader.read(f"person:{name}")
        return self._reader.read("person:born alike" if self._fact == _BY_AGE_ALONE else "person:born")


class SeenSources(FactSources):
    """The sources of a fact, of which the medicine lines are made only when they are looked at."""

    def __getattribute__(self, name: str) -> Any:
        if name == "reads":
            record = super().__getattribute__("record")
            return record._reader.read(f"lines:{record._fact}")
        return super().__getattribute__(name)
