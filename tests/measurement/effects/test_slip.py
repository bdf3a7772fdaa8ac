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


def test_cancelled_programs_have_no_slip(compared, rows):
    """They are counted out, by number."""
    before, after = rows("B", due="2026-02-20", on_time=24), rows("A", due="2026-08-20", on_time=24, cancelled=3)
    draft = slip(compared(programs=before + after))[0]

    assert draft.after.n == 24
    assert "3 programs without a slip left out (cancelled, merged or undated)." in draft.after.caveats
    assert draft.difference.caveats == (
        "After: 3 of 27 commitments due without a slip left out (cancelled, merged or undated).",
    )


def test_a_side_is_read_by_itself_where_the_other_has_too_little(compared, rows):
    """Nothing due before: the window's own mean slip stands, and no difference."""
    draft = slip(compared(programs=rows("A", due="2026-08-20", on_time=12, late=12)))[0]

    assert (draft.before.status, draft.after.value) == ("not_assessable", pytest.approx(10))
    assert draft.difference.status == "not_assessable"
