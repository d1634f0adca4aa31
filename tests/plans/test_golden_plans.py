"""The clinician's plans of twelve invented people, as they were read and kept, and what must hold of each of them.

They change whenever the content does: ``python -m tests.plans.golden_plans`` writes them anew, to be read in the diff.
"""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.plans.make_plan_page import make_plan_page
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.plan_sources import plan_sources
from healthcheck_cli.shown_text import one_line
from tests.plans.golden_people import NAMES, golden_records, golden_review
from tests.plans.golden_plans import FOLDER, FORMATS, plan_of
from tests.whole_people import shipped_reviewer

RENDERERS = (MarkdownIt("commonmark").enable("table").render, mistune.create_markdown(plugins=["table"], escape=True))
SECONDS = 0.3
"""Within so long a plan is there once the review is."""
MARKDOWN_TAGS = {"h1", "h2", "h3", "h4", "p", "blockquote", "ul", "ol", "li", "strong", "em", "a"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


class Tree(HTMLParser):
    """What a reader of HTML sees: the tags with where they lead, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        leads = " ".join(sorted(f"{name}={value}" for name, value in attrs if name in ("href", "src")))
        self.seen.append((tag, leads))

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if not words:
            return
        if self.seen and self.seen[-1][0] == "":
            words = f"{self.seen.pop()[1]} {words}"
        self.seen.append(("", words))

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.seen if tag]

    @property
    def texts(self) -> list[str]:
        return [words for tag, words in self.seen if not tag]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_plan_is_the_one_that_was_read_and_kept(name: str, ending: str) -> None:
    kept = (FOLDER / "plans" / f"{name}.{ending}").read_text("utf-8")
    assert plan_of(name, ending) == kept, "run python -m tests.plans.golden_plans, read what changed, and keep it"


@pytest.mark.parametrize("name", NAMES)
def test_markdown_is_the_same_to_two_renderers(name: str) -> None:
    one, other = (Tree(str(render(plan_of(name, "md")))) for render in RENDERERS)
    assert one.seen == other.seen
    assert set(one.tags) <= MARKDOWN_TAGS | TABLE_TAGS
    assert all(leads.startswith("href=#") for tag, leads in one.seen if tag == "a")


@given(st.text(alphabet=st.sampled_from("ab 1.)-+#>*_~`|\\[](){}<>&;:/!=\"'@$^%\n\t\x1bwhtpx60"), max_size=24))
def test_any_text_is_itself_to_two_renderers_wherever_it_stands(text: str) -> None:
    words = [" ".join(one_line(text).split())] if one_line(text) else []
    for render in RENDERERS:
        assert Tree(str(render(paragraph(escape(text))))).texts == words
        assert Tree(str(render(bullet(escape(text))))).tags == ["ul", "li"]
        found = Tree(str(render(table(("A", "B"), [(escape(text), escape(text)), ("x", "y")]))))
        assert found.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td", "tr", "td", "td"]
        assert found.texts == ["A", "B", *words, *words, "x", "y"]


@pytest.mark.parametrize("name", NAMES)
def test_page_holds_nothing_but_what_the_template_says_and_needs_no_network(name: str) -> None:
    text = plan_of(name, "html")
    tree = Tree(text)
    assert not {"script", "img", "svg", "iframe", "object", "link", "b", "i", "u", "form"} & set(tree.tags)
    assert all(leads.startswith("href=#") for tag, leads in tree.seen if tag == "a")
    assert not re.search(r"\son\w+=|url\(|@import|https?://[^\s<]*\"", text.partition("</style>")[0])
    marks = re.findall(r'\bid="([^"]+)"', text)
    assert len(marks) == len(set(marks))
    assert {leads.removeprefix("href=#") for tag, leads in tree.seen if tag == "a"} <= set(marks)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_colours_a_terminal_turns_the_writing_or_breaks_the_wording_rules(name: str, ending: str) -> None:
    text = plan_of(name, ending)
    assert not UNSEEN.search(text)
    assert wording_problems(" | ".join(Tree(text).texts) if ending == "html" else text.replace("\n", " ")) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_gap_and_answer_is_there_in_both_formats(name: str) -> None:
    person = golden_review(name).people[0]
    rules = {rule for finding in person.findings for rule in (*finding.rules, *finding.superseded)}
    rules |= {it.rule for it in person.could_not_assess}
    questions = shipped_reviewer().content.questions
    asked = {questions[it].ask for it in golden_records()[name].answers if it in questions}
    for ending in FORMATS:
        text = plan_of(name, ending)
        words = " ".join(Tree(text if ending == "html" else str(RENDERERS[0](text))).texts)
        assert {rule for rule in rules if rule not in words} == set()
        assert {ask for ask in asked if " ".join(ask.split()) not in words} == set()


def test_a_plan_is_there_soon_after_its_review() -> None:
    review, record = golden_review("many"), golden_records()["many"]
    best = {}
    for ending, render in FORMATS.items():
        taken = []
        for _ in range(3):  # the first makes ready what is kept
            begun = time.process_time()
            render(make_plan_page(plan_sources(review, review.people[0], record, shipped_reviewer())))
            taken.append(time.process_time() - begun)
        best[ending] = min(taken)
    assert max(best.values()) < SECONDS, best
