"""A backtest: the times of the second baseline quarter predicted from the traces of the first, no lever pulled.

Shown before any promise: an engine that cannot foretell a quarter in which nothing changed has nothing to say of one in
which something did. Passing is no proof; with few programs the prediction is wide and hard to fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from gapkit.baseline.execution import committed
from gapkit.labels import label_count, label_days, label_list, label_number
from gapkit.plain import plain
from gapkit.redesign.what_if.judging import TIMES
from gapkit.redesign.what_if.offsets import kaplan_meier_quantile
from gapkit.redesign.what_if.resampling import REPLICATES, Resampler
from gapkit.redesign.what_if.traces import read_traces
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement

LEVEL: Final = 0.90
Verdict = Literal["held", "failed", "not possible"]


@dataclass(frozen=True, slots=True)
class Foretold:
    """One figure of the second quarter.

    Attributes
    ----------
    observed : float
        As it came, in days.
    low, high : float
        Prediction interval from the first quarter's traces: 90 % for all figures together (Bonferroni).
    """

    observed: float
    low: float
    high: float

    @property
    def is_inside(self) -> bool:
        """Whether it came as foretold."""
        return self.low <= self.observed <= self.high


@dataclass(frozen=True, slots=True)
class Backtest:
    """The backtest of an engagement.

    Attributes
    ----------
    verdict : str
        ``held``: everything foretold came inside its interval; ``failed``; ``not possible``.
    from_quarter, to_quarter : str
        Whose traces foretold whose times.
    n_from, n_to : int
        Programs of each.
    figures : mapping of str to Foretold
        By result name; only those with data enough.
    sentence : str
        All that in words.
    """

    verdict: Verdict
    from_quarter: str
    to_quarter: str
    n_from: int
    n_to: int
    figures: Mapping[str, Foretold]
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = plain(self)
        return data


def backtest(eng: Engagement, baseline: Baseline) -> Backtest:
    """Foretell the second baseline quarter's times from the first.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Of the same engagement.

    Notes
    -----
    Programs of the first quarter are drawn again (they are a sample), then as many as the second quarter has are drawn from
    them; the middle of the medians of 1,000 such samples is the prediction. Observed is the Kaplan-Meier median of the
    second quarter, its unfinished programs censored. The 85th percentile likewise, where there are programs enough.
    """
    first, second = baseline.quarters[0], baseline.quarters[-1]
    if first == second or not eng.has("stage_visits"):
        return _impossible(first, second, "Two baseline quarters and stage history are needed.")
    cohorts = [committed(baseline.judged, (quarter,)) for quarter in (first, second)]
    traces = read_traces(eng, cohorts[0], seed=eng.config.seed)
    if not traces.versions:
        return _impossible(first, second, f"No program of {first} has stage history.")
    resampler = Resampler(traces, eng.config.grace_days, seed=eng.config.seed)
    n_from = int(np.unique(traces.program).size)
    later = read_traces(eng, cohorts[1], seed=eng.config.seed, versions=1)
    days, through = _observed(later.programs.loc[later.programs["is_traced"]], eng)
    settings = eng.config.settings
    least = {0.5: (settings.min_n_median, settings.min_deliveries_median),
             0.85: (settings.min_n_p85, settings.min_deliveries_p85)}  # fmt: skip
    observed = {name: kaplan_meier_quantile(days, through, share) for name, share in TIMES.items()
                if min(n_from, len(days)) >= least[share][0] and through.sum() >= least[share][1]}  # fmt: skip
    reached = {name: value for name, value in observed.items() if np.isfinite(value)}
    everyone = np.ones(len(traces.programs), dtype=bool)
    figures = {}
    for name, value in reached.items():
        drawn = resampler.quantiles(everyone, TIMES[name], len(days), REPLICATES, eng.config.seed)
        tail = (1 - LEVEL) / 2 / len(reached)
        low, high = np.quantile(drawn, [tail, 1 - tail])
        figures[name] = Foretold(value, float(low), float(high))
    if not figures:
        counts = f"{label_count(n_from, 'program')} of {first} and {len(days)} of {second}"
        why = f"{counts} have traces; {settings.min_n_median} are needed."
        return _impossible(first, second, why)
    verdict: Verdict = "held" if all(figure.is_inside for figure in figures.values()) else "failed"
    return Backtest(verdict, first, second, n_from, len(days), figures, _sentence(verdict, first, second, figures))


def _observed(programs: Any, eng: Engagement) -> tuple[np.ndarray, np.ndarray]:
    """Return days from commitment to market, or to the last day watched, and whether the market was reached."""
    ended = programs["actual_end"].fillna(programs["cancelled_at"]).fillna(np.datetime64(eng.as_of, "us"))
    days = (ended - programs["committed_at"]).dt.days.to_numpy(float)
    known = np.isfinite(days) & ~(programs["is_done"].to_numpy() & programs["actual_end"].isna().to_numpy())
    return np.maximum(days[known], 0.5), programs["is_done"].to_numpy()[known]


def _impossible(first: str, second: str, why: str) -> Backtest:
    sentence = f"No backtest is possible, so no change is promised. {why}"
    return Backtest("not possible", first, second, 0, 0, {}, sentence)


def _sentence(verdict: Verdict, first: str, second: str, figures: Mapping[str, Foretold]) -> str:
    told = [
        f"{name_of(name)} {label_days(one.observed)} against {label_number(one.low)} to {label_number(one.high)} foretold"
        for name, one in figures.items()
    ]
    held = "came as foretold" if verdict == "held" else "did not come as foretold"
    end = "" if verdict == "held" else " The changes below are therefore no promise."
    return f"{second} {held} from the traces of {first}: {label_list(told)} (prediction at 90 % for all of it).{end}"
