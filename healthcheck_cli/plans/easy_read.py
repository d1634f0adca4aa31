"""The person's own plan: about five things that will happen, in easy words, and what to do when ill.

Everything on it is there because something says so: what is to do from findings, what is going well from answers that
were given. Where there is more to do the page says so, and nothing urgent is left to that line. Those who support the
person read it too, so what is to be spoken about in private is not on it, and nothing there hints at it
(``shareable``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from healthcheck_cli import __version__
from healthcheck_cli.content.easy_read_models import GoingWell
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_asked_of
from healthcheck_cli.findings import Action, Finding, PersonReview, Review
from healthcheck_cli.medicines.not_taken import may_not_be_taken
from healthcheck_cli.plans import easy_read_words as words
from healthcheck_cli.plans.agreed_actions import TOP_ACTIONS, agreed_actions, is_refused
from healthcheck_cli.plans.local_changes import own_changes
from healthcheck_cli.plans.pictures import picture_for, what_pictures_show
from healthcheck_cli.plans.shareable import answer_may_stand, shareable_findings, shareable_medicines, tells_of_others
from healthcheck_cli.plans.words import sentences
from healthcheck_cli.record import Answer, AnswerState, PartialDate, day_in_words

_ABOUT_FIVE = 5
_WITH_AGREED = 8  # things on a page that begins with what was agreed
_AT_LEAST = 3
_GOOD_THINGS = 3
_MOST_NAMED = 3  # medicines in one line
_A_MEDICINE = re.compile(r"\b(?:medicines?|tablets?|injection)\b", re.IGNORECASE)
_WARNING = re.compile(r"\b(?:ring|call) 999\b", re.IGNORECASE)
_WISH = "pre.goals"
_NO_WISH = frozenset({"", "-", "x", "no", "none", "nothing"})


@dataclass(frozen=True)
class Thing:
    """Something to do, sentence by sentence: who helps and when. ``cannot_wait``: it is urgent and for today.

    ``medicines`` are the names that the sentences leave open. What was agreed has no ``rules``.
    """

    lines: tuple[str, ...]
    medicines: tuple[str, ...]
    helpers: tuple[str, ...]
    when: str
    picture: str
    rules: tuple[str, ...]
    cannot_wait: bool


@dataclass(frozen=True)
class Good:
    """Something that is going well."""

    words: str
    picture: str


@dataclass(frozen=True)
class EasyReadPlan:
    """The whole page. ``more`` things are not on it; ``not_known``: some rules could not be decided.

    ``wish`` is what the person said they want, in their own words; ``emergency_signs`` to call 999 for are everybody's,
    and ``for_you`` come from findings; ``meet`` says when we meet again, and ``room_for_date`` leaves room where no
    answer says so. ``pictures``: what each picture shows.
    """

    day: str
    urgent: bool
    wish: str
    things: tuple[Thing, ...]
    more: int
    not_known: bool
    good: tuple[Good, ...]
    emergency_signs: tuple[str, ...]
    for_you: tuple[str, ...]
    medicines: bool
    meet: tuple[str, ...]
    room_for_date: bool
    for_the_surgery: tuple[str, ...]
    pictures: Mapping[str, str]


def make_easy_read(
    review: Review, person: PersonReview, content: Content, answers: Mapping[str, Answer] | None = None
) -> EasyReadPlan:
    """The person's own plan out of a review and, where there are any, the answers of the check."""
    said = answers or {}
    good = _going_well(person, content, said)
    wish = _wish(said, person, content)
    agreed = _agreed_things(said, person, content)
    medicines = shareable_medicines(person, content)
    person = replace(person, findings=shareable_findings(person, content), medicines=medicines)
    wanted = _wanted(person, content, review.as_of)
    shown, left = _chosen(wanted, review.as_of, len(agreed))
    things = _agreed_first([_thing(it, person, content, review.as_of) for it in shown], agreed)
    more = len(left) + _without_words(person) + (len(agreed_actions(said)) - len(agreed))
    last_check = _day(said, "admin.check_date")
    return EasyReadPlan(
        day=day_in_full(review.as_of),
        urgent=any(finding.level is Level.URGENT for finding in person.findings),
        wish=wish,
        things=things,
        more=more,
        not_known=bool(person.could_not_assess),
        good=good,
        emergency_signs=tuple(sign.says for sign in content.emergency_signs.values()),
        for_you=tuple(dict.fromkeys(line for it in _warnings(person) for line in sentences(it))),
        medicines=any(not may_not_be_taken(read) for read in person.medicines)
        or any(it.picture == "medicine" for it in things),
        meet=_meet(last_check, _given(said, "hap.review_date"), review.as_of),
        room_for_date=last_check is None,
        for_the_surgery=_for_the_surgery(review, person, content, things, more),
        pictures=what_pictures_show(content),
    )


