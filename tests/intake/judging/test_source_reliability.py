from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from gapkit.config import Settings
from gapkit.intake import SourceRead, judge_sources
from gapkit.intake.history.settle import ASSUMED

FULL = {
    "status": "delivered", "current_end": pd.Timestamp("2026-03-01"), "owners_now": "ana",
    "actual_start": pd.Timestamp("2026-01-01"), "actual_end": pd.Timestamp("2026-03-02"),
}  # fmt: skip


def source(file: str, history: str = "none") -> SourceRead:
    return SourceRead(file, (file,), "", "csv", "programs", 1, 1, history=history)  # type: ignore[arg-type]


def test_each_source_is_judged_by_its_own_programs(table: Callable[..., pd.DataFrame]) -> None:
    """What one tracker lacks does not count against the other, and the reason names the share."""
    programs = table(
        "programs", {"program_id": "a", **FULL}, {"program_id": "b", **FULL, "owners_now": None, "actual_end": None}
    ).assign(_source=["a.csv", "b.csv"], **{ASSUMED: [False, True]})
    good, weak = judge_sources(
        programs, table("status_events"), table("stage_visits"), [source("a.csv"), source("b.csv")], Settings()
    )

    assert good.statement.startswith(
        "Sufficiently reliable for what stands where, what is due when, who answers for it, when work began and when it "
        "was delivered; not for how its dates were moved and where time went between stages, because it keeps no history"
    )
    assert "not for who answers for it, because none of 1 program has an owner" in weak.statement
    assert "none of 1 program has a status with a meaning" in weak.statement
    assert ("owner: 0 of 1", "date of delivery: 0 of 1") == tuple(
        f for f in weak.facts if " 0 of" in f and "status" not in f
    )


def test_a_log_carries_stages_and_dated_exports_carry_dates_only(table: Callable[..., pd.DataFrame]) -> None:
    """Differences between exports show that a date moved; when a stage was entered they do not show."""
    programs = table("programs", {"program_id": "a", **FULL}).assign(_source="a.csv")
    moved = {"program_id": "a", "field": "end", "at": "2026-02-01 00:00", "new": "2026-03-01"}
    dated = table("status_events", {**moved, "event_id": "snapshot 2026-02-01 a end"})
    logged = table("status_events", moved, {"program_id": "a", "field": "stage", "at": "2026-02-01 00:00", "new": "Do"})
    none, some = table("stage_visits"), table("stage_visits", {"program_id": "a", "entered_at": "2026-02-01"})
    by_exports = judge_sources(programs, dated, none, [source("a.csv", "snapshots")], Settings())[0].statement
    by_log = judge_sources(programs, logged, some, [source("a.csv")], Settings())[0].statement
    unsorted = judge_sources(programs, logged, none, [source("a.csv")], Settings())[0].statement

    assert "not for where time went between stages, because exports of several dates do not show" in by_exports
    assert "how its dates were moved" in by_exports.split("; not for")[0]
    assert "; not for" not in by_log
    assert "because nobody has said which of its stages are work and which are waiting" in unsorted
