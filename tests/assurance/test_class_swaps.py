"""Each class of a condition is swapped for the wider one and for the one beside it, and an example has to notice."""

from __future__ import annotations

from pathlib import Path

from healthcheck_cli.assurance.class_swaps import ClassNeighbours, class_swaps
from healthcheck_cli.assurance.example_facts import ExampleFacts
from healthcheck_cli.assurance.examples import run_examples
from healthcheck_cli.assurance.mutations import try_mutants
from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content
from tests.content.small_content import changed, write_content

CLASSES = """\
defaults: {basis: proposed}
records:
  - {id: antipsychotic, title: Antipsychotics, tags: [antipsychotic_second_gen]}
  - {id: calming, title: Calming, any_of: [antipsychotic], medicines: [codeine]}
  - {id: everything, title: All, every_medicine: true}
"""
RULE = "drug_rules/rules/stomp/reason.yaml"
NEARLY = "    clear: [{medicines: [Codeine 15mg tablets], problems: []}, {medicines: [Risperidone"


def content_with(folder: Path, changes: dict[str, str]) -> Content:
    return load_content(write_content(folder, {"drug_rules/classes.yaml": CLASSES, **changes}))


def test_the_neighbours_of_a_class_are_the_wider_one_and_the_one_beside(tmp_path: Path) -> None:
    neighbours = ClassNeighbours(content_with(tmp_path, {}))
    assert neighbours.of("antipsychotic") == ("calming", "codeine")
    assert neighbours.of("codeine") == ("calming", "antipsychotic")
    assert neighbours.of("calming") == ()  # every medicine at once is no neighbour


def test_a_swap_keeps_the_rest_of_the_condition(tmp_path: Path) -> None:
    content = content_with(
        tmp_path, changed(RULE, "taking(antipsychotic) and", "count(antipsychotic, taken_for >= 3 months) >= 2 and")
    )
    swaps = list(class_swaps(content.rules["STOMP-05"].when, ClassNeighbours(content)))
    assert [mutant.text for _, mutant in swaps] == [
        "count(calming, taken_for >= 3 months) >= 2 and not dx.psychosis",
        "count(codeine, taken_for >= 3 months) >= 2 and not dx.psychosis",
    ]


def test_a_wider_class_is_noticed_only_by_an_example_that_is_nearly_in_the_class(tmp_path: Path) -> None:
    content = content_with(tmp_path / "without", {})
    runs = run_examples(content, ExampleFacts(content))
    survivors = try_mutants(content, runs, ClassNeighbours(content)).survivors
    assert "`taking(antipsychotic)` became `taking(calming)`, with codeine" in [it.change for it in survivors]
    assert "`taking(antipsychotic)` became `taking(codeine)`, with codeine" not in [it.change for it in survivors]

    nearly = content_with(tmp_path / "with", changed(RULE, "    clear: [{medicines: [Risperidone", NEARLY))
    runs = run_examples(nearly, ExampleFacts(nearly))
    assert runs[1].passed  # the new one
    changes = [it.change for it in try_mutants(nearly, runs, ClassNeighbours(nearly)).survivors]
    assert "`taking(antipsychotic)` became `taking(calming)`, with codeine" not in changes
