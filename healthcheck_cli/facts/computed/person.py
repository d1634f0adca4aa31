"""Facts about the person: age, sex, and what follows from organs and ethnic group."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.facts.plain import date_of_birth
from healthcheck_cli.facts.scoring import group_word, in_other_group
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import ETHNICITY, SEX, SEXES

_ETHNICITY_NOT_GIVEN = frozenset({"", "not_stated", "refused", "not_known"})
_WHITE_BRITISH = frozenset({"english_welsh_scottish_ni_british", "white_british", "british", "a"})


def _age(sources: FactSources, _: FactLookup) -> FactValue:
    born = date_of_birth(sources.record)
    age = age_on(born, sources.as_of)
    if age is None and sources.record.person.age is not None:
        age = Interval.exactly(sources.record.person.age)
    if age is None:
        return UNKNOWN_FACT
    return known(age, f"{age.low:g}" if age.exact else f"{age.low:g} to {age.high:g}")


def _sex(sources: FactSources, _: FactLookup) -> FactValue:
    answered = sources.answered(SEX)
    word = str(answered.value) if answered is not None else sources.record.person.sex
    sex = SEXES.get(word.strip().casefold())
    return known(sex, f"sex on the record: {sex}") if sex is not None else UNKNOWN_FACT


def _has_organ(organ: str, sex: str) -> Compute:
    """By the organs named if they were asked; else by the sex on the record, and no womb after a hysterectomy on it.
    With no word of an operation it counts as yes, the safer side: an action about an organ that is not there is easily
    struck out. A hysterectomy may leave the cervix, so that is not taken for gone."""

    def compute(sources: FactSources, fact: FactLookup) -> FactValue:
        organs = sources.answered("demo.organs")
        if organs is not None and isinstance(organs.value, tuple):
            return known(organ in organs.value, "demo.organs")
        if organ == "womb" and fact("dx.hysterectomy").value is True:
            return known(False, "hysterectomy on the record")
        recorded = fact("person.sex").value
        return known(recorded == sex, f"sex on the record: {recorded}") if isinstance(recorded, str) else UNKNOWN_FACT

    return compute


def _ethnic_group(sources: FactSources) -> str:
    answered = sources.answered(ETHNICITY)
    word = str(answered.value) if answered is not None else sources.record.person.ethnicity
    return group_word(word)


def _ethnic_minority(sources: FactSources, _: FactLookup) -> FactValue:
    group = _ethnic_group(sources)
    return UNKNOWN_FACT if group in _ETHNICITY_NOT_GIVEN else known(group not in _WHITE_BRITISH, "ethnic group")


def _higher_risk_ethnic_bmi(sources: FactSources, _: FactLookup) -> FactValue:
    """By the groups for which the BMI score has bands of its own."""
    score = sources.content.scores.get("bmi")
    if score is None or score.other_bands is None:
        return UNKNOWN_FACT
    higher = in_other_group(score.other_bands, _ethnic_group(sources))
    return UNKNOWN_FACT if higher is None else known(higher, "ethnic group")


COMPUTATIONS: Mapping[str, Compute] = {
    "person.age": _age,
    "person.sex": _sex,
    "person.has_womb": _has_organ("womb", "F"),
    "person.has_cervix": _has_organ("cervix", "F"),
    "person.has_ovaries": _has_organ("ovaries", "F"),
    "person.has_breasts": _has_organ("breasts", "F"),
    "person.has_testes": _has_organ("testes", "M"),
    "person.has_prostate": _has_organ("prostate", "M"),
    "person.ethnic_minority": _ethnic_minority,
    "person.higher_risk_ethnic_bmi": _higher_risk_ethnic_bmi,
}
