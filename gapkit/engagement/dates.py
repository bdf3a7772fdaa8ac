"""Dates that stand in the history and not in the table: the day a program was delivered or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from gapkit.calendar import local_date

ENDS: Final = {"delivered": "actual_end", "cancelled": "cancelled_at"}


def date_ends(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables with missing days of delivery and cancellation taken from the status history.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Canonical tables as known on one day; not changed.

    Returns
    -------
    dict of str to DataFrame
        A program whose status is delivered (cancelled) and whose day is missing gets the local day of the last event that
        set this status. What the table states is never overruled.
    """
    events = tables.get("status_events")
    if events is None or "programs" not in tables:
        return dict(tables)
    programs = tables["programs"]
    steps = events.loc[(events["field"] == "status") & events["new"].isin(list(ENDS))]
    last = steps.sort_values(["at", "event_id"], kind="stable").drop_duplicates(["program_id", "new"], keep="last")
    for status, column in ENDS.items():
        of_status = last.loc[last["new"] == status].set_index("program_id")["at"]
        days = local_date(of_status, str(of_status.dt.tz))
        wanting = (programs["status"] == status) & programs[column].isna()
        if wanting.any():
            found = pd.Series(days.reindex(programs["program_id"]).to_numpy("datetime64[us]"), index=programs.index)
            programs = programs.assign(**{column: programs[column].mask(wanting, found)})
    return {**tables, "programs": programs}
