"""Tables of the work itself: programs, what happened to them, where they waited, who handed what to whom."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gapkit import vocabulary as words
from gapkit.schema.columns import boolean, category, date, identifier, integer, listing, money, number, text, timestamp
from gapkit.schema.declare import Rule, declare, ordered

QUARTER_FORM: Final = r"^\d{4}Q[1-4]$"
DAY_FORM: Final = r"^\d{4}-\d{2}-\d{2}$"


def _is(frame: pd.DataFrame, column: str, *values: str) -> pd.Series:
    return frame[column].isin(values)


PROGRAMS = declare(
    "programs",
    "One row is one program: a planned piece of marketing work with an owner and a date, or a deliverable of one.",
    {
        "program_id": identifier("The tracker's own id of the program. Never reused, never renumbered.", required=True),
        "name": text("Name as people know it; printed as it is."),
        "level": category(
            words.LEVELS,
            "Blank means program. Deliverables are parts of a program; they never enter a program-level rate.",
        ),
        "parent_id": identifier(
            "For a deliverable: the program it belongs to. For a merged program: the one that took it over.",
            refers="programs.program_id",
        ),
        "type": category(words.PROGRAM_TYPES, "What sort of work it is. Rates are compared within a type.", required=True),
        "team": text("The team that does most of the work. Rates of teams are never ranked.", required=True),
        "functions": listing("Functions that must work together on it (e.g. brand; sales; legal)."),
        "origin": category(
            ("planned", "unplanned"),
            "Whether it was in a plan or came up on the way. Blank: read off its commitment and its planned end.",
        ),
        "committed_at": date("Day on which the organisation promised it. Blank with a planned end: promised, day unknown."),
        "plan_quarter": text(
            "Fiscal quarter in which it was promised to be finished.", pattern=QUARTER_FORM, form="YYYYQn"
        ),
        "baseline_start": date("Planned start as promised, before any change of plan."),
        "baseline_end": date("Planned end as promised, before any change of plan. Used when there is no history of dates."),
        "current_start": date("Planned start as the tracker shows it today."),
        "current_end": date("Planned end as the tracker shows it today, after all changes."),
        "actual_start": date("Day on which work really began."),
        "actual_end": date("Day on which it reached the market or its user. Empty while it is unfinished."),
        "status": category(words.STATUSES, "Where it stands as of the export.", required=True),
        "first_seen_on": date("Day on which the tracker first listed it. It is not known before that day."),
        "updated_at": timestamp("Moment of its last change in the tracker; of two copies the newer is kept."),
        "closed_at": timestamp("Moment at which the tracker closed it, finished or not."),
        "cancelled_at": date("Day on which it was cancelled."),
        "cancel_reason": category(
            words.CANCEL_REASONS,
            "Why it was cancelled; 'decision' means somebody chose to stop it, 'lapsed' that it faded.",
        ),
        "spec_planned": integer("How many pieces (assets, markets, messages) the plan called for.", 1, unit="pieces"),
        "spec_accepted": integer("How many of them were accepted as good.", 0, unit="pieces"),
        "to_spec": category(
            ("yes", "no", "unknown"), "Whether it was delivered as specified; used when pieces are not counted."
        ),
        "owners_at_start": listing("Names or pseudonyms of those who answered for it at its planned start."),
        "owner_type_at_start": category(
            words.OWNER_TYPES, "What the owner was at planned start: one person, or less than that."
        ),
        "owners_now": listing("Names or pseudonyms of those who answer for it today."),
        "goal_id": identifier("The goal it serves.", refers="goals.goal_id"),
        "priority_id": identifier("The official priority it serves.", refers="priorities.priority_id"),
        "decision_distance": integer(
            "Organisational levels between the person who decided it and the person who does it.", 0, unit="levels"
        ),
        "brief_approved_at": date("Day on which the brief was approved."),
        "approvals_planned": integer("How many sign-offs the plan foresees.", 0, unit="sign-offs"),
        "size_points": number("Size in the team's own points; only proportions matter.", above=0, unit="points"),
        "budget_planned": money("Budget promised for it."),
        "budget_spent": money("Money spent on it up to the export."),
        "value_per_week": money("Margin it brings per week once in the market. Margin, not revenue.", per="week"),
        "value_profile": category(("durable", "perishable", "seasonal"), "How fast its value fades when it comes late."),
        "intent_match": number(
            "How well the result matches the original intent, rated by somebody who does not know who made it.",
            0,
            4,
            unit="rating, 4 = as intended",
        ),
        "new_model": boolean("Whether it ran under the redesigned way of working."),
    },
    key=["program_id"],
    rules=[
        ordered("baseline_start", "baseline_end", "the planned start", "planned end (as promised)"),
        ordered("current_start", "current_end", "the planned start", "planned end (as of today)"),
        ordered("actual_start", "actual_end", "the actual start", "actual end"),
    ],
    caveats=[
        Rule(
            "cancelled_without_date",
            ("cancelled_at", "status"),
            lambda frame: _is(frame, "status", "cancelled") & frame["cancelled_at"].isna(),
            "cancelled, and the day is not known",
            "a date when status is cancelled",
            "Add the day of the cancellation; without it the program counts as cancelled from the start.",
        ),
        Rule(
            "cancel_date_without_cancellation",
            ("status", "cancelled_at"),
            lambda frame: frame["cancelled_at"].notna() & ~_is(frame, "status", "cancelled", "merged"),
            "has a cancellation date, and its status is not cancelled",
            "status cancelled, or no cancellation date",
            "Correct the status, or empty the cancellation date if the program was taken up again.",
        ),
        Rule(
            "delivered_without_date",
            ("actual_end", "status"),
            lambda frame: _is(frame, "status", "delivered") & frame["actual_end"].isna(),
            "delivered, and the day is not known",
            "a date when status is delivered",
            "Add the day of delivery; without it the program can be counted neither on time nor late.",
        ),
        Rule(
            "end_without_delivery",
            ("status", "actual_end"),
            lambda frame: frame["actual_end"].notna() & _is(frame, "status", *words.OPEN_STATUSES),
            "has an actual end, and its status says it is unfinished",
            "status delivered, or no actual end",
            "Correct the status, or empty the actual end.",
        ),
        Rule(
            "parent_of_itself",
            ("parent_id", "program_id"),
            lambda frame: frame["parent_id"] == frame["program_id"],
            "names itself as its parent",
            "the id of another program",
            "Correct the parent, or leave it empty.",
        ),
    ],
    switches_on="execution rate, on-time and OTIF rates, gap map, velocity, time-to-market, slip, work in progress",
    ask="A list of all planned marketing work of the last six quarters, finished or not, cancelled ones included: name, "
    "type, team, owner, the date first promised, the date in the plan today, the real start and end, and the status.",
)

SIGNED_PLAN = declare(
    "signed_plan",
    "One row is one program as a plan of record promised it on the day that plan was signed.",
    {
        "program_id": identifier("The program.", required=True, refers="programs.program_id"),
        "signed_on": date("Day on which the plan was signed. Left out: the day in the name of the file.", required=True),
        "planned_start": date("Planned start as signed."),
        "planned_end": date("Planned end as signed."),
        "signed_by": text("Who signed it, by role."),
    },
    key=["program_id", "signed_on"],
    rules=[ordered("planned_start", "planned_end", "the planned start", "planned end")],
    switches_on="the original and the last approved plan where no tracker remembers them",
    ask="Every plan of record that was signed off in the last six quarters, with the day it was signed.",
)

STATUS_EVENTS = declare(
    "status_events",
    "One row is one change of a program: a field, its old and its new value, and when it changed.",
    {
        "event_id": identifier("The tracker's id of the change, or the row number.", required=True),
        "program_id": identifier("The program that changed.", required=True, refers="programs.program_id"),
        "at": timestamp("When the change was made.", required=True),
        "field": category(words.EVENT_FIELDS, "What changed.", required=True),
        "old": text("Value before; blank when there was none or it was not recorded."),
        "new": text(
            "Value after; blank when it was cleared. A status is written in the words of programs.status, a date as "
            "YYYY-MM-DD, owners with ; between them.",
            required=True,
            blank=True,
        ),
        "actor_level": integer("Organisational level of the person who made the change; 0 is the top.", 0, unit="level"),
    },
    key=["event_id"],
    rules=[
        Rule(
            "known_new_status",
            ("new", "field"),
            lambda frame: _is(frame, "field", "status") & frame["new"].notna() & ~_is(frame, "new", *words.STATUSES),
            "unknown status in the history",
            ", ".join(words.STATUSES),
            "Map it under statuses: of this source in engagement.yml.",
        ),
        Rule(
            "readable_new_date",
            ("new", "field"),
            lambda frame: (
                _is(frame, "field", "start", "end")
                & frame["new"].notna()
                & ~frame["new"].str.match(DAY_FORM).fillna(False).astype(bool)
            ),
            "a planned date in the history cannot be read",
            "YYYY-MM-DD",
            "Write the date as YYYY-MM-DD, or leave it empty when the date was removed.",
        ),
    ],
    switches_on="the plan as it stood at the freeze, re-dating, stalled programs, owners and scope over time",
    ask="The change history of those items: which field changed, from what, to what, when. Trackers call it changelog, "
    "activity or audit log; a weekly copy of the plain export does as well.",
)

STAGE_VISITS = declare(
    "stage_visits",
    "One row is one stay of a program in one stage, from entering to leaving it.",
    {
        "program_id": identifier("The program.", required=True, refers="programs.program_id"),
        "stage": text("Name of the stage as the team calls it (brief, design, legal).", required=True),
        "kind": category(
            words.STAGE_KINDS,
            "What time in the stage is: work and rework are active, everything else is waiting.",
            required=True,
        ),
        "entered_at": timestamp("When it entered the stage.", required=True),
        "left_at": timestamp("When it left; blank while it is still there."),
        "team": text("The team that had it."),
        "work_hours": number("Hours really worked on it in this stage.", 0, unit="hours"),
        "returned": boolean("Whether it was sent back."),
        "sla_days": number("Time agreed for the stage; blank when none is agreed.", 0, unit="business days"),
    },
    rules=[ordered("entered_at", "left_at", "entering the stage", "leaving the stage")],
    switches_on="flow efficiency, where days go between stages (work, waits, approvals, rework), and steps left out",
    ask="For each program the stages it went through (brief, design, review, legal, build …), with the moment it entered "
    "and left each one.",
)

HANDOFFS = declare(
    "handoffs",
    "One row is one piece of work passed from one team to another.",
    {
        "program_id": identifier("The program concerned.", required=True, refers="programs.program_id"),
        "from_team": text("The team that asked or passed on.", required=True),
        "to_team": text("The team that was to act.", required=True),
        "requested_at": timestamp("When it was passed on.", required=True),
        "accepted_at": timestamp("When the other team took it on."),
        "completed_at": timestamp("When the other team was done; blank while it is open."),
        "sla_days": number("Time agreed for it; blank when none is agreed.", 0, unit="business days"),
        "returned": boolean("Whether it was sent back as incomplete."),
        "channel": category(("ticket", "form", "meeting", "chat", "email"), "How it was passed on."),
    },
    rules=[
        ordered("requested_at", "accepted_at", "the request", "acceptance"),
        ordered("requested_at", "completed_at", "the request", "completion"),
    ],
    switches_on="where days go between teams: waits, returns and agreed times of hand-offs",
    ask="A list of requests between teams: from whom, to whom, when asked, when done, the time agreed, how it was asked.",
)

DEPENDENCIES = declare(
    "dependencies",
    "One row says that one thing waits for another.",
    {
        "from_id": identifier("What must come first.", required=True),
        "to_id": identifier("What waits for it.", required=True),
        "kind": category(
            ("finish_start", "input", "approval", "shared_resource"), "Why it waits. Blank means finish_start."
        ),
        "level": category(("program", "role", "function"), "What the two ids are. Blank means program."),
    },
    key=["from_id", "to_id", "kind"],
    caveats=[
        Rule(
            "waits_for_itself",
            ("to_id", "from_id"),
            lambda frame: frame["to_id"] == frame["from_id"],
            "waits for itself",
            "two different ids",
            "Correct one of the two ids.",
        )
    ],
    switches_on="how complex programs are, and which roles a missing skill holds up",
    ask="Which programs (or roles, or functions) cannot move before another one has delivered.",
)

RECORD_CHECKS = declare(
    "record_checks",
    "One row compares one field of one program in the tracker with a second source.",
    {
        "program_id": identifier("The program looked at.", required=True, refers="programs.program_id"),
        "field": category(("owner", "end", "status", "budget"), "The field compared.", required=True),
        "tracker_value": text("What the tracker says."),
        "other_value": text("What the second source says (a person asked, a plan, an invoice)."),
        "match": boolean("Whether the two agree.", required=True),
    },
    switches_on="how often the tracker and a second source disagree on owner, dates and status",
    ask="For some 30 programs drawn at random: owner, end date, status and budget as a second source has them.",
)

TABLES = (PROGRAMS, STATUS_EVENTS, STAGE_VISITS, HANDOFFS, DEPENDENCIES, RECORD_CHECKS, SIGNED_PLAN)
