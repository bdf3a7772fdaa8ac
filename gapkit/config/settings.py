"""Every threshold the figures rest on, in one object.

These are working defaults of the method, not facts about a client. An engagement may change one under `settings:` in its
engagement.yml; the report then lists the change. Thresholds agreed with the client for each engagement (grace days, stall
days, worthwhile change) are fields of the engagement itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Final

SIZE_GATE: Final = "minimum n at which the figure may be shown"
SIMULATED: Final = "coverage of the interval in simulations falls off below it"


def _setting(default: Any, meaning: str, *, unit: str, origin: str, low: float) -> Any:
    """Return a field that knows its meaning, unit, origin and the lowest value that makes sense."""
    return field(default=default, metadata={"meaning": meaning, "unit": unit, "origin": origin, "low": low})


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds. Meaning, unit and origin of each stand beside it and in `describe_settings`."""

    min_n_counts: int = _setting(
        5, "Below this many programs not even 'x of n' is said, only 'too few'.", unit="programs", origin=SIZE_GATE, low=1
    )
    min_n_rate: int = _setting(
        10, "Programs needed for a rate in percent with its interval.", unit="programs", origin=SIZE_GATE, low=1
    )
    min_n_median: int = _setting(20, "Programs needed for a median time.", unit="programs", origin=SIMULATED, low=2)
    min_deliveries_median: int = _setting(
        10, "Deliveries needed for a median time.", unit="deliveries", origin=SIMULATED, low=1
    )
    min_n_p85: int = _setting(
        40, "Programs needed for an 85th percentile of time.", unit="programs", origin=SIMULATED, low=2
    )
    min_deliveries_p85: int = _setting(
        30, "Deliveries needed for an 85th percentile of time.", unit="deliveries", origin=SIMULATED, low=1
    )
    min_at_risk: int = _setting(
        5,
        "Programs that must be at risk where a curve begins, and where its 85th percentile is read.",
        unit="programs",
        origin="with one or two at risk a single event drives the curve to zero",
        low=1,
    )
    min_n_flow: int = _setting(
        10, "Programs with stage visits needed for flow efficiency.", unit="programs", origin=SIZE_GATE, low=1
    )
    max_unknown_share: float = _setting(
        0.05, "Above this share of unknown outcomes a rate's interval runs from its worst to its best case.",
        unit="share", origin="up to 5 % unknown moves a rate by less than its interval", low=0,
    )  # fmt: skip
    large_unknown_share: float = _setting(
        0.20, "Above this share of missing facts a figure counts as not reliable.",
        unit="share", origin="beyond a fifth the unknown decides the figure", low=0,
    )  # fmt: skip
    balance_low: float = _setting(
        0.8, "A flow is steady when arrivals, departures and work in progress balance within these two ratios.",
        unit="ratio", origin="outside it averages over the window describe no quarter", low=0,
    )  # fmt: skip
    balance_high: float = _setting(
        1.25, "The upper of the two ratios.", unit="ratio", origin="1 / 0.8", low=1,
    )  # fmt: skip
    bootstrap_replicates: int = _setting(
        2000,
        "Resamples behind each bootstrap interval.",
        unit="replicates",
        origin="percentile limits settle to about half a point at this number",
        low=200,
    )


def describe_settings() -> tuple[tuple[str, Any, str, str, str], ...]:
    """Return name, default, meaning, unit and origin of every setting, for docs and the engagement template.

    Examples
    --------
    >>> describe_settings()[1][:3]
    ('min_n_rate', 10, 'Programs needed for a rate in percent with its interval.')
    """
    return tuple(
        (item.name, item.default, item.metadata["meaning"], item.metadata["unit"], item.metadata["origin"])
        for item in fields(Settings)
    )
