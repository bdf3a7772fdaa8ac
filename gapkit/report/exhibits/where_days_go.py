"""Exhibits of where days go: kinds of time, days lost between stages and between teams, what comes back, agreed times.

Of programs, their types and teams; never of persons. Stage history that is not there is said once, by `lost_days`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.diagnosis.maps import wording as words
from gapkit.diagnosis.maps.stage_map import OTHER_TYPES, top_losses
from gapkit.labels import TOO_LITTLE, label_count, label_interval, label_number, label_share
from gapkit.plots import handoffs, kinds, transitions
from gapkit.plots import rework as rework_plot
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, frame_table, unmeasured
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from gapkit.diagnosis import Diagnosis

MOST_ROWS: Final = 10
ALL: Final = "all programs"
LOST: Final = "Lost: business days beyond the time agreed, or foreseen in the written process, or else"
VISITS: Final = ("stage_visits",)


def kinds_of_time(d: Diagnosis) -> Exhibit | None:
    """Return how stage days divide into kinds; None without stage history, which `lost_days` says."""
    efficiency, kinds_now = d.results["flow_efficiency"], d.stage_map.kinds
    if not efficiency.is_ok or kinds_now.empty:
        return None
    shares = _shares(d)
    by_type = shares.loc[shares["cut"].eq("type")]
    columns = {
        "kind": ("text", Column("Kind of time", width=0.3)),
        "programs": ("count", Column("Programs", "right", 0.16)),
        "days": ("count", Column("Calendar days", "right", 0.18)),
        "share": ("share", Column("Share", "right", 0.12)),
        "low": ("share", Column("from (95 %)", "right", 0.13)),
        "high": ("share", Column("to", "right", 0.11)),
    }
    named = kinds_now.assign(days=kinds_now["days"].round(), kind=kinds_now["kind"].map(kinds.kind_name))
    table = frame_table(named, columns)
    least = label_number(d.eng.config.settings.min_n_flow)
    reading = [words.kinds_reading(by_type), f"A team stands with the days on which work lay with it; types and teams of "
               f"fewer than {least} programs stand together."]  # fmt: skip
    return Exhibit(
        "kinds_of_time", words.kinds_title(efficiency, kinds_now), draw(d.eng, kinds.plot_kinds, shares),
        alt=kinds.describe_kinds(shares), table=table, reading=" ".join(filter(None, reading)),
        foot=foot(d.eng, "Calendar days in each stage inside the window, finished or not; n counts programs", efficiency,
                  tables=VISITS),
        facts=(*facts_of_table(table), label_share(efficiency.value or 0.0), least,
               *map(label_share, words.active_shares(by_type).values())),
        quoted=tuple(shares["name"].unique()),
    )  # fmt: skip


def _shares(d: Diagnosis) -> pd.DataFrame:
    """Return the kinds of all programs, of each type and of each team, as `plots.kinds` draws them."""
    found = d.stage_map
    everybody = found.kinds.assign(cut="all", name=ALL, n=d.results["flow_efficiency"].n)
    by_type = found.by_type.assign(cut="type", name=[name_of(str(kind)) for kind in found.by_type["type"]])
    by_team = found.by_team.assign(cut="team", name=found.by_team["team"])
    parts = [_smallest_last(part) for part in (everybody, by_type, by_team) if len(part)]
    return pd.concat(parts, ignore_index=True)[["cut", "name", "n", "kind", "share"]]


def _smallest_last(part: pd.DataFrame) -> pd.DataFrame:
    """Return the groups of a cut with most programs first, and what was gathered last."""
    gathered = part["name"].isin([OTHER_TYPES, "other teams", "team not recorded"])
    return part.assign(gathered=gathered).sort_values(
        ["gathered", "n", "name"], ascending=[True, False, True], kind="stable"
    )


def lost_days(d: Diagnosis) -> Exhibit | Callout:
    """Return the transitions at which most days are lost, and how sure their order is."""
    found = d.stage_map
    ranked = found.transitions.loc[found.transitions["rank"].gt(0) & found.transitions["lost_days"].gt(0)]
    if not found.programs:
        return unmeasured(f"Where days are lost is not measured. {found.sentence}")
    if ranked.empty:
        return Callout("note", found.sentence)
    top, shown = top_losses(found.transitions), ranked.head(MOST_ROWS)
    table = _losses_table(shown, "Transition", transitions.transition_names(shown), "Waits")
    rest = len(found.transitions) - len(shown)
    more = f"{label_count(rest, 'further transition')}: workbook, sheet Transitions. " if rest else ""
    usual = label_number(d.eng.config.settings.default_sla_bdays)
    return Exhibit(
        "lost_days", words.short_title(found.sentence), draw(d.eng, transitions.plot_transitions, shown, len(top)),
        alt=transitions.describe_transitions(shown), table=table,
        reading=words.order_reading(found.transitions, "transitions"),
        foot=f"{more}{foot(d.eng, f'{LOST} {usual}', n=_counted(found.programs, found.period), tables=VISITS)}",
        facts=(*facts_of_table(table), *_order_facts(found.transitions, found.lost_days)),
        quoted=_names(found.transitions, "from_stage", "to_stage"),
    )  # fmt: skip


def _counted(programs: int, period: str) -> str:
    return f"n = {label_count(programs, 'program')} · {period} · 95 % and 90 % intervals: program bootstrap"


def _order_facts(losses: pd.DataFrame, total: float) -> tuple[str, ...]:
    """Return the number-words title and reading about an order of lost days may use."""
    top = top_losses(losses)
    rivals = int(losses["rank_low"].between(1, len(top)).sum())
    return label_number(len(top)), label_share(top["share"].sum()), label_number(total), label_number(rivals)


def _names(frame: pd.DataFrame, *columns: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(name) for column in columns for name in frame[column]))


def _losses_table(losses: pd.DataFrame, name: str, places: list[str], unit: str) -> Table:
    """Return lost days by place: waits, over time, days, share and place with their intervals."""
    columns = (Column(name, width=0.32), Column("Programs", "right", 0.1), Column(unit, "right", 0.08),
               Column("Too long", "right", 0.09), Column("Lost days", "right", 0.09),
               Column("Share (95 %)", "right", 0.2), Column("Place (90 %)", "right", 0.12))  # fmt: skip
    rows = [
        (place, label_number(row["programs"]), label_number(row["n"]), label_number(row["over"]),
         label_number(row["lost_days"]), _share_cell(row), _place_cell(row))
        for place, row in zip(places, losses.to_dict(orient="records"), strict=True)
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _share_cell(row: Mapping[Hashable, Any]) -> str:
    interval = label_interval(row["share_low"], row["share_high"], "share")
    return f"{label_share(row['share'])} ({interval})"


def _place_cell(row: Mapping[Hashable, Any]) -> str:
    if not row["rank"]:
        return "–"
    return f"{label_number(row['rank'])} ({label_number(row['rank_low'])} to {label_number(row['rank_high'])})"


def rework(d: Diagnosis) -> Exhibit | Callout | None:
    """Return what comes back: stages entered again, round trips; None without stage history, which `lost_days` says."""
    found, share = d.stage_map, d.stage_map.results["round_trip_share"]
    if share.status == "not_assessable":
        return None
    title = words.rework_title(share)
    if not share.is_ok:
        return unmeasured(title, share)
    shown = found.rework.loc[found.rework["re_entries"].gt(0)].head(MOST_ROWS)
    table = _trips_table(found.round_trips) if len(found.round_trips) else None
    readings = (words.trips_reading(found.round_trips), words.returns_reading(found.rework))
    counts = [label_number(found.rework[name].sum()) for name in ("entries", "re_entries", "returned")]
    return Exhibit(
        "rework", title, draw(d.eng, rework_plot.plot_rework, shown) if len(shown) else None,
        alt=rework_plot.describe_rework(shown) if len(shown) else "", table=table,
        reading=" ".join(filter(None, readings)),
        foot=foot(d.eng, "Round trip: from a stage to another and back; dark bars: all but a program's first time", share,
                  tables=VISITS),
        facts=(*facts_of(share), "95 %", "2", *counts, *(facts_of_table(table) if table else ())),
        quoted=(*_names(found.rework, "stage"), *_names(found.round_trips, "stage", "via")),
    )  # fmt: skip


def _trips_table(trips: pd.DataFrame) -> Table:
    """Return round trips by the two stages between which they went."""
    columns = (Column("From and back to", width=0.3), Column("By way of", width=0.3), Column("Round trips", "right", 0.13),
               Column("Programs", "right", 0.12), Column("Of all programs", "right", 0.15))  # fmt: skip
    rows = [(str(row["stage"]), str(row["via"]), label_number(row["count"]), label_number(row["programs"]),
             label_share(row["share"])) for row in trips.head(MOST_ROWS).to_dict(orient="records")]  # fmt: skip
    return Table(columns, tuple(rows))


def sla_breaches(d: Diagnosis) -> Exhibit | Callout | None:
    """Return which agreed times are not kept; None without stage history, which `lost_days` says."""
    found, share = d.stage_map, d.stage_map.results["sla_breach_share"]
    if not found.programs:
        return None
    if share.status == "not_assessable":
        return unmeasured(f"Whether agreed times are kept is not measured. {share.caveats[0]}")
    title = words.breach_title(share, found.breaches)
    if not share.is_ok:
        return unmeasured(title, share)
    table = _breaches_table(found.breaches.head(MOST_ROWS))
    return Exhibit(
        "sla_breaches", title, table=table, reading=words.breach_reading(found.breaches),
        foot=foot(d.eng, "Stays over the agreed time / stays with an agreed time ended, or over it already; stages: Wilson",
                  share, tables=VISITS),
        facts=(*facts_of(share), "95 %", *facts_of_table(table), label_number(found.breaches["lost_days"].sum())),
        quoted=_names(found.breaches, "stage"),
    )  # fmt: skip


def _breaches_table(breaches: pd.DataFrame) -> Table:
    """Return agreed times by stage: stays, those over it, their share and the days lost."""
    columns = (Column("Stage", width=0.34), Column("Programs", "right", 0.12), Column("Stays", "right", 0.1),
               Column("Over", "right", 0.1), Column("Share over (95 %)", "right", 0.22),
               Column("Lost days", "right", 0.12))  # fmt: skip
    rows = [
        (str(row["stage"]), label_number(row["programs"]), label_number(row["n"]), label_number(row["over"]),
         f"{label_share(row['share'])} ({label_interval(row['low'], row['high'], 'share')})"
         if row["share"] == row["share"] else TOO_LITTLE, label_number(row["lost_days"]))
        for row in breaches.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def handoff_map(d: Diagnosis) -> Exhibit | Callout:
    """Return who waits for whom: teams and the days lost between them."""
    found = d.handoff_map
    if not found.handoffs:
        return unmeasured(f"Who waits for whom is not measured. {found.sentence}")
    edges = found.edges
    apart = edges["from_team"].ne(edges["to_team"]) & edges["lost_days"].gt(0) & edges["rank"].gt(0)
    drawn = edges.loc[apart].head(handoffs.MOST_EDGES)
    if drawn.empty:
        return Callout("note", found.sentence)
    table, usual = _handoffs_table(edges), label_number(d.eng.config.settings.default_sla_bdays)
    reading = (words.order_reading(edges, "pairs"), words.handoffs_reading(edges, drawn))
    rest = edges.drop(drawn.index)
    counts = (found.handoffs, edges["returned"].sum(), edges["n_open"].sum(), rest["n"].sum(), rest["lost_days"].sum())
    return Exhibit(
        "handoff_map", words.short_title(found.sentence),
        draw(d.eng, handoffs.plot_handoffs, drawn, len(top_losses(drawn))), alt=handoffs.describe_handoffs(drawn),
        table=table, reading=" ".join(filter(None, reading)),
        foot=foot(d.eng, f"An arrow leads to the team that is waited for, its number is lost days. {LOST} {usual}. Median "
                         "wait: Kaplan–Meier, open hand-offs censored", n=_counted(found.programs, found.period),
                  tables=("handoffs",)),
        facts=(*facts_of_table(table), *_order_facts(edges, found.lost_days), *map(label_number, counts)),
        quoted=_names(edges, "from_team", "to_team"),
    )  # fmt: skip


def _handoffs_table(edges: pd.DataFrame) -> Table:
    """Return the pairs of teams, the costliest first, what was gathered last."""
    columns = (Column("From → to", width=0.31), Column("Hand-offs", "right", 0.1), Column("Too long", "right", 0.08),
               Column("Median wait, days (95 %)", "right", 0.16), Column("Came back", "right", 0.1),
               Column("Lost days", "right", 0.08), Column("Place (90 %)", "right", 0.17))  # fmt: skip
    gathered = edges["rank"].eq(0)
    shown = pd.concat([edges.loc[~gathered].head(handoffs.MOST_EDGES), edges.loc[gathered]])
    rows = [
        (f"{row['from_team']} → {row['to_team']}", label_number(row["n"]), label_number(row["over"]),
         _median_cell(row), _returned_cell(row), label_number(row["lost_days"]), _place_cell(row))
        for row in shown.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _median_cell(row: Mapping[Hashable, Any]) -> str:
    if row["median_wait_bdays"] != row["median_wait_bdays"]:
        return "–"
    low, high = (label_number(row[name]) if row[name] == row[name] else "not reached"
                 for name in ("median_low", "median_high"))  # fmt: skip
    return f"{label_number(row['median_wait_bdays'])} ({low} to {high})"


def _returned_cell(row: Mapping[Hashable, Any]) -> str:
    share = f" ({label_share(row['return_share'])})" if row["return_share"] == row["return_share"] else ""
    return f"{label_number(row['returned'])}{share}"
