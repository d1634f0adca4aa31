"""The pages to hand on: what is on them, what must not be, and that nothing in a record can break them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.cli.main import main
from healthcheck_cli.conditions.tree import Condition, facts_named
from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.plans.easy_read import make_easy_read
from healthcheck_cli.plans.easy_read_markdown import easy_read_markdown
from healthcheck_cli.plans.shareable import IN_THE_PLAN, shareable_findings
from healthcheck_cli.plans.sheets import carer_words
from healthcheck_cli.plans.sheets.adjustments_words import SAFETY_NOT_KNOWN, SECTIONS
from healthcheck_cli.plans.sheets.as_html import sheet_html
from healthcheck_cli.plans.sheets.as_markdown import sheet_markdown
from healthcheck_cli.plans.sheets.sheet import (
    Blank,
    Block,
    Link,
    Links,
    Part,
    Points,
    Sheet,
    Subheading,
    Table,
    Words,
)
from tests.accessibility.browser import AXE, CHROMIUM, checked, pages_on_paper
from tests.docs.pages import marked
from tests.forms.reading_ease import grade, words_in
from tests.plans.golden_people import NAMES
from tests.plans.sheet_people import FOLDER, MAKE, pages, sources_for, sources_of
from tests.plans.small_review import HOSTILE
from tests.plans.test_easy_read import Page

WHOLE = {"complete": ["medicines", "problems"]}


def page(kind: str, **record: Any) -> str:
    return sheet_markdown(MAKE[kind](sources_for(**record)))


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_the_one_that_was_read_and_kept(name: str) -> None:
    assert pages()[name] == (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("kind", sorted(MAKE))
def test_no_page_of_anybody_breaks_the_wording_rules(kind: str) -> None:
    made = {name: wording_problems(sheet_markdown(MAKE[kind](sources_of(name)))) for name in NAMES}
    assert {name: found for name, found in made.items() if found} == {}


# What a record holds


@pytest.mark.parametrize("kind", sorted(MAKE))
@pytest.mark.parametrize("name", ["hostile", "many"])
def test_the_html_is_whole_and_every_box_has_its_label(name: str, kind: str) -> None:
    html = Page(sheet_html(MAKE[kind](sources_of(name))))
    assert html.open == []
    ids = Counter(html.all("id"))
    assert max(ids.values()) == 1
    assert set(html.all("for")) == {its["id"] for tag, its in html.found if tag == "input"}
    assert set(html.all("aria-labelledby")) <= set(ids)
    assert {tag for tag, _ in html.found} & {"script", "img", "link", "svg", "iframe", "object"} == set()
    assert all(it.startswith("https://") for it in html.all("href"))
    assert html.all("src") == []


def _tables(text: str) -> list[list[str]]:
    """The tables of a markdown page, each as its lines."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def _sheet_of(text: str) -> Sheet:
    """A page with the same text in every place that takes one."""
    link = Link(text, text, text)
    blocks: tuple[Block, ...] = (
        Words(text),
        Words(text, strong=True),
        Points((text, text)),
        Points((text,), ticks=True),
        Table(text, (text, "b", text), ((text, text, text), ("", text, ""))),
        Blank(text, lines=2),
        Links((link, Link("a", "b", "https://example.org/a_b"))),
        Subheading(text),
    )
    parts = (Part(text, blocks), Part(text, blocks, boxed=True, new_page=True))
    return Sheet(text, blocks, parts, for_staff=(text,), small=True)


_TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40) | st.sampled_from(
    [HOSTILE, "|", "a\n\n# b\n- c", "javascript:x"]
)


@settings(max_examples=30)
@given(_TEXTS)
def test_no_text_breaks_a_page(text: str) -> None:
    markdown, html = sheet_markdown(_sheet_of(text)), sheet_html(_sheet_of(text))
    for table in _tables(markdown):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1
    assert set(re.findall(r"(?<!\\)<[^>]*>", markdown)) == {"<https://example.org/a_b>"}
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f\x9b]", markdown) is None
    assert sum(line.startswith("#") for line in markdown.splitlines()) == 1 + 2 + 2  # the title, parts, subheadings
    found = Page(html)
    assert found.open == []
    assert found.all("href") == ["https://example.org/a_b"] * 3
    assert Counter(tag for tag, _ in found.found) == Counter(tag for tag, _ in Page(sheet_html(_sheet_of("x"))).found)


