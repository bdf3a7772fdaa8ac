"""Assemble the diagnosis of an engagement from its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapkit.baseline import Baseline, estimate_baseline
from gapkit.baseline.execution import committed
from gapkit.baseline.frozen import freeze
from gapkit.plain import header, plain_rows, results_to_dict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.engagement import Engagement
    from gapkit.results import Result


@dataclass(frozen=True)
class Diagnosis:
    """What the first thirty days found.

    Attributes
    ----------
    eng : Engagement
        What it was computed from.
    baseline : Baseline
        Planned against delivered, time and load.
    frozen : mapping
        The record to be frozen as `baseline.json`: measures, definitions, target, test, smallest detectable change.
    """

    eng: Engagement
    baseline: Baseline
    frozen: Mapping[str, Any]

    @property
    def results(self) -> Mapping[str, Result]:
        """Every pooled figure by result name."""
        return self.baseline.results

    @property
    def gap_map(self) -> pd.DataFrame:
        """Programs, budget and points by quarter, type, group and category."""
        return self.baseline.gap_map

    @property
    def many_unknown(self) -> int:
        """Planned programs of the baseline quarters whose delivery date is unknown, 0 unless too many to ignore."""
        plan = committed(self.baseline.judged, self.baseline.quarters)["delivered_by_quarter_end"]
        unknown = int(plan.isna().sum())
        return unknown if unknown > self.eng.config.settings.max_unknown_share * len(plan) else 0

    @property
    def can_be_frozen(self) -> bool:
        """Whether the primary measure has a figure: a yardstick without one would measure nothing."""
        return self.results[self.frozen["primary"]].is_ok

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what `diagnose.json` holds."""
        base = self.baseline
        return {
            **header(self.eng, "diagnose"),
            "results": results_to_dict(base.results),
            "by_quarter": {quarter: results_to_dict(rates) for quarter, rates in base.by_quarter.items()},
            "by_type": results_to_dict(base.by_type),
            "gap_map": plain_rows(base.gap_map),
            "programs": {"counted": len(base.judged), "merged_into_others": base.n_merged},
            "stage_time": plain_rows(base.stage_time),
            "kind_time": plain_rows(base.kind_time),
            "time_to_market": plain_rows(base.time_to_market.milestones) if base.time_to_market else None,
            "ageing": plain_rows(base.ageing),
            "baseline": dict(self.frozen) if self.can_be_frozen else None,
        }


def diagnose(eng: Engagement) -> Diagnosis:
    """Diagnose an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.

    Returns
    -------
    Diagnosis
        The same for the same engagement and seed; nothing is written.
    """
    base = estimate_baseline(eng)
    frozen = freeze(base.results, eng.config, quarters=base.quarters, working_weeks=base.working_weeks, as_of=eng.as_of)
    return Diagnosis(eng, base, frozen)
