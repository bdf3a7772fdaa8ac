"""A redesign that works by exactly as much as was planted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample.clock import Bools, Floats
from gapkit.sample.exposure import uniforms
from gapkit.sample.flow import Flow, run_flow
from gapkit.sample.needs import EFFECT_PER_ODDS, Needs
from gapkit.sample.run import Run, is_cohort

# How many of its faults a redesign mends, per unit of improvement planted: at +20 points half of them.
MENDED_PER_POINT: Final = 2.5
# Search for the speed of the redesign, in log-odds of being on time.
SLOWEST_AND_QUICKEST: Final = (-4.0, 10.0)
FIRST_STEP, SMALLEST_STEP = 1.5, 0.01


def improve(run: Run, exposed: pd.DataFrame, flow: Flow, which: Bools) -> tuple[pd.DataFrame, list[tuple[int, ...]], Flow]:
    """Return exposure, sign-offs and flow of a redesign of some programs that delivers the improvement planted.

    Parameters
    ----------
    run : Run
        What stays the same.
    exposed, flow
        Exposure and flow without the redesign.
    which : array of bool
        The programs under it.

    Notes
    -----
    The redesign mends part of the faults of the programs under it (one owner, no sign-offs beyond the healthy number) and
    quickens and steadies them by as much as is needed, found by bisection on the number of committed ones delivered by the
    end of their quarter. That number rises by improvement × n, a fraction left over being rounded up with its own
    probability, so the expected gain is the one planted. Where even instant work would not do, the gain is what it is.
    """
    plan, mended = run.plan, _mend(run, exposed, which)
    cohort = is_cohort(plan, flow) & which
    ends = plan["quarter_end_h"].to_numpy()
    gain = run.arguments.improvement * cohort.sum() + run.streams.history("rounding").random()
    wanted = _delivered(flow, cohort, ends) + int(gain)
    needs, setting = run.prepare(mended)
    freeze = plan["freeze_h"].to_numpy()
    (low, high), step, found = SLOWEST_AND_QUICKEST, FIRST_STEP, flow
    while high - low > SMALLEST_STEP:
        found = run_flow(_quicken(needs, freeze, which, step), setting)
        count = _delivered(found, cohort, ends)
        if count == wanted:
            break
        low, high = (step, high) if count < wanted else (low, step)
        step = (low + high) / 2
    return mended, setting.approvals, found


def _delivered(flow: Flow, cohort: Bools, ends: Floats) -> int:
    return int(np.sum(flow.finished_h[cohort] <= ends[cohort]))


def _mend(run: Run, exposed: pd.DataFrame, which: Bools) -> pd.DataFrame:
    mended = which & (uniforms(run.plan, run.streams, "mended") < MENDED_PER_POINT * run.arguments.improvement)
    healthy = run.frame.size.healthy_approvals
    fewer = np.where(mended, np.minimum(exposed["approvals"], healthy), exposed["approvals"])
    return exposed.assign(
        owner_kind=np.where(mended, "one", exposed["owner_kind"]),
        unclear_ownership=exposed["unclear_ownership"].to_numpy() & ~mended,
        approvals=fewer,
        structural_bottlenecks=fewer > healthy,
    )


def _quicken(needs: Needs, freeze_h: Floats, which: Bools, odds: float) -> Needs:
    """Return the needs with work and waits of some programs shortened by that many log-odds, and fewer cancelled.

    What is cancelled before the freeze stays so: the frozen plan is the same with the redesign and without.
    """
    factor: Floats = np.where(which, np.exp(-EFFECT_PER_ODDS * odds), 1.0)
    past_freeze = np.maximum(needs.cancel_h - freeze_h, 0.0)
    return replace(
        needs,
        work=needs.work * factor[:, None],
        wait=needs.wait * factor[:, None],
        rework=needs.rework * factor,
        delay=needs.delay * factor[:, None, None],
        cancel_h=needs.cancel_h + past_freeze * (1 / factor - 1),
    )
