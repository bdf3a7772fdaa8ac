"""How bad each thing is, and what that does: severities 0..1 turned into the shares and levels the simulation runs on.

A severity is one number per killer (and per fracture, cause and pitfall). It sets what happens to programs; what an
indicator then shows is also coloured by the other killers (cross-talk) and by a level of its own in each organisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit, logit

from gapkit.sample.arguments import CONDITIONS, LEVELS, Arguments
from gapkit.sample.streams import Streams
from gapkit.vocabulary import KILLERS

CROSS_TALK: Final = 0.2
LEVEL_NOISE: Final = 0.6

# Effect of being exposed at planned start, in log-odds of finishing on time. Bottlenecks have none of their own: each
# further sign-off takes its time in the queue and may send work back.
EFFECTS: Final = {"misalignment": -0.5, "unclear_ownership": -1.1, "poor_tooling": -0.6, "feedback_loop_failure": -0.3}
# Log-odds of being to specification, likewise; the base is that of a healthy organisation.
SPEC_BASE: Final = 2.6
SPEC_EFFECTS: Final = {"misalignment": -0.6, "unclear_ownership": -0.3, "poor_tooling": -0.2, "feedback_loop_failure": -0.4}
FUNCTION_EFFECT: Final = -0.2

# Share: what it follows, its value at severity 0, its value at severity 1.
SHARES: Final[dict[str, tuple[str, float, float]]] = {
    "unlinked": ("misalignment", 0.05, 0.45),
    "outside_top": ("misalignment", 0.06, 0.35),
    "drift": ("misalignment", 0.05, 0.50),
    "far_decision": ("misalignment", 0.08, 0.45),
    "approval_returned": ("structural_bottlenecks", 0.08, 0.35),
    "approval_stalled": ("structural_bottlenecks", 0.03, 0.45),
    "no_single_owner": ("unclear_ownership", 0.05, 0.50),
    "owner_changed_early": ("unclear_ownership", 0.08, 0.62),
    "owner_mismatch": ("unclear_ownership", 0.03, 0.42),
    "workaround_share": ("poor_tooling", 0.02, 0.15),
    "re_entry": ("poor_tooling", 0.04, 0.55),
    "outside_record": ("poor_tooling", 0.05, 0.45),
    "mismatch": ("poor_tooling", 0.03, 0.30),
    "no_target": ("feedback_loop_failure", 0.10, 0.65),
    "no_results_review": ("feedback_loop_failure", 0.12, 0.70),
    "empty_review": ("feedback_loop_failure", 0.12, 0.70),
    "late_correction": ("feedback_loop_failure", 0.10, 0.40),
    "review_missed": ("cadence", 0.05, 0.45),
    "review_skips_program": ("cadence", 0.10, 0.65),
    "action_late": ("cadence", 0.15, 0.60),
    "no_handoff_sla": ("handoffs", 0.15, 0.80),
    "informal_handoff": ("handoffs", 0.15, 0.70),
    "handoff_returned": ("handoffs", 0.06, 0.35),
    "skill_gap": ("capability", 0.05, 0.45),
    "decision_reversed": ("leadership_direction", 0.04, 0.35),
    "priority_dropped": ("leadership_direction", 0.05, 0.50),
    "step_skipped": ("execution_discipline", 0.02, 0.35),
    "left_out_of_planning": ("ivory_tower", 0.20, 0.80),
    "tool_before_process": ("tool_first", 0.15, 0.75),
    "seat_unused": ("tool_first", 0.15, 0.65),
    "unplanned": ("campaign_of_the_quarter", 0.10, 0.50),
    "pause": ("campaign_of_the_quarter", 0.10, 0.50),
}
# Level: the same for what is not a share, with the spread of its own level on the log scale.
LEVEL_SPANS: Final[dict[str, tuple[str, float, float, float]]] = {
    "approver_utilisation": ("structural_bottlenecks", 0.60, 0.95, 0.0),
    "extra_approvals": ("structural_bottlenecks", 0.0, 3.0, 0.0),
    "wait_factor": ("structural_bottlenecks", 1.0, 1.5, 0.0),
    "owner_concentration": ("unclear_ownership", 0.1, 7.0, 0.0),
    "kpi_latency_days": ("feedback_loop_failure", 7.0, 45.0, 0.25),
    "priority_divergence": ("misalignment", 0.2, 3.5, 0.0),
    "decision_days": ("leadership_direction", 3.0, 14.0, 0.25),
    "incentive_divergence": ("incentives", 0.2, 1.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Severities:
    """What ails the organisation.

    Attributes
    ----------
    planted : dict of str to float
        True severity of each killer and condition, 0..1: what a diagnosis should find.
    shown : dict of str to float
        The same with the killers' cross-talk: what work and survey are made from.
    """

    planted: dict[str, float]
    shown: dict[str, float]


def draw_severities(arguments: Arguments, streams: Streams, off: Mapping[str, float] | None = None) -> Severities:
    """Return the severities asked for; those in `off` are set to the value given there instead."""
    names = (*KILLERS, *CONDITIONS)
    place = streams.organisation("severity").random(len(names))
    asked = {**arguments.killers, **arguments.conditions}
    planted = {name: _severity(name, asked.get(name), u) for name, u in zip(names, place, strict=True)} | dict(off or {})
    spill = CROSS_TALK * float(np.mean([planted[name] for name in KILLERS]))
    shown = {name: min(1.0, value + spill) if name in KILLERS else value for name, value in planted.items()}
    return Severities(planted, shown)


def _severity(name: str, asked: str | float | None, place: float) -> float:
    if asked is None:
        low, high = (0.0, 1.0) if name == "campaign_of_the_quarter" else LEVELS["none"]
    elif isinstance(asked, str):
        low, high = LEVELS[asked]
    else:
        low = high = float(asked)
    return low + float(place) * (high - low)


def set_parameters(severities: Severities, streams: Streams) -> dict[str, float]:
    """Return the value of every share and level.

    Notes
    -----
    A share is low + severity · (high − low), shifted on the logit by N(0, 0.6), drawn once per organisation and share: no
    two organisations have the same habits at the same severity. The two shares that describe surprise work are not shifted.
    """
    noise = streams.organisation("levels")
    own = dict(zip((*SHARES, *LEVEL_SPANS), noise.normal(size=len(SHARES) + len(LEVEL_SPANS)), strict=True))
    values = {}
    for name, (source, low, high) in SHARES.items():
        share = low + severities.shown[source] * (high - low)
        spread = 0.0 if source == "campaign_of_the_quarter" else LEVEL_NOISE
        values[name] = float(expit(logit(share) + spread * own[name]))
    for name, (source, low, high, spread) in LEVEL_SPANS.items():
        values[name] = float((low + severities.shown[source] * (high - low)) * np.exp(spread * own[name]))
    return values
