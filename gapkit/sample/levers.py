"""Levers of a redesign, pulled inside the generator: what would have happened, with every random draw the same."""

from __future__ import annotations

from dataclasses import dataclass, fields

from gapkit.errors import InputError, Problem
from gapkit.sample.catalogue import APPROVALS


@dataclass(frozen=True, slots=True)
class Levers:
    """Changes to the way of working that hold for all programs, from the first quarter on. The defaults change nothing.

    Attributes
    ----------
    approval_wait_cap_bdays : float or None
        An approval waits at most this many business days before somebody takes it up.
    weekly_forum : bool
        What waits for an approval is taken up on the next weekly date at the latest.
    adherence : float
        Share of approvals for which the cap, or the weekly date, is really kept, 0 to 1.
    drop_approval : str or None
        Name of a sign-off that is no longer asked for.
    parallel_approvals : bool
        Sign-offs that follow the same stage are asked for at once.
    max_returns : int or None
        How often one sign-off may send work back.
    approver_capacity : float
        Factor on what approvers can handle; 1.25 is a quarter more.
    wip_limit : int or None
        Programs in progress at most, surprise work included; the others wait to begin, in the order of their starts.
    single_owner : bool
        Every program has one named person from its planned start.
    """

    approval_wait_cap_bdays: float | None = None
    weekly_forum: bool = False
    adherence: float = 1.0
    drop_approval: str | None = None
    parallel_approvals: bool = False
    max_returns: int | None = None
    approver_capacity: float = 1.0
    wip_limit: int | None = None
    single_owner: bool = False

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, all at once."""
        problems = [
            Problem(what=f"lever {name} is out of range", value=repr(value), allowed=allowed)
            for name, value, allowed, holds in (
                ("approval_wait_cap_bdays", self.approval_wait_cap_bdays, "0 or more, or None",
                 self.approval_wait_cap_bdays is None or self.approval_wait_cap_bdays >= 0),
                ("adherence", self.adherence, "0 to 1", 0 <= self.adherence <= 1),
                ("drop_approval", self.drop_approval, "a sign-off of gapkit.sample.catalogue.APPROVALS, or None",
                 self.drop_approval is None or self.drop_approval in {approval.name for approval in APPROVALS}),
                ("max_returns", self.max_returns, "0 or more, or None", self.max_returns is None or self.max_returns >= 0),
                ("approver_capacity", self.approver_capacity, "above 0", self.approver_capacity > 0),
                ("wip_limit", self.wip_limit, "1 or more, or None", self.wip_limit is None or self.wip_limit >= 1),
            )
            if not holds
        ]  # fmt: skip
        if problems:
            raise InputError(problems)

    def pulled(self) -> dict[str, object]:
        """Return the levers that differ from their default."""
        return {field.name: getattr(self, field.name) for field in fields(self)
                if getattr(self, field.name) != field.default}  # fmt: skip
