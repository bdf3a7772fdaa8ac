"""Who signs off, and how long one sign-off takes them: approvers are few, and how busy they are is a severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.clock import Floats
from gapkit.sample.exposure import uniforms
from gapkit.sample.frame import Frame
from gapkit.sample.killers import SHARES
from gapkit.sample.streams import Streams

HEALTHY_UTILISATION: Final = 0.6
# Hours one sign-off takes a healthy organisation; it has as many approvers as that needs. In a small one there is so little
# to sign off that approvers are busy less than asked for: a sign-off never takes longer than the second figure.
USUAL_SERVICE_HOURS: Final = 4.0
LONGEST_SERVICE_HOURS: Final = 6.0
SERVICE_SPREAD: Final = 0.3
MOST_RETURNS: Final = 2


@dataclass(frozen=True, slots=True)
class Approvers:
    """The people who sign off; they share one queue.

    Attributes
    ----------
    servers : int
        How many they are.
    service_hours : float
        Mean working hours one sign-off takes.
    """

    servers: int
    service_hours: float


def choose_approvals(plan: pd.DataFrame, approvals: pd.Series, streams: Streams) -> list[tuple[int, ...]]:
    """Return which sign-offs each program needs; one with fewer needs a part of those it would need with more."""
    keys = uniforms(plan, streams, "approvals", len(catalogue.APPROVALS)) + 0.15 * np.arange(len(catalogue.APPROVALS))
    order = np.argsort(keys, axis=1).tolist()
    return [tuple(sorted(row[:k], key=lambda a: (catalogue.APPROVALS[a].after, a)))
            for row, k in zip(order, approvals.tolist(), strict=True)]  # fmt: skip


def staff_approvers(
    plan: pd.DataFrame, chosen: list[tuple[int, ...]], frame: Frame, parameters: dict[str, float]
) -> Approvers:
    """Return approvers whose utilisation is the one asked for.

    Notes
    -----
    The number of approvers is what a healthy organisation of this scale needs, so it does not depend on any killer. Service
    time then follows from utilisation ρ = arrivals per hour × service time / approvers.
    """
    span = float(plan["end_h"].max() - plan["start_h"].min())
    low, high = frame.size.usual_approvals
    healthy_per_hour = len(plan) * (low + high) / 2 * _asked_per_approval(SHARES["approval_returned"][1]) / span
    servers = max(1, round(healthy_per_hour * USUAL_SERVICE_HOURS / HEALTHY_UTILISATION))
    asked = sum(len(approvals) for approvals in chosen) * _asked_per_approval(parameters["approval_returned"])
    service = parameters["approver_utilisation"] * servers * span / max(asked, 1.0)
    return Approvers(servers, min(service, LONGEST_SERVICE_HOURS))


def _asked_per_approval(returned: float) -> float:
    return sum(returned**k for k in range(MOST_RETURNS + 1))


def service_times(draws: Floats, approvers: Approvers, capacity: float) -> Floats:
    """Return the service time of each sign-off and round, lognormal around the mean."""
    return np.asarray(approvers.service_hours * np.exp(SERVICE_SPREAD * draws - SERVICE_SPREAD**2 / 2) / capacity)
