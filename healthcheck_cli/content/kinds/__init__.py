"""One module for each kind of content record: from a checked YAML mapping to the dataclass of content/models.py."""
