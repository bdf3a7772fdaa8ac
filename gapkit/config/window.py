"""The measure window as agreed: what is wrong with it while it can still be moved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gapkit.calendar import holds_whole_quarter
from gapkit.labels import label_date, label_period
from gapkit.vocabulary import PHASE_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapkit.config.model import EngagementConfig

NO_WHOLE_QUARTER: Final = (
    "The measure window, {window}, holds no whole quarter, and the execution rate, by which the engagement is judged, is "
    "read over whole quarters only: nothing would be measured. Agree on a window that holds one from its first to its last "
    "day, or on another primary measure."
)
BEFORE_DAY_1: Final = "The measure window begins on {start}, before the engagement does ({day}): move it, or started_on."
BEFORE_FREEZE: Final = (
    "The measure window begins on {start}, before the yardstick is frozen ({day}): what was done by then is on both sides. "
    "Let it begin later."
)


def window_notes(config: EngagementConfig, frozen_on: dt.date | None = None) -> Iterator[str]:
    """Yield what is wrong with the measure window though it can be read, to be said while it can still be moved.

    Parameters
    ----------
    config : EngagementConfig
        The engagement's settings.
    frozen_on : date or None
        The day the baseline was frozen; None while it is not, then the last day of the diagnosis counts.

    Examples
    --------
    >>> from gapkit.config import EngagementConfig
    >>> config = EngagementConfig("Acme", dt.date(2026, 3, 31), "UTC", "EUR", started_on=dt.date(2026, 3, 2),
    ...                           measure_start=dt.date(2026, 3, 20), measure_end=dt.date(2026, 6, 30))
    >>> [note.partition(":")[0] for note in window_notes(config)]
    ['The measure window begins on 20 March 2026, before the yardstick is frozen (31 March 2026)']
    """
    start, end = config.measure_start, config.measure_end
    if start is None or end is None:
        return
    if misses_a_whole_quarter(config):
        yield NO_WHOLE_QUARTER.format(window=label_period(start, end))
    freeze = frozen_on or _last_day_of_diagnosis(config)
    if config.started_on is not None and start < config.started_on:
        yield BEFORE_DAY_1.format(start=label_date(start), day=label_date(config.started_on))
    elif start <= freeze:
        yield BEFORE_FREEZE.format(start=label_date(start), day=label_date(freeze))


def misses_a_whole_quarter(config: EngagementConfig) -> bool:
    """Return whether the engagement is judged by the execution rate over a window that holds no whole quarter."""
    start, end = config.measure_start, config.measure_end
    if config.primary != "execution_rate" or start is None or end is None:
        return False
    return not holds_whole_quarter(start, end, config.fiscal_start_month)


def _last_day_of_diagnosis(config: EngagementConfig) -> dt.date:
    """Return the day the diagnosis will have been read at; without a first day, the day the data is read at."""
    if config.started_on is None:
        return config.as_of
    return config.started_on + dt.timedelta(days=PHASE_DAYS["diagnose"][1] - 1)
