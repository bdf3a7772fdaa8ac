from __future__ import annotations

import datetime as dt

import pytest

from gapkit.measurement.effects.slip import slip, slips_due


def test_late_and_early_days_average(compared, rows):
    """Half on the day and half twenty days late before: 10; all on the day after: 0."""
    before, after = rows("B", due="2026-02-20", on_time=12, late=12), rows("A", due="2026-08-20", on_time=24)
    draft = slip(compared(programs=before + after))[0]

    assert (draft.before.value, draft.after.value) == (pytest.approx(10), pytest.approx(0))
    assert draft.difference.value == pytest.approx(-10)
    assert (draft.better, draft.worthwhile) == (-1, None)


def test_open_programs_count_with_the_slip_so_far(compared, rows):
    """Leaving them out would make the plan look better the more of it is unfinished."""
    found = compared(programs=rows("A", due="2026-08-20", on_time=15, open_ones=5))

    assert slips_due(found.after)["slip_days"].tolist() == [0.0] * 15 + [72.0] * 5
    assert "5 programs not delivered yet" in slip(found)[0].after.caveats[0]


def test_slip_is_capped_at_the_horizon_on_both_sides(compared, rows):
    """A program 72 days late counts as 30 late, like one not delivered by then."""
    before = rows("B", due="2026-02-20", on_time=20, open_ones=4)
    after = rows("A", due="2026-08-20", on_time=20, open_ones=4)
    draft = slip(compared(programs=before + after))[0]

    assert draft.after.value == pytest.approx(4 * 30 / 24)
    assert draft.difference.value == pytest.approx(0)


def test_a_short_watch_lowers_the_horizon_and_says_so(compared, rows):
    """Read five days after the planned ends: five days for both sides."""
    before, after = (
        rows("B", due="2026-02-20", on_time=20, open_ones=4),
        rows("A", due="2026-08-20", on_time=20, open_ones=4),
    )
    draft = slip(compared(as_of=dt.date(2026, 8, 25), programs=before + after))[0]

    assert draft.before.value == pytest.approx(4 * 5 / 24)
    assert draft.difference.caveats[0].startswith("Capped at 5 days and not at 30")


def cancelled_on(day, programs):
    """The programs, those cancelled on this day; None for an unknown one."""
    return [{**row, "cancelled_at": day} if row["status"] == "cancelled" else row for row in programs]


def test_cancelling_late_work_is_no_improvement(compared, rows):
    """Half late by twenty days on both sides; after, half of these cancelled the day before: a mean of 10 both times."""
    before = rows("B", due="2026-02-20", on_time=12, late=12)
    after = cancelled_on("2026-09-08", rows("A", due="2026-08-20", on_time=12, late=6, cancelled=6))
    draft = slip(compared(programs=before + after))[0]

    assert (draft.after.n, draft.after.value, draft.difference.value) == (24, pytest.approx(10), pytest.approx(0))
    assert draft.after.caveats == ("6 programs cancelled, counted with the slip up to that day.",)
    assert draft.difference.caveats == (
        "Cancelled: 0 of 24 commitments due before, 6 of 24 after; counted up to that day, as if they would then have gone "
        "on like the others still open.",
    )


def test_a_program_cancelled_before_its_due_day_was_not_early(compared, rows):
    """Half ten days early; of the rest half cancelled at −5, half twenty days late: Kaplan–Meier mean (−10 + 20) / 2."""
    early = [{**row, "actual_end": "2026-08-10"} for row in rows("E", due="2026-08-20", on_time=12)]
    rest = cancelled_on("2026-08-15", rows("A", due="2026-08-20", late=6, cancelled=6))

    assert slip(compared(programs=early + rest))[0].after.value == pytest.approx(5)


def test_merged_programs_have_no_slip(compared, rows):
    """They go on under another id, and are counted out by number."""
    merged = [{**row, "status": "merged"} for row in rows("M", due="2026-08-20", open_ones=3)]
    before, after = rows("B", due="2026-02-20", on_time=24), rows("A", due="2026-08-20", on_time=24) + merged
    draft = slip(compared(programs=before + after))[0]

    assert draft.after.n == 24
    assert draft.after.caveats == ("3 programs left out (merged, or ended on an unknown day).",)
    assert draft.difference.caveats == ("After: 3 of 27 commitments due left out (merged, or ended on an unknown day).",)


@pytest.mark.parametrize(("unknown", "status"), [(5, "ok"), (6, "thin")])
def test_losing_the_days_of_late_work_is_no_improvement(compared, rows, unknown, status):
    """A fifth of the deliveries without a day are left out, more leave the slip unsaid."""
    before = rows("B", due="2026-02-20", on_time=19, late=6)
    after = rows("A", due="2026-08-20", on_time=25 - unknown, late=unknown)
    lost = [{**row, "actual_end": None} if row["actual_end"] != "2026-08-20" else row for row in after]
    draft = slip(compared(programs=before + lost))[0]
    said = {"ok": "5 programs left out (merged, or ended on an unknown day).",
            "thin": "6 delivered programs of 25 without a date: how long they took cannot be said."}  # fmt: skip

    assert (draft.before.status, draft.after.status, draft.difference.status) == ("ok", status, status)
    assert draft.after.caveats == (said[status],)


def test_cancellations_on_an_unknown_day_count_among_the_unknown(compared, rows):
    """Seven of 31 that ended: who was late when cancelled cannot be said."""
    after = cancelled_on(None, rows("A", due="2026-08-20", on_time=24, cancelled=7))

    assert slip(compared(programs=after))[0].after.caveats == (
        "7 delivered or cancelled programs of 31 without a date: how long they took cannot be said.",
    )


def test_deliveries_without_any_day_are_not_called_none_due(compared, rows):
    """Twenty-four were due; nothing is known of when they came."""
    after = [{**row, "actual_end": None} for row in rows("A", due="2026-08-20", on_time=24)]

    assert slip(compared(programs=after))[0].after.status == "thin"


def test_a_side_is_read_by_itself_where_the_other_has_too_little(compared, rows):
    """Nothing due before: the window's own mean slip stands, and no difference."""
    draft = slip(compared(programs=rows("A", due="2026-08-20", on_time=12, late=12)))[0]

    assert (draft.before.status, draft.after.value) == ("not_assessable", pytest.approx(10))
    assert draft.difference.status == "not_assessable"
