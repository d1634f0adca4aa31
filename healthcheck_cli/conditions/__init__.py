"""The condition language: grammar, tree, type check, reference evaluator, explanation, and the same in SQL.

It must not know medicine, content files or records: what names there are is told by a vocabulary, what they are of a
person by facts.
"""
