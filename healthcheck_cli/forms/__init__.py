"""Forms to print and fill in by hand: one for the person at home, one for those who do the check."""
