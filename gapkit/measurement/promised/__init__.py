"""Promised against delivered: each target and lever beside what was measured, and what that says about the next promise."""

from gapkit.measurement.promised.compare import Promised, compare_promises, promises_of
from gapkit.measurement.promised.row import Row

__all__ = ["Promised", "Row", "compare_promises", "promises_of"]
