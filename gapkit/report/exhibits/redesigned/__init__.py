"""Exhibits of the redesign, one module for each part of it."""
