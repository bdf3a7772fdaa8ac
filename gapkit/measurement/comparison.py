"""The two sides of every comparison: the same client, the same rules, read on two days over two windows.

Before is read on the day the baseline was frozen, after on the day of this edition. The rules of the freeze hold on
both sides, whatever engagement.yml says today: a yardstick that follows the data measures nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from gapkit.baseline.outcomes import judge_programs
from gapkit.calendar import quarter_end, quarter_start
from gapkit.engagement import Engagement, known_on
from gapkit.labels import label_date, label_list, label_period
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from gapkit.baseline.frozen import Frozen
    from gapkit.config import EngagementConfig

Look = Literal["verdict", "monitoring"]
# Rules of the frozen record that the settings of the day do not change.
RULES: Final = (
    "freeze_bdays", "grace_days", "late_horizon_days", "ttm_clock", "ttm_horizon_days", "fiscal_start_month",
)  # fmt: skip
# The same; an edition holds the calendar under names of its own.
WORKING_DAYS: Final = "weekmask"
# Measures that wait for the days of grace; the execution rate is read at the end of a quarter inside the window.
WITH_GRACE: Final = ("on_time_rate", "otif_rate")


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
    judged_on : date
        The day from which on every commitment of the window can be judged.
    changed : tuple of str
        Where what engagement.yml says today differs from what was agreed at the freeze, which counts; and that no window
        was agreed then, if so.
    is_frozen : bool
        Whether the yardstick was put on file before the change; else it is what would have been frozen, or what was frozen
        too late.
    late : str
        Said where it was frozen only when the measure window was over; else empty.
    """

    frozen: Frozen
    before: Side
    after: Side
    look: Look
    judged_on: dt.date
    changed: tuple[str, ...] = ()
    is_frozen: bool = True
    late: str = ""

    @property
    def caveats(self) -> tuple[str, ...]:
        """That the freeze came too late; where today differs from the agreement; that nothing is judged yet."""
        watching = f"Nothing is judged before {label_date(self.judged_on)}; until then this is watching, not a verdict."
        told = (self.late, *self.changed, watching if self.look == "monitoring" else "")
        return tuple(filter(None, told))

    @property
    def config(self) -> EngagementConfig:
        """The engagement's configuration under the frozen rules."""
        return self.after.eng.config


def compare_windows(
    eng: Engagement, frozen: Frozen, window: tuple[dt.date, dt.date], *, is_frozen: bool = True
) -> Comparison:
    """Return both sides of an engagement.

    Parameters
    ----------
    eng : Engagement
        As of the day of this edition.
    frozen : Frozen
        The yardstick.
    window : tuple of date
        The agreed measure window, first and last day.
    is_frozen : bool
        Whether the yardstick was on file on that day.

    Notes
    -----
    The frozen baseline stands; the tables as known at the freeze serve comparisons that need more than its counts. One
    frozen when the window was over does not count as frozen: it may have been chosen with the result in sight.
    """
    rules = frozen.data.get("rules") or {}
    held = {name: rules[name] for name in (*RULES, WORKING_DAYS) if name in rules}
    config = replace(eng.config, **held, holidays=_holidays(eng.config, rules, frozen.frozen_on))
    month, quarters = config.fiscal_start_month, frozen.quarters
    day = min(frozen.frozen_on, eng.as_of)
    before = _side(
        replace(known_on(eng, day), config=config), quarter_start(quarters[0], month), quarter_end(quarters[-1], month),
        label_list(list(quarters)),
    )  # fmt: skip
    start, end = window[0], min(window[1], eng.as_of)
    after = _side(replace(eng, config=config), start, end, label_period(start, end))
    grace = config.grace_days if frozen.primary in WITH_GRACE else 0
    judged_on = window[1] + dt.timedelta(days=grace)
    look: Look = "verdict" if eng.as_of >= judged_on else "monitoring"
    changed = (*_changed_rules(eng.config, config), *_changed_agreement(eng.config, frozen, window))
    late = _late(frozen.frozen_on) if is_frozen and frozen.frozen_on >= window[1] else ""
    return Comparison(frozen, before, after, look, judged_on, changed, is_frozen and not late, late)


def _late(day: dt.date) -> str:
    return f"The baseline was frozen on {label_date(day)}, when the measure window was over: it counts as not frozen."


def _holidays(today: EngagementConfig, rules: Mapping[str, Any], frozen_on: dt.date) -> tuple[dt.date, ...]:
    """Return the days off: up to the freeze those in the frozen working weeks, after it those of today."""
    if "holidays" not in rules:
        return today.holidays
    then = (dt.date.fromisoformat(day) for day in rules["holidays"])
    return tuple(sorted({*then, *(day for day in today.holidays if day > frozen_on)}))


def _changed_rules(today: EngagementConfig, then: EngagementConfig) -> Iterator[str]:
    differ = sorted({*today.holidays} ^ {*then.holidays})
    if differ:
        days = label_list([label_date(day) for day in differ])
        yield f"Days off up to the freeze differ in engagement.yml today ({days}); those frozen count."
    for name in (*RULES, WORKING_DAYS):
        if getattr(today, name) != getattr(then, name):
            now = f"{name} is {getattr(today, name)} in engagement.yml"
            yield f"{now} and was {getattr(then, name)} at the freeze, which counts."


def _changed_agreement(config: EngagementConfig, frozen: Frozen, window: tuple[dt.date, dt.date]) -> Iterator[str]:
    """Yield what else was agreed at the freeze and reads otherwise today; all but the window counts as it was frozen."""
    periods = frozen.data.get("periods") or {}
    agreed = periods.get("measure")
    if periods and not agreed:
        yield "No measure window was agreed when the baseline was frozen."
    if agreed and tuple(agreed) != tuple(day.isoformat() for day in window):
        first, last = (dt.date.fromisoformat(day) for day in agreed)
        yield f"The measure window was {label_period(first, last)} at the freeze; it was moved afterwards."
    if config.primary != frozen.primary:
        now = f"engagement.yml judges by {name_of(config.primary)} today"
        yield f"{now}; {name_of(frozen.primary)} was frozen, which counts."
    if dict(config.min_change) != dict(frozen.min_change):
        yield "The smallest worthwhile change differs in engagement.yml today; the one frozen counts."
    given = config.given_baseline_quarters  # those that are not given follow the day of the diagnosis
    if given and tuple(given) != tuple(frozen.quarters):
        now, then = (label_list(list(quarters)) for quarters in (given, frozen.quarters))
        yield f"The baseline quarters are {now} in engagement.yml today; {then} were frozen, which count."


def _side(eng: Engagement, start: dt.date, end: dt.date, period: str) -> Side:
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    return Side(eng, judged, start, end, period)
