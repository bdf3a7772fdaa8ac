"""Controllable inputs: the tree of measures, and whether the leading ones lead."""
