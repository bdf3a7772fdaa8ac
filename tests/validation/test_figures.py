from __future__ import annotations

import pytest
from accuracy.figures import Bar, mean, share, table

LEAST, MOST = Bar(0.95, "at least"), Bar(0.10, "at most")


def test_a_share_comes_with_its_wilson_interval_of_two_standard_errors():
    """18 of 20: Wilson's limits with z = 2, by hand (0.9 + 0.1 ± 2·√(0.0045 + 0.0025)) / 1.2."""
    (figure,) = share("killers", "found", "mid", [[True]] * 18 + [[False]] * 2)

    assert (20, 20, 0.9) == (figure.organisations, figure.n, figure.value)
    assert (0.69389, 0.97278) == pytest.approx((figure.low, figure.high), abs=1e-5)
    assert None is figure.is_met


def test_a_bar_moves_by_two_standard_errors_of_its_own():
    """Of 20, a bar of .95 is .8525 and a bar of .10 is .2342: 2·√(.95·.05/20) = .0975, 2·√(.1·.9/20) = .1342."""
    found, false = (
        share("killers", "found", "mid", [[True]] * 17 + [[False]] * 3, LEAST),
        share("killers", "false", "mid", [[True]] * 4 + [[False]] * 16, MOST),
    )

    assert (0.0975, False) == (pytest.approx(found[0].error, abs=1e-4), found[0].is_met)
    assert (0.1342, True) == (pytest.approx(false[0].error, abs=1e-4), false[0].is_met)


def test_judgements_on_one_organisation_that_agree_count_as_one():
    """Four equal judgements on each of ten organisations say as much as ten judgements."""
    (alike,) = share("killers", "found", "mid", [[True] * 4] * 9 + [[False] * 4])
    (single,) = share("killers", "found", "mid", [[True]] * 9 + [[False]])

    assert 40 == alike.n
    assert (single.low, single.high) == pytest.approx((alike.low, alike.high))


def test_nothing_judged_is_no_figure():
    """No judgement at all, or a mean of one value, makes no line."""
    assert [] == share("killers", "found", "mid", [[], []])
    assert [] == mean("rates", "error", "mid", [0.1])


def test_a_mean_may_lie_on_either_side_of_its_bar():
    """A bias of −.08 with almost no spread is not within .05 of zero, one of −.03 is."""
    bar = Bar(0.05, "within")
    (far,), (near,) = (mean("rates", "error", "mid", [at, at + 0.001], bar) for at in (-0.08, -0.03))

    assert (False, True) == (far.is_met, near.is_met)


def test_the_table_says_what_is_not_met():
    """One line per figure: what, cell, judgements in organisations, figure, interval, bar as it moved, met or not."""
    figures = share("killers", "found", "mid", [[True, False]] * 10, LEAST)

    assert "| found | mid | 20 in 10 | 0.500 | 0.296 to 0.704 | ≥ 0.95 (0.853) | **no** |" == table(figures)[-1]
