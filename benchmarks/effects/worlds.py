"""The worlds of the validation: what changed between baseline and measure window, and what merely seems to have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from gapkit.calendar import previous_quarter
from gapkit.sample import WORLDS, Arguments
from gapkit.vocabulary import KILLERS

# Two quarters of baseline, one between, one after; what is told before the baseline is history.
LONG = 8
# Public holidays move rates by about a point. Against the two quarters of baseline before it, this one has the least of it.
AFTER: Final = "2026Q4"


@dataclass(frozen=True, slots=True)
class World:
    """Organisations of one kind.

    Attributes
    ----------
    name : str
        How the world is asked for.
    note : str
        What is in it, in words for the table.
    setting : str
        A name of `gapkit.sample.WORLDS`.
    improvement : float
        Rise of the execution rate planted, as a share; 0 where nothing changed.
    quarters : int
        Quarters told of; four of them are baseline, the one between and the one after.
    scale : str
        As in `gapkit.sample.Arguments`.
    """

    name: str
    note: str
    setting: str = "default"
    improvement: float = 0.0
    quarters: int = LONG
    scale: str = "mid"

    def arguments(self, number: int, seed: int) -> Arguments:
        """Return the arguments of one of its organisations; another seed makes others of every number."""
        rng = np.random.default_rng([seed, number, *self.name.encode()])
        # Each killer for itself: none two times in four, else moderate or strong, so that baselines differ as clients' do.
        drawn = dict(zip(KILLERS, rng.choice(["none", "none", "moderate", "strong"], len(KILLERS)).tolist(), strict=True))
        return Arguments(
            seed=int(rng.integers(2**31)), scale=self.scale, world=self.setting, improvement=self.improvement,
            first_quarter=previous_quarter(AFTER, self.quarters - 1), quarters=self.quarters,
            killers=drawn if WORLDS[self.setting].takes_killers else {},
        )  # fmt: skip

    @property
    def is_null(self) -> bool:
        """Whether nothing changed."""
        return not self.improvement

    @property
    def corrected_by(self) -> str | None:
        """The explanation whose figure must hold zero where the world moves the crude one off it; None elsewhere."""
        return {"regression_to_mean": "regression_to_mean", "case_mix_shift": "case_mix"}.get(self.setting)


ALL: Final = (
    World("no-change", "mid: no change"),
    World("regression", "mid: regression to the mean", "regression_to_mean"),
    World("case-mix", "mid: case-mix shift", "case_mix_shift"),
    World("follow-up", "mid: longer follow-up", "longer_follow_up"),
    World("finished-only", "mid: finished only", "finished_only"),
    World("ten", "mid: +10 points", improvement=0.1),
    World("twenty", "mid: +20 points", improvement=0.2),
)