def day_in_full(day: date, beside: date | None = None) -> str:
    """A day with its weekday; without the year where it is that of the day ``beside``.

    >>> day_in_full(date(2026, 12, 3), date(2026, 11, 22)), day_in_full(date(2027, 1, 4), date(2026, 11, 22))
    ('Thursday 3 December', 'Monday 4 January 2027')
    """
    year = "" if beside is not None and beside.year == day.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def when_in_words(due: date, today: date) -> str:
    """By when, in words and with the day: a page is read again on other days.

    >>> sunday = date(2026, 11, 22)
    >>> when_in_words(sunday, sunday), when_in_words(date(2026, 12, 6), sunday)
    ('Today, Sunday 22 November', 'By Sunday 6 December')
    >>> when_in_words(date(2026, 11, 27), date(2026, 11, 24))
    'This week, by Friday 27 November'
    """
    day = day_in_full(due, today)
    if due <= today:
        return f"Today, {day_in_full(today, today)}"
    same_week = due.isocalendar()[:2] == today.isocalendar()[:2]
    return f"This week, by {day}" if same_week else f"By {day}"


@dataclass(frozen=True)
class _Wanted:
    """Something to do before it is put into words; ``nth`` of its finding."""

    text: str
    owners: tuple[str, ...]
    due: date
    rank: int
    nth: int
    rules: tuple[str, ...]
    rows: tuple[int, ...]
    picture: str

    def cannot_wait(self, today: date) -> bool:
        """Is it urgent and for today?"""
        return self.rank == Level.URGENT.rank and self.due <= today


def _wanted(person: PersonReview, content: Content, today: date) -> list[_Wanted]:
    """Everything that has easy words, most pressing first; the same words are there once.

    Within a level each finding has its first say before any has its second, and a part of life that was named already
    comes after one that was not.
    """
    found: dict[str, _Wanted] = {}
    for finding in person.findings:
        for nth, action in enumerate(_spoken(finding, today)):
            new = _Wanted(
                " ".join(action.easy_read.split()),
                (action.owner,),
                action.due,
                finding.level.rank,
                nth,
                (finding.rule,),
                finding.rows,
                picture_for(action.easy_read, content),
            )
            known = found.get(new.text.casefold())
            found[new.text.casefold()] = new if known is None else _merged(known, new)
    in_order = sorted(found.values(), key=lambda it: (it.rank, not it.cannot_wait(today), it.nth, it.due))
    seen: Counter[tuple[int, str]] = Counter()
    placed = []
    for it in in_order:
        placed.append((it, seen[it.rank, it.picture]))
        seen[it.rank, it.picture] += 1
    placed.sort(key=lambda pair: (pair[0].rank, not pair[0].cannot_wait(today), pair[0].nth, pair[1], pair[0].due))
    return [it for it, _ in placed]


def _merged(one: _Wanted, other: _Wanted) -> _Wanted:
    return replace(
        one,
        owners=tuple(dict.fromkeys((*one.owners, *other.owners))),
        due=min(one.due, other.due),
        rank=min(one.rank, other.rank),
        nth=min(one.nth, other.nth),
        rules=tuple(dict.fromkeys((*one.rules, *other.rules))),
        rows=tuple(dict.fromkeys((*one.rows, *other.rows))),
    )


def _spoken(finding: Finding, today: date) -> list[Action]:
    """The actions that have easy words; something to ask about where an urgent finding has none at all.

    What only says when to call 999 stands with the other signs to call for, not among the things to do.
    """
    spoken = [it for it in finding.actions if it.easy_read.strip() and not _is_warning(it)]
    if spoken or finding.level is not Level.URGENT:
        return spoken
    owner = finding.actions[0].owner if finding.actions else "practice nurse"
    return [Action(finding.title, owner, "today", today, words.ASK_TODAY)]


def _is_warning(action: Action) -> bool:
    return _WARNING.search(action.easy_read) is not None


def _warnings(person: PersonReview) -> Iterator[str]:
    for finding in person.findings:
        yield from (it.easy_read for it in finding.actions if _is_warning(it))


def _without_words(person: PersonReview) -> int:
    """How many actions no one has put into easy words; the same one is counted once."""
    return len({(it.do, it.owner) for finding in person.findings for it in finding.actions if not it.easy_read.strip()})


def _agreed_things(answers: Mapping[str, Answer], person: PersonReview, content: Content) -> tuple[Thing, ...]:
    """What was agreed in the check, in the words that were typed; nothing of a plan that the person said no to.

    Typed words may name what is private, and no program can tell: where anything found is, they are left off.
    """
    if is_refused(answers) or tells_of_others(person, content):
        return ()
    return tuple(
        Thing(
            lines=(it.what,),
            medicines=(),
            helpers=(it.who or words.ASK_YOUR_NURSE,),
            when=it.by_when or words.ASK_YOUR_NURSE,
            picture=picture_for(it.what, content),
            rules=(),
            cannot_wait=False,
        )
        for it in agreed_actions(answers)
        if it.what
    )


