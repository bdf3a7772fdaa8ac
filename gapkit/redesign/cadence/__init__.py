"""The operating cadence: meetings, their dates, and those of today that stop."""
