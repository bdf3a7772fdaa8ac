"""The gap as a standing metric: the same two charts in every edition, judged by limits that do not move."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.baseline.execution import complete_quarters, rates_by
from gapkit.baseline.frozen import frozen_series
from gapkit.baseline.series import ON_TIME, freeze_series, is_judged, period_end, points_since
from gapkit.calendar import quarter_end, quarter_start
from gapkit.measurement.standing import wording
from gapkit.measurement.standing.chart import Chart
from gapkit.measurement.standing.judge import judge_points, mark_assurance, mark_variation
from gapkit.measurement.standing.limits import decided_segments, first_segment
from gapkit.plain import results_to_dict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.baseline.frozen import Frozen
    from gapkit.baseline.series import Series
    from gapkit.config import EngagementConfig
    from gapkit.measurement.comparison import Comparison
    from gapkit.results import Result

# Quarters shown in the table: the baseline and two years after it.
QUARTERS: Final = 12
NOT_FROZEN: Final = (
    "The limits were not frozen with the baseline; they are computed from the data as known on the day of the freeze."
)
NO_CHART: Final = "No standing chart: no source recorded deliveries when the baseline was frozen."


@dataclass(frozen=True, eq=False)
class Standing:
    """Where the gap stands.

    Attributes
    ----------
    charts : tuple of Chart
        Commitments on time, then deliveries; empty where nothing recorded deliveries at the freeze.
    by_quarter : mapping of str to Result
        Execution rate of every complete quarter with a frozen plan, read today, the last twelve of them.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    charts: tuple[Chart, ...]
    by_quarter: Mapping[str, Result] = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the first chart says."""
        return self.charts[0].sentence if self.charts else NO_CHART

    def chart(self, name: str) -> Chart | None:
        """Return a chart by what it counts; None where there is none."""
        return next((chart for chart in self.charts if chart.name == name), None)

    @property
    def marks(self) -> dict[str, dict[str, str]]:
        """Variation and assurance of every chart, by its name."""
        return {chart.name: {"variation": chart.variation, "assurance": chart.assurance} for chart in self.charts}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `measure.json` holds it."""
        return {
            "sentence": self.sentence,
            "charts": {chart.name: chart.to_dict() for chart in self.charts},
            "by_quarter": results_to_dict(self.by_quarter),
            "caveats": list(self.caveats),
        }


def standing(comparison: Comparison) -> Standing:
    """Return where the gap stands on the day of this edition.

    Parameters
    ----------
    comparison : Comparison
        Frozen points and limits come from its record, everything since from its after side; the measure window plays no
        part, so any month gives a chart.
    """
    frozen, side = comparison.frozen, comparison.after
    series, caveats = frozen_series(frozen), tuple[str, ...]()
    if not series:
        series = freeze_series(comparison.before.eng, comparison.before.judged, frozen.quarters)
        caveats = (NOT_FROZEN,) if series else ()
    quarters = complete_quarters(side.judged, pd.Timestamp(side.eng.as_of), QUARTERS)
    by_quarter = rates_by(side.judged, quarters, "quarter", side.eng.config.settings)
    return Standing(tuple(_chart(one, comparison) for one in series), dict(by_quarter), caveats)


def _chart(series: Series, comparison: Comparison) -> Chart:
    """Return one chart, judged and put into words."""
    eng, settings = comparison.after.eng, comparison.config.settings
    points = (*series.points, *points_since(series, eng, comparison.after.judged))
    is_used = tuple(is_judged(point, settings) for point in points)
    used = [place for place, counts in enumerate(is_used) if counts]
    segments, decisions = decided_segments(
        first_segment(series, points, used, settings), points, used, comparison.config, eng.as_of, grain=series.grain
    )
    signals, runs = judge_points(segments, points, used)
    limits = segments[-1].limits
    judged = [place for place in used if place >= segments[-1].judged_from]
    target = _target(series, comparison.frozen, comparison.config)
    chart = Chart(
        name=series.name, grain=series.grain, points=points, is_used=is_used, n_baseline=len(series.points),
        segments=segments, signals=signals, runs=runs, decisions=decisions,
        variation=mark_variation(limits, points, judged, signals, runs), assurance=mark_assurance(limits, target),
        target=target,
    )  # fmt: skip
    sentence = wording.sentence(chart, settings, eng.as_of)
    return replace(chart, sentence=sentence, notes=wording.notes(chart, settings))


def _target(series: Series, frozen: Frozen, config: EngagementConfig) -> float | None:
    """Return the frozen target in the unit of a chart: the on-time rate of commitments, or velocity by the period."""
    target = frozen.data.get("target") or {}
    measure = target.get("measure")
    if series.name == ON_TIME:
        return float(target["value"]) if measure in ("on_time_rate", ON_TIME) else None
    if measure != "velocity_per_week":
        return None
    month, quarters = config.fiscal_start_month, frozen.quarters
    days = (quarter_end(quarters[-1], month) - quarter_start(quarters[0], month)).days + 1
    length = 365.25 / 12 if series.grain == "month" else (period_end(series.anchor, series.grain) - series.anchor).days + 1
    return float(target["value"]) * frozen.working_weeks / days * length
