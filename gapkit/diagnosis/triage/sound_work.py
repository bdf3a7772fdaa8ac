"""Is the work sound: does what was promised arrive, on time and as specified? The second axis of strategy or execution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.execution import committed
from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.survey.responses import CONSTRUCTS

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement
    from gapkit.stats.intervals import FloatArray
    from gapkit.survey import Draws, Wave

CONSTRUCT: Final = "work"
NOT_ASKED: Final = "The survey's statements on the quality of the work (WRK1, WRK2) would switch this on."


@dataclass(frozen=True)
class SoundWork:
    """Whether work is sound.

    Attributes
    ----------
    rate : Result
        The rate it is judged by: ``otif_rate`` of the baseline quarters, or ``on_time_rate`` where specifications are
        hardly recorded.
    perceived : Result
        ``perceived_work``: answers on the quality of the work, 0 best to 100 worst.
    met, unknown, n : int
        Programs of the frozen plan that met the rate, whose outcome is unknown, and all.
    draws : numpy.ndarray of bool or None
        Whether work is sound, in each draw; None when not assessable.
    probability : float or None
        Share of draws in which it is.
    """

    rate: Result
    perceived: Result
    met: int
    unknown: int
    n: int
    draws: np.ndarray | None
    probability: float | None


def read_work(
    eng: Engagement, baseline: Baseline, wave: Wave | None, drawn: Draws | None, rng: np.random.Generator
) -> SoundWork:
    """Judge whether work is sound.

    Parameters
    ----------
    eng : Engagement
        Supplies the target and settings.
    baseline : Baseline
        Supplies the outcomes of the frozen plan.
    wave : Wave or None
        The survey; None without one.
    drawn : Draws or None
        The same on resampled respondents.
    rng : numpy.random.Generator
        Source of randomness.

    Notes
    -----
    Sound: OTIF + N(0, `sound_noise`) ≥ `otif_target` − `sound_margin`, with OTIF ~ Beta(x + ½, n − x + ½), and, where
    answered, the score of WRK ≤ `sound_work_score` in the same draw. Of the programs whose outcome is unknown a share drawn
    from 0 to 1 counts as met.
    """
    settings = eng.config.settings
    rate, outcome = _judged_by(baseline, settings.large_unknown_share)
    perceived = wave.results[f"perceived_{CONSTRUCT}"] if wave else not_assessable(
        f"perceived_{CONSTRUCT}", NOT_ASKED, unit="points")  # fmt: skip
    n, met, unknown = len(outcome), int(outcome.fillna(False).sum()), int(outcome.isna().sum())
    if not eng.records_delivery or n < settings.min_n_counts or unknown == n:
        return SoundWork(rate, perceived, met, unknown, n, None, None)
    replicates = settings.bootstrap_replicates
    x = met + unknown * rng.random(replicates)
    found = rng.beta(x + 0.5, n - x + 0.5) + settings.sound_noise * rng.standard_normal(replicates)
    sound = found >= eng.config.otif_target - settings.sound_margin
    if perceived.is_ok and drawn is not None:
        sound &= _score(drawn, perceived) <= settings.sound_work_score
    return SoundWork(rate, perceived, met, unknown, n, sound, float(sound.mean()))


def _judged_by(baseline: Baseline, most_unknown: float) -> tuple[Result, pd.Series]:
    """Return the rate that work is judged by and the outcomes behind it."""
    cohort = committed(baseline.judged, baseline.quarters).loc[lambda frame: frame["is_grace_over"]]
    delivered = cohort.loc[cohort["is_delivered"].fillna(False)]
    unknown = delivered["is_to_spec"].isna()
    if len(delivered) and unknown.mean() > most_unknown:
        words = (
            f"The specification of {label_count(int(unknown.sum()), 'delivered program')} is unknown: judged on time alone."
        )
        return baseline.results["on_time_rate"].with_caveats(words), cohort["is_on_time"]
    return baseline.results["otif_rate"], cohort["is_otif"]


def _score(drawn: Draws, perceived: Result) -> FloatArray:
    values = drawn.constructs[:, CONSTRUCTS.index(CONSTRUCT)]
    return np.nan_to_num(values, nan=perceived.value or 0.0)
