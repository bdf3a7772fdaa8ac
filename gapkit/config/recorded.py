"""What may stand in a record that gapkit wrote and that somebody may have edited: rules, thresholds, changes worth having.

The limits are those of engagement.yml; here they are held against plain data.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final, NamedTuple

from gapkit.config.model import MIN_CHANGE
from gapkit.config.settings import Settings

DAYS: Final = "a whole number of days, 0 or more"
MORE: Final = "a number above 0, such as 0.1"
LESS: Final = "a number between −1 and 0, such as −0.15"
ENTRIES: Final = "a group of entries by name"
DAY: Final = "a day such as 2026-03-31"
WINDOW: Final = "first and last day, such as 2026-07-01 and 2026-09-30, in this order"


class Fault(NamedTuple):
    """One entry of a record that cannot be what gapkit wrote.

    Attributes
    ----------
    entry : str
        Its place in the record, names joined by points.
    value : object
        What stands there.
    allowed : str
        What may.
    """

    entry: str
    value: object
    allowed: str


def is_number(value: object) -> bool:
    """Return whether a value of a record is a finite number; yes and no are none.

    Examples
    --------
    >>> [is_number(value) for value in (3, 0.5, True, "3", None, float("nan"))]
    [True, True, False, False, False, False]
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_whole(value: object, low: int = 0, high: float = math.inf) -> bool:
    """Return whether a value of a record is a whole number within limits, both included."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_day(value: object) -> bool:
    """Return whether a value of a record is a day.

    Examples
    --------
    >>> is_day("2026-03-31"), is_day("31 March"), is_day(None)
    (True, False, False)
    """
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_window(value: object) -> bool:
    """Return whether a value of a record is a first and a last day, in this order.

    Examples
    --------
    >>> is_window(["2026-07-01", "2026-09-30"]), is_window(["2026-09-30", "2026-07-01"])
    (True, False)
    """
    return isinstance(value, list) and len(value) == 2 and all(map(is_day, value)) and value[0] <= value[1]


def is_weekmask(value: object) -> bool:
    """Return whether a value of a record says which days of the week are worked, at least one of them.

    Examples
    --------
    >>> is_weekmask("1111100"), is_weekmask("0000000"), is_weekmask(1111100)
    (True, False, False)
    """
    return isinstance(value, str) and re.fullmatch("(?=.*1)[01]{7}", value) is not None


RULES: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "freeze_bdays": (is_whole, DAYS),
    "grace_days": (is_whole, DAYS),
    "late_horizon_days": (is_whole, DAYS),
    "ttm_clock": (lambda value: value in ("commitment", "brief"), "commitment, brief"),
    "ttm_horizon_days": (lambda value: is_whole(value) and value in (90, 120), "90, 120"),
    "fiscal_start_month": (lambda value: is_whole(value, 1, 12), "a whole number, 1 to 12"),
    "weekmask": (lambda value: is_weekmask(value), "seven digits from Monday, 1 for a working day: 1111100"),
    "holidays": (lambda value: isinstance(value, list) and all(map(is_day, value)), "a list of days such as 2026-03-31"),
}


def rule_faults(rules: object, entry: str = "rules") -> tuple[Fault, ...]:
    """Return what is wrong with recorded rules; those of another version are passed over.

    Examples
    --------
    >>> rule_faults({"grace_days": "three", "gone": 1})
    (Fault(entry='rules.grace_days', value='three', allowed='a whole number of days, 0 or more'),)
    """
    if not isinstance(rules, Mapping):
        return (Fault(entry, rules, ENTRIES),)
    return tuple(
        Fault(f"{entry}.{name}", rules[name], allowed)
        for name, (fits, allowed) in RULES.items()
        if name in rules and not fits(rules[name])
    )


def min_change_faults(changes: object, entry: str = "min_change") -> tuple[Fault, ...]:
    """Return what is wrong with recorded changes worth having: each has the sign of a gain; a missing one is as usual."""
    if not isinstance(changes, Mapping):
        return (Fault(entry, changes, ENTRIES),)
    return tuple(
        Fault(f"{entry}.{name}", changes[name], LESS if usual < 0 else MORE)
        for name, usual in MIN_CHANGE.items()
        if name in changes and not _is_gain(changes[name], usual)
    )


def _is_gain(change: Any, usual: float) -> bool:
    return is_number(change) and (-1 < change < 0 if usual < 0 else change > 0)


def setting_faults(settings: object, entry: str = "settings") -> tuple[Fault, ...]:
    """Return what is wrong with recorded thresholds; those of another version are passed over.

    Examples
    --------
    >>> setting_faults({"min_n_rate": 0, "gone": 3})
    (Fault(entry='settings.min_n_rate', value=0, allowed='a whole number, 1 or more'),)
    """
    if not isinstance(settings, Mapping):
        return (Fault(entry, settings, ENTRIES),)
    known = [item for item in fields(Settings) if item.name in settings]
    return tuple(
        Fault(f"{entry}.{item.name}", settings[item.name], f"a {'whole ' if whole else ''}number, {low:g} or more")
        for item, low, whole in ((item, item.metadata["low"], isinstance(item.default, int)) for item in known)
        if not (is_number(value := settings[item.name]) and value >= low and (is_whole(value) or not whole))
    )
