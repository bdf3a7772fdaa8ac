"""Where days go and who waits for whom: stages, hand-offs, what comes back, agreed times."""
