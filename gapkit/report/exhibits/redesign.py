"""Every exhibit of the redesign: page one, where plans and time are lost, and what is to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import (
    label_count,
    label_interval,
    label_list,
    label_number,
    label_result,
    label_share,
    label_value,
)
from gapkit.plots import rates
from gapkit.plots import stage_time as stage_time_plot
from gapkit.redesign import wording
from gapkit.redesign.friction import lost_shares
from gapkit.report.blocks import Answer, Callout, Column, Cover, Exhibit, Table
from gapkit.report.exhibits.answer import evidence
from gapkit.report.exhibits.common import FROZEN_PLAN, draw, facts_of, facts_of_table, foot, frame_table, tile, unmeasured
from gapkit.report.exhibits.common import cover as phase_cover
from gapkit.report.exhibits.delivery import replanning as moved_dates
from gapkit.report.exhibits.pace import ageing as ageing_table
from gapkit.report.exhibits.redesigned.cadence import cadence, meetings_to_stop, simplification, standing_questions
from gapkit.report.exhibits.redesigned.inputs import inputs, missing_inputs, moved_together
from gapkit.report.exhibits.redesigned.owners import owner_register, owners, raci
from gapkit.report.exhibits.redesigned.plan import changes, plan, plan_register, status_words, targets
from gapkit.report.exhibits.redesigned.priorities import disputes, effort, priorities, stops
from gapkit.report.exhibits.redesigned.slas import slas
from gapkit.report.exhibits.redesigned.tooling import process_first, tooling, workarounds_left
from gapkit.report.exhibits.redesigned.what_if import backtest, refused, what_if
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.redesign import Redesign

__all__ = [
    "ageing", "ageing_summary", "answer", "backtest", "cadence", "changes", "cover", "disputes", "effort", "inputs",
    "lost_plans", "meetings_to_stop", "missing_inputs", "moved_together", "owner_register", "owners", "plan",
    "plan_register", "priorities", "process_first", "raci", "refused", "replanning", "simplification", "slas",
    "standing_questions", "stops", "targets", "tooling", "waits", "what_if", "workarounds_left",
]  # fmt: skip

MOST_WAITS = 8  # chart, table and reading fit on one page; the JSON holds all


def cover(r: Redesign) -> Cover:
    """Return the cover page."""
    return phase_cover(r.eng, "redesign", period=label_list(list(r.diagnosis.baseline.quarters)))


def answer(r: Redesign) -> Answer:
    """Return page one: the plan in a sentence, what is promised, and what is to be decided."""
    results = r.results
    shown = {"execution_rate": "Execution rate", "on_time_rate": "On time", "flow_efficiency": "Time being worked on",
             "wip": "In progress at once"}  # fmt: skip
    if not results["execution_rate"].is_ok:
        shown = {"replanned_later_share": "Now later than first planned", "execution_rate": "Execution rate",
                 "flow_efficiency": "Time being worked on"}  # fmt: skip
    asked = asks(r)
    return Answer(
        verdict=r.plan.sentence,
        tiles=tuple(tile(label, results[name]) for name, label in shown.items()),
        asks=tuple(asked) or tuple(wording.asks(r.lost_plans, r.waits, len(r.diagnosis.baseline.ageing))),
        evidence=(("Decisions", status_words(r)), *evidence(r.diagnosis)),
        facts=(*facts_of(*results.values()), r.plan.sentence),
    )


def asks(r: Redesign) -> list[str]:
    """Return what the leaders sign: owners, stops, times, the plan and what is promised of it."""
    owners = sum(entry["owner"] is not None for entry in r.owners.proposals().values())
    stops = sum(name.startswith("stop ") for name in r.priorities.proposals())
    said = []
    if owners:
        said.append(f"Name the owner proposed for each of {label_count(owners, 'open program')}.")
    if stops:
        verb = "Stop, or tie to a kept priority,"
        said.append(f"{verb} the {label_count(stops, 'open program')} that {'serves' if stops == 1 else 'serve'} none.")
    if r.slas.held:
        said.append(f"Agree the {label_count(len(r.slas.held), 'time')} proposed for waits and hand-offs, and who answers.")
    if r.plan.items:
        said.append(f"Sign the {label_count(len(r.plan.items), 'action')} of the plan, each with its owner and dates.")
    if r.targets.targets:
        first = r.targets.targets[0]
        said.append(f"Agree what is promised: {name_of(first.measure)} from {label_result(first.baseline)} to "
                    f"{label_value(first.value, first.baseline.unit, first.baseline.n)}.")  # fmt: skip
    return said


def lost_plans(r: Redesign) -> Exhibit | Callout:
    """Return how the frozen plan was lost."""
    table = r.lost_plans
    title = wording.lost_title(table)
    rows = lost_shares(table, r.eng.config.settings, period=label_list(list(r.diagnosis.baseline.quarters)))
    if table.empty:
        return unmeasured(title)
    figure = draw(r.eng, rates.plot_rates, rows, colours=dict.fromkeys(rows, "late"))
    reasons, missed = r.cancel_reasons, label_number(int(table["programs"].sum()))
    reason_table = frame_table(
        reasons, {"reason": ("word", Column("Why cancelled")), "programs": ("count", Column("Programs", "right"))}
    ) if len(reasons) else None  # fmt: skip
    return Exhibit(
        "lost_plans", title, figure, alt=rates.describe_rates(rows, "Share of the frozen plan by way of being lost"),
        table=reason_table, reading=wording.types_reading(table),
        foot=foot(r.eng, f"Frozen plan: {FROZEN_PLAN}", next(iter(rows.values()))),
        facts=(missed, *facts_of(*rows.values()), *(facts_of_table(reason_table) if reason_table else ())),
    )  # fmt: skip


def replanning(r: Redesign) -> Exhibit | Callout:
    """Return how often and how far planned ends moved."""
    return moved_dates(r.diagnosis)


def waits(r: Redesign) -> Exhibit | Callout:
    """Return which waits hold most time."""
    efficiency = r.results["flow_efficiency"]
    if r.waits.empty or not efficiency.is_ok:
        return unmeasured("Which waits hold most time is not measured: there is no stage history")
    title, top = wording.waits_title(r.waits), r.waits.head(MOST_WAITS)
    figure = draw(r.eng, stage_time_plot.plot_stage_time, top)
    rows = [
        (row["stage"], label_share(row["share"]), label_interval(row["low"], row["high"], "share"),
         label_number(row["programs"]))
        for row in top.to_dict(orient="records")
    ]  # fmt: skip
    columns = (Column("Wait"), Column("Share of stage time", "right"), Column("95 % interval", "right"),
               Column("Programs", "right"))  # fmt: skip
    table = Table(columns, tuple(rows))
    return Exhibit(
        "waits", title, figure, alt=stage_time_plot.describe_stage_time(top), table=table,
        reading="A wait is time in which nobody works on the program: queueing, approval, blocked, or with an outside "
                "party. Where intervals overlap, the order is not settled.",
        foot=foot(r.eng, "Calendar days in waiting stages / all stage days inside the window", efficiency,
                  tables=("stage_visits",)),
        facts=(*facts_of_table(table), label_share(float(r.waits["share"].head(3).sum()))),
        quoted=tuple(r.waits["stage"].unique()),
    )  # fmt: skip


def ageing(r: Redesign) -> Table | None:
    """Return the open programs that have grown old; None when there are none."""
    return ageing_table(r.diagnosis)


def ageing_summary(r: Redesign) -> Exhibit | Callout:
    """Return how many open programs have grown old, by what they are waiting for."""
    aged = r.diagnosis.baseline.ageing
    wip = r.diagnosis.results["wip"]
    title = wording.ageing_title(len(aged), wip, r.diagnosis.baseline.ageing_limit_days)
    counts = aged["status"].value_counts().rename_axis("status").reset_index(name="programs")
    if counts.empty:
        return Callout("note", f"{title}.") if wip.is_ok else unmeasured(title)
    columns = {"status": ("word", Column("Status")), "programs": ("count", Column("Programs", "right"))}
    table = frame_table(counts, columns)
    return Exhibit(
        "ageing", title, table=table, reading="The list follows, oldest first.",
        foot=foot(r.eng, "Open longer than most programs take to reach the market", n=label_count(len(aged), "program")),
        facts=(*facts_of_table(table), label_number(len(aged))),
    )  # fmt: skip
