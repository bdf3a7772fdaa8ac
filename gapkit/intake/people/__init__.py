"""Owners as people: spellings of one name, and owners that are no person."""
