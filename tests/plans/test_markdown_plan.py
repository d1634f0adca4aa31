from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Level
from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.findings import Because, PersonReview
from healthcheck_cli.plans.markdown import plan_markdown, review_markdown
from healthcheck_cli.plans.markdown_text import escape, paragraph, table
from healthcheck_cli.plans.words import day_in_words, dose_in_words
from healthcheck_cli.record import MedicineLine, Row
from tests.plans.golden_plans import FOLDER, plans
from tests.plans.small_review import (
    AS_OF,
    BARE_PERSON,
    BARE_REVIEW,
    CONTENT,
    FINDINGS,
    HOSTILE,
    MEDICINES,
    PERSON,
    REVIEW,
)

UNESCAPED_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


def plan(person: PersonReview) -> str:
    return plan_markdown(REVIEW, person, CONTENT)


@pytest.mark.parametrize("name", sorted(plans()))
def test_plan_is_the_one_that_was_read_and_kept(name: str) -> None:
    assert plans()[name] == (FOLDER / name).read_text("utf-8")


def test_red_box_comes_before_everything_else_when_something_is_urgent() -> None:
    lines = plan(PERSON).splitlines()
    assert lines[2].startswith("> **URGENT")
    assert lines.index("## What to do next") > 2


def test_no_red_box_without_an_urgent_finding() -> None:
    text = plan(replace(PERSON, findings=FINDINGS[:1]))
    assert "\n> " not in text
    assert "**Nothing urgent was raised by what was recorded.**" in text
    assert "## What to do first" in text


def test_nothing_found_is_said_as_no_rule_fired_and_never_as_a_verdict() -> None:
    text = review_markdown(BARE_REVIEW, CONTENT)
    assert "No rule fired on what was recorded." in text
    assert not re.search(r"nothing found|\bsafe\b|\bclear\b|all well", text, re.IGNORECASE)


def test_could_not_assess_is_counted_on_the_first_page_even_when_nothing_fired() -> None:
    text = plan(replace(PERSON, findings=()))
    top = text.partition("##")[0].replace("\n", " ")
    assert "3 rules could not be assessed." in top
    assert "1 rule about something urgent could not be assessed. What most of them wait for: " in top


def test_no_plan_breaks_the_wording_rules() -> None:
    for text in plans().values():
        assert wording_problems(text.replace("\n", " ")) == []


def test_psychotropic_findings_say_do_not_stop_suddenly_and_others_do_not() -> None:
    one, other = FINDINGS[0], FINDINGS[2]
    assert "Do not stop suddenly." in plan(replace(PERSON, findings=(one,)))
    assert "Do not stop suddenly." not in plan(replace(PERSON, findings=(other,), accepted=()))


def test_an_action_that_two_findings_ask_for_is_there_once_with_the_earlier_date() -> None:
    table_part = plan(PERSON).partition("## All actions")[2].partition("##")[0]
    rows = [line for line in table_part.splitlines() if "learning disability team" in line]
    assert len(rows) == 1
    assert "15 Nov 2026" in rows[0]
    assert "[STOMP-05], [STOMP-06], [CON-07]" in rows[0]


def test_links_lead_to_the_headings_of_this_plan_and_are_left_out_where_there_are_several_people() -> None:
    text = plan(PERSON)
    assert "#### STOMP-05 Antipsychotic with no recorded reason" in text
    assert "[STOMP-05]: #stomp-05-antipsychotic-with-no-recorded-reason" in text
    several = review_markdown(replace(REVIEW, people=(PERSON, BARE_PERSON)), CONTENT)
    assert "]: #" not in several


def test_lines_stay_within_100_columns_outside_tables_and_hashes() -> None:
    long = [
        line
        for line in plan(PERSON).splitlines()
        if len(line) > 100 and not line.startswith("|") and "SHA-256" not in line and "]: #" not in line
    ]
    assert long == []


def test_record_text_of_any_kind_stays_in_its_cell_and_carries_no_html() -> None:
    text = plan(PERSON)
    assert "<script" not in text.replace("\\<script", "")
    assert "\x1b" not in text
    assert not re.search(r"^# \*\*bold", text, re.MULTILINE)


def test_findings_of_the_higher_level_come_first_within_the_plan() -> None:
    text = plan(PERSON)
    assert text.index("#### CON-07") < text.index("#### STOMP-05") < text.index("#### EPI-02")
    assert FINDINGS[1].level is Level.URGENT


