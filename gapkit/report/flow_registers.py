"""Registers of where days go and of what became of the plan, from the record of a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gapkit.plots.kinds import kind_name
from gapkit.report.register_fields import Field, Row, register, worded

if TYPE_CHECKING:
    from gapkit.report.registers import Register

LOSSES = (
    Field("Programs", "programs", "number", 10), Field("Waits", "n", "number", 8), Field("Too long", "over", "number", 9),
    Field("Lost business days", "lost_days", "number", 11), Field("Share of all lost days", "share", "share", 11),
    Field("Share, low", "share_low", "share", 10), Field("Share, high", "share_high", "share", 10),
    Field("Place", "rank", "number", 8), Field("Best place", "rank_low", "number", 8),
    Field("Worst place", "rank_high", "number", 8),
)  # fmt: skip


def flow(record: Row) -> Iterator[Register]:
    """Yield the registers of the stage map, the hand-off map and the gap map, as far as the record has them."""
    if "stage_map" in record:
        yield from _stages(record["stage_map"])
    if "handoff_map" in record:
        yield _handoffs(record["handoff_map"])
    if "gap_map" in record:
        yield _gap_map(record)


def _ranked(rows: list[Row]) -> list[Row]:
    """Return rows in which what was gathered and is not ranked has no place."""
    blank = dict.fromkeys(("rank", "rank_low", "rank_high"))
    return [row if row["rank"] else {**row, **blank} for row in rows]


def _stages(found: Row) -> Iterator[Register]:
    yield register(
        "Transitions", f"Days lost at each transition between stages, {found['period']}; places with their 90 % interval.",
        (Field("From", "from_stage", width=28), Field("To", "to_stage", width=28), *LOSSES), _ranked(found["transitions"]),
    )  # fmt: skip
    yield register(
        "Time by stage", "Stage days by stage and kind, with the 95 % interval of the share.",
        (Field("Stage", "stage", width=28), Field("Programs", "programs", "number", 10), *_days()),
        _kinds_named(found["stages"]),
    )  # fmt: skip
    yield register(
        "Time by kind", "How stage days divide into kinds: all programs, each type, each team.",
        (Field("Cut", "cut", width=10), Field("Name", "name", width=28), Field("Programs of it", "n", "number", 10),
         Field("Programs", "programs", "number", 10), *_days()),
        _kinds_named(_by_kind(found)),
    )  # fmt: skip
    yield register(
        "Rework", "How often programs come to a stage, and how often again.",
        (Field("Stage", "stage", width=28), Field("Programs", "programs", "number", 10),
         Field("Arrivals", "entries", "number", 10),
         Field("Returns", "re_entries", "number", 10), Field("Visits that sent work back", "returned", "number", 12),
         Field("Business days of rework", "rework_bdays", "number", 12)),
        found["rework"],
    )  # fmt: skip
    yield register(
        "Round trips", "From a stage to another and back again.",
        (Field("From and back to", "stage", width=28), Field("By way of", "via", width=28),
         Field("Round trips", "count", "number", 10), Field("Programs", "programs", "number", 10),
         Field("Of all programs", "share", "share", 10)),
        found["round_trips"],
    )  # fmt: skip
    yield register(
        "Agreed times", "Stays against the time agreed for them, with the 95 % interval of the share over it.",
        (Field("Stage", "stage", width=28), Field("Programs", "programs", "number", 10), Field("Stays", "n", "number", 8),
         Field("Over the agreed time", "over", "number", 10), Field("Share over", "share", "share", 10),
         Field("Share, low", "low", "share", 10), Field("Share, high", "high", "share", 10),
         Field("Lost business days", "lost_days", "number", 11)),
        found["breaches"],
    )  # fmt: skip


def _days() -> tuple[Field, ...]:
    return (Field("Kind of time", "kind", width=14), Field("Calendar days", "days", "number", 12),
            Field("Share", "share", "share", 10), Field("Share, low", "low", "share", 10),
            Field("Share, high", "high", "share", 10))  # fmt: skip


def _kinds_named(rows: Sequence[Row]) -> list[Row]:
    return [{**row, "kind": kind_name(row["kind"])} for row in rows]


def _by_kind(found: Row) -> list[Row]:
    rows = [{**row, "cut": "all", "name": "all programs"} for row in found["kinds"]]
    rows += [{**row, "cut": "type", "name": row["type"].replace("_", " ")} for row in found["by_type"]]
    return [*rows, *({**row, "cut": "team", "name": row["team"]} for row in found["by_team"])]


def _handoffs(found: Row) -> Register:
    fields = (
        Field("From team", "from_team", width=28), Field("To team", "to_team", width=28), *LOSSES,
        Field("Still open", "n_open", "number", 8), Field("Median wait, business days", "median_wait_bdays", "number", 12),
        Field("Median, low", "median_low", "number", 10), Field("Median, high", "median_high", "number", 10),
        Field("Came back", "returned", "number", 9), Field("Share that came back", "return_share", "share", 11),
    )  # fmt: skip
    purpose = f"Days lost between teams, {found['period']}; teams of few people stand together."
    return register("Hand-offs", purpose, fields, _ranked(found["edges"]))


def _gap_map(record: Row) -> Register:
    fields = (
        Field("Quarter", "quarter"), Field("Type", "type", width=16), Field("Group", "group", width=16),
        Field("Outcome", "category", width=32), Field("Programs", "programs", "number", 10),
        Field("Budget", "budget", "number", 14), Field("Points", "points", "number", 10),
    )  # fmt: skip
    purpose = "What became of every program: programs, budget and size points by quarter, type, group and outcome."
    return register("Gap map", purpose, fields, worded(record["gap_map"], "type", "group", "category"))
