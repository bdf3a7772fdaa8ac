"""When each open program lands: dates and the probability of being cancelled, promised or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.measurement.forecast import wording
from gapkit.measurement.forecast.fates import STATES
from gapkit.measurement.forecast.remaining import by_age, remaining_times, watch
from gapkit.plain import plain

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

HORIZON_DAYS: Final = 91  # thirteen weeks, as the pace is carried on


@dataclass(frozen=True, slots=True)
class Landing:
    """When one program lands.

    Attributes
    ----------
    program_id, name : str
        Which.
    compared_by : {"days left", "age"}
        By what past programs were chosen: days left to the promised day, or age where there is none.
    days_left : int or None
        To the promised day with grace, negative once past; None where there is none.
    state : str
        ``started``, ``not started`` or empty.
    p50_on, p85_on : date or None
        By when half and 85 % of such programs landed, if not cancelled; None where not reached in the time watched, or
        where there is too little data.
    seen_until_on : date or None
        How far such programs were watched: a date not reached is later than this. None with too little data.
    p_cancelled : float or None
        Probability of being cancelled by then.
    n_pool : int
        Past programs it rests on; 0 with too little data.
    sentence : str
        All that in words.
    """

    program_id: str
    name: str
    compared_by: str
    days_left: int | None
    state: str
    p50_on: dt.date | None
    p85_on: dt.date | None
    seen_until_on: dt.date | None
    p_cancelled: float | None
    n_pool: int
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = plain(self)
        return data


def find_landings(judged: pd.DataFrame, fates: pd.DataFrame, config: EngagementConfig, as_of: dt.date) -> pd.DataFrame:
    """Return when every open program lands.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    fates : DataFrame
        From `fates.read_fates`.
    config : EngagementConfig
        Supplies thresholds.
    as_of : date
        The day.

    Returns
    -------
    DataFrame
        Indexed by program_id: name, state, compared_by, days_left, p50_on, p85_on, seen_until_on, p_cancelled, p_landed
        (within 13 weeks), n_pool, has_p85 (whether there is data enough for the late date), why_not (why there are no
        dates; empty where there are).
    """
    is_promise = fates["is_promise"]
    origin = judged["committed_at"].fillna(judged["actual_start"]).fillna(judged["frozen_start"])
    born = (origin - pd.Timestamp(as_of)).dt.days.astype("float64")
    with_promise = _landings(fates.loc[is_promise], "days left", config)
    by_birth = _landings(by_age(fates, born), "age", config)
    others = by_birth.loc[~is_promise.reindex(by_birth.index)]
    found = pd.concat([part for part in (with_promise, others) if len(part)] or [with_promise])
    today = pd.Timestamp(as_of)
    dates = {
        column: today + pd.to_timedelta(np.ceil(found[days].where(np.isfinite(found[days]))), unit="D")
        for column, days in {"p50_on": "p50_days", "p85_on": "p85_days", "seen_until_on": "seen_days"}.items()
    }
    return pd.DataFrame({
        "name": judged["name"].reindex(found.index),
        "state": found["state"].map(dict(enumerate(STATES))),
        "compared_by": found["compared_by"],
        "days_left": found["days_left"].where(found["compared_by"] == "days left"),
        **dates,
        "p_cancelled": found["p_cancelled"], "p_landed": found["p_landed"], "n_pool": found["n_pool"].astype(int),
        "has_p85": found["p85_days"].notna(),
        "why_not": pd.Series(wording.landing_needs(config.settings), index=found.index).where(found["n_pool"].eq(0), ""),
    })  # fmt: skip


def _landings(fates: pd.DataFrame, compared_by: str, config: EngagementConfig) -> pd.DataFrame:
    """Return what is left for the open ones among programs on one clock."""
    mine = fates.loc[fates["is_open"] & fates["limit"].notna() & (fates["promised"] <= 0)]
    places = pd.DataFrame({"days_left": mine["limit"].astype(int), "state": mine["state"]})
    found = remaining_times(places, watch(fates, config.settings), config.settings, HORIZON_DAYS)
    return places.join(found).assign(compared_by=compared_by)


def landing_of(row: pd.Series, as_of: dt.date) -> Landing:
    """Return one row of `find_landings` as an object with its sentence."""
    p50, p85, seen = (None if pd.isna(row[name]) else row[name].date() for name in ("p50_on", "p85_on", "seen_until_on"))
    return Landing(
        program_id=str(row.name),
        name="" if pd.isna(row["name"]) else str(row["name"]),
        compared_by=str(row["compared_by"]),
        days_left=None if pd.isna(row["days_left"]) else int(row["days_left"]),
        state=str(row["state"]),
        p50_on=p50, p85_on=p85, seen_until_on=seen,
        p_cancelled=None if pd.isna(row["p_cancelled"]) else float(row["p_cancelled"]),
        n_pool=int(row["n_pool"]),
        sentence=wording.landing_sentence(p50, p85, seen, row, as_of),
    )  # fmt: skip
