"""How much the rules say of a register of invented people: docs/noise.md."""
