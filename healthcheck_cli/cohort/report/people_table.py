"""One row a person with everything that indicators ask: what is taken, which rules were found, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from healthcheck_cli.cohort.report.condition_sql import quoted, taking_column, text_of
from healthcheck_cli.cohort.report.extract_files import ExtractFiles
from healthcheck_cli.content.models import Content

PERSON, GAPS = "person", "gaps"
"""The tables that are made: one row a person; and one row a rule that could not be assessed of somebody, with of how
many, whether a row stands for many of them, and whether rows say of whom it was assessed."""

_BITS = 60  # of a number, for as many classes


@dataclass(frozen=True)
class ManyUnassessed:
    """Rules for which a row stands for many people: rule → of how many people it could not be assessed in all.

    Such a row is about everybody who has no row of their own for the rule; a row that misses nothing says that it was
    assessed.
    """

    people: dict[str, int]


def found_column(rule: str) -> str:
    """The column that says whether a rule was found, by itself or in a finding that stands for it."""
    return quoted(f"found {rule}")


def unknown_column(rule: str) -> str:
    """The column that says whether a rule could not be assessed."""
    return quoted(f"unknown {rule}")


def make_people_table(
    files: ExtractFiles, content: Content, classes: Sequence[str], rules: Sequence[str], problems: Sequence[str]
) -> ManyUnassessed:
    """Make the table ``person`` for these classes, rules and problems; says for which rules nobody is named."""
    files.execute(
        f"CREATE TEMP TABLE {GAPS} AS SELECT rule, sum(people)::BIGINT AS people, "
        "bool_or(person_id IS NULL) AS many, bool_or(len(missing) = 0) AS some_assessed FROM unassessed GROUP BY rule"
    )
    many = dict(files.rows(f"SELECT rule, people FROM {GAPS} WHERE many ORDER BY rule"))
    _make_taken(files, classes)
    _make_found(files, rules)
    _make_unknown(files, rules)
    complete = "medicines" in files.run.complete
    columns = [_taking(name, complete=complete) for name in classes]
    columns += [f"coalesce(found.{found_column(it)}, FALSE) AS {found_column(it)}" for it in rules]
    columns += [_unknown(rule, many) for rule in rules]
    held = scales_kept(files, content)
    columns += [_high(f"{scale}_high", complete=complete) for scale in held]
    columns += _numbers(complete=complete)
    doubtful = "problems_in_doubt" in {name for name, *_ in files.rows("DESCRIBE people")}
    columns += [_problem(name, complete="problems" in files.run.complete, doubtful=doubtful) for name in problems]
    columns += ["len(people.problems) AS problems_found"]
    kept: tuple[str, ...] = ("age", "sex", "highest", "constipating_count", "lines", "unrecognised")
    kept += tuple(f"{scale}_low" for scale in held)
    columns += [f"people.{quoted(it)}" for it in kept]
    missing = [scale for scale in content.scales if scale not in held]  # a scale that is new
    columns += [f"NULL::INTEGER AS {quoted(f'{scale}_{end}')}" for scale in missing for end in ("low", "high")]
    files.execute(
        f"CREATE TEMP TABLE {PERSON} AS SELECT {', '.join(columns)} "
        "FROM people LEFT JOIN taken USING (person_id) LEFT JOIN maybe USING (person_id) "
        "LEFT JOIN found USING (person_id) LEFT JOIN unknown USING (person_id)"
    )
    return ManyUnassessed({rule: int(count) for rule, count in many.items()})


def scales_kept(files: ExtractFiles, content: Content) -> tuple[str, ...]:
    """The scales of which the files keep totals, in the order of the content."""
    columns = {name for name, *_ in files.rows("DESCRIBE people")}
    return tuple(scale for scale in content.scales if f"{scale}_low" in columns)


def _make_taken(files: ExtractFiles, classes: Sequence[str]) -> None:
    """What each person surely takes now, and what they may take, by class; who takes nothing of these is not there.

    The lists of classes are most of what there is to read: they are laid out and joined with those that are asked for,
    as asking each list for each class takes twice as long. Each class is a bit, so that a person has a number or two
    and not a flag for each class until all lines are read.
    """
    files.execute("CREATE TEMP TABLE class_asked (name VARCHAR, place INTEGER)")
    files.execute("INSERT INTO class_asked SELECT unnest($1), generate_subscripts($1, 1) - 1", [list(classes)])
    numbers = range(-(-len(classes) // _BITS))
    bits = [f"if(place // {_BITS} = {it}, 1::UBIGINT << (place % {_BITS})::UBIGINT, 0) AS bits_{it}" for it in numbers]
    seen = [f"bit_or(bits_{it}) AS bits_{it}" for it in numbers]
    for table, column, some in (
        ("taken", "classes", ""),
        ("maybe", "possible_classes", "AND len(possible_classes) > 0"),
    ):
        flags = [
            f"bits_{at // _BITS} & {1 << at % _BITS}::UBIGINT > 0 AS {quoted(f'{table} {name}')}"
            for at, name in enumerate(classes)
        ]
        files.execute(
            f"CREATE TEMP TABLE {table} AS SELECT {', '.join(['person_id', *flags])} FROM "
            f"(SELECT {', '.join(['person_id', *seen])} FROM "
            f"(SELECT person_id, unnest({column}) AS name FROM medicines WHERE currency = 'current' {some}) "
            f"JOIN (SELECT {', '.join(['name', *bits])} FROM class_asked) USING (name) GROUP BY person_id)"
        )


def _taking(name: str, *, complete: bool) -> str:
    """An incomplete list, or a line nobody could name, may hold what is not found."""
    sure, may = f"taken.{quoted(f'taken {name}')}", f"maybe.{quoted(f'maybe {name}')}"
    otherwise = f"WHEN {may} OR people.unrecognised > 0 THEN NULL ELSE FALSE" if complete else "ELSE NULL"
    return f"CASE WHEN {sure} THEN TRUE {otherwise} END AS {taking_column(name)}"


def _make_found(files: ExtractFiles, rules: Sequence[str]) -> None:
    listed = ", ".join(map(text_of, rules)) or "''"
    columns = [
        f"bool_or(rule = {text_of(it)} OR list_contains(stands_for, {text_of(it)})) AS {found_column(it)}"
        for it in rules
    ]
    files.execute(
        f"CREATE TEMP TABLE found AS SELECT {', '.join(['person_id', *columns])} FROM findings "
        f"WHERE rule IN ({listed}) OR list_has_any(stands_for, [{listed}]) GROUP BY person_id"
    )


def _make_unknown(files: ExtractFiles, rules: Sequence[str]) -> None:
    """Of whom each rule could not be assessed, by a row of their own; NULL where they have none."""
    listed = ", ".join(map(text_of, rules)) or "''"
    columns = [f"bool_or(len(missing) > 0) FILTER (WHERE rule = {text_of(it)}) AS {unknown_column(it)}" for it in rules]
    files.execute(
        f"CREATE TEMP TABLE unknown AS SELECT {', '.join(['person_id', *columns])} FROM unassessed "
        f"WHERE person_id IS NOT NULL AND rule IN ({listed}) GROUP BY person_id"
    )


def _unknown(rule: str, many: dict[str, int]) -> str:
    """Who has no row of their own is among the many, where there are such, and else was assessed."""
    own, otherwise = f"unknown.{unknown_column(rule)}", f"NOT coalesce(found.{found_column(rule)}, FALSE)"
    return f"coalesce({own}, {otherwise if rule in many else 'FALSE'}) AS {unknown_column(rule)}"


def _problem(name: str, *, complete: bool, doubtful: bool) -> str:
    """Where the list of problems is not complete, one that is not found is unknown; so is one that is in doubt, where
    the files say which those are."""
    found = f"list_contains(people.problems, {text_of(name)})"
    in_doubt = f"WHEN list_contains(people.problems_in_doubt, {text_of(name)}) THEN NULL " if doubtful else ""
    otherwise = f"{in_doubt}ELSE FALSE " if complete else ""
    return f"CASE WHEN {found} THEN TRUE {otherwise}END AS {quoted(name)}"


def _high(column: str, *, complete: bool) -> str:
    return f"{f'people.{quoted(column)}' if complete else 'NULL::INTEGER'} AS {quoted(column)}"


def _numbers(*, complete: bool) -> list[str]:
    """The number of psychotropic medicines and the share of the antipsychotic maximum, each from lowest to highest.

    A line that nobody could name, or a list that is not complete, leaves both without an upper end (of the number: the
    line may be one more).
    """
    low, high = "people.antipsychotic_percent_low", "people.antipsychotic_percent_high"
    if not complete:
        highest, highest_dose = "NULL", "NULL"
    else:
        highest = "people.psychotropic_count + people.unrecognised"
        highest_dose = f"CASE WHEN people.unrecognised > 0 THEN NULL WHEN {low} IS NULL THEN 0 ELSE {high} END"
    return [
        "people.psychotropic_count AS psychotropic_low",
        f"{highest} AS psychotropic_high",
        f"coalesce({low}, 0) AS dose_low",
        f"{highest_dose} AS dose_high",
    ]
