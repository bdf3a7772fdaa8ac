from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gapkit.measurement.comparison import compare_windows
from gapkit.measurement.explanations.yardstick import yardstick

WINDOW = dt.date(2026, 7, 1), dt.date(2026, 9, 30)


def made(rows):
    """The baseline at a third, the window at nine in ten."""
    return rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3)


def test_the_same_counts_rule_it_out(compared, rows):
    """Computed anew they come out as frozen."""
    told = yardstick(*compared(programs=made(rows)))

    assert (told.standing, told.result) == ("ruled out", None)
    assert "(10 of 30)" in told.sentence


def test_other_counts_are_named_with_both(compared, rows):
    """Frozen 12 of 34, today's data says 10 of 30: the gain stands against either."""
    told = yardstick(*compared(programs=made(rows), frozen_counts=(12, 34)))

    assert told.standing == "does not explain it"
    assert told.sentence.startswith("Frozen 12 of 34; computed anew from today's data as known at the freeze 10 of 30.")


def test_counts_that_take_the_gain_away_may_explain_it(compared, rows):
    """Frozen 3 of 30 where today's data says 10 of 30 and the window 15 of 30."""
    programs = rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 15, 15)
    told = yardstick(*compared(programs=programs, frozen_counts=(3, 30)))

    assert told.standing == "may explain it"


def test_a_yardstick_frozen_anew_is_named(compared, rows):
    """Even where the counts agree."""
    told = yardstick(*compared(programs=made(rows), replaces="2026-04-20"))

    assert told.standing == "cannot be told"
    assert told.caveats == ("The baseline was frozen anew on 30 April 2026, in place of the one of 20 April 2026.",)


def test_frozen_after_the_window_it_rules_nothing_out(compared, rows):
    """The same counts under the same rules, put on file when the result was in sight."""
    comparison, primary = compared(programs=made(rows))
    frozen = replace(comparison.frozen, frozen_on=dt.date(2026, 10, 20))
    told = yardstick(compare_windows(comparison.after.eng, frozen, WINDOW), primary)

    assert told.standing == "cannot be told"
    assert told.sentence.startswith("The baseline was frozen on 20 October 2026, when the measure window was over")


def test_watching_is_no_change_of_rules(compared, rows):
    """Before the window is over the comparison says so, which is not a caveat of the yardstick."""
    told = yardstick(*compared(programs=made(rows), as_of=dt.date(2026, 9, 15)))

    assert (told.standing, told.caveats) == ("ruled out", ())
