"""Ten thousand times the same sum: programs drawn again, rates, hours and shares drawn from their ranges.

Every hour and every unit of money goes to one bucket, in this order: K1 sunk in work that never arrives, K2 effort on work
tied to no approved priority, K3 rework, K4 workarounds, K5 idle waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import stats

from gapkit.cost.ledger import ThreePoint, three_point
from gapkit.stats.pert import pert_draws
from gapkit.stats.resample import deal, resampled_totals

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.config import Settings
    from gapkit.cost.fates import Fates
    from gapkit.cost.labour import Labour
    from gapkit.cost.spend import Spend
    from gapkit.stats.intervals import FloatArray

BUCKETS: Final = ("sunk_spend", "work_outside_priorities", "rework", "workarounds", "idle_waiting")
# The delivery of stalled programs is drawn at this many evenly likely levels: each level is one table of sums.
LEVELS: Final = 20
# Hours per day at work are read off at least one day of work.
FEWEST_DAYS: Final = 1.0
COLUMNS: Final = (
    "spend", "labour", "hours", "held", "active", "sunk_money", "sunk_labour", "sunk_hours", "outside_labour",
    "outside_hours", "rework_money", "rework_labour", "rework_hours",
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """What the buckets are made from.

    Attributes
    ----------
    spend : Spend or None
    labour : Labour
    fates : Fates
    tied : Series of bool or None
        Whether each program served an approved priority or goal; None where no program names one.
    workarounds : ThreePoint or None
        Hours a week of all workarounds, all people together; None where none are listed.
    """

    spend: Spend | None
    labour: Labour
    fates: Fates
    tied: pd.Series | None
    workarounds: ThreePoint | None


class Draws(NamedTuple):
    """One entry per draw.

    Attributes
    ----------
    money : dict of str to array
        Money in each bucket.
    hours : dict of str to array
        Hours in each bucket.
    total : array
        Spend and labour of the window.
    worked : array
        Hours worked in the window.
    inputs : dict of str to array
        What was drawn, by what it is called in the report.
    """

    money: dict[str, FloatArray]
    hours: dict[str, FloatArray]
    total: FloatArray
    worked: FloatArray
    inputs: dict[str, FloatArray]


def allot(inputs: Inputs, lost: FloatArray) -> FloatArray:
    """Return what each program adds to each sum.

    Parameters
    ----------
    inputs : Inputs
    lost : array
        Share of each program's effort that is lost (K1), from `Fates.lost_share`.

    Returns
    -------
    array of shape (programs, len(COLUMNS))
        What is lost is in no other bucket; what is left and not tied to a priority takes its hours, rework included.
    """
    work, spend = inputs.labour.programs, inputs.spend
    none = np.zeros(len(work))
    money, sunk, rework = (
        (spend.programs[name].to_numpy(float) for name in ("amount", "sunk", "rework")) if spend else (none, none, none)
    )
    outside = none if inputs.tied is None else 1 - inputs.tied.reindex(work.index).fillna(True).to_numpy(float)
    hours, labour, held, active, again, again_money = (
        work[name].to_numpy(float)
        for name in ("hours", "money", "held_days", "active_days", "rework_hours", "rework_money")
    )
    left = 1 - lost
    return np.column_stack([
        money, labour, hours, held, active,
        lost * sunk, lost * labour, lost * hours,
        left * outside * labour, left * outside * hours,
        left * rework, left * (1 - outside) * again_money, left * (1 - outside) * again,
    ])  # fmt: skip


def draw_costs(inputs: Inputs, settings: Settings, seed: int) -> Draws:
    """Draw the buckets.

    Parameters
    ----------
    inputs : Inputs
        Money and hours by program, and what is uncertain about them.
    settings : Settings
        Number of draws, idle share.
    seed : int
        Seed; each source of uncertainty has a stream of its own.

    Notes
    -----
    One factor moves all hourly rates, and one the hours of all workarounds: the same people guessed them. K4 leaves out the
    share of hours that the first three buckets hold already, because workarounds are part of the work; K5 takes at most
    what is left. So all buckets together never exceed hours worked or money spent.
    """
    count = settings.cost_draws // LEVELS * LEVELS
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(4)]
    level = np.repeat(stats.norm.ppf((np.arange(LEVELS) + 0.5) / LEVELS), count // LEVELS)
    sums = dict(zip(COLUMNS, _sums(inputs, np.unique(level), count // LEVELS, streams[0]).T, strict=True))
    rate = inputs.labour.rate
    factor = np.zeros(count)
    if rate is not None:
        factor = pert_draws(rate.low / rate.mode, 1.0, rate.high / rate.mode, count, streams[1])
    weekly = pert_draws(*inputs.workarounds, count, streams[2]) if inputs.workarounds else np.zeros(count)
    idle = pert_draws(*three_point(settings, "idle_share"), count, streams[3])
    money, hours, total, worked = put_in_buckets(sums, inputs.labour, factor, weekly, idle, other_money(inputs))
    usual, *_ = put_in_buckets(
        sums, inputs.labour, np.full(count, factor.mean()), np.full(count, weekly.mean()), np.full(count, idle.mean()),
        other_money(inputs),
    )  # fmt: skip
    mix = np.sum(list(usual.values()), axis=0).reshape(LEVELS, -1)
    drawn = {
        "hourly rates": factor,
        "hours of workarounds": weekly,
        "share of waiting hours that stays idle": idle,
        "chance that stalled programs arrive": level if inputs.fates.delivery.notna().any() else np.zeros(count),
        "which programs a window happens to hold": (mix - mix.mean(axis=1, keepdims=True)).ravel(),
    }
    return Draws(money, hours, total, worked, drawn)


def other_money(inputs: Inputs) -> float:
    """Return money of the window that belongs to no program."""
    return inputs.spend.other if inputs.spend else 0.0


def _sums(inputs: Inputs, levels: FloatArray, each: int, rng: np.random.Generator) -> FloatArray:
    """Return the sums over programs in each draw, level by level, shape (draws, len(COLUMNS))."""
    # Programs of other times add nothing and are no units of this window.
    took_part = allot(inputs, inputs.fates.lost_share()).any(axis=1)
    if not took_part.any():
        return np.zeros((len(levels) * each, len(COLUMNS)))
    hand = deal(int(took_part.sum()), rng)
    found = []
    for deviation in levels:
        table = allot(inputs, inputs.fates.lost_share(deviation))[took_part]
        hands = np.column_stack([np.bincount(hand, weights=column) for column in table.T])
        found.append(resampled_totals(np.asarray(hands, dtype=np.float64), each, rng))
    return np.concatenate(found)


def put_in_buckets(
    sums: dict[str, FloatArray], labour: Labour, factor: FloatArray, weekly: FloatArray, idle: FloatArray, other: float
) -> tuple[dict[str, FloatArray], dict[str, FloatArray], FloatArray, FloatArray]:
    """Return money and hours by bucket, total money and hours worked.

    Parameters
    ----------
    sums : dict of str to array
        Sums over programs by name of `COLUMNS`.
    labour : Labour
        Rate, weeks and hours paid.
    factor, weekly, idle : array
        Rates relative to the most likely one, hours of workarounds a week, share of held-up hours that stays idle.
    other : float
        Money of the window that belongs to no program.
    """
    price = labour.rate.mode * factor if labour.rate else factor
    worked = np.maximum(labour.paid_hours or 0.0, sums["hours"])
    if labour.paid_hours is None and not labour.is_logged:
        worked = weekly * labour.weeks
    first = {"sunk_spend": "sunk", "work_outside_priorities": "outside", "rework": "rework"}
    hours = {bucket: sums[f"{name}_hours"] for bucket, name in first.items()}
    counted = sum(hours.values(), np.zeros(len(factor)))
    share = np.divide(counted, sums["hours"], out=np.zeros_like(counted), where=sums["hours"] > 0)
    hours["workarounds"] = np.minimum(weekly * labour.weeks * (1 - share), worked - counted)
    per_day = np.divide(sums["hours"], sums["active"], out=np.zeros_like(counted), where=sums["active"] >= FEWEST_DAYS)
    left = worked - counted - hours["workarounds"]
    hours["idle_waiting"] = np.minimum(idle * sums["held"] * per_day, left)

    paid = sums["labour"] * factor + (worked - sums["hours"]).clip(min=0.0) * price
    money = {bucket: sums[f"{name}_labour"] * factor for bucket, name in first.items()}
    rest = paid - sum(money.values(), np.zeros(len(factor)))
    for bucket in ("workarounds", "idle_waiting"):
        money[bucket] = np.minimum(hours[bucket] * price, rest)
        rest = rest - money[bucket]
    money["sunk_spend"] = money["sunk_spend"] + sums["sunk_money"]
    money["rework"] = money["rework"] + sums["rework_money"]
    return money, hours, sums["spend"] + other + paid, worked
