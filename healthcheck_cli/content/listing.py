"""Lists of content as text of at most 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Basis
from healthcheck_cli.content.unsigned import Unsigned

WIDTH = 80


def heading(content: Content) -> list[str]:
    """Which content it is, and what was laid over it."""
    local = [line for it in content.overlays for line in textwrap.wrap(f"Local changes: {it.in_words}", WIDTH)]
    return [f"Content {content.version}", f"sha256 {content.sha256}", *local]


def list_text(content: Content) -> str:
    """Everything that is loaded, by id."""
    lines = heading(content)
    lines += ["", f"Sections ({len(content.sections)}; {len(content.questions)} questions)"]
    for section in content.sections:
        lines += _wrapped(f"  {section.id}: ", [question.id for question in section.questions])
    lines += ["", f"Rules ({len(content.rules)})"]
    for rule in content.rules.values():
        lead = f"  {rule.id:<10} {rule.level.value:<7} "
        lines += textwrap.wrap(rule.title, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
    kinds: dict[str, Iterable[str]] = {
        "Themes": content.themes,
        "Medicines": content.medicines,
        "Products of several medicines": content.products,
        "Classes": content.classes,
        "Scales": content.scales,
        "Facts": content.facts,
        "Check scores": content.scores,
        "Cross checks": content.cross_checks,
        "Monitoring tests": content.monitoring,
        "Indicators": content.indicators,
        "National series": content.national_series,
        "Settings": content.settings,
        "Adjustments": content.adjustments,
        "Codes to record": content.codes_to_record,
        "Going well": content.going_well,
        "Helpers": content.helpers,
        "Emergency signs": content.emergency_signs,
        "Soft signs": content.soft_signs,
        "Pictures": content.pictures,
        "Usual reasons": content.usual_reasons,
        "Problem groups": content.problem_groups,
        "Sources": content.sources,
    }
    for title, names in kinds.items():
        listed = list(names)
        lines += ["", f"{title} ({len(listed)})", *_wrapped("  ", listed)]
    return "\n".join(lines)


def unsigned_text(content: Content, found: Unsigned) -> str:
    """What still needs sign-off: counts by kind and basis, then the ids."""
    lines = heading(content)
    lines += ["", f"{len(found.items)} of {found.all_items} pieces of content need a clinician's sign-off", ""]
    titles = [basis.value.replace("_", " ") for basis in Basis]
    lines.append(f"{'kind':<20}" + "".join(f"{title:>19}" for title in titles))
    for kind, counts in found.counts.items():
        lines.append(f"{kind:<20}" + "".join(f"{counts[basis]:>19}" for basis in Basis))
    lines += _unsigned_ids(found)
    return "\n".join(lines)


def _unsigned_ids(found: Unsigned) -> Iterator[str]:
    for kind, counts in found.counts.items():
        for basis in Basis:
            ids = [it.id for it in found.items if it.kind == kind and it.support.basis is basis]
            if counts[basis]:
                yield from ("", f"{kind}, {basis.value.replace('_', ' ')} ({len(ids)})", *_wrapped("  ", ids))


def _wrapped(lead: str, names: Iterable[str]) -> list[str]:
    text = lead + ", ".join(name.replace(" ", "\u00a0") for name in names)
    wrapped = textwrap.wrap(
        text, WIDTH, subsequent_indent=" " * 4, break_on_hyphens=False, break_long_words=False, drop_whitespace=True
    )
    return [line.replace("\u00a0", " ") for line in wrapped]
