"""Where times are agreed: stages in which programs wait, and hand-offs from team to team; which of them by scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.calendar import business_days, midnight
from gapkit.diagnosis.maps.stops import timed_visits
from gapkit.diagnosis.maps.waits import measure_waits
from gapkit.diagnosis.teams import NO_TEAM, OTHER_TEAMS, shown_teams
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gapkit.config import Settings
    from gapkit.engagement import Engagement

ARROW: Final = " → "
UNNAMED: Final = (OTHER_TEAMS, NO_TEAM)
WAITS: Final = ["place", "program_id", "wait_bdays", "is_open", "follow_up_bdays", "sla_days", "lost_bdays", "is_named"]
QUARTER_DAYS: Final = 365.25 / 4


def stage_waits(eng: Engagement, ended: pd.Series, start: dt.date) -> pd.DataFrame:
    """Return the waits in stages that began from a day on.

    Parameters
    ----------
    eng : Engagement
        Supplies stage visits, calendar and settings.
    ended : Series of datetime64
        Day on which each program was delivered or cancelled, by program_id; an open visit ends with its program.
    start : date
        First day of the window.

    Returns
    -------
    DataFrame
        One row per visit that is neither work nor rework: place (the stage), program_id, wait_bdays (business days so far),
        is_open, follow_up_bdays (from its beginning to the day the data is read at), sla_days (agreed today), lost_bdays
        (beyond what is agreed or usual), is_named (may be shown by itself; always true).
    """
    visits = timed_visits(eng, ended, start)
    rows = visits.loc[visits["is_wait"] & visits["in_window"]].rename(columns={"stage": "place"})
    return rows.assign(follow_up_bdays=_follow_up(rows["entered_at"], eng), is_named=True)[WAITS].reset_index(drop=True)


def handoff_waits(eng: Engagement, start: dt.date) -> pd.DataFrame:
    """Return the hand-offs asked for from a day on, each from the request until the other team was done.

    Returns
    -------
    DataFrame
        Columns as in `stage_waits`; place is ``from → to``. A hand-off from or to a team that may not be named, or that was
        not recorded, is not named.
    """
    asked = local_day(eng.handoffs["requested_at"])
    rows = eng.handoffs.loc[asked.between(pd.Timestamp(start), pd.Timestamp(eng.as_of))]
    sender, receiver = (shown_teams(rows[name], eng.people, eng.config.min_group) for name in ("from_team", "to_team"))
    allowed = rows["sla_days"].fillna(eng.config.settings.default_sla_bdays)
    waits = measure_waits(rows["requested_at"], rows["completed_at"], allowed, eng.config, eng.as_of)
    return rows.assign(
        **waits,
        place=sender + ARROW + receiver,
        follow_up_bdays=_follow_up(rows["requested_at"], eng),
        is_named=~(sender.isin(UNNAMED) | receiver.isin(UNNAMED)),
    )[WAITS].reset_index(drop=True)


def _follow_up(begun: pd.Series, eng: Engagement) -> pd.Series:
    days = business_days(local_day(begun), eng.as_of, eng.config.weekmask, eng.config.holidays)
    return pd.Series(days, index=begun.index)


def places(waits: pd.DataFrame) -> pd.DataFrame:
    """Return the places of some waits.

    Returns
    -------
    DataFrame
        Indexed by place, in order of name: programs, n (waits), n_open, lost_days, agreed_days (the time most often agreed,
        the shorter one of two; missing where none is).
    """
    groups = waits.groupby("place", sort=True)
    table = groups.agg(programs=("program_id", "nunique"), n=("is_open", "size"), n_open=("is_open", "sum"),
                       lost_days=("lost_bdays", "sum"))  # fmt: skip
    counts = waits.groupby(["place", "sla_days"]).size().rename("n").reset_index()
    often = counts.sort_values(["n", "sla_days"], ascending=[False, True]).drop_duplicates("place").set_index("place")
    return table.assign(agreed_days=often["sla_days"].astype(float).reindex(table.index))


def chosen_places(table: pd.DataFrame, scale: str, settings: Settings, *, days: int) -> list[str]:
    """Return the places a time is proposed for, the most important first.

    Parameters
    ----------
    table : DataFrame
        From `places`, of waits that may be named.
    scale : str
        ``smb``: the busiest two; ``mid``: the five that lose most days; ``enterprise``: all with five waits a quarter.
    settings : Settings
        Supplies these numbers, and the programs below which a place is left alone.
    days : int
        Length of the window in calendar days.

    Examples
    --------
    >>> from gapkit.config import Settings
    >>> table = pd.DataFrame({"programs": 20, "n": [40, 30, 20], "lost_days": [0.0, 9.0, 12.0]}, index=["a", "b", "c"])
    >>> chosen_places(table, "smb", Settings(), days=180), chosen_places(table, "mid", Settings(), days=180)
    (['a', 'b'], ['c', 'b'])
    """
    rows = table.loc[table["programs"] >= settings.min_n_counts].rename_axis("place").reset_index()
    if scale == "smb":
        order, limit = ["n", "lost_days"], settings.sla_places_smb
    else:
        order, limit = ["lost_days", "n"], settings.sla_places_mid
        rows = rows.loc[rows["lost_days"] > 0] if scale == "mid" else rows
    rows = rows.sort_values([*order, "place"], ascending=[False, False, True])
    if scale == "enterprise":
        rows = rows.loc[rows["n"] * QUARTER_DAYS / days >= settings.sla_waits_per_quarter]
        limit = len(rows)
    return [str(name) for name in rows["place"].head(limit)]


def stage_holders(eng: Engagement, start: dt.date) -> Mapping[str, str]:
    """Return the team that holds most of the waits of each stage; stages held by no team for the most part are left out."""
    visits = eng.stage_visits
    first = midnight(start, visits["entered_at"].dt.tz)
    rows = visits.loc[~visits["kind"].isin(ACTIVE_KINDS) & (visits["entered_at"] >= first)]
    teams = shown_teams(rows["team"], eng.people, eng.config.min_group)
    shares = pd.crosstab(rows["stage"], teams, normalize="index")
    if shares.empty:
        return {}
    top, most = shares.idxmax(axis=1), shares.max(axis=1)
    return {str(name): str(top[name]) for name in shares.index if most[name] > 0.5 and top[name] not in UNNAMED}
