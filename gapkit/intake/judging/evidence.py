"""What is known about the data before anything is judged by it: tables, and what their sources could tell at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import pandas as pd

from gapkit.config import Settings
from gapkit.intake.history.settle import ASSUMED
from gapkit.intake.reading.records import SourceRead
from gapkit.schema import empty

DEFAULTS: Final = Settings()


class Evidence(NamedTuple):
    """What is known about the data, before thresholds.

    Attributes
    ----------
    programs, status_events, stage_visits : DataFrame
        The tables as known at the day asked about, deliverables left out; empty where absent.
    records_delivery : bool
        Whether any source could tell that a program was delivered.
    assumed_commitment : bool
        Whether commitment dates are the dates of first exports.
    no_kind : int
        Stays in stages nobody has given a kind.
    settings : Settings
        How much may be unknown.
    """

    programs: pd.DataFrame
    status_events: pd.DataFrame
    stage_visits: pd.DataFrame
    records_delivery: bool
    assumed_commitment: bool
    no_kind: int
    settings: Settings

    @classmethod
    def of(
        cls,
        tables: Mapping[str, pd.DataFrame],
        sources: Sequence[SourceRead],
        *,
        delivery: bool,
        tz: str,
        settings: Settings = DEFAULTS,
    ) -> Evidence:
        """Gather the evidence from the tables known at a day and the accounts of their sources."""
        frames = {name: tables.get(name, empty(name, tz)) for name in ("programs", "status_events", "stage_visits")}
        # Deliverables are parts of programs and enter no program-level figure.
        frames["programs"] = frames["programs"].loc[frames["programs"]["level"].ne("deliverable")]
        fed = [read for read in sources if read.table == "programs"]
        has_commitment = any("committed_at" in read.columns_mapped for read in fed)
        assumed = not has_commitment and any(read.history == "snapshots" for read in fed)
        no_kind = sum(count for read in sources for _, count in read.unmapped.get("kind", ()))
        return cls(**frames, records_delivery=delivery, assumed_commitment=assumed, no_kind=no_kind, settings=settings)


def assumed_share(programs: pd.DataFrame) -> float:
    """Return the share of programs of which nothing but an unmapped status could say whether they were delivered.

    A tracker stamps what was given up as closed too: a closing moment alone does not tell how a program ended.
    """
    if ASSUMED not in programs or programs.empty:
        return 0.0
    dated = programs[["actual_end", "cancelled_at"]].notna().any(axis=1) & programs["closed_at"].isna()
    return float((programs[ASSUMED].eq(True).fillna(False).astype(bool) & ~dated).mean())


def records_delivery(
    programs: pd.DataFrame, sources: Sequence[SourceRead], mapped_statuses: Sequence[str], settings: Settings = DEFAULTS
) -> bool:
    """Return whether the sources can tell which programs were delivered.

    Parameters
    ----------
    programs : DataFrame
        The table as read, nothing set aside.
    sources : sequence of SourceRead
        Their columns tell whether actual ends are recorded.
    mapped_statuses : sequence of str
        The statuses that `statuses:` of any source maps to.
    settings : Settings
        How many programs may have a status nobody has mapped.

    Notes
    -----
    False if no source of programs has a column for actual ends, none of its words means delivered, and no program is
    delivered; and if too many programs have a status without a meaning and no day on which they ended. Deliveries are then
    not measured, which is not the same as none.
    """
    if assumed_share(programs) > settings.max_unknown_share:
        return False
    ends = {"actual_end", "closed_at"}
    has_column = any(ends & set(read.columns_mapped) for read in sources if read.table == "programs")
    return has_column or "delivered" in mapped_statuses or bool(programs["status"].eq("delivered").any())
