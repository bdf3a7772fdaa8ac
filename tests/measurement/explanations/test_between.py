from __future__ import annotations

from gapkit.measurement.explanations.between import between


def sides(compared, rows, met, missed):
    """A third on time in the baseline, nine in ten in the window, and so many in the quarter between."""
    programs = rows("B", "2026-02-10", 10, 20) + rows("M", "2026-05-10", met, missed) + rows("A", "2026-08-10", 27, 3)
    return compared(programs=programs)


def test_a_quarter_that_stood_there_already_may_explain_it(compared, rows):
    """The quarter before the window ended as the window did: the change was there before it began."""
    told = between(*sides(compared, rows, 26, 4))

    assert told.standing == "may explain it"
    assert told.sentence.startswith("2026Q2, between the baseline and the window: 87 % (26 of 30)")
    assert not told.guards


def test_a_quarter_like_the_baseline_does_not(compared, rows):
    """The quarter before the window ended as the baseline did: the change came with the window."""
    assert between(*sides(compared, rows, 10, 20)).standing == "does not explain it"


def test_without_enough_between_nothing_can_be_told(compared, rows):
    """Too few commitments there, or none."""
    assert [between(*sides(compared, rows, met, 1)).standing for met in (0, 3)] == ["cannot be told"] * 2
