"""Pages to hand on: the page for carers, the pharmacist's letter, the draft of the adjustments flag."""
