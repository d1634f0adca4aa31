"""What the content holds is what the reference tables say: scores, maximum doses, constipating levels, rules.

The reference stands beside the project and is not part of it: without it these tests are skipped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.medicine_models import Score
from healthcheck_cli.content.models import Content, Rule
from healthcheck_cli.medicines.models import Match
from healthcheck_cli.medicines.recognise import Recogniser

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the clinical reference is not here")

SCALES = {
    "acbcalc": "acbcalc",
    "acbcalc_2023": "acbcalc_2023",
    "aec": "aec",
    "acb_2012": "acb_2012",
    "ars": "ars",
    "ads": "ads",
    "gabs_kiesel": "gabs",
}
ROUTES = {
    "systemic": "",
    "ophthalmic": "eye_ear",
    "otic": "eye_ear",
    "inhaled": "inhaled",
    "topical": "topical",
    "nasal": "nasal",
    "transdermal": "patch",
    "injection": "injection",
}

SCORED_AS_A_COMBINATION = {("pseudoephedrine", "ars")}  # the table's own note: that score is of it with triprolidine
NOT_NAMED_SO = {  # names that no product has: a group of salts, or a medicine that was never sold here
    "calcium salts",
    "ferrous salts",
    "chlorzoxazone",
    "flunizepam",
    "hydrocodone",
    "nitroprusside",
    "penicillin",
    "strontium",
}
HELD_OTHERWISE = {  # constipating level of one product of a medicine that is held at its general level
    "naltrexone with bupropion",
    "oxybutynin (transdermal)",
    "oxycodone with naloxone",
    "sodium alginate with calcium carbonate",
    "glycopyrronium (inhaled)",  # inhaled medicines are left out of the load
    "atropine (eye drops)",  # so are eye drops
    "ispaghula husk (fluid intake low)",  # a condition on the person, read by CON-09
    "sterculia or methylcellulose (fluid intake low)",
    "low-fibre enteral feed",
}
CHANGED_ON_PURPOSE = {
    "STOMP-49": "a setting: over 5 whole weeks is from 6 on",
    "STOMP-02": "the half about names is MED-10",
    "STOMP-61": "alimemazine is a sedating antihistamine, so under 6 covers it",
    "STOMP-65": "two MAOIs together count as well",
    "STOMP-43": "of whoever has no womb nobody need find out whether there is a pregnancy",
    "STOMP-66": "says so where no lithium level is known",
    "STOMP-85": "a low sodium is STOMP-64",
    "STOMP-92": "the same said shorter: under 13 is decided whatever is known of bipolar disorder",
    "AHC-077": "adults: young people are expected to gain weight",
    "AHC-081": "adults: 140/90 is not a limit for young people",
    "AHC-096": "a blood sugar of the last week: an older one is no emergency",
    "AHC-230": "other sores, and itching that others at home have too",
}
OF_OUR_OWN = {"ALD-01", "ALD-02"}  # docs/rules.md says what they stand on
LEVELS_CHANGED = {
    "STOMP-69": "high with an opioid, as CON-07, with which it is told",
    "STOMP-85": "a low sodium is STOMP-64",
}
SUPERSEDES_MORE = {
    "AHC-082": {"AHC-083"},
    "AHC-128": {"CON-05", "AHC-127"},
    "AHC-227": {"AHC-228"},
    "AHC-278": {"TRA-01"},
    "CON-01": {"CON-11"},
    "DYS-02": {"AHC-142"},
    "SEP-07": {"AHC-091"},
    "STOMP-10": {"STOMP-12"},
    "STOMP-47": {"CON-01"},
    "STOMP-57": {"STOMP-56"},
}


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


@pytest.fixture(scope="module")
def recogniser(content: Content) -> Recogniser:
    return Recogniser(content.medicines, content.products)


def _rows(table: str) -> list[dict[str, str]]:
    with (REFERENCE / table).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _ingredients(recogniser: Recogniser, name: str) -> list[str]:
    """The medicines a name of the tables stands for; the words in brackets say the route, not the medicine."""
    found = recogniser.recognise(re.sub(r" \(.*\)", "", name))
    return [one.name for one in found.ingredients] if found.match is Match.EXACT else []


def _one(scores: Sequence[Score], scale: str, route: str) -> int | None:
    return next((one.value for one in scores if (one.scale, one.route) == (scale, route)), None)


def _held(content: Content, names: Sequence[str], scale: str, route: str) -> int | None:
    """The score of a product: that of a combination which the scale lists, with those of what else is in it."""
    left = set(names)
    found = []
    for product in content.products.values():
        score = _one(product.scores, scale, route) if set(product.ingredients) <= left else None
        if score is not None:
            found.append(score)
            left -= set(product.ingredients)
    found += [score for name in left if (score := _one(content.medicines[name].scores, scale, route)) is not None]
    return sum(found) if found else None


def test_every_score_is_the_one_of_the_table(content: Content, recogniser: Recogniser) -> None:
    wrong, compared = [], 0
    for row in _rows("anticholinergic.csv"):
        if row["uk_use"] != "yes" or row["name"] in NOT_NAMED_SO:
            continue
        route, names = ROUTES[row["route"]], _ingredients(recogniser, row["name"])
        for column, scale in SCALES.items():
            score = int(row[column]) if row[column] else None
            if (row["name"], scale) in SCORED_AS_A_COMBINATION:
                score = None
            elif score is None and (len(names) > 1 or "(" in row["name"]):
                continue  # the scale lists no such combination: it is the sum of its ingredients
            held = _held(content, names, scale, route) if names else None
            compared += score is not None
            if held != score:
                wrong.append(f"{row['name']} ({row['route']}) on {scale}: the table says {score}, held is {held}")
    assert wrong == []
    assert compared > 1200


def _maxima(recogniser: Recogniser) -> Iterator[tuple[str, str, str, float, float, bool]]:
    """Name in the table, medicine, route, mg, every how many days, and whether the maximum itself was read."""
    for row in _rows("psychotropics.csv"):
        names = _ingredients(recogniser, row["name"])
        if len(names) != 1 or row["name"] == "flupentixol low dose":  # a dose of flupentixol, held in its note
            continue
        read = "max" in row["verified_fields"].split(";")
        if row["route_kind"] == "oral" and row["bnf_max_daily_mg_adult_oral"]:
            yield row["name"], names[0], "oral", float(row["bnf_max_daily_mg_adult_oral"]), 1, read
        if row["depot_max_mg"]:
            yield row["name"], names[0], "depot", float(row["depot_max_mg"]), float(row["depot_interval_days"]), read


def test_every_maximum_is_the_one_of_the_table_and_sourced_only_where_it_was_read(
    content: Content, recogniser: Recogniser
) -> None:
    wrong, compared = [], 0
    for row, name, route, amount, days, read in _maxima(recogniser):
        maxima = [one for one in content.medicines[name].maxima if one.route == route]
        same = [one for one in maxima if (one.amount, one.unit, one.every_days) == (amount, "mg", days)]
        compared += 1
        if not same:
            held = [(one.amount, one.every_days) for one in maxima]
            wrong.append(f"{row}: the table says {amount} mg {route} every {days} days, held is {held}")
        bases = {one.support.basis.value for one in same if (one.support.basis.value == "sourced") is not read}
        wrong += [f"{row}: {route} is {basis}, and it was {'' if read else 'not '}read" for basis in bases]
    assert wrong == []
    assert compared > 120


def test_every_constipating_level_is_the_one_of_the_table(content: Content, recogniser: Recogniser) -> None:
    wrong, compared = [], 0
    for row in _rows("constipating.csv"):
        if row["name"] in HELD_OTHERWISE:
            continue
        names = [row["name"]] if row["name"] in content.medicines else _ingredients(recogniser, row["name"])
        level = int(row["constipating_level"])
        held = max((content.medicines[name].constipating_level for name in names), default=None)
        compared += 1
        if held != level:
            wrong.append(f"{row['name']}: the table says {level}, held is {held}")
    assert wrong == []
    assert compared > 300


def _rules() -> dict[str, list[str]]:
    """The cells of each rule of the fact map: parts 5.1 and 5.2 (level, when, note) and 4.1 (level, when, action)."""
    text = (REFERENCE / "fact-map.md").read_text(encoding="utf-8")
    parts = (text[text.index("## 4.1 ") : text.index("### 4.2 ")], text[text.index("## 5.1 ") : text.index("## 5.3 ")])
    found = {}
    for line in "\n".join(parts).splitlines():
        cells = [cell.strip() for cell in re.split(r"\s\|(?:\s|$)", line.removeprefix("| "))]
        if re.fullmatch(r"[A-Z]{3,5}-\d+", cells[0]):
            found[cells[0]] = cells[1:]
    return found


def _levels(cell: str) -> tuple[str, list[tuple[str, str]]]:
    """``medium; high if `a` `` as the level, and the levels with their conditions in the order they are asked."""
    raised = re.findall(r"(urgent|high|medium|info) if `([^`]*)`", cell)
    return cell.split(";")[0], raised


def _differences(rule: Rule, cells: list[str], written: set[str]) -> Iterator[str]:
    level, raised = _levels(cells[0])
    if rule.level.value != level:
        yield f"{rule.id}: the level is {level} in the map, {rule.level.value} here"
    here = [(one.level.value, one.when.text) for one in rule.level_if]
    same = [(one, parse(when)) for one, when in here] == [(one, parse(when)) for one, when in raised]
    if not same and rule.id not in LEVELS_CHANGED:
        yield f"{rule.id}: other levels are {raised} in the map, {here} here"
    if rule.id not in CHANGED_ON_PURPOSE and parse(rule.when.text) != parse(cells[1].strip("`")):
        yield f"{rule.id}: the map says {cells[1]}, here is {rule.when.text}"
    note = cells[2] if len(cells) > 2 and not rule.id.startswith("AHC") else ""
    named = _superseded(note) & written | SUPERSEDES_MORE.get(rule.id, set())
    if set(rule.supersedes) != named:
        yield f"{rule.id}: supersedes {sorted(named)} by the map, {sorted(rule.supersedes)} here"


def _superseded(note: str) -> set[str]:
    """The rules after "supersedes"; ``STOMP-05, 06`` is two."""
    found, family = set(), ""
    for part in re.findall(r"supersedes ([A-Z0-9, -]+)", note):
        for one in part.split(","):
            name = re.match(r"\s*(?:([A-Z]{3,5})-)?(\d+)", one)
            if name:
                family = name[1] or family
                found.add(f"{family}-{name[2]}")
    return found


def test_every_rule_is_the_one_of_the_fact_map(content: Content) -> None:
    reference = _rules()
    written = set(content.rules)
    assert written - set(reference) == OF_OUR_OWN
    from_the_map = [rule for rule in content.rules.values() if rule.id not in OF_OUR_OWN]
    found = [text for rule in from_the_map for text in _differences(rule, reference[rule.id], written)]
    assert found == []


def test_what_was_changed_on_purpose_still_differs_from_the_fact_map(content: Content) -> None:
    reference = _rules()
    for name in CHANGED_ON_PURPOSE:
        assert parse(content.rules[name].when.text) != parse(reference[name][1].strip("`"))
