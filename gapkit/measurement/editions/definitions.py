"""The definitions in force at an edition: what has to be known to read the same day again by the same rules."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from gapkit.config import Settings
from gapkit.config.recorded import WINDOW, Fault, is_weekmask, is_whole, is_window, rule_faults, setting_faults
from gapkit.labels import label_date, label_list, label_period
from gapkit.measurement.comparison import RULES
from gapkit.plain import plain
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.measurement.comparison import Comparison

# What each entry is called where two editions differ in it; the figures after follow from these.
COUNTING: Final[Mapping[str, str]] = {
    "rules": "rules of the freeze", "fiscal_start_month": "first month of the fiscal year", "weekmask": "working days",
    "holidays": "days off", "settings": "thresholds of the method",
}  # fmt: skip
# What the client and the consultant agreed on.
AGREED: Final[Mapping[str, str]] = {
    "window": "measure window", "baseline_quarters": "baseline quarters", "primary": "primary measure",
    "min_change": "smallest change worth having", "target": "target",
}  # fmt: skip
# The fiscal year stands in an edition under a name of its own.
FROZEN: Final = tuple(name for name in RULES if name != "fiscal_start_month")
READING: Final = "How the sources are read (columns, words, spellings, links) was changed in engagement.yml."


@dataclass(frozen=True, slots=True)
class Definitions:
    """Definitions in force.

    Attributes
    ----------
    rules : mapping
        Rules of the frozen record by name: freeze, grace, horizons, clock.
    fiscal_start_month : int
        Month in which the fiscal year begins.
    weekmask : str
        Working days from Monday.
    holidays : tuple of date
        Days off.
    settings : mapping
        Thresholds of the method that differ from their defaults, by name.
    window : tuple of date
        The agreed measure window, first and last day.
    baseline_quarters : tuple of str
        Quarters of the frozen baseline.
    primary : str
        The primary measure.
    min_change : mapping
        Smallest change worth having.
    target : mapping
        The frozen target; empty without one.
    reading : str
        Digest of how engagement.yml says the sources are read.
    """

    rules: Mapping[str, Any]
    fiscal_start_month: int
    weekmask: str
    holidays: tuple[dt.date, ...]
    settings: Mapping[str, Any]
    window: tuple[dt.date, dt.date]
    baseline_quarters: tuple[str, ...]
    primary: str
    min_change: Mapping[str, float]
    target: Mapping[str, Any]
    reading: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Definitions:
        """Return the definitions of a record; whatever is wrong with it raises an ordinary error."""
        start, end = map(dt.date.fromisoformat, data["window"])
        return cls(
            dict(data["rules"]), int(data["fiscal_start_month"]), str(data["weekmask"]),
            tuple(map(dt.date.fromisoformat, data["holidays"])), dict(data["settings"]), (start, end),
            tuple(data["baseline_quarters"]), str(data["primary"]), dict(data["min_change"]), dict(data["target"]),
            str(data["reading"]),
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {item.name: plain(getattr(self, item.name)) for item in fields(self)}

    def config(self, today: EngagementConfig) -> EngagementConfig:
        """Return today's configuration with these definitions in the place of its own.

        Rules and thresholds that this version of gapkit does not know are passed over.
        """
        known = {item.name for item in fields(Settings)}
        settings = Settings(**{name: value for name, value in self.settings.items() if name in known})
        rules = {name: value for name, value in self.rules.items() if name in FROZEN}
        calendar = {"weekmask": self.weekmask, "holidays": self.holidays, "fiscal_start_month": self.fiscal_start_month}
        return replace(today, **{**calendar, **rules}, settings=settings)

    def counts_alike(self, other: Definitions) -> bool:
        """Return whether the same facts give the same figures after under both."""
        return all(getattr(self, name) == getattr(other, name) for name in (*COUNTING, "window"))


def definition_faults(data: Mapping[str, Any], entry: str) -> tuple[Fault, ...]:
    """Return what is wrong with recorded definitions that an earlier day is read again by.

    Parameters
    ----------
    data : mapping
        The definitions of an entry of `editions.json`.
    entry : str
        Their place in the file.
    """
    month, mask, window = data["fiscal_start_month"], data["weekmask"], data["window"]
    calendar = (
        (is_whole(month, 1, 12), Fault(f"{entry}.fiscal_start_month", month, "a whole number, 1 to 12")),
        (is_weekmask(mask), Fault(f"{entry}.weekmask", mask, "seven digits from Monday, 1 for a working day: 1111100")),
        (is_window(window), Fault(f"{entry}.window", window, WINDOW)),
    )
    return (
        *rule_faults(data["rules"], f"{entry}.rules"), *(fault for fits, fault in calendar if not fits),
        *setting_faults(data["settings"], f"{entry}.settings"),
    )  # fmt: skip


def in_force(comparison: Comparison) -> Definitions:
    """Return the definitions a comparison is made by."""
    config, frozen = comparison.config, comparison.frozen
    start, end = config.measure_start or comparison.after.start, config.measure_end or comparison.after.end
    usual = Settings()
    changed = {
        item.name: getattr(config.settings, item.name)
        for item in fields(Settings)
        if getattr(config.settings, item.name) != getattr(usual, item.name)
    }
    return Definitions(
        {name: getattr(config, name) for name in FROZEN}, config.fiscal_start_month, config.weekmask,
        tuple(sorted(config.holidays)), changed, (start, end), frozen.quarters, frozen.primary, dict(frozen.min_change),
        dict(frozen.data.get("target") or {}), _reading(config),
    )  # fmt: skip


def _reading(config: EngagementConfig) -> str:
    sources = [replace(source, line=0) for source in config.sources]
    text = json.dumps(plain([sources, dict(config.links), config.owners]), default=dict, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def recounted(then: Definitions, now: Definitions) -> tuple[str, ...]:
    """Return each definition of how is counted that differs, as a sentence."""
    said = [_changed(name, COUNTING[name], then, now) for name in COUNTING if getattr(then, name) != getattr(now, name)]
    return (*said, *((READING,) if then.reading != now.reading else ()))


def agreed_anew(then: Definitions, now: Definitions) -> tuple[str, ...]:
    """Return each agreement that differs, as a sentence."""
    return tuple(_changed(name, AGREED[name], then, now) for name in AGREED if getattr(then, name) != getattr(now, name))


def _changed(name: str, words: str, then: Definitions, now: Definitions) -> str:
    was, is_now = getattr(then, name), getattr(now, name)
    if isinstance(was, Mapping):
        changed = sorted(key for key in {*was, *is_now} if was.get(key) != is_now.get(key))
        parts = [f"{name_of(key)} {_said(was.get(key))} then, {_said(is_now.get(key))} now" for key in changed]
        return f"The {words} changed: {label_list(parts)}."
    if name == "holidays":
        return f"The {words} changed: {label_list([label_date(day) for day in sorted({*was} ^ {*is_now})])}."
    return f"The {words} changed: {_said(was)} then, {_said(is_now)} now."


def _said(value: Any) -> str:
    """Return a value in words."""
    if value is None:
        return "as usual"
    if isinstance(value, tuple):
        first = value[0] if value else ""
        return label_period(*value) if isinstance(first, dt.date) else label_list(list(value))
    return name_of(value) if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
