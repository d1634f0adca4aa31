"""The shipped content passes its own checks, and is loaded in the time a person does not notice."""

from __future__ import annotations

import re
import subprocess
import sys
import time

from healthcheck_cli.content.diagnostics import Severity
from healthcheck_cli.content.lint import lint
from healthcheck_cli.content.load import content_of, content_texts, find_content, load_content


def test_it_has_no_faults() -> None:
    content = load_content(find_content())
    found = lint(content, content.examples_as_of)
    assert [str(it) for it in found if it.severity is Severity.ERROR] == []


def test_all_of_it_is_loaded_in_under_two_seconds_of_work() -> None:
    texts = content_texts(find_content())
    taken = []
    for _ in range(3):  # the least of them is what it takes: what else the machine does can only add to it
        began = time.process_time()
        content_of(texts)
        taken.append(time.process_time() - began)
    assert min(taken) < 2  # about 0.5 on a desk machine: this catches what grows out of hand


def test_loading_medicines_leaves_the_heavy_libraries_alone() -> None:
    program = (
        "import sys; from healthcheck_cli.content.load import find_content, load_medicines; "
        "load_medicines(find_content()); "
        "print(sorted({'lark', 'duckdb', 'pint', 'rich', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_section_of_the_check_has_its_place_in_the_order() -> None:
    content, texts = load_content(find_content()), content_texts(find_content())
    text = dict(texts)["checklists/order.yaml"]
    assert sorted(re.findall(r"^  - (\w+)$", text, re.MULTILINE)) == sorted(it.id for it in content.sections)
