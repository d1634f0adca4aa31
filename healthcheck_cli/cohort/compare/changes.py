"""People who joined and left, and what became of each rule's findings, from the tables of two reviews."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from healthcheck_cli.cohort.report.extract_files import ExtractFiles, Run, read_run
from healthcheck_cli.content.models import Level

_BEFORE, _AFTER = "before_", "after_"


@dataclass(frozen=True)
class RuleChange:
    """What became of one rule's findings at one level, in people who are in both reviews. Exact numbers: never shown.

    ``level``: that of the findings, which a rule can raise or lower; as they are now, or were before where they are
    gone. None: told with another finding, whose level is not theirs.
    ``still_open``: found both times. ``gained``: found now, and not before though it could be assessed then;
    ``gained_unassessed_before``: found now, and before it could not be assessed, or was not asked. ``cleared``: found
    before, and not now though it could be assessed; ``unassessed_after``: found before, and now it cannot be assessed;
    ``not_asked_after``: found before, and the content of now does not ask it. ``more_pressing``, ``less_pressing``: of
    those still open, at another level.
    """

    rule: str
    level: Level | None
    still_open: int = 0
    gained: int = 0
    gained_unassessed_before: int = 0
    cleared: int = 0
    unassessed_after: int = 0
    not_asked_after: int = 0
    more_pressing: int = 0
    less_pressing: int = 0

    @property
    def gained_at(self) -> Level | None:
        """The level of those gained; None where there are none."""
        return self.level if self.gained or self.gained_unassessed_before else None


@dataclass(frozen=True)
class Changes:
    """Everything that changed between two reviews. Exact numbers: never shown."""

    in_both: int
    joined: int
    left: int
    rules: tuple[RuleChange, ...]


def changes_between(before: Path, after: Path) -> Changes:
    """What changed, person by person by their ids, and counted. Raises InputProblem where a folder cannot be read."""
    runs = read_run(before), read_run(after)
    with ExtractFiles(after) as files:
        files.beside(before, _BEFORE)
        files.beside(after, _AFTER)
        in_both, joined, left = files.one(
            "SELECT count(*) FILTER (WHERE was.person_id = now.person_id), "
            "count(*) FILTER (WHERE was.person_id IS NULL), count(*) FILTER (WHERE now.person_id IS NULL) "
            "FROM before_people was FULL JOIN after_people now USING (person_id)"
        )
        same_content = runs[0].content_sha256 == runs[1].content_sha256
        for prefix, run in zip((_BEFORE, _AFTER), runs, strict=True):
            _make_tables(files, prefix)
            _make_asked(files, prefix, run, same_content=same_content)
        rows = files.rows(_CHANGES)
    return Changes(int(in_both), int(joined), int(left), tuple(map(_rule_change, rows)))


def _make_tables(files: ExtractFiles, prefix: str) -> None:
    """The rules that are open for each person, told by themselves or with another; those that could not be assessed;
    and those that a row says of many people."""
    other = _AFTER if prefix == _BEFORE else _BEFORE
    files.execute(
        f"CREATE TEMP TABLE {prefix}open AS SELECT person_id, rule, any_value(level) AS level FROM ("
        f"SELECT person_id, rule, level FROM {prefix}findings "
        f"UNION ALL SELECT person_id, unnest(stands_for), NULL FROM {prefix}findings) "
        f"SEMI JOIN {other}people USING (person_id) GROUP BY person_id, rule"
    )
    files.execute(
        f"CREATE TEMP TABLE {prefix}own AS SELECT person_id, rule, bool_or(len(missing) > 0) AS unknown "
        f"FROM {prefix}unassessed WHERE person_id IS NOT NULL GROUP BY person_id, rule"
    )
    files.execute(
        f"CREATE TEMP TABLE {prefix}many AS SELECT DISTINCT rule FROM {prefix}unassessed WHERE person_id IS NULL"
    )


def _make_asked(files: ExtractFiles, prefix: str, run: Run, *, same_content: bool) -> None:
    """The rules that were asked at all: those that the run names; where it names none, those that it tells of."""
    if run.asked:
        named = f"CREATE TEMP TABLE {prefix}asked AS SELECT unnest(?::VARCHAR[]) AS rule"
        files.execute(named, [list(run.asked)])
        return
    other = _AFTER if prefix == _BEFORE else _BEFORE
    seen = f"SELECT rule FROM {prefix}findings UNION SELECT rule FROM {prefix}unassessed"
    stood_for = "UNION SELECT unnest(stands_for) FROM "
    if same_content:  # the same rules were asked both times, found or not
        seen += f" {stood_for}{prefix}findings UNION SELECT rule FROM {other}findings {stood_for}{other}findings"
    else:
        seen += f" {stood_for}{prefix}findings"
    files.execute(f"CREATE TEMP TABLE {prefix}asked AS SELECT DISTINCT rule FROM ({seen})")


_CHANGES = """
SELECT rule, CASE WHEN now THEN level_now ELSE level_was END AS level,
       count(*) FILTER (WHERE was AND now),
       count(*) FILTER (WHERE now AND NOT was AND assessed_before),
       count(*) FILTER (WHERE now AND NOT was AND NOT assessed_before),
       count(*) FILTER (WHERE was AND NOT now AND asked_after AND assessed_after),
       count(*) FILTER (WHERE was AND NOT now AND asked_after AND NOT assessed_after),
       count(*) FILTER (WHERE was AND NOT now AND NOT asked_after),
       count(*) FILTER (WHERE was AND now AND rank_now < rank_was),
       count(*) FILTER (WHERE was AND now AND rank_now > rank_was)
FROM (
  SELECT rule, was.person_id IS NOT NULL AS was, now.person_id IS NOT NULL AS now,
         was.level AS level_was, now.level AS level_now,
         list_position(['urgent', 'high', 'medium', 'info'], was.level) AS rank_was,
         list_position(['urgent', 'high', 'medium', 'info'], now.level) AS rank_now,
         rule IN (SELECT rule FROM before_asked)
           AND NOT coalesce(before_own.unknown, rule IN (SELECT rule FROM before_many)) AS assessed_before,
         rule IN (SELECT rule FROM after_asked) AS asked_after,
         NOT coalesce(after_own.unknown, rule IN (SELECT rule FROM after_many)) AS assessed_after
  FROM before_open was FULL JOIN after_open now USING (person_id, rule)
  LEFT JOIN before_own USING (person_id, rule)
  LEFT JOIN after_own USING (person_id, rule))
GROUP BY ALL ORDER BY ALL
"""


def _rule_change(row: tuple[Any, ...]) -> RuleChange:
    rule, level, *counts = row
    return RuleChange(rule, Level(level) if level is not None else None, *map(int, counts))
