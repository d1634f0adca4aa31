"""The small content with indicators, for reports of made-up folders."""

from __future__ import annotations

from pathlib import Path

from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content
from tests.content.small_content import write_content

_INDICATORS = """\
- id: taking
  title: Takes an antipsychotic
  group: psychotropics
  counts: taking(antipsychotic)
  figures: [{percent: 14.5, period: 2021-22, series: national}]
  note: A note.
  basis: proposed
- id: no-reason
  title: No reason found
  group: reasons
  who: taking(antipsychotic)
  fired: [STOMP-05]
  basis: proposed
- id: with-reason
  title: A reason found
  group: reasons
  who: taking(antipsychotic)
  not_fired: [STOMP-05]
  basis: proposed
- {id: acb, title: Burden of 3 or more, group: burden, counts: burden(acbcalc) >= 3, basis: proposed}
- {id: psychosis, title: Psychosis, group: dose, counts: dx.psychosis, leave_out: taking(codeine), basis: proposed}
- {id: I02, title: Plan given, group: leder, unanswered: it is kept with the check, basis: proposed}
"""
_SERIES = """\
- id: national
  title: National figures
  of: people on registers
  breaks: [{year: 2019-20, says: new codes}]
  basis: sourced
  sources: [small-1]
"""


def small_indicators(folder: Path) -> Content:
    """The content, from files written into the folder."""
    files = {
        "drug_rules/indicators/all.yaml": _INDICATORS,
        "drug_rules/national_series.yaml": _SERIES,
    }
    return load_content(write_content(folder, files))
