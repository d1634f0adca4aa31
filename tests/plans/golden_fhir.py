"""The bundles that are kept as files. ``python -m tests.plans.golden_fhir`` writes them anew, to be read as a diff."""

from __future__ import annotations

from healthcheck_cli import __version__
from healthcheck_cli.plans.fhir.bundle import fhir_text
from tests.plans.golden_plans import FOLDER
from tests.plans.small_review import ANSWERS, BARE_REVIEW, CONTENT, REVIEW


def bundles() -> dict[str, str]:
    """File name → the bundle of the hand-built reviews, without the version of the program."""
    made = {
        "everything.fhir.json": fhir_text(REVIEW, CONTENT, {"A1": ANSWERS}),
        "nothing_fired.fhir.json": fhir_text(BARE_REVIEW, CONTENT),
    }
    return {name: text.replace(f'"value": "{__version__}"', '"value": "VERSION"') for name, text in made.items()}


if __name__ == "__main__":
    for name, text in bundles().items():
        (FOLDER / name).write_text(text, "utf-8")
