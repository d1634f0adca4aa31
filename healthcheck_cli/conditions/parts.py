"""A condition laid out part by part for one person, and what would make it other than it is.

Every ``not`` is pushed down to the atoms first, as the evaluator does, so that each part can be read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from healthcheck_cli.conditions.evaluate import fact_asked, needs_all, truth_of
from healthcheck_cli.conditions.explain import AtomResult, explain, result_so_far
from healthcheck_cli.conditions.kleene import all_true, any_true, opposite
from healthcheck_cli.conditions.tree import And, Atom, Call, Condition, FactName, Not, Or
from healthcheck_cli.conditions.values import PersonFacts, State, Truth
from healthcheck_cli.conditions.vocabulary import Vocabulary

MOST_WAYS = 60
"""More combinations of parts than this are not looked at: nobody would read them."""

Joined = Literal["all", "any"]


@dataclass(frozen=True)
class Group:
    """Several parts, of which ``all`` must hold or ``any``."""

    truth: Truth
    joined: Joined
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Leaf:
    """One atom as it stands: with ``negated`` the opposite is wanted, and ``truth`` is of that opposite.

    ``result`` is of the atom itself. ``missing`` would settle it, and is empty unless it is unknown. ``made_of``: the
    condition that defines the fact, laid out, where the fact is defined by one; the same way round as the leaf where it
    then has the same truth (it has not where a part of it does not apply), and as it is written where not.
    """

    truth: Truth
    atom: Atom
    negated: bool
    result: AtomResult
    missing: tuple[str, ...] = ()
    made_of: Part | None = None
    applies: bool = True

    def atom_where(self, wanted: Truth) -> Truth:
        """What the atom must be for this part to be ``wanted``."""
        return opposite(wanted) if self.negated else wanted


Part = Group | Leaf


@dataclass(frozen=True)
class Ways:
    """Each way is a set of parts that, all of them turned round, give the verdict that was asked for; short ones first.

    ``complete`` is false where there were too many combinations to look at them all.
    """

    found: tuple[tuple[Leaf, ...], ...]
    complete: bool


@dataclass(frozen=True)
class IfKnown:
    """What an undecided part would decide: the whole condition if the part turned out to hold, and if it did not."""

    leaf: Leaf
    if_so: Truth
    if_not: Truth


def laid_out(
    condition: Condition,
    person: PersonFacts,
    vocabulary: Vocabulary,
    definitions: Mapping[str, Condition] | None = None,
) -> Part:
    """The checked condition as a tree whose every part has the truth that ``evaluate`` gives it.

    >>> from healthcheck_cli.conditions.parse import parse
    >>> from healthcheck_cli.conditions.values import PersonFacts
    >>> from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
    >>> from datetime import date
    >>> words = Vocabulary({name: FactDeclaration(name, FactType.YN) for name in ("dx.a", "dx.b")})
    >>> part = laid_out(parse("not (dx.a or dx.b)"), PersonFacts(date(2026, 11, 22), {}), words)
    >>> part.joined, [(leaf.atom.text, leaf.negated) for leaf in leaves(part)]
    ('all', [('dx.a', True), ('dx.b', True)])
    """
    return _Layout(person, vocabulary, definitions or {}).part(condition, negated=False)


@dataclass(frozen=True)
class _Layout:
    person: PersonFacts
    vocabulary: Vocabulary
    definitions: Mapping[str, Condition]

    def part(self, condition: Condition, *, negated: bool) -> Part:
        if isinstance(condition, Not):
            return self.part(condition.part, negated=not negated)
        truth = truth_of(condition, self.person, self.vocabulary, negated=negated)
        if isinstance(condition, And | Or):
            parts = tuple(self.part(part, negated=negated) for part in condition.parts)
            return Group(truth, "all" if needs_all(condition, negated=negated) else "any", parts)
        if isinstance(condition, Atom):
            return self._leaf(condition, truth, negated=negated)
        raise TypeError(f"not a condition: {type(condition).__name__}")

    def _leaf(self, atom: Atom, truth: Truth, *, negated: bool) -> Leaf:
        fact = fact_asked(atom.subject) or ""
        applies = not fact or self.person.fact(fact).state is not State.DOES_NOT_APPLY
        definition = self.definitions.get(fact) if applies and isinstance(atom.subject, FactName) else None
        return Leaf(
            truth,
            atom,
            negated,
            result_so_far(atom, self.person, self.vocabulary),
            explain(atom, self.person, self.vocabulary, self.definitions).missing,
            self._made_of(definition, truth, negated=negated) if definition is not None else None,
            applies,
        )

    def _made_of(self, definition: Condition, truth: Truth, *, negated: bool) -> Part:
        turned = self.part(definition, negated=negated)
        return turned if turned.truth is truth else self.part(definition, negated=False)


def leaves(part: Part) -> Iterator[Leaf]:
    """Every leaf, from left to right; what a defined fact is made of is left out."""
    if isinstance(part, Leaf):
        yield part
    else:
        for inner in part.parts:
            yield from leaves(inner)


def truth_if(part: Part, assumed: Mapping[Atom, Truth]) -> Truth:
    """The truth of the part if these atoms were so, and every other one as it is."""
    if isinstance(part, Group):
        truths = (truth_if(inner, assumed) for inner in part.parts)
        return all_true(truths) if part.joined == "all" else any_true(truths)
    if part.atom not in assumed:
        return part.truth
    return opposite(assumed[part.atom]) if part.negated else assumed[part.atom]


def deciding(part: Part) -> tuple[Leaf, ...]:
    """The leaves that made a decided part what it is; of an undecided one, those that leave it open. Each once."""
    return _once(_deciding(part))


def _deciding(part: Part) -> Iterator[Leaf]:
    if isinstance(part, Leaf):
        yield part
        return
    for inner in part.parts:
        if inner.truth is part.truth:
            yield from _deciding(inner)


def ways_to(part: Part, wanted: Truth) -> Ways:
    """What would have to turn round for the whole to be ``wanted`` (true or false), the other parts as they are.

    Only ways that do give ``wanted`` are told. Where one atom stands both with and without ``not`` there may be others.
    """
    combinations, complete = _combinations(part, wanted)
    found = tuple(way for way in combinations if way and truth_if(part, _assumed(part, way, wanted)) is wanted)
    return Ways(tuple(sorted(found, key=len)), complete)


def if_known(part: Part) -> tuple[IfKnown, ...]:
    """For each part that leaves the whole open, what knowing it would decide, whatever else stays unknown.

    Knowing means that the fact applies: a test on a fact that does not apply is false, and so is its opposite.
    """
    if part.truth is not Truth.UNKNOWN:
        return ()
    return tuple(
        IfKnown(
            leaf,
            truth_if(part, _assumed(part, (leaf,), Truth.TRUE)),
            truth_if(part, _assumed(part, (leaf,), Truth.FALSE)),
        )
        for leaf in deciding(part)
    )


_Way = tuple[Leaf, ...]


def _combinations(part: Part, wanted: Truth) -> tuple[list[_Way], bool]:
    """The smallest sets of leaves to turn round; the empty set where the part is as wanted."""
    if part.truth is wanted:
        return [()], True
    if isinstance(part, Leaf):
        return [(part,)], True
    inner = [_combinations(each, wanted) for each in part.parts]
    complete = all(whole for _, whole in inner)
    found: list[_Way] = []
    if (part.joined == "all") is (wanted is Truth.TRUE):
        found = [()]
        for ways, _ in inner:
            joined = [_once((*one, *other)) for one, other in product(found, ways)]
            found = _smallest(joined)
            complete = complete and len(found) <= MOST_WAYS
            found = found[:MOST_WAYS]
        return found, complete
    found = _smallest([way for ways, _ in inner for way in ways])
    return found[:MOST_WAYS], complete and len(found) <= MOST_WAYS


def _smallest(ways: Sequence[_Way]) -> list[_Way]:
    """The ways that hold no other way."""
    kept: list[_Way] = []
    sets: list[frozenset[tuple[Atom, bool]]] = []
    for way in sorted(ways, key=len):
        turned = frozenset((leaf.atom, leaf.negated) for leaf in way)
        if not any(smaller <= turned for smaller in sets):
            kept.append(way)
            sets.append(turned)
    return kept


def _once(found: Sequence[Leaf] | Iterator[Leaf]) -> _Way:
    return tuple({(leaf.atom, leaf.negated): leaf for leaf in reversed(tuple(found))}.values())[::-1]


def _assumed(part: Part, way: _Way, wanted: Truth) -> Mapping[Atom, Truth]:
    """The atoms of the way as they must be, and what follows for the parts that ask whether those facts are known.

    Two leaves that want opposite things of one atom leave it unknown: both cannot be had.
    """
    assumed: dict[Atom, Truth] = {}
    for leaf in way:
        asked = leaf.atom_where(wanted)
        assumed[leaf.atom] = asked if assumed.get(leaf.atom, asked) is asked else Truth.UNKNOWN
    learnt = {fact_asked(leaf.atom.subject): leaf for leaf in way if not _asks_what_is_known(leaf.atom)}
    for leaf in leaves(part):
        fact = fact_asked(leaf.atom.subject)
        if fact is not None and fact in learnt and _asks_what_is_known(leaf.atom) and leaf.atom not in assumed:
            # a date may become known where the value stays too old to use
            sure = isinstance(learnt[fact].atom.subject, FactName)
            assumed[leaf.atom] = Truth.FALSE if sure else Truth.UNKNOWN
    return assumed


def _asks_what_is_known(atom: Atom) -> bool:
    return isinstance(atom.subject, Call) and atom.subject.function in ("missing", "not_known", "declined")
