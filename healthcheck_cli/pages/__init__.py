"""The look that every HTML page shares: its frame, its style, boxes to tick. A page needs no network and no script."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


def page_template(package: str, name: str) -> jinja2.Template:
    """A template from the folder ``pages`` of a package, which can extend and include the shared ones.

    Everything that is put into it is escaped, and a name that nothing fills is an error.

    >>> page_template("healthcheck_cli", "page.html.j2").render(title="<b>").splitlines()[6]
    '<title>&lt;b&gt;</title>'
    """
    return _environment(package).get_template(name)


@cache
def _environment(package: str) -> jinja2.Environment:
    """Kept, as a template takes longer to read than a page to fill."""
    import jinja2

    shared = jinja2.PackageLoader("healthcheck_cli", "pages")
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(package, "pages"), shared]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
