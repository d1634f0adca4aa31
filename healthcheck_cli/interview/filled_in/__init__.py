"""Answers that were written down and not typed at a prompt: templates, answer files, and their way back."""
