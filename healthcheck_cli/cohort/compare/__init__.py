"""What changed between reviews of one place's extracts: people, findings by rule, and indicators.

A finding counts as cleared only where its rule was asked again and could be assessed. Places are never held against
each other: several folders are one place on several days.
"""
