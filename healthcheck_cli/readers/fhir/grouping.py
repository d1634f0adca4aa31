"""Which statements, plans and orders tell of one medicine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import Json, day_in, objects, text
from healthcheck_cli.readers.fhir.references import References, type_and_id


class Kind(Enum):
    """What a resource says of a medicine: that it is taken, that it is meant to be, or that it was issued."""

    STATEMENT = "statement"
    PLAN = "plan"
    ORDER = "order"


_ORDERS = ("order", "original-order", "reflex-order", "filler-order", "instance-order")


def kind_of(entry: Entry) -> Kind | None:
    """The kind of a resource; None where it tells of no medicine."""
    if entry.kind == "MedicationStatement":
        return Kind.STATEMENT
    if entry.kind != "MedicationRequest":
        return None
    return Kind.ORDER if text(entry.resource, "intent") in _ORDERS else Kind.PLAN


def is_order(entry: Entry) -> bool:
    """Is it one issue?"""
    return kind_of(entry) is Kind.ORDER


@dataclass(frozen=True)
class Group:
    """The resources of one medicine of one person. ``lead`` speaks for it: the statement, or else the plan, or else
    the newest order."""

    lead: Entry
    members: tuple[Entry, ...]

    @property
    def statements(self) -> list[Entry]:
        """Its statement, if there is one."""
        return [it for it in self.members if kind_of(it) is Kind.STATEMENT]

    @property
    def plans(self) -> list[Entry]:
        """Its plans."""
        return [it for it in self.members if kind_of(it) is Kind.PLAN]

    @property
    def orders(self) -> list[Entry]:
        """Its issues, the newest last."""
        return sorted((it for it in self.members if is_order(it)), key=_written)

    @property
    def in_order(self) -> list[Entry]:
        """The members, those first that say most of what is taken now."""
        rest = [*self.statements, *self.plans, *reversed(self.orders)]
        return [self.lead, *(it for it in rest if it is not self.lead)]


def groups_of(
    entries: Sequence[Entry], references: References, same_medicine: Callable[[Entry], Hashable | None]
) -> list[Group]:
    """The medicines of one person, in the order of the input.

    ``same_medicine``: what an order that stands alone is folded by (product and directions); None where that is not
    known: such an order is a medicine of its own. Those that say the same as one active medicine are its issues.
    """
    linked = _linked(entries, references)
    led = [it for group in linked if not _all_orders(group) for it in _with_leads(group, references)]
    loose = _by_product([group for group in linked if _all_orders(group)], same_medicine)
    keys = [same_medicine(it.lead) if text(it.lead.resource, "status") == "active" else None for it in led]
    times = Counter(keys)
    made = [
        Group(it.lead, (*it.members, *(loose.pop(key, ()) if key is not None and times[key] == 1 else ())))
        for it, key in zip(led, keys, strict=True)
    ]
    made += [it for group in loose.values() for it in _with_leads(group, references)]
    place = {id(it): number for number, it in enumerate(entries)}
    return sorted(made, key=lambda it: place[id(it.lead)])


def _by_product(
    groups: Iterable[Sequence[Entry]], same_medicine: Callable[[Entry], Hashable | None]
) -> dict[Hashable, list[Entry]]:
    """Orders that stand alone, those of one product with the same directions together. One without a date is not
    folded: whether it is an issue of another is not known."""
    found: dict[Hashable, list[Entry]] = {}
    for group in groups:
        newest = _newest(group)
        key = same_medicine(newest) if _written(newest) != date.min else None
        found.setdefault(key if key is not None else id(newest), []).extend(group)
    return found


def _all_orders(group: Sequence[Entry]) -> bool:
    return all(is_order(it) for it in group)


def _linked(entries: Sequence[Entry], references: References) -> list[list[Entry]]:
    """Resources that are based on one another, however many steps apart."""
    parent: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    here = {id(it) for it in entries}
    for it in entries:
        for reference in _based_on(it.resource):
            found = references.entry(reference)
            if found is not None and id(found) in here:
                parent[root(id(it))] = root(id(found))
            elif found is None and type_and_id(text(reference, "reference")).startswith("MedicationRequest/"):
                parent[root(id(it))] = root(type_and_id(text(reference, "reference")))
    groups: dict[Hashable, list[Entry]] = {}
    for it in entries:
        groups.setdefault(root(id(it)), []).append(it)
    return list(groups.values())


def _based_on(resource: Json) -> list[Json]:
    return [*objects(resource, "basedOn"), *objects(resource, "derivedFrom")]


def _with_leads(members: Sequence[Entry], references: References) -> Iterable[Group]:
    """One group for each statement (or, without one, for each plan); what is linked to none goes with the last."""
    for kind in (Kind.STATEMENT, Kind.PLAN):
        leads = [it for it in members if kind_of(it) is kind]
        if leads:
            break
    else:
        leads = [_newest(members)]
    if len(leads) == 1:
        yield Group(leads[0], tuple(members))
        return
    owner = _owners(leads, [it for it in members if kind_of(it) is not kind], references)
    mine: dict[int, list[Entry]] = {id(lead): [lead] for lead in leads}
    for it in members:
        if id(it) not in mine:
            mine[id(owner.get(id(it), leads[-1]))].append(it)
    for lead in leads:
        yield Group(lead, tuple(mine[id(lead)]))


def _owners(leads: Sequence[Entry], rest: Sequence[Entry], references: References) -> dict[int, Entry]:
    """Which lead each of the rest goes with: the one it is linked to, or that the plan is linked to that it is of."""
    owner = {id(lead): lead for lead in leads}
    for lead in leads:
        for reference in _based_on(lead.resource):
            found = references.entry(reference)
            if found is not None:
                owner.setdefault(id(found), lead)
    for _ in range(2):  # a plan may stand after its orders
        for it in rest:
            targets = (references.entry(reference) for reference in _based_on(it.resource))
            for found in targets:
                if found is not None and id(found) in owner:
                    owner.setdefault(id(it), owner[id(found)])
    return owner


def _newest(orders: Sequence[Entry]) -> Entry:
    """The newest order that was not taken back: one that was cancelled says nothing of the medicine."""
    stand = [it for it in orders if text(it.resource, "status") not in ("cancelled", "entered-in-error", "draft")]
    return max(stand or orders, key=_written)


def _written(entry: Entry) -> date:
    return (
        day_in(entry.resource, "dispenseRequest", "validityPeriod", "start").day
        or day_in(entry.resource, "authoredOn").day
        or date.min
    )
