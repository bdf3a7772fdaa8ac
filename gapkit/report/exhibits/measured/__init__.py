"""Exhibits of the measurement, one module for each part of it."""
