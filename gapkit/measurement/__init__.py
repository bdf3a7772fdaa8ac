"""Did it work: the measure window against the baseline frozen at day 30."""

from gapkit.measurement.measure import Measurement, measure

__all__ = ["Measurement", "measure"]
