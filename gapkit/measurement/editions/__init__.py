"""Editions: what was published month by month, and what moved from one to the next."""

from gapkit.measurement.editions.moved import Move, Moved, what_moved
from gapkit.measurement.editions.record import FILE, Edition, edition_record, read_editions

__all__ = ["FILE", "Edition", "Move", "Moved", "edition_record", "read_editions", "what_moved"]
