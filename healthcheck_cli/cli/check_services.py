"""What the interview is given: the content, the supplied record, the advice of the rules, and the folder to save in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from healthcheck_cli.cli.options import note
from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.interview.saved import Check, SuppliedFile

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.interview.route import Route
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.live_review import LiveReview
    from healthcheck_cli.medicines.name_index import NameIndex
    from healthcheck_cli.record import Record
    from healthcheck_cli.review import Reviewer

DATA_VARIABLE = "HEALTHCHECK_DATA_DIR"
_NEWEST_NAMED = 3


def data_folder() -> Path:
    """Where checks are saved: the folder the environment names, else the user's own data folder."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("healthcheck", appauthor=False))


@contextmanager
def open_store() -> Iterator[CheckStore]:
    """The saved checks of the user. Raises InputProblem where the folder or the file in it cannot be used."""
    from healthcheck_cli.interview.saving.store import CheckStore

    store = CheckStore(data_folder())
    try:
        if store.migrated is not None:
            note(f"The saved checks were brought to this version; the file as it was is beside it: {store.migrated}")
        yield store
    finally:
        store.close()


@dataclass(frozen=True)
class Services:
    """The content and what is made from it, for every command of ``healthcheck check``."""

    content: Content
    names: NameIndex | None = None

    @cached_property
    def reviewer(self) -> Reviewer:
        """Reads medicines and runs the rules; made when it is first needed."""
        from healthcheck_cli.cli.clinical_content import own_dmd
        from healthcheck_cli.review import Reviewer

        return Reviewer(self.content, self.names, own_dmd())

    def medicine_names(self) -> tuple[str, ...]:
        """Every name a medicine goes by, as content writes it."""
        medicines, products = self.content.medicines.values(), self.content.products.values()
        found = [name for it in medicines if it.scored for name in (it.name, *it.every_brand)]
        return tuple(sorted({*found, *(name for it in products for name in (it.name, *it.synonyms))}, key=str.casefold))

    def supplied_record(self, files: Sequence[SuppliedFile]) -> Record | None:
        """The one person in the files that were given with a check; None where there were none.

        Raises InputProblem where a file cannot be read or holds more than one person.
        """
        from healthcheck_cli.cli.supplied import supplied_record

        return supplied_record(files, self.content, this_moment())

    def adviser(self, store: CheckStore, check: Check, *, with_last_check: bool = True) -> LiveReview:
        """What the rules say of a saved check: of its answers, of the files that were supplied with it, and beside the
        last check. Raises InputProblem where a file cannot be read."""
        from healthcheck_cli.cli.last_checks import last_check_of
        from healthcheck_cli.live_review import LiveReview
        from healthcheck_cli.record import Record

        supplied = self.supplied_record(store.supplied(check.id)) or Record()
        previous = last_check_of(self, store, check) if with_last_check else None
        return LiveReview(self.reviewer, check, supplied, check.day, previous)


def load_file(path: Path, complete: Sequence[str]) -> SuppliedFile:
    """A file given with the check. Raises InputProblem where it cannot be read."""
    try:
        return SuppliedFile(path.name, path.read_bytes(), tuple(complete))
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror or 'no reason given'})") from None


def chosen_check(checks: Sequence[Check], wanted: str | None, open_only: bool) -> Check:
    """The check of that id; without an id the only one there is (with ``open_only``, that is not finished).

    Raises UsageProblem where none or several could be meant.
    """
    if wanted:
        found = [check for check in checks if check.id == wanted]
        if found:
            return found[0]
        raise UsageProblem("There is no saved check of that id; `healthcheck check list` shows those there are.")
    among = [check for check in checks if check.is_open] if open_only else list(checks)
    if len(among) == 1:
        return among[0]
    if not among:
        raise UsageProblem("There is no check to go on with; `healthcheck check start` begins one.")
    newest = ", ".join(check.id for check in among[: -_NEWEST_NAMED - 1 : -1])
    raise UsageProblem(
        f"There are {len(among)} checks to go on with: name the one you mean. The newest are {newest};"
        " `healthcheck check list` shows all."
    )


def services_of(content_folder: Path | None) -> Services:
    """The services with the content of that folder, or with the content shipped."""
    from healthcheck_cli.cli.clinical_content import content_and_names

    return Services(*content_and_names(content_folder))


def route_of(services: Services, store: CheckStore, check: Check) -> Route:
    """The way through a saved check: which questions apply, in order."""
    from healthcheck_cli.interview.route import Route

    adviser = services.adviser(store, check)
    return Route(services.content.sections, adviser.applies)


def this_moment() -> datetime:
    """This moment, with the offset of the user's clock."""
    return datetime.now().astimezone()
