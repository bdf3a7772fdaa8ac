"""Targets and promises: what the redesign promises, whether it can be seen, and the record of it."""
