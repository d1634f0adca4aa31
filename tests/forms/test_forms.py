"""The printed forms: in easy words for the person, dense for the clinic, whole, escaped, fit for paper and screen."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content, Section
from healthcheck_cli.content.roots import find_content
from healthcheck_cli.forms import before_words
from healthcheck_cli.forms.as_html import as_html
from healthcheck_cli.forms.as_markdown import as_markdown
from healthcheck_cli.forms.asked_if import asked_if
from healthcheck_cli.forms.form import Form, make_form
from healthcheck_cli.interview.example import example_question
from healthcheck_cli.interview.route import sections_for
from tests.forms.reading_ease import asked_of_the_person, boxes_to_tick, grade, read_by_the_person, words_in
from tests.interview import small_check as sc

ROUTES = ("before", "core", "full")
_VOID = {"meta", "input", "br"}


@cache
def shipped() -> Content:
    return load_content(find_content())


@cache
def shipped_form(route: str) -> Form:
    sections = sections_for(shipped().sections, route)
    words = {q.id: asked_if(q, shipped()) for section in sections for q in section.questions}
    signs = shipped().emergency_signs.values()
    return make_form("A form", sections, words, "Made for a test.", signs, for_home=route == "before")


def small_form(*, for_home: bool, sections: tuple[Section, ...] = ()) -> Form:
    sections = sections or sc.sections_of(*sc.QUESTIONS)
    signs = shipped().emergency_signs.values()
    return make_form("A form", sections, {sc.LAST_FIT.id: "Epilepsy"}, "Made for a test.", signs, for_home=for_home)


class Page(HTMLParser):
    """What an HTML page holds, as a browser would find it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []  # ids that something else names
        self.labels: list[str] = []
        self.inputs: list[str] = []
        self.headings: list[int] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in found.items()]
        self.ids += [found["id"]] if "id" in found else []
        self.labels += [found["for"]] if tag == "label" else []
        self.named += [found[name] for name in ("for", "aria-labelledby") if name in found]
        self.inputs += [found["id"]] if tag in ("input", "textarea") else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h\d", tag) else []
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("route", ROUTES)
def test_the_page_is_whole_and_every_box_and_line_has_its_label(route: str) -> None:
    text = as_html(shipped_form(route))
    page = Page(text)
    assert page.open == []
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert [it for it, times in Counter(page.ids).items() if times > 1] == []
    assert set(page.named) <= set(page.ids)
    assert sorted(page.labels) == sorted(page.inputs)
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(page.headings))
    assert all(item.id in page.text for item in shipped_form(route).items)


@pytest.mark.parametrize("for_home", [True, False])
def test_the_page_needs_no_network_and_no_script(for_home: bool) -> None:
    text = as_html(small_form(for_home=for_home))
    assert not re.search(r"https?:|<script|<link|<img|@import|url\(|\son\w+=", text)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("for_home", [True, False])
def test_words_from_content_cannot_become_markup(for_home: bool) -> None:
    bad = '<b onclick="x">"&|*_'
    question = example_question(
        id="bad.one", ask=bad, easy_read=bad, signs=bad, type="choice", values=("a",), labels={"a": bad}
    )
    table = example_question(id="bad.two", ask=bad, type="table", columns=("what",), labels={"what": bad})
    section = replace(sc.sections_of(sc.WEIGHT)[0], title=bad, intro=bad, questions=(question, table))
    form = make_form(bad, (section,), {"bad.one": bad}, bad, for_home=for_home)
    page = as_html(form)
    assert "<b" not in page.replace("<body", "").replace("<br", "")
    assert bad in Page(page).text
    assert r"\<b onclick=" in as_markdown(form)
    assert "<b" not in as_markdown(form).replace(r"\<b", "")


