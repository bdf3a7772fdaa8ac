"""Whether a leading measure moved before the lagging one it feeds: an exploration, never a promise.

Both are compared by the lagging measure's periods, the leading one a period earlier. The lag is fixed in advance, one
period, because a lag chosen for its correlation finds one in any noise; and changes from period to period are compared, not
levels, because two series that merely both grow are always related.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy import stats

from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    import networkx as nx

COLUMNS: Final = ("leading_id", "lagging_id", "lag", "n", "rho", "low", "high")
FREQUENCY: Final = {"weekly": "W-SUN", "monthly": "M", "quarterly": "Q"}
LAG: Final = {"weekly": "one week", "monthly": "one month", "quarterly": "one quarter"}
LEVEL: Final = 0.95


def spearman(first: pd.Series, second: pd.Series) -> Interval | None:
    """Return Spearman's rank correlation with its 95 % interval; None where one of the two never changes.

    Notes
    -----
    Fisher's z with the variance ``(1 + rho**2 / 2) / (n - 3)``. It takes pairs as independent.

    References
    ----------
    Bonett, D. G. & Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations. Psychometrika 65, 23-28.

    Examples
    --------
    >>> one = pd.Series(range(20))
    >>> [round(limit, 3) for limit in spearman(one, (one * 7) % 20)]
    [0.368, -0.104, 0.705]
    """
    if first.nunique() < 2 or second.nunique() < 2:
        return None
    rho = float(stats.spearmanr(first, second).statistic)
    # A perfect correlation has no interval on the scale of z; limits then fall on it.
    z = math.atanh(min(max(rho, -1 + 1e-12), 1 - 1e-12))
    width = float(stats.norm.ppf((1 + LEVEL) / 2)) * math.sqrt((1 + rho**2 / 2) / (len(first) - 3))
    return Interval(rho, math.tanh(z - width), math.tanh(z + width))


def relate(leading: pd.Series, lagging: pd.Series, cadence: str) -> tuple[pd.Series, pd.Series]:
    """Return the changes of a leading measure and those of the lagging one a period later, where both are known.

    Parameters
    ----------
    leading, lagging : Series
        Readings, indexed by the first day of their period.
    cadence : {"weekly", "monthly", "quarterly"}
        Cadence of the lagging measure, whose periods are compared; readings within one are averaged.

    Examples
    --------
    >>> days = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"])
    >>> x, y = relate(pd.Series([1.0, 3, 2, 9], days), pd.Series([5.0, 5, 9, 7], days), "monthly")
    >>> x.tolist(), y.tolist()
    ([2.0, -1.0], [4.0, -2.0])
    """
    one, other = (
        series.groupby(pd.DatetimeIndex(series.index).to_period(FREQUENCY[cadence])).mean() for series in (leading, lagging)
    )
    periods = pd.period_range(min(one.index.min(), other.index.min()), max(one.index.max(), other.index.max()))
    both = pd.DataFrame(
        {"leading": one.reindex(periods).diff().shift(1), "lagging": other.reindex(periods).diff()}
    ).dropna()
    return both["leading"], both["lagging"]


def lead_lag(kpis: pd.DataFrame, values: pd.DataFrame, graph: nx.DiGraph, least: int) -> pd.DataFrame:
    """Return how each leading measure moved with the lagging one above it.

    Parameters
    ----------
    kpis : DataFrame
        Columns kpi_id, kind, cadence.
    values : DataFrame
        Canonical table kpi_values.
    graph : DiGraph
        From `inputs.kpi_tree.kpi_graph`.
    least : int
        Common points needed.

    Returns
    -------
    DataFrame
        Columns leading_id, lagging_id, lag (in words), n (changes compared), rho (Spearman) with low and high (95 %);
        strongest first. Pairs with fewer common points are left out.
    """
    about = kpis.set_index("kpi_id")
    read = {kpi: rows.set_index("period_start")["value"] for kpi, rows in values.groupby("kpi_id")}
    rows = []
    for above, below in graph.edges:
        cadence = about.loc[above, "cadence"]
        is_pair = about.loc[above, "kind"] == "lagging" and about.loc[below, "kind"] == "leading"
        if not is_pair or above not in read or below not in read or cadence not in LAG:
            continue
        x, y = relate(read[below], read[above], cadence)
        found = spearman(x, y) if len(x) >= least else None
        if found is not None:
            rows.append((below, above, LAG[cadence], len(x), *found))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    order = np.argsort(-frame["rho"].abs().to_numpy(float), kind="stable")
    return frame.iloc[order].reset_index(drop=True)
