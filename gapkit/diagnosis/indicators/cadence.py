"""The cadence fracture: reviews that do not take place, skip programs, come irregularly, or leave actions undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.baseline.load import in_progress_spans
from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.measured import About, Measured, Sample, mean_of_ratios, over, share_of

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis
    from gapkit.stats.intervals import FloatArray

HELD = About(
    "Cadence 1", "of scheduled reviews were dropped or moved",
    "reviews not held, or held more than one business day off / reviews scheduled in the window",
    ("reviews",), units="reviews",
)  # fmt: skip
REVIEWED = About(
    "Cadence 2", "of programs in flight had not been reviewed for two weeks",
    "in flight for 14 days and on no agenda of the last 14 / in flight for 14 days, mean over the week ends of the window",
    ("reviews", "programs"),
)  # fmt: skip
REGULAR = About(
    "Cadence 3", "is how much the gaps between reviews of a series vary, relative to their mean",
    "standard deviation / mean of the days between held reviews, mean over weekly, fortnightly and monthly series with at "
    "least 6 in the window",
    ("reviews",), unit="ratio", units="gaps",
)  # fmt: skip
ACTIONS = About(
    "Cadence 4", "of agreed actions were not done on time",
    "actions opened and not closed on time / actions opened, reviews held in the window",
    ("reviews",), units="reviews",
)  # fmt: skip
ROUND_DAYS = 14
# One meeting a quarter cannot come six times in a window of three quarters; several a quarter are several series.
SERIES = ("weekly", "fortnightly", "monthly")
FEWEST_HELD = 6


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return the four indicators of cadence."""
    if not basis.eng.has("reviews"):
        why = "The table reviews would switch this on."
        return tuple(about.missing(why) for about in (HELD, REVIEWED, REGULAR, ACTIONS))
    return _held(basis), _reviewed(basis), _regular(basis), _actions(basis)


def _held(basis: Basis) -> Measured:
    reviews = basis.eng.reviews
    due = reviews.loc[basis.in_window(local_day(reviews["scheduled_at"]))]
    off = np.abs(basis.business_days(local_day(due["scheduled_at"]), local_day(due["held_at"])))
    return HELD.measured(share_of("review", due["review_id"], pd.Series(~(off <= 1), index=due.index)))


def _reviewed(basis: Basis) -> Measured:
    if basis.reviewed.empty:
        return REVIEWED.missing("The column program_ids of reviews would switch this on.")
    spans = in_progress_spans(basis.judged, basis.as_of.date())
    sundays = pd.date_range(basis.start, basis.as_of, freq="W-SUN")
    earlier = pd.Timedelta(days=ROUND_DAYS)
    place = spans.index.get_indexer(pd.Index(basis.reviewed["program_id"]))
    counted, missed = np.zeros((len(spans), len(sundays))), np.ones((len(spans), len(sundays)))
    for week, day in enumerate(sundays):
        counted[:, week] = (spans["start_on"] <= day - earlier) & (spans["end_on"] > day)
        recent = basis.reviewed["held_on"].between(day - earlier, day, inclusive="right")
        missed[place[recent & (place >= 0)], week] = 0
    sample = Sample("program", spans.index.to_numpy(dtype=object), np.hstack([missed * counted, counted]), mean_of_ratios)
    return REVIEWED.measured(_only_counted(sample, counted))


def _only_counted(sample: Sample, counted: FloatArray) -> Sample:
    """Return the sample without units that were never in flight long enough."""
    kept = counted.any(axis=1)
    return Sample(sample.pool, sample.keys[kept], sample.table[kept], sample.read)


def _regular(basis: Basis) -> Measured:
    reviews = basis.eng.reviews
    held = pd.DataFrame({"series": reviews["series"], "on": local_day(reviews["held_at"])})
    held = (
        held.loc[basis.in_window(held["on"]) & held["series"].isin(SERIES)].drop_duplicates().sort_values(["series", "on"])
    )
    held = held.loc[held.groupby("series")["on"].transform("size") >= FEWEST_HELD]
    if held.empty:
        return REGULAR.missing(f"A series with at least {FEWEST_HELD} held reviews in the window would switch this on.")
    gap = held.groupby("series")["on"].diff().dt.days
    held, gap = held[gap.notna()], gap.dropna().to_numpy(float)
    is_series = pd.get_dummies(held["series"]).to_numpy(float)
    table = np.hstack([is_series, is_series * gap[:, None], is_series * gap[:, None] ** 2])
    keys = (held["series"] + " " + held["on"].dt.strftime("%Y-%m-%d")).to_numpy(dtype=object)
    return REGULAR.measured(Sample("gap", keys, table, mean_variation))


def mean_variation(sums: FloatArray) -> FloatArray:
    """Return the mean coefficient of variation over series, from counts, sums and sums of squares of each.

    Examples
    --------
    >>> mean_variation(np.array([[2.0, 20.0, 232.0]])).item()  # gaps 6 and 14: mean 10, sample variance 32
    0.565685424949238
    """
    n, total, squares = np.split(sums, 3, axis=1)
    known = (n > 1) & (total > 0)
    n, total = np.where(known, n, 2.0), np.where(known, total, 1.0)
    mean = total / n
    variance = np.maximum(squares - n * mean**2, 0) / (n - 1)
    variation = np.where(known, np.sqrt(variance) / mean, 0.0)
    counted = known.sum(axis=1).astype(np.float64)
    return over(variation.sum(axis=1), counted)


def _actions(basis: Basis) -> Measured:
    reviews = basis.eng.reviews
    known = reviews.dropna(subset=["actions_opened", "actions_closed_on_time"])
    known = known.loc[basis.in_window(local_day(known["held_at"]))]
    if known.empty:
        return ACTIONS.missing("The columns actions_opened and actions_closed_on_time of reviews would switch this on.")
    opened, closed = (known[name].astype(float) for name in ("actions_opened", "actions_closed_on_time"))
    return ACTIONS.measured(share_of("review", known["review_id"], (opened - closed).clip(lower=0), opened))
