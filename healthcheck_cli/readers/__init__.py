"""From files to records: one module a source format, each row with its place.

It must not know rules, nor interpret what it reads; of the content it borrows only the way to read YAML.
"""
