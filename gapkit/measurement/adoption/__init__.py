"""Whether the new way of working ran at all: meetings held, programs reviewed, owners single, times kept, inputs read."""

from gapkit.measurement.adoption.adoption import Adoption, measure_adoption
from gapkit.measurement.adoption.part import Entry, Part

__all__ = ["Adoption", "Entry", "Part", "measure_adoption"]
