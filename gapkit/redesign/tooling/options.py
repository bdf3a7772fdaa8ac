"""Ways to remove manual work, as the client listed them: what each gives back, what it costs, what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_list
from gapkit.schema import split_list
from gapkit.stats.pert import pert_mean, pert_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.cost.labour import HourlyRate
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided
    from gapkit.stats.intervals import FloatArray

WEEKS_PER_YEAR: Final = 52
# A one-off cost is spread over two years.
YEARS_TO_PAY: Final = 2
# Limits of every range shown.
LIMITS: Final = (0.05, 0.95)
COSTS: Final = ("one_off_cost", "annual_cost")
POINTS: Final = ("low", "mode", "high")
NO_SAVING: Final = "the hours it saves are not estimated as a range"
NO_COST: Final = "what it costs is not recorded"
NOT_READY: Final = "the way of working it needs is not agreed yet"
NOT_WANTED: Final = "declined"


def read_workarounds(eng: Engagement) -> pd.DataFrame:
    """Return every workaround with its hours a week and the options against it.

    Returns
    -------
    DataFrame
        Columns workaround_id, step, people, re_entry, hours (mean of the three-point estimate, all people together),
        hours_low, hours_mode, hours_high, options (tuple of option ids); most hours first.
    """
    rows = eng.workarounds.reset_index(drop=True)
    listed = split_list(eng.tool_options["workaround_ids"])
    against = {
        one: tuple(str(option) for option, ids in zip(eng.tool_options["option_id"], listed, strict=True) if one in ids)
        for one in rows["workaround_id"]
    }
    points = rows[["hours_low", "hours_mode", "hours_high"]].astype(float)
    rows = rows.assign(**points).assign(
        hours=[pert_mean(*row) for row in points.itertuples(index=False)],
        options=pd.Series([against[one] for one in rows["workaround_id"]], dtype=object),
    )
    rows = rows.sort_values(["hours", "workaround_id"], ascending=[False, True], ignore_index=True)
    return rows[["workaround_id", "step", "people", "re_entry", "hours", *points.columns, "options"]]


def read_options(eng: Engagement, workarounds: pd.DataFrame, decided: Decided) -> pd.DataFrame:
    """Return every option with its three-point saving and its cost.

    Parameters
    ----------
    eng : Engagement
        Supplies tool_options.
    workarounds : DataFrame
        From `read_workarounds`.
    decided : Decided
        What is said of ``process_ready``, and which options are agreed or declined.

    Returns
    -------
    DataFrame
        Columns option_id, what (in words), workarounds (tuple of ids), is_tool, process_ready, saved_low, saved_mode,
        saved_high (hours a week, never more than its workarounds take), is_capped, is_listed (whether all its workarounds
        are in their table; without them nothing is capped), one_off_cost, annual_cost (nothing where a change of process
        names none), weeks, standing, why_not (empty where it can be compared). In order of id.
    """
    rows = eng.tool_options.sort_values("option_id", ignore_index=True)
    by_id = workarounds.set_index("workaround_id")
    ids = split_list(rows["workaround_ids"])
    known = [[one for one in some if one in by_id.index] for some in ids]
    is_listed = pd.Series([len(a) == len(b) > 0 for a, b in zip(known, ids, strict=True)], index=rows.index, dtype=bool)
    steps = [list(dict.fromkeys(by_id.loc[some, "step"])) for some in known]
    is_tool = rows["is_tool"].fillna(False).astype(bool)
    entries = [decided.entry("tooling", one) for one in rows["option_id"]]
    ready = [entry.get("process_ready", one) for entry, one in zip(entries, rows["process_ready"], strict=True)]
    found = pd.DataFrame({
        "option_id": rows["option_id"],
        "what": [_name(tool, some) for tool, some in zip(is_tool, steps, strict=True)],
        "workarounds": pd.Series([tuple(some) for some in ids], dtype=object),
        "is_tool": is_tool,
        "process_ready": [pd.notna(one) and bool(one) for one in ready],
        **_savings(rows, [by_id.loc[some] for some in known], is_listed),
        "is_listed": is_listed,
        # A blank cost of a tool is unknown; a change of process is free unless something is named.
        **{name: rows[name].astype(float).mask(rows[name].isna() & ~is_tool, 0.0) for name in COSTS},
        "weeks": rows["weeks"],
        "standing": [decided.standing("tooling", one) for one in rows["option_id"]],
    })  # fmt: skip
    why = pd.Series("", index=found.index, dtype="str")
    why = why.mask(found["is_tool"] & ~found["process_ready"], NOT_READY)
    why = why.mask(found[list(COSTS)].isna().any(axis=1), NO_COST)
    why = why.mask(found["saved_mode"].isna(), NO_SAVING)
    return found.assign(why_not=why.mask(found["standing"].eq("declined"), NOT_WANTED))


def _name(is_tool: bool, steps: Sequence[str]) -> str:
    return f"{'tool' if is_tool else 'change of process'}{f' at {label_list(steps)}' if steps else ''}"


def _savings(rows: pd.DataFrame, removed: Sequence[pd.DataFrame], is_listed: pd.Series) -> dict[str, pd.Series]:
    """Return the three points of each saving, capped by the hours its workarounds take; missing unless all are given."""
    given = rows[[f"saved_{point}" for point in POINTS]].astype(float)
    given = given.where(given.notna().all(axis=1))
    most = pd.DataFrame([[some[f"hours_{point}"].sum() for point in POINTS] for some in removed], columns=given.columns,
                        index=given.index, dtype=float)  # fmt: skip
    most = most.where(is_listed, np.inf)
    capped = given.where(given.isna() | (given <= most), most)
    return {**{f"saved_{point}": capped[f"saved_{point}"] for point in POINTS}, "is_capped": (given > most).any(axis=1)}


def draw_values(options: pd.DataFrame, rate: HourlyRate | None, draws: int, rng: np.random.Generator) -> FloatArray:
    """Return what each option is worth a year, in each draw.

    Parameters
    ----------
    options : DataFrame
        From `read_options`, those that can be compared.
    rate : HourlyRate or None
        Cost of an hour; without it hours a week stand for value, and costs are not weighed.
    draws : int
        How many.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        Shape (draws, options): ``saved × rate × 52 − annual cost − one-off cost / 2``. Savings are drawn one by one, the
        rate once for all options.
    """
    points = options[["saved_low", "saved_mode", "saved_high"]].to_numpy(float)
    saved = np.empty((draws, len(points)))
    for column, (low, mode, high) in enumerate(points):
        saved[:, column] = pert_quantile(low, mode, high, rng.random(draws))
    if rate is None:
        return saved
    price = pert_quantile(rate.low, rate.mode, rate.high, rng.random(draws))
    values: FloatArray = saved * price[:, None] * WEEKS_PER_YEAR - yearly_cost(options).to_numpy(float)
    return values


def with_figures(options: pd.DataFrame, rate: HourlyRate | None) -> pd.DataFrame:
    """Return the options with hours given back a week and value a year: mean, and 5 and 95 % points.

    Notes
    -----
    Limits of value combine the limits of hours and of the rate, as if both erred the same way: wider than chance would.
    """
    points = options[["saved_low", "saved_mode", "saved_high"]].to_numpy(float)
    known = ~np.isnan(points).any(axis=1)
    hours = np.full((len(points), 3), np.nan)
    for row in np.flatnonzero(known):
        low, mode, high = points[row]
        hours[row] = pert_mean(low, mode, high), *pert_quantile(low, mode, high, LIMITS)
    names = ("hours", "hours_p5", "hours_p95")
    found = options.assign(**{name: hours[:, column] for column, name in enumerate(names)})
    prices = [np.nan] * 3
    if rate is not None:
        prices = [pert_mean(rate.low, rate.mode, rate.high), *pert_quantile(rate.low, rate.mode, rate.high, LIMITS)]
    worth = {f"value{name.removeprefix('hours')}": found[name] * price * WEEKS_PER_YEAR - yearly_cost(found)
             for name, price in zip(names, prices, strict=True)}  # fmt: skip
    return found.assign(**worth)


def yearly_cost(options: pd.DataFrame) -> pd.Series:
    """Return what each option costs a year, its one-off cost spread over two."""
    cost: pd.Series = options["annual_cost"] + options["one_off_cost"] / YEARS_TO_PAY
    return cost
