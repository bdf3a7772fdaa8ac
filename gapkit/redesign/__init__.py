"""The redesign of days 31 to 60: what to work on first, read off where time and plans are lost."""

from gapkit.redesign.redesign import Redesign, redesign

__all__ = ["Redesign", "redesign"]
