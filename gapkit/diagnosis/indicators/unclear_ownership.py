"""Unclear ownership: nobody or several answer, the owner changes early, has too much, or is not whom the tracker names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.config import spelling_key
from gapkit.diagnosis.indicators.at_start import PERSON, owner_kinds
from gapkit.diagnosis.indicators.measured import About, Measured, share_of
from gapkit.schema import split_list

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

O1 = About(
    "O1", "of committed programs had no single named owner at planned start",
    "committed programs without exactly one person as owner at planned start / committed programs whose planned start fell "
    "in the window",
    ("programs", "status_events"),
)  # fmt: skip
O2 = About(
    "O2", "of committed programs changed owner in the first half of their planned time",
    "programs with a change of owner between planned start and planned midpoint / committed programs still open at their "
    "midpoint, which fell in the window",
    ("status_events",),
)  # fmt: skip
O3 = About(
    "O3", "of programs in flight have an owner with more than the limit",
    "programs in flight whose owner has more of them than the scale's limit / programs in flight with exactly one owner",
    ("programs",), units="owners",
)  # fmt: skip
O4 = About(
    "O4", "of owners in the tracker differ from what a second source says",
    "comparisons of the owner that do not match / comparisons of the owner",
    ("record_checks",),
)  # fmt: skip
NO_OWNERS = "No source names owners; the columns owners_at_start or owners_now would switch this on."


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return O1 to O4."""
    return _no_single(basis), _changed_early(basis), _overloaded(basis), _mismatch(basis)


def names_owners(basis: Basis) -> bool:
    """Return whether any source says anything about owners."""
    columns = ["owners_at_start", "owner_type_at_start", "owners_now"]
    return bool(basis.programs[columns].notna().any(axis=None) or (basis.eng.status_events["field"] == "owner").any())


def _no_single(basis: Basis) -> Measured:
    if not names_owners(basis):
        return O1.missing(NO_OWNERS)
    due = basis.is_due
    caveat = basis.only_today(basis.owners.loc[due, "is_today"], "Owners")
    return O1.measured(share_of("program", due.index[due].to_series(), basis.owners.loc[due, "n_persons"] != 1), caveat)


def changed_early(status_events: pd.DataFrame, start: pd.Series, end: pd.Series) -> set[str]:
    """Return the programs whose owner changed between planned start and planned midpoint.

    Parameters
    ----------
    status_events : DataFrame
        Canonical table. The first owner a program is given is no change, the same names in another order are none.
    start, end : Series of datetime64
        Planned start and end, indexed by program_id.
    """
    changes = status_events.loc[(status_events["field"] == "owner") & status_events["old"].notna()]
    about = pd.DataFrame({"start": start, "midpoint": midpoint_of(start, end)})
    about = about.reindex(changes["program_id"]).set_axis(changes.index)
    early = local_day(changes["at"]).between(about["start"], about["midpoint"])
    real = split_list(changes["old"]).map(frozenset) != split_list(changes["new"]).map(frozenset)
    return set(changes.loc[early & real, "program_id"])


def midpoint_of(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return the day in the middle of planned time."""
    days: pd.Series = (start + (end - start) / 2).dt.normalize()
    return days


def _changed_early(basis: Basis) -> Measured:
    events = basis.eng.status_events
    if events.loc[events["field"] == "owner", "old"].isna().all():
        return O2.missing("No change of owner is recorded; a change log that records owners would switch this on.")
    start, end = basis.judged["frozen_start"], basis.judged["frozen_end"]
    midpoint = midpoint_of(start, end)
    counted = basis.judged["group"].eq("committed") & basis.in_window(midpoint) & basis.is_recorded
    counted &= ~basis.ended_on.lt(midpoint)
    changed = counted.index.isin(list(changed_early(events, start, end)))
    return O2.measured(share_of("program", counted.index[counted].to_series(), pd.Series(changed, counted.index)[counted]))


def _overloaded(basis: Basis) -> Measured:
    if not names_owners(basis):
        return O3.missing(NO_OWNERS)
    owner = split_list(basis.programs.loc[basis.is_in_flight, "owners_now"])
    alone = owner[owner.map(len) == 1].map(lambda names: names[0]).astype("str")
    alone = alone[alone.map(owner_kinds(basis.eng)) == PERSON].map(spelling_key)
    load = alone.map(alone.value_counts())
    return O3.measured(share_of("owner", alone, load > basis.norms.programs_per_owner))


def _mismatch(basis: Basis) -> Measured:
    checks = basis.eng.record_checks
    checks = checks.loc[checks["field"] == "owner"]
    if checks.empty:
        return O4.missing("Owners compared with a second source (table record_checks) would switch this on.")
    return O4.measured(share_of("program", checks["program_id"], ~checks["match"].astype(bool)))
