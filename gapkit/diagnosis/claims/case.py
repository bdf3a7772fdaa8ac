"""What every claim is tested on: one engagement, its judged programs, and the committed ones that fell due."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapkit.baseline.rates import estimate_rate
from gapkit.diagnosis.claims.claim import Figure, Trial
from gapkit.diagnosis.exposure.due import Due, programs_due
from gapkit.diagnosis.indicators.at_start import TODAY, owners_at_start
from gapkit.diagnosis.indicators.draws import stream
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.diagnosis.claims.claim import About
    from gapkit.engagement import Engagement
    from gapkit.stats.intervals import Interval


@dataclass(frozen=True, eq=False)
class Case:
    """One engagement as the claims see it.

    Attributes
    ----------
    eng : Engagement
        Its tables, as known on the day of reading.
    judged : DataFrame
        Every program, from `baseline.outcomes.judge_programs`.
    due : Due
        The committed programs that fell due.
    """

    eng: Engagement
    judged: pd.DataFrame
    due: Due

    @classmethod
    def of(cls, eng: Engagement, baseline: Baseline) -> Case:
        """Return the case of an engagement whose baseline is known."""
        return cls(eng, baseline.judged, programs_due(eng, baseline))

    @property
    def settings(self) -> Settings:
        """Thresholds of the method."""
        return self.eng.config.settings

    @cached_property
    def programs(self) -> pd.DataFrame:
        """The table programs, of the programs due, indexed like `exposure.due.programs`."""
        return self.eng.programs.set_index("program_id").reindex(self.due.programs.index)

    @cached_property
    def owners(self) -> pd.DataFrame:
        """Persons answering for each program due at its planned start, and where that is known from."""
        return owners_at_start(self.eng, self.due.programs["start_on"])

    @property
    def are_owners_known_late(self) -> bool:
        """Whether owners are known only as of today for too many programs to read them as of the planned start."""
        return bool((self.owners["source"] == TODAY).mean() > self.settings.max_unknown_share)

    def rng(self, about: About) -> np.random.Generator:
        """Return a claim's own random numbers."""
        return stream(self.eng.config.seed, f"claim {about.id}")

    def seed(self, about: About) -> int:
        """Return the same as a seed."""
        return int(self.rng(about).integers(2**31))

    def rate(self, label: str, happened: pd.Series, team: pd.Series, name: str = "") -> Figure:
        """Return how often something happened in a group of programs; success unless named otherwise."""
        rate = estimate_rate(name or self.due.result_name, happened.astype("boolean"), team, self.settings,
                             period=self.due.period, missing="No program in this group.")  # fmt: skip
        return Figure(label, rate)

    def effect(self, about: About, name: str, found: Interval, n: int) -> Result:
        """Return the figure a verdict rests on."""
        return Result(name, *found, n=n, unit=about.unit, period=self.due.period, method=about.method, grade="B")

    def missing(self, about: About, why: str, exposure: str = "") -> Trial:
        """Return the trial of a claim that cannot be tested, with what would switch it on."""
        effect = not_assessable(f"{about.id}_effect", why, unit=about.unit, period=self.due.period)
        return Trial(about, self.due.outcome, exposure, (), effect)

    def thin(
        self, about: About, why: str, exposure: str, n: int, groups: tuple[Figure, ...] = (), caveats: tuple[str, ...] = ()
    ) -> Trial:
        """Return the trial of a claim with too few programs, saying how many there are and how many are needed."""
        effect = Result(
            f"{about.id}_effect", n=n, unit=about.unit, period=self.due.period, status="thin", grade="C", caveats=(why,)
        )
        return Trial(about, self.due.outcome, exposure, groups, effect, caveats=caveats)