def _agreed_first(things: list[Thing], agreed: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """What was agreed goes before all but what cannot wait: the page says that this comes first."""
    at_once = [it for it in things if it.cannot_wait]
    return (*at_once, *agreed, *(it for it in things if not it.cannot_wait))


def _chosen(wanted: list[_Wanted], today: date, agreed: int) -> tuple[list[_Wanted], list[_Wanted]]:
    """What is on the page and what is not: about five, and all that cannot wait, which comes first.

    With ``agreed`` things on the page it is fewer than five only where there would be more than eight in all.
    """
    about = min(_ABOUT_FIVE, max(_AT_LEAST, _WITH_AGREED - agreed))
    number = max(about, sum(it.cannot_wait(today) for it in wanted))
    return wanted[:number], wanted[number:]


def _thing(wanted: _Wanted, person: PersonReview, content: Content, today: date) -> Thing:
    helpers = [line for owner in wanted.owners for line in _who_is(owner, content)]
    return Thing(
        lines=sentences(wanted.text),
        medicines=_which_medicines(wanted, person),
        helpers=tuple(dict.fromkeys(helpers)),
        when=f"{when_in_words(wanted.due, today)}.",
        picture=wanted.picture,
        rules=wanted.rules,
        cannot_wait=wanted.cannot_wait(today),
    )


def _who_is(owner: str, content: Content) -> tuple[str, ...]:
    helper = content.helpers.get(owner)
    return helper.says if helper is not None else (f"{owner}.",)


def _which_medicines(wanted: _Wanted, person: PersonReview) -> tuple[str, ...]:
    """The names of the medicines that the words leave open ("this medicine"); none where they are many."""
    if _A_MEDICINE.search(wanted.text) is None:
        return ()
    reads = [read for read in person.medicines if read.row in wanted.rows and not may_not_be_taken(read)]
    names = tuple(
        dict.fromkeys(name for read in reads for name in [it.name for it in read.ingredients] or [read.line.text])
    )
    return names if len(names) <= _MOST_NAMED else ()


def _wish(answers: Mapping[str, Answer], person: PersonReview, content: Content) -> str:
    value = _given(answers, _WISH)
    said = isinstance(value, str) and answer_may_stand(_WISH, value, person, content)
    text = " ".join(str(value).split()) if said else ""
    return "" if text.casefold().rstrip(".") in _NO_WISH else text


def _given(answers: Mapping[str, Answer], question: str) -> object:
    answer = answers.get(question)
    return answer.value if answer is not None and answer.state is AnswerState.ANSWERED else None


def _going_well(person: PersonReview, content: Content, answers: Mapping[str, Answer]) -> tuple[Good, ...]:
    """What answers say is going well; nothing that a finding stands on."""
    facts = {fact_asked_of(reason.fact) for finding in person.findings for reason in finding.because}
    asked = facts | {content.facts[name].question for name in facts if name in content.facts}
    found = (it for it in content.going_well.values() if it.question not in asked and _says_so(it, answers))
    return tuple(Good(it.says, it.picture) for it in found)[:_GOOD_THINGS]


def _says_so(it: GoingWell, answers: Mapping[str, Answer]) -> bool:
    value = _given(answers, it.question)
    if isinstance(value, str):
        return value in it.values
    if isinstance(value, tuple):
        return len(value) == 1 and value[0] in it.values
    if isinstance(value, bool) or not isinstance(value, (int, float)) or it.values:
        return False
    return (it.at_least is None or it.at_least <= value) and (it.at_most is None or value <= it.at_most)


def _day(answers: Mapping[str, Answer], question: str) -> date | None:
    value = _given(answers, question)
    return value.earliest if isinstance(value, PartialDate) and value.exact else None


def _meet(last_check: date | None, again: object, today: date) -> tuple[str, ...]:
    """When the plan is looked at again, and when the next check is, as far as answers say so."""
    lines = []
    if isinstance(again, PartialDate) and again.latest >= today:
        lines += [words.look_again(_some_day(again, today))]
    lines += [words.EVERY_YEAR]
    if last_check is not None:
        lines += [words.next_check(f"in {last_check:%B} {last_check.year + 1}")]
    return tuple(lines)


def _some_day(value: PartialDate, today: date) -> str:
    first, last = value.earliest, value.latest
    if value.exact:
        return f"on {day_in_full(first, today)}"
    return f"in {first:%B %Y}" if (first.year, first.month) == (last.year, last.month) else f"in {first:%Y}"


def _for_the_surgery(
    review: Review, person: PersonReview, content: Content, things: tuple[Thing, ...], more: int
) -> tuple[str, ...]:
    """What the page was made from, for staff. How much more there is to do is no number for this page."""
    of = "; ".join(f"{number}: {', '.join(it.rules)}" for number, it in enumerate(things, start=1) if it.rules)
    agreed = ", ".join(f"{number}" for number, it in enumerate(things, start=1) if not it.rules)
    lines = (
        f"Person {person.person_id}." if person.person_id else "",
        f"As of {day_in_words(review.as_of)}. healthcheck {__version__}, content {content.version}, "
        f"SHA-256 {content.sha256}.",
        *own_changes(content.overlays),
        f"What was agreed in the check ({TOP_ACTIONS}), as it was typed: {agreed}." if agreed else "",
        f"The things on this page stand on these rules. {of}." if of else "",
        "The clinician's plan (healthcheck plan) holds more to do." if more else "",
        words.DRAFT,
    )
    return tuple(line for line in lines if line)
