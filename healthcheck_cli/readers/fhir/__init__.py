"""FHIR records (R4 and STU3, in JSON) as records of this program. ``docs/fhir.md`` says what is read and how.

Read leniently: what real systems send does not always pass a strict check, and a medicine must not be lost over an
address. What cannot be read is unknown, left out with a note, or rejected with a reason; it is never guessed.
"""
