from __future__ import annotations

import pytest

from gapkit.measurement.explanations.fewer_promises import fewer_promises


def test_clearly_fewer_promises_may_explain_a_gain(compared, rows):
    """120 commitments in two quarters, then 20 in one: a third a week."""
    made = rows("B", "2026-02-10", 40, 80) + rows("A", "2026-08-10", 19, 1)
    told = fewer_promises(*compared(programs=made))

    assert told.standing == "may explain it"
    assert told.result.value == pytest.approx(1 / 3, abs=0.02)
    assert told.result.high < 1
    assert "(ratio 0.3" in told.sentence


def test_as_many_promises_do_not_explain_it(compared, rows):
    """60 in two quarters, 30 in one."""
    told = fewer_promises(*compared(programs=rows("B", "2026-02-10", 20, 40) + rows("A", "2026-08-10", 29, 1)))

    assert told.standing == "does not explain it"


def test_somewhat_fewer_cannot_be_told(compared, rows):
    """60 in two quarters and 22 in one are within chance."""
    told = fewer_promises(*compared(programs=rows("B", "2026-02-10", 20, 40) + rows("A", "2026-08-10", 21, 1)))

    assert told.standing == "cannot be told"


def test_fewer_promises_do_not_explain_a_loss(compared, rows):
    """They make promises easier to keep."""
    made = rows("B", "2026-02-10", 110, 10) + rows("A", "2026-08-10", 5, 15)

    assert fewer_promises(*compared(programs=made)).standing == "does not explain it"


def test_duration_size_unplanned_and_withdrawn_are_told(compared, rows):
    """Planned 40 days and 2 points before, 10 days and 1 point after; unplanned work on one side; one withdrawn in time."""
    made = rows("B", "2026-02-10", 10, 10, size_points=2)
    made += rows("A", "2026-08-10", 10, 10, size_points=1, baseline_start="2026-07-31")
    made += [{"program_id": f"U{k}", "origin": "unplanned", "status": "in_progress", "actual_start": "2026-08-01"}
             for k in range(5)]  # fmt: skip
    made += [{"program_id": "C1", "status": "cancelled", "committed_at": "2026-06-01", "baseline_end": "2026-08-10",
              "cancelled_at": "2026-07-02"}]  # fmt: skip
    sentence = fewer_promises(*compared(programs=made)).sentence

    assert "median planned duration 40 and 10 days" in sentence
    assert "median size 2 and 1 points" in sentence
    assert "unplanned work 0 % and 20 % of all" in sentence
    assert sentence.endswith("withdrawn before the freeze 0 and 1.")
