"""What follows from the answers so far: BMI, NEWS2, weight against last year and the like, each with how it is read.

The arithmetic is that of ``facts.scoring``, so that a rule and the screen have the same number; bands and cut-offs are
content (``checklists/scores.yaml``). Nothing is filled in: a total with a part missing is no total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.content.score_models import Score, ScoreBand
from healthcheck_cli.content.support import Basis, Support
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.facts.scoring import (
    band_of,
    body_mass_index,
    in_other_group,
    number_given,
    read_parts,
    rounded,
    words_given,
)
from healthcheck_cli.interview.last_year import change_of
from healthcheck_cli.interview.measures import plain_number
from healthcheck_cli.record import BORN, Answer, AnswerState, PartialDate, Record


@dataclass(frozen=True)
class Derived:
    """One value that was worked out, in words for the nurse and the plan.

    ``value`` is empty where it could not be worked out; ``missing`` are the questions that lack an answer, for the
    value or for telling what it means, and ``complete`` says that there are none. ``alone``: a part by itself already
    calls for action, though there is no total. ``points`` are those of each part, by question.
    """

    id: str
    title: str
    value: str
    meaning: str
    stands_on: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]
    complete: bool
    missing: tuple[str, ...] = ()
    note: str = ""
    number: float | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    alone: bool = False

    @property
    def line(self) -> str:
        """In one line: ``BMI: 27.1 kg/m², overweight``."""
        return f"{self.title}: {', '.join(part for part in (self.value, self.meaning) if part)}"


@dataclass(frozen=True)
class _Known:
    """What values are worked out from, and the numbers that were worked out already, by score."""

    answers: Mapping[str, Answer]
    last_year: Mapping[str, Answer]
    as_of: date
    content: Content
    questions: Mapping[str, Question]
    supplied: Record
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Found:
    """A value before it is read: its number (``lower``: the second of two), its words, and what it stands on."""

    value: str = ""
    number: float | None = None
    lower: float | None = None
    words: tuple[str, ...] = ()
    stands_on: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)
    remark: str = ""


def derived_values(
    answers: Mapping[str, Answer],
    last_year: Mapping[str, Answer],
    as_of: date,
    content: Content,
    supplied: Record | None = None,
) -> tuple[Derived, ...]:
    """Every value that can be worked out, or that was begun and lacks something, in the order of the content.

    ``last_year``: the answers of the last check, with their days (empty for a first check). ``as_of``: the day of the
    check. ``supplied``: the record that came with the check; it gives age and ethnic group where they were not asked,
    and older weights. A score whose questions no section asks is left out, and so is one that does not apply. Never
    raises.
    """
    known = _Known(answers, last_year, as_of, content, content.questions, supplied or Record())
    return tuple(derived for score in content.scores.values() for derived in _derive(score, known))


def worked_out_number(score_id: str, answers: Mapping[str, Answer], content: Content) -> float | None:
    """The number of one score, only where it can be worked out from its questions and not where it was recorded.

    Not for scores whose parts must be of one day.
    """
    score = content.scores.get(score_id)
    if score is None or score.one_day:
        return None
    found = _found(replace(score, recorded_in=""), _Known(answers, {}, date.min, content, content.questions, Record()))
    return found.number if found is not None else None


def band_in_words(score_id: str, answers: Mapping[str, Answer], as_of: date, content: Content) -> str:
    """What one score means on a day; empty where that cannot be told for certain."""
    score = content.scores.get(score_id)
    known = _Known(answers, {}, as_of, content, content.questions, Record())
    derived = next(_derive(score, known), None) if score is not None else None
    return derived.meaning if derived is not None and derived.complete else ""


def _derive(score: Score, known: _Known) -> Iterator[Derived]:
    if any(set(words_given(known.answers.get(name))) & set(words) for name, words in score.not_where.items()):
        return
    if score.only_below is not None and known.numbers.get(score.only_below[0], 0) >= score.only_below[1]:
        return
    if score.how == "points" and _old_enough(score, known) is False:
        return  # a total that does not hold is not shown
    found = _found(score, known)
    if found is None:
        return
    if found.number is not None:
        known.numbers[score.id] = found.number
    yield _read(score, found, known)


def _found(score: Score, known: _Known) -> _Found | None:
    """The value; None where the score is not asked for here, or nothing of it is known."""
    asked = known.questions
    found = None
    if score.questions and all(question in asked for question in score.questions):
        found = _points(score, known) if score.how == "points" else _worked_out(score, known)
    if (found is None or not found.value) and score.recorded_in in asked:
        told = number_given(known.answers.get(score.recorded_in))
        if told is not None:
            shown = _with_unit(plain_number(told), score.unit)
            remark = "" if score.how == "recorded" else "as recorded, not worked out here"
            return _Found(shown, told, stands_on=(score.recorded_in,), remark=remark)
    return found


def _worked_out(score: Score, known: _Known) -> _Found | None:
    if score.how == "age":
        return _age(score, known)
    if score.how == "word":
        words = words_given(known.answers.get(score.of[0]))
        return _Found(words[0], words=words, stands_on=score.of) if words else None
    if score.how in ("change", "change_percent"):
        return _change(score, known)
    numbers = [number_given(known.answers.get(question)) for question in score.of]
    missing = tuple(name for name, number in zip(score.of, numbers, strict=True) if number is None)
    if len(missing) == len(score.of):
        return None
    if missing:
        return _Found(stands_on=tuple(name for name in score.of if name not in missing), missing=missing)
    return _of_two(score, numbers[0] or 0.0, numbers[1] or 0.0)


def _of_two(score: Score, first: float, second: float) -> _Found | None:
    if score.how == "pressure":
        shown = _with_unit(f"{plain_number(first)}/{plain_number(second)}", score.unit)
        return _Found(shown, first, second, stands_on=score.of)
    number = body_mass_index(first, second, score.decimals) if score.how == "bmi" else None
    if score.how == "ratio" and second > 0:
        number = rounded(first / second, score.decimals)
    if number is None:
        return None
    return _Found(_with_unit(f"{number:.{score.decimals}f}", score.unit), number, stands_on=score.of)


def _points(score: Score, known: _Known) -> _Found | None:
    read = read_parts(score, known.answers, known.as_of)
    begun = any(name in known.answers for name in score.begun_by or score.questions)
    if read.total is None:
        if not begun:
            return None
        answered = tuple(read.points)
        titles = {part.question: part.title for part in score.parts}
        lacking = ", ".join(titles.get(name, name) for name in read.missing)
        of_the_day = " (readings of the day of the check)" if score.one_day else ""
        remark = f"cannot be scored; missing: {lacking}{of_the_day}"
        return _Found(stands_on=answered, missing=read.missing, points=read.points, remark=remark)
    chosen = known.questions.get(read.other_table)
    remarks = [f"on {_label(chosen.labels, known.answers, chosen.id)}" if chosen is not None else ""]
    told = number_given(known.answers.get(score.recorded_in))
    if told is not None and told != read.total:
        remarks.append(f"{plain_number(told)} was typed")
    used = tuple(name for name in (*score.questions, read.other_table) if name in known.answers)
    remark = "; ".join(part for part in remarks if part)
    return _Found(str(read.total), float(read.total), stands_on=used, points=read.points, remark=remark)


def _label(labels: Mapping[str, str], answers: Mapping[str, Answer], question: str) -> str:
    word = next(iter(words_given(answers.get(question))), "")
    return labels.get(word, word.replace("_", " "))


def _age(score: Score, known: _Known) -> _Found | None:
    born = _born(score.of[0], known)
    age = age_on(born, known.as_of)
    if age is None:
        return None
    shown = f"{age.low:g}" if age.exact else f"{age.low:g} or {age.high:g}"
    return _Found(shown, age.low if age.exact else None, stands_on=score.of)


def _change(score: Score, known: _Known) -> _Found | None:
    change = change_of(score, known.answers, known.last_year, known.as_of, known.content, known.supplied)
    if change is None:
        return None
    return _Found(change.words, change.number, stands_on=score.of)


def _born(question: str, known: _Known) -> PartialDate | None:
    answer = known.answers.get(question)
    if answer is not None and answer.state is AnswerState.ANSWERED and isinstance(answer.value, PartialDate):
        return answer.value
    return known.supplied.person.date_of_birth


# ---- what a value means


def _read(score: Score, found: _Found, known: _Known) -> Derived:
    """The value with its band: of the person's age and ethnic group, where the bands ask for them."""
    highest = max(found.points.values(), default=None)
    band = band_of(score.bands, found.number, found.lower, highest, found.words)
    meaning, support = (band.says, band.support) if band is not None else ("", score.support)
    plain = _plain(score, found, support)
    old_enough = _old_enough(score, known)
    if old_enough is False:
        return replace(plain, meaning=score.younger)
    remark = found.remark
    if found.missing and not remark:
        titles = [known.questions[name].ask for name in found.missing]
        remark = f"cannot be worked out; missing: {'; '.join(titles)}"
    if old_enough is None:
        unsure = f"read from {score.from_age} years on; date of birth missing"
        remark = f"{remark}; {unsure}" if remark else unsure
        plain = replace(plain, complete=False, missing=(*found.missing, BORN))
    if score.other_bands is not None and found.number is not None:
        meaning, missing = _by_group(score, band, found.number, known)
        plain = replace(plain, complete=plain.complete and not missing, missing=(*plain.missing, *missing))
    estimate = "an estimate" if found.value and _estimated(score, known) else ""
    alone = not found.value and band is not None
    ordered = (remark, meaning, estimate) if not found.value else (meaning, remark, estimate)
    return replace(plain, meaning="; ".join(part for part in ordered if part), alone=alone)


