"""Exhibits of tooling: the way of working first, then the shortlist, then the manual work nobody has an answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.labels import label_count, label_list, label_money, label_number, label_share, sentence_case
from gapkit.plots.given_back import describe_given_back, plot_given_back
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import NOTHING, Parts, joined, rest_in_workbook, text_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from gapkit.redesign.tooling.tooling import Tooling

MOST_ROWS: Final = 10
TABLES: Final = ("workarounds", "tool_options", "rates")


def process_first(r: Parts) -> Exhibit | None:
    """Return the ways of working to agree before a tool can be chosen; None where no tool waits for one."""
    fixes = [fix for fix in r.tooling.process_first if fix.standing != "declined"]
    if not fixes:
        return None
    columns = (Column("Tool that waits", width=0.34), Column("Way of working to agree, at", width=0.3),
               Column("Change of process on the list", width=0.22), Column("Status", width=0.14))  # fmt: skip
    rows = [
        (f"{fix.option_id} · {fix.what}", label_list(fix.steps) or NOTHING, ", ".join(fix.instead) or "none",
         sentence_case(fix.standing))
        for fix in fixes
    ]  # fmt: skip
    n = len(fixes)
    title = (f"Process before tools: {label_count(n, 'tool')} cannot be chosen before the way of working "
             f"{'it needs' if n == 1 else 'they need'} is agreed")  # fmt: skip
    return Exhibit(
        "process_first", title, table=Table(columns, tuple(rows)),
        reading="A tool on top of a way of working nobody has agreed on adds work. Agree it, try it by hand, then choose.",
        foot=foot(r.eng, "Tools listed whose process is not ready", n=f"n = {label_count(n, 'tool')}", tables=TABLES),
        facts=(label_number(n),),
    )  # fmt: skip


def tooling(r: Parts) -> Exhibit | Callout:
    """Return the shortlist by hours given back, how sure it is, and what each option costs."""
    part = r.tooling
    if part.options.empty:
        return unmeasured(part.sentence)
    shown = part.options.head(MOST_ROWS)
    rows = shown.assign(label=[f"{sentence_case(row['what'])} ({row['option_id']})" for row in _records(shown)])
    table, title = _options_table(part, shown), _title(part)
    strong = part.options.loc[part.options["is_shortlisted"], "frequency"].dropna()
    said = []
    if len(strong):
        limits = [label_share(strong.min()), label_share(strong.max())]
        in_ = limits[0] if limits[0] == limits[1] else f"{limits[0]} to {limits[1]}"
        said.append(f"What is on the shortlist belongs to the best choice in {in_} of the draws of savings and rates.")
    said.append("Savings are estimates of those who proposed the options, not measured.")
    draws = label_number(r.eng.config.settings.tooling_draws)
    return Exhibit(
        "tooling", title, draw(r.eng, plot_given_back, rows), alt=describe_given_back(rows), table=table,
        reading=joined(*said),
        foot=joined(rest_in_workbook(len(shown), len(part.options), "option", "Decide tools"),
                    foot(r.eng, "Hours: three-point estimates, 5 and 95 % points (PERT). Strength: share of draws in which "
                                "an option belongs to the best choice",
                         n=f"n = {label_count(len(part.options), 'option')}, {draws} draws", tables=TABLES)),
        facts=(*facts_of_table(table), *map(label_share, strong), *_title_facts(part)),
        quoted=(*part.shortlist, *shown["what"]),
    )  # fmt: skip


def _records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict(orient="records")


def _hours(part: Tooling) -> tuple[str, str, str]:
    found = part.hours
    value, low, high = (label_number(limit or 0.0, 1) for limit in (found.value, found.low, found.high))
    return value, low, high


def _title(part: Tooling) -> str:
    """Return how many options are on the shortlist and the hours they give back."""
    n = len(part.shortlist)
    if not n:
        return f"None of {label_count(len(part.options), 'option')} is worth its cost as things stand"
    if part.hours.value is None:
        return f"The shortlist holds {label_count(n, 'option')}; the hours saved are not estimated"
    value, low, high = _hours(part)
    gives = "gives" if n == 1 else "give"
    return f"{label_count(n, 'option')} on the shortlist {gives} back {value} hours a week (90 % range {low} to {high})"


def _title_facts(part: Tooling) -> tuple[str, ...]:
    return (label_number(len(part.shortlist)), label_number(len(part.options)), "90 %", *_hours(part))


def _options_table(part: Tooling, options: pd.DataFrame) -> Table:
    columns = (Column("Option", width=0.25), Column("Hours a week, 5–95 %", "right", 0.17),
               Column("First year costs", "right", 0.14), Column("Strength", "right", 0.1),
               Column("Shortlist", width=0.11), Column("Why not", width=0.23))  # fmt: skip
    rows = [
        (f"{row['option_id']} · {row['what']}", _range(row), _cost(row, part.currency),
         NOTHING if pd.isna(row["frequency"]) else label_share(row["frequency"]), "yes" if row["is_shortlisted"] else "no",
         text_of(_why_not(row)))
        for row in _records(options)
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _range(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["hours"]):
        return NOTHING
    low, high = (label_number(row[name], 1) for name in ("hours_p5", "hours_p95"))
    return f"{label_number(row['hours'], 1)} ({low} to {high})"


def _cost(row: Mapping[Hashable, Any], currency: str) -> str:
    cost = row["one_off_cost"] + row["annual_cost"]
    return "not recorded" if pd.isna(cost) else label_money(cost, currency)


def _why_not(row: Mapping[Hashable, Any]) -> str:
    if row["is_shortlisted"]:
        return ""
    # What can be compared and is not chosen gives back less for its cost than what is.
    return sentence_case(str(row["why_not"] or "others give back more for what they cost"))


def workarounds_left(r: Parts) -> Exhibit | Callout | None:
    """Return the manual work no option would remove, with what to ask; None without any on record."""
    part = r.tooling
    if part.workarounds.empty or part.options.empty:
        return None
    left = part.unaddressed
    if left.empty:
        return Callout("note", "Each manual workaround on record has at least one option against it.")
    columns = (Column("Step", width=0.42), Column("Hours a week (low to high)", "right", 0.26),
               Column("People", "right", 0.12), Column("Typed in twice", width=0.2))  # fmt: skip
    shown = left.head(MOST_ROWS)
    rows = [
        (str(row["step"]), f"{label_number(row['hours'], 1)} ({label_number(row['hours_low'], 1)} to "
         f"{label_number(row['hours_high'], 1)})", NOTHING if pd.isna(row["people"]) else label_number(row["people"]),
         NOTHING if pd.isna(row["re_entry"]) else "yes" if row["re_entry"] else "no")
        for row in _records(shown.astype({"re_entry": object}))
    ]  # fmt: skip
    n, hours = len(left), label_number(float(left["hours"].sum()), 1)
    verb = "has" if n == 1 else "have"
    table = Table(columns, tuple(rows))
    return Exhibit(
        "workarounds_left", f"{label_count(n, 'workaround')} {verb} no option yet: {hours} hours a week",
        table=table, reading="Ask for each: a change of process first, then a tool; what it would save and what it costs.",
        foot=joined(rest_in_workbook(len(shown), n, "workaround", "Workarounds"),
                    foot(r.eng, "Means of three-point estimates, all people together",
                         n=f"n = {label_count(n, 'workaround')}", tables=("workarounds",))),
        facts=(label_number(n), hours, *facts_of_table(table)), quoted=tuple(left["step"]),
    )  # fmt: skip
