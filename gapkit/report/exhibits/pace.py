"""Exhibits of pace: how long programs take, where the time goes, how much is in progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.baseline import wording
from gapkit.baseline.velocity import VELOCITIES
from gapkit.labels import label_count, label_date, label_number, label_share
from gapkit.plots import curves, load
from gapkit.plots import stage_time as stage_time_plot
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, foot, frame_table, results_table, unmeasured

CLOCK_WORDS: Final = {"commitment": "commitment", "brief": "the approved brief"}

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis


def time_to_market(d: Diagnosis) -> Exhibit | Callout:
    """Return how long programs take from commitment to market."""
    median, slow, mean = (d.results[f"time_to_market_{name}_days"] for name in ("median", "p85", "restricted_mean"))
    since = CLOCK_WORDS[d.eng.config.ttm_clock]
    title = wording.time_to_market_title(median, slow, since)
    found = d.baseline.time_to_market
    if found is None:
        return unmeasured(title, median)
    figure = draw(d.eng, curves.plot_time_to_market, found.curve, median, since)
    table = results_table({"time_to_market_median_days": median, "time_to_market_p85_days": slow,
                           "time_to_market_restricted_mean_days": mean})  # fmt: skip
    fates = wording.fates_reading(found.milestones)
    return Exhibit(
        "time_to_market", title, figure, alt=curves.describe_time_to_market(found.curve, median, since), table=table,
        reading=f"{fates} The shaded band is the 95 % interval.",
        foot=foot(d.eng, f"Days from {since} to delivery", median),
        facts=(*facts_of(median, slow, mean), "95 %", "15 %", fates),
    )  # fmt: skip


def milestones(d: Diagnosis) -> Table | None:
    """Return the share delivered and cancelled by day 30, 60, 90 and 120; None when not measured."""
    found = d.baseline.time_to_market
    if found is None:
        return None
    wide = found.milestones.pivot_table(index="day", columns="fate", values=["value", "low", "high"])
    rows = []
    for day, row in wide.iterrows():
        cells = [f"{label_share(row['value', fate])} ({label_share(row['low', fate])} to {label_share(row['high', fate])})"
                 for fate in ("delivered", "cancelled")]  # fmt: skip
        rows.append((f"day {day:.0f}", *cells))
    columns = (Column("By"), Column("Delivered (95 % interval)", "right"), Column("Cancelled (95 % interval)", "right"))
    title = f"What has become of programs by a given day after {CLOCK_WORDS[d.eng.config.ttm_clock]}"
    return Table(columns, tuple(rows), title=title,
                 foot="Aalen–Johansen: delivery and cancellation as competing ends · 95 % program bootstrap")  # fmt: skip


def stage_time(d: Diagnosis) -> Exhibit | Callout | None:
    """Return the stages that hold most time; None without stage history, which `lost_days` says."""
    efficiency, table = d.results["flow_efficiency"], d.baseline.stage_time
    if efficiency.status == "not_assessable":
        return None
    if table.empty or not efficiency.is_ok:
        return unmeasured(wording.flow_title(efficiency), efficiency)
    figure = draw(d.eng, stage_time_plot.plot_stage_time, table)
    title, share = wording.stages_title(table), wording.flow_title(efficiency)
    drawn = min(len(table), stage_time_plot.MOST_ROWS)
    counted = f"The chart shows {label_number(drawn)} of {label_count(len(table), 'stage')}, the workbook all of them."
    return Exhibit(
        "stage_time", title, figure, alt=stage_time_plot.describe_stage_time(table), reading=f"{share}. {counted}",
        foot=foot(d.eng, "Calendar days in each stage inside the window, finished or not", efficiency,
                  tables=("stage_visits",)),
        facts=(*facts_of(efficiency), title, counted), quoted=tuple(table["stage"].unique()),
    )  # fmt: skip


def velocity(d: Diagnosis) -> Exhibit | Callout:
    """Return the pace of delivery."""
    pace = d.results["velocity_per_week"]
    title = wording.velocity_title(pace)
    if not pace.is_ok:
        return unmeasured(title, pace)
    figure = draw(d.eng, load.plot_velocity, d.baseline.weekly, pace)
    return Exhibit(
        "velocity", title, figure, alt=load.describe_velocity(d.baseline.weekly, pace),
        reading="The line is the mean pace of a working week, the grey band its 95 % interval. Planned and unplanned "
                "programs count alike. " + " ".join(pace.caveats),
        table=results_table({name: d.results[name] for name in VELOCITIES}, caveats=False),
        foot=foot(d.eng, "Deliveries / working weeks (business days / 5)", pace),
        facts=(*facts_of(pace), "95 %"),
    )  # fmt: skip


def in_progress(d: Diagnosis) -> Exhibit | Callout:
    """Return how much is open at once."""
    wip = d.results["wip"]
    title = wording.wip_title(wip, len(d.baseline.ageing))
    if not wip.is_ok:
        return unmeasured(title, wip)
    figure = draw(d.eng, load.plot_wip, d.baseline.daily_wip)
    balance = d.baseline.balance
    reading = wording.balance_words(balance)
    extra = (label_number(balance.arrivals), label_number(balance.departures)) if balance else ()
    return Exhibit(
        "in_progress", title, figure, alt=load.describe_wip(d.baseline.daily_wip),
        reading=" ".join((reading, *wip.caveats)),
        foot=foot(d.eng, "Programs started and neither delivered nor cancelled, each day", n=label_count(wip.n, "day")),
        facts=(*facts_of(wip), *extra, label_number(len(d.baseline.ageing))),
    )  # fmt: skip


def ageing(d: Diagnosis) -> Table | None:
    """Return the open programs that have grown old; None when there are none."""
    frame = d.baseline.ageing
    if frame.empty:
        return None
    columns = {
        "program_id": ("text", Column("Program", width=0.13)),
        "name": ("text", Column("Name", width=0.29)),
        "team": ("text", Column("Team", width=0.18)),
        "status": ("word", Column("Status", width=0.11)),
        "age_days": ("days", Column("Age", "right", 0.1)),
        "frozen_end": ("day", Column("Promised for", "right", 0.19)),
    }
    return frame_table(frame, columns, title="Open programs older than most are at delivery",
                       foot_line="Older than the 85th percentile of time-to-market, or twice its median where that is not "
                                 f"reached · read as of {label_date(d.baseline.as_of)}")  # fmt: skip
