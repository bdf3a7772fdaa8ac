"""The words of the trade, each spelled once: phases, statuses, gap categories, killers, and their plain names."""

from __future__ import annotations

from typing import Final

PHASES: Final = ("diagnose", "redesign", "measure")
PHASE_DAYS: Final = {"diagnose": (1, 30), "redesign": (31, 60), "measure": (61, 90)}
SCALES: Final = ("smb", "mid", "enterprise")

PROGRAM_TYPES: Final = (
    "campaign", "content", "event", "launch", "web", "email", "paid_media", "brand", "research", "ops", "other",
)  # fmt: skip
LEVELS: Final = ("program", "deliverable")
STATUSES: Final = ("not_started", "in_progress", "blocked", "paused", "delivered", "cancelled", "merged")
OPEN_STATUSES: Final = ("not_started", "in_progress", "blocked", "paused")
CANCEL_REASONS: Final = ("decision", "no_capacity", "dependency", "budget", "no_longer_needed", "lapsed", "other")
OWNER_TYPES: Final = ("person", "team", "committee", "external", "none")
STAGE_KINDS: Final = ("work", "wait", "approval", "rework", "external", "blocked")
ACTIVE_KINDS: Final = ("work", "rework")
EVENT_FIELDS: Final = ("status", "stage", "start", "end", "owner", "scope", "priority", "budget", "spec")

KILLERS: Final = (
    "misalignment", "structural_bottlenecks", "unclear_ownership", "poor_tooling", "feedback_loop_failure",
)  # fmt: skip
FRACTURES: Final = ("ownership", "cadence", "incentives", "handoffs")
CAUSES: Final = ("capability", "leadership_direction", "execution_discipline")
PITFALLS: Final = ("ivory_tower", "tool_first", "campaign_of_the_quarter")
LEVERS: Final = ("single_source_of_truth", "operating_cadence", "controllable_inputs")

# The gap map, in the order in which a program is placed: the first category that matches wins.
PLANNED_CATEGORIES: Final = (
    "merged",
    "cancelled",
    "delivered_date_unknown",
    "delivered_on_time_to_spec",
    "delivered_on_time_below_spec",
    "delivered_on_time_spec_unknown",
    "delivered_late",
    "stalled",
    "overdue_active",
    "never_started",
    "on_track",
    "not_due",
)
UNPLANNED_CATEGORIES: Final = ("unplanned_delivered", "unplanned_open", "unplanned_cancelled", "undated")
GAP_CATEGORIES: Final = PLANNED_CATEGORIES + UNPLANNED_CATEGORIES

# Plain names for readers. A word used in a report is spelled the same here and in the docs.
NAMES: Final = {
    "merged": "merged, survivor unknown",
    "cancelled": "cancelled",
    "delivered_date_unknown": "delivered, date unknown",
    "delivered_on_time_to_spec": "delivered on time, to spec",
    "delivered_on_time_below_spec": "delivered on time, below spec",
    "delivered_on_time_spec_unknown": "delivered on time, spec unknown",
    "delivered_late": "delivered late",
    "stalled": "stalled",
    "overdue_active": "overdue, still active",
    "never_started": "never started",
    "on_track": "on track",
    "not_due": "not due yet",
    "unplanned_delivered": "unplanned, delivered",
    "unplanned_open": "unplanned, open",
    "unplanned_cancelled": "unplanned, cancelled",
    "undated": "no planned date",
    "execution_rate": "execution rate",
    "on_time_rate": "on-time rate",
    "to_spec_rate": "to-spec rate",
    "otif_rate": "on time and to spec (OTIF)",
    "within_horizon_rate": "delivered within the horizon",
    "execution_rate_latest_plan": "execution rate against the latest plan",
    "redating_flattery": "re-dating flattery",
    "velocity_per_week": "velocity",
    "velocity_points_per_week": "velocity in size points",
    "time_to_market_median_days": "median time-to-market",
    "time_to_market_p85_days": "85th percentile of time-to-market",
    "flow_efficiency": "flow efficiency",
    "wip": "work in progress",
    "slip_median_days": "median slip",
    "slip_p85_days": "85th percentile of slip",
    "slip_late_share": "past the frozen date",
    "undated_share": "commitments without a date",
    "execution_rate_budget_weighted": "execution rate, weighted by budget",
    "execution_rate_points_weighted": "execution rate, weighted by size",
    "time_to_market_restricted_mean_days": "mean time-to-market within the horizon",
    "sla_breach_share": "stays over the agreed time",
    "round_trip_share": "programs sent back and forth",
    "work_outside_priorities": "work outside priorities",
    "gap_cost": "cost of the gap",
    "total_cost": "spend and labour",
    "delay_cost": "cost of delay",
    "criteria_index": "index of agreed criteria",
    "criteria_perceived": "criteria as people see them",
    "strategy_agreement": "agreement on the four strategy questions",
    "criteria_recorded": "criteria recorded before deciding",
    "priority_agreement": "agreement on priorities",
    "decision_latency_days": "median time to a decision",
    "reversal_share": "decisions taken back",
    "criteria_recorded_share": "decisions with criteria recorded",
    "target_attainment": "targets reached",
    "replanned_later_share": "programs re-dated later",
    "replanned_median_days": "median move of the planned end",
    "commitments_on_time": "open commitments on time",
    "commitments_on_time_this_quarter": "of those due this quarter",
    "commitments_on_time_90_days": "of those due within 90 days",
    "deliveries_4_weeks": "deliveries in the next 4 weeks",
    "deliveries_13_weeks": "deliveries in the next 13 weeks",
    "queue_days": "days until the queue is worked off",
    "commitments_on_time_rate": "on-time rate of programs and their parts",
    "slip_restricted_mean_days": "mean slip",
    "wait_days": "mean wait in business days",
    "sla_attainment": "agreed times kept",
    "single_owner_rate": "programs with one owner",
    "perceived_killers": "the five killers as people see them",
    "perceived_misalignment": "misalignment as people see it",
    "perceived_structural_bottlenecks": "structural bottlenecks as people see them",
    "perceived_unclear_ownership": "unclear ownership as people see it",
    "perceived_poor_tooling": "poor tooling as people see it",
    "perceived_feedback_loop_failure": "feedback-loop failure as people see it",
    "tool_first": "tool-first",
    "feedback_loop_failure": "feedback-loop failure",
    "handoffs": "hand-offs",
    "throughput": "deliveries",
    "email": "email",
    "paid_media": "paid media",
    "ops": "operations",
}  # fmt: skip


def name_of(word: str) -> str:
    """Return the plain name of a vocabulary word; words without an entry lose their underscores.

    Examples
    --------
    >>> name_of("otif_rate"), name_of("in_progress")
    ('on time and to spec (OTIF)', 'in progress')
    """
    return NAMES.get(word, word.replace("_", " "))
