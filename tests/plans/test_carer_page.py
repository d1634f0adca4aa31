"""The page for carers, and the person's own: what may stand on pages that supporters read."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from healthcheck_cli.cli.main import main
from healthcheck_cli.conditions.tree import Condition, facts_named
from healthcheck_cli.plans.easy_read import make_easy_read
from healthcheck_cli.plans.easy_read_markdown import easy_read_markdown
from healthcheck_cli.plans.shareable import IN_THE_PLAN, is_private, shareable_findings
from healthcheck_cli.plans.sheets import carer_words
from healthcheck_cli.plans.sheets.as_html import sheet_html
from healthcheck_cli.plans.sheets.as_markdown import sheet_markdown
from healthcheck_cli.plans.sheets.sheet import (
    Points,
    Sheet,
    Table,
    Words,
)
from tests.docs.pages import marked
from tests.forms.reading_ease import grade, words_in
from tests.plans.sheet_people import MAKE, sources_for, sources_of

WHOLE = {"complete": ["medicines", "problems"]}


def page(kind: str, **record: Any) -> str:
    return sheet_markdown(MAKE[kind](sources_for(**record)))


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
    assert "free words is left off these pages" in told_home.err
    assert "free words is left off these" in " ".join(told_plan.out.split())
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


OWN_WORDS = {
    "pre.good_day": "when Dave is not here",
    "pre.goals": "get away from Dave",
    "pain.how_shown": "goes quiet when Dave is near",
    "comm.yes_no": "looks at Dave first",
    "allergy.list": [{"what": "plasters that Dave has", "reaction": "Dave laughs", "certainty": "reported"}],
    "meds.list": [{"name": "Sweets from Dave"}, {"name": "Omeprazole 20mg capsules", "why": "Dave says so"}],
}


def _pages_home(answers: dict[str, Any]) -> tuple[str, str]:
    """What supporters read of somebody who gave these answers."""
    sources = sources_for(answers={"comm.speaks_for_self": "partly", **answers})
    easy = make_easy_read(sources.review, sources.person, sources.content, sources.answers)
    return sheet_markdown(MAKE["carer"](sources)), easy_read_markdown(easy)


def test_the_persons_own_words_stay_off_both_pages_where_something_was_told_in_private() -> None:
    """They may name who it is about. What was chosen from given words stays, and so does the name of a medicine."""
    chosen = {"passport.has": "no", "swallow.tube": [{"type": "gastrostomy"}], "meds.hospital_supplied": ["depot"]}
    named = {"meds.list": [{"name": "Omeprazole"}]}
    carer, home = _pages_home({"safe.anyone_hurts": "yes", **chosen, **OWN_WORDS})
    assert "Dave" not in carer + home
    assert (carer, home) == _pages_home({"safe.anyone_hurts": "yes", **chosen, **named})
    assert carer_words.A_TUBE in carer
    assert "Long-acting injection" in carer
    assert "| omeprazole " in carer


def test_the_persons_own_words_stand_on_both_pages_where_nothing_is_private() -> None:
    carer, home = _pages_home({"safe.anyone_hurts": "no", **OWN_WORDS})
    assert carer.count("Dave") == 7
    assert "> get away from Dave" in home


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


@pytest.mark.parametrize(
    ("told", "rule"), [({"home.friends": "lonely"}, "AHC-049"), ({"alc.audit_c": 9, "alc.units": 40}, "AHC-060")]
)
def test_what_is_private_and_of_nobody_else_takes_nobodys_own_words_off_the_page(
    told: dict[str, Any], rule: str
) -> None:
    """The rule about lonely days asks of money too, but nothing of that was told; drinking is about the person."""
    sources = sources_for(answers={"pre.goals": "go swimming again", **told}, **WHOLE)
    assert rule in [it.rule for it in sources.person.findings if is_private(it, sources.content)]
    page_made = make_easy_read(sources.review, sources.person, sources.content, sources.answers)
    assert page_made.wish == "go swimming again"
