"""Names that two medicines claim: they make a line ambiguous, or one of the two is never meant by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.value_places import ValueOf
from healthcheck_cli.medicines.name_index import Key, Name, all_names
from healthcheck_cli.medicines.normalise import name_key

_LISTS = ("synonyms", "brands", "modified_release_brands", "depot_brands", "other_route_brands")


@dataclass(frozen=True)
class _Claim:
    """A name as one record has it: what the record calls the thing, and where it begins."""

    written: str
    name: Name
    owner: str
    record: Place
    place: Place

    @property
    def means(self) -> frozenset[str]:
        return frozenset(self.name.medicines)


def _claims(content: Content) -> dict[Key, list[_Claim]]:
    found: dict[Key, list[_Claim]] = {}
    for written, name in all_names(content.medicines, content.products):
        key = name_key(written)
        if key:
            found.setdefault(key, []).append(_claim(content, written, name))
    return found


def _claim(content: Content, written: str, name: Name) -> _Claim:
    owner = name.product or name.medicines[0]
    held = content.products[owner] if name.product else content.medicines[owner]
    key = next((it for it in _LISTS if written in getattr(held, it, ())), "name")
    return _Claim(written, name, owner, held.place, ValueOf.at(held.place, key, written))


def _shared(content: Content, _: date) -> Iterator[Diagnostic]:
    on_purpose = {name_key(name) for name in content.shared_names}
    shared = {key: claims for key, claims in _claims(content).items() if len({it.means for it in claims}) > 1}
    for key, claims in shared.items():
        first = min(claims, key=lambda claim: claim.name.rank)
        for claim in claims:
            if claim.means != first.means and (claim.name.rank > first.name.rank or key not in on_purpose):
                yield _clash(first, claim)
    for name in content.shared_names:
        if name_key(name) not in shared:
            message = f"shared_names names '{name}', which no two medicines share"
            place = ValueOf.at(content.manifest_place, "shared_names", name)
            yield Diagnostic(place, "name-not-shared", message, "remove it")


def _clash(first: _Claim, other: _Claim) -> Diagnostic:
    """``first`` has the better right to the name, or the same."""
    if other.name.rank > first.name.rank:
        message = f"'{other.written}' is a name of {first.owner} first, so it never means {other.owner}"
        hint = f"remove one of them; the other is at {first.record}"
        return Diagnostic(other.place, "name-taken", message, hint)
    message = f"'{other.written}' is a name of {first.owner} and of {other.owner}, so no line is known by it"
    hint = f"see {first.record}; if both are right, say why in shared_names of the manifest"
    return Diagnostic(other.place, "name-shared", message, hint)


CHECKS = (Check("no two medicines have one name, but for those that the manifest names", _shared, Needs.NAMES),)