@given(st.text(max_size=60))
def test_a_cell_of_any_text_has_no_unescaped_pipe_and_no_line_break(text: str) -> None:
    cell = escape(text)
    assert not UNESCAPED_PIPE.search(cell)
    assert len(cell.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[<`\[\]*]", cell)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=4))
def test_a_table_of_any_texts_keeps_its_columns(rows: list[tuple[str, str]]) -> None:
    lines = table(("One", "Two"), [(escape(a), escape(b)) for a, b in rows]).split("\n")
    assert len(lines) == len(rows) + 2
    assert {len(UNESCAPED_PIPE.findall(line)) for line in lines} == {3}


@given(st.text(alphabet="ab -#>1.)+=*|\n", max_size=300))
def test_no_wrapped_line_of_any_text_begins_a_list_a_heading_or_a_quote(text: str) -> None:
    wrapped = paragraph(escape(text))
    assert not any(re.match(r"\s*(?:[-+*#>=]|1[.)](?:\s|$))", line) for line in wrapped.split("\n"))


@given(st.text(alphabet="0123.) ab", max_size=12))
def test_a_text_that_is_a_number_with_a_stop_begins_no_list(text: str) -> None:
    assert not re.match(r"\d+[.)](?:\s|$)", escape(text))


@given(st.text(max_size=80))
def test_a_hostile_medicine_line_never_adds_a_line_to_the_plan(text: str) -> None:
    line = MedicineLine(text, Row(9, "list.csv"), text)
    hostile = tuple(it if it.row != 9 else replace(it, line=line) for it in MEDICINES)
    quiet = replace(PERSON, findings=(), could_not_assess=(), unrecognised=())
    section = plan(replace(quiet, medicines=hostile)).partition("## Medicines as they were read")[2]
    section = section.partition("ACB: score")[0]
    rows = section.strip().split("\n")
    assert len(rows) == 2 + 6
    assert {len(UNESCAPED_PIPE.findall(row)) for row in rows} == {7}


def test_answers_without_a_value_are_shown_with_their_state() -> None:
    text = plans()["everything.md"]
    assert "*Declined:* Does it hurt?" in text
    assert "a hard belly, sick" in text
    assert HOSTILE not in text
    assert f"As of {day_in_words(AS_OF)}." in text


def test_a_finding_says_by_when_its_own_first_action_is_due_and_not_what_its_level_means_otherwise() -> None:
    text = plan(replace(PERSON, findings=FINDINGS[:1]))
    assert "**HIGH: first step by 15 Nov 2026.**" in text
    assert "2 working days" not in text


def test_a_rule_about_shares_of_the_maximum_shows_the_sum_and_each_daily_dose() -> None:
    sum_of_two = Because("dose_percent(antipsychotic)", {"low": 116.6667, "high": 116.6667}, (2,), "risperidone")
    text = plan(replace(PERSON, findings=(replace(FINDINGS[0], because=(sum_of_two,)),)))
    assert "116.7%: risperidone (row 2)" in text
    assert "a day: 2 mg (12.5%)" in text
    assert "a day: 2" not in plan(replace(PERSON, findings=FINDINGS[:1]))


def test_a_share_of_the_maximum_of_which_nothing_is_known_is_not_put_as_nought() -> None:
    unknown = Interval(0, math.inf)
    text = plan(replace(PERSON, antipsychotic_percent=unknown, antipsychotic_percent_without_prn=unknown))
    assert "BNF maximum: cannot be worked out from these lines" in text
    assert "0% or more" not in text


def test_a_dose_under_a_milligram_is_in_micrograms() -> None:
    assert dose_in_words(Interval(0.075, 0.075), "mg") == "75 micrograms"
    assert dose_in_words(Interval(0, 0.9), "mg") == "0 to 900 micrograms"
    assert dose_in_words(Interval(0.5, 2), "mg") == "0.5 to 2 mg"
    assert dose_in_words(Interval(0.5, 0.5), "units") == "0.5 units"


def test_problems_that_could_not_be_matched_are_counted_and_their_rows_named_once() -> None:
    text = plan(replace(PERSON, unmatched_problems=(14, 14, 15)))
    assert "3 problems have neither a known code nor a known term" in text.replace("\n  ", " ")
    assert "(rows 14, 15)" in text


def test_observations_that_nothing_uses_or_reads_are_told_and_of_very_many_rows_the_first() -> None:
    text = plan(replace(PERSON, unmatched_observations=(7,), unread_observations=tuple(range(1, 31))))
    text = text.replace("\n  ", " ")
    assert "1 observation has neither a known name nor a known code; please read by eye (row 7)" in text
    assert "30 observations have a value that cannot be read; please read by eye (rows 1, 2, 3" in text
    assert "19, 20 and 10 more)" in text