def test_every_text_of_a_hostile_record_is_escaped_on_every_page() -> None:
    told = {
        "comm.yes_no": HOSTILE,
        "pain.how_shown": HOSTILE,
        "carer.main_name": HOSTILE,
        "allergy.list": [{"what": HOSTILE, "reaction": HOSTILE}],
        "demo.emergency_contact": [{"name": HOSTILE, "number": HOSTILE}],
        "feedback.items": [{"said": HOSTILE, "kind": HOSTILE, "wants": HOSTILE, "passed_to": HOSTILE}],
    }
    medicine = {"text": HOSTILE, "dosage": HOSTILE, "indication": HOSTILE}
    sources = sources_for(person={"id": HOSTILE}, medicines=[medicine], problems=[HOSTILE], answers=told)
    for make in MAKE.values():
        markdown, html = sheet_markdown(make(sources)), Page(sheet_html(make(sources)))
        assert re.findall(r"(?<!\\)<(?!https://)", markdown) == []
        assert all(len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1 for table in _tables(markdown))
        assert {tag for tag, _ in html.found} & {"script", "img", "svg", "iframe", "b"} == set()


# The carer's page


def _read_by_carers(sheet: Sheet) -> list[str]:
    """Every sentence on the page that is this project's own: no names of medicines, titles of links, or answers."""
    said: list[str] = []
    for part in sheet.parts:
        for block in part.blocks:
            if isinstance(block, Words):
                said += re.split(r"(?<=[.?!])\s+", block.text)
            elif isinstance(block, Points):
                said += block.items
            elif isinstance(block, Table) and block.name != carer_words.MEDICINES_HEADING:
                said += [row[0] for row in block.rows]
    return [it for it in said if it.strip() and carer_words.NOT_LOOKED_AT not in it]


@pytest.mark.parametrize("name", ["no_findings", "many", "peg_fed_epilepsy", "clozapine"])
def test_the_carers_page_can_be_read_at_about_eleven(name: str) -> None:
    said = _read_by_carers(MAKE["carer"](sources_of(name)))
    assert grade(said) <= 6
    lengths = [words_in(it) for it in said]
    assert sum(lengths) / len(lengths) <= 12


def test_what_was_told_of_the_people_around_never_stands_on_the_carers_page() -> None:
    told = {
        "safe.anyone_hurts": "yes",
        "safe.paid_care_concern": "yes",
        "carer.has": ["residential_home"],
        "feedback.happy": "not_happy",
        "feedback.items": [{"said": "they lock me in", "kind": "safeguarding"}],
        "consent.sharing": [{"who": "Uncle Zebedee", "share": "no"}],
    }
    sources = sources_for(answers=told)
    assert {"AHC-280", "ALD-01"} <= {it.rule for it in sources.person.findings}
    text = sheet_markdown(MAKE["carer"](sources))
    assert not re.search(r"safeguarding|hurts|AHC-280|AHC-037|ALD-0|lock me|Zebedee|## Today", text)
    told_rules = {it.rule for it in shareable_findings(sources.person, sources.content)}
    assert told_rules & {"AHC-280", "AHC-037", "ALD-01", "ALD-02"} == set()


def test_what_was_told_in_private_does_not_go_home_on_the_persons_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Supporters read it too. With and without what was told the page is the same, letter for letter; the screen says
    what is missing, and so does the clinician's plan."""
    record, shown = tmp_path / "record.yaml", []
    held = "[{type: holding, how_often: each day, authorised: 'no'}]"
    for hurts, restraint in (("yes", held), ("no", "[]")):
        record.write_text(
            "person: {id: A1, date_of_birth: 1979-04-02}\n"
            f"answers: {{bowel.days_since: 4, behav.present: same_as_usual, safe.anyone_hurts: {hurts}, "
            f"behav.restraint: {restraint}}}\n"
        )
        for target in ("easy-read", "markdown"):
            with pytest.raises(SystemExit) as left:
                main(["plan", str(record), "--to", target, "--as-of", "2026-11-22"])
            assert left.value.code == 0
            shown.append(capsys.readouterr())
    (told_home, told_plan), (home, _) = shown[:2], shown[2:]
    assert told_home.out == home.out
    assert "AHC-198, AHC-280" in told_home.err or "AHC-280, AHC-198" in told_home.err
    assert "in private" in told_home.err
    assert "AHC-280" not in home.err
    assert " ".join(IN_THE_PLAN.split()[:7]) in told_plan.out


