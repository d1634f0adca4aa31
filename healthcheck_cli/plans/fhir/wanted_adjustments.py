"""The reasonable adjustments that answers of a check call for, and whether they may go on the national flag."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from healthcheck_cli.content.adjustment_models import Adjustment
from healthcheck_cli.content.models import Content
from healthcheck_cli.record import Answer, AnswerState

_NEEDS = "ra.needs"
_STATUS, _CONSENT = "ra.flag_status", "ra.flag_consent"
_SAYS_NOTHING = frozenset({"none", "other"})


@dataclass(frozen=True)
class WantedAdjustments:
    """``coded``: those with a code. ``in_words``: needs that no code fits. ``refused``: the person does not want the
    flag, or nobody outside is to see it. ``on_record``: there is a flag already. ``consent``: the answer on who may see
    it, "" where there is none."""

    coded: tuple[Adjustment, ...]
    in_words: tuple[str, ...]
    refused: bool
    on_record: bool
    consent: str

    def __bool__(self) -> bool:
        return bool(self.coded or self.in_words)


def wanted_adjustments(answers: Mapping[str, Answer], content: Content) -> WantedAdjustments:
    """What the answers call for, in the order of the content. Only an answer calls for anything: a theme that is
    raised is a reason to ask, and no more."""
    told = {name: _words(answer) for name, answer in answers.items()}
    coded = tuple(
        it
        for it in content.adjustments.values()
        if any(told.get(question, frozenset()) & set(words) for question, words in it.answers.items())
    )
    have_code = {word for it in content.adjustments.values() for word in it.answers.get(_NEEDS, ())}
    question = content.questions.get(_NEEDS)
    labels = question.labels if question is not None else {}
    offered = question.values if question is not None else ()
    others = [word for word in offered if word in told.get(_NEEDS, frozenset()) - have_code - _SAYS_NOTHING]
    noted = answers[_NEEDS].note.strip() if "other" in told.get(_NEEDS, frozenset()) else ""
    consent = next(iter(told.get(_CONSENT, frozenset())), "")
    status = told.get(_STATUS, frozenset())
    return WantedAdjustments(
        coded=coded,
        in_words=(*(labels.get(word, word.replace("_", " ")) for word in others), *([noted] if noted else [])),
        refused="absent_declined" in status or consent == "refuses",
        on_record=bool(status & {"present_current", "present_needs_update"}),
        consent=consent,
    )


def worth_asking(raised: Collection[str], wanted: WantedAdjustments, content: Content) -> tuple[Adjustment, ...]:
    """Adjustments that a raised theme is a reason to ask about, less those that are wanted already; none where the
    person refused the flag."""
    if wanted.refused:
        return ()
    return tuple(it for it in content.adjustments.values() if set(it.themes) & set(raised) and it not in wanted.coded)


def _words(answer: Answer) -> frozenset[str]:
    """The words of an answer, as the content names them: yes for a yes."""
    if answer.state is not AnswerState.ANSWERED:
        return frozenset()
    value = answer.value
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    if isinstance(value, tuple):
        return frozenset(it for it in value if isinstance(it, str))
    return frozenset({value}) if isinstance(value, str) else frozenset()
