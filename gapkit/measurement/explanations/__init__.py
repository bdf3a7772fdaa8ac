"""Explanations: what else could explain a change, looked at one by one, and what it leaves of the verdict."""

from gapkit.measurement.explanations.considered import CONSIDERED, explain
from gapkit.measurement.explanations.explanation import Explanation, Explanations
from gapkit.measurement.explanations.guard import guarded
from gapkit.measurement.explanations.mix_of_others import with_mix_held

__all__ = ["CONSIDERED", "Explanation", "Explanations", "explain", "guarded", "with_mix_held"]
