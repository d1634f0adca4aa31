"""Loads, checks and hashes checklists/ and drug_rules/; every problem has its file, line and column.

It must not know any person's data, nor what happens to a rule once it is loaded.
"""
