"""Feedback-loop failure: no target to learn against, results late or not looked at, reviews that decide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.measured import About, Measured, Sample, median_of, share_of
from gapkit.labels import label_count
from gapkit.schema import split_list

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

F1 = About(
    "F1", "of delivered programs had no target for their result before launch",
    "delivered in the window, without a linked measure whose target was set by then / delivered in the window",
    ("kpis", "programs"),
)  # fmt: skip
F2 = About(
    "F2", "of delivered programs had no review of results within 30 days",
    "no review that took place within 30 days after delivery lists the program / delivered in the window, at least 30 days "
    "before the last day",
    ("reviews", "programs"),
)  # fmt: skip
F3 = About(
    "F3", "between the end of a period and its reading",
    "median days from the last day of the period to the day the reading became known, periods ended in the window; "
    "readings not yet known are not counted",
    ("kpi_values", "kpis"), unit="days", units="measures",
)  # fmt: skip
F4 = About(
    "F4", "of reviews took place without any recorded decision",
    "held reviews with no decision / held reviews whose decisions were counted, in the window",
    ("reviews",), units="reviews",
)  # fmt: skip
RESULT_DAYS = 30
PERIODS = {"weekly": pd.DateOffset(weeks=1), "monthly": pd.DateOffset(months=1), "quarterly": pd.DateOffset(months=3)}


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return F1 to F4."""
    return _no_target(basis), _no_results_review(basis), _latency(basis), _empty_reviews(basis)


def first_target(kpis: pd.DataFrame) -> pd.Series:
    """Return the day on which the first target of any linked measure was set, by program_id."""
    linked = kpis.loc[kpis["target_set_at"].notna() & kpis["program_ids"].notna()]
    rows = pd.DataFrame({"program_id": split_list(linked["program_ids"]), "set_on": linked["target_set_at"]})
    return rows.explode("program_id").groupby("program_id")["set_on"].min()


def _no_target(basis: Basis) -> Measured:
    kpis = basis.eng.kpis
    if kpis["program_ids"].isna().all():
        return F1.missing("The table kpis with its column program_ids would switch this on.")
    if kpis["target_set_at"].isna().all():
        return F1.missing("The column target_set_at of kpis would switch this on.")
    delivered = basis.is_delivered
    done = basis.judged.loc[delivered, "actual_end"]
    in_time = first_target(kpis).reindex(done.index).astype("datetime64[us]") <= done
    return F1.measured(share_of("program", done.index.to_series(), ~in_time))


def _no_results_review(basis: Basis) -> Measured:
    if basis.reviewed.empty:
        return F2.missing("The table reviews with its columns held_at and program_ids would switch this on.")
    horizon = pd.Timedelta(days=RESULT_DAYS)
    done = basis.judged.loc[basis.is_delivered & basis.judged["actual_end"].le(basis.as_of - horizon), "actual_end"]
    after = basis.reviewed["held_on"] - done.reindex(basis.reviewed["program_id"]).set_axis(basis.reviewed.index)
    seen = basis.reviewed.loc[(after > pd.Timedelta(0)) & (after <= horizon), "program_id"]
    return F2.measured(share_of("program", done.index.to_series(), pd.Series(~done.index.isin(seen), index=done.index)))


def _latency(basis: Basis) -> Measured:
    values = basis.eng.kpi_values
    if values["available_at"].isna().all():
        return F3.missing("The table kpi_values with its column available_at would switch this on.")
    cadence = values["kpi_id"].map(basis.eng.kpis.set_index("kpi_id")["cadence"])
    ends = pd.Series(pd.NaT, index=values.index, dtype="datetime64[us]")
    for word, step in PERIODS.items():
        ends = ends.mask(cadence == word, values["period_start"] + step - pd.Timedelta(days=1))
    rows = values.loc[basis.in_window(ends) & values["available_at"].notna()]
    unknown = int(cadence.isna().sum())
    words = f"{label_count(unknown, 'reading')} left out: how often the measure is read is not known." if unknown else ""
    days = (local_day(rows["available_at"]) - ends[rows.index]).dt.days
    counts = pd.crosstab(rows["kpi_id"], days)
    sample = Sample("measure", counts.index.to_numpy(dtype=object), counts.to_numpy(float),
                    median_of(counts.columns.to_numpy(float)))  # fmt: skip
    return F3.measured(sample, words)


def _empty_reviews(basis: Basis) -> Measured:
    reviews = basis.eng.reviews
    held = reviews.loc[reviews["held_at"].notna() & reviews["decisions"].notna()]
    if held.empty:
        return F4.missing("The table reviews with its column decisions would switch this on.")
    held = held.loc[basis.in_window(local_day(held["held_at"]))]
    return F4.measured(share_of("review", held["review_id"], (held["decisions"] == 0).astype(float)))
