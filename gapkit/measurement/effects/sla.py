"""How often the agreed times are kept at the redesigned places: the times agreed now, held against both windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.measurement.agreed import NONE_AGREED
from gapkit.measurement.effects.draft import NOT_COMPARED, Draft, no_difference
from gapkit.measurement.effects.needed import least_needed
from gapkit.measurement.effects.shares import compare_shares, share_of
from gapkit.redesign.slas.attainment import NAME, attainment
from gapkit.results import not_assessable

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.config import Settings
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects.places import PlacedWaits
    from gapkit.results import Result

NOUN: Final = "wait"
NONE_DUE: Final = "No wait at a redesigned place began long enough ago to have gone over its agreed time."


def sla(comparison: Comparison, found: PlacedWaits) -> list[Draft]:
    """Compare the share of waits that kept the agreed times, together and place by place."""
    sides = comparison.before, comparison.after
    days = {place.place: place.days for place in found.places if place.days is not None}
    if not days:
        none = [not_assessable(NAME, NONE_AGREED, period=side.period) for side in sides]
        return [Draft(NAME, none[0], none[1], no_difference(none[0], none[1], "pp"))]
    settings = comparison.config.settings
    due = [waits_due(frame, days) for frame in (found.before, found.after)]
    together = [_pooled(frame, side, settings) for frame, side in zip(due, sides, strict=True)]
    least = least_needed(together[1], settings.min_n_rate, sides[1].start, sides[1].end, noun=NOUN)
    pooled = _draft(NAME, together[0], together[1], due, found, least)
    return [pooled, *(_detail(name, limit, found, due, sides, settings) for name, limit in days.items())]


def waits_due(waits: pd.DataFrame, days: dict[str, float]) -> pd.DataFrame:
    """Return the waits begun long enough ago to have gone over the agreed time of their place.

    Returns
    -------
    DataFrame
        Columns place, program_id, is_kept (ended within the time).
    """
    limit = waits["place"].map(days).astype(float)
    is_kept = waits["wait_bdays"].le(limit) & ~waits["is_open"].astype(bool)
    return waits.assign(is_kept=is_kept).loc[waits["follow_up_bdays"].gt(limit), ["place", "program_id", "is_kept"]]


def _pooled(due: pd.DataFrame, side: Side, settings: Settings) -> Result:
    """Return the share of all waits that kept their times, waits of one program alike."""
    return share_of(NAME, due["is_kept"], due["program_id"], settings, noun=NOUN, period=side.period, missing=NONE_DUE)


def _detail(
    name: str, limit: float, found: PlacedWaits, due: list[pd.DataFrame], sides: tuple[Side, Side], settings: Settings
) -> Draft:
    before, after = (
        replace(attainment(frame.loc[frame["place"].eq(name)], limit, settings, period=side.period), name=f"{NAME}:{name}")
        for frame, side in zip((found.before, found.after), sides, strict=True)
    )
    mine = [frame.loc[frame["place"].eq(name)] for frame in due]
    return _draft(f"{NAME}:{name}", before, after, mine, found, "")


def _draft(measure: str, before: Result, after: Result, due: list[pd.DataFrame], found: PlacedWaits, needed: str) -> Draft:
    first, second = ((frame["is_kept"], frame["program_id"]) for frame in due)
    difference, p_value = compare_shares(before, after, first, second, noun=NOUN)
    if before.is_ok != after.is_ok:
        before, after = (side.with_caveats(NOT_COMPARED) if side.is_ok else side for side in (before, after))
    return Draft(measure, before, after, difference.with_caveats(*found.caveats), p_value, needed=needed)
