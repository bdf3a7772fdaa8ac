"""Which of today's meetings to stop: those rarely held, those that decide nothing, those of a rhythm that is given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.calendar import business_days
from gapkit.diagnosis.indicators.anchors import ANCHORS
from gapkit.labels import label_count, label_number, label_share
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import Settings
    from gapkit.engagement import Engagement

STOP: Final = "stop"
CONTINUE: Final = "continue"
KEEP: Final = "keep"
TOO_FEW: Final = "too few to say"
NAMES: Final[Mapping[str, str]] = MappingProxyType({
    "weekly": "weekly meetings", "fortnightly": "fortnightly meetings", "monthly": "monthly meetings",
    "quarterly": "quarterly meetings", "program": "reviews of single programs", "other": "other meetings",
})  # fmt: skip
# Which rhythm takes over what a series was for: its own where the new calendar holds it, else the nearest.
INSTEAD: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "weekly": ("weekly",), "fortnightly": ("fortnightly", "weekly"), "monthly": ("monthly",),
    "quarterly": ("quarterly", "monthly"),
})  # fmt: skip
COLUMNS: Final = (
    "series", "name", "n", "off", "off_share", "off_low", "off_high", "n_counted", "empty", "empty_share", "empty_low",
    "empty_high", "advice", "becomes", "why",
)  # fmt: skip
NOT_HELD, EMPTY = ANCHORS["Cadence 1"].severe, ANCHORS["F4"].severe


def judge_series(eng: Engagement, start: dt.date, installed: Collection[str]) -> pd.DataFrame:
    """Judge today's series of meetings.

    Parameters
    ----------
    eng : Engagement
        Supplies reviews, calendar and settings.
    start : date
        First day of the window.
    installed : collection of str
        Rhythms of the new calendar (weekly, monthly …).

    Returns
    -------
    DataFrame
        One row per series of the table reviews, in the order of `NAMES`: name in words; n (scheduled in the window), off
        (not held, or held more than one business day off), n_counted (held, with decisions counted), empty (of these,
        without a decision), each as a share with its 95 % Wilson limits (missing below the minimum n); advice (stop,
        continue, keep, too few to say), becomes (rhythm that takes its place; empty for none), why (one sentence).

    Notes
    -----
    Stop what is dropped or moved as often as the severe anchor of indicator Cadence 1 says, what decides as rarely as that
    of F4, and what has a rhythm the new calendar does not hold. Reviews of single programs stay: they close the loop.
    """
    reviews = eng.reviews
    due_on, held_on = local_day(reviews["scheduled_at"]), local_day(reviews["held_at"])
    inside = due_on.between(pd.Timestamp(start), pd.Timestamp(eng.as_of))
    late = np.abs(business_days(due_on, held_on, eng.config.weekmask, eng.config.holidays))
    rows = reviews.assign(is_off=~(late <= 1), is_counted=held_on.notna() & reviews["decisions"].notna())
    rows = rows.assign(is_empty=rows["is_counted"] & rows["decisions"].eq(0).fillna(False).astype(bool)).loc[inside]
    found = [
        _judged(name, rows.loc[rows["series"] == name], installed, eng.config.settings)
        for name in NAMES if rows["series"].eq(name).any()
    ]  # fmt: skip
    return pd.DataFrame(found, columns=list(COLUMNS))


def _judged(series: str, rows: pd.DataFrame, installed: Collection[str], settings: Settings) -> dict[str, Any]:
    off, empty = int(rows["is_off"].sum()), int(rows["is_empty"].sum())
    counted = int(rows["is_counted"].sum())
    about = {
        "series": series, "name": NAMES[series], "n": len(rows), **_share("off", off, len(rows), settings),
        "n_counted": counted, **_share("empty", empty, counted, settings),
    }  # fmt: skip
    advice, becomes, why = _advice(about, installed, settings)
    return {**about, "advice": advice, "becomes": becomes, "why": why}


def _share(name: str, x: int, n: int, settings: Settings) -> dict[str, Any]:
    limits = wilson(x, n) if n >= settings.min_n_rate else (np.nan,) * 3
    return {name: x, **dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), limits, strict=True))}


def _advice(about: Mapping[str, Any], installed: Collection[str], settings: Settings) -> tuple[str, str, str]:
    """Return advice, the rhythm that takes its place, and why."""
    series, evidence = about["series"], _evidence(about)
    becomes = next((name for name in INSTEAD.get(series, ()) if name in installed), "")
    if series == "program":
        return KEEP, "", f"They close the loop after a launch. {evidence}"
    if about["n"] < settings.min_n_counts:
        return TOO_FEW, becomes, f"{label_count(about['n'], 'meeting')} scheduled; {settings.min_n_counts} are needed."
    if about["off_share"] >= NOT_HELD or about["empty_share"] >= EMPTY:
        return STOP, becomes, evidence
    if series == "other":
        return KEEP, "", evidence
    if series not in installed:
        return STOP, becomes, f"The new calendar has no {series} series. {evidence}"
    return CONTINUE, becomes, evidence


def _evidence(about: Mapping[str, Any]) -> str:
    """Return how often a series was dropped or moved, and how often it decided nothing."""
    off = f"{label_number(about['off'])} of {label_number(about['n'])} dropped or moved{_percent(about['off_share'])}"
    if not about["n_counted"]:
        return f"{off}; decisions were not counted."
    counted = label_count(about["n_counted"], "meeting")
    return f"{off}; {label_number(about['empty'])} of {counted} without a decision{_percent(about['empty_share'])}."


def _percent(share: float) -> str:
    return "" if np.isnan(share) else f" ({label_share(share)})"
