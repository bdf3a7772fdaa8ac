"""Every exhibit of the diagnosis, in the order a leader reads them: what the notebook shows."""

from __future__ import annotations

from gapkit.report.exhibits.answer import answer, cover, decide, unknowns
from gapkit.report.exhibits.attribution import attribution
from gapkit.report.exhibits.causes import capability, direction, discipline
from gapkit.report.exhibits.claims import claim_cards, claims, claims_table
from gapkit.report.exhibits.cost import assumptions, delay, tax
from gapkit.report.exhibits.delivery import by_type, execution, gap_map, plan_dates, replanning, slip, trend
from gapkit.report.exhibits.detectable import detectable
from gapkit.report.exhibits.finding_cards import fracture_cards, killer_cards
from gapkit.report.exhibits.indicators import indicators
from gapkit.report.exhibits.killers import disagreements, fractures, killers, not_shown
from gapkit.report.exhibits.pace import ageing, in_progress, milestones, stage_time, time_to_market, velocity
from gapkit.report.exhibits.people import leaders_and_teams, observed, priorities_seen
from gapkit.report.exhibits.perception import (
    four_questions,
    instrument,
    participation,
    perception,
    perception_by_group,
    verbatims,
)
from gapkit.report.exhibits.triage import triage, triage_evidence, would_settle
from gapkit.report.exhibits.where_days_go import handoff_map, kinds_of_time, lost_days, rework, sla_breaches
from gapkit.report.exhibits.why import causes, levers, pitfalls, scale

__all__ = [
    "ageing",
    "answer",
    "assumptions",
    "attribution",
    "by_type",
    "capability",
    "causes",
    "claim_cards",
    "claims",
    "claims_table",
    "cover",
    "decide",
    "delay",
    "detectable",
    "direction",
    "disagreements",
    "discipline",
    "execution",
    "four_questions",
    "fracture_cards",
    "fractures",
    "gap_map",
    "handoff_map",
    "in_progress",
    "indicators",
    "instrument",
    "killer_cards",
    "killers",
    "kinds_of_time",
    "leaders_and_teams",
    "levers",
    "lost_days",
    "milestones",
    "not_shown",
    "observed",
    "participation",
    "perception",
    "perception_by_group",
    "pitfalls",
    "plan_dates",
    "priorities_seen",
    "replanning",
    "rework",
    "scale",
    "sla_breaches",
    "slip",
    "stage_time",
    "tax",
    "time_to_market",
    "trend",
    "triage",
    "triage_evidence",
    "unknowns",
    "velocity",
    "verbatims",
    "would_settle",
]  # fmt: skip
