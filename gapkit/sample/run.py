"""One run of the work: exposure in, sign-offs and flow out, with everything else the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.arguments import Arguments
from gapkit.sample.clock import Bools
from gapkit.sample.exposure import ease, uniforms
from gapkit.sample.flow import Flow, Setting, run_flow, stage_teams, surprises_by_team
from gapkit.sample.frame import Frame
from gapkit.sample.needs import Needs, draw_needs
from gapkit.sample.plan import PLANNED, UNPLANNED
from gapkit.sample.queueing import Approvers, choose_approvals
from gapkit.sample.streams import Streams


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same from run to run; the attributes are those of a `Story`."""

    arguments: Arguments
    streams: Streams
    frame: Frame
    parameters: dict[str, float]
    plan: pd.DataFrame
    approvers: Approvers

    def flow(self, exposed: pd.DataFrame) -> tuple[list[tuple[int, ...]], Flow]:
        """Return sign-offs and flow under an exposure."""
        needs, setting = self.prepare(exposed)
        return setting.approvals, run_flow(needs, setting)

    def prepare(self, exposed: pd.DataFrame) -> tuple[Needs, Setting]:
        """Return what the simulation runs on."""
        arguments, plan, streams = self.arguments, self.plan, self.streams
        odds = ease(plan, exposed, self.frame, arguments.setting.is_sound)
        capacity = arguments.levers.approver_capacity
        paths, own = exposed["path"].tolist(), plan["team"].tolist()
        setting = Setting(
            paths=paths,
            teams=stage_teams(paths, own, self.frame.teams),
            approvals=self._approvals(exposed["approvals"]),
            approvers=self.approvers,
            surprises=surprises_by_team(plan, streams),
            own_team=own,
            is_held_up=(plan["origin"] != UNPLANNED).tolist(),
            pause_draw=uniforms(plan, streams, "pause").tolist(),
            pause_share=self.parameters["pause"],
            returned_share=self.parameters["approval_returned"],
            levers=arguments.levers,
        )
        return draw_needs(plan, exposed, self.frame, self.parameters, self.approvers, odds, capacity, streams), setting

    def _approvals(self, wanted: pd.Series) -> list[tuple[int, ...]]:
        """Return the sign-offs of each program, without the one a lever drops."""
        chosen = choose_approvals(self.plan, wanted, self.streams)
        names = [approval.name for approval in catalogue.APPROVALS]
        dropped = self.arguments.levers.drop_approval
        return chosen if dropped is None else [tuple(a for a in row if names[a] != dropped) for row in chosen]


def is_cohort(plan: pd.DataFrame, flow: Flow) -> Bools:
    """Return which programs are in the frozen plan of their quarter: committed by the freeze, not cancelled before it."""
    return np.asarray((plan["origin"] == PLANNED).to_numpy() & (flow.cancelled_h > plan["freeze_h"].to_numpy()))
