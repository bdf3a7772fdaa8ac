"""The whole story of an organisation before anybody records it: frame, plan, exposure, flow, and the redesign at the end.

`tell` makes it. Told again with a killer switched off, the same organisation draws the same numbers, which is how its true
cost is known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gapkit.calendar import quarter_end
from gapkit.sample import catalogue
from gapkit.sample.arguments import Arguments
from gapkit.sample.clock import Bools, Clock
from gapkit.sample.exposure import expose, is_to_spec, uniforms
from gapkit.sample.flow import Flow
from gapkit.sample.frame import Frame, make_frame
from gapkit.sample.improvement import improve
from gapkit.sample.killers import Severities, draw_severities, set_parameters
from gapkit.sample.plan import UNPLANNED, make_clock, make_plan
from gapkit.sample.queueing import Approvers, choose_approvals, staff_approvers
from gapkit.sample.run import Run, is_cohort
from gapkit.sample.streams import Streams

# Share of cancellations that are mergers, and of these how many name the program they went into.
MERGED_SHARE, KNOWN_SURVIVOR_SHARE = 0.08, 0.5
MOST_TRIES: Final = 400


@dataclass(frozen=True, slots=True)
class Story:
    """What is so and what happened, recorded or not.

    Attributes
    ----------
    arguments, streams, frame, severities, parameters, clock
        What it was made from.
    re_entry : frozenset of str
        Stages in which data is typed in twice.
    plan, exposed : pandas.DataFrame
        Row i is program i: what was promised, and what it was exposed to.
    approvers : Approvers
        Who signs off.
    approvals : list of tuple of int
        The sign-offs of each program.
    flow : Flow
        What became of each program.
    is_merged, is_carried : array of bool
        Whether it ends by being merged into another program; whether that other is known, so that it carries this one.
    is_to_spec : array of bool
        Whether each program is, or would be, to its specification.
    is_new_model : array of bool
        Whether it ran under the redesign.
    """

    arguments: Arguments
    streams: Streams
    frame: Frame
    severities: Severities
    parameters: dict[str, float]
    clock: Clock
    re_entry: frozenset[str]
    plan: pd.DataFrame
    exposed: pd.DataFrame
    approvers: Approvers
    approvals: list[tuple[int, ...]]
    flow: Flow
    is_merged: Bools
    is_carried: Bools
    is_to_spec: Bools
    is_new_model: Bools

    @property
    def is_cohort(self) -> Bools:
        """Which programs count for the frozen plan of their quarter: in it at the freeze, and not carried by another."""
        return is_cohort(self.plan, self.flow) & ~self.is_carried

    @property
    def is_delivered_by_quarter_end(self) -> Bools:
        """Which programs reached the market by the end of their quarter."""
        return np.asarray(self.flow.finished_h <= self.plan["quarter_end_h"].to_numpy())

    @property
    def is_on_time(self) -> Bools:
        """Which programs reached the market by their promised end."""
        return np.asarray(self.flow.finished_h <= self.plan["end_h"].to_numpy())

    @property
    def is_otif(self) -> Bools:
        """Which programs were on time and to specification."""
        return self.is_on_time & self.is_to_spec


def tell(arguments: Arguments, *, off: Mapping[str, float] | None = None, cleared: Collection[str] = ()) -> Story:
    """Return the story of an organisation.

    Parameters
    ----------
    off : mapping of str to float, optional
        Severities set to another value, with every draw the same.
    cleared : collection of str
        Killers to which no program is exposed, with every draw the same and approvers as quick as they were.
    """
    if not arguments.setting.starts_after_worst:
        return _tell(arguments, Streams(arguments.seed, arguments.replicate), off, cleared)
    for attempt in range(MOST_TRIES):
        streams = Streams(arguments.seed, arguments.replicate * MOST_TRIES + attempt)
        story = _tell(arguments.but(improvement=0.0), streams, None, ())
        if _last_was_worst(story):
            break
    return _tell(arguments, streams, off, cleared)


def _last_was_worst(story: Story) -> bool:
    """Return whether the last quarter complete on day 1 had a lower execution rate than every one before it."""
    arguments = story.arguments
    done = [q for q in arguments.told_quarters if quarter_end(q) < arguments.day_one]
    rates = true_rates(story).loc[done, "execution_rate"]
    return bool(rates.iloc[-1] < rates.iloc[:-1].min())


def true_rates(story: Story) -> pd.DataFrame:
    """Return execution, on-time and OTIF rate of the committed programs of each quarter, with their number n."""
    outcome = pd.DataFrame({
        "quarter": story.plan["quarter"],
        "execution_rate": story.is_delivered_by_quarter_end,
        "on_time_rate": story.is_on_time,
        "otif_rate": story.is_otif,
    })[story.is_cohort]  # fmt: skip
    groups = outcome.groupby("quarter")
    return groups.mean().assign(n=groups.size()).reindex(list(story.arguments.told_quarters))


def _tell(arguments: Arguments, streams: Streams, off: Mapping[str, float] | None, cleared: Collection[str]) -> Story:
    frame = make_frame(arguments.scale, streams)
    severities = draw_severities(arguments, streams, off)
    parameters = set_parameters(severities, streams)
    clock = make_clock(arguments)
    re_entry = _re_entry_stages(frame, parameters["re_entry"], streams)
    plan = make_plan(arguments, frame, parameters, clock, streams)
    usual = expose(plan, frame, parameters, re_entry, streams)
    approvers = staff_approvers(plan, choose_approvals(plan, usual["approvals"], streams), frame, parameters)
    exposed = usual
    if cleared or arguments.levers.single_owner:
        exposed = expose(plan, frame, parameters, re_entry, streams, arguments.levers.single_owner, cleared)
    is_new = (
        _adopts(frame, arguments.held_back, streams)[plan["team"]]
        & plan["is_after"].to_numpy()
        & (plan["origin"] != UNPLANNED).to_numpy()
    )
    run = Run(arguments, streams, frame, parameters, plan, approvers)
    approvals, flow = run.flow(exposed)
    merged, carried = _merged(plan, flow, streams)
    if arguments.improvement:
        # What is merged into another program is neither helped nor counted.
        exposed, approvals, flow = improve(run, exposed, flow, is_new & ~carried)
        merged, carried = merged & flow.is_cancelled, carried & flow.is_cancelled
    spec = is_to_spec(plan, exposed, arguments.setting.is_sound, streams)
    return Story(
        arguments, streams, frame, severities, parameters, clock, re_entry, plan, exposed, approvers, approvals, flow,
        merged, carried, spec, is_new,
    )  # fmt: skip


def _merged(plan: pd.DataFrame, flow: Flow, streams: Streams) -> tuple[Bools, Bools]:
    """Return which programs end by being merged, and which of them into a known one; only promised work past the freeze."""
    draws = uniforms(plan, streams, "merged", 2)
    promised = (plan["origin"] != UNPLANNED).to_numpy() & (flow.cancelled_h > plan["freeze_h"].to_numpy())
    merged = flow.is_cancelled & promised & (draws[:, 0] < MERGED_SHARE)
    return merged, merged & (draws[:, 1] < KNOWN_SURVIVOR_SHARE)


def _adopts(frame: Frame, held_back: float, streams: Streams) -> Bools:
    """Return which teams work under the redesign in the after quarter, whether it helps or not."""
    order = streams.organisation("adoption").permutation(len(frame.teams))
    return np.asarray(order >= round(held_back * len(frame.teams)))


def _re_entry_stages(frame: Frame, share: float, streams: Streams) -> frozenset[str]:
    """Return the stages with re-entry: that share of all, gathered in few types of work rather than spread over all."""
    names = sorted({(kind, stage.name) for kind in frame.types for stage in catalogue.STAGES[kind]})
    rng = streams.organisation("re-entry")
    by_type = dict(zip(catalogue.TYPES, rng.random(len(catalogue.TYPES)), strict=True))
    keys = np.array([0.7 * by_type[kind] + 0.3 * u for (kind, _), u in zip(names, rng.random(len(names)), strict=True)])
    chosen = np.argsort(keys)[: round(share * len(names))]
    return frozenset(names[k][1] for k in chosen)
