"""Puts the content together from its files: first the names, then everything that uses names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from healthcheck_cli.conditions.attributes import LINE_ATTRIBUTES
from healthcheck_cli.conditions.vocabulary import FactDeclaration, SettingDeclaration, Vocabulary
from healthcheck_cli.content import places as at
from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.files import ContentFiles
from healthcheck_cli.content.hashing import content_sha256
from healthcheck_cli.content.kinds.adjustments import read_adjustment
from healthcheck_cli.content.kinds.burden import (
    read_equivalence,
    read_lower_burden,
    read_scale,
    read_setting,
    read_theme_effect,
    read_usual_reasons,
)
from healthcheck_cli.content.kinds.codes import read_code_table
from healthcheck_cli.content.kinds.cross_checks import read_cross_check
from healthcheck_cli.content.kinds.easy_read import (
    read_emergency_sign,
    read_going_well,
    read_helper,
    read_picture,
    read_soft_sign,
)
from healthcheck_cli.content.kinds.facts import has_type, read_declaration, read_fact
from healthcheck_cli.content.kinds.indicators import read_indicator, read_national_series
from healthcheck_cli.content.kinds.lists import (
    Manifest,
    read_manifest,
    read_problem_group,
    read_product,
    read_source,
    read_theme,
)
from healthcheck_cli.content.kinds.medicines import read_class, read_medicine
from healthcheck_cli.content.kinds.monitoring import read_monitoring_test
from healthcheck_cli.content.kinds.recording import read_code_to_record
from healthcheck_cli.content.kinds.rules import read_rule
from healthcheck_cli.content.kinds.scores import read_score
from healthcheck_cli.content.kinds.sections import read_section, sections_in_order
from healthcheck_cli.content.medicine_models import MedicineContent, class_name_of
from healthcheck_cli.content.models import Content, Question, Section
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Place

_T = TypeVar("_T")


def assemble_medicines(files: ContentFiles) -> MedicineContent:
    """Medicines, and what is said of them. Problems are added to the files' own."""
    return MedicineContent(
        medicines=_read(files, at.MEDICINES, read_medicine, lambda it: it.name),
        products=_read(files, at.PRODUCTS, read_product, lambda it: it.name),
        classes=_read(files, at.CLASSES, read_class, lambda it: it.id),
        scales=_read(files, at.SCALES, read_scale, lambda it: it.id),
        equivalences=_read(files, at.EQUIVALENTS, read_equivalence, lambda it: it.id),
        lower_burden=_read(files, at.LOWER_BURDEN, read_lower_burden, lambda it: it.id),
        theme_effects=_read(files, at.THEME_MEDICINES, read_theme_effect, lambda it: it.id),
        settings=_read(files, at.SETTINGS, read_setting, lambda it: it.id),
        code_tables=_read(files, at.CODES, read_code_table, lambda it: it.system),
    )


