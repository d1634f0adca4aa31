"""What else differs between two reviews, as findings may have come or gone by that alone; what breaks a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from healthcheck_cli.cohort.compare.changes import Changes
from healthcheck_cli.cohort.report.extract_files import Run
from healthcheck_cli.content.overlay_models import ChangeKind, Overlay
from healthcheck_cli.plans.words import listed

GROWTH = 0.1
"""A register that grew or shrank by this share of itself is noted on the charts."""

FEW_IN_BOTH = 0.1
"""Where no more than this share of the smaller review is in the other one too, the ids may not be of one kind."""


def notes_on(before: Run, after: Run, changes: Changes) -> Iterator[str]:
    """What is to be known before any number is read, a sentence each."""
    if before.content_sha256 != after.content_sha256:
        yield (
            f"The content differs ({_content(before)} before, {_content(after)} after): findings may have come or gone "
            "because rules changed."
        )
    yield from _on_overlays(before, after)
    if before.complete != after.complete:
        said = [listed(sorted(it.complete)) if it.complete else "none" for it in (before, after)]
        yield f"The lists said to be complete differ: {said[0]} before, {said[1]} after."
    yield from _on_people(before, after, changes)


def breaks_between(earlier: Run, later: Run) -> Iterator[str]:
    """What is to be seen as a line on a chart between two reviews that follow each other."""
    if earlier.content_sha256 != later.content_sha256:
        yield "content changed"
    if earlier.complete != later.complete:
        yield "other lists complete"
    if earlier.people and abs(later.people - earlier.people) >= GROWTH * earlier.people:
        yield "register larger" if later.people > earlier.people else "register smaller"


def _content(run: Run) -> str:
    return f"{run.content_version}, {run.content_sha256[:8]}"


def _on_overlays(before: Run, after: Run) -> Iterator[str]:
    was, now = _named(before.overlays), _named(after.overlays)
    both = [it for it in was if it in now]
    if was != now:
        only = [[it for it in these if it not in both] for these in (was, now)]
        yield f"The local changes differ: {_each(only) if any(only) else 'they were laid over in another order'}."
    if both:
        yield f"Local changes were used both times: {listed(both)}."
    off = [sorted(_switched_off(run)) for run in (before, after)]
    if off[0] != off[1]:
        yield f"Rules that a local change switched off: {_each(off)}."
    elif off[0]:
        yield f"Rules that a local change switched off both times: {listed(off[0])}."


def _each(before_and_after: Sequence[Sequence[str]]) -> str:
    was, now = (listed(names) if names else "none" for names in before_and_after)
    return f"{was} before; {now} after"


def _named(overlays: Iterable[Overlay]) -> list[str]:
    """Each with the beginning of its hash: one that was changed may still have its name and its version."""
    return [f"{it.in_words}, SHA-256 {it.sha256[:8]}" for it in overlays]


def _switched_off(run: Run) -> Iterator[str]:
    """The rules that were off on the day of the review."""
    for overlay in run.overlays:
        for change in overlay.of_kind(ChangeKind.SWITCHED_OFF):
            if change.until is None or change.until >= run.as_of:
                yield change.id


def _on_people(before: Run, after: Run, changes: Changes) -> Iterator[str]:
    fewest = min(before.people, after.people)
    if fewest and changes.in_both <= FEW_IN_BOTH * fewest:
        few = "Almost nobody" if changes.in_both else "Nobody"
        yield f"{few} is in both: are the ids of the same kind, and are the two of one place?"
