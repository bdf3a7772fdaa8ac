"""Habits of record keeping that make dates look better or worse than the work was.

Each is an observation, not an error: nothing is corrected, and the report says how many programs it concerns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from gapkit.calendar import local_date
from gapkit.config import Settings
from gapkit.intake.history.snapshots import SEEN_LATER


@dataclass(frozen=True, slots=True)
class Observation:
    """One habit: its name, how many programs of how many show it, and what it means."""

    name: str
    count: int
    of: int
    message: str


def observe(tables: Mapping[str, pd.DataFrame], settings: Settings) -> Iterator[Observation]:
    """Yield the observations on how programs were closed.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Canonical tables; `programs` must be there.
    settings : Settings
        From how many closings at one moment on they count as one action.
    """
    programs = tables["programs"].set_index("program_id")
    closed = closing_moments(tables["programs"], tables.get("status_events"))
    timed = closed[_is_timed(closed, programs)]
    at_midnight = timed[timed.dt.normalize() == timed]
    due = programs["current_end"].reindex(at_midnight.index)
    automatic = int((local_date(at_midnight, str(closed.dt.tz)) == due).sum())
    yield Observation(
        "auto_completed", automatic, len(timed),
        "Programs closed at midnight of the very day they were due: likely closed by a rule, not by a person.",
    )  # fmt: skip
    minutes = timed.dt.floor("min")
    together = minutes.groupby(minutes).transform("size")
    in_bulk = int((together >= settings.bulk_closings).sum())
    yield Observation(
        "bulk_closed", in_bulk, len(timed),
        f"Programs closed within the same minute as at least {settings.bulk_closings - 1} others: likely cleared up later, "
        "so the day of delivery may be too late.",
    )  # fmt: skip
    delivered = programs.loc[programs["status"].eq("delivered")]
    without = int(delivered["actual_start"].isna().sum())
    yield Observation("done_without_start", without, len(delivered), "Delivered programs of which nothing records a start.")


def _is_timed(closed: pd.Series, programs: pd.DataFrame) -> pd.Series:
    """Return which closings are moments: a source that knows days only tells nothing about moments."""
    has_time = closed.notna() & (closed.dt.normalize() != closed)
    source = programs["_source"].astype("str") if "_source" in programs else pd.Series("", index=programs.index)
    is_timed: pd.Series = closed.notna() & has_time.groupby(source.reindex(closed.index)).transform("any")
    return is_timed


def closing_moments(programs: pd.DataFrame, events: pd.DataFrame | None) -> pd.Series:
    """Return the moment each program was closed, by program_id: as its tracker says, else its last change to delivered."""
    closed = programs.set_index("program_id")["closed_at"]
    if events is None or events.empty:
        return closed
    steps = events.loc[events["field"].eq("status") & events["new"].eq("delivered")]
    # Exports of several dates show that a change was made, not when.
    steps = steps.loc[~steps["event_id"].str.startswith(SEEN_LATER).fillna(False).astype(bool)]
    last = steps.sort_values(["at", "event_id"], kind="stable").drop_duplicates("program_id", keep="last")
    return closed.fillna(last.set_index("program_id")["at"].reindex(closed.index))
