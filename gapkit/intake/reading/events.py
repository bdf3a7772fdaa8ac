"""The values inside a change log: statuses, dates and owners written the way the tables write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.dates import count_votes
from gapkit.intake.reading.parse import Reading, parse_column, parse_lists
from gapkit.intake.reading.words import look_up
from gapkit.schema import TABLES
from gapkit.vocabulary import STATUSES

if TYPE_CHECKING:
    from gapkit.config import Source


# Planned dates in the history are read as they are in the table.
PLANNED: Final = TABLES["programs"].field("current_end")


def tidy_event_values(events: pd.DataFrame, source: Source, reading: Reading) -> pd.DataFrame:
    """Return status_events with `old` and `new` in the words and date form of the tables.

    Parameters
    ----------
    events : pandas.DataFrame
        Typed, with columns field, new and perhaps old.
    source : Source
        Its `statuses:` translate statuses.
    reading : Reading
        Time zones and order of day and month.

    Notes
    -----
    What cannot be translated or read stays as it is, so that the check of the table names it.
    """
    if "field" not in events:
        return events
    texts = {column: as_text(events[column]) for column in ("old", "new") if column in events}
    is_status, is_date, is_owner = (
        events["field"].isin(fields).to_numpy(dtype=bool) for fields in (["status"], ["start", "end"], ["owner"])
    )
    meanings = {seen: to["status"] for seen, to in source.statuses.items() if "status" in to}
    order = reading.dates or count_votes(pd.concat([text[is_date] for text in texts.values()])).order() if texts else None
    tidied = {}
    for column, text in texts.items():
        status = look_up(text.where(is_status), meanings, STATUSES)
        days = parse_column(text.where(is_date), PLANNED, reading, order).read
        day = days.dt.strftime("%Y-%m-%d").astype("str")
        owner = parse_lists(text.where(is_owner), commas=column in reading.mapped)
        tidied[column] = status.fillna(day).fillna(owner).fillna(text)
    return events.assign(**tidied) if np.any(is_status | is_date | is_owner) else events
