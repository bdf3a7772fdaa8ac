"""Targets: what the redesign promises, measure by measure, and whether the measure window can show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from gapkit.baseline.detectable import window_length
from gapkit.baseline.frozen import Frozen, from_record, frozen_by, read_frozen, worthwhile_change
from gapkit.plain import plain
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.plan.days import plan_days
from gapkit.redesign.plan.expected import gains
from gapkit.redesign.targets import wording as words
from gapkit.redesign.targets.visible import Visible, visible
from gapkit.results import Result

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided
    from gapkit.redesign.what_if import Prediction, Pull, WhatIf

Basis = Literal["what_if", "worthwhile", "decided"]
# What may be promised, in the order shown; the measure the engagement is judged by comes first.
MEASURES: Final = (
    "execution_rate", "on_time_rate", "otif_rate", "velocity_per_week", "time_to_market_median_days",
    "decision_latency_days",
)  # fmt: skip
FIELDS: Final[Mapping[str, Rule]] = MappingProxyType({
    "change": Rule("number", "the change promised: of a rate 0.1 for 10 points more, of a time -12 for 12 days less, of "
                             "velocity 0.15 for 15 % more"),
    "by": Rule("date", "the day by which it is to be seen"),
    "note": NOTE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised of one measure.

    Attributes
    ----------
    measure : str
        Result name; the id in the decisions.
    baseline : Result
        The figure before.
    is_frozen : bool
        Whether the baseline is the one frozen at day 30; else it is read from the data of this run.
    is_primary : bool
        Whether the engagement is judged by it.
    change : float
        Promised: a difference of shares; a difference in days; of velocity the relative change.
    low, high : float or None
        Interval of the change as predicted; None where it is not a prediction.
    level : float or None
        Level of that interval.
    value : float
        Baseline and change together, in the unit of the baseline.
    basis : {"what_if", "worthwhile", "decided"}
        Where the change comes from: a prediction, the smallest change agreed to be worth having, or the client.
    levers : tuple of str
        Names of the levers behind a prediction.
    by : date
        When it is to be seen.
    visible : Visible
        Whether the measure window can show it.
    standing : {"proposed", "agreed"}
        What was decided.
    note : str
        The client's words; empty for none.
    """

    measure: str
    baseline: Result
    is_frozen: bool
    is_primary: bool
    change: float
    low: float | None
    high: float | None
    level: float | None
    value: float
    basis: Basis
    levers: tuple[str, ...]
    by: dt.date
    visible: Visible
    standing: str
    note: str

    @property
    def sentence(self) -> str:
        """The promise, and whether it can be seen."""
        return words.target_sentence(self)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the fields above by name, the baseline as a result, and the sentence."""
        return {**plain(self), "baseline": self.baseline.to_dict(), "sentence": self.sentence}


@dataclass(frozen=True)
class Targets:
    """What Measure tests.

    Attributes
    ----------
    targets : tuple of Target
        The measure the engagement is judged by first.
    declined : tuple of str
        Measures whose target the client declined.
    window : tuple of date or None
        First and last day of the measure window; None while it is not agreed.
    why_none : str
        Why there is no target for the measure the engagement is judged by; empty where there is one, or it was declined.
    proposed : mapping
        Measure to the fields today's data propose, decisions aside.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    targets: tuple[Target, ...]
    declined: tuple[str, ...]
    window: tuple[dt.date, dt.date] | None
    why_none: str
    proposed: Mapping[str, Mapping[str, Any]] = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The first promise, and how many more there are."""
        return words.sentence(self)

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what today's data propose: change and by of each measure."""
        return {name: dict(fields) for name, fields in self.proposed.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `targets` of `redesign.json` holds it and Measure reads it.

        ``targets`` is a list of: measure, baseline (a result as everywhere), is_frozen, is_primary, change, low, high,
        level, value, basis, levers, by (ISO date), visible (counts, n_before, n_expected, n_needed, smallest_change,
        is_enough), standing, note, sentence. Besides: ``sentence``, ``declined`` (measures), ``window`` (two ISO
        dates or null), ``caveats``.
        """
        return {
            "sentence": self.sentence,
            "targets": [one.to_dict() for one in self.targets],
            "declined": list(self.declined),
            "window": plain(self.window),
            "caveats": list(self.caveats),
        }


@dataclass(frozen=True, slots=True)
class _Promise:
    """A change and where it comes from."""

    change: float
    basis: Basis
    low: float | None = None
    high: float | None = None
    level: float | None = None
    levers: tuple[str, ...] = ()


def lever_id(pull: Pull) -> str:
    """Return the id of a lever in the decisions: its word, with the stage it acts on.

    Examples
    --------
    >>> from gapkit.redesign.what_if import Pull
    >>> lever_id(Pull("sla", 2.0, "legal review")), lever_id(Pull("weekly_forum"))
    ('sla legal review', 'weekly_forum')
    """
    return f"{pull.lever} {pull.stage}" if pull.stage else pull.lever


def set_targets(eng: Engagement, d: Diagnosis, decided: Decided, what_if: WhatIf | None) -> Targets:
    """Turn what the levers promise into targets.

    Parameters
    ----------
    eng : Engagement
        Supplies the measure it is judged by, the measure window, and the folder with the frozen baseline.
    d : Diagnosis
        Supplies baselines that were not frozen, and all of them while nothing is.
    decided : Decided
        Its section ``levers`` says which levers hold; its section ``targets`` goes before what would be proposed: change,
        by and note by measure.
    what_if : WhatIf or None
        Predictions; only those that may be promised become targets.

    Returns
    -------
    Targets
        Without any where the baseline is not measured.

    Notes
    -----
    The levers agreed to make the targets; while none is, those proposed do. Where they were predicted together, that
    prediction counts; else the strongest one alone, as effects of levers do not add up. Where no lever promises anything of
    the measure the engagement is judged by, its target is the smallest change worth having. See docs/method.md.
    """
    frozen = frozen_by(read_frozen(eng.folder), eng.as_of)
    yardstick = frozen or from_record(d.frozen)
    baselines = {**d.causes.direction.decisions, **d.results, **yardstick.results}
    held = _held(what_if, decided)
    promises = _promises(held, what_if)
    primary = eng.config.primary
    if primary not in promises:
        promises[primary] = _Promise(worthwhile_change(eng.config.min_change, primary), "worthwhile")
    names = (primary, *(name for name in MEASURES if name != primary))
    by = eng.config.measure_end or plan_days(eng.config, eng.as_of).ends_on
    measured = {name: baselines[name] for name in names if name in baselines and _has_value(baselines[name])}
    proposed = {
        name: {"change": _rounded(promises[name], measured[name]), "by": plain(by), "note": None}
        for name in measured
        if name in promises
    }
    targets = [
        _target(eng, name, result, decided.entry("targets", name), promises.get(name), by, yardstick, frozen is not None)
        for name, result in measured.items()
        if _is_wanted(name, promises, decided)
    ]
    found = Targets(
        targets=tuple(replace(one, standing=decided.standing("targets", one.measure)) for one in targets),
        declined=tuple(name for name in measured if decided.standing("targets", name) == "declined"),
        window=_window(eng),
        why_none="" if primary in measured else words.why_none(primary, baselines.get(primary)),
        proposed=proposed,
        caveats=(),
    )
    return replace(found, caveats=words.caveats(found, eng, has_frozen=frozen is not None, what_if=what_if, held=held))


def _held(what_if: WhatIf | None, decided: Decided) -> tuple[Prediction, ...]:
    """Return the predictions of levers agreed to, while none is of those proposed; none that may not be promised."""
    known = () if what_if is None else tuple(one for one in what_if.levers if one.is_promise)
    standing = {id(one): {decided.standing("levers", lever_id(pull)) for pull in one.pulls} for one in known}
    agreed = tuple(one for one in known if standing[id(one)] == {"agreed"})
    return agreed or tuple(one for one in known if "declined" not in standing[id(one)])


def _promises(held: Sequence[Prediction], what_if: WhatIf | None) -> dict[str, _Promise]:
    """Return what levers promise of each measure: together where that was predicted, else the strongest of them."""
    together = what_if.together if what_if is not None else None
    pulls = {pull for one in held for pull in one.pulls}
    is_joint = together is not None and together.is_promise and set(together.pulls) == pulls
    found: dict[str, _Promise] = {}
    for one in (together,) if is_joint and together is not None else held:
        names = tuple(each.name for each in held) if is_joint else (one.name,)
        for measure in MEASURES:
            change = one.changes.get(measure)
            if change is None or change.value is None or not gains(change):
                continue
            if measure not in found or abs(change.value) > abs(found[measure].change):
                found[measure] = _Promise(change.value, "what_if", change.low, change.high, change.level, names)
    return found


def _is_wanted(name: str, promises: Mapping[str, _Promise], decided: Decided) -> bool:
    """Return whether a measure has a target: something is promised, or the client agreed to one, and did not decline it."""
    standing = decided.standing("targets", name)
    added = standing == "agreed" and "change" in decided.entry("targets", name)
    return standing != "declined" and (name in promises or added)


def _target(
    eng: Engagement, name: str, baseline: Result, entry: Mapping[str, Any], promise: _Promise | None, by: dt.date,
    yardstick: Frozen, has_frozen: bool,
) -> Target:  # fmt: skip
    """Return the target of one measure: what was decided over what is promised."""
    held = promise or _Promise(float(entry["change"]), "decided")
    if "change" in entry and float(entry["change"]) != _rounded(held, baseline):
        held = _Promise(float(entry["change"]), "decided")
    before = baseline.value or 0.0
    value = before * (1 + held.change) if baseline.unit == "per_week" else before + held.change
    length = window_length(eng.config, yardstick.quarters)
    return Target(
        measure=name, baseline=baseline, is_frozen=has_frozen and name in yardstick.results,
        is_primary=name == eng.config.primary, change=held.change, low=held.low, high=held.high, level=held.level,
        value=min(1.0, value) if baseline.unit == "share" else value, basis=held.basis, levers=held.levers,
        by=dt.date.fromisoformat(str(entry["by"])) if entry.get("by") else by,
        visible=visible(baseline, held.change, length), standing="proposed", note=str(entry.get("note") or ""),
    )  # fmt: skip


def _rounded(promise: _Promise, baseline: Result) -> float:
    """Return a change as it is written into the decisions: no reader wants more digits."""
    return round(promise.change, 1 if baseline.unit == "days" else 3)


def _has_value(result: Result) -> bool:
    return result.is_ok and result.value is not None


def _window(eng: Engagement) -> tuple[dt.date, dt.date] | None:
    start, end = eng.config.measure_start, eng.config.measure_end
    return None if start is None or end is None else (start, end)
