from __future__ import annotations

import pytest

from gapkit.measurement.explanations.unknown_outcomes import unknown_outcomes

BEFORE, AFTER = "2026-02-10", "2026-08-10"


def undated(rows, prefix, due, count):
    """Programs delivered on an unknown day."""
    return [{**row, "actual_end": None} for row in rows(prefix, due, count, 0)]


def test_recorded_outcomes_rule_it_out(compared, rows):
    """Every program has its day."""
    told = unknown_outcomes(*compared(programs=rows("B", BEFORE, 10, 20) + rows("A", AFTER, 27, 3)))

    assert (told.standing, told.result, told.guards) == ("ruled out", None, True)
    assert "0 % (0 of 30) before, 0 % (0 of 30) after" in told.sentence


def test_better_records_alone_may_explain_a_gain(compared, rows):
    """8 of 10 recorded ones were on time before, and 30 of 40 have no day; then everything is recorded, as good as ever."""
    made = rows("B", BEFORE, 8, 2) + undated(rows, "U", BEFORE, 30) + rows("A", AFTER, 32, 8)
    told = unknown_outcomes(*compared(programs=made))

    assert told.standing == "may explain it"
    assert told.result.value == pytest.approx(0.0)
    assert "75 % (30 of 40) before" in told.sentence


def test_so_many_unknown_that_they_could_be_all(compared, rows):
    """Among recorded ones 4 of 20 to 36 of 40; were the other 20 all on time, little would be left."""
    made = rows("B", BEFORE, 4, 16) + undated(rows, "U", BEFORE, 20) + rows("A", AFTER, 28, 12)
    told = unknown_outcomes(*compared(programs=made))

    assert told.result.low > 0
    assert told.standing == "may explain it"
    assert told.sentence.endswith("So many are unknown that the change could be none were they all known.")


def test_some_unknown_leave_a_gain_that_holds_without_them(compared, rows):
    """Three of thirty: the change among the others is as clear."""
    made = rows("B", BEFORE, 8, 19) + undated(rows, "U", BEFORE, 3) + rows("A", AFTER, 27, 3)
    told = unknown_outcomes(*compared(programs=made))

    assert told.standing == "does not explain it"
    assert told.result.low > 0


def test_worse_records_may_explain_a_loss(compared, rows):
    """All recorded before; after, 20 of 30 have no day."""
    made = rows("B", BEFORE, 24, 6) + rows("A", AFTER, 8, 2) + undated(rows, "U", AFTER, 20)

    assert unknown_outcomes(*compared(programs=made)).standing == "may explain it"


def test_a_side_without_any_record_explains_it(compared, rows):
    """Nothing to compare with."""
    told = unknown_outcomes(*compared(programs=undated(rows, "U", BEFORE, 30) + rows("A", AFTER, 27, 3)))

    assert (told.standing, told.result) == ("may explain it", None)


def test_another_measure_has_no_outcome_of_this_kind(compared, rows, found):
    """A pace counts what has a day."""
    comparison, _ = compared(programs=rows("B", BEFORE, 10, 20) + rows("A", AFTER, 25, 5))

    assert unknown_outcomes(comparison, found("velocity_per_week", (10, 30), (25, 30))).standing == "cannot be told"
