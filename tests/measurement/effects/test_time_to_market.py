from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.measurement.effects.time_to_market import durations_within, same_curve_p, time_to_market

QUICK = dt.date(2026, 7, 1), dt.date(2026, 9, 30)


@pytest.fixture
def windows(compared, rows):
    """Thirty programs each window: sixty days before, forty after."""

    def build(**options):
        before = rows("B", due="2026-01-30", committed="2025-12-01", on_time=30)
        after = rows("A", due="2026-08-10", committed="2026-07-01", on_time=30)
        return compared(programs=before + after, **options)

    return build


def test_shorter_times_are_a_negative_difference(windows):
    """Sixty days before, forty after: −20, and less is better."""
    draft = time_to_market(windows())[0]

    assert (draft.before.value, draft.after.value, draft.difference.value) == (60, 40, -20)
    assert (draft.better, draft.worthwhile) == (-1, pytest.approx(0.15 * 60))
    assert draft.p_value < 1e-6
    assert draft.after.caveats == ("Median: 40 days.",)


def test_only_time_inside_the_window_counts(compared, rows):
    """Delivered after the window's end: still running at its end, whatever is known today."""
    found = compared(programs=rows("A", due="2026-10-15", committed="2026-08-01", on_time=2))

    units = durations_within(found.after.judged, "committed_at", *QUICK)

    assert units[["entry", "exit", "is_event"]].to_numpy().tolist() == [[0.0, 60.0, False]] * 2


def test_programs_running_before_the_window_enter_at_their_age(compared, rows):
    """Committed 31 days before the window opened: at risk from day 31."""
    found = compared(programs=rows("A", due="2026-07-20", committed="2026-05-31", on_time=1))

    units = durations_within(found.after.judged, "committed_at", *QUICK)

    assert (units["entry"].item(), units["exit"].item(), units["is_event"].item()) == (31.0, 50.0, True)


def test_what_came_after_the_window_changes_nothing(windows):
    """Read a month later, the comparison is the same."""
    early, late = (time_to_market(windows(as_of=day))[0] for day in (dt.date(2026, 9, 30), dt.date(2026, 11, 30)))

    assert early == late


def test_too_few_deliveries_are_too_little_data(compared, rows):
    """Nine deliveries of the ten needed."""
    draft = time_to_market(compared(programs=rows("A", due="2026-08-10", on_time=9, open_ones=20)))[0]

    assert draft.after.status == "thin"
    assert draft.difference.status != "ok"
    assert draft.p_value is None


@pytest.mark.parametrize(("unknown", "status"), [(6, "ok"), (7, "thin")])
def test_losing_the_days_of_slow_work_is_no_improvement(compared, rows, unknown, status):
    """A fifth of the deliveries without a day are left out and named, more leave the time unsaid."""
    before = rows("B", due="2026-01-30", committed="2025-12-01", on_time=30)
    known = rows("A", due="2026-08-10", committed="2026-07-01", on_time=30 - unknown)
    lost = rows("L", due="2026-09-10", committed="2026-07-01", on_time=unknown)
    lost = [{**row, "actual_end": None} for row in lost]
    draft = time_to_market(compared(programs=before + known + lost))[0]
    said = {"ok": "6 programs that ended on an unknown day left out.",
            "thin": "7 delivered programs of 30 without a date: how long they took cannot be said."}  # fmt: skip

    assert (draft.before.status, draft.after.status, draft.difference.status) == ("ok", status, status)
    assert draft.after.caveats[-1] == said[status]
    assert bool(draft.needed) is (status == "ok")


def test_a_side_is_read_by_itself_where_the_other_has_too_little(compared, rows):
    """Nine deliveries before, thirty after: the time after stands, and no difference."""
    before = rows("B", due="2026-01-30", committed="2025-12-01", on_time=9)
    after = rows("A", due="2026-08-10", committed="2026-07-01", on_time=30)
    draft = time_to_market(compared(programs=before + after))[0]

    assert (draft.before.status, draft.after.value) == ("thin", 40)
    assert draft.difference.status == "thin"


def test_the_test_is_the_log_rank_test():
    """Freireich: chi-square 16.793, p 4.17e-5."""
    drug = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    event = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    sides = [pd.DataFrame({"exit": times, "is_event": happened, "entry": 0.0}).astype({"is_event": bool})
             for times, happened in ((placebo, [1] * 21), (drug, event))]  # fmt: skip

    assert same_curve_p(*sides, 0.0) == pytest.approx(4.17e-5, abs=5e-7)


def test_no_effect_is_found_where_there_is_none(compared, rows):
    """The same times on both sides: a difference of nothing, p = 1 or nearly."""
    before = rows("B", due="2026-01-30", committed="2025-12-01", on_time=15, late=15)
    after = rows("A", due="2026-08-30", committed="2026-07-01", on_time=15, late=15)
    draft = time_to_market(compared(programs=before + after))[0]

    assert draft.difference.value == pytest.approx(0)
    assert draft.p_value > 0.9
