"""One rule on one person, explained on plain lines: its condition part by part, and what would change the verdict.

Nothing here decides anything: the verdict is the evaluator's, and what is said to change it was tried on the same tree.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from healthcheck_cli.conditions.parts import Leaf, Part, deciding, if_known, laid_out, leaves, ways_to
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.content.models import Content, Rule
from healthcheck_cli.fact_words import fact_in_words
from healthcheck_cli.findings import Finding, PersonReview
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.plans.accepted_words import entry_in_words, not_held_in_words
from healthcheck_cli.plans.part_values import rows_of_part, value_of_part
from healthcheck_cli.plans.part_words import part_in_words
from healthcheck_cli.plans.where_known import Told, where_known
from healthcheck_cli.plans.words import counted, day_in_words
from healthcheck_cli.shown_text import one_line

WIDTH = 80
MARKS = {Truth.TRUE: "[yes]", Truth.FALSE: "[no]", Truth.UNKNOWN: "[open]"}
_MOST_WAYS_TOLD = 12
_DEEPEST = 8  # steps of indent; what lies deeper stands under the last
_NO_ADVICE = "This says how the rule works on what was recorded. It is no advice to alter a medicine."
_WOULD = {
    Truth.TRUE: "the rule fires",
    Truth.FALSE: "the rule does not fire",
    Truth.UNKNOWN: "it is still open",
}
_GROUPS = {"all": "all", "any": "at least one"}
_HANGING = 6


def rule_explained(rule: Rule, facts: PersonFacts, person: PersonReview, content: Content) -> str:
    """Why the rule did or did not fire on this person, in lines of at most 80 characters that end with a line end.

    ``facts`` and ``person`` are of one record on one day. A rule that is not run on such a record is laid out all the
    same, and said not to be run.
    """
    return "\n".join(_Explained(rule, facts, person, content).lines()) + "\n"


@dataclass(frozen=True)
class _Explained:
    rule: Rule
    facts: PersonFacts
    person: PersonReview
    content: Content

    @cached_property
    def tree(self) -> Part:
        return self._laid_out(self.rule.when)

    def _laid_out(self, condition: Condition) -> Part:
        facts = self.content.facts.items()
        definitions = {name: fact.definition for name, fact in facts if fact.definition is not None}
        return laid_out(condition, self.facts, self.content.vocabulary, definitions)

    @cached_property
    def finding(self) -> Finding | None:
        return next((it for it in self.person.findings if it.rule == self.rule.id), None)

    @property
    def not_run(self) -> str:
        """Why the rule is not run on this record; empty where it is."""
        if self.rule.status != "active":
            return f"the rule is {'a draft' if self.rule.status == 'draft' else self.rule.status}"
        if self.rule.off_until is not None and self.rule.is_off_on(self.facts.as_of):
            return f"a local overlay switched the rule off until {day_in_words(self.rule.off_until)}"
        if self.rule.applies == "check" and not self.person.from_check:
            return "the rule is for a health check, and this record has no answers of one"
        if self.rule.applies == "extract" and self.person.from_check:
            return "the rule is for lists and extracts, and this is a health check"
        return ""

    def lines(self) -> Iterator[str]:
        yield from self._heading()
        yield from ("", *_wrapped(self._verdict()))
        yield from ("", "The condition, part by part")
        yield from _wrapped("[yes] it holds, [no] it does not, [open] could not tell", 2)
        yield from _wrapped("After a colon stands what is asked, after the dash what was found.", 2)
        yield ""
        yield from self._part(self.tree, 1)
        for section in (self._level, self._rows, self._missing, self._changes):
            found = list(section())
            yield from ("", *found) if found else ()

    def _heading(self) -> Iterator[str]:
        rule = self.rule
        yield from _wrapped(f"{rule.id} {rule.title}")
        level = self.finding.level if self.finding is not None else rule.level
        raised = f" (by itself {rule.level.value})" if level is not rule.level else ""
        yield from _wrapped(f"Level: {level.value}{raised}")
        who = f"Person {self.person.person_id}" if self.person.person_id else "One person"
        yield from _wrapped(f"{who}, on {day_in_words(self.facts.as_of)}")
        yield from _wrapped(f"As written: {rule.when.text}", 0, 2)
        if rule.not_for:
            yield from _wrapped(f"Not meant for: {rule.not_for}", 0, 2)

    def _verdict(self) -> str:
        if self.not_run:
            would = {
                Truth.TRUE: "its condition holds",
                Truth.FALSE: "its condition does not hold",
                Truth.UNKNOWN: "whether its condition holds could not be told",
            }[self.tree.truth]
            return f"NOT RUN ON THIS RECORD: {self.not_run}. On what was recorded, {would}."
        if self.tree.truth is Truth.FALSE:
            return "DID NOT FIRE on what was recorded."
        if self.tree.truth is Truth.UNKNOWN:
            return "COULD NOT TELL: it may fire or not, depending on what is not known."
        if self.finding is not None:
            stands_for = f" It stands for these too: {', '.join(self.finding.stands_for)}."
            not_held = "".join(f" {not_held_in_words(it)}" for it in self.finding.not_held)
            return "FIRED." + (stands_for if self.finding.stands_for else "") + not_held
        accepted = next((it for it in self.person.accepted if it.finding.rule == self.rule.id), None)
        if accepted is not None:
            return f"FIRED, AND IS KNOWN AND ACCEPTED. {' '.join(entry_in_words(it) for it in accepted.entries)}"
        shown = next((it for it in self.person.findings if self.rule.id in it.superseded), None)
        if shown is not None:
            return (
                f"FIRED, AND IS NOT SHOWN BY ITSELF: {shown.rule} ({shown.title}) stands for it, on the same medicine "
                "or fact and at the same level or a higher one."
            )
        joined = next((it for it in self.person.findings if self.rule.id in it.rules), None)
        if joined is not None:
            return (
                f"FIRED, AND IS TOLD WITH ANOTHER: {joined.rule} ({joined.title}) rests on the same medicine or fact "
                "and asks for the same."
            )
        if self.rule.rider:
            return "HOLDS, AND IS NOT SAID: it is said only beside a finding on the same medicine, and there is none."
        return "HOLDS, AND IS NOT AMONG THE FINDINGS SHOWN."

    def _part(self, part: Part, depth: int, *, of: str = "", only: bool = False) -> Iterator[str]:
        """The part and all below it, with ``of`` before it; with ``only``, just what made each group what it is."""
        indent = 2 * min(depth, _DEEPEST)
        mark = MARKS[part.truth]
        if isinstance(part, Leaf):
            yield from self._leaf(part, depth, f"{mark} {of}")
            return
        yield from _wrapped(f"{mark} {of}{_GROUPS[part.joined]} of these:", indent, _HANGING)
        told = [it for it in part.parts if not only or it.truth is part.truth]
        for inner in told:
            yield from self._part(inner, depth + 1, only=only)
        left = len(part.parts) - len(told)
        if left:
            yield from _wrapped(f"({counted(left, 'other part')} left out: not what decided)", indent + 2)

    def _leaf(self, leaf: Leaf, depth: int, mark: str) -> Iterator[str]:
        """The part with its value, on one line where both fit; in place of the value what a defined fact is made of."""
        indent = 2 * min(depth, _DEEPEST)
        words = mark + part_in_words(leaf, self.content)
        if leaf.made_of is not None:
            yield from _wrapped(words, indent, _HANGING)
            of = "that is, " if leaf.made_of.truth is leaf.truth else "the opposite of: "
            yield from self._part(leaf.made_of, depth + 1, of=of, only=True)
            return
        value = value_of_part(leaf, self.facts, self.person, self.content)
        whole = _wrapped(f"{words} - {value}", indent, _HANGING)
        if len(whole) == 1:
            yield from whole
            return
        yield from _wrapped(words, indent, _HANGING)
        yield from _wrapped(f"- {value}", indent + _HANGING, 2)

    def _level(self) -> Iterator[str]:
        """The conditions that give another level, in the order they are asked."""
        if not self.rule.level_if or self.tree.truth is Truth.FALSE:
            return
        yield f"Its level is {self.rule.level.value}, unless (the first that holds decides)"
        for step in self.rule.level_if:
            yield from _wrapped(f"{step.level.value}, if:", 2)
            yield from self._part(self._laid_out(step.when), 2)

    def _rows(self) -> Iterator[str]:
        rows = {row for leaf in leaves(self.tree) for row in rows_of_part(leaf, self.facts, self.person)}
        reads = [read for read in self.person.medicines if read.row in rows]
        if reads:
            yield "Rows of the medicine list"
        for read in reads:
            yield from _wrapped(f"Row {read.row}: {_row_in_words(read)}", 2, 2)

    def _missing(self) -> Iterator[str]:
        """What is missing, and where it would come from."""
        if self.tree.truth is not Truth.UNKNOWN:
            return
        names = dict.fromkeys(name for leaf in deciding(self.tree) for name in leaf.missing)
        told = Told(self.facts, self.person, self.content)
        places = {name: where_known(name, told) for name in names}
        settles = Counter(place for found in places.values() for place in found)
        yield "What is missing, and what would settle it"
        for place, number in settles.items():
            if number > 1:
                several = f"all {number}" if number == len(names) else f"{number} of the {len(names)}"
                yield from _wrapped(f"- {place}. This alone would settle {several} below.", 2, 2)
        for name, found in places.items():
            fact = f"- {fact_in_words(name, self.content)} ({name})"
            own = [place for place in found if settles[place] == 1]
            if len(own) == 1:
                yield from _wrapped(f"{fact}: {own[0]}", 2, 2)
                continue
            yield from _wrapped(fact, 2, 2)
            for place in own:
                yield from _wrapped(f"- {place}", 4, 2)

    def _changes(self) -> Iterator[str]:
        if self.tree.truth is Truth.UNKNOWN:
            yield from self._if_known()
        elif self.tree.truth is Truth.TRUE:
            yield "What would change it"
            yield from self._ways(Truth.FALSE, "It would not fire")
        else:
            yield "What keeps it from firing: that these do not hold"
            for leaf in deciding(self.tree):
                why = "" if leaf.applies else " (does not apply to this person)"
                yield from _wrapped(f"- {part_in_words(leaf, self.content)}{why}", 2, 2)
            yield from ("", "What would change it")
            yield from self._ways(Truth.TRUE, "It would fire")
        yield from ("", *_wrapped(_NO_ADVICE))

    def _ways(self, wanted: Truth, says: str) -> Iterator[str]:
        ways = ways_to(self.tree, wanted)
        if not ways.found:
            yield from _wrapped(f"{says} by no change of these parts alone.", 2)
            return
        several = "with any one of these lines" if len(ways.found) > 1 else "with this"
        yield from _wrapped(f"{says} {several}, all other parts being as they are:", 2)
        yield from self._lines_of(ways.found, wanted, complete=ways.complete)

    def _lines_of(self, ways: Sequence[tuple[Leaf, ...]], wanted: Truth, *, complete: bool) -> Iterator[str]:
        for way in ways[:_MOST_WAYS_TOLD]:
            wants = [part_in_words(leaf, self.content, holds=wanted is Truth.TRUE) for leaf in way]
            yield from _wrapped(f"- {'; and '.join(wants)}", 2, 2)
        more = len(ways) - _MOST_WAYS_TOLD
        if more > 0 or not complete:
            many = counted(more, "more way") if complete else "many more ways"
            yield from _wrapped(f"and {many}, of as many parts or more", 2)

    def _if_known(self) -> Iterator[str]:
        yield "What each missing part would decide, whatever the others turn out to be"
        found: dict[tuple[Truth, Truth], list[Leaf]] = {}
        for it in if_known(self.tree):
            found.setdefault((it.if_so, it.if_not), []).append(it.leaf)
        for (if_so, if_not), together in found.items():
            yield from _wrapped(f"If it is so, {_WOULD[if_so]}; if not, {_WOULD[if_not]}:", 2, 2)
            for leaf in together:
                yield from _wrapped(f"- {part_in_words(leaf, self.content)}", 4, 2)
        yield from self._together(Truth.TRUE, "It would fire with")
        yield from self._together(Truth.FALSE, "It would not fire with")

    def _together(self, wanted: Truth, says: str) -> Iterator[str]:
        """What only several missing parts decide together."""
        ways = ways_to(self.tree, wanted)
        several = [way for way in ways.found if len(way) > 1 and all(leaf.truth is Truth.UNKNOWN for leaf in way)]
        if several:
            lines = "all of these together" if len(several) == 1 else "all that stands in any one of these lines"
            yield from ("", *_wrapped(f"{says} {lines}:", 2))
            yield from self._lines_of(several, wanted, complete=ways.complete)


def _row_in_words(read: MedicineRead) -> str:
    line = read.line
    days = [(line.start, "begun"), (line.last_issue, "last issued"), (line.end, "ended")]
    dated = [f"{word} {day_in_words(day)}" for day, word in days if day is not None]
    return "; ".join([line.text, line.dosage.strip() or "no directions", *(dated or ["no dates"])])


def _wrapped(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    """Lines of at most 80 characters; no mark in the text steers the terminal."""
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
    )
