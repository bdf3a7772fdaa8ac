"""Exhibits of priorities: the order to put forward, the workshop's agenda, where effort goes, what to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.labels import label_count, label_number, label_result_interval, label_share, label_value, sentence_case
from gapkit.plots.effort import describe_effort, plot_effort
from gapkit.plots.places import describe_places, plot_places
from gapkit.redesign.priorities.dispute import OPPOSITE
from gapkit.redesign.priorities.effort import BEYOND, ENDED, NO_TIE
from gapkit.redesign.priorities.wording import AGREED
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import NOTHING, Parts, day_of, joined, rest_in_workbook, text_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from gapkit.redesign.priorities.priorities import Priorities

MOST_PAIRS: Final = 12
MOST_STOPS: Final = 20
SURVEY: Final = ("priorities", "survey_rankings")
REST: Final = "none of these"


def priorities(r: Parts) -> Exhibit | Callout:
    """Return how far people agree on the priorities, and the order to put forward; without any, what would add them."""
    part = r.priorities
    if part.order.empty:
        return unmeasured(part.caveats[0] if part.caveats else part.sentence)
    table, is_ranked = _order_table(part), part.agreement.is_ok
    rows = _places(part)
    counts = (len(part.order), part.order["keep"].sum(), part.limit, len(part.disputes))
    return Exhibit(
        "priorities", _title(part), draw(r.eng, plot_places, rows) if is_ranked else None,
        alt=describe_places(rows) if is_ranked else "", table=table, reading=_reading(part),
        foot=foot(r.eng, "Kendall’s W: 0 no common order, 1 the same order. Consensus: Borda over everybody who ranked",
                  part.agreement, tables=SURVEY) if is_ranked
        else foot(r.eng, "Priorities that hold today", n=f"n = {label_count(len(rows), 'priority', 'priorities')}",
                  tables=("priorities",)),
        facts=(*facts_of(part.agreement, part.leaders_and_teams), *map(label_number, counts), *facts_of_table(table),
               "1", "−1", "95 %", *part.caveats),
        quoted=tuple(part.order["label"]),
    )  # fmt: skip


def _title(part: Priorities) -> str:
    """Return the agreement with its number; without one, how many priorities there are and how many can be carried."""
    if part.agreement.value is not None:
        return f"{AGREED[part.verdict]}: Kendall’s W is {label_value(part.agreement.value, 'ratio')} of 1"
    n = label_count(len(part.order), "priority holds", "priorities hold")
    return f"{n} today; an organisation of this size can carry {label_number(part.limit)}"


def _reading(part: Priorities) -> str:
    """Return how leaders and teams compare, which pairs the orders disagree on, and what to do with the order."""
    said, tau = [], part.leaders_and_teams
    if part.agreement.is_ok:
        said.append(f"95 % interval of W: {label_result_interval(part.agreement)}.")
    else:
        said.append(f"How far people agree on them is not known. {part.agreement.caveats[0]}" if part.agreement.caveats
                    else "How far people agree on them is not known.")  # fmt: skip
    if tau.value is not None:
        said.append(f"Leadership’s order and that of the others: tau {label_value(tau.value, 'ratio')} "
                    f"({label_result_interval(tau)}), where 1 is the same order and −1 the reverse.")  # fmt: skip
    return joined(*said, part.advice)


def _places(part: Priorities) -> pd.DataFrame:
    order = part.order
    return pd.DataFrame({
        "label": order["label"],
        "place": order["borda_place"].astype(float),
        "low": order["place_low"],
        "high": order["place_high"],
        "first": order["mean_rank_first"].rank(),
        "others": order["mean_rank_others"].rank(),
        "keep": order["keep"].astype(bool),
    })  # fmt: skip


def _order_table(part: Priorities) -> Table:
    columns = (Column("Place", "right", 0.08), Column("Priority", width=0.36), Column("Official", "right", 0.09),
               Column("Place, 90 %", "right", 0.13), Column("Kemeny", "right", 0.1), Column("To keep", width=0.12),
               Column("Status", width=0.12))  # fmt: skip
    rows = [
        (label_number(row["rank"]), row["label"], _number(row["official_rank"]), _limits(row), _number(row["kemeny_place"]),
         "yes" if row["keep"] else "no", sentence_case(row["standing"]))
        for row in part.order.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _number(value: Any) -> str:
    return NOTHING if pd.isna(value) else label_number(value)


def _limits(row: Mapping[Hashable, Any]) -> str:
    return NOTHING if pd.isna(row["place_low"]) else f"{_number(row['place_low'])} to {_number(row['place_high'])}"


def disputes(r: Parts) -> Exhibit | Callout | None:
    """Return the pairs in dispute as the workshop's agenda; None where no order is measured, which `priorities` says."""
    part = r.priorities
    if part.order.empty or not part.agreement.is_ok:
        return None
    if part.disputes.empty:
        return Callout("note", "No pair of priorities is in dispute: the workshop can go straight to what to stop.")
    shown = part.disputes.head(MOST_PAIRS)
    table, n = _disputes_table(shown, part), len(part.disputes)
    opposite, first = int(part.disputes["why"].eq(OPPOSITE).sum()), shown.iloc[0]
    title = f"{label_count(n, 'pair')} of priorities {'is' if n == 1 else 'are'} in dispute: the agenda of the workshop"
    which = "it" if n == 1 else f"{label_number(opposite)} of them"
    said = [f"Leadership and the others put {which} the other way round." if opposite else "",
            f"Begin with {first['one']} and {first['other']}." if n > 1 else ""]  # fmt: skip
    return Exhibit(
        "disputes", title, table=table, reading=joined(*said),
        foot=joined(rest_in_workbook(len(shown), n, "pair", "Decide priorities"),
                    foot(r.eng, "Opposite: mean ranks of leadership and of the others; split: respondents who put the one "
                                "or the other first", part.agreement, tables=SURVEY)),
        facts=(*facts_of_table(table), *map(label_number, (n, opposite))), quoted=tuple(part.order["label"]),
    )  # fmt: skip


