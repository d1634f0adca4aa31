"""The cohort report of made-up folders: what is counted, what is not known, what is hidden, and the whole of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from healthcheck_cli.cohort.report import write_report
from healthcheck_cli.cohort.report.extract_files import ExtractFiles
from healthcheck_cli.cohort.report.gather import report_of, tallies_of
from healthcheck_cli.cohort.report.intervals import wilson
from healthcheck_cli.cohort.report.shares import Share
from healthcheck_cli.cohort.report.tallies import Tally
from healthcheck_cli.content.models import Content
from healthcheck_cli.errors import InputProblem
from tests.cohort.made_folder import Made, Many, write_folder
from tests.cohort.small_indicators import small_indicators

GOLDEN = Path(__file__).parent / "golden" / "cohort.md"
ANTIPSYCHOTIC = [["antipsychotic"]]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return small_indicators(tmp_path_factory.mktemp("content"))


def register() -> dict[str, Made]:
    """Sixty people: 12 on an antipsychotic, of whom 8 have no reason found and 1 could not be assessed."""
    people = {f"P{at:02}": Made(age=15 + at, sex="M" if at % 3 else "F") for at in range(48)}
    people |= {f"Q{at:02}": Made(age=50, classes=ANTIPSYCHOTIC, rules=["STOMP-05"], acb=(3, 3)) for at in range(8)}
    people |= {f"R{at:02}": Made(age=50, classes=ANTIPSYCHOTIC, problems=["dx.psychosis"]) for at in range(3)}
    people["S00"] = Made(age=None, sex="", classes=ANTIPSYCHOTIC, unassessed={"STOMP-05": ["dx.psychosis"]}, acb=(1, 4))
    return people


def tally(folder: Path, content: Content) -> dict[str, Tally]:
    with ExtractFiles(folder) as files:
        return tallies_of(files, content)[1]


def shares(folder: Path, content: Content, *, exact: bool = True) -> dict[str, Share]:
    with ExtractFiles(folder) as files:
        report = report_of(files, content, exact=exact)
    return {it.indicator.id: it for group in report.shares.values() for it in group}


def test_what_is_counted(tmp_path: Path, content: Content) -> None:
    found = tally(write_folder(tmp_path / "out", register()), content)
    assert found["taking"] == Tally(60, 12, 0, 0, 0)
    assert found["no-reason"] == Tally(12, 8, 1, 0, 0)
    assert found["with-reason"] == Tally(12, 3, 1, 0, 0)
    assert found["acb"] == Tally(60, 8, 1, 0, 0)
    assert found["psychosis"] == Tally(60, 3, 0, 0, 0)


def test_a_list_that_is_not_complete_leaves_open_what_is_not_found(tmp_path: Path, content: Content) -> None:
    found = tally(write_folder(tmp_path / "out", register(), complete=()), content)
    assert found["taking"] == Tally(60, 12, 48, 0, 0)
    assert found["no-reason"] == Tally(12, 8, 1, 0, 48)
    assert found["acb"].counted == 8
    assert found["acb"].unknown == 52
    assert found["psychosis"] == Tally(60, 3, 57, 0, 0)


def test_a_line_nobody_could_name_and_a_possible_class_leave_it_open(tmp_path: Path, content: Content) -> None:
    people = {"A": Made(unrecognised=1), "B": Made(classes=[["laxative"]], possible=["antipsychotic"]), "C": Made()}
    assert tally(write_folder(tmp_path / "out", people), content)["taking"] == Tally(3, 0, 2, 0, 0)


def test_a_finding_that_stands_for_the_rule_counts(tmp_path: Path, content: Content) -> None:
    people = {"A": Made(classes=ANTIPSYCHOTIC, rules=["OTHER-01"], stands_for={"OTHER-01": ["STOMP-05"]})}
    assert tally(write_folder(tmp_path / "out", people), content)["no-reason"] == Tally(1, 1, 0, 0, 0)


def test_recorded_exceptions_are_left_out_and_counted_apart(tmp_path: Path, content: Content) -> None:
    people = {"A": Made(classes=[["codeine"]], problems=["dx.psychosis"]), "B": Made(problems=["dx.psychosis"])}
    assert tally(write_folder(tmp_path / "out", people), content)["psychosis"] == Tally(1, 1, 0, 1, 0)


def test_a_row_that_stands_for_many_is_about_those_without_a_row_of_their_own(tmp_path: Path, content: Content) -> None:
    people = {
        "A": Made(classes=ANTIPSYCHOTIC, rules=["STOMP-05"]),
        "B": Made(classes=ANTIPSYCHOTIC, unassessed={"STOMP-05": []}),
        "C": Made(classes=ANTIPSYCHOTIC),
        "D": Made(),
    }
    many = [Many("STOMP-05", ["dx.psychosis"], 2)]
    found = tally(write_folder(tmp_path / "out", people, many=many), content)
    assert found["no-reason"] == Tally(3, 1, 1, 0, 0)
    assert found["with-reason"] == Tally(3, 1, 1, 0, 0)


def test_what_nobody_could_be_assessed_for_is_said_so_and_is_not_0(tmp_path: Path, content: Content) -> None:
    people = {f"P{at}": Made(classes=ANTIPSYCHOTIC) for at in range(20)}
    folder = write_folder(tmp_path / "out", people, many=[Many("STOMP-05", ["dx.psychosis"], 20)])
    share = shares(folder, content)["no-reason"]
    assert (share.standing.value, share.percent, share.needs) == ("not_assessed", None, ("Psychosis",))
    write_report(folder, content, show_small_numbers=True)
    assert re.search(r"No reason found +\| +\| 20 +\| not assessed", (folder / "cohort.md").read_text("utf-8"))


def test_shares_are_worked_out_from_the_numbers_shown(tmp_path: Path, content: Content) -> None:
    found = shares(write_folder(tmp_path / "out", register()), content, exact=False)
    taking, reason = found["taking"], found["with-reason"]
    assert (taking.counted, taking.of) == (10, 60)
    assert taking.percent == (8 / 62, 12 / 58)  # 10 stands for 8 to 12, and 60 for 58 to 62
    assert taking.interval == (wilson(8, 62).low, wilson(12, 58).high)
    assert (reason.standing.value, reason.counted, reason.of, reason.percent) == ("hidden", None, 10, None)


def test_the_whole_report(tmp_path: Path, content: Content) -> None:
    folder = write_folder(tmp_path / "out", register())
    write_report(folder, content, show_small_numbers=False)
    made = (folder / "cohort.md").read_text("utf-8")
    if not GOLDEN.exists():  # take it away to write it anew, and read what changed
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(made, encoding="utf-8")
    assert made == GOLDEN.read_text("utf-8")
    page = (folder / "cohort.html").read_text("utf-8")
    assert page.count('<svg role="img" aria-labelledby=') >= 5
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_no_count_of_1_to_4_stands_on_the_report(tmp_path: Path, content: Content) -> None:
    folder = write_folder(tmp_path / "out", register())
    write_report(folder, content, show_small_numbers=False)
    cells = re.findall(r"\| *([0-9,]+) *(?=\|)", (folder / "cohort.md").read_text("utf-8"))
    assert cells
    assert [it for it in cells if int(it.replace(",", "")) % 5] == []


def test_a_folder_that_is_none_of_ours_is_told_without_values(tmp_path: Path, content: Content) -> None:
    with pytest.raises(InputProblem, match=r"run\.json is not there: name a folder that review --out wrote"):
        write_report(tmp_path, content, show_small_numbers=False)
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"run\.json is not what review --out writes"):
        write_report(tmp_path, content, show_small_numbers=False)


def test_an_extract_of_nobody_makes_a_report(tmp_path: Path, content: Content) -> None:
    folder = write_folder(tmp_path / "out", {}, complete=())
    write_report(folder, content, show_small_numbers=False)
    assert "Cohort report: 0 people" in (folder / "cohort.md").read_text("utf-8")
    assert shares(folder, content)["taking"].standing.value == "nobody"


def test_text_from_files_cannot_leave_its_place(tmp_path: Path, content: Content) -> None:
    folder = write_folder(tmp_path / "out", register())
    run = folder / "run.json"
    run.write_text(run.read_text("utf-8").replace("list.csv", "<b>|x|`[a](http://b)"), encoding="utf-8")
    write_report(folder, content, show_small_numbers=False)
    assert "<b>" not in (folder / "cohort.html").read_text("utf-8")
    assert r"\<b\>\|x\|\`\[a\](http\://b)" in (folder / "cohort.md").read_text("utf-8")