def assemble(files: ContentFiles) -> Content:
    """All of it. Problems are added to the files' own; what is returned is of use only where there are none."""
    manifest = _manifest(files)
    named = assemble_medicines(files)
    declared = [(record, read_declaration(record)) for record in files.records(at.FACTS)]
    vocabulary = vocabulary_of(named, manifest.word_lists, [declaration for _, declaration in declared])
    doubtful = frozenset(declaration.name for record, declaration in declared if not has_type(record))
    conditions = ConditionReader(vocabulary, files.problems, doubtful)
    facts = ((record.place(), read_fact(record, declaration, conditions)) for record, declaration in declared)
    themes = ((record.place(), read_theme(record, order)) for order, record in enumerate(files.records(at.THEMES)))
    return Content(
        version=manifest.version,
        sha256=content_sha256(files.documents),
        examples_as_of=manifest.examples_as_of,
        sources=_read(files, at.SOURCES, read_source, lambda it: it.id),
        themes=_unique(themes, lambda it: it.id, files.problems),
        facts=_unique(facts, lambda it: it.name, files.problems),
        problem_groups=_read(files, at.PROBLEMS, read_problem_group, lambda it: it.id),
        sections=_sections(files, conditions),
        medicines=named.medicines,
        products=named.products,
        classes=named.classes,
        scales=named.scales,
        equivalences=named.equivalences,
        lower_burden=named.lower_burden,
        theme_effects=named.theme_effects,
        settings=named.settings,
        code_tables=named.code_tables,
        monitoring=_read(
            files, at.MONITORING, lambda it: read_monitoring_test(it, conditions, named.settings), lambda it: it.id
        ),
        rules=_read(files, at.RULES, lambda it: read_rule(it, conditions, named.settings), lambda it: it.id),
        scores=_read(files, at.SCORES, read_score, lambda it: it.id),
        cross_checks=_read(files, at.CROSS_CHECKS, read_cross_check, lambda it: it.id),
        usual_reasons=_read(files, at.REASONS, read_usual_reasons, lambda it: it.id),
        adjustments=_read(files, at.ADJUSTMENTS, read_adjustment, lambda it: it.id),
        codes_to_record=_read(
            files, at.CODES_TO_RECORD, lambda it: read_code_to_record(it, conditions), lambda it: it.id
        ),
        going_well=_read(files, at.GOING_WELL, read_going_well, lambda it: it.id),
        helpers=_read(files, at.HELPERS, read_helper, lambda it: it.owner),
        emergency_signs=_read(files, at.EMERGENCY_SIGNS, read_emergency_sign, lambda it: it.id),
        soft_signs=_read(files, at.SOFT_SIGNS, read_soft_sign, lambda it: it.id),
        pictures=_read(files, at.PICTURES, read_picture, lambda it: it.id),
        indicators=_read(files, at.INDICATORS, lambda it: read_indicator(it, conditions), lambda it: it.id),
        national_series=_read(files, at.NATIONAL_SERIES, read_national_series, lambda it: it.id),
        vocabulary=vocabulary,
        word_lists=manifest.word_lists,
        other_tags=manifest.other_tags,
        shared_names=manifest.shared_names,
        manifest_place=manifest.place,
    )


def vocabulary_of(
    named: MedicineContent, word_lists: Mapping[str, tuple[str, ...]], declarations: Iterable[FactDeclaration]
) -> Vocabulary:
    """Every name that a condition may use."""
    return Vocabulary(
        facts={declaration.name: declaration for declaration in declarations},
        classes=frozenset(named.classes) | frozenset(map(class_name_of, named.medicines)),
        scales={scale.id: float(scale.most) for scale in named.scales.values()},
        word_lists=word_lists,
        attributes=LINE_ATTRIBUTES,
        settings={it.id: SettingDeclaration(it.id, it.amount, it.unit) for it in named.settings.values()},
    )


def _manifest(files: ContentFiles) -> Manifest:
    record = files.record(at.MANIFEST)
    return read_manifest(record) if record else Manifest("", date.min, {}, Place(at.MANIFEST))


def _sections(files: ContentFiles, conditions: ConditionReader) -> tuple[Section, ...]:
    found = [
        (record.place(), read_section(record, order, conditions))
        for order, record in enumerate(files.mappings(at.SECTIONS))
    ]
    read = sections_in_order(found, files.record(at.ORDER) if at.ORDER in files.documents else None)
    questions: Iterable[tuple[Place, Question]] = (
        (question.place, question) for _, section in read for question in section.questions
    )
    _unique(questions, lambda it: it.id, files.problems)
    return tuple(_unique(read, lambda it: it.id, files.problems).values())


def _read(
    files: ContentFiles, path: str, read: Callable[[RecordReader], _T], name_of: Callable[[_T], str]
) -> dict[str, _T]:
    return _unique(((record.place(), read(record)) for record in files.records(path)), name_of, files.problems)


def _unique(found: Iterable[tuple[Place, _T]], name_of: Callable[[_T], str], problems: Problems) -> dict[str, _T]:
    """By name, in the order of the files. A name that is there twice is a problem."""
    first: dict[str, Place] = {}
    by_name: dict[str, _T] = {}
    for place, thing in found:
        name = name_of(thing)
        if name in first:
            problems.add(place, "duplicate-id", f"'{name}' is here twice", f"first at {first[name]}")
        else:
            first[name] = place
            by_name[name] = thing
    return by_name
