"""Effects: each measure before and after, with its interval and its verdict."""

from gapkit.measurement.effects.effect import Effect

__all__ = ["Effect"]
