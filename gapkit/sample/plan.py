"""What is promised and when: the commitments of each quarter, what is added to them, and what comes up unplanned.

Work is committed shortly before or at the start of its quarter, a few commitments are added after the plan was frozen, and
unplanned work arrives all the time. How long work really needs is drawn here; what is promised is shorter (optimism).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.calendar import next_quarter, quarter_end, quarter_of_date, quarter_start
from gapkit.sample import catalogue
from gapkit.sample.arguments import WARM_UP_QUARTERS, Arguments
from gapkit.sample.clock import HOURS, Clock, Floats, Ints
from gapkit.sample.frame import Frame
from gapkit.sample.streams import Streams

PLANNED, ADDED, UNPLANNED = "planned", "added", "unplanned"
ADDED_SHARE: Final = 0.08
FREEZE_BDAYS: Final = 5
WORKDAYS_PER_DAY: Final = 5 / 7
# Median calendar days a program really needs, and the spread of its logarithm.
NEEDED_DAYS: Final = {PLANNED: 45.0, ADDED: 30.0, UNPLANNED: 18.0}
NEEDED_SPREAD: Final = 0.5
SHORTEST_BDAYS, LONGEST_BDAYS = 5, 80


def make_clock(arguments: Arguments) -> Clock:
    """Return the clock of an organisation, long enough for its last program to end."""
    first = quarter_start(next_quarter(arguments.first_quarter, -WARM_UP_QUARTERS - 2))
    last = arguments.read_on.replace(year=arguments.read_on.year + 3, day=1)
    return Clock.between(first, last, arguments.weekmask, arguments.holidays, arguments.tz)


def make_plan(
    arguments: Arguments, frame: Frame, parameters: dict[str, float], clock: Clock, streams: Streams
) -> pd.DataFrame:
    """Return what is promised or started, one row per program.

    Returns
    -------
    DataFrame
        quarter (the label of the quarter it belongs to), is_after (the quarter after the redesign), origin (planned, added,
        unplanned), type and team (indices into the frame), needed_hours, commit_h (NaN for unplanned), start_h and end_h
        (planned), freeze_h (morning of the freeze day) and quarter_end_h (of its quarter), opens_h (when it entered the
        tracker); place and drawn key its random draws. Positions are hours of the clock.
    """
    last = quarter_of_date(arguments.read_on)
    labels = [next_quarter(arguments.first_quarter, k) for k in range(-WARM_UP_QUARTERS, arguments.quarters + 12)]
    labels = labels[: labels.index(last) + 1]
    plan = _rows(labels, frame.size.commitments, parameters["unplanned"], streams)
    first = np.array([clock.day_index(quarter_start(q)) for q in plan["quarter"].unique()])
    final = np.array([clock.last_index(quarter_end(q)) for q in plan["quarter"].unique()])
    which = pd.factorize(plan["quarter"])[0]
    plan["is_after"] = (plan["quarter"] == arguments.after_quarter).to_numpy()
    plan["type"] = _types(plan, frame, arguments.setting.mix_tilt, streams)
    plan["team"] = _teams(plan, frame, streams)
    days = plan["origin"].map(NEEDED_DAYS).to_numpy() * np.exp(NEEDED_SPREAD * _normal(plan, streams, "needed"))
    plan["needed_hours"] = days * WORKDAYS_PER_DAY * HOURS
    optimism = 0.75 + 0.25 * _uniform(plan, streams, "optimism")
    promised = np.clip(np.round(days * WORKDAYS_PER_DAY * optimism), SHORTEST_BDAYS, LONGEST_BDAYS).astype(np.int64)
    return _dates(plan, first[which], final[which], promised, streams)


def _rows(labels: list[str], commitments: float, unplanned_share: float, streams: Streams) -> pd.DataFrame:
    """Return quarter and origin of every program; surprise work is thinned, so a calm organisation keeps part of it."""
    rate = np.array([commitments, ADDED_SHARE * commitments, (1 + ADDED_SHARE) * commitments])
    counts = streams.history("counts").poisson(np.tile(rate, (len(labels), 1)))
    origin = np.tile([PLANNED, ADDED, UNPLANNED], len(labels)).repeat(counts.ravel())
    quarter = np.repeat(labels, counts.sum(axis=1))
    kept = streams.history("thinning").random(len(origin)) < unplanned_share / (1 - unplanned_share)
    rows = pd.DataFrame({"quarter": quarter, "origin": origin})
    # The place in the full list keys every later draw, so thinning moves no other program's numbers.
    rows["place"] = np.arange(len(rows))
    rows["drawn"] = len(rows)
    return rows.loc[(rows["origin"] != UNPLANNED) | kept].reset_index(drop=True)


def _uniform(plan: pd.DataFrame, streams: Streams, component: str) -> Floats:
    return streams.history(f"plan.{component}").random(int(plan["drawn"].iloc[0]))[plan["place"]]


def _normal(plan: pd.DataFrame, streams: Streams, component: str) -> Floats:
    return streams.history(f"plan.{component}").standard_normal(int(plan["drawn"].iloc[0]))[plan["place"]]


def _types(plan: pd.DataFrame, frame: Frame, tilt: float, streams: Streams) -> Ints:
    usual = np.cumsum(frame.type_mix)
    tilted = frame.type_mix * np.exp(tilt * frame.type_effect)
    place = _uniform(plan, streams, "type")
    plain = np.searchsorted(usual[:-1], place)
    leaning = np.searchsorted(np.cumsum(tilted / tilted.sum())[:-1], place)
    return np.where(plan["is_after"] & (plan["origin"] != UNPLANNED), leaning, plain)


def _teams(plan: pd.DataFrame, frame: Frame, streams: Streams) -> Ints:
    """Return the team of each program: its home team three times in five where there is one, any team otherwise."""
    n = len(frame.teams)
    homes = [
        [k for k, team in enumerate(frame.teams) if team.startswith(catalogue.HOME_TEAM[name])] for name in frame.types
    ]
    pick = _uniform(plan, streams, "team")
    home = np.array(
        [k[int(u * len(k))] if k else int(u * n) for k, u in zip([homes[t] for t in plan["type"]], pick, strict=True)]
    )
    return np.where(_uniform(plan, streams, "home") < 0.6, home, (pick * n).astype(np.int64))


def _dates(plan: pd.DataFrame, first: Ints, last: Ints, promised: Ints, streams: Streams) -> pd.DataFrame:
    """Return the plan with its dates, given first and last working day of each quarter and the days promised."""
    u, v = _uniform(plan, streams, "when"), _uniform(plan, streams, "commit")
    origin = plan["origin"].to_numpy()
    # Planned: due anywhere from the earliest day possible on, more often late in the quarter.
    earliest = np.minimum(np.maximum(first + 8, first - 8 + promised), last)
    end = last - np.floor((1 - np.cbrt(1 - u)) * (last - earliest + 1)).astype(np.int64)
    start = end - promised + 1
    commit = np.minimum(first - 10 + np.floor(v * 14).astype(np.int64), start - 2)
    # Added: committed after the freeze, started within days, squeezed into what is left of the quarter.
    late_commit = first + FREEZE_BDAYS + 1 + np.floor(u * (last - first - FREEZE_BDAYS - 15)).astype(np.int64)
    late_start = late_commit + 1 + np.floor(v * 5).astype(np.int64)
    late_end = np.minimum(late_start + promised - 1, last)
    # Unplanned: started the day it comes up, no promise.
    sudden = first + np.floor(u * (last - first + 1)).astype(np.int64)
    cases = [origin == PLANNED, origin == ADDED]
    start = np.select(cases, [start, late_start], sudden)
    end = np.select(cases, [end, late_end], sudden + promised - 1)
    commit_hours = np.select(cases, [commit, late_commit], 0) * HOURS + 1 + 6 * v
    plan["commit_h"] = np.where(origin == UNPLANNED, np.nan, commit_hours)
    plan["start_h"] = start * HOURS + 0.5 + 2 * v
    plan["end_h"] = (end + 1) * HOURS
    plan["freeze_h"] = (first + FREEZE_BDAYS) * HOURS
    plan["quarter_end_h"] = (last + 1) * HOURS
    plan["opens_h"] = plan["commit_h"].fillna(plan["start_h"] - 0.25)
    return plan
