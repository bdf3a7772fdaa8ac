"""The diagnosis of days 1 to 30: how large the gap is, where time goes, what the evidence can carry."""

from gapkit.diagnosis.diagnose import Diagnosis, diagnose

__all__ = ["Diagnosis", "diagnose"]
