"""Where a check is kept: one file, a chain of entries, and what goes from one computer to another."""
