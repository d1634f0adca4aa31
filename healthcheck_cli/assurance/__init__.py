"""Runs the examples of every rule, and asks of every small change of a rule that some example notices.

It must not know how content is read from files, nor how results are printed.
"""
