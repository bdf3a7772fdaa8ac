"""Exhibits of delivery: what became of the plan, by quarter and type, and whether its dates can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline import wording
from gapkit.baseline.gap_map import LOST, outcomes_by
from gapkit.baseline.replanning import moves_by_team
from gapkit.labels import (
    label_days,
    label_list,
    label_number,
    label_result,
    label_result_interval,
    sentence_case,
)
from gapkit.plots import curves, rates
from gapkit.plots import gap_map as gap_map_plot
from gapkit.plots import replanning as replanning_plot
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import FROZEN_PLAN, draw, facts_of, foot, results_table, unmeasured
from gapkit.results import Result
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.diagnosis import Diagnosis

DELIVERY = ("execution_rate", "on_time_rate", "otif_rate", "to_spec_rate", "within_horizon_rate")
WEIGHTED = ("execution_rate_budget_weighted", "execution_rate_points_weighted")


def execution(d: Diagnosis) -> Exhibit | Callout:
    """Return how much of the frozen plan was delivered."""
    rate = d.results["execution_rate"]
    title = wording.execution_title(rate, d.many_unknown)
    if rate.status == "not_assessable":
        return unmeasured(title)
    shown = {name: d.results[name] for name in DELIVERY}
    rows = {_row(name): result for name, result in shown.items()}
    figure = draw(d.eng, rates.plot_rates, rows)
    weighted = {name: d.results[name] for name in WEIGHTED if d.results[name].is_ok}
    table = results_table(weighted) if weighted else None
    return Exhibit(
        "execution", title, figure, alt=rates.describe_rates(rows, "Delivery rates"), table=table,
        reading=" ".join(dict.fromkeys((wording.uncertainty_words(rate), *rate.caveats))),
        foot=foot(d.eng, f"Frozen plan: {FROZEN_PLAN}", rate),
        facts=(*facts_of(*shown.values(), *weighted.values()), label_number(d.many_unknown),
               label_number((rate.events or 0) + d.many_unknown)),
    )  # fmt: skip


def _row(name: str) -> str:
    words = {"otif_rate": "on time and to spec", "execution_rate": "in its quarter", "on_time_rate": "on time",
             "to_spec_rate": "to spec, of delivered", "within_horizon_rate": "within the horizon"}  # fmt: skip
    return words.get(name, name_of(name))


def gap_map(d: Diagnosis) -> Exhibit | Callout | None:
    """Return what became of every planned program, by quarter; None without delivery records, which `execution` says."""
    if not d.eng.records_delivery:
        return None
    quarters = d.baseline.quarters
    cells = d.gap_map.loc[d.gap_map["quarter"].isin(list(quarters))]
    outcomes = outcomes_by(cells, "quarter")
    counts = {str(name): int(outcomes[name].sum()) for name in outcomes}
    total, period = sum(counts.values()), label_list(list(quarters))
    missed = sum(count for name, count in counts.items() if name in LOST)
    title = wording.gap_map_title(counts, total, period)
    beside = _beside_the_plan(d)
    facts = (label_number(total), period, *(label_number(count) for count in (*counts.values(), *beside.values(), missed)))
    if total < d.eng.config.settings.min_n_counts:
        return Callout("note", f"Too few programs were in the frozen plan of {period} to say what became of them.")
    figure = draw(d.eng, gap_map_plot.plot_gap_map, outcomes)
    return Exhibit(
        "gap_map", title, figure, alt=gap_map_plot.describe_gap_map(outcomes),
        table=_outcomes_table(outcomes_by(cells, "type")), reading=_beside_words(beside), facts=facts,
        foot=foot(d.eng, f"Frozen plan: {FROZEN_PLAN}", n=f"n = {label_number(total)} · {period}"),
    )  # fmt: skip


def _outcomes_table(outcomes: pd.DataFrame) -> Table:
    """Return the outcomes of each program type in programs, with a last row for all."""
    shown = outcomes.loc[:, outcomes.sum() > 0]
    columns = [
        Column("Type", width=0.16),
        *(Column(sentence_case(str(name)), "right") for name in shown),
        Column("All", "right"),
    ]
    rows = [(sentence_case(name_of(str(key))), *(label_number(x) for x in row), label_number(row.sum()))
            for key, row in shown.iterrows()]  # fmt: skip
    rows.append(("All", *(label_number(x) for x in shown.sum()), label_number(shown.to_numpy().sum())))
    return Table(tuple(columns), tuple(rows))


def _quarter_table(d: Diagnosis, names: Mapping[str, str]) -> Table:
    """Return some results of each complete quarter, oldest first, and of the baseline quarters pooled."""

    def cells(results: Mapping[str, Result]) -> list[str]:
        return [_value_with_interval(results[name]) for name in names]

    base = d.baseline
    rows = [(quarter, label_number(results["execution_rate"].n), *cells(results))
            for quarter, results in base.by_quarter.items()]  # fmt: skip
    rows.append(("Baseline quarters pooled", label_number(d.results["execution_rate"].n), *cells(d.results)))
    width = 0.71 / len(names)
    columns = (Column("Quarter", width=0.23), Column("n", "right", 0.06),
               *(Column(words, "right", width) for words in names.values()))  # fmt: skip
    return Table(columns, tuple(rows))


def _value_with_interval(result: Result) -> str:
    interval = label_result_interval(result)
    return f"{label_result(result)} ({interval})" if interval else label_result(result)


def _beside_the_plan(d: Diagnosis) -> dict[str, int]:
    """Return how many programs of the baseline quarters stand beside the frozen plan, by group."""
    inside = d.baseline.judged["quarter"].isin(list(d.baseline.quarters))
    # What has no date has no quarter either, so all of it stands beside the plan.
    counts = d.baseline.judged.loc[inside | (d.baseline.judged["group"] == "undated"), "group"].value_counts()
    return {group: int(counts.get(group, 0)) for group in ("added", "withdrawn", "unplanned", "undated")}


def _beside_words(beside: Mapping[str, int]) -> str:
    """Return the programs beside the plan in words."""
    words = {"added": "added after the freeze", "withdrawn": "withdrawn before it", "unplanned": "never planned",
             "undated": "committed without a planned date"}  # fmt: skip
    parts = [f"{label_number(count)} {words[group]}" for group, count in beside.items() if count]
    if not parts:
        return "Nothing was added, withdrawn or done outside the plan."
    return f"Beside this plan stand {label_list(parts)}; no rate here counts them."


def by_type(d: Diagnosis) -> Exhibit | Callout | None:
    """Return the execution rate of each program type; None without delivery records, which `execution` says."""
    if not d.eng.records_delivery:
        return None
    title = wording.types_title(d.baseline.by_type)
    rows = {name_of(name): result for name, result in d.baseline.by_type.items()}
    if not rows:
        return unmeasured("Types cannot be compared: no program was in the frozen plan")
    if not any(result.is_ok for result in rows.values()):
        return unmeasured(title, next(iter(rows.values())))
    least = label_number(d.eng.config.settings.min_n_rate)
    figure = draw(d.eng, rates.plot_rates, rows)
    return Exhibit(
        "by_type", title, figure, alt=rates.describe_rates(rows, "Execution rate by type"),
        reading=f"A type is shown as a rate from {least} programs on. Where bars overlap, these counts do not settle which "
        "type is better.",
        foot=foot(d.eng, "Execution rate by program type", d.results["execution_rate"]),
        facts=(*facts_of(*rows.values()), least),
    )  # fmt: skip


def trend(d: Diagnosis) -> Exhibit | Callout | None:
    """Return the execution rate of every complete quarter; None without delivery records, which `execution` says."""
    if not d.eng.records_delivery:
        return None
    rows = {quarter: results["execution_rate"] for quarter, results in d.baseline.by_quarter.items()}
    title = wording.trend_title(rows)
    if not any(result.is_ok for result in rows.values()):
        return unmeasured(title, d.results["execution_rate"])
    chosen = dict.fromkeys(d.baseline.quarters, "delivered")
    colours = {quarter: chosen.get(quarter, "before") for quarter in rows}
    figure = draw(d.eng, rates.plot_rates, rows, colours=colours)
    return Exhibit(
        "trend", title, figure, alt=rates.describe_rates(rows, "Execution rate by quarter"),
        table=_quarter_table(d, {"on_time_rate": "On time", "otif_rate": "On time and to spec",
                                 "within_horizon_rate": "Within the horizon"}),
        reading="The dark quarters are the baseline. Where bars overlap, these counts do not settle whether anything "
        "changed.",
        foot=foot(d.eng, "Delivered by the end of the quarter, of its frozen plan",
                  n=label_list([f"{quarter} n = {label_number(result.n)}" for quarter, result in rows.items()])),
        facts=(*facts_of(*rows.values()), *rows),
    )  # fmt: skip


def plan_dates(d: Diagnosis) -> Exhibit | Callout:
    """Return whether dates can be trusted: the frozen plan against the latest."""
    original, latest = d.results["execution_rate"], d.results["execution_rate_latest_plan"]
    flattery = d.results["redating_flattery"]
    title = wording.flattery_title(latest, original, flattery)
    if not flattery.is_ok:
        return unmeasured(title, flattery)
    rows = {"frozen plan": original, "latest plan": latest}
    figure = draw(d.eng, rates.plot_rates, rows, colours={"latest plan": "before"})
    return Exhibit(
        "plan_dates", title, figure, alt=rates.describe_rates(rows, "Execution rate against both plans"),
        table=_quarter_table(d, {"execution_rate": "Frozen plan", "execution_rate_latest_plan": "Latest plan",
                                 "redating_flattery": "Flattery"}),
        reading=" ".join((wording.flattery_reading(flattery), *flattery.caveats)),
        foot=foot(d.eng, "Same programs, judged by the quarter of the frozen and of the latest planned end", original),
        facts=facts_of(original, latest, flattery), direction=_sign(flattery.value),
    )  # fmt: skip


def _sign(value: float | None) -> int | None:
    return None if value is None else (value > 0) - (value < 0)


def replanning(d: Diagnosis) -> Exhibit | Callout:
    """Return how often and how far planned ends moved."""
    share, median = d.results["replanned_later_share"], d.results["replanned_median_days"]
    title = wording.replanning_title(share, median)
    if not share.is_ok:
        return unmeasured(title, share)
    moves = d.baseline.moves
    figure = draw(d.eng, replanning_plot.plot_moves, moves)
    reading = wording.moves_reading(moves["moved_days"])
    return Exhibit(
        "replanning", title, figure, alt=replanning_plot.describe_moves(moves), table=_moves_table(d), reading=reading,
        foot=foot(d.eng, "Latest planned end against the first one known", share),
        facts=(*facts_of(share, median), reading),
    )  # fmt: skip


def _moves_table(d: Diagnosis) -> Table:
    """Return how planned ends moved, all programs first, then each team by name."""
    share = d.results["replanned_later_share"]
    later = d.baseline.moves.loc[d.baseline.moves["moved_days"] > 0, "moved_days"]
    rows = [("All", label_number(share.n), _value_with_interval(share), label_days(later.median()) if len(later) else "–")]
    rows += [
        (str(row["team"]), label_number(row["programs"]),
         _value_with_interval(Result("later", row["share"], row["low"], row["high"], n=row["programs"])),
         label_days(row["later_days"]) if row["later"] else "–")
        for row in moves_by_team(d.baseline.moves, d.eng.config.settings).to_dict(orient="records")
    ]  # fmt: skip
    columns = (Column("Team", width=0.34), Column("Programs", "right", 0.14),
               Column("Re-dated later (95 % interval)", "right", 0.28),
               Column("Half of these by more than", "right", 0.24))  # fmt: skip
    return Table(columns, tuple(rows))


def slip(d: Diagnosis) -> Exhibit | Callout:
    """Return how late programs land."""
    median, late, slow = (d.results[name] for name in ("slip_median_days", "slip_late_share", "slip_p85_days"))
    title = wording.slip_title(median, late)
    if d.baseline.slip is None:
        return unmeasured(title, late)
    figure = draw(d.eng, curves.plot_slip, d.baseline.slip, median)
    return Exhibit(
        "slip", title, figure, alt=curves.describe_slip(d.baseline.slip, median),
        table=results_table({"slip_late_share": late, "slip_median_days": median, "slip_p85_days": slow}, caveats=False),
        reading="Programs still open count as late by at least the days since their date. " + " ".join(late.caveats),
        foot=foot(d.eng, "Actual end minus frozen end", median if median.is_ok else late),
        facts=facts_of(median, late, slow),
    )  # fmt: skip
