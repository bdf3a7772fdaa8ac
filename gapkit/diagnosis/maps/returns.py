"""What comes back: stages entered again, work sent back, and programs tossed between two stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.flow import NO_VISITS, OTHER_STAGES
from gapkit.baseline.rates import estimate_rate
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from gapkit.config import Settings


def rework_by_stage(visits: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return what came back in the window, by stage.

    Parameters
    ----------
    visits : DataFrame
        From `maps.stops.timed_visits`.
    settings : Settings
        Minimum n.

    Returns
    -------
    DataFrame
        Columns stage, programs, entries (times a program came to the stage), re_entries (of these, not its first time),
        returned (visits that sent the work back), rework_bdays (business days in rework); the most re-entered first.
        Stages of fewer than five programs are gathered under "other stages".
    """
    columns = ["stage", "programs", "entries", "re_entries", "returned", "rework_bdays"]
    seen = visits.loc[visits["in_window"]]
    if seen.empty:
        return pd.DataFrame(columns=columns)
    few = seen.groupby("stage")["program_id"].transform("nunique") < settings.min_n_counts
    frame = seen.assign(
        stage=seen["stage"].mask(few, OTHER_STAGES),
        again=seen["opens_stop"] & ~seen["is_first"],
        sent_back=seen["returned"].fillna(False).astype(bool),
        rework=seen["wait_bdays"].where(seen["kind"] == "rework", 0.0),
        is_few=few,
    )
    table = frame.groupby(["is_few", "stage"]).agg(
        programs=("program_id", "nunique"), entries=("opens_stop", "sum"), re_entries=("again", "sum"),
        returned=("sent_back", "sum"), rework_bdays=("rework", "sum"),
    ).reset_index()  # fmt: skip
    order = ["is_few", "re_entries", "returned", "stage"]
    return table.sort_values(order, ascending=[True, False, False, True], ignore_index=True)[columns]


def round_trips(visits: pd.DataFrame) -> pd.DataFrame:
    """Return every round trip that ended in the window: from a stage to another and back again (A → B → A).

    Returns
    -------
    DataFrame
        One row per round trip: program_id, stage (A), via (B). A → B → A → B → A is two round trips from A via B, and none
        from B: those would be the same trips seen from the other side.
    """
    stops = visits.loc[visits["opens_stop"], ["program_id", "stage", "in_window"]]
    back = stops["program_id"].eq(stops["program_id"].shift(2)) & stops["stage"].eq(stops["stage"].shift(2))
    place = back.groupby((~back).cumsum()).cumsum()
    closes = back & (place % 2 == 1)
    return stops.assign(via=stops["stage"].shift())[closes & stops["in_window"]][["program_id", "stage", "via"]]


def count_round_trips(trips: pd.DataFrame, programs: int, settings: Settings) -> pd.DataFrame:
    """Count round trips by the two stages between which they went.

    Parameters
    ----------
    trips : DataFrame
        From `round_trips`.
    programs : int
        Programs with stage visits in the window.
    settings : Settings
        Minimum n.

    Returns
    -------
    DataFrame
        Columns stage, via, count (round trips), programs (that made one), share (of all programs with visits); the most
        frequent first, pairs of fewer than five programs gathered last under "other stages".
    """
    if trips.empty:
        return pd.DataFrame(columns=["stage", "via", "count", "programs", "share"])
    few = trips.groupby(["stage", "via"])["program_id"].transform("nunique") < settings.min_n_counts
    names = {column: trips[column].mask(few, OTHER_STAGES) for column in ("stage", "via")}
    groups = trips.assign(**names, is_few=few).groupby(["is_few", "stage", "via"])
    table = groups["program_id"].agg(count="size", programs="nunique").reset_index()
    table = table.sort_values(["is_few", "count", "stage", "via"], ascending=[True, False, True, True], ignore_index=True)
    return table.assign(share=table["programs"] / programs).drop(columns="is_few")


def round_trip_share(visits: pd.DataFrame, judged: pd.DataFrame, settings: Settings, *, period: str) -> Result:
    """Estimate the share of programs that made at least one round trip between two stages.

    Parameters
    ----------
    visits : DataFrame
        From `maps.stops.timed_visits`.
    judged : DataFrame
        Supplies each program's team: programs of one team are alike.
    settings : Settings
        Minimum n.
    period : str
        The window in words.

    Returns
    -------
    Result
        Programs with a round trip that ended in the window / programs with a visit that began in it.
    """
    name = "round_trip_share"
    seen = pd.Index(visits.loc[visits["in_window"], "program_id"].unique()).sort_values()
    if seen.empty:
        return not_assessable(name, NO_VISITS, period=period)
    outcome = pd.Series(seen.isin(round_trips(visits)["program_id"]), index=seen, dtype="boolean")
    return estimate_rate(name, outcome, judged["team"].reindex(seen), settings, period=period)
