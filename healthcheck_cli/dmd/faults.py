"""What is wrong with single records of a release: counted by kind, with the place of the first few."""

from __future__ import annotations

_PLACES = 3


class Faults:
    """Counts faults. A release has hundreds of thousands of records, so only a few places of each kind are kept."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._places: dict[str, list[str]] = {}

    def add(self, what: str, place: str) -> None:
        """One record with this fault, at ``file:line``."""
        self.add_many(what, 1)
        places = self._places.setdefault(what, [])
        if len(places) < _PLACES:
            places.append(place)

    def add_many(self, what: str, count: int) -> None:
        """So many records with this fault, with no place."""
        if count:
            self._counts[what] = self._counts.get(what, 0) + count

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each kind, in the order in which they were met.

        >>> faults = Faults()
        >>> faults.add("without a name, left out", "f_vmp2_3260821.xml:12")
        >>> faults.sentences()
        ('1 record without a name, left out: f_vmp2_3260821.xml:12',)
        """
        return tuple(self._sentence(what, count) for what, count in self._counts.items())

    def _sentence(self, what: str, count: int) -> str:
        places = self._places.get(what, [])
        more = " …" if places and count > len(places) else ""
        return f"{count:,} record{'' if count == 1 else 's'} {what}" + (
            f": {', '.join(places)}{more}" if places else ""
        )
