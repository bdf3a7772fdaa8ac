"""The ownership fracture: what unclear ownership shows, and programs that a group owns or too many people do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.diagnosis.indicators import unclear_ownership
from gapkit.diagnosis.indicators.measured import About, Measured, share_of

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

GROUP = About(
    "Ownership 5", "of committed programs are owned by a team or committee",
    "owned at planned start by a team or committee, no person / committed programs whose planned start fell in the window",
    ("programs", "status_events"),
)  # fmt: skip
SHARED = About(
    "Ownership 6", "owners per committed program beyond the first",
    "owners at planned start beyond the first / committed programs with any owner whose planned start fell in the window",
    ("programs", "status_events"), unit="ratio",
)  # fmt: skip


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return O1 to O4 and the two of the fracture alone."""
    return *unclear_ownership.measure(basis), *_group_and_shared(basis)


def _group_and_shared(basis: Basis) -> tuple[Measured, Measured]:
    if not unclear_ownership.names_owners(basis):
        return GROUP.missing(unclear_ownership.NO_OWNERS), SHARED.missing(unclear_ownership.NO_OWNERS)
    due = basis.owners.loc[basis.is_due]
    caveat = basis.only_today(due["is_today"], "Owners")
    owned = due.loc[due["n_owners"] > 0]
    return (
        GROUP.measured(share_of("program", due.index.to_series(), due["is_group"]), caveat),
        SHARED.measured(share_of("program", owned.index.to_series(), owned["n_owners"] - 1), caveat),
    )
