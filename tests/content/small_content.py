"""A small, whole content for tests: one of everything, written into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from healthcheck_cli.content.roots import ContentRoot

FILES: Mapping[str, str] = {
    "drug_rules/manifest.yaml": """\
version: "2026.11.0"
title: A small content
examples_as_of: 2026-11-22
word_lists:
  ld_terms: [learning disab, autis]
""",
    "drug_rules/sources.yaml": """\
- {id: small-1, title: A guideline, publisher: NICE, year: "2015"}
""",
    "drug_rules/scales.yaml": """\
- {id: acbcalc, title: ACB, version: "2024-07", most: 3, unlisted: counts 0, basis: sourced, sources: [small-1]}
""",
    "drug_rules/products/combined.yaml": """\
- {name: co-codamol, ingredients: [codeine, paracetamol], synonyms: [Kapake], basis: general_knowledge}
""",
    "drug_rules/classes.yaml": """\
- {id: antipsychotic, title: Antipsychotics, tags: [antipsychotic_second_gen], basis: proposed}
""",
    "drug_rules/medicines/antipsychotics.yaml": """\
defaults: {basis: sourced, sources: [small-1]}
records:
  - name: risperidone
    label: antipsychotic_sg
    tags: [antipsychotic_second_gen]
    brands: [Risperdal]
    codes: {bnf: "0402010AD"}
    maxima: [{route: oral, amount: 16, unit: mg}]
    scores: [{scale: acbcalc, value: 1}]
    constipating: {level: 2, basis: proposed}
  - name: codeine
    label: opioid
  - name: paracetamol
    label: none
""",
    "drug_rules/rules/stomp/reason.yaml": """\
- id: STOMP-05
  title: Antipsychotic with no recorded reason
  level: high
  level_if: [{level: urgent, when: bowel.days_since >= 5 days}]
  themes: [medication]
  when: taking(antipsychotic) and not dx.psychosis
  says: "{medicines}: no reason found in the record up to {as_of}."
  actions: [{do: Ask whether the reason is current, owner: pharmacist, within: 2 weeks, when_urgent: today}]
  basis: sourced
  sources: [small-1]
  reviewed: 2026-11-22
  review_due: 2027-11-22
  examples:
    fires: [{medicines: [Risperidone 1mg tablets], problems: [], level: high}]
    clear: [{medicines: [Risperidone 1mg tablets], problems: [schizophrenia]}]
    unknown: [{medicines: [Risperidone 1mg tablets], missing: [dx.psychosis]}]
""",
    "checklists/themes.yaml": """\
- {id: medication, title: Medicines, plain_words: Too many medicines, basis: proposed}
""",
    "checklists/facts/all.yaml": """\
- name: dx.psychosis
  title: Psychosis
  type: yn
  problem: {group: psychosis, within: 5 years}
  basis: proposed
- name: bowel.days_since
  title: Days since the bowels last opened
  type: num
  unit: days
  question: bowel.days_since
  asked_of: taking(antipsychotic)
  basis: proposed
""",
    "checklists/problems/mental_health.yaml": """\
- id: psychosis
  title: Psychosis
  terms: [psychosis, schizophrenia]
  codes: ["69322001"]
  basis: general_knowledge
""",
    "checklists/sections/01_bowel.yaml": """\
id: bowel
title: Bowels
intro: About going to the toilet.
questions:
  - id: bowel.days_since
    ask: How many days since your last poo?
    help: Constipation can be dangerous.
    type: num
    unit: days
    hard: [0, 60]
    who: taking(antipsychotic)
    themes: [medication]
    basis: general_knowledge
""",
}


def write_content(folder: Path, changes: Mapping[str, str] | None = None) -> ContentRoot:
    """Write the small content below ``folder``, with some files replaced or added; an empty text leaves a file out."""
    for path, text in {**FILES, **(changes or {})}.items():
        if text:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return ContentRoot(folder, "small")


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """The file with one text changed, for ``write_content``; the text must be there exactly once."""
    assert FILES[path].count(old) == 1, f"{old!r} is not once in {path}"
    return {path: FILES[path].replace(old, new)}
