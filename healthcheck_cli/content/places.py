"""Where each kind of record is kept in a content folder."""

from __future__ import annotations

MANIFEST = "drug_rules/manifest.yaml"
SOURCES = "drug_rules/sources.yaml"
SCALES = "drug_rules/scales.yaml"
PRODUCTS = "drug_rules/products"
CLASSES = "drug_rules/classes.yaml"
MEDICINES = "drug_rules/medicines"
RULES = "drug_rules/rules"
THEMES = "checklists/themes.yaml"
FACTS = "checklists/facts"
PROBLEMS = "checklists/problems"
SECTIONS = "checklists/sections"

PLACES = (MANIFEST, SOURCES, SCALES, PRODUCTS, CLASSES, MEDICINES, RULES, THEMES, FACTS, PROBLEMS, SECTIONS)
"""Every file and folder there may be; each folder may have folders in it."""

MEDICINE_PLACES = (MEDICINES, PRODUCTS, CLASSES, SCALES)
"""Those that are needed to recognise a product."""
