"""The baseline: planned against delivered, how long it takes, where time goes.

`estimate_baseline` computes all of it once; each module holds one idea and can be called alone.
"""

from gapkit.baseline.estimate import Baseline, estimate_baseline

__all__ = ["Baseline", "estimate_baseline"]
