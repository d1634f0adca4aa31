"""The checks of ``content lint``, by subject. Each is a small function over the loaded content."""
