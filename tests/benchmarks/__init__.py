"""How long a register takes and how much memory: run by hand on a quiet machine, never with the tests."""
