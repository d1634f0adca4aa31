"""The interactive health check: what is asked next, and what comes of what is typed."""
