"""Comparing reviews: what a comparison must hold to, and that nothing is cleared that nobody looked at again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from healthcheck_cli import __version__
from healthcheck_cli.cli.main import healthcheck
from healthcheck_cli.cohort.compare.as_html import comparison_html
from healthcheck_cli.cohort.compare.as_json import comparison_json
from healthcheck_cli.cohort.compare.as_markdown import comparison_markdown
from healthcheck_cli.cohort.compare.changes import Changes, RuleChange, changes_between
from healthcheck_cli.cohort.compare.comparison import comparison_of
from healthcheck_cli.cohort.compare.process_charts import Point, process_chart
from healthcheck_cli.cohort.compare.words import rule_cells
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.content.overlay_models import ChangeKind, LocalChange, Overlay
from healthcheck_cli.content.support import Place
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.schemas import schema_named
from tests.cohort.made_folder import Made, Many, write_folder
from tests.cohort.small_indicators import small_indicators

RULE = "STOMP-05"
PEOPLE = {
    "A": Made(classes=[["antipsychotic"]], rules=[RULE]),
    "B": Made(classes=[["antipsychotic"]], unassessed={RULE: ["dx.psychosis"]}),
    "C": Made(rules=["OTHER-01"], stands_for={"OTHER-01": [RULE]}),
    "D": Made(),
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return small_indicators(tmp_path_factory.mktemp("content"))


def folder(path: Path, changes: Mapping[str, Made | None] | None = None, many: tuple[Many, ...] = ()) -> Path:
    """The people with some of them changed, added or (None) taken away."""
    people = {name: made for name, made in {**PEOPLE, **(changes or {})}.items() if made is not None}
    return write_folder(path, people, many=many)


def change_of(changes: Changes, rule: str = RULE, level: Level | None = Level.HIGH) -> RuleChange:
    return {(it.rule, it.level): it for it in changes.rules}[rule, level]


def test_a_review_against_itself_has_no_gain_and_no_loss(tmp_path: Path) -> None:
    same = folder(tmp_path / "out", many=(Many("MANY-01", ["bowel.days_since"], 4),))
    changes = changes_between(same, same)
    assert (changes.in_both, changes.joined, changes.left) == (4, 0, 0)
    for it in changes.rules:
        assert it == RuleChange(it.rule, it.level, it.still_open)
    assert change_of(changes).still_open == 1  # of A
    assert change_of(changes, level=None).still_open == 1  # of C, by the finding that stands for it


def test_what_one_way_is_gained_is_gone_the_other_way(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one"), folder(tmp_path / "other", {"D": Made(rules=[RULE]), "A": Made()})
    there, back = changes_between(one, other), changes_between(other, one)
    assert (change_of(there).gained, change_of(there).cleared) == (1, 1)
    assert (change_of(back).gained, change_of(back).cleared) == (1, 1)
    assert there.joined == back.left == 0


def test_people_who_join_or_leave_gain_and_clear_nothing(tmp_path: Path) -> None:
    changes = changes_between(folder(tmp_path / "one"), folder(tmp_path / "two", {"A": None, "E": PEOPLE["A"]}))
    assert (changes.in_both, changes.joined, changes.left) == (3, 1, 1)
    assert set(changes.rules) == {RuleChange("OTHER-01", Level.HIGH, 1), RuleChange(RULE, None, 1)}


def test_the_level_is_that_of_the_findings(tmp_path: Path, content: Content) -> None:
    def at(level: str) -> Made:
        return Made(rules=[RULE], levels={RULE: level})

    before = folder(tmp_path / "one", {"A": at("high"), "B": at("urgent"), "C": at("high"), "D": Made()})
    after = folder(tmp_path / "two", {"A": at("urgent"), "B": at("medium"), "C": Made(), "D": at("medium")})
    changes = changes_between(before, after)
    assert set(changes.rules) == {
        RuleChange(RULE, Level.URGENT, still_open=1, more_pressing=1),
        RuleChange(RULE, Level.MEDIUM, still_open=1, gained=1, less_pressing=1),
        RuleChange(RULE, Level.HIGH, cleared=1),
    }
    found = comparison_of([before, after], content, exact=True)
    assert found.gained_at is Level.MEDIUM  # nothing urgent was gained: --fail-on urgent passes
    shown = [cells[2] for cells in map(rule_cells, found.rules)]
    assert shown == ["urgent", "high", "medium"]
    told_with = folder(tmp_path / "three", {"A": Made(rules=["OTHER-01"], stands_for={"OTHER-01": [RULE]})})
    alone = comparison_of([told_with, told_with], content, exact=True).rules
    assert [(it.rule, rule_cells(it)[2]) for it in alone] == [("OTHER-01", "high"), (RULE, "with another")]


@pytest.mark.parametrize(
    ("after", "many", "cleared", "unassessed"),
    [
        (Made(), (), 1, 0),
        (Made(unassessed={RULE: ["dx.psychosis"]}), (), 0, 1),
        (Made(), (Many(RULE, ["dx.psychosis"], 2),), 0, 1),  # the row is about everybody without one of their own
        (Made(unassessed={RULE: []}), (Many(RULE, ["dx.psychosis"], 1),), 1, 0),  # a row that misses nothing
    ],
)
def test_cleared_is_said_only_where_the_rule_could_be_assessed(
    tmp_path: Path, after: Made, many: tuple[Many, ...], cleared: int, unassessed: int
) -> None:
    changes = changes_between(folder(tmp_path / "one"), folder(tmp_path / "two", {"A": after}, many))
    assert (change_of(changes).cleared, change_of(changes).unassessed_after) == (cleared, unassessed)


def test_a_rule_that_the_content_of_now_does_not_ask_is_not_cleared(tmp_path: Path) -> None:
    before = write_folder(tmp_path / "one", {"A": Made(rules=["OLD-01"])})
    after = write_folder(tmp_path / "two", {"A": Made()}, sha256="f" * 64)
    assert change_of(changes_between(before, after), "OLD-01").not_asked_after == 1
    same = write_folder(tmp_path / "three", {"A": Made()})
    assert change_of(changes_between(before, same), "OLD-01").cleared == 1


def test_a_finding_where_nothing_could_be_assessed_before_is_gained_apart(tmp_path: Path) -> None:
    now = Made(classes=[["antipsychotic"]], rules=[RULE])
    changes = changes_between(folder(tmp_path / "one"), folder(tmp_path / "two", {"B": now}))
    assert (change_of(changes).gained, change_of(changes).gained_unassessed_before) == (0, 1)


def test_a_share_that_is_not_known_has_no_change(tmp_path: Path, content: Content) -> None:
    before = write_folder(tmp_path / "one", PEOPLE)
    after = write_folder(
        tmp_path / "two", {"A": Made(classes=[["antipsychotic"]])}, many=[Many(RULE, ["dx.psychosis"], 1)]
    )
    found = {it.before.indicator.id: it for it in comparison_of([before, after], content, exact=True).indicators}
    assert found["no-reason"].after.standing.value == "not_assessed"
    assert (found["no-reason"].change, found["no-reason"].interval) == (None, None)
    assert found["taking"].change == (0.5, 0.5)


def test_the_signals_of_a_chart() -> None:
    level = [Point(it, 100) for it in (20, 22, 19, 21, 20, 18, 22, 20, 19, 21, 20, 21)]
    assert process_chart(level).kind == "P"
    assert process_chart(level).signals == ()
    outside = process_chart([*level, Point(8, 10)])
    assert [(it.says, it.first) for it in outside.signals] == [("a point outside the limits", 12)]
    rising = process_chart([Point(it, 100) for it in (10, 11, 12, 13, 14, 15, 16, 5)])
    assert [(it.says, it.first, it.last) for it in rising.signals] == [("7 or more in a row rising or falling", 0, 6)]
    moved = process_chart([Point(it, 100) for it in (18, 19, 18, 19, 18, 19, 18, 19, 22, 23, 22, 23, 22, 23, 22, 23)])
    assert moved.kind == "P"
    assert [(it.first, it.last) for it in moved.signals] == [(0, 7), (8, 15)]
    assert {it.says for it in moved.signals} == {"7 or more in a row on one side of the centre line"}
    scattered = process_chart([Point(it, 1000) for it in (100, 300) * 7])
    assert scattered.kind == "P'"
    assert scattered.signals == ()


def test_many_reviews_are_drawn_over_time_and_a_single_move_is_not_marked(tmp_path: Path, content: Content) -> None:
    folders = []
    for month in range(1, 5):
        taking = {f"T{at}": Made(classes=[["antipsychotic"]]) for at in range(month)}
        others = {f"O{at}": Made() for at in range(20 - month)}
        folders.append(write_folder(tmp_path / f"{month}", {**taking, **others}, as_of=f"2026-0{month}-01"))
    found = comparison_of(folders, content, exact=True)
    taking_series = found.series[0]
    assert taking_series.chart.kind == "run"
    assert [round(it, 3) for it in taking_series.chart.shares] == [0.05, 0.1, 0.15, 0.2]
    assert taking_series.chart.signals == ()
    page = comparison_html(found, content)
    assert "<svg role=" in page
    with pytest.raises(InputProblem, match="of an earlier day than the one before it"):
        comparison_of(folders[::-1], content, exact=True)
    with pytest.raises(InputProblem, match="places are not held against each other"):
        comparison_of([folders[0], folders[0], folders[1]], content, exact=True)


LOCAL = Place("overlay.yaml")
OFF = LocalChange(ChangeKind.SWITCHED_OFF, "rule", RULE, LOCAL, "A clinic does it.", until=date(2027, 1, 1))
ADDED = LocalChange(ChangeKind.ADDED, "rule", "NT-01", LOCAL, now="Lithium shared")
NORTH = Overlay("north-town", "North Town", "2026.11.0", "d" * 64, (OFF, ADDED), LOCAL)
CHANGED = replace(NORTH, sha256="e" * 64, changes=(ADDED,))


def test_what_each_review_was_made_with_is_told_and_which_local_changes_differ(
    tmp_path: Path, content: Content
) -> None:
    people = {f"P{at:02}": Made(rules=["NT-01"]) for at in range(30)}
    asked = {"rules": {"asked": ["NT-01"], "titles": {"NT-01": "Lithium shared"}}}
    before = write_folder(tmp_path / "one", people, overlays=[NORTH], run_says=asked)
    after = write_folder(tmp_path / "two", people, overlays=[CHANGED], sha256="f" * 64, run_says=asked)
    found = comparison_of([before, after], content, exact=False)
    assert [it.title for it in found.rules] == ["Lithium shared"]  # which the content of now does not have
    assert found.notes[1:] == (
        "The local changes differ: North Town (north-town 2026.11.0), SHA-256 dddddddd before; "
        "North Town (north-town 2026.11.0), SHA-256 eeeeeeee after.",
        "Rules that a local change switched off: STOMP-05 before; none after.",
    )
    written = " ".join(comparison_markdown(found, content).split())
    for text in (written, comparison_html(found, content)):
        for said in ("content 2026.11.0, SHA-256 " + "0" * 64, "SHA-256 " + "f" * 64, "SHA-256 " + "d" * 64):
            assert said in text
        assert f"Compared, and indicators counted, by healthcheck {__version__}, content {content.version}" in text
        assert "Switched off: rule STOMP-05, until 1 Jan 2027. Reason: A clinic does it." in text
    value = json.loads(comparison_json(found, replace(content, overlays=(NORTH,))))
    Draft202012Validator(schema_named("compare")).validate(value)
    assert [it["overlays"][0]["sha256"][0] for it in value["reviews"]] == ["d", "e"]
    same = comparison_of([before, before], content, exact=False)
    assert same.notes == (
        "Local changes were used both times: North Town (north-town 2026.11.0), SHA-256 dddddddd.",
        "Rules that a local change switched off both times: STOMP-05.",
    )


def test_a_rule_that_nobody_had_is_asked_where_the_review_says_so(tmp_path: Path) -> None:
    asked = {"rules": {"asked": [RULE], "titles": {}}}
    without = write_folder(tmp_path / "one", {"A": Made()}, run_says=asked)
    with_it = write_folder(tmp_path / "two", {"A": Made(rules=[RULE])}, sha256="f" * 64, run_says=asked)
    assert change_of(changes_between(without, with_it)).gained == 1
    assert change_of(changes_between(with_it, without)).cleared == 1


def test_reviews_whose_ids_were_not_hashed_alike_are_not_compared(tmp_path: Path, content: Content) -> None:
    def of_key(name: str, fingerprint: str | None) -> Path:
        ids = {"hashed": fingerprint is not None, "key_fingerprint": fingerprint}
        return write_folder(tmp_path / name, PEOPLE, run_says={"ids": ids})

    bare, one, other = of_key("bare", None), of_key("one", "a" * 12), of_key("other", "b" * 12)
    refused = run(str(one), str(other))
    assert isinstance(refused.exception, InputProblem)
    assert refused.stdout == ""
    assert "other: its ids are hashed with another key (bbbbbbbbbbbb) than those of " in str(refused.exception)
    with pytest.raises(InputProblem, match=r"bare: its ids are not hashed, and those of .*one are"):
        comparison_of([one, bare], content, exact=True)
    assert comparison_of([one, of_key("again", "a" * 12)], content, exact=True).in_both == len(PEOPLE)


def test_two_reviews_that_share_almost_nobody_say_so(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", {f"A{at}": Made() for at in range(20)})
    other = write_folder(tmp_path / "two", {f"{'A' if at < 2 else 'B'}{at}": Made() for at in range(20)})
    ran = run(str(one), str(other))
    assert "Almost nobody is in both: are the ids of the same kind" in ran.stderr
    assert "Almost nobody is in both" in ran.stdout


def run(*arguments: str) -> Result:
    return CliRunner().invoke(healthcheck, ["compare", *arguments], standalone_mode=False)


def test_the_command(tmp_path: Path) -> None:
    people = {f"P{at:02}": Made(classes=[["antipsychotic"]]) for at in range(30)}
    before = write_folder(tmp_path / "one", people, as_of="2026-10-01")
    gained = {name: replace(it, rules=[RULE]) for name, it in people.items() if name < "P12"}
    after = write_folder(tmp_path / "two", {**people, **gained})
    as_json = run(str(before), str(after), "--to", "json", "--fail-on", "high")
    assert as_json.return_value == 1
    value = json.loads(as_json.stdout)
    Draft202012Validator(schema_named("compare")).validate(value)
    assert [(it["rule"], it["gained"], it["cleared"]) for it in value["findings"]] == [(RULE, 10, 0)]
    written = run(str(before), str(after), "--fail-on", "urgent")
    assert written.return_value == 0
    assert re.search(r"\| STOMP-05 \|.*\| high +\| 0 +\| 10 +\|", written.stdout)
    exact = json.loads(run(str(before), str(after), "--to", "json", "--show-small-numbers").stdout)
    assert exact["findings"][0]["gained"] == 12
