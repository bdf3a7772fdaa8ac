"""The hand-off fracture: work passed on without a time agreed, too slowly, incompletely, or by word of mouth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.measured import About, Measured, share_of

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

SOURCE = ("handoffs",)
NO_SLA = About(
    "Hand-off 1", "of hand-offs have no time agreed",
    "hand-offs without an agreed time / hand-offs requested in the window",
    SOURCE,
)  # fmt: skip
OVER = About(
    "Hand-off 2", "of hand-offs took longer than agreed",
    "hand-offs over the time agreed, open ones already over included / hand-offs with a time agreed, begun in the window",
    SOURCE,
)  # fmt: skip
RETURNED = About(
    "Hand-off 3", "of hand-offs came back",
    "hand-offs returned / hand-offs requested in the window of which it is known",
    SOURCE,
)  # fmt: skip
INFORMAL = About(
    "Hand-off 4", "of hand-offs were made by meeting, chat or email",
    "hand-offs by meeting, chat or email / hand-offs requested in the window whose channel is known",
    SOURCE,
)  # fmt: skip
CHANNELS = ("meeting", "chat", "email")


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return the four indicators of hand-offs."""
    rows = basis.eng.handoffs
    rows = rows.loc[basis.in_window(local_day(rows["requested_at"]))]
    if rows.empty:
        why = "The table handoffs, with hand-offs of the window, would switch this on."
        return tuple(about.missing(why) for about in (NO_SLA, OVER, RETURNED, INFORMAL))
    return (
        NO_SLA.measured(share_of("program", rows["program_id"], rows["sla_days"].isna())),
        _over(basis, rows.loc[rows["sla_days"].notna()]),
        _share(RETURNED, rows, rows["returned"].astype("Float64"), "returned"),
        _share(INFORMAL, rows, rows["channel"].isin(CHANNELS).astype("Float64").mask(rows["channel"].isna()), "channel"),
    )


def _over(basis: Basis, agreed: pd.DataFrame) -> Measured:
    if agreed.empty:
        return OVER.missing("No time is agreed for any hand-off (column sla_days), so none can be over it.")
    done = local_day(agreed["completed_at"]).fillna(basis.as_of)
    days = pd.Series(basis.business_days(local_day(agreed["requested_at"]), done), index=agreed.index)
    return OVER.measured(share_of("program", agreed["program_id"], days > agreed["sla_days"]))


def _share(about: About, rows: pd.DataFrame, hit: pd.Series, column: str) -> Measured:
    """Return the share of hand-offs with a property, of those of which it is known."""
    known = hit.notna()
    if not known.any():
        return about.missing(f"The column {column} of handoffs would switch this on.")
    return about.measured(share_of("program", rows.loc[known, "program_id"], hit[known].astype(float)))
