"""What of the content still needs a clinician's sign-off."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Basis
from healthcheck_cli.content.walk import Supported, supported


@dataclass(frozen=True)
class Unsigned:
    """Everything that nobody has signed off, in the order of the content."""

    items: tuple[Supported, ...]
    all_items: int

    @property
    def counts(self) -> dict[str, dict[Basis, int]]:
        """How many of each kind, by basis."""
        counted = Counter((item.kind, item.support.basis) for item in self.items)
        kinds = dict.fromkeys(item.kind for item in self.items)
        return {kind: {basis: counted[kind, basis] for basis in Basis} for kind in kinds}


def unsigned(content: Content) -> Unsigned:
    """All that carries a basis and names nobody who signed it off."""
    everything = tuple(supported(content))
    return Unsigned(tuple(item for item in everything if not item.support.signed_off_by), len(everything))