@pytest.mark.parametrize(
    ("told", "otherwise", "rule"),
    [
        ({"safe.anyone_hurts": "yes"}, {"safe.anyone_hurts": "no"}, "AHC-280"),
        (
            {"behav.restraint": [{"type": "holding", "how_often": "each day", "authorised": "no"}]},
            {"behav.restraint": []},
            "AHC-198",
        ),
        (
            {"alc.how_often": "4_or_more_a_week", "alc.usual_day": "10_or_more", "alc.many_at_once": "daily_or_almost"},
            {"alc.how_often": "never"},
            "AHC-060",
        ),
    ],
)
def test_no_theme_that_is_missing_tells_what_was_said_in_private(
    told: dict[str, Any], otherwise: dict[str, Any], rule: str
) -> None:
    """A theme raised only by what is left off stays among those that are not known."""
    usual = {"bowel.days_since": 4, "behav.present": "same_as_usual"}
    one, other = (sources_for(answers={**usual, **answers}) for answers in (told, otherwise))
    assert rule in {it.rule for it in one.person.findings} - {it.rule for it in other.person.findings}
    assert sheet_markdown(MAKE["carer"](one)) == sheet_markdown(MAKE["carer"](other))
    assert sheet_html(MAKE["carer"](one)) == sheet_html(MAKE["carer"](other))


def test_a_line_that_says_it_is_not_taken_is_no_medicine_of_the_pages_to_hand_on() -> None:
    text = page("carer", medicines=["Allergic to olanzapine", "Sertraline 50mg tablets"])
    table, beside = text.split(carer_words.NOT_COUNTED)
    assert "Sertraline" in table
    assert "olanzapine" not in table
    assert beside.strip().startswith(f"- Allergic to olanzapine\n\n{carer_words.TELL_IF_TAKEN}")
    sources = sources_for(medicines=["Allergic to olanzapine"])
    easy = make_easy_read(sources.review, sources.person, sources.content)
    assert easy.things  # it is asked about
    assert "olanzapine" not in easy_read_markdown(easy)


def test_an_urgent_finding_that_may_be_told_says_so_and_what_to_do_now() -> None:
    text = sheet_markdown(MAKE["carer"](sources_of("clozapine")))
    assert "> **Some things cannot wait." in text
    assert "> - Constipation: Call 999 for vomiting" in text
    assert "## Bowel chart" in text
    assert "## Bowel chart" not in sheet_markdown(MAKE["carer"](sources_of("no_findings")))


def test_advice_on_meals_is_no_leave_to_give_food_by_mouth() -> None:
    assert carer_words.TUBE_ONLY[:40] in sheet_markdown(MAKE["carer"](sources_of("peg_fed_epilepsy")))
    assert "feeding plan" not in sheet_markdown(MAKE["carer"](sources_of("many")))


