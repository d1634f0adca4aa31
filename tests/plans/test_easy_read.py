"""The person's own plan: what is on it and what is not, in words that can be read, on a page that nothing can break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.cli.main import main
from healthcheck_cli.content.kinds.rules import OWNERS
from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Level
from healthcheck_cli.content.roots import find_content
from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.plans import easy_read_words as words
from healthcheck_cli.plans.easy_read import EasyReadPlan, make_easy_read, when_in_words
from healthcheck_cli.plans.easy_read_html import easy_read_html
from healthcheck_cli.plans.easy_read_markdown import easy_read_markdown
from healthcheck_cli.plans.emergency_words import CALL_999_IF, NOT_THAT_ILL
from healthcheck_cli.plans.pictures import picture_for
from healthcheck_cli.plans.words import sentences
from healthcheck_cli.record import Answer, AnswerState, PartialDate
from tests.docs.pages import marked
from tests.forms.reading_ease import grade, words_in
from tests.plans.easy_read_people import (
    FOLDER,
    HOSTILE_PERSON,
    MANY,
    NONE,
    PEOPLE,
    TODAY,
    URGENT,
    action,
    answered,
    finding,
    pages,
    person,
    plan_of,
)
from tests.plans.small_review import REVIEW

CONTENT = load_content(find_content())
_VOID = {"meta", "input", "path", "circle", "rect"}


def read_by_the_person(plan: EasyReadPlan) -> Iterator[str]:
    """Every sentence on a page but the person's own words, with all helpers and all that can go well."""
    yield from (words.ABOUT, f"{words.MADE_ON} {plan.day}.", *words.URGENT, *words.NO_THINGS, *words.NOT_KNOWN)
    for thing in plan.things:
        yield from (*thing.lines, *thing.helpers, f"{words.WHEN}: {thing.when}", words.CANNOT_WAIT, words.DONE)
    yield from (line for helper in CONTENT.helpers.values() for line in helper.says)
    yield from (words.ASK_TODAY, *words.MORE, words.WISH, *(it.says for it in CONTENT.going_well.values()))
    yield from (CALL_999_IF, *plan.emergency_signs, words.FOR_YOU, *plan.for_you, *NOT_THAT_ILL, words.SURGERY)
    yield from (*words.MEDICINES, *plan.meet, words.EVERY_YEAR, words.NEXT_CHECK_LINE, *words.CHOICE, *words.CHOICES)


