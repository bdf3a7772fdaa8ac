"""Levers to begin with, read off where sign-offs wait: a proposal to be edited, never a choice made for the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.redesign.what_if.completing import APPROVAL
from gapkit.redesign.what_if.levers import Pull

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

MORE: Final = 1.25


def propose_levers(eng: Engagement) -> tuple[Pull, ...]:
    """Return the levers to look at first.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.

    Returns
    -------
    tuple of Pull
        For the sign-off at which most days are spent the time agreed for it, else the usual one; sign-offs at once; one
        return at most; a weekly forum; a quarter more capacity; one named owner. Which sign-off could be dropped, and how
        much work may be in progress, are decisions nobody can read off a record.
    """
    return (*_cap(eng), Pull("parallel_approvals"), Pull("fewer_rounds", 1), Pull("weekly_forum"), Pull("capacity", MORE),
            Pull("named_owner"))  # fmt: skip


def _cap(eng: Engagement) -> tuple[Pull, ...]:
    signed = eng.stage_visits.loc[eng.stage_visits["kind"].eq(APPROVAL)]
    if signed.empty:
        return ()
    days = (signed["left_at"] - signed["entered_at"]).dt.total_seconds().groupby(signed["stage"]).sum()
    stage = str(days.sort_index().idxmax())
    agreed = signed.loc[signed["stage"].eq(stage), "sla_days"].dropna()
    usual = eng.config.settings.default_sla_bdays
    return (Pull("sla", float(agreed.median()) if len(agreed) else usual, stage),)
