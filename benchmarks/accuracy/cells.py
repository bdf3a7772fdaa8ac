"""The cells of the validation: what is planted, at what scale, and what is measured there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from gapkit.sample import Arguments
from gapkit.vocabulary import KILLERS

SCALES: Final = ("smb", "mid", "enterprise")
# What is measured, in the order of the report.
PARTS: Final = ("killers", "places", "rates", "attribution", "triage", "claims")

# What docs/method.md asks of an organisation before its killers are ranked.
FEWEST_PROGRAMS: Final = 40
FEWEST_ANSWERS: Final = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """Organisations of one kind.

    Attributes
    ----------
    name : str
        How the cell is asked for.
    note : str
        What is in it, in words for the table.
    parts : tuple of str
        What is measured, of `PARTS`.
    planted : str
        ``one``, ``two`` or ``some`` killers drawn by the seed, ``none``, or the word of a killer.
    level : str
        ``strong`` or ``moderate``.
    scale, world : str
        As in `gapkit.sample.Arguments`.
    """

    name: str
    note: str
    parts: tuple[str, ...]
    planted: str = "none"
    level: str = "strong"
    scale: str = "mid"
    world: str = "default"

    def arguments(self, number: int, seed: int) -> Arguments:
        """Return the arguments of one of its organisations; another seed makes others of every number."""
        rng = np.random.default_rng([seed, number, *self.name.encode()])
        return Arguments(
            seed=int(rng.integers(2**31)), scale=self.scale, world=self.world, killers=self._killers(number, rng)
        )

    @property
    def is_held(self) -> bool:
        """Whether the killers planted must be found: strong ones, in organisations of a size that can have enough data."""
        return (
            self.planted not in ("none", "some")
            and self.level == "strong"
            and self.scale != "smb"
            and "killers" in self.parts
        )

    def is_fit(self, trial: Mapping[str, Any]) -> bool:
        """Return whether an organisation has what finding a strong killer is held against: 40 programs and 12 answers."""
        return not self.is_held or (trial["programs"] >= FEWEST_PROGRAMS and trial["respondents"] >= FEWEST_ANSWERS)

    def _killers(self, turn: int, rng: np.random.Generator) -> dict[str, Any]:
        if self.planted == "some":
            # Each killer for itself: none two times in four, else moderate or strong.
            return dict(
                zip(KILLERS, rng.choice(["none", "none", "moderate", "strong"], len(KILLERS)).tolist(), strict=True)
            )
        number = {"none": 0, "one": 1, "two": 2}.get(self.planted)
        if number is None:
            return {self.planted: self.level}
        # In turn, so that every killer is planted as often as any other.
        chosen = [KILLERS[(turn + step) % len(KILLERS)] for step in (0, 1 + turn // len(KILLERS) % 4)][:number]
        return dict.fromkeys(chosen, self.level)


_SHORT: Final = {
    "misalignment": "misalignment", "structural_bottlenecks": "bottlenecks", "unclear_ownership": "ownership",
    "poor_tooling": "tooling", "feedback_loop_failure": "feedback",
}  # fmt: skip

CELLS: Final = (
    *(
        Cell(f"strong-{_SHORT[killer]}", f"mid: {killer.replace('_', ' ')} strong", ("killers",), killer)
        for killer in KILLERS
    ),
    Cell("strong-two", "mid: two killers strong", ("killers",), "two"),
    Cell("moderate", "mid: one killer moderate", ("killers",), "one", "moderate"),
    Cell(
        "some", "mid: each killer none, moderate or strong", ("killers", "places", "rates", "attribution", "claims"), "some"
    ),
    Cell("none", "mid: no killer", ("killers",), world="no_killer"),
    Cell("discontent", "mid: no killer, general discontent", ("killers",), world="discontent"),
    Cell("smb", "smb: one killer strong", ("killers", "rates"), "one", scale="smb"),
    Cell("enterprise", "enterprise: one killer strong", ("killers", "rates"), "one", scale="enterprise"),
    Cell("triage-execution", "mid: execution-limited", ("triage",), "two"),
    Cell("triage-strategy", "mid: strategy-limited", ("triage",), world="strategy_limited"),
    Cell("triage-both", "mid: limited by both", ("triage",), "two", world="both"),
    Cell("triage-neither", "mid: limited by neither", ("triage",), world="neither"),
)
