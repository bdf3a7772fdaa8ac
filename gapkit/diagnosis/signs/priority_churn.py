"""How much the official priorities change from one quarter's plan to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.calendar import freeze_date, previous_quarter, quarter_of_date
from gapkit.labels import label_period
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators import Basis

NAME: Final = "priority_churn"
CHANGED: Final = "official priorities that changed from one quarter's plan to the next"
CHANGED_CLAUSE: Final = "{} of the official priorities changed from one quarter's plan to the next"
DEFINITION: Final = (
    "1 − priorities in force at the freeze of both of two successive quarters / priorities in force at either, mean over "
    "the quarters frozen in the window"
)
COLUMNS: Final = ("quarter", "before", "now", "kept", "churn")
NO_DATES: Final = (
    "The official priorities with the days from which and up to which each held (table priorities) would switch this on."
)
TOO_YOUNG: Final = "The register of priorities begins too late: no two quarters of the window can be compared."


def churn_by_quarter(priorities: pd.DataFrame, quarters: Sequence[tuple[str, pd.Timestamp, pd.Timestamp]]) -> pd.DataFrame:
    """Return how much the priorities in force changed between the freezes of two quarters.

    Parameters
    ----------
    priorities : DataFrame
        Canonical table; a blank "from" means from the beginning, a blank "to" until today.
    quarters : sequence of (quarter, day, day)
        A quarter, the day its plan was frozen, and the day that of the quarter before was.

    Returns
    -------
    DataFrame
        Columns quarter, before and now (priorities in force on either day), kept (on both), churn. Quarters before whose
        first day the register begins are left out: what was official then is not known.

    Notes
    -----
    ``churn = 1 − kept / (before + now − kept)``, one minus Jaccard's index: 0 if nothing changed, 1 if everything did.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> rows = pd.DataFrame({"priority_id": list("abc"), "from": [day("2025-01-01"), day("2025-01-01"), day("2026-01-01")],
    ...                      "to": [pd.NaT, day("2025-12-31"), pd.NaT]})
    >>> churn_by_quarter(rows, [("2026Q1", day("2026-01-09"), day("2025-10-07"))]).round(3).to_dict("records")
    [{'quarter': '2026Q1', 'before': 2, 'now': 2, 'kept': 1, 'churn': 0.667}]
    """
    opened = priorities["from"].min() if priorities["from"].notna().all() else pd.Timestamp.min
    rows = []
    for quarter, today, earlier in quarters:
        if earlier < opened:
            continue
        now, before = (_in_force(priorities, day) for day in (today, earlier))
        if now | before:
            kept = len(now & before)
            rows.append((quarter, len(before), len(now), kept, 1 - kept / len(now | before)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _in_force(priorities: pd.DataFrame, day: pd.Timestamp) -> set[str]:
    held = ~(priorities["from"] > day) & ~(priorities["to"] < day)
    return set(priorities.loc[held, "priority_id"])


def priority_churn(basis: Basis) -> tuple[Result, pd.DataFrame]:
    """Return how much priorities changed per quarter, over the quarters whose plan was frozen in the window.

    Parameters
    ----------
    basis : Basis
        Supplies priorities, window and calendar.

    Returns
    -------
    Result
        ``priority_churn``, mean over the quarters; without interval, because every change is known. n = quarters compared.
    DataFrame
        From `churn_by_quarter`.
    """
    priorities, config = basis.eng.priorities, basis.eng.config
    table = churn_by_quarter(priorities, ())
    period = label_period(basis.start.date(), basis.as_of.date())
    if priorities["from"].isna().all():
        return not_assessable(NAME, NO_DATES, period=period), table
    month = config.fiscal_start_month
    quarter, compared = quarter_of_date(basis.as_of.date(), month), []
    first = quarter_of_date(basis.start.date(), month)
    while quarter >= first:
        before = previous_quarter(quarter)
        today, earlier = (pd.Timestamp(freeze_date(q, config)) for q in (quarter, before))
        if today <= basis.as_of:
            compared.append((quarter, today, earlier))
        quarter = before
    table = churn_by_quarter(priorities, compared[::-1])
    if table.empty:
        return not_assessable(NAME, TOO_YOUNG, period=period), table
    value = float(table["churn"].mean())
    return Result(
        NAME, value, n=len(table), period=period, method="1 − Jaccard's index, mean over quarters", grade="B"
    ), table