def test_a_medicine_stands_with_the_reason_of_the_record_and_with_no_other() -> None:
    text = page(
        "carer",
        **WHOLE,
        medicines=["Carbamazepine 200mg tablets", "Risperidone 1mg tablets", "Omeprazole 20mg capsules", "Nonsensine"],
        problems=["epilepsy"],
    )
    rows = dict(line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ") and "mg" in line)
    reasons = {name.strip(): reason.strip() for name, reason in rows.items()}
    assert reasons == {
        "Carbamazepine 200mg tablets": "Reason found: epilepsy.",
        "Risperidone 1mg tablets": "No reason found in the record. Ask what it is for.",
        "Omeprazole 20mg capsules": "The list does not say. Ask what it is for.",
    }
    assert "Nonsensine (we do not know this name)" in text


def test_the_table_of_medicines_is_the_one_that_the_docs_show() -> None:
    text = page(
        "carer",
        **WHOLE,
        medicines=[
            "Carbamazepine 200mg tablets",
            "Risperidone 1mg tablets",
            "Sertraline 50mg tablets",
            "Omeprazole 20mg gastro-resistant capsules",
        ],
        problems=["epilepsy", {"term": "depression", "date": "2011-02-01"}],
    )
    assert marked("plans.md", "output: carer").text in text


def test_what_nobody_told_is_room_to_write_and_not_a_guess() -> None:
    sheet = MAKE["carer"](sources_for(answers={"pain.how_shown": "bites a hand"}))
    tables = {it.name: it.rows for part in sheet.parts for it in part.blocks if isinstance(it, Table)}
    usual = {row[0]: row[1] for row in tables[carer_words.USUAL_HEADING]}
    assert usual["How I show pain"] == "bites a hand"
    assert {value for label, value in usual.items() if label != "How I show pain"} == {""}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "it is not recorded whether the person agrees"),
        ({"consent.sharing": []}, "for themselves only"),
        ({"consent.sharing": [{"who": "Zebedee", "share": "yes"}]}, "see whom the person said may see"),
        ({"consent.sharing": [{"who": "Zebedee", "share": "no"}]}, "does not want somebody to see"),
        ({"hap.agreed": "declined_plan"}, "did not agree to the plan"),
    ],
)
def test_what_to_look_at_before_sharing_is_said_on_the_screen_and_names_nobody(
    answers: dict[str, Any], said: str
) -> None:
    sources = sources_for(answers=answers)
    assert said in sources.before_sharing()
    assert "Zebedee" not in sources.before_sharing()
    for kind in ("carer", "letter"):
        assert said not in " ".join(sheet_markdown(MAKE[kind](sources)).split())


# The letter


def test_the_letter_names_nobody_and_says_what_stands_behind_each_finding() -> None:
    text = sheet_markdown(MAKE["letter"](sources_of("many")))
    for label in ("To (prescriber or team)", "From (name, role, practice)", "Signed"):
        assert f"{label}: ______" in text
    assert "| Risperidone 2mg tablets; 1 bd (row 6) | 14 Mar 2014" in text
    assert "Stands on: Antipsychotics: risperidone; olanzapine (rows 6, 7)" in text.replace("\n  ", " ")
    assert "Do not stop suddenly." in text
    assert re.search(r"\(STOMP-05, high, sources [\d, and]+\)", " ".join(text.split()))
    assert "Sources: 1 " in text


def test_every_finding_about_medicines_is_in_the_letter_in_full_or_by_its_title() -> None:
    for name in NAMES:
        sources = sources_of(name)
        text = sheet_markdown(MAKE["letter"](sources))
        rules = [it.rule for it in sources.person.findings if it.rule.startswith(("STOMP-", "MED-"))]
        assert [rule for rule in rules if rule not in text] == []


def test_what_is_known_and_accepted_is_named_with_its_last_day() -> None:
    text = " ".join(sheet_markdown(MAKE["letter"](sources_of("hostile"))).split())
    assert "Known and accepted for now, as the clinician's plan says in full: Antipsychotic with no reason" in text
    assert "(STOMP-05), until 1 Feb 2027" in text


def test_what_could_not_be_decided_comes_first_where_the_lists_are_thin() -> None:
    thin = page("letter", medicines=["Risperidone 1mg tablets"])
    assert thin.index("## What was not assessed") < thin.index("## Medicines for mind")
    assert "not known: the record supplied cannot say" in thin
    whole = page("letter", **WHOLE, medicines=["Risperidone 1mg tablets"], problems=[])
    assert whole.index("## What was not assessed") > whole.index("## Medicines for mind")


def test_nothing_found_is_said_of_the_rules_and_not_of_the_person() -> None:
    text = " ".join(page("letter", **WHOLE, medicines=[], problems=[]).split())
    assert "No rule fired on what was recorded." in text
    assert not re.search(r"\b(?:safe|fine|no concerns?)\b", text)


def test_under_eighteen_it_is_a_letter_for_stamp() -> None:
    assert sheet_markdown(MAKE["letter"](sources_of("young_person_14"))).startswith("# STAMP medicine review")


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium")
@pytest.mark.parametrize("name", ["no_findings", "many", "hostile"])
def test_the_letter_is_printed_on_two_sides_of_a4_at_most(name: str, tmp_path: Path) -> None:
    printed = pages_on_paper(sheet_html(MAKE["letter"](sources_of(name))), tmp_path)
    sides = len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
    assert 1 <= sides <= (1 if name == "no_findings" else 2)


