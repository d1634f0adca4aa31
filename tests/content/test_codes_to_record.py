"""What a check calls for a code for: codes that were read, of which none is invented or misprinted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.errors import ContentProblem
from tests.content.small_content import write_content

REFERENCES = Path(__file__).parents[2].parent / "shared" / "reference"
PLACE = "checklists/codes_to_record.yaml"
RECORD = """\
- id: severe
  term: Severe learning disability
  codes: {snomed: "508171000000105"}
  when: taking(antipsychotic)
  because: it was told
  basis: sourced
  sources: [nice-ng11]
"""


def test_a_code_with_its_source_is_taken(tmp_path: Path) -> None:
    content = load_content(write_content(tmp_path, {PLACE: RECORD}))
    assert content.codes_to_record["severe"].code == "508171000000105"
    assert not content.codes_to_record["severe"].when_complete


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("508171000000105", "508171000000104", "3:10: bad-code '508171000000104' is no SNOMED CT code"),
        ("because: it", "when_complete: yes\n  because: it", "5:18: wrong-type"),
        ("snomed:", "read:", "3:10: unknown-word there is no coding system 'read' here"),
        ("basis: sourced\n  sources: [nice-ng11]", "basis: proposed", "3:10: code-without-source"),
        ("taking(antipsychotic)", "taking(antipsychotics)", "4:16: condition `antipsychotics`"),
    ],
)
def test_what_is_refused_and_where(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ContentProblem) as problem:
        load_content(write_content(tmp_path, {PLACE: RECORD.replace(old, new)}))
    assert f"{PLACE}:{fault}" in str(problem.value)


@pytest.mark.skipif(not REFERENCES.is_dir(), reason="the references are not here")
def test_every_code_that_a_plan_may_name_stands_in_a_reference() -> None:
    content = load_content(find_content())
    read = set(re.findall(r"\d{6,18}", "".join(it.read_text("utf-8") for it in REFERENCES.glob("*.md"))))
    codes = {it.code for it in content.codes_to_record.values() if it.code}
    codes |= {it.code for it in content.adjustments.values()}
    assert codes - read == set()
    assert len(codes) > 20
