"""A synthetic organisation as the measurement meets it: frozen at day 30, read again after the measure window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from accuracy.organisations import as_read

from gapkit.baseline.coverage import records_begin, uncovered
from gapkit.baseline.execution import execution_rates
from gapkit.baseline.frozen import Frozen, freeze, from_record
from gapkit.baseline.series import Series, freeze_series
from gapkit.baseline.velocity import estimate_velocity, working_weeks
from gapkit.calendar import quarter_end, quarter_start
from gapkit.config import EngagementConfig
from gapkit.measurement.comparison import Comparison, Side, compare_windows
from gapkit.results import Result
from gapkit.sample import SyntheticOrganisation


def promises_only(org: SyntheticOrganisation) -> SyntheticOrganisation:
    """Return an organisation of which only the programs and their history were handed over."""
    return replace(org, tables={name: org.tables[name] for name in ("programs", "status_events") if name in org.tables})


def compared(org: SyntheticOrganisation, *, with_charts: bool = True) -> Comparison:
    """Return before and after of an organisation, every table as known on its day."""
    eng = as_read(org, phase="measure")
    start, end = eng.config.measure_start, eng.config.measure_end
    assert start is not None and end is not None  # the generator always agrees on a window
    # Day, quarters and rules of the freeze make the sides; its figures are then read off the side before, which is not
    # judged a second time for them.
    comparison = compare_windows(eng, _frozen({}, (), eng.config), (start, end))
    return replace(comparison, frozen=frozen_at_day_30(comparison.before, with_charts=with_charts))


def frozen_at_day_30(side: Side, *, with_charts: bool = True) -> Frozen:
    """Return what of the yardstick the effects and the standing chart rest on, as the diagnosis files it."""
    config, judged = side.eng.config, side.judged
    quarters, recorded = tuple(config.baseline_quarters), side.eng.records_delivery
    results = execution_rates(judged, quarters, config.settings, seed=config.seed, delivery_recorded=recorded)
    if not uncovered(records_begin(side.eng.programs, side.eng.status_events), side.start):
        results["velocity_per_week"] = estimate_velocity(
            judged, side.start, side.end, config, period=side.period, delivery_recorded=recorded
        )
    return _frozen(results, freeze_series(side.eng, judged, quarters) if with_charts else (), config)


def _frozen(results: Mapping[str, Result], series: tuple[Series, ...], config: EngagementConfig) -> Frozen:
    quarters = tuple(config.baseline_quarters)
    weeks = working_weeks(quarter_start(quarters[0]), quarter_end(quarters[-1]), config)
    return from_record(
        freeze(results, config, quarters=quarters, working_weeks=weeks, as_of=config.as_of_for("diagnose"), standing=series)
    )
