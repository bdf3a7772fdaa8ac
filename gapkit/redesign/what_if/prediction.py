"""What is said about a lever: its changes with their intervals, or one sentence why nothing can be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import stats

from gapkit.labels import label_count, label_number, label_pp
from gapkit.plain import plain, results_to_dict
from gapkit.redesign.what_if.judging import RATES, TIMES
from gapkit.redesign.what_if.levers import Pull
from gapkit.results import Result, Unit

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.redesign.what_if.resampling import Change
    from gapkit.redesign.what_if.work_clock import Floats

LEVEL: Final = 0.90
RESAMPLED: Final = "traces of observed programs resampled with the lever and without, 90 % interval"
SIMULATED: Final = "queue before sign-offs simulated with the lever and without, 90 % interval"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What pulling one lever, or several together, would change.

    Attributes
    ----------
    pulls : tuple of Pull
        What is pulled.
    name : str
        In the reader's words.
    engine : str
        ``resampling``, ``queue`` or ``association``; empty where refused.
    refused : str
        Why nothing can be said; empty where something can.
    changes : mapping of str to Result
        By result name of what changes (execution_rate, on_time_rate, otif_rate, time_to_market_median_days,
        time_to_market_p85_days; for a weekly forum decision_latency_days): with the lever less without, unit ``pp`` (a
        share) or ``days``, 90 % interval.
    is_promise : bool
        Whether it may become a target: estimated by an engine whose check held, after a backtest that held.
    caveats : tuple of str
        What a reader must know.
    """

    pulls: tuple[Pull, ...]
    name: str
    engine: str
    refused: str
    changes: Mapping[str, Result]
    is_promise: bool
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What would change, in words."""
        if self.refused:
            return f"{self.name}: nothing is predicted. {self.refused}"
        told = [text for name, result in self.changes.items() if (text := _told(name, result))]
        return f"{self.name}: {'; '.join(told) if told else 'too little data to say what would change'}."

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `what_if` of `redesign.json` holds it."""
        return {
            "levers": [plain(pull) for pull in self.pulls],
            "name": self.name,
            "engine": self.engine,
            "refused": self.refused,
            "changes": results_to_dict(self.changes),
            "is_promise": self.is_promise,
            "sentence": self.sentence,
            "caveats": list(self.caveats),
        }


_WORDS: Final = {
    "execution_rate": "execution rate",
    "on_time_rate": "on-time rate",
    "time_to_market_median_days": "median time-to-market",
    "otif_rate": "on time and to spec",
    "decision_latency_days": "median time to a decision",
}


def _told(name: str, result: Result) -> str:
    if name not in _WORDS or result.value is None or result.low is None or result.high is None:
        return ""
    if result.unit == "pp":
        return f"{_WORDS[name]} {label_pp(result.value)} (90 % interval {label_pp(result.low)} to {label_pp(result.high)})"
    value, low, high = (label_number(number) for number in (result.value, result.low, result.high))
    return f"{_WORDS[name]} {value} days ({low} to {high})"


def refuse(pulls: Sequence[Pull], name: str, why: str) -> Prediction:
    """Return the prediction that says why there is none."""
    return Prediction(tuple(pulls), name, "", why, {}, is_promise=False, caveats=())


def resampled_results(changes: Mapping[str, Change], delivered: int, settings: Settings, period: str) -> dict[str, Result]:
    """Return changes found by resampling as results.

    Parameters
    ----------
    changes : mapping of str to Change
        From `Resampler.changes`.
    delivered : int
        Delivered programs among them.
    settings : Settings
        Minimum numbers.
    period : str
        What time they speak of.

    Notes
    -----
    Where no program, or hardly any, crosses its date, the bootstrap knows no other programs than those and is too sure: the
    interval of a rate is therefore widened to that of Jeffreys for as many crossings of as many programs.
    """
    found = {}
    for name in RATES:
        change = changes[name]
        low, high = _limits(change.draws)
        if np.isfinite(change.value):
            floor, ceiling = _jeffreys(change.value * change.n, change.n)
            low, high = min(low, floor), max(high, ceiling)
        found[name] = _result(name, change.value, low, high, change.n, delivered, settings, period, RESAMPLED)
    for name in TIMES:
        change = changes[name]
        found[name] = _result(name, change.value, *_limits(change.draws), change.n, delivered, settings, period, RESAMPLED)
    return found


def simulated_results(
    changes: Mapping[str, Floats], n: int, delivered: int, share: float, settings: Settings, period: str
) -> dict[str, Result]:
    """Return changes found by simulation as results.

    Parameters
    ----------
    changes : mapping of str to array
        From `Simulation.changes`: one value per replication, each a bootstrap sample of programs.
    n, delivered : int
        Programs of the cohort, and delivered ones among them.
    share : float
        Share of the cohort that has a trace; the others never started and gain nothing in the rates.
    settings, period
        As in `resampled_results`.

    Notes
    -----
    Mean ± t · sd over the replications; their spread holds the sampling of programs and the chance of the queue.
    """
    found = {}
    for name, draws in changes.items():
        known = draws[np.isfinite(draws)] * (share if name in RATES else 1.0)
        if len(known) < len(draws) / 2:
            known = np.array([])
        value = float(known.mean()) if len(known) else float("nan")
        reach = float(stats.t.ppf((1 + LEVEL) / 2, len(known) - 1) * known.std(ddof=1)) if len(known) else float("nan")
        low, high = value - reach, value + reach
        if name in RATES and np.isfinite(value):
            floor, ceiling = _jeffreys(abs(value) * n, n)
            low, high = (min(low, floor), max(high, ceiling)) if value >= 0 else (min(low, -ceiling), max(high, -floor))
        found[name] = _result(name, value, low, high, n, delivered, settings, period, SIMULATED)
    return found


def _limits(draws: Floats) -> tuple[float, float]:
    known = draws[np.isfinite(draws)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _jeffreys(crossed: float, n: int) -> tuple[float, float]:
    """Return the limits of the share of programs that cross their date; crossings may be fractions."""
    tails = np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    low, high = np.asarray(stats.beta.ppf(tails, crossed + 0.5, n - crossed + 0.5))
    return (0.0 if crossed == 0 else float(low)), float(high)


def _result(
    name: str, value: float, low: float, high: float, n: int, delivered: int, settings: Settings, period: str, method: str
) -> Result:
    """Return a change as a result; thin below the minimum numbers, of which a late quantile needs more."""
    is_rate = name in RATES
    unit: Unit = "pp" if is_rate else "days"
    least, deliveries = {
        "time_to_market_median_days": (settings.min_n_median, settings.min_deliveries_median),
        "time_to_market_p85_days": (settings.min_n_p85, settings.min_deliveries_p85),
    }.get(name, (settings.min_n_rate, 0))
    full = f"{name}_change"
    if n < least or delivered < deliveries or not np.isfinite(value):
        words = f"{label_count(n, 'program')}, {delivered} of them delivered; {least} and {deliveries} are needed."
        return Result(full, level=LEVEL, n=n, unit=unit, period=period, status="thin", grade="C", caveats=(words,))
    return Result(full, value, low, high, level=LEVEL, n=n, unit=unit, period=period, method=method, grade="B")
