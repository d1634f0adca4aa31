"""Which medicine a line of a list means: by its name, with the codes beside it as witnesses.

The name decides where the codes do not speak against it. Where they do, the line is ambiguous, with both readings as
candidates: neither is used in silence. Where the name says nothing, a code that is known does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from healthcheck_cli.content.medicine_models import CodeTable, Medicine, Product
from healthcheck_cli.medicines.code_book import CodeBook, Coded, ProductIndex
from healthcheck_cli.medicines.models import Match, Recognised
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.name_reader import NameReader
from healthcheck_cli.medicines.not_taken import in_doubt

_NOT_SCORED = "not a medicine that is scored"


class Recogniser:
    """Recognises lines against the content, and against the user's own dm+d index where there is one.

    The index of names is built once; each text then takes well under a millisecond.
    """

    def __init__(
        self,
        medicines: Mapping[str, Medicine],
        products: Mapping[str, Product],
        names: NameIndex | None = None,
        code_tables: Mapping[str, CodeTable] | None = None,
        dmd: ProductIndex | None = None,
    ) -> None:
        """``names``: the index of just these medicines and products, where it is made already."""
        self._medicines = medicines
        self._reader = NameReader(medicines, products, names)
        self._codes = CodeBook(medicines, code_tables or {}, self._named, dmd)

    def recognise(self, text: str, dmd_code: str = "", bnf_code: str = "") -> Recognised:
        """What the line means. Never raises, never guesses. Ambiguous where its words say that it is not taken."""
        found = self._recognised(text, dmd_code, bnf_code)
        known = found.match is not Match.NONE
        return in_doubt(found) if known and self._reader.says_not_taken(text) else found

    def _recognised(self, text: str, dmd_code: str, bnf_code: str) -> Recognised:
        named = self._reader.read(text)
        coded = self._codes.of(dmd_code, bnf_code) if dmd_code or bnf_code else ()
        if named.match is not Match.EXACT or any(one.strength is None for one in named.ingredients):
            exact = self._codes.named_exactly(text)
            coded = (*coded, exact) if exact is not None else coded
        telling = [one for one in coded if one.medicines]
        if not telling:
            if bnf_code and named.match is Match.NONE:
                return replace(named, code_part=self._codes.part_of_the_bnf(bnf_code))
            return named
        if self._in_conflict(named, telling):
            return self._undecided(named, telling)
        if named.match is Match.EXACT:
            return self._completed(named, telling)
        return self._by_code(named, telling[0])

    def _named(self, name: str) -> tuple[str, ...]:
        """The medicines of a name that a code table or dm+d gives; none where it is not sure."""
        found = self._reader.read(name, suggest=False)
        return tuple(one.name for one in found.ingredients) if found.match is Match.EXACT else ()

    def _counted(self, names: Sequence[str]) -> frozenset[str]:
        """The substances: what the content counts as one is one, and so is everything that is not scored."""
        return frozenset(map(self._substance, names))

    def _substance(self, name: str) -> str:
        medicine = self._medicines.get(name)
        if medicine is None:
            return name
        return medicine.counted_as or name if medicine.scored else _NOT_SCORED

    def _in_conflict(self, named: Recognised, telling: Sequence[Coded]) -> bool:
        """Do two witnesses name different substances? One that names only some of what the other does agrees."""
        said = [self._counted(one.medicines) for one in telling]
        if named.match is Match.EXACT:
            said.append(self._counted([one.name for one in named.ingredients]))
        if named.match is Match.AMBIGUOUS:
            may_be = self._counted(named.candidates)
            if any(not one <= may_be for one in said):
                return True
        return any(not (one <= other or other <= one) for one in said for other in said)

    def _undecided(self, named: Recognised, telling: Sequence[Coded]) -> Recognised:
        own = [one.name for one in named.ingredients] or list(named.candidates)
        said = [f"the name says {' with '.join(own)}"] if own else []
        said += [f"its {one.by} says {' with '.join(one.medicines)}" for one in telling]
        candidates = dict.fromkeys([*own, *(name for one in telling for name in one.medicines)])
        return replace(
            named,
            match=Match.AMBIGUOUS,
            ingredients=(),
            candidates=tuple(candidates),
            suggestions=(),
            conflict=", ".join(said),
        )

    def _completed(self, named: Recognised, telling: Sequence[Coded]) -> Recognised:
        """What the name leaves out (a strength, a form, a route), as the generic product of its code has it."""
        generic = next((one.generic for one in telling if one.generic), "")
        found = self._reader.read(generic, suggest=False) if generic else named
        mine = {one.name: one for one in named.ingredients}
        if {one.name for one in found.ingredients} != set(mine):
            return named
        strengths = {one.name: one.strength for one in found.ingredients}
        return replace(
            named,
            ingredients=tuple(replace(one, strength=one.strength or strengths[one.name]) for one in named.ingredients),
            form=named.form or found.form,
            route=named.route or found.route,
            release=named.release or found.release,
        )

    def _by_code(self, named: Recognised, coded: Coded) -> Recognised:
        """The product of a code, for a name that says nothing or may mean several."""
        found = self._reader.read(coded.generic, suggest=False) if coded.generic else named
        if found.match is not Match.EXACT or {one.name for one in found.ingredients} != set(coded.medicines):
            found = self._reader.of_medicines(coded.generic or named.text, coded.medicines)
        return replace(found, text=named.text, matched_by=coded.by)


def class_label(recognised: Recognised, medicines: Mapping[str, Medicine]) -> str:
    """The ``class_label`` of the schema recognise; the labels of a combination are joined with ``+``, in order.

    Of an ambiguous name, the label that all the medicines it may mean have in common, or "none".
    """
    if recognised.match is Match.AMBIGUOUS:
        shared = {medicines[name].label for name in recognised.candidates if name in medicines}
        return shared.pop() if len(shared) == 1 else "none"
    labels = {medicines[one.name].label for one in recognised.ingredients if one.name in medicines} - {"none", ""}
    return "+".join(sorted(labels)) or "none"
