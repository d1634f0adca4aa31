"""The interactive health check: what is typed, what is kept, and what is asked next."""