def _disputes_table(pairs: pd.DataFrame, part: Priorities) -> Table:
    columns = (Column("", "right", 0.05), Column("This one", width=0.21), Column("or that one", width=0.21),
               Column("Leadership first", width=0.15), Column("Others first", width=0.15),
               Column("How people split", width=0.23))  # fmt: skip
    label = dict(zip(part.order["priority_id"], part.order["label"], strict=True))
    rows = [
        (label_number(place), row["one"], row["other"], label.get(row["leaders_first"], NOTHING),
         label.get(row["teams_first"], NOTHING), _split(row))
        for place, row in enumerate(pairs.to_dict(orient="records"), start=1)
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _split(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["n_one_first"]):
        return NOTHING
    alike = f", {label_number(row['n_alike'])} alike" if not pd.isna(row["n_alike"]) and row["n_alike"] else ""
    return f"{label_number(row['n_one_first'])} the one, {label_number(row['n_other_first'])} the other{alike}"


def effort(r: Parts) -> Exhibit | Callout | None:
    """Return where the effort in flight goes; None without priorities, which `priorities` says."""
    part = r.priorities
    if part.order.empty:
        return None
    if part.top_effort.value is None:
        return unmeasured(f"Which priorities the effort serves is not known. {part.top_effort.caveats[0]}")
    kept, rows = int(part.order["keep"].sum()), _efforts(part)
    share, started = label_share(part.top_effort.value), label_count(part.top_effort.n, "program")
    title = f"{share} of the effort in flight serves the {label_count(kept, 'priority', 'priorities')} to keep"
    table = _effort_table(part)
    # What is not kept, whether it is a priority or none.
    rest = 1 - part.top_effort.value
    reading = f"The other {label_share(rest)} is what a decision on priorities can free." if rest > 0 else (
        "Nothing in flight serves anything else."
    )  # fmt: skip
    sizes = "No size is recorded: every program counts the same." if not part_has_sizes(part) else ""
    return Exhibit(
        "effort", title, draw(r.eng, plot_effort, rows), alt=describe_effort(rows), table=table,
        reading=joined(reading, sizes),
        foot=foot(r.eng, "Effort: size of programs started and not finished",
                  n=f"n = {started} in flight; every one counted, so no interval", tables=("programs", "priorities")),
        facts=(share, label_share(rest), label_number(kept), *facts_of_table(table)),
    )  # fmt: skip


def part_has_sizes(part: Priorities) -> bool:
    """Return whether the effort is counted in sizes; a caveat says so where it is not."""
    return not any(caveat.startswith("No size is recorded") for caveat in part.caveats)


def _efforts(part: Priorities) -> pd.DataFrame:
    """Return effort by priority in the order that holds, then what serves none of them."""
    rows = part.order[["label", "share", "in_flight", "keep"]]
    rest = max(0.0, 1 - float(rows["share"].sum()))
    n = part.top_effort.n - int(rows["in_flight"].sum())
    if not n:
        return rows
    more = pd.DataFrame([{"label": REST, "share": rest, "in_flight": n, "keep": False}])
    return pd.concat([rows, more], ignore_index=True)


def _effort_table(part: Priorities) -> Table:
    columns = (Column("Priority", width=0.46), Column("To keep", width=0.12), Column("In flight", "right", 0.13),
               Column("Not started", "right", 0.15), Column("Share", "right", 0.14))  # fmt: skip
    rows = [
        (row["label"], "yes" if row["keep"] else "no", label_number(row["in_flight"]), label_number(row["waiting"]),
         label_share(row["share"]))
        for row in part.order.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def stops(r: Parts) -> Exhibit | Callout | None:
    """Return the open programs that serve nothing that is kept; None where no program names what it serves."""
    part = r.priorities
    held = part.stops.loc[part.stops["standing"] != "declined"]
    if held.empty:
        is_known = len(part.order) and part.top_effort.is_ok
        return Callout("note", "No open program is to stop: each serves a priority that is kept.") if is_known else None
    n, waited = len(held), int(held["needed_by"].astype(bool).sum())
    shown = held.head(MOST_STOPS)
    table = _stops_table(shown)
    what = "none of the priorities to keep" if len(part.order) else "no priority and no goal"
    verb, them = ("serves", "it") if n == 1 else ("serve", "them")
    title = f"{label_count(n, 'open program')} {verb} {what}: stop {them} or say why not"
    reasons = held["reason"].value_counts()
    said = [
        f"{label_number(reasons[why])} {_why(why, int(reasons[why]))}" for why in (NO_TIE, BEYOND, ENDED) if why in reasons
    ]
    waits = (
        f"Programs that are kept wait for {label_number(waited)} of them: settle that before they stop." if waited else ""
    )
    return Exhibit(
        "stops", title, table=table, reading=joined(f"{'; '.join(said)}.", waits),
        foot=joined(rest_in_workbook(len(shown), n, "program", "Decide priorities"),
                    foot(r.eng, "Largest first", n=f"n = {label_count(n, 'open program')}",
                         tables=("programs", "priorities", "dependencies"))),
        facts=(label_number(n), label_number(waited), *map(label_number, reasons)),
    )  # fmt: skip


def _why(reason: str, n: int) -> str:
    """Return a reason with its verb in the number of the programs."""
    return reason if n == 1 else reason.replace("serves", "serve", 1)


def _stops_table(stops_: pd.DataFrame) -> Table:
    columns = (Column("Program", width=0.3), Column("Team", width=0.15), Column("Planned end", "right", 0.13),
               Column("Why", width=0.25), Column("Waited for by", width=0.17))  # fmt: skip
    rows = [
        (f"{row['program_id']} · {row['name']}", text_of(row["team"]), day_of(row["planned_end"]),
         sentence_case(row["reason"]), ", ".join(row["needed_by"]) or NOTHING)
        for row in stops_.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows))
