"""Tables of how work is steered: reviews, decisions, priorities, goals, measures, and the written way of working."""

from __future__ import annotations

from gapkit import vocabulary as words
from gapkit.schema.columns import boolean, category, date, identifier, integer, listing, number, text, timestamp
from gapkit.schema.declare import at_most, declare, ordered

REVIEWS = declare(
    "reviews",
    "One row is one review meeting that was scheduled, held or not.",
    {
        "review_id": identifier("Id of the meeting.", required=True),
        "series": category(
            ("weekly", "fortnightly", "monthly", "quarterly", "program", "other"),
            "The series it belongs to.",
            required=True,
        ),
        "scheduled_at": timestamp("When it was to take place.", required=True),
        "held_at": timestamp("When it took place; blank when it did not."),
        "decisions": integer("Decisions recorded; blank when nobody kept a record.", 0, unit="decisions"),
        "actions_opened": integer("Actions agreed.", 0, unit="actions"),
        "actions_closed_on_time": integer("Of these, closed by the date agreed.", 0, unit="actions"),
        "program_ids": listing("The programs looked at.", refers="programs.program_id"),
    },
    key=["review_id"],
    caveats=[
        at_most("actions_closed_on_time", "actions_opened", "more actions closed on time than were opened"),
    ],
    switches_on="whether the operating cadence holds, when results are looked at, and who was asked before a plan was made",
    ask="The calendar of progress meetings: when planned, when held, what was decided, which programs were on the table.",
)

DECISIONS = declare(
    "decisions",
    "One row is one decision that somebody asked for.",
    {
        "decision_id": identifier("Id of the decision.", required=True),
        "program_id": identifier("The program it concerns, if it concerns one.", refers="programs.program_id"),
        "asked_at": timestamp("When it was asked for.", required=True),
        "decided_at": timestamp("When it was taken; blank while it is open."),
        "level": integer("Organisational level that decided; 0 is the top.", 0, unit="level"),
        "criteria_recorded": boolean("Whether the criteria were written down before deciding."),
        "reversed_at": timestamp("When it was taken back; blank when it stands."),
    },
    key=["decision_id"],
    rules=[
        ordered("asked_at", "decided_at", "it was asked for", "decided"),
        ordered("decided_at", "reversed_at", "it was decided", "reversed"),
    ],
    switches_on="how long decisions take and at what level, whether by written criteria, and how many are taken back",
    ask="The decision log: what was asked, when, when it was decided, at what level, whether it was taken back.",
)

PRIORITIES = declare(
    "priorities",
    "One row is one official priority, for the time in which it held.",
    {
        "priority_id": identifier("Id of the priority.", required=True),
        "label": text("The priority in its official wording.", required=True),
        "official_rank": number("Its official place, 1 first; equal ranks for ties.", 1, unit="rank"),
        "from": date("First day on which it held; blank means from the beginning."),
        "to": date("Last day on which it held; blank while it holds."),
    },
    key=["priority_id", "from"],
    rules=[ordered("from", "to", "its first day", "last day of the priority")],
    switches_on="work outside the official priorities, changes of priority, and what is spent on it",
    ask="The official priorities of the last six quarters, in order, and when each was announced and dropped.",
)

GOALS = declare(
    "goals",
    "One row is one business goal that programs serve.",
    {
        "goal_id": identifier("Id of the goal.", required=True),
        "label": text("The goal in its official wording.", required=True),
    },
    key=["goal_id"],
    switches_on="which measures lead to which goal, and which of them a team can move itself",
    ask="The business goals marketing answers to.",
)

KPIS = declare(
    "kpis",
    "One row is one measure of results (lagging) or of what leads to them (leading).",
    {
        "kpi_id": identifier("Id of the measure.", required=True),
        "name": text("Its name.", required=True),
        "kind": category(("lagging", "leading"), "Whether it shows results or what leads to them.", required=True),
        "parent_kpi_id": identifier("The measure it feeds.", refers="kpis.kpi_id"),
        "goal_id": identifier("The goal it belongs to.", refers="goals.goal_id"),
        "owner_id": identifier("Who answers for it.", refers="people.person_id"),
        "direction": category(("up", "down"), "Which way is good.", required=True),
        "unit": text("Unit of its values, as the client writes it."),
        "target": number("The value aimed at, in its own unit.", unit="the measure's own unit"),
        "cadence": category(("weekly", "monthly", "quarterly"), "How often it is read."),
        "controllable": category(("yes", "partly", "no"), "Whether the team can move it by its own work."),
        "target_set_at": date("Day on which the target was set."),
        "program_ids": listing("The programs measured by it.", refers="programs.program_id"),
    },
    key=["kpi_id"],
    switches_on="programs whose target was set before they began, and the measures a team can move itself",
    ask="The measures in use: name, target, when the target was set, how often read, which programs they belong to.",
)

KPI_VALUES = declare(
    "kpi_values",
    "One row is one reading of one measure for one period.",
    {
        "kpi_id": identifier("The measure.", required=True, refers="kpis.kpi_id"),
        "period_start": date("First day of the period.", required=True),
        "value": number("The reading, in the measure's own unit.", required=True, unit="the measure's own unit"),
        "available_at": timestamp("When people could first see it."),
    },
    key=["kpi_id", "period_start"],
    switches_on="how soon results are known, and how often targets are reached",
    ask="The readings of those measures, with the day on which each became known.",
)

PROCESS_STEPS = declare(
    "process_steps",
    "One row is one step of the written way of working for one type of program.",
    {
        "type": category(words.PROGRAM_TYPES, "The type of program it is written for.", required=True),
        "step": text("Name of the step, as in stage_visits.stage.", required=True),
        "order": integer(
            "Its place, 1 first; equal numbers for steps that run side by side.", 1, required=True, unit="place"
        ),
        "mandatory": boolean("Whether it may not be left out. Blank means it is mandatory."),
        "max_wait_bdays": number("Longest wait foreseen before it.", 0, unit="business days"),
    },
    key=["type", "step", "order"],
    switches_on="steps left out and granted exceptions, held against the way of working that is written",
    ask="The written process per type of program: its steps in order, and which of them are mandatory.",
)

TABLES = (REVIEWS, DECISIONS, PRIORITIES, GOALS, KPIS, KPI_VALUES, PROCESS_STEPS)
