"""Strategy or execution: two axes with their probabilities, symptoms beside them, and what would settle it."""
