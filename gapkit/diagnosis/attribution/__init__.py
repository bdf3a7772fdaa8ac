"""How much of the lost execution goes with each killer, type, size and quarter held equal."""
