"""The review of many people at once: the same content and the same functions, asked once for each distinct thing.

See ``docs/architecture.md`` for why it is built so. Nothing here decides anything clinical.
"""
