from __future__ import annotations

from gapkit.measurement.explanations.follow_up import follow_up


def test_the_same_horizon_rules_it_out_and_shows_what_would_have_been(compared, rows):
    """All of the late ones were delivered by now; at the promised day a third and half were."""
    made = rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 15, 15)
    told = follow_up(*compared(programs=made))

    assert told.standing == "ruled out"
    assert told.result.value == 0
    assert "judged on the on-time rate at the frozen planned end" in told.sentence
    assert "(before 30 days, after 31 past the window)" in told.sentence
    assert "100 % before and 100 % after" in told.sentence


def test_velocity_counts_each_delivery_on_its_day(compared, rows, found):
    """A delivery after the window counts on neither side."""
    comparison, _ = compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 15, 15))

    assert follow_up(comparison, found("velocity_per_week", (1, 2), (1, 2))).standing == "ruled out"
