"""Did what was delivered as specified bring what it was meant to bring? Targets of its measures against their readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_count, label_period
from gapkit.results import Result, not_assessable
from gapkit.schema import split_list
from gapkit.survey.scoring import mean_interval

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement

NO_TARGETS: Final = (
    "No measure with a target belongs to a program delivered to specification. The tables kpis and kpi_values would switch "
    "this on."
)
# What to say where neither axis is limited and targets are missed all the same.
OUTSIDE: Final = (
    "Programs delivered to specification miss their targets: look at direction content or market, outside this diagnosis."
)


def target_attainment(eng: Engagement, baseline: Baseline) -> Result:
    """Estimate how far the measures of programs delivered to specification reached their targets.

    Parameters
    ----------
    eng : Engagement
        Supplies kpis and kpi_values.
    baseline : Baseline
        Supplies deliveries.

    Returns
    -------
    Result
        Mean over measures of reading / target (target / reading where down is good); 1 is on target. The latest reading of
        a period that began after the first such delivery counts. 95 % t interval; thin below five measures.
    """
    name, period = "target_attainment", label_period(baseline.start, eng.as_of)
    ratios = _ratios(eng, baseline)
    fewest = eng.config.settings.min_n_counts
    if ratios.empty:
        return not_assessable(name, NO_TARGETS, unit="ratio", period=period)
    if len(ratios) < fewest:
        words = f"Only {label_count(len(ratios), 'measure')} with target and reading; {fewest} are needed."
        return Result(name, n=len(ratios), unit="ratio", period=period, status="thin", grade="C", caveats=(words,))
    found = mean_interval(ratios.to_numpy(float))
    return Result(
        name, *found, n=len(ratios), unit="ratio", period=period, method="mean over measures, t interval", grade="B"
    )


def _ratios(eng: Engagement, baseline: Baseline) -> pd.Series:
    """Return reading / target of each measure that may be judged, by kpi_id."""
    judged = baseline.judged
    delivered = judged.loc[judged["is_to_spec"].fillna(False) & judged["actual_end"].notna(), "actual_end"]
    kpis = eng.kpis.loc[eng.kpis["target"].gt(0)].set_index("kpi_id")
    links = split_list(kpis["program_ids"]).explode().dropna()
    first = delivered.reindex(links).set_axis(links.index).groupby(level=0).min().dropna()
    if first.empty:
        return pd.Series(dtype=float)
    values = eng.kpi_values.loc[eng.kpi_values["kpi_id"].isin(first.index) & eng.kpi_values["value"].gt(0)]
    after = values.loc[values["period_start"] > values["kpi_id"].map(first)]
    last = after.sort_values("period_start", kind="stable").drop_duplicates("kpi_id", keep="last")
    last = last.set_index("kpi_id").sort_index()
    target = kpis["target"].reindex(last.index)
    is_down = kpis["direction"].reindex(last.index) == "down"
    return pd.Series(np.where(is_down, target / last["value"], last["value"] / target), index=last.index)
