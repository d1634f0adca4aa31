"""What the forms say to those who do the check."""

from __future__ import annotations

from healthcheck_cli.forms.form import Form

KEY = (
    "● makes the check (core). (!) ticked, it cannot wait: act before the next question.",
    "Left empty: not asked. Nothing that is left empty counts as no.",
    "Write NK for not known, D for declined, NA for does not apply. Who answered: self, supporter, record, observed"
    " or measured.",
)
DRAFT = "Draft: no clinician has signed these questions off yet, so this form is not ready for use in care."


def for_the_surgery(form: Form) -> tuple[str, ...]:
    """How the answers get into the program, and what the form was made from."""
    typed = "Type the answers in with: healthcheck check start --route before" if form.for_home else ""
    return tuple(
        line
        for line in (
            typed,
            "Or write them into a file (healthcheck check template) and read it with: healthcheck check answers FILE",
            "The names of the questions, as the file has them:" if form.for_home else "",
            form.made_with,
        )
        if line
    )
