"""What counts as healthy and what as severe: the anchors behind every score, and the norms that depend on scale.

Working defaults of the method, never facts about a client. A score is 0 at the healthy anchor and 100 at the severe one;
because both are judgements, the uncertainty of every score redraws them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Anchor(NamedTuple):
    """Where a score begins and where it ends.

    Attributes
    ----------
    healthy : float
        Value that scores 0, in the indicator's unit.
    severe : float
        Value that scores 100; above `healthy`.
    """

    healthy: float
    severe: float


class Norms(NamedTuple):
    """What is usual for organisations of one scale.

    Attributes
    ----------
    live_priorities : int
        Official priorities at one time, at most.
    programs_per_owner : int
        In-flight programs one owner can answer for, at most.
    approvals : Anchor
        Sign-offs planned per program.
    approval_wait : Anchor
        Business days in approval, external and blocked stages, as a share of planned business days.
    """

    live_priorities: int
    programs_per_owner: int
    approvals: Anchor
    approval_wait: Anchor


NORMS: Final[Mapping[str, Norms]] = MappingProxyType({
    "smb": Norms(2, 4, Anchor(1, 3), Anchor(0.10, 0.35)),
    "mid": Norms(4, 5, Anchor(2, 5), Anchor(0.10, 0.40)),
    "enterprise": Norms(6, 5, Anchor(3, 7), Anchor(0.15, 0.50)),
})  # fmt: skip

# By indicator, in the unit of its value. B2 depends on scale and stands in `NORMS`.
ANCHORS: Final[Mapping[str, Anchor]] = MappingProxyType({
    "M1": Anchor(0.10, 0.50),
    "M2": Anchor(0.15, 0.50),
    "M3": Anchor(0.10, 0.50),
    "M4": Anchor(0.15, 0.45),
    "B1": Anchor(0.50, 0.85),
    "B3": Anchor(0.10, 0.50),
    "B4": Anchor(0.10, 0.40),
    "O1": Anchor(0.05, 0.40),
    "O2": Anchor(0.10, 0.50),
    "O3": Anchor(0.10, 0.50),
    "O4": Anchor(0.05, 0.35),
    "T1": Anchor(0.03, 0.15),
    "T2": Anchor(0.10, 0.50),
    "T3": Anchor(0.10, 0.50),
    "T4": Anchor(0.05, 0.25),
    "F1": Anchor(0.15, 0.60),
    "F2": Anchor(0.20, 0.70),
    "F3": Anchor(7, 45),
    "F4": Anchor(0.20, 0.70),
    "Ownership 5": Anchor(0.05, 0.40),
    "Ownership 6": Anchor(0.0, 1.5),
    "Cadence 1": Anchor(0.10, 0.50),
    "Cadence 2": Anchor(0.15, 0.60),
    "Cadence 3": Anchor(0.25, 1.0),
    "Cadence 4": Anchor(0.20, 0.60),
    "Incentives 1": Anchor(0.40, 0.85),
    "Incentives 2": Anchor(0.05, 0.30),
    "Incentives 3": Anchor(0.50, 0.95),
    "Hand-off 1": Anchor(0.20, 0.80),
    "Hand-off 2": Anchor(0.10, 0.50),
    "Hand-off 3": Anchor(0.10, 0.35),
    "Hand-off 4": Anchor(0.20, 0.70),
})  # fmt: skip


def anchor_of(indicator: str, scale: str) -> Anchor:
    """Return the anchors of an indicator for an organisation of a scale.

    Parameters
    ----------
    indicator : str
        Id, as in docs/method.md, appendix A.
    scale : {"smb", "mid", "enterprise"}
        As `Engagement.scale` tells it.

    Examples
    --------
    >>> anchor_of("O1", "smb")
    Anchor(healthy=0.05, severe=0.4)
    >>> anchor_of("B2", "smb").severe, anchor_of("B2", "enterprise").severe
    (0.35, 0.5)
    """
    return NORMS[scale].approval_wait if indicator == "B2" else ANCHORS[indicator]
