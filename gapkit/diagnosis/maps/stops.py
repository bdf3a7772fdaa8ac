"""The way programs took through their stages: how long visits lasted against what was allowed, and what transitions cost.

A *stop* is what a program does at one stage in one go: the wait for it and the work in it. A *transition* leads from one
stop to the next; the days lost at it are those the second stage let the program wait too long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.calendar import midnight
from gapkit.diagnosis.maps.waits import measure_waits, ranked_losses
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import Settings
    from gapkit.engagement import Engagement

START: Final = "start"  # what comes before the first stage
OTHERS: Final = "other transitions"
PAIR: Final = ["from_stage", "to_stage"]


def timed_visits(eng: Engagement, ended: pd.Series, start: dt.date) -> pd.DataFrame:
    """Return stage visits in the order in which they happened, each with its stop and with how long it lasted.

    Parameters
    ----------
    eng : Engagement
        Supplies stage visits, the written process, calendar and settings.
    ended : Series of datetime64
        Day on which each program was delivered or cancelled, by program_id; an open visit ends with its program.
    start : date
        First day of the window.

    Returns
    -------
    DataFrame
        - program_id, stage, kind, entered_at, left_at, returned, sla_days: as recorded, forgotten ends filled in;
        - stop (running number), from_stage (stage of the stop before, ``start`` for the first), is_first (first time this
          program is at this stage), opens_stop (first visit of its stop);
        - is_wait: not work and not rework; in_window: entered in the window;
        - the columns of `maps.waits.measure_waits`. Allowed is what was agreed for the visit; else, for the wait before a
          documented step, the longest wait foreseen for it; else the usual `default_sla_bdays`.
    """
    visits = eng.stage_visits
    kept = ["program_id", "stage", "kind", "entered_at", "left_at", "returned", "sla_days"]
    left = visits["left_at"].fillna(_end_of_program(visits, ended))
    frame = visits.assign(left_at=left)[kept]
    frame = frame.iloc[_order(frame)].reset_index(drop=True)
    allowed = _allowed(frame, eng)
    waits = measure_waits(frame["entered_at"], frame["left_at"], allowed, eng.config, eng.as_of)
    first_moment = midnight(start, visits["entered_at"].dt.tz)
    return frame.assign(
        **_stops(frame),
        is_wait=~frame["kind"].isin(ACTIVE_KINDS),
        in_window=frame["entered_at"] >= first_moment,
        **waits,
    )


def _order(visits: pd.DataFrame) -> np.ndarray:
    """Return the order by program and time; other columns settle ties, so that the order of the file changes nothing."""
    names = [pd.factorize(visits[column], sort=True)[0] for column in ("kind", "stage", "program_id")]
    entered, left = (visits[column].astype("int64").to_numpy() for column in ("entered_at", "left_at"))
    is_open = visits["left_at"].isna().to_numpy()
    return np.lexsort((names[0], names[1], left, is_open, entered, names[2]))


def _end_of_program(visits: pd.DataFrame, ended: pd.Series) -> pd.Series:
    """Return the moment at which each visit's program ended, never before the visit began; missing for open ones."""
    over = pd.Series(ended.reindex(visits["program_id"]).to_numpy("datetime64[us]"), index=visits.index)
    moment = over.dt.tz_localize(visits["entered_at"].dt.tz, nonexistent="shift_forward", ambiguous=True)
    return moment.where(~(moment < visits["entered_at"]), visits["entered_at"])


def _allowed(visits: pd.DataFrame, eng: Engagement) -> pd.Series:
    """Return the business days each visit may last."""
    steps = eng.process_steps.dropna(subset=["max_wait_bdays"]).sort_values("max_wait_bdays")
    foreseen = steps.drop_duplicates(["type", "step"], keep="last").set_index(["type", "step"])["max_wait_bdays"]
    types = visits["program_id"].map(eng.programs.set_index("program_id")["type"])
    places = pd.MultiIndex.from_arrays([types, visits["stage"]])
    before_step = pd.Series(foreseen.reindex(places).to_numpy(float), index=visits.index).where(visits["kind"] == "wait")
    return visits["sla_days"].fillna(before_step).fillna(eng.config.settings.default_sla_bdays)


def _stops(visits: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns stop, from_stage, is_first and opens_stop."""
    program, stage = visits["program_id"], visits["stage"]
    opens = program.ne(program.shift()) | stage.ne(stage.shift())
    stop = opens.cumsum()
    first = visits.loc[opens, ["program_id", "stage"]]
    before = first["stage"].shift().where(first["program_id"].eq(first["program_id"].shift()), START)
    is_first = ~first.duplicated()
    place = stop.to_numpy() - 1
    return {
        "stop": stop,
        "from_stage": before.iloc[place].set_axis(visits.index),
        "is_first": is_first.iloc[place].set_axis(visits.index),
        "opens_stop": opens,
    }


def lost_by_transition(visits: pd.DataFrame, settings: Settings, *, seed: int) -> pd.DataFrame:
    """Return the days lost at each transition from one stage to the next, the costliest first.

    Parameters
    ----------
    visits : DataFrame
        From `timed_visits`.
    settings : Settings
        Minimum n and bootstrap size.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        Columns from_stage, to_stage and those of `maps.waits.ranked_losses`, over visits in waiting, approval, blocked or
        external time that began in the window. Transitions of fewer than five programs are gathered in a last row.
    """
    waiting = visits.loc[visits["is_wait"] & visits["in_window"]].rename(columns={"stage": "to_stage"})
    few = waiting.groupby(PAIR)["program_id"].transform("nunique") < settings.min_n_counts
    gathered = waiting.assign(**{column: waiting[column].mask(few, OTHERS) for column in PAIR})
    return ranked_losses(gathered, PAIR, ~few, settings, seed=seed)
