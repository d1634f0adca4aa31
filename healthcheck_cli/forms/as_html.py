"""A form as one HTML page that prints on A4 and reads on a phone. It needs no network and runs no script."""

from __future__ import annotations

from healthcheck_cli.forms import before_words, clinic_words
from healthcheck_cli.forms.form import Form
from healthcheck_cli.pages import page_template

WIDEST_TABLE = 4
"""In columns: a row of more is written below each other, in the form for home."""


def as_html(form: Form) -> str:
    """The whole page. Everything that comes from the content is escaped."""
    page = page_template("healthcheck_cli.forms", "home.html.j2" if form.for_home else "clinic.html.j2")
    return page.render(
        title=form.title,
        form=form,
        words=before_words,
        key=clinic_words.KEY,
        draft="" if form.signed_off else clinic_words.DRAFT,
        for_the_surgery=clinic_words.for_the_surgery(form),
        widest=WIDEST_TABLE,
    )
