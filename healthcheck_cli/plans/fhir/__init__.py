"""The plan as a FHIR R4 bundle of drafts. ``docs/fhir.md`` says which resource holds what.

Nothing in it is an order: whoever takes it over reads it, decides, and enters it. What nobody said is absent with the
reason, never "no".
"""
