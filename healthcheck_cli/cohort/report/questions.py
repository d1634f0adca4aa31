"""The counts of the cohort report that are no indicators: ages, levels, burdens, themes, rules, and data quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.cohort.report.condition_sql import quoted, taking_column, text_of
from healthcheck_cli.cohort.report.extract_files import ExtractFiles
from healthcheck_cli.cohort.report.model import CountTable, Quality, RuleCount, ScaleBands, ThemeCount
from healthcheck_cli.cohort.report.people_table import GAPS, PERSON, ManyUnassessed, scales_kept
from healthcheck_cli.cohort.report.small_numbers import Shown, SmallNumbers
from healthcheck_cli.content.models import Content, Level

CLASSES = ("laxative",)
"""Classes that these counts ask for, whatever the indicators do."""

_AGES = ((0, 13), (14, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, None))
_BANDS = ((0, 0), (1, 2), (3, 4), (5, None))
BAND_NAMES = ("0", "1 to 2", "3 to 4", "5 or more")
_SEXES = (("Female", "F"), ("Male", "M"), ("Not known", ""))
_LINES = {
    "rows_read": "Medicine rows read",
    "rows_used": "Used: taken now, and recognised",
    "rows_not_current": "Not taken now",
    "rows_duplicate": "Said twice",
    "rows_rejected": "Left out: could not be read",
    "rows_unrecognised": "Not recognised",
    "rows_rejected_companions": "Rows of people, problems and observations left out",
}


class Questions:
    """Asks the table of people, which must be there, and the other tables."""

    def __init__(self, files: ExtractFiles, content: Content, small: SmallNumbers, many: ManyUnassessed) -> None:
        self._files = files
        self._content = content
        self._small = small
        self._many = many
        self._complete = "medicines" in files.run.complete

    def ages(self) -> CountTable:
        """People by age band and sex."""
        found = dict.fromkeys(((band, sex) for band in range(len(_AGES) + 1) for _, sex in _SEXES), 0)
        cases = " ".join(f"WHEN age BETWEEN {low} AND {high or 200} THEN {at}" for at, (low, high) in enumerate(_AGES))
        rows = self._files.rows(
            f"SELECT CASE {cases} ELSE {len(_AGES)} END, CASE WHEN sex IN ('F', 'M') THEN sex ELSE '' END, count(*) "
            f"FROM {PERSON} GROUP BY 1, 2"
        )
        found.update({(band, sex): count for band, sex, count in rows})
        names = [*(f"{low} to {high}" if high else f"{low} or over" for low, high in _AGES), "Not known"]
        by_sex = [self._small.parts([found[band, sex] for band in range(len(names))]) for _, sex in _SEXES]
        totals = [self._small.count(sum(found[band, sex] for band in range(len(names)))) for _, sex in _SEXES]
        shown = [(name, tuple(column[at] for column in by_sex)) for at, name in enumerate(names)]
        return CountTable("Age", tuple(name for name, _ in _SEXES), (*shown, ("All ages", tuple(totals))))

    def levels(self) -> tuple[tuple[str, Shown], ...]:
        """People by the highest level that was found of them."""
        rows = self._files.rows(f"SELECT coalesce(highest, ''), count(*) FROM {PERSON} GROUP BY 1")
        found = dict(rows)
        names = [*(level.value for level in Level), ""]
        counts = self._small.parts([found.get(name, 0) for name in names])
        return tuple(
            zip([*(level.value for level in Level), "no rule fired on what was recorded"], counts, strict=True)
        )

    def burdens(self) -> tuple[ScaleBands, ...]:
        """People in each band of each scale, where that can be said."""
        scales = scales_kept(self._files, self._content)
        columns = [column for scale in scales for column in _in_bands(scale)]
        if not columns:
            return ()
        counts = [int(it) for it in self._files.one(f"SELECT {', '.join(columns)} FROM {PERSON}")]
        found = []
        for at, name in enumerate(scales):
            inside = counts[at * len(_BANDS) : (at + 1) * len(_BANDS)]
            shown = self._small.parts([*inside, self._files.run.people - sum(inside)])
            scale = self._content.scales[name]
            found.append(ScaleBands(name, scale.title, scale.version, shown[:-1], shown[-1]))
        return tuple(found)

    def constipating(self) -> CountTable:
        """People by the number of their constipating medicines of level 2 or 3, with and without a laxative."""
        rows = self._files.rows(
            f"SELECT least(coalesce(constipating_count, 0), 3), {taking_column('laxative')}, count(*) "
            f"FROM {PERSON} GROUP BY 1, 2"
        )
        found = {(number, laxative): count for number, laxative, count in rows}
        columns = (("Laxative", True), ("No laxative", False), ("Not known", None))
        names = (
            ("none", "one", "two", "three or more")
            if self._complete
            else ("none found", "at least one", "at least two", "three or more")
        )
        shown = [
            (name, self._small.parts([found.get((number, laxative), 0) for _, laxative in columns]))
            for number, name in enumerate(names)
        ]
        return CountTable("Constipating medicines", tuple(name for name, _ in columns), tuple(shown))

    def themes(self) -> tuple[ThemeCount, ...]:
        """People of whom each theme was raised, in the order of the content."""
        rows = self._files.rows("SELECT unnest(themes_raised) AS theme, count(*) FROM people GROUP BY 1")
        raised = dict(rows)
        unknown = self._themes_unknown(raised)
        return tuple(
            ThemeCount(theme.title, self._small.count(raised.get(name, 0)), self._small.count(unknown.get(name, 0)))
            for name, theme in self._content.themes.items()
        )

    def _themes_unknown(self, raised: Mapping[str, int]) -> dict[str, int]:
        """Of how many people each theme was not raised though one of its rules could not be assessed."""
        everybody, found = self._files.run.people, {}
        nobody_named = self._for_nobody_assessed()
        for theme in self._content.themes:
            rules = [it.id for it in self._content.rules.values() if theme in it.themes]
            if any(rule in nobody_named for rule in rules):
                found[theme] = everybody - raised.get(theme, 0)
            elif rules:
                found[theme] = self._people_unknown(theme, rules)
        return found

    def _for_nobody_assessed(self) -> frozenset[str]:
        """Rules that could be assessed for nobody but those of whom they were found: most of those that ask for answers
        of the check. Where a theme has one, nobody needs to be looked at one by one."""
        rows = self._files.rows(
            f"SELECT rule FROM {GAPS} LEFT JOIN (SELECT rule, count(*) AS found FROM findings GROUP BY rule) "
            "USING (rule) WHERE (many AND NOT some_assessed) OR people + coalesce(found, 0) >= $1",
            [self._files.run.people],
        )
        return frozenset(rule for (rule,) in rows)

    def _people_unknown(self, theme: str, rules: Sequence[str]) -> int:
        """Everybody of whom the theme was not raised, less those of whom each of its rules was assessed."""
        listed = ", ".join(map(text_of, rules))
        many = [rule for rule in rules if rule in self._many.people]
        asked = (
            "SELECT count(*) FROM people LEFT JOIN (SELECT person_id, bool_or(len(missing) > 0) AS gap, "
            "count(DISTINCT rule) FILTER (WHERE len(missing) = 0) AS assessed FROM unassessed "
            f"WHERE rule IN ({listed}) AND person_id IS NOT NULL GROUP BY person_id) own USING (person_id) "
            f"WHERE NOT list_contains(themes_raised, {text_of(theme)}) "
            f"AND (coalesce(own.gap, FALSE) OR coalesce(own.assessed, 0) < {len(many)})"
        )
        return int(self._files.one(asked)[0])

    def rules(self) -> tuple[RuleCount, ...]:
        """Every rule that was found of somebody, by the level of the findings (a rule can raise or lower its own): the
        most pressing first, then by how many."""
        found = self._files.rows("SELECT rule, level, count(*) FROM findings GROUP BY rule, level")
        unassessed = dict(self._files.rows(f"SELECT rule, people FROM {GAPS}"))
        rules = self._content.rules
        known = [(rules[name], Level(level), count) for name, level, count in found if name in rules]
        known.sort(key=lambda it: (it[1].rank, -it[2], it[0].id))
        count = self._small.count
        return tuple(
            RuleCount(it.id, it.title, level, count(people), count(int(unassessed.get(it.id, 0))))
            for it, level, people in known
        )

    def quality(self) -> Quality:
        """Where the rows went, and what is missing of people."""
        ledger = self._files.run.ledger
        lines = [(title, ledger[name]) for name, title in _LINES.items() if name in ledger]
        lines += [("Taken now, and the daily dose could not be read", self._doses_unread())]
        conditions = {
            "With a medicine line that was not recognised": "unrecognised > 0",
            "With no medicine line": "lines = 0",
            "With no problem found": "problems_found = 0",
            "Of unknown age": "age IS NULL",
            "Of unknown sex": "sex IS NULL OR sex NOT IN ('F', 'M')",
        }
        columns = ", ".join(f"count(*) FILTER (WHERE {it})" for it in conditions.values())
        people = self._files.one(f"SELECT {columns} FROM {PERSON}")
        return Quality(
            tuple((title, self._small.count(count)) for title, count in lines),
            tuple((title, self._small.count(count)) for title, count in zip(conditions, people, strict=True)),
        )

    def _doses_unread(self) -> int:
        asked = "SELECT count(*) FROM medicines WHERE currency = 'current' AND match = 'exact' AND NOT dose_read"
        return int(self._files.one(asked)[0])


def _in_bands(scale: str) -> list[str]:
    """How many people are in each band: the lowest and the highest total that they can have are both in it."""
    low, high = quoted(f"{scale}_low"), quoted(f"{scale}_high")
    return [
        f"count(*) FILTER (WHERE {low} >= {least}{'' if most is None else f' AND {high} <= {most}'})"
        for least, most in _BANDS
    ]
