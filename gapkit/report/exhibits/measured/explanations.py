"""Exhibits of what else could explain the change: its other readings, then every explanation with its standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_number, sentence_case
from gapkit.measurement.explanations.explanation import MAY, STANDINGS
from gapkit.measurement.explanations.ways import way_of
from gapkit.measurement.explanations.wording import LOOKED_AT
from gapkit.measurement.wording import change_words, interval_words
from gapkit.plots.explanations import describe_compared, plot_compared
from gapkit.report.blocks import Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.measurement import Measurement
    from gapkit.results import Result

# Explanations whose figure is the change of the primary measure in another reading, and what that reading is called.
READINGS: Final = {
    "case_mix": "with the mix of work held equal",
    "regression_to_mean": "against a baseline drawn to earlier quarters",
    "comparison_group": "beyond teams not yet under the new model",
    "time_series": "beyond the weekly trend",
    "plan_record": "with the worst assumed of dates",
    "unknown_outcomes": "among recorded outcomes",
    "season": "against the same quarter a year earlier",
    "between": "against the quarters since the baseline",
    "yardstick": "against the baseline computed anew",
}
AS_IS: Final = "as it is"


def compared(m: Measurement) -> Exhibit | None:
    """Return the change in every reading that has a figure; None where there is but the plain one."""
    changes = readings(m)
    if len(changes) < 2:
        return None
    others = [result for name, result in changes.items() if name != AS_IS]
    plain = m.primary.difference
    way = way_of(plain.low, plain.high)
    held = sum(way_of(result.low, result.high) == way for result in others)
    name = sentence_case(name_of(m.primary.measure))
    change = f"{name} {change_words(plain)} ({interval_words(plain)})"
    share = f"{label_number(held)} of {label_count(len(others), 'other reading')}"
    told = f"its direction is clear in {share} too" if way else f"{share} show no clear change either"
    return Exhibit(
        "compared", f"{change}: {told}",
        draw(m.eng, plot_compared, changes, m.primary.worthwhile), alt=describe_compared(changes),
        reading="Each line is the same change read in another way, with its 95 % interval; open markers do not tell it "
        "from none. A reading that rests on less data is wider, which is no sign against the change.",
        foot=foot(m.eng, "Measure window less baseline", plain,
                  n=f"n = {label_number(m.primary.before.n)} and {label_number(m.primary.after.n)}"),
        facts=(change, share, *facts_of(*changes.values()), "95 %"), direction=way or None,
    )  # fmt: skip


def readings(m: Measurement) -> dict[str, Result]:
    """Return the change of the primary measure in every reading, the plain one first; empty for other units than rates."""
    if not m.primary.difference.is_ok or m.primary.difference.unit != "pp":
        return {}
    found = {AS_IS: m.primary.difference}
    for item in m.explanations.considered:
        if item.id in READINGS and item.result is not None and item.result.unit == "pp" and item.result.is_ok:
            found[READINGS[item.id]] = item.result
    return found


def explanations(m: Measurement) -> Exhibit:
    """Return every other explanation: what was looked at, what it says, its standing; those that may explain it first."""
    items = sorted(m.explanations.considered, key=lambda item: STANDINGS.index(item.standing))
    columns = (Column("Other explanation", width=0.19), Column("What it says", width=0.65), Column("Standing", width=0.16))
    table = Table(columns, tuple((item.name, item.sentence, item.standing) for item in items))
    open_ones = m.explanations.standing(MAY)
    total = label_number(len(items))
    title = (
        f"{label_number(len(open_ones))} of {total} other explanations may explain the change"
        if open_ones
        else f"None of {total} other explanations looked at is known to explain the change"
    )
    return Exhibit(
        "explanations", title, table=table,
        reading=_reading(m), foot=foot(m.eng, "Primary measure, baseline and measure window", m.primary.difference,
                                       n=f"n = {label_number(m.primary.before.n)} and {label_number(m.primary.after.n)}"),
        facts=(m.explanations.sentence, total, *facts_of_table(table)),
    )  # fmt: skip


def looked_at(m: Measurement) -> Table:
    """Return what was looked at for each explanation, for the appendix."""
    rows = tuple((item.name, LOOKED_AT[item.id], " ".join(item.caveats)) for item in m.explanations.considered)
    columns = (
        Column("Other explanation", width=0.25),
        Column("What was looked at", width=0.37),
        Column("To know", width=0.38),
    )
    return Table(columns, rows, title="What was looked at")


def _reading(m: Measurement) -> str:
    guards = [item.name for item in m.explanations.considered if item.guards and item.standing == MAY]
    if guards:
        return f"{m.explanations.sentence} No change is claimed while one of these may explain it: {label_list(guards)}."
    return f"{m.explanations.sentence} What cannot be told is not excluded: a comparison of before and after stays one."
