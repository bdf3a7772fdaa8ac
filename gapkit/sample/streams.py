"""Random numbers that stay put: one independent stream per component.

A stream is keyed by its name, not by its turn, so an organisation with one killer switched off draws the same numbers
everywhere else. Comparing two runs then shows the killer and nothing but the killer (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Streams:
    """The random streams of one organisation and one of its possible histories.

    Attributes
    ----------
    seed : int
        Fixes the organisation: people, teams, severities, indicator levels.
    replicate : int
        Fixes its history: the programs and what became of them. Two replicates share the organisation.
    """

    seed: int
    replicate: int = 0

    def organisation(self, component: str) -> np.random.Generator:
        """Return the stream of a component that belongs to the organisation itself."""
        return self._generator((0, *component.encode()))

    def history(self, component: str) -> np.random.Generator:
        """Return the stream of a component that belongs to this replicate of its history."""
        return self._generator((1, self.replicate, *component.encode()))

    def _generator(self, key: tuple[int, ...]) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))