def test_the_form_for_home_says_first_what_to_do_if_ill_now_then_the_questions_in_easy_words() -> None:
    question = replace(
        sc.ACUTE, easy_read="Do you feel ill now? Point to it.", signs="Look for pallor.", ask="Any acute signs?"
    )
    form = small_form(for_home=True, sections=sc.sections_of(question, sc.LAST_FIT))
    text = as_markdown(form)
    heads = [text.index(f"\n## {it.heading}\n") for it in (before_words.if_ill_now(()), *before_words.OPENING)]
    assert heads == sorted(heads)
    assert text.index("Call 999 if:") < text.index("Call 111") < heads[1]
    assert (
        "## Part 1 of 2: Right now\n\n**1. Do you feel ill now?**\n\n**Point to it.**\n\n"
        "> For your helper: Any acute signs?\n>\n> Look for pallor.\n\nTick all that are right.\n\n"
        "Some of these cannot wait. They have a mark: (!). Do you have one of them now?\nCall 111 today. "
        "Call 999 if you are very ill.\n\n"
        "- ☐ chest pain (!)\n- ☐ not usual self\n- ☐ lips blue or grey (!)\n- ☐ none\n- ☐ I do not know\n" in text
    )
    assert "> For your helper: Only for some people. If: Epilepsy.\n\nDate: ____" in text
    assert "1 `sepsis.acute_signs` · 2 `epi.last_any`" in text


def test_the_form_of_the_clinic_has_ids_units_whom_it_is_for_and_what_cannot_wait() -> None:
    form = small_form(for_home=False)
    text = as_markdown(form)
    for line in (
        "**1. ● Any of these now?** `sepsis.acute_signs`\n\n☐ none   ☐ chest pain (!)",
        "`meas.weight`\n\nNumber: ____________________ kg\n",
        "`epi.last_any`\nIf: Epilepsy\n\nDate: ____",
        "1\\. drug: ____________________; dose: ____________________; working: ☐ yes ☐ no\n",
        "☐ never\n\nDate: ____________________\n",
    ):
        assert line in text
    assert "For your helper" not in text
    page = Page(as_html(form)).text
    assert all(it in page for it in ("sepsis.acute_signs", "If: Epilepsy", "chest pain (!)", "☐"))


@pytest.mark.parametrize("route", ROUTES)
def test_the_markdown_is_80_columns_wide(route: str) -> None:
    assert [line for line in as_markdown(shipped_form(route)).splitlines() if len(line) > 80] == []


def test_unsigned_questions_make_a_draft() -> None:
    unsigned = sc.sections_of(sc.STOOL)
    support = replace(sc.STOOL.support, signed_off_by="Someone")
    signed = sc.sections_of(replace(sc.STOOL, support=support))
    for render in (as_html, as_markdown):
        assert "no clinician has signed" in " ".join(render(small_form(for_home=True, sections=unsigned)).split())
        assert "no clinician has signed" not in render(small_form(for_home=True, sections=signed))


def test_every_colour_of_text_can_be_read_on_white() -> None:
    text = as_html(small_form(for_home=False)) + as_html(small_form(for_home=True))
    colours = set(re.findall(r"(?<![-\w])color: (#\w+)", text))
    assert colours == {"#000", "#333"}  # 21:1 and 12.6:1 on white; WCAG 2.2 AA asks for 4.5:1
    assert set(re.findall(r"background: (#\w+)", text)) == {"#fff"}


def test_the_form_for_home_is_printed_large() -> None:
    style = as_html(small_form(for_home=True)).split("</style>")[0]
    sizes = {float(size): rule for rule, size in re.findall(r"([.\w@ -]+) \{[^{}]*?font-size: ([\d.]+)pt", style)}
    small = {rule.strip() for size, rule in sizes.items() if size < 14}
    assert small == {".surgery", ".surgery h2"}  # the list of ids, which is not for the person


def test_the_form_for_home_asks_what_can_be_answered_at_home_and_no_more() -> None:
    assert 45 <= len(shipped_form("before").items) <= 55


def test_each_question_for_home_can_be_read_and_answered_on_paper() -> None:
    form = shipped_form("before")
    said = asked_of_the_person(form)
    assert [it for it in said if words_in(it) > 12] == []
    assert [it for it in said if re.search(r"\b(point|pictures?|face|show me)\b|[Cc]an I\b", it)] == []


def test_what_the_person_reads_at_home_is_short() -> None:
    form = shipped_form("before")
    said = read_by_the_person(form)
    lengths = [words_in(it) for it in said]
    assert sum(lengths) / len(lengths) <= 12
    assert [it for it in said if words_in(it) > 20] == []
    assert [it for it in boxes_to_tick(form) if words_in(it) > 20] == []
    assert grade(said) <= 5


def test_the_words_of_the_form_itself_keep_to_twelve_a_sentence_but_for_lists() -> None:
    form = small_form(for_home=True, sections=sc.sections_of(sc.STOOL))
    own = [it for it in read_by_the_person(form) if it not in asked_of_the_person(form)]
    assert [it for it in own if words_in(it) > 13] == []