class Page(HTMLParser):
    """What an HTML page holds, as a browser would find it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [attributes[name] for _, attributes in self.found if name in attributes]


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_the_one_that_was_read_and_kept(name: str) -> None:
    assert pages()[name] == (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["urgent", "many", "none"])
def test_the_page_is_short_to_read(name: str) -> None:
    said = list(read_by_the_person(plan_of(PEOPLE[name])))
    lengths = [words_in(it) for it in said]
    assert sum(lengths) / len(lengths) <= 12
    assert [it for it in said if words_in(it) > 15] == []
    assert grade(said) <= 4


def test_no_page_breaks_the_wording_rules() -> None:
    made = {name: wording_problems(text) for name, text in pages().items() if name.endswith(".md")}
    assert {name: it for name, it in made.items() if it} == {}


def test_what_is_most_pressing_comes_first_and_the_same_words_are_one_thing_with_the_earlier_date() -> None:
    things = plan_of(MANY).things
    assert [it.lines[0] for it in things] == [
        "We will ask why you take this medicine.",
        "We will make a plan to help you poo.",
        "We will help you write down when you poo.",
        "Have an eye test.",
        "Someone will look at how you eat.",
    ]
    assert things[0].rules == ("STOMP-05", "STOMP-06")
    assert things[0].when == "By Tuesday 1 December."
    assert things[0].medicines == ("risperidone",)
    assert [it.medicines for it in things[1:]] == [()] * 4
    assert [it.cannot_wait for it in things] == [False] * 5


def test_that_there_is_more_is_said_without_a_number_and_what_has_no_easy_words_counts() -> None:
    assert plan_of(MANY).more == 2 + 1
    longer = "Your nurse has a longer list."
    for name in ("easy_read_many.md", "easy_read_many.html"):
        assert longer in pages()[name]
        assert not re.search(r"\d+ more thing", pages()[name])
    assert longer not in pages()["easy_read_none.md"]


def test_everything_that_cannot_wait_is_on_the_page_even_where_that_is_more_than_five() -> None:
    urgent = [
        finding(f"U-{n}", Level.URGENT, action(f"Thing {n} is for today.", within="now", days=0)) for n in range(8)
    ]
    plan = plan_of((person(*urgent, finding("H-1", Level.HIGH, action("Another thing."))), {}))
    assert len(plan.things) == 8
    assert plan.more == 1
    assert plan.urgent


def test_what_was_agreed_comes_first_as_it_was_typed_but_for_what_cannot_wait() -> None:
    rows = tuple({"what": f"my way {n}. again", "who": "me & Sam" if n else "", "by_when": "soon"} for n in range(4))
    things = plan_of((MANY[0], {**MANY[1], **answered(hap__top_actions=rows)})).things
    assert [it.lines for it in things[:4]] == [(f"my way {n}. again",) for n in range(4)]
    assert [(it.helpers, it.when) for it in things[:2]] == [((words.ASK_YOUR_NURSE,), "soon"), (("me & Sam",), "soon")]
    assert len(things) == 4 + 4  # of the other five one gives way
    assert [len(plan_of((MANY[0], answered(hap__top_actions=rows[:n]))).things) for n in (0, 1, 3)] == [5, 6, 8]
    urgent = plan_of((URGENT[0], answered(hap__top_actions=rows[:1])))
    assert [bool(it.rules) for it in urgent.things] == [True, False, True]
    assert urgent.things[0].cannot_wait


def test_what_was_agreed_is_left_off_where_something_is_private_or_the_person_said_no_to_the_plan() -> None:
    private = finding("S-1", Level.HIGH, action("Someone will talk to you."), fact="safe.anyone_hurts")
    rows = ({"what": "a lock on my door", "who": "", "by_when": ""},)
    for whose, said in ((person(private), {}), (person(), {"hap__agreed": "no"})):
        plan = make_easy_read(REVIEW, whose, CONTENT, answered(hap__top_actions=rows, **said))
        assert (plan.things, plan.more) == ((), 1)
    assert len(plan_of((person(), answered(hap__top_actions=rows))).things) == 1  # not asked is not no


@pytest.mark.parametrize("easy_read", ["", "Ring 999 if it gets worse."])
def test_an_urgent_finding_without_easy_words_is_still_something_to_ask_about_today(easy_read: str) -> None:
    plan = plan_of((person(finding("U-1", Level.URGENT, action(easy_read, "gp", "today", 0))), {}))
    assert [(it.lines, it.cannot_wait) for it in plan.things] == [(sentences(words.ASK_TODAY), True)]
    assert plan.urgent


def test_signs_to_call_999_for_stand_with_the_others_and_are_no_thing_to_tick() -> None:
    plan = plan_of(URGENT)
    assert plan.for_you == ("Ring 999 if it is hard to breathe.",)
    assert [it.lines for it in plan.things] == [
        ("You need to see a doctor today about your chest.",),
        ("See a dentist.",),
    ]


def test_only_an_answer_makes_something_go_well_and_nothing_that_a_finding_stands_on() -> None:
    assert [it.words for it in plan_of(MANY).good] == [
        "You move a lot each week.",
        "You get help to brush your teeth two times a day.",
        "You see your friends and family.",
    ]
    assert plan_of(NONE).good == ()
    assert plan_of(URGENT).good == ()  # the question was declined
    unsaid = {name: Answer(name, state) for name in MANY[1] for state in AnswerState if state.value != "answered"}
    assert plan_of((MANY[0], unsaid)).good == ()


def test_what_goes_well_is_asked_as_it_can_be_answered() -> None:
    questions = CONTENT.questions
    for it in CONTENT.going_well.values():
        assert (questions[it.question].type == "num") == (not it.values), it.id
    assert {"pre.goals", "hap.review_date", "admin.check_date"} <= set(questions)


def test_the_next_check_is_a_year_after_the_day_that_was_answered_and_else_there_is_room_to_write_it() -> None:
    many, none = plan_of(MANY), plan_of(NONE)
    assert "Your next one is in November 2027." in many.meet
    assert "We will look at this plan again in March 2027." in many.meet
    assert not many.room_for_date
    assert none.meet == (words.EVERY_YEAR,)
    assert none.room_for_date
    past = answered(hap__review_date=PartialDate.of(TODAY - timedelta(days=1)))
    assert plan_of((NONE[0], past)).meet == (words.EVERY_YEAR,)


def test_someone_for_whom_rules_could_not_be_decided_is_not_told_that_all_is_known() -> None:
    assert words.NOT_KNOWN[0] in pages()["easy_read_urgent.md"]
    assert words.NOT_KNOWN[0] not in pages()["easy_read_none.md"]
    assert not re.search(r"all well|nothing (?:is )?wrong|\bhealthy\b|\bfine\b", pages()["easy_read_none.md"])


@given(st.integers(-5, 800))
def test_when_names_a_day_and_only_a_day_of_this_week_is_called_this_week(days: int) -> None:
    due = TODAY + timedelta(days=days)
    said = when_in_words(due, TODAY)
    assert said.startswith("Today") == (days <= 0)
    assert said.startswith("This week") == (0 < days <= 5)  # up to Sunday
    assert f"{max(due, TODAY):%A}" in said
    assert (str(due.year) in said) == (due.year > TODAY.year)


def test_every_owner_has_plain_words_and_every_picture_is_drawn() -> None:
    assert set(CONTENT.helpers) == set(OWNERS)
    drawn = {it.name.split(".")[0] for it in (files("healthcheck_cli.plans") / "pages" / "pictures").iterdir()}
    assert drawn == set(CONTENT.pictures)
    actions = [it for rule in CONTENT.rules.values() for it in rule.actions if it.easy_read]
    used = {picture_for(it.easy_read, CONTENT) for it in actions}
    assert used | {"phone", "calendar", "star"} == set(CONTENT.pictures)


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("A dentist will look at your teeth.", "tooth"),
        ("Buy a smoke alarm.", "talk"),
        ("Ask how to stop smoking.", "smoke"),
        ("Is your wheelchair comfortable?", "walk"),
        ("Learn to use your ears.", "ear"),
        ("We will ask you again later.", "talk"),
    ],
)
def test_a_picture_stands_beside_its_words_and_no_others(text: str, picture: str) -> None:
    assert picture_for(text, CONTENT) == picture


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_the_html_is_whole_labelled_and_has_words_beside_every_picture(name: str) -> None:
    text = easy_read_html(plan_of(PEOPLE[name]))
    page = Page(text)
    assert page.open == []
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert [it for it, times in Counter(page.all("id")).items() if times > 1] == []
    assert {*page.all("for"), *page.all("aria-labelledby")} <= set(page.all("id"))
    inputs = [attributes["id"] for tag, attributes in page.found if tag == "input"]
    assert sorted(page.all("for")) == sorted(inputs)
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pictures = [attributes for tag, attributes in page.found if tag == "svg"]
    assert len(pictures) >= len(plan_of(PEOPLE[name]).things) + 2
    assert all(it["role"] == "img" and it["aria-label"].startswith("Picture: ") for it in pictures)


def test_the_html_is_large_black_on_white_and_needs_no_network_and_no_script() -> None:
    text = pages()["easy_read_many.html"]
    assert not re.search(r"https?:|<script|<link|<img|@import|url\(|\son\w+=", text)
    assert "default-src 'none'" in text
    sizes = re.findall(r"([.\w][.\w -]*) \{[^{}]*?font-size: ([\d.]+)pt", text.split("</style>")[0])
    assert {rule for rule, size in sizes if float(size) < 16} == {".surgery", ".surgery h2"}  # not for the person
    assert set(re.findall(r"(?<![-\w])color: (#\w+)", text)) == {"#000"}


def test_a_record_full_of_markup_breaks_neither_page() -> None:
    plan = plan_of(HOSTILE_PERSON)
    html, markdown = easy_read_html(plan), easy_read_markdown(plan)
    assert "<script" not in html
    assert "alert(1)" in Page(html).text
    assert "<script" not in markdown.replace(r"\<script", "")
    assert "\x1b" not in markdown
    assert not re.search(r"^# \*\*bold", markdown, re.MULTILINE)
    assert plan.good == ()


@settings(max_examples=50)
@given(st.text(max_size=25))  # short enough to stay on one line
def test_no_text_of_a_record_adds_a_line_to_the_markdown_or_a_tag_to_the_html(text: str) -> None:
    whose = (replace(MANY[0], person_id=f"x{text}"), answered(pre__goals=f"my {text}"))
    plain = (replace(MANY[0], person_id="x"), answered(pre__goals="my"))
    made, expected = easy_read_markdown(plan_of(whose)), easy_read_markdown(plan_of(plain))
    assert len(made.split("\n")) == len(expected.split("\n"))
    tags = [tag for tag, _ in Page(easy_read_html(plan_of(whose))).found]
    assert tags == [tag for tag, _ in Page(easy_read_html(plan_of(plain))).found]


def test_the_command_writes_html_where_the_file_says_so_and_markdown_as_the_docs_show_it_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, html = tmp_path / "record.yaml", tmp_path / "plan.html"
    record.write_text(
        "person: {id: A1, date_of_birth: 1979-04-02}\nmedicines: [Clozapine 100mg tablets]\n"
        "answers: {bowel.days_since: 4, smoke.status: never}\n"
    )
    for more in (["-o", str(html)], []):
        with pytest.raises(SystemExit) as left:
            main(["plan", str(record), "--to", "easy-read", "--as-of", "2026-11-22", *more])
        assert left.value.code == 0
    assert Page(html.read_text("utf-8")).open == []
    shown = capsys.readouterr().out
    assert shown.startswith("# My health plan\n")
    assert marked("plans.md", "output: easy-read").text in shown
    assert "You do not smoke." in shown
