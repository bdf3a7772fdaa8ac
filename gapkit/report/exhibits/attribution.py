"""Exhibit of attribution: how much of the lost execution goes with each killer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_interval, label_number, label_result, label_share, sentence_case
from gapkit.plots.shares import describe_shares, plot_shares
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, unmeasured
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.attribution.attribution import KillerShare

SOURCES: Final = ("programs", "status_events", "priorities", "workarounds", "kpis")


def attribution(d: Diagnosis) -> Exhibit | Callout:
    """Return the share of missed programs that goes with the killers; below the minimum data, each killer by itself."""
    found = d.attribution
    if found.joint.status == "not_assessable":
        return unmeasured(f"How much lost execution goes with the killers is not measured. {found.sentence}")
    table, least = _crude_table(d), d.eng.config.settings.min_n_share_order
    is_modelled = found.joint.is_ok
    if not is_modelled and not any(one.exposed.n for one in found.killers):
        return unmeasured(found.sentence, found.joint)
    reading = " ".join(
        (
            *([_order_words(d, least)] if is_modelled else ["Each killer stands by itself here; nothing is held equal."]),
            *found.caveats,
        )
    )
    results = [result for one in found.killers for result in (one.exposed, one.others, one.relative_risk, one.share)]
    return Exhibit(
        "attribution", found.sentence.removesuffix("."),
        draw(d.eng, plot_shares, found) if is_modelled else None,
        alt=describe_shares(found) if is_modelled else "", table=table, reading=reading,
        foot=foot(d.eng, f"Missed: not {found.outcome}, of committed programs that fell due; killers as they stood at the "
                         "planned start", found.joint, tables=SOURCES),
        facts=(*facts_of(found.joint, *results), *facts_of_table(table), *found.caveats, label_number(least), "95 %",
               label_number(sum(one.share.is_ok for one in found.killers))),
    )  # fmt: skip


def _order_words(d: Diagnosis, least: int) -> str:
    """Return what the order of the rows means."""
    found = d.attribution
    if found.is_ordered:
        return "The rows stand by size; ranges that overlap leave their order open."
    n, fewest = label_number(found.joint.n), label_number(least)
    return f"With {n} programs no killer is ranked by its share, that takes {fewest}: the rows stand in a fixed order."


def _crude_table(d: Diagnosis) -> Table:
    """Return how often programs with and without each killer were missed, and how many times as often."""
    rows = tuple(
        (sentence_case(name_of(one.killer)), _meaning(one), _missed(one, is_exposed=True), _missed(one, is_exposed=False),
         _times(one))
        for one in d.attribution.killers
    )  # fmt: skip
    columns = (Column("Killer", width=0.17), Column("What it means here", width=0.33),
               Column("Missed of these", "right", 0.15), Column("Missed of the others", "right", 0.15),
               Column("Times as often (95 % interval)", "right", 0.2))  # fmt: skip
    return Table(columns, rows)


def _meaning(one: KillerShare) -> str:
    return f"programs {one.meaning}" if one.meaning else one.share.caveats[0]


def _missed(one: KillerShare, *, is_exposed: bool) -> str:
    rate = one.exposed if is_exposed else one.others
    if one.meaning and not rate.n:
        return "no program"
    if rate.events is None or not rate.is_ok:
        return label_result(rate)
    return f"{label_number(rate.events)} of {label_number(rate.n)} ({label_share(rate.value or 0.0)})"


def _times(one: KillerShare) -> str:
    risk = one.relative_risk
    if not risk.is_ok or risk.value is None:
        return label_result(risk)
    return f"{label_number(risk.value, 1)} ({_limits(one)})"


def _limits(one: KillerShare) -> str:
    risk = one.relative_risk
    return label_interval(risk.low, risk.high, "ratio")
