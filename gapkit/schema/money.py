"""Tables of tools, incentives and cost."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gapkit.schema.columns import boolean, category, date, identifier, integer, listing, money, number, text
from gapkit.schema.declare import Rule, at_most, declare, ordered, rising

# Shares typed with two or three decimals (0.33, 0.33, 0.34) must not fail on the last bit of a floating-point sum.
ROUNDING: Final = 1e-6


def _sums_above_one(frame: pd.DataFrame) -> pd.Series:
    return frame.groupby("function")["weight"].transform("sum") > 1 + ROUNDING


TOOLS = declare(
    "tools",
    "One row is one software tool in use, or once in use.",
    {
        "tool_id": identifier("Id of the tool.", required=True),
        "name": text("Its name.", required=True),
        "category": text("What it is for (project tracker, mailing, asset store).", required=True),
        "annual_cost": money("What it costs.", per="year"),
        "adopted_at": date("Day on which it came into use."),
        "retired_at": date("Day on which it went out of use; blank while in use."),
        "process_defined_before": boolean("Whether the way of working was agreed before it was bought."),
        "system_of_record": boolean("Whether it is the place where the truth about programs is kept."),
        "seats": integer("Licences paid for.", 0, unit="people"),
        "active_users": integer("People who used it in the last month.", 0, unit="people"),
    },
    key=["tool_id"],
    rules=[ordered("adopted_at", "retired_at", "its adoption", "retirement of the tool")],
    caveats=[at_most("active_users", "seats", "more active users than seats")],
    switches_on="tools hardly used, and tools adopted before the way of working was defined",
    ask="The tools marketing works with: purpose, yearly cost, seats, active users, since when.",
)

WORKAROUNDS = declare(
    "workarounds",
    "One row is one piece of manual work done because the tools do not fit.",
    {
        "workaround_id": identifier("Id of the workaround.", required=True),
        "step": text("The step of the process it sits in, as in process_steps.step.", required=True),
        "hours_low": number("Lowest estimate, all people together.", 0, required=True, unit="hours per week"),
        "hours_mode": number("Most likely estimate, all people together.", 0, required=True, unit="hours per week"),
        "hours_high": number("Highest estimate, all people together.", 0, required=True, unit="hours per week"),
        "people": integer("How many people do it.", 0, unit="people"),
        "re_entry": boolean("Whether the same data is typed in twice."),
        "tool_id": identifier("The tool it makes up for.", refers="tools.tool_id"),
    },
    key=["workaround_id"],
    rules=[rising("hours_low", "hours_mode", "hours_high")],
    switches_on="manual work around the tools: its hours, what it costs, and information typed in again",
    ask="Manual work around the tools (copying, own spreadsheets): at which step, how many people, hours a week.",
)

TOOL_OPTIONS = declare(
    "tool_options",
    "One row is one way to remove workarounds: a tool, or a change of process.",
    {
        "option_id": identifier("Id of the option.", required=True),
        "workaround_ids": listing("The workarounds it would remove.", required=True, refers="workarounds.workaround_id"),
        "one_off_cost": money("What it costs once."),
        "annual_cost": money("What it costs to keep.", per="year"),
        "saved_low": number("Lowest estimate of time saved.", 0, unit="hours per week"),
        "saved_mode": number("Most likely estimate of time saved.", 0, unit="hours per week"),
        "saved_high": number("Highest estimate of time saved.", 0, unit="hours per week"),
        "weeks": number("Time until it works.", 0, unit="weeks"),
        "is_tool": boolean("Whether it is a tool; blank or no means a change of process."),
        "process_ready": boolean("Whether the way of working it needs is agreed already."),
    },
    key=["option_id"],
    rules=[rising("saved_low", "saved_mode", "saved_high")],
    switches_on="whether tools are proposed before the process is mended",
    ask="Proposals on the table for removing that manual work: cost, time saved, time to introduce.",
)

INCENTIVES = declare(
    "incentives",
    "One row is the weight of one outcome in the variable pay of one function.",
    {
        "function": text("Function, as in people.function.", required=True),
        "outcome": text("What is rewarded.", required=True),
        "weight": number("Its share of variable pay; at most 1 in all per function.", 0, 1, required=True, unit="share"),
    },
    key=["function", "outcome"],
    rules=[
        Rule(
            "weights_within_one",
            ("weight", "function"),
            _sums_above_one,
            "the weights of this function add up to more than 1",
            "weights that add up to 1 or less per function",
            "Write the weights as shares of the whole variable pay (0.4, not 40).",
        )
    ],
    switches_on="whether functions are paid for outcomes they share",
    ask="What each function's variable pay depends on, and in what proportion.",
)

OUTCOME_CONFLICTS = declare(
    "outcome_conflicts",
    "One row says how two rewarded outcomes pull on each other.",
    {
        "outcome_a": text("One outcome, as in incentives.outcome.", required=True),
        "outcome_b": text("The other outcome.", required=True),
        "conflict": number("−1 they help each other, 0 nothing, 1 one works against the other.", -1, 1, required=True),
    },
    key=["outcome_a", "outcome_b"],
    switches_on="how far rewarded outcomes work against each other, with incentives",
    ask="For each pair of rewarded outcomes: do they help or hinder each other? It is judged together with the client.",
)

COSTS = declare(
    "costs",
    "One row is one amount of money spent.",
    {
        "program_id": identifier("The program it was spent on; blank when on none.", refers="programs.program_id"),
        "category": category(
            ("external", "media", "labour", "tool", "rework", "other"), "What it was spent on.", required=True
        ),
        "amount": money("The amount; negative for a refund.", None, required=True),
        "incurred_at": date("Day on which it was incurred.", required=True),
        "recoverable": number("Share that could be got back if the work stopped.", 0, 1, unit="share"),
    },
    switches_on="money spent on programs that were stopped, stalled, or serve no goal or priority",
    ask="Marketing spend by program and category, with dates.",
)

RATES = declare(
    "rates",
    "One row is what one hour of one role costs, as a three-point estimate.",
    {
        "role": text("Role, as in people.role.", required=True),
        "low": money("Lowest estimate.", required=True, per="hour"),
        "mode": money("Most likely estimate.", required=True, per="hour"),
        "high": money("Highest estimate.", required=True, per="hour"),
    },
    key=["role"],
    rules=[rising("low", "mode", "high")],
    switches_on="what lost hours cost",
    ask="Cost of an hour per role, as a range.",
)

TABLES = (TOOLS, WORKAROUNDS, TOOL_OPTIONS, INCENTIVES, OUTCOME_CONFLICTS, COSTS, RATES)
