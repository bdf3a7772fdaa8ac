"""What each program will need if no queue keeps it waiting: start, work and waits, sign-offs, its end if it is cancelled.

Everything is drawn up front, in arrays, so the simulation itself draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.clock import HOURS, Floats
from gapkit.sample.exposure import normals, uniforms
from gapkit.sample.frame import Frame
from gapkit.sample.plan import UNPLANNED, WORKDAYS_PER_DAY
from gapkit.sample.queueing import MOST_RETURNS, Approvers, service_times
from gapkit.sample.streams import Streams

MOST_STAGES: Final = 9
# Share of the time a program needs that is work; the rest is waiting that has nothing to do with approvers.
WORK_SHARE, WAIT_SHARE = 0.172, 0.163
# A plan allows for this much working time per usual sign-off.
ALLOWED_HOURS: Final = 14.0
WORK_SPREAD, WAIT_SPREAD = 0.5, 0.8
HAND_IN_HOURS, STALL_HOURS = 1.0, 26.0
# Time per unit of log-odds: effects and noise stretch work and waits by exp(−effect × odds) and exp(noise × logistic).
EFFECT_PER_ODDS, NOISE_PER_ODDS = 0.4, 0.25


@dataclass(frozen=True, slots=True)
class Needs:
    """What the simulation runs on; one row or entry per program.

    Attributes
    ----------
    start_h : array
        When work begins if nothing comes first.
    cancel_h : array
        When the program is cancelled if it is still open.
    work, wait : array of shape (programs, stages)
        Hours of work in each stage, and of waiting before it.
    rework : array
        Hours of rework after a return, a changed scope or a late correction.
    service, delay, sent_back : array of shape (programs, approvals, rounds)
        Hours of sign-off, hours before it reaches an approver, and a uniform number deciding whether it is sent back.
    kept : array of shape (programs, approvals)
        Uniform number deciding whether an agreed limit on waiting is kept.
    drifts, corrects_late : array of bool
        Whether scope changes half-way; whether results force a late correction.
    """

    start_h: Floats
    cancel_h: Floats
    work: Floats
    wait: Floats
    rework: Floats
    service: Floats
    delay: Floats
    sent_back: Floats
    kept: Floats
    drifts: np.ndarray
    corrects_late: np.ndarray


def draw_needs(
    plan: pd.DataFrame, exposed: pd.DataFrame, frame: Frame, parameters: dict[str, float], approvers: Approvers,
    ease: Floats, capacity: float, streams: Streams,
) -> Needs:  # fmt: skip
    """Return what each program needs; `ease` is its log-odds of being on time relative to the average program."""
    noise = uniforms(plan, streams, "pace")
    pace = np.exp(NOISE_PER_ODDS * np.log(noise / (1 - noise)) - EFFECT_PER_ODDS * ease)
    usual = sum(frame.size.usual_approvals) / 2
    needed = plan["needed_hours"].to_numpy()
    hours = np.maximum(0.5 * needed, needed - ALLOWED_HOURS * usual)
    work = hours * WORK_SHARE * pace
    wait = hours * WAIT_SHARE * pace * parameters["wait_factor"]
    shares, used = _stage_shares(exposed["path"].tolist())
    rounds = (len(catalogue.APPROVALS), MOST_RETURNS + 1)
    shape = (len(plan), *rounds)
    width = rounds[0] * rounds[1]
    return Needs(
        start_h=_start(plan, pace, streams),
        cancel_h=plan["opens_h"].to_numpy() + _until_cancelled(plan, frame, streams),
        work=work[:, None] * shares * _lognormal(plan, streams, "work", MOST_STAGES, WORK_SPREAD),
        wait=(wait / used)[:, None] * _lognormal(plan, streams, "wait", MOST_STAGES, WAIT_SPREAD),
        rework=0.12 * work * _lognormal(plan, streams, "rework", 1, WORK_SPREAD)[:, 0],
        service=service_times(normals(plan, streams, "service", width).reshape(shape), approvers, capacity),
        delay=_delay(plan, parameters["approval_stalled"], width, streams).reshape(shape),
        sent_back=uniforms(plan, streams, "returns", width).reshape(shape),
        kept=uniforms(plan, streams, "adherence", rounds[0]),
        drifts=uniforms(plan, streams, "drift") < _drift_share(exposed, parameters["drift"]),
        corrects_late=(uniforms(plan, streams, "late correction") < parameters["late_correction"]) & ~exposed["has_target"],
    )


def _stage_shares(paths: list[tuple[catalogue.Stage, ...]]) -> tuple[Floats, Floats]:
    """Return each stage's share of its program's work, and how many stages the program has."""
    shares = np.zeros((len(paths), MOST_STAGES))
    for row, path in zip(shares, paths, strict=True):
        row[: len(path)] = [stage.share for stage in path]
    return shares / shares.sum(axis=1, keepdims=True), np.array([float(len(path)) for path in paths])


def _lognormal(plan: pd.DataFrame, streams: Streams, component: str, width: int, spread: float) -> Floats:
    """Return lognormal factors with mean 1."""
    return np.exp(spread * normals(plan, streams, component, width) - spread**2 / 2)


def _start(plan: pd.DataFrame, pace: Floats, streams: Streams) -> Floats:
    """Return the actual start: a day early at best, half a day late at the median, sometimes weeks; surprises at once."""
    late = 12 * np.exp(normals(plan, streams, "start", 1)[:, 0]) * pace - HOURS
    start = np.maximum(plan["start_h"] + late, plan["opens_h"] + 0.5)
    return np.where(plan["origin"] == UNPLANNED, plan["start_h"], start)


def _delay(plan: pd.DataFrame, stalled: float, width: int, streams: Streams) -> Floats:
    """Return hours before a sign-off reaches an approver: an hour or two, or days where it is left lying."""
    lies = uniforms(plan, streams, "stall", width) < stalled
    return (HAND_IN_HOURS + STALL_HOURS * lies) * _lognormal(plan, streams, "delay", width, WORK_SPREAD)


def _until_cancelled(plan: pd.DataFrame, frame: Frame, streams: Streams) -> Floats:
    per_hour = frame.cancel_hazard / WORKDAYS_PER_DAY / HOURS
    return np.asarray(-np.log(uniforms(plan, streams, "cancellation")) / per_hour)


def _drift_share(exposed: pd.DataFrame, share: float) -> Floats:
    """Return the probability that scope drifts: odds grow by half with each level between decider and doer."""
    odds = share / (1 - share) * 1.5 ** (exposed["distance"].to_numpy() - 1.0)
    return np.asarray(odds / (1 + odds))
