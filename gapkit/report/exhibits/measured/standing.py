"""Exhibits of the standing metric: commitments on time, deliveries, and the execution rate quarter by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline.series import ON_TIME, THROUGHPUT
from gapkit.labels import label_date, label_list, label_number, label_result, label_result_interval
from gapkit.measurement.standing.standing import NO_CHART
from gapkit.measurement.standing.wording import describe_grain
from gapkit.plots.xmr import describe_xmr, plot_xmr
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, source_of

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.measurement import Measurement
    from gapkit.measurement.standing import Chart


def standing(m: Measurement) -> Exhibit | Callout:
    """Return the standing chart of commitments on time."""
    return _chart(m, ON_TIME)


def throughput(m: Measurement) -> Exhibit | Callout:
    """Return the standing chart of deliveries."""
    return _chart(m, THROUGHPUT)


def _chart(m: Measurement, name: str) -> Exhibit | Callout:
    """Return one standing chart; a remark where nothing could be charted."""
    chart = m.standing.chart(name)
    if chart is None:
        return Callout("missing", NO_CHART)
    if not any(point.value is not None for point in chart.points):
        return Callout("note", chart.sentence)
    figure = draw(m.eng, plot_xmr, chart, m.frozen.frozen_on, _window(m), is_frozen=m.comparison.is_frozen)
    quoted = tuple(decision.because for decision in chart.decisions)
    when = "frozen on" if m.comparison.is_frozen else "not frozen, as known on"
    limits = f"limits: mean ± 2.66 mean moving ranges, {when} {label_date(m.frozen.frozen_on)}"
    return Exhibit(
        name, chart.sentence.removesuffix("."), figure, alt=describe_xmr(chart), reading=" ".join(chart.notes),
        foot=" · ".join((describe_grain(chart, m.eng.as_of), limits, source_of(m.eng, "programs", "status_events"))),
        facts=(chart.sentence, *chart.notes), quoted=quoted, direction=_direction(chart),
    )  # fmt: skip


def _window(m: Measurement) -> tuple[dt.date, dt.date]:
    """Return the agreed measure window, whole, whatever of it is over."""
    config = m.eng.config
    start, end = m.window
    return config.measure_start or start, config.measure_end or end


def _yardstick(m: Measurement) -> str:
    """Return which figures the baseline quarters have where the engagement is judged."""
    quarters = label_list(list(m.frozen.quarters))
    if m.comparison.is_frozen:
        return f"the frozen baseline ({quarters}) keeps the figures of its own day"
    return f"the baseline ({quarters}) was not frozen and is judged as known on {label_date(m.frozen.frozen_on)}"


def _direction(chart: Chart) -> int | None:
    return {"improving": 1, "worsening": -1}.get(chart.variation)


def quarters(m: Measurement) -> Exhibit | Callout:
    """Return the execution rate of every complete quarter as a table, the baseline marked."""
    rates = m.standing.by_quarter
    if not rates:
        return Callout("note", "No quarter with a frozen plan is over yet.")
    columns = (Column("Quarter", width=0.16), Column("Delivered by its end", "right", 0.24),
               Column("95 % interval", "right", 0.2), Column("Programs in the frozen plan", "right", 0.22),
               Column("", width=0.18))  # fmt: skip
    last = max(m.frozen.quarters)
    rows = tuple(
        (quarter, label_result(rate), label_result_interval(rate), label_number(rate.n),
         "baseline" if quarter in m.frozen.quarters else "since" if quarter > last else "")
        for quarter, rate in rates.items()
    )  # fmt: skip
    table = Table(columns, rows)
    newest = list(rates)[-1]
    return Exhibit(
        "quarters", f"{newest}: {label_result(rates[newest])} of the frozen plan was delivered by the end of the quarter",
        table=table,
        reading="One quarter is one reading; where intervals overlap, these counts alone do not settle whether anything "
        f"changed. Read as of {label_date(m.eng.as_of)}; {_yardstick(m)}.",
        foot=foot(m.eng, "Delivered by the end of the quarter / programs in its frozen plan", n="n as shown"),
        facts=(*facts_of_table(table), label_date(m.eng.as_of), _yardstick(m)),
    )  # fmt: skip
