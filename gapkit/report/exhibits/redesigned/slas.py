"""Exhibit of agreed times: how long each wait may take, how many keep it today, who answers, who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.labels import label_count, label_interval, label_list, label_number, label_result, label_share
from gapkit.plots.agreed_times import describe_agreed_times, plot_agreed_times
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import NOTHING, Parts, joined, rest_in_workbook

if TYPE_CHECKING:
    from gapkit.redesign.slas.slas import Sla, Slas

MOST_ROWS: Final = 10
TABLES: Final = ("stage_visits", "handoffs")
BREACH: Final = (
    "When a time has passed, the level above whoever answers is told; after twice the time, the level above that."
)


def slas(r: Parts) -> Exhibit | Callout:
    """Return the times to agree with what they rest on; without waits on record, what would add them."""
    part = r.slas
    if not part.held:
        return Callout("note", part.sentence) if part.entries else unmeasured(part.sentence)
    shown = part.held[:MOST_ROWS]
    rows, table = _rows(shown), _table(shown)
    counted, late = sum(one.n for one in part.held), f"{label_number(part.share * 100)}th percentile of waits"
    return Exhibit(
        "slas", _title(part), draw(r.eng, plot_agreed_times, rows), alt=describe_agreed_times(rows), table=table,
        reading=joined(_basis(part), BREACH),
        foot=joined(rest_in_workbook(len(shown), len(part.held), "time", "Decide SLAs"),
                    foot(r.eng, f"Proposed: {late}, {_level(part)} interval; "
                         "stretch: the median; kept: Wilson", n=f"n = {label_count(counted, 'wait')} · {part.period}",
                         tables=TABLES)),
        facts=(*facts_of_table(table), *_numbers(part), "95 %"), quoted=tuple(one.id for one in part.held),
    )  # fmt: skip


def _title(part: Slas) -> str:
    """Return how many times are to be agreed, and between which limits they lie."""
    days = sorted(one.days for one in part.held)
    parts = [label_count(sum(one.kind == "stage" for one in part.held), "stage"),
             label_count(sum(one.kind == "interface" for one in part.held), "hand-off between teams",
                         "hand-offs between teams")]  # fmt: skip
    named = label_list([text for text in parts if not text.startswith("0 ")])
    limits = _days(days[0]) if days[0] == days[-1] else f"{_days(days[0])} to {_days(days[-1])}"
    unit = "" if days[-1] < 1 else " business day" if days[-1] == 1 else " business days"
    return f"Agree a time for {named}: {limits}{unit}"


def _basis(part: Slas) -> str:
    """Return what the proposals start from, and how many were agreed already."""
    own = sum(one.basis == "own waits" for one in part.held)
    agreed = sum(one.standing == "agreed" for one in part.held)
    rest = len(part.held) - own
    start, kept = "starts" if own == 1 else "start", label_share(part.share)
    said = [
        f"{label_number(own)} of them {start} from what {kept} of waits keep today." if own else "",
        f"For {label_number(rest)} there are too few waits: agree a time and observe it for a quarter." if rest else "",
        f"{label_number(agreed)} {'is' if agreed == 1 else 'are'} agreed." if agreed else "",
    ]
    return joined(*said)


def _numbers(part: Slas) -> tuple[str, ...]:
    held = part.held
    counts = (len(held), sum(one.kind == "stage" for one in held), sum(one.kind == "interface" for one in held),
              sum(one.basis == "own waits" for one in held), sum(one.basis != "own waits" for one in held),
              sum(one.standing == "agreed" for one in held))  # fmt: skip
    return (*map(label_number, counts), label_share(part.share), *(_days(one.days) for one in held))


def _days(days: float | None) -> str:
    if days is None or pd.isna(days):
        return NOTHING
    return "same day" if days < 1 else label_number(days, 0 if days == int(days) else 1)


def _level(part: Slas) -> str:
    """Return the level of the interval of a proposed time; its upper end alone is a bound that is surer still."""
    return label_share(part.held[0].late.level)


def _rows(entries: tuple[Sla, ...]) -> pd.DataFrame:
    return pd.DataFrame({
        "label": [one.id for one in entries],
        "days": [one.days for one in entries],
        "low": pd.Series([one.late.low for one in entries], dtype=float),
        "high": pd.Series([one.late.high for one in entries], dtype=float),
        "median": pd.Series([one.median.value for one in entries], dtype=float),
        "agreed": pd.Series([one.agreed_days for one in entries], dtype=float),
    })  # fmt: skip


def _table(entries: tuple[Sla, ...]) -> Table:
    columns = (Column("Stage, or from → to", width=0.21), Column("Waits", "right", 0.07),
               Column("Agreed today", "right", 0.08), Column("Proposed (bound)", "right", 0.12),
               Column("Stretch", "right", 0.08), Column("Kept today (95 %)", "right", 0.16),
               Column("Answers", width=0.28))  # fmt: skip
    rows = [
        (one.id, label_number(one.n), _days(one.agreed_days), f"{_days(one.days)}{_bound(one)}", _days(one.stretch_days),
         _kept(one), one.answers)
        for one in entries
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _bound(one: Sla) -> str:
    """Return the upper bound of the percentile, where the proposal is that percentile."""
    if one.basis != "own waits" or one.days != one.late.value:
        return ""
    return f" ({_days(one.late.high) if one.late.high is not None else 'no bound'})"


def _kept(one: Sla) -> str:
    found = one.kept_today
    if found.value is None:
        return label_result(found)
    return f"{label_share(found.value)} ({label_interval(found.low, found.high, 'share')})"
