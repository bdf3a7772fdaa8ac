"""Ownership: how many programs had exactly one named person behind them on the day they were to start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.rates import estimate_rate
from gapkit.diagnosis.indicators.at_start import TODAY, owners_at_start
from gapkit.diagnosis.indicators.unclear_ownership import NO_OWNERS
from gapkit.labels import label_count
from gapkit.measurement.effects.delivery import compare_rates
from gapkit.measurement.effects.draft import Draft
from gapkit.measurement.effects.needed import least_needed
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side

NAME: Final = "single_owner_rate"
NONE_STARTED: Final = "No committed program was to start in this window."


def ownership(comparison: Comparison) -> list[Draft]:
    """Compare the share of committed programs with one owner at their planned start."""
    before, after = _share(comparison.before), _share(comparison.after)
    difference, p_value = compare_rates(before, after)
    side, settings = comparison.after, comparison.config.settings
    needed = least_needed(after, settings.min_n_rate, side.start, side.end, noun="program")
    said = dict.fromkeys((*before.caveats, *after.caveats))
    return [Draft(NAME, before, after, difference.with_caveats(*said), p_value, needed=needed)]


def owned_at_start(side: Side) -> pd.DataFrame:
    """Return who answered for each committed program whose planned start fell in a window.

    Returns
    -------
    DataFrame
        Indexed by program_id: persons, source (see `at_start.owners_at_start`), team. Programs withdrawn before their
        planned start are left out.
    """
    judged = side.judged
    starts = judged["frozen_start"]
    inside = starts.between(pd.Timestamp(side.start), pd.Timestamp(side.end))
    due = judged.loc[judged["group"].eq("committed") & inside & ~judged["cancelled_at"].lt(starts)]
    return owners_at_start(side.eng, due["frozen_start"]).assign(team=due["team"])


def _share(side: Side) -> Result:
    due = owned_at_start(side)
    if due.empty:
        return not_assessable(NAME, NONE_STARTED, period=side.period)
    if due["persons"].isna().all():
        return not_assessable(NAME, NO_OWNERS, period=side.period, n=len(due))
    is_single = due["persons"].eq(1).astype("boolean").mask(due["persons"].isna())
    found = estimate_rate(NAME, is_single, due["team"], side.eng.config.settings, period=side.period)
    today = int(due["source"].eq(TODAY).sum())
    return found.with_caveats(
        f"Owners of {label_count(today, 'program')} known only as of the day of reading: they may have changed since the "
        "start." if today else ""
    )  # fmt: skip
