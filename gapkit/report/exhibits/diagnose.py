"""The diagnosis: cover and page one; the exhibits stand in `delivery` and `pace` and are gathered here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline import wording
from gapkit.baseline.execution import committed
from gapkit.labels import label_count, label_list, label_number, label_pp
from gapkit.report.blocks import Answer, Cover, Tile
from gapkit.report.exhibits.common import cover as phase_cover
from gapkit.report.exhibits.common import facts_of, tile
from gapkit.report.exhibits.delivery import by_type, execution, gap_map, plan_dates, replanning, slip, trend
from gapkit.report.exhibits.pace import ageing, in_progress, milestones, stage_time, time_to_market, velocity
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis

__all__ = [
    "ageing",
    "answer",
    "by_type",
    "cover",
    "execution",
    "gap_map",
    "in_progress",
    "milestones",
    "plan_dates",
    "replanning",
    "slip",
    "stage_time",
    "time_to_market",
    "trend",
    "velocity",
]


def cover(d: Diagnosis) -> Cover:
    """Return the cover page."""
    return phase_cover(d.eng, "diagnose", period=label_list(list(d.baseline.quarters)))


def answer(d: Diagnosis) -> Answer:
    """Return page one: verdict, headline figures, what is to be decided, how complete the evidence is."""
    results = d.results
    if results["execution_rate"].status == "not_assessable" and results["replanned_later_share"].is_ok:
        verdict = wording.replanning_title(results["replanned_later_share"], results["replanned_median_days"]) + "."
    else:
        verdict = f"{wording.execution_title(results['execution_rate'], d.many_unknown).removesuffix('.')}."
    return Answer(
        verdict=verdict,
        tiles=tuple(_tiles(d)),
        asks=tuple(asks(d)),
        evidence=tuple(evidence(d)),
        facts=(*facts_of(*results.values()), label_number(d.many_unknown),
               label_number((results["execution_rate"].events or 0) + d.many_unknown)),
    )  # fmt: skip


def _tiles(d: Diagnosis) -> list[Tile]:
    names = {
        "execution_rate": "Execution rate",
        "on_time_rate": "On time",
        "otif_rate": "On time and to spec",
        "time_to_market_median_days": "Median time-to-market",
        "flow_efficiency": "Time being worked on",
        "velocity_per_week": "Deliveries",
    }
    if d.results["execution_rate"].status == "not_assessable":
        names = {"replanned_later_share": "Now later than first planned", "replanned_median_days": "Median move",
                 "execution_rate": "Execution rate", "flow_efficiency": "Time being worked on"}  # fmt: skip
    notes = {"time_to_market_median_days": "if not cancelled"}
    return [tile(label, d.results[name], note=notes.get(name, "")) for name, label in names.items()]


def asks(d: Diagnosis) -> list[str]:
    """Return what the reader is asked to decide after this diagnosis."""
    rate, change = d.results["execution_rate"], d.frozen["smallest_detectable_change"]
    if not rate.is_ok:
        return [f"Make the gap measurable. {wording.first_caveat(rate)}"]
    primary = d.frozen["primary"]
    if not d.can_be_frozen:
        return [f"Agree on a yardstick that the data can carry: {name_of(primary)} is not given here."]
    agreed = f"Agree that {name_of(primary)} is the yardstick and that it stays frozen as measured here."
    if change is None:
        return [agreed]
    least = d.frozen["target"]["change"]
    if change["change"] is None:
        seen = f"With about {label_count(change['n_after'], 'program')} afterwards no improvement could be shown"
    else:
        seen = (f"With about {label_count(change['n_after'], 'program')} afterwards only an improvement of "
                f"{label_pp(change['change'])} or more would probably show")  # fmt: skip
    enough = change["change"] is not None and change["change"] <= least
    settle = "so the agreed window is long enough." if enough else "so agree now how long to measure."
    return [agreed, f"{seen}; the change agreed as worthwhile is {label_pp(least)}, {settle}"]


def evidence(d: Diagnosis) -> list[tuple[str, str]]:
    """Return how complete the evidence is, in a few lines."""
    table = d.eng.reliability
    good = int((table["level"] == "sufficient").sum())
    lines = [("Figures the data can carry", f"{label_number(good)} of {label_number(len(table))}")]
    for level, words in (("limited", "With limits"), ("not reliable", "Not reliable"), ("not measured", "Not measured")):
        names = table.loc[table["level"] == level, "metric"].astype(str).tolist()
        lines += [(words, label_list(names))] if names else []
    cohort = committed(d.baseline.judged, d.baseline.quarters)
    source = cohort["plan_source"].value_counts()
    if len(source):
        lines.append(
            ("Planned dates of the frozen plan", label_list([f"{name} ({label_number(n)})" for name, n in source.items()]))
        )
    return lines
