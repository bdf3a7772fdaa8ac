from __future__ import annotations

import pytest

from gapkit.measurement.explanations.regression_to_mean import regression_to_mean

EARLIER = ("2024-11-10", "2025-02-10", "2025-05-10", "2025-08-10")


def history(rows, quarters, met=27, missed=13):
    """Forty programs in each of some quarters."""
    return [row for number, due in enumerate(quarters) for row in rows(f"E{number}", due, met, missed)]


def test_a_bad_quarter_after_good_ones_may_explain_a_gain(compared, rows):
    """Four quarters at 67.5 %, the baseline at 40 %, then 67.5 % again: that is where it was."""
    made = history(rows, EARLIER) + rows("B", "2026-02-10", 16, 24) + rows("A", "2026-08-10", 27, 13)
    told = regression_to_mean(*compared(programs=made))

    assert (told.standing, told.guards) == ("may explain it", True)
    assert told.result.value == pytest.approx(0.0, abs=1e-9)
    assert "The 4 quarters before the baseline stood at 68 % and differ no more than chance explains." in told.sentence
    assert "the baseline is 68 % in place of 40 %" in told.sentence


def test_a_gain_beyond_all_earlier_quarters_stands(compared, rows):
    """Four quarters and the baseline at 40 %, then 90 %."""
    made = history(rows, EARLIER, 16, 24) + rows("B", "2026-02-10", 16, 24) + rows("A", "2026-08-10", 36, 4)
    told = regression_to_mean(*compared(programs=made))

    assert told.standing == "does not explain it"
    assert told.result.low > 0.2


def test_too_little_history_leaves_the_standing_caveat(compared, rows):
    """Two earlier quarters: the sizes of the illusion, how many are needed, and that the baseline was the worst seen."""
    made = history(rows, EARLIER[2:]) + rows("B", "2026-02-10", 16, 24) + rows("A", "2026-08-10", 27, 13)
    told = regression_to_mean(*compared(programs=made))

    assert (told.standing, told.result, told.guards) == ("cannot be told", None, False)
    assert "11 pp more" in told.sentence and "18 %" in told.sentence and "10 %" in told.sentence
    assert "on record: 2 quarters." in told.sentence
    assert told.sentence.endswith("The baseline was the worst seen: 40 %, before it 2025Q2 68 % and 2025Q3 68 %.")


def test_quarters_too_small_for_a_rate_do_not_count(compared, rows):
    """Three full quarters and one of five programs are three."""
    made = history(rows, EARLIER[1:]) + rows("S", EARLIER[0], 1, 4)
    made += rows("B", "2026-02-10", 16, 24) + rows("A", "2026-08-10", 27, 13)

    assert "on record: 3 quarters." in regression_to_mean(*compared(programs=made)).sentence


def test_quarters_that_vary_take_a_gain(compared, rows):
    """Earlier quarters between 30 and 78 %, the baseline at 40 %: 70 % is one of them, nothing is told."""
    made = []
    for number, met in enumerate((12, 30, 14, 31)):
        made += rows(f"E{number}", EARLIER[number], met, 40 - met)
    made += rows("B", "2026-02-10", 16, 24) + rows("A", "2026-08-10", 28, 12)
    told = regression_to_mean(*compared(programs=made))

    assert told.result.low < 0 < told.result.value
    assert told.standing == "may explain it"


def test_what_holds_one_way_is_said_so(compared, rows):
    """A gain whose 95 % interval against the drawn baseline just holds zero, and whose one-sided limit does not."""
    made = history(rows, EARLIER, 21, 19) + rows("B", "2026-02-10", 16, 24) + rows("A", "2026-08-10", 27, 13)
    told = regression_to_mean(*compared(programs=made))

    assert told.result.low < 0
    assert told.standing == "does not explain it"
    assert told.sentence.endswith("Asked one way only, at 5 %, a gain is left.")
