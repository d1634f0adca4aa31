"""docs/content.md and docs/conditions.md are true: what they show loads, does what they say, and leaves nothing out."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from healthcheck_cli.cli.main import healthcheck
from healthcheck_cli.conditions import kleene
from healthcheck_cli.conditions.attributes import KEPT_AS, LINE_ATTRIBUTES, RELEASES
from healthcheck_cli.conditions.attributes import ROUTES as LINE_ROUTES
from healthcheck_cli.conditions.check import parse_and_check
from healthcheck_cli.conditions.compare import holds
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.functions import FUNCTIONS
from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.tree import Atom, Comparison
from healthcheck_cli.conditions.values import FactValue, Interval, State, Truth
from healthcheck_cli.content.diagnostics import Severity
from healthcheck_cli.content.kinds.medicines import ROUTES, STOMP_SCOPES
from healthcheck_cli.content.kinds.rules import OWNERS, PLACEHOLDERS, RECORD_KEYS
from healthcheck_cli.content.lint import lint
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.record_reader import SUPPORT_KEYS
from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer
from tests.docs.pages import ROOT, Block, blocks, marked, page, table_after, tables

CONTENT, CONDITIONS = "content.md", "conditions.md"
CODE = ROOT / "healthcheck_cli"
RULE_FILE = "drug_rules/rules/themes/demo.yaml"
NOT_YET = "not worked out yet"


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


# docs/content.md: what it shows


def records_shown() -> list[Block]:
    """The yaml of the page that is put into the content; what it shows of an overlay is laid over it."""
    return [block for block in blocks(CONTENT, "yaml") if not block.mark.startswith("overlay: ")]


def copy_with_examples(folder: Path) -> Path:
    """The shipped content with every record that docs/content.md shows put in its place."""
    for part in ("checklists", "drug_rules"):
        shutil.copytree(ROOT / part, folder / part)
    for block in records_shown():
        place = folder / block.mark.removeprefix("in: ")
        assert place.parent.is_dir(), f"a yaml block of {CONTENT} is marked {block.mark!r}, which is no place for it"
        before = place.read_text("utf-8") if place.exists() else ""
        place.write_text(before + block.text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_with_examples(tmp_path_factory.mktemp("content"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(healthcheck, ["content", *arguments])


def test_every_record_shown_loads_with_the_real_content_and_passes_its_checks(copy: Path, content: Content) -> None:
    loaded = load_content(find_content(copy))
    shown = [block.mark.removeprefix("in: ") for block in records_shown()]
    faults = [it for it in lint(loaded, content.examples_as_of) if it.severity is Severity.ERROR]
    assert [str(it) for it in faults if it.place.file in shown] == []
    assert "DEMO-01" in loaded.rules
    assert {"demo.chart_seen", "demo.gut_problem", "demo.waist", "demo.needs_a_look"} <= set(loaded.facts)
    assert loaded.questions["demo.gut"].values == ("yes", "no", "not_sure")
    assert loaded.medicines["examplazole"].constipating_level == 1
    assert loaded.products["co-examplazole"].ingredients == ("examplazole", "paracetamol")
    assert loaded.classes["demo_class"].daily_mg_at_least == {"examplazole": 8}


def test_the_rule_shown_passes_its_examples_as_the_page_says(copy: Path) -> None:
    ran = run("test", "DEMO-01", "--content", str(copy))
    assert ran.output == marked(CONTENT, "output: test").text


def test_breaking_its_examples_prints_what_the_page_shows(copy: Path, tmp_path: Path) -> None:
    shutil.copytree(copy, tmp_path / "broken")
    rule = tmp_path / "broken" / RULE_FILE
    kept = [line for line in rule.read_text("utf-8").splitlines(True) if "bowel.days_since: 2}" not in line]
    rule.write_text("".join(kept).replace("bowel.days_since: 3}", "bowel.days_since: 5}"), "utf-8")
    assert run("test", "DEMO-01", "--content", str(rule.parents[3])).output.startswith(
        marked(CONTENT, "output: unnoticed").text
    )


def test_a_slip_in_its_condition_prints_what_the_page_shows(copy: Path, tmp_path: Path) -> None:
    shutil.copytree(copy, tmp_path / "slip")
    rule = tmp_path / "slip" / RULE_FILE
    rule.write_text(rule.read_text("utf-8").replace("(clozapine) and", "(clozapin) and"), "utf-8")
    ran = run("lint", "--content", str(rule.parents[3]))
    assert ran.output.startswith(marked(CONTENT, "output: slip").text)


def test_every_command_shown_is_there() -> None:
    lines = [line for name in (CONTENT, CONDITIONS) for block in blocks(name, "sh") for line in block.lines()]
    assert len(lines) >= 6
    for line in lines:
        words = line.partition("#")[0].split()
        assert words[0] == "healthcheck"
        group = healthcheck.get_command(None, words[1])  # type: ignore[arg-type]
        assert group is not None
        if words[1] == "content":
            assert words[2] in group.commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", marked(CONTENT, "wording: refused").lines())
def test_wording_said_to_be_refused_is_refused(line: str) -> None:
    assert wording_problems(line)


@pytest.mark.parametrize("line", marked(CONTENT, "wording: allowed").lines())
def test_wording_said_to_pass_passes(line: str) -> None:
    assert wording_problems(line) == []


# docs/content.md: what it must name

_CODE = re.compile(
    r'(?:\badd|problem|problem_at|Diagnostic)\(\s*(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+,\s*"([a-z0-9-]+)"'
)
_NAMED = re.compile(r'\bunknown\("([a-z ]+)"')
_WITHOUT_CONTENT = re.compile(r'ContentProblem\(\s*f?"(?:\{\w+\}: )?([a-z]+-[a-z]+) ')
_KEY = re.compile(r'\b(?:record|part|lists)\.(?!problem|spot|place)\w+\(\s*"(\w+)"|conditions\.\w+\(\w+, "(\w+)"\)')


def codes_in_the_code() -> set[str]:
    """Every code under which the loader or a check reports a problem."""
    rooms = (CODE / "content", CODE / "assurance")
    texts = [file.read_text("utf-8") for room in rooms for file in sorted(room.rglob("*.py"))]
    found = {code for text in texts for pattern in (_CODE, _WITHOUT_CONTENT) for code in pattern.findall(text)}
    return found | {f"unknown-{kind.replace(' ', '-')}" for text in texts for kind in _NAMED.findall(text)}


def test_every_error_code_is_listed_and_no_other() -> None:
    listed = {code for row in tables(CONTENT, "Error codes") for code in re.findall(r"`([a-z0-9-]+)`", row[0])}
    assert listed == codes_in_the_code()
    assert len(listed) > 50


def test_the_codes_are_read_from_the_code_as_they_stand() -> None:
    assert {"missing-key", "duplicate-id", "condition", "circle", "not-utf8", "unknown-problem-group"} <= (
        codes_in_the_code()
    )


def test_every_key_of_every_record_is_named() -> None:
    texts = [file.read_text("utf-8") for file in sorted((CODE / "content" / "kinds").glob("*.py"))]
    keys = {key for text in texts for pair in _KEY.findall(text) for key in pair if key}
    keys |= {*SUPPORT_KEYS, *RECORD_KEYS}
    assert {"also_asked", "when_urgent", "counted_as", "scored_at_least", "level_if", "who"} <= keys
    named = set(re.findall(r"`(\w+)`", page(CONTENT))) | set(re.findall(r"[{,] ?(\w+)[,}:]", page(CONTENT)))
    assert keys - named == set()


def test_the_words_a_key_may_have_are_named() -> None:
    text = page(CONTENT)
    words = (*OWNERS, *STOMP_SCOPES, *ROUTES, *RELEASES, *(f"{{{name}}}" for name in PLACEHOLDERS))
    assert [word for word in words if word not in text] == []


# docs/conditions.md


def test_every_condition_shown_can_be_asked_of_the_content(content: Content) -> None:
    shown = [line for block in blocks(CONDITIONS, "condition") for line in block.lines()]
    wrong = {line: [str(it) for it in parse_and_check(line, content.vocabulary)[1]] for line in shown}
    assert {line: problems for line, problems in wrong.items() if problems} == {}
    assert len(shown) > 15


def test_every_mistake_shown_is_answered_in_the_words_shown(content: Content) -> None:
    stanzas = [it for block in blocks(CONDITIONS, "condition-error") for it in block.text.strip().split("\n\n")]
    for stanza in stanzas:
        condition, *messages = stanza.splitlines()
        assert [str(it) for it in parse_and_check(condition, content.vocabulary)[1]] == messages
    assert len(stanzas) > 20


def test_every_function_has_a_row() -> None:
    rows = {name for row in tables(CONDITIONS, "Functions") for name in re.findall(r"`(\w+)\(", row[0])}
    assert rows == {*FUNCTIONS, "any_of"}


def test_every_attribute_of_a_line_has_a_row_that_says_its_kind() -> None:
    kinds = {"yn": "yes or no", "word": "word", "number": "number", "time": "time", "date": "date"}
    rows = [row for row in tables(CONDITIONS, "What can be asked of a medicine line") if row[0].startswith("`")]
    assert {row[0].strip("`"): row[1] for row in rows} == {
        name: kinds[declared.type.value] for name, declared in LINE_ATTRIBUTES.items()
    }
    text = page(CONDITIONS)
    assert [word for word in (*LINE_ROUTES, *RELEASES) if f"`{word}`" not in text] == []


def test_what_is_said_not_to_be_worked_out_yet_is_what_a_line_never_has(content: Content) -> None:
    line = {"text": "Risperidone 1mg tablets", "dosage": "1 twice a day", "quantity": "56", "start": date(2026, 1, 1)}
    facts = Reviewer(content).person_facts(record_from_mapping({"medicines": [line]}), date(2026, 11, 22))
    rows = [row for row in tables(CONDITIONS, "What can be asked of a medicine line") if row[0].startswith("`")]
    said = {row[0].strip("`") for row in rows if NOT_YET in row[3]}
    held = facts.lines[0].attributes
    assert said == {name for name in LINE_ATTRIBUTES if KEPT_AS.get(name, name) not in held}


def test_every_unit_of_a_fact_and_every_scale_is_named(content: Content) -> None:
    text = page(CONDITIONS)
    names = {fact.declaration.unit for fact in content.facts.values()} - {""} | set(content.scales)
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


TRUTHS = {"true": Truth.TRUE, "false": Truth.FALSE, "unknown": Truth.UNKNOWN}


def test_the_truth_tables_are_those_of_the_evaluator() -> None:
    for name, combine in (("and", kleene.all_true), ("or", kleene.any_true)):
        rows = table_after(CONDITIONS, f"truth: {name}")
        assert len(rows) == 3
        for left, *results in rows:
            expected = [combine((TRUTHS[left], TRUTHS[right])) for right in TRUTHS]
            assert [TRUTHS[it] for it in results] == expected
    rows = table_after(CONDITIONS, "truth: not")
    assert [TRUTHS[result] for _, result in rows] == [kleene.opposite(TRUTHS[truth]) for truth, _ in rows]
    assert len(rows) == 3


def test_the_table_of_ranges_is_what_comparing_does() -> None:
    rows = table_after(CONDITIONS, "ranges")
    assert len(rows) >= 8
    for known, test, result in rows:
        low, _, high = known.replace(" or more", " to inf").partition(" to ")
        atom = parse(f"a.b {test}")
        assert isinstance(atom, Atom)
        assert isinstance(atom.test, Comparison)
        assert holds(Interval(float(low), float(high or low)), atom.test) is TRUTHS[result], (known, test)


def test_a_fact_that_does_not_apply_is_false_in_either_direction(content: Content) -> None:
    without = {"dx.epilepsy": FactValue(State.KNOWN, value=False)}
    facts = Reviewer(content).person_facts(record_from_mapping({}), date(2026, 11, 22), without)
    for line in marked(CONDITIONS, "does not apply").lines():
        assert evaluate(parse(line), facts, content.vocabulary) is Truth.FALSE