@pytest.mark.skipif(not CHROMIUM or not AXE.is_file(), reason="no Chromium, or axe-core is not installed")
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(("name", "kind"), [("many", "carer"), ("hostile", "letter"), ("hostile", "adjustments")])
def test_a_page_breaks_no_rule_of_the_accessibility_checker(name: str, kind: str, width: int, tmp_path: Path) -> None:
    found = checked(sheet_html(MAKE[kind](sources_of(name))), tmp_path, width)
    assert found.violations == []
    assert found.overflow <= 0


# Adjustments and feedback


def test_a_safeguarding_concern_is_same_day_at_the_top_and_no_row_of_the_register() -> None:
    told = [
        {"said": "the night staff lock me in", "kind": "safeguarding", "who": "person"},
        {"said": "I waited for two hours", "kind": "complaint", "who": "family", "wants": "a first appointment"},
    ]
    text = page("adjustments", answers={"feedback.items": told, "safe.anyone_hurts": "yes"})
    assert text.index("## Same day: safeguarding") < text.index("## The flag")
    assert "> - A safeguarding concern \\[AHC-280\\]" in text
    assert "> - 1 concern told with the feedback" in text
    assert "lock me in" not in text
    assert "complaint, family" in text
    assert "passed to nobody yet" in text


def test_without_a_concern_there_is_no_box_and_without_an_answer_nothing_is_said_to_be_safe() -> None:
    text = page("adjustments", answers={"ra.needs": ["low_noise"]})
    assert "## Same day" not in text
    assert SAFETY_NOT_KNOWN.split(":")[0] in " ".join(text.split())
    asked = page("adjustments", answers={"safe.anyone_hurts": "no", "feedback.items": []})
    assert SAFETY_NOT_KNOWN.split(":")[0] not in " ".join(asked.split())
    assert "Asked, and nothing was told." in asked


def test_every_answer_about_adjustments_has_an_entry_of_the_flag_or_goes_on_it_in_words() -> None:
    content = sources_of("many").content
    asked = [question for _, questions in SECTIONS for question in questions]
    for question in (content.questions[it] for it in asked):
        for value in question.values:
            told: object = [value] if question.type == "multi" else value
            text = page("adjustments", answers={question.id: told})
            entries = [it for it in content.adjustments.values() if value in it.answers.get(question.id, ())]
            if value not in (question.nothing, "no", "none"):
                assert all(f"(SNOMED CT {it.code})" in text for it in entries)
                assert entries or "in words, under: Requires reasonable adjustment" in text


def test_a_refusal_keeps_the_flag_here() -> None:
    assert "does not agree that others see this" in page("adjustments", answers={"ra.flag_consent": "refuses"})
    assert "001 patient consent" in page("adjustments", answers={"ra.flag_consent": "consents"})
    assert "No agreement is recorded" in page("adjustments", answers={})


# All that is kept from carers, at once


def test_no_rule_that_asks_of_a_kept_section_is_ever_told_to_carers() -> None:
    sources = sources_of("many")
    content = sources.content
    private = {section.id for section in content.sections if section.private}
    assert private == {"safe", "sexual", "alc", "drug", "feedback"}
    kept = [it for it in content.rules.values() if it.status == "active" and _asks_of(private, it.when)]
    assert len(kept) > 15
    finding = sources.person.findings[0]
    made = tuple(replace(finding, rule=rule.id, because=(), merged=()) for rule in kept)
    assert shareable_findings(replace(sources.person, findings=made), content) == ()


def _asks_of(sections: Collection[str], when: Condition) -> bool:
    return any(fact.partition(".")[0] in sections for fact in facts_named(when))


# The command


@pytest.mark.parametrize("kind", sorted(MAKE))
def test_the_command_writes_markdown_and_where_the_file_says_so_html(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, html = tmp_path / "record.yaml", tmp_path / "page.html"
    record.write_text("person: {id: A1, date_of_birth: 1979-04-02}\nmedicines: [Clozapine 100mg tablets]\n")
    for more in (["-o", str(html)], []):
        with pytest.raises(SystemExit) as left:
            main(["plan", str(record), "--to", kind, "--as-of", "2026-11-22", *more])
        assert left.value.code == 0
    assert Page(html.read_text("utf-8")).open == []
    assert capsys.readouterr().out.startswith("# ")
