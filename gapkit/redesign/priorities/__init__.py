"""Priorities: how far people agree, where effort goes, what to dispute in the workshop and what to stop."""
