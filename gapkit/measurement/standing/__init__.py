"""The gap as a standing metric: charts with frozen limits, one edition a month."""

from gapkit.measurement.standing.chart import Chart, Decision, Segment
from gapkit.measurement.standing.standing import Standing, standing

__all__ = ["Chart", "Decision", "Segment", "Standing", "standing"]
