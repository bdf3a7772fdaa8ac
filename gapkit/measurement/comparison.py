"""The two sides of every comparison: the same client, the same rules, read on two days over two windows.

Before is read on the day the baseline was frozen, after on the day of this edition. The rules of the freeze hold on
both sides, whatever engagement.yml says today: a yardstick that follows the data measures nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from gapkit.baseline.outcomes import judge_programs
from gapkit.calendar import quarter_end, quarter_start
from gapkit.engagement import Engagement, known_on
from gapkit.labels import label_date, label_list, label_period

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.baseline.frozen import Frozen
    from gapkit.config import EngagementConfig

Look = Literal["verdict", "monitoring"]
# Rules of the frozen record that the settings of the day do not change.
RULES: Final = ("freeze_bdays", "grace_days", "late_horizon_days", "ttm_clock", "ttm_horizon_days")


@dataclass(frozen=True, eq=False)
class Side:
    """One side of the comparison.

    Attributes
    ----------
    eng : Engagement
        As known on the day this side is read at, under the frozen rules.
    judged : DataFrame
        From `outcomes.judge_programs` on that day.
    start, end : date
        First and last day of the window, both included; `end` is never after the day of reading.
    period : str
        The window in words.
    """

    eng: Engagement = field(repr=False)
    judged: pd.DataFrame = field(repr=False)
    start: dt.date
    end: dt.date
    period: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """Before and after.

    Attributes
    ----------
    frozen : Frozen
        The yardstick.
    before, after : Side
        The baseline quarters as known at the freeze, and the measure window as known today.
    look : {"verdict", "monitoring"}
        Whether the agreed window is over; before that, figures are watched and nothing is concluded.
    caveats : tuple of str
        Where the rules or the record of today differ from those of the freeze.
    """

    frozen: Frozen
    before: Side
    after: Side
    look: Look
    caveats: tuple[str, ...] = ()

    @property
    def config(self) -> EngagementConfig:
        """The engagement's configuration under the frozen rules."""
        return self.after.eng.config


def compare_windows(eng: Engagement, frozen: Frozen, window: tuple[dt.date, dt.date]) -> Comparison:
    """Return both sides of an engagement.

    Parameters
    ----------
    eng : Engagement
        As of the day of this edition.
    frozen : Frozen
        The yardstick.
    window : tuple of date
        The agreed measure window, first and last day.

    Notes
    -----
    The frozen baseline stands; the tables as known at the freeze serve comparisons that need more than its counts.
    """
    config = replace(eng.config, **{name: frozen.data["rules"][name] for name in RULES if name in frozen.data["rules"]})
    changed = tuple(
        f"{name} is {getattr(eng.config, name)} in engagement.yml and was {getattr(config, name)} at the freeze, which "
        "counts."
        for name in RULES
        if getattr(eng.config, name) != getattr(config, name)
    )
    month = config.fiscal_start_month
    quarters = frozen.quarters
    day = min(frozen.frozen_on, eng.as_of)
    before = _side(
        replace(known_on(eng, day), config=config), quarter_start(quarters[0], month), quarter_end(quarters[-1], month),
        label_list(list(quarters)),
    )  # fmt: skip
    start, end = window[0], min(window[1], eng.as_of)
    after = _side(replace(eng, config=config), start, end, label_period(start, end))
    early = (
        (f"The agreed window runs until {label_date(window[1])}; until then this is watching, not a verdict.",)
        if eng.as_of < window[1]
        else ()
    )
    return Comparison(frozen, before, after, "monitoring" if early else "verdict", (*changed, *early))


def _side(eng: Engagement, start: dt.date, end: dt.date, period: str) -> Side:
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    return Side(eng, judged, start, end, period)
