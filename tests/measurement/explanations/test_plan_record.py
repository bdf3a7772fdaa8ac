from __future__ import annotations

import datetime as dt

from gapkit.measurement.explanations.plan_record import plan_record


def logged(made):
    """A change of the planned end for each program, which told the same date again."""
    return [{"program_id": row["program_id"], "at": row["committed_at"], "field": "end", "old": row["baseline_end"],
             "new": row["baseline_end"]} for row in made]  # fmt: skip


def test_a_change_log_rules_it_out(compared, rows):
    """Every promise of the window is in the log."""
    after = rows("A", "2026-08-10", 27, 3)
    told = plan_record(*compared(programs=rows("B", "2026-02-10", 10, 20) + after, status_events=logged(after)))

    assert (told.standing, told.result) == ("ruled out", None)
    assert "100 % (30 of 30)" in told.sentence
    assert told.caveats[0].startswith("By the latest instead of the promised date, the rate would differ by")


def test_failures_moved_out_of_the_window_may_explain_a_gain(compared, rows, found):
    """27 of 27 on time, and 20 programs promised before the window stand at a date after it."""
    moved = rows("M", "2026-11-10", 0, 20, committed_at="2026-06-20", status="in_progress")
    for row in moved:
        del row["actual_end"]
    made = rows("B", "2026-02-10", 15, 15) + rows("A", "2026-08-10", 27, 0) + moved
    comparison, _ = compared(programs=made)
    told = plan_record(comparison, found("on_time_rate", (15, 30), (27, 27)))

    assert (told.standing, told.guards) == ("may explain it", True)
    assert "At worst 20 programs dated beyond the window today were promised for it (before: 0)" in told.sentence


def test_nothing_moved_leaves_a_gain(compared, rows):
    """Columns alone, yet no program stands beyond the window that could have been promised for it: by the quarter."""
    made = rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3)
    told = plan_record(*compared(primary="execution_rate", programs=made))

    assert told.standing == "does not explain it"
    assert "A change log, dated exports" in told.caveats[-1]


def test_dates_moved_inside_the_window_cannot_be_told(compared, rows):
    """Set to the day of delivery a late program is on time: without a log nothing shows it, by the day nothing is told."""
    told = plan_record(*compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3)))

    assert told.standing == "cannot be told"
    assert "10 of 30 before and 27 of 30 after ended exactly on their promised day" in told.sentence


def test_every_quarter_of_a_longer_window_is_looked_at(compared, rows, found):
    """Promised by the freeze of the second quarter of the window, and dated beyond it today."""
    moved = rows("M", "2027-02-10", 0, 25, committed_at="2026-09-20", status="in_progress")
    for row in moved:
        del row["actual_end"]
    made = rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3) + moved
    window, read = (dt.date(2026, 7, 1), dt.date(2026, 12, 31)), dt.date(2027, 1, 31)
    comparison, _ = compared(programs=made, window=window, as_of=read)
    told = plan_record(comparison, found("on_time_rate", (10, 30), (27, 30)))

    assert "At worst 25 programs dated beyond the window" in told.sentence
    assert told.standing == "may explain it"


def test_without_commitment_days_a_gain_is_not_protected(compared, rows):
    """Which programs could have been moved cannot be told."""
    made = rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3)
    told = plan_record(*compared(programs=[{**row, "committed_at": None} for row in made]))

    assert told.standing == "may explain it"
    assert "may have been overwritten" in told.sentence


def test_overwriting_does_not_explain_a_loss(compared, rows):
    """It takes failures away."""
    told = plan_record(*compared(programs=rows("B", "2026-02-10", 27, 3) + rows("A", "2026-08-10", 10, 20)))

    assert told.standing == "does not explain it"
