from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.baseline.cohorts import GROUPS, assign_cohorts, counted_programs


def groups(programs, events, config):
    placed = assign_cohorts(programs, events, config)
    return dict(zip(placed.index, zip(placed["group"], placed["quarter"], strict=True), strict=True))


def test_each_program_stands_in_the_group_its_dates_put_it_in(table, config):
    """Freeze of 2026Q1 is 8 January (five business days after the 1st): before it committed, after it added."""
    programs = table(
        "programs",
        {"program_id": "committed", "committed_at": "2026-01-08", "baseline_end": "2026-02-20"},
        {"program_id": "added", "committed_at": "2026-01-09", "baseline_end": "2026-02-20"},
        {"program_id": "withdrawn", "committed_at": "2025-12-01", "baseline_end": "2026-02-20", "status": "cancelled",
         "cancelled_at": "2026-01-05"},
        {"program_id": "unplanned", "origin": "unplanned", "actual_start": "2026-02-02", "status": "in_progress"},
        {"program_id": "undated", "committed_at": "2026-01-02"},
        {"program_id": "no commitment date", "origin": "planned", "baseline_end": "2026-05-02"},
    )  # fmt: skip

    placed = groups(programs, table("status_events"), config)

    assert placed == {
        "committed": ("committed", "2026Q1"),
        "added": ("added", "2026Q1"),
        "withdrawn": ("withdrawn", "2026Q1"),
        "unplanned": ("unplanned", "2026Q1"),
        "undated": ("undated", "2026Q1"),
        "no commitment date": ("committed", "2026Q2"),
    }


def test_a_program_re_dated_after_the_freeze_stays_in_its_quarter(table, config):
    """Moving the date in February does not move the promise of January."""
    programs = table("programs", {"program_id": "A", "committed_at": "2025-12-15", "current_end": "2026-05-30"})
    events = table(
        "status_events",
        {"program_id": "A", "at": "2026-02-10", "field": "end", "old": "2026-03-10", "new": "2026-05-30"},
    )

    placed = assign_cohorts(programs, events, config)

    assert (placed["group"]["A"], placed["quarter"]["A"]) == ("committed", "2026Q1")
    assert pd.Timestamp("2026-03-10") == placed["frozen_end"]["A"]
    assert pd.Timestamp("2026-05-30") == placed["latest_end"]["A"]


def test_a_program_re_planned_before_the_freeze_belongs_to_the_new_quarter(table, config):
    """Until the freeze a plan may change; what counts is the date in force on that day."""
    programs = table("programs", {"program_id": "A", "committed_at": "2025-11-15", "current_end": "2026-05-30"})
    events = table(
        "status_events",
        {"program_id": "A", "at": "2025-12-20", "field": "end", "old": "2026-03-10", "new": "2026-05-30"},
    )

    assert groups(programs, events, config)["A"] == ("committed", "2026Q2")


def test_silence_about_commitment_is_not_called_unplanned(table, config):
    """Where no program has a commitment date, one without a planned end is undated, not unplanned."""
    programs = table("programs", {"program_id": "A", "actual_start": "2026-02-01", "status": "in_progress"})

    assert groups(programs, table("status_events"), config)["A"][0] == "undated"


def test_where_commitments_are_recorded_a_program_without_one_is_unplanned(table, config):
    """One program with a commitment date shows that the client records them."""
    programs = table(
        "programs",
        {"program_id": "A", "actual_start": "2026-02-01", "status": "in_progress"},
        {"program_id": "B", "committed_at": "2026-01-02", "baseline_end": "2026-02-01"},
    )

    assert groups(programs, table("status_events"), config)["A"][0] == "unplanned"


def test_merged_programs_are_counted_under_a_known_survivor_only(table):
    """The survivor carries a merged program; without a survivor it stays in the count."""
    programs = table(
        "programs",
        {"program_id": "A"},
        {"program_id": "B", "status": "merged", "parent_id": "A"},
        {"program_id": "C", "status": "merged"},
        {"program_id": "D", "level": "deliverable"},
    )

    counted, merged = counted_programs(programs)

    assert (counted["program_id"].tolist(), merged) == (["A", "C"], 1)


def test_merged_programs_that_name_each_other_are_not_lost(table):
    """A circle of mergers has no survivor, and a chain is carried by its end."""
    programs = table(
        "programs",
        {"program_id": "A", "status": "merged", "parent_id": "B"},
        {"program_id": "B", "status": "merged", "parent_id": "A"},
        {"program_id": "C", "status": "merged", "parent_id": "C"},
        {"program_id": "D", "status": "merged", "parent_id": "E"},
        {"program_id": "E", "status": "merged", "parent_id": "F"},
        {"program_id": "F"},
    )

    counted, merged = counted_programs(programs)

    assert (["A", "B", "C", "F"], 2) == (counted["program_id"].tolist(), merged)


def test_a_date_withdrawn_before_the_freeze_leaves_the_commitment_undated(table, config):
    """Without a planned end in force there is nothing to judge; the program is counted apart, in no rate."""
    programs = table("programs", {"program_id": "A", "committed_at": "2025-11-15"})
    events = table(
        "status_events",
        {"program_id": "A", "at": "2025-12-20", "field": "end", "old": "2026-03-10", "new": None},
    )

    assert "undated" == groups(programs, events, config)["A"][0]


days = st.dates(pd.Timestamp("2025-10-01").date(), pd.Timestamp("2026-09-30").date()).map(str) | st.none()


@settings(max_examples=10)
@given(
    st.lists(st.tuples(days, days, st.sampled_from(["planned", "unplanned", None])), min_size=1, max_size=12), st.randoms()
)
def test_every_program_is_placed_once_whatever_the_order(rows, random):
    """Order of rows changes nothing, and no program is lost."""
    import datetime as dt

    from gapkit import schema
    from gapkit.config import EngagementConfig

    config = EngagementConfig("Acme", dt.date(2026, 7, 15), "UTC", "USD")
    frame = pd.DataFrame(
        [{"program_id": f"P{i}", "type": "web", "team": "T", "status": "not_started", "committed_at": c, "baseline_end": e,
          "origin": o} for i, (c, e, o) in enumerate(rows)]
    )  # fmt: skip
    order = list(range(len(rows)))
    random.shuffle(order)
    events = schema.empty("status_events")

    placed = assign_cohorts(schema.conform("programs", frame), events, config)
    again = assign_cohorts(schema.conform("programs", frame.iloc[order]), events, config)

    assert set(placed["group"]) <= set(GROUPS)
    pd.testing.assert_frame_equal(placed, again.loc[placed.index])
