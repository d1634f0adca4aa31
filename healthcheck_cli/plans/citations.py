"""The sources that a plan cites, numbered once, so that a finding can name them in a few characters."""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Support
from healthcheck_cli.findings import Finding
from healthcheck_cli.plans.plan_page import ShownSupport
from healthcheck_cli.plans.words import BASES, source_in_words


class Citations:
    """Sources by number, in the order in which they are first cited; two ids with one title are one source."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._numbers: dict[str, int] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        """Publisher, title and year of each source cited so far: the first is number 1."""
        return tuple(self._numbers)

    def support(self, support: Support) -> ShownSupport:
        """What a piece of content rests on."""
        return ShownSupport(BASES[support.basis], self._cited(support.sources))

    def finding(self, finding: Finding) -> ShownSupport:
        """What a finding rests on."""
        return ShownSupport(BASES[finding.basis], self._cited(finding.sources))

    def _cited(self, sources: Iterable[str]) -> tuple[int, ...]:
        titles = (source_in_words(source, self._content) for source in sources)
        return tuple(dict.fromkeys(self._numbers.setdefault(it, len(self._numbers) + 1) for it in titles))
