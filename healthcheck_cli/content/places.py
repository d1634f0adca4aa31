"""Where each kind of record is kept in a content folder."""

from __future__ import annotations

MANIFEST = "drug_rules/manifest.yaml"
SOURCES = "drug_rules/sources.yaml"
SCALES = "drug_rules/scales.yaml"
PRODUCTS = "drug_rules/products"
CLASSES = "drug_rules/classes.yaml"
EQUIVALENTS = "drug_rules/equivalents.yaml"
LOWER_BURDEN = "drug_rules/lower_burden.yaml"
THEME_MEDICINES = "drug_rules/theme_medicines.yaml"
REASONS = "drug_rules/reasons.yaml"
CODES = "drug_rules/codes"
SETTINGS = "drug_rules/settings.yaml"
MONITORING = "drug_rules/monitoring"
INDICATORS = "drug_rules/indicators"
NATIONAL_SERIES = "drug_rules/national_series.yaml"
MEDICINES = "drug_rules/medicines"
RULES = "drug_rules/rules"
THEMES = "checklists/themes.yaml"
FACTS = "checklists/facts"
PROBLEMS = "checklists/problems"
SECTIONS = "checklists/sections"
ORDER = "checklists/order.yaml"
SCORES = "checklists/scores.yaml"
CROSS_CHECKS = "checklists/cross_checks.yaml"
ADJUSTMENTS = "checklists/adjustments.yaml"
CODES_TO_RECORD = "checklists/codes_to_record.yaml"
EASY_READ = "checklists/easy_read"
GOING_WELL = f"{EASY_READ}/going_well.yaml"
HELPERS = f"{EASY_READ}/helpers.yaml"
EMERGENCY_SIGNS = f"{EASY_READ}/emergency_signs.yaml"
SOFT_SIGNS = f"{EASY_READ}/soft_signs.yaml"
PICTURES = f"{EASY_READ}/pictures.yaml"

MEDICINE_PLACES = (MEDICINES, PRODUCTS, CLASSES, SCALES, EQUIVALENTS, LOWER_BURDEN, THEME_MEDICINES, CODES, SETTINGS)
"""Those that are needed to recognise a product and to say what is held on a medicine."""

PLACES = (
    MANIFEST,
    SOURCES,
    *MEDICINE_PLACES,
    REASONS,
    MONITORING,
    INDICATORS,
    NATIONAL_SERIES,
    RULES,
    THEMES,
    FACTS,
    PROBLEMS,
    SECTIONS,
    ORDER,
    SCORES,
    CROSS_CHECKS,
    ADJUSTMENTS,
    CODES_TO_RECORD,
    GOING_WELL,
    HELPERS,
    EMERGENCY_SIGNS,
    SOFT_SIGNS,
    PICTURES,
)
"""Every file and folder there may be; each folder may have folders in it."""
