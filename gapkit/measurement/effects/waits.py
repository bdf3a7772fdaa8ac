"""Waits at the places that the redesign changes: how long they last before and after, over the same mix of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_count, label_list, label_number
from gapkit.measurement.agreed import NONE_AGREED
from gapkit.measurement.effects.draft import NOT_COMPARED, Draft, no_difference
from gapkit.measurement.effects.needed import least_needed
from gapkit.measurement.effects.restricted import common_horizon
from gapkit.results import Result, not_assessable
from gapkit.stats.clustered_rmst import Sample, StratifiedDifference, stratified_mean_difference
from gapkit.stats.kaplan_meier import kaplan_meier

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects.places import PlacedWaits

NAME: Final = "wait_days"
NO_WAITS: Final = "No wait at a redesigned place is on record in this window; stage_visits or handoffs would switch it on."
NO_PAIR: Final = "No place has enough waits on both sides."
FEW_PROGRAMS: Final = "The waits are of too few programs for an interval."
Pair = tuple[Sample, Sample]
SAME_DAY: Final = 0.5  # a wait that ended on the day it began still took time


def waits(comparison: Comparison, found: PlacedWaits) -> list[Draft]:
    """Compare the restricted mean wait at the redesigned places, together and place by place."""
    sides = comparison.before, comparison.after
    if not found.places:
        none = [not_assessable(NAME, NONE_AGREED, unit="days", period=side.period) for side in sides]
        return [Draft(NAME, none[0], none[1], no_difference(none[0], none[1], "days"), better=-1)]
    names = [place.place for place in found.places]
    together = _compare(NAME, found, names, comparison)
    details = [_compare(f"{NAME}:{name}", found, [name], comparison) for name in names]
    return [together, *details]


def _compare(measure: str, found: PlacedWaits, names: list[str], comparison: Comparison) -> Draft:
    """Compare some places; those that cannot be compared are left out and named."""
    sides, settings = (comparison.before, comparison.after), comparison.config.settings
    frames = [frame.loc[frame["place"].isin(names)] for frame in (found.before, found.after)]
    count = Result(measure, n=len(frames[1]), status="thin")
    needed = least_needed(count, settings.min_n_compared, sides[1].start, sides[1].end, noun="wait")
    pairs = {name: _pair(frames, name) for name in names if all(_is_enough(frame, name, settings) for frame in frames)}
    pairs, tau = _watched(pairs, settings.wait_horizon_bdays)
    estimate = _estimate(list(pairs.values()), tau) if pairs else None
    if estimate is None:
        before, after = (_alone(measure, frame, names, side, settings) for frame, side in zip(frames, sides, strict=True))
        why = [NO_PAIR] if before.is_ok and after.is_ok else []
        return Draft(measure, before, after, no_difference(before, after, "days", *why), better=-1, needed=needed)
    shown = [frame.loc[frame["place"].isin(pairs)] for frame in frames]
    before, after = (
        _mean(measure, limits, frame, side, tau)
        for limits, frame, side in zip((estimate.before, estimate.after), shown, sides, strict=True)
    )
    difference = Result(
        f"{measure}_difference", estimate.value, estimate.low, estimate.high, n=after.n, unit="days", period=after.period,
        method=f"difference of mean waits (business days, Kaplan–Meier up to {label_number(tau)}), the same mix of places "
        "on both sides, waits of one program alike",
        caveats=(*found.caveats, *_left_out([name for name in names if name not in pairs])),
    )  # fmt: skip
    return Draft(measure, before, after, difference, estimate.p_value, -1, None, needed)


def _mean(measure: str, limits: tuple[float, float, float], frame: pd.DataFrame, side: Side, tau: float) -> Result:
    """Return the mean wait of one side."""
    ended = int((~frame["is_open"].astype(bool)).sum())
    return Result(measure, *limits, n=len(frame), events=ended, unit="days", period=side.period, grade="B",
                  method=f"mean wait within the first {label_number(tau)} business days")  # fmt: skip


def _alone(measure: str, frame: pd.DataFrame, names: list[str], side: Side, settings: Settings) -> Result:
    """Return a side that cannot be compared: its own figure where it has the waits, else why it has none."""
    enough = {name: (_sample(frame, name),) * 2 for name in names if _is_enough(frame, name, settings)}
    if not enough:
        return _thin(measure, frame, side, settings)
    kept, tau = _watched(enough, settings.wait_horizon_bdays)
    shown = frame.loc[frame["place"].isin(kept)]
    estimate = _estimate(list(kept.values()), tau)
    if estimate is None:
        return Result(measure, n=len(shown), unit="days", period=side.period, status="thin", grade="C",
                      caveats=(FEW_PROGRAMS,))  # fmt: skip
    return _mean(measure, estimate.before, shown, side, tau).with_caveats(NOT_COMPARED)


def _watched(pairs: dict[str, Pair], horizon: float) -> tuple[dict[str, Pair], float]:
    """Return the places watched for at least half the horizon, or all where none is, and the horizon they share.

    One place with short watching would else shorten what is seen of all the others.
    """
    own = {
        name: common_horizon([kaplan_meier(side.time, side.event, start_at_risk=1) for side in pair], horizon)
        for name, pair in pairs.items()
    }
    kept = [name for name, reach in own.items() if reach >= horizon / 2] or list(own)
    return {name: pairs[name] for name in kept}, min((own[name] for name in kept), default=horizon)


def _left_out(places: list[str]) -> tuple[str, ...]:
    return (f"Left out, with too few waits, or watched too briefly, on one side: {label_list(places)}.",) if places else ()


def _is_enough(frame: pd.DataFrame, name: str, settings: Settings) -> bool:
    """Return whether a place has the waits, and the ended ones, that a time needs."""
    mine = frame.loc[frame["place"].eq(name)]
    ended = int((~mine["is_open"].astype(bool)).sum())
    return len(mine) >= settings.min_n_compared and ended >= settings.min_at_risk


def _pair(frames: list[pd.DataFrame], name: str) -> Pair:
    before, after = (_sample(frame, name) for frame in frames)
    return before, after


def _sample(frame: pd.DataFrame, name: str) -> Sample:
    mine = frame.loc[frame["place"].eq(name)]
    return Sample(np.maximum(mine["wait_bdays"].to_numpy(float), SAME_DAY), ~mine["is_open"].to_numpy(bool),
                  mine["program_id"].to_numpy(object))  # fmt: skip


def _estimate(samples: list[tuple[Sample, Sample]], tau: float) -> StratifiedDifference | None:
    try:
        return stratified_mean_difference(samples, tau)
    except ValueError:  # all waits are of one or two programs
        return None


def _thin(measure: str, frame: pd.DataFrame, side: Side, settings: Settings) -> Result:
    """Return a side without a figure: nothing on record, or too few waits."""
    if frame.empty:
        return not_assessable(measure, NO_WAITS, unit="days", period=side.period)
    words = f"{label_count(len(frame), 'wait')}; at one place {settings.min_n_compared} are needed on either side."
    return Result(measure, n=len(frame), unit="days", period=side.period, status="thin", grade="C", caveats=(words,))