def _plain(score: Score, found: _Found, support: Support) -> Derived:
    return Derived(
        id=score.id,
        title=score.title,
        value=found.value,
        meaning="",
        stands_on=found.stands_on,
        basis=support.basis,
        sources=support.sources,
        complete=not found.missing,
        missing=found.missing,
        note=score.note,
        number=found.number,
        points=found.points,
    )


def _old_enough(score: Score, known: _Known) -> bool | None:
    """Old enough for the bands? None where the age is not known."""
    if score.from_age is None:
        return True
    age = age_on(_born(BORN, known), known.as_of)
    if age is None:
        years = known.supplied.person.age
        return None if years is None else years >= score.from_age
    if age.low >= score.from_age:
        return True
    return False if age.high < score.from_age else None


def _by_group(score: Score, band: ScoreBand | None, number: float, known: _Known) -> tuple[str, tuple[str, ...]]:
    """What it means by the bands of the person's group; by both, where the group is not known and they differ."""
    others = score.other_bands
    general = band.says if band is not None else ""
    if others is None:
        return general, ()
    told = words_given(known.answers.get(others.question))
    group = in_other_group(others, told[0] if told else known.supplied.person.ethnicity)
    if group is False:
        return general, ()
    other_band = band_of(others.bands, number)
    other = other_band.says if other_band is not None else ""
    if group is True:
        return f"{other}, by {others.title}", ()
    if other == general:
        return general, ()
    return f"{general}; by {others.title}: {other}", () if told else (others.question,)


def _estimated(score: Score, known: _Known) -> bool:
    return any(set(words_given(known.answers.get(name))) & set(words) for name, words in score.estimated_where.items())


def _with_unit(shown: str, unit: str) -> str:
    return f"{shown}{'%' if unit == '%' else f' {unit}' if unit else ''}"
