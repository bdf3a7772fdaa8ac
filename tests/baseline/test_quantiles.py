from __future__ import annotations

import pytest

from gapkit.baseline.quantiles import least_for, quantile_days, thin_time
from gapkit.config import Settings
from gapkit.stats.kaplan_meier import kaplan_meier

SETTINGS = Settings()


def read(times, events, share=0.5, shift=0.0):
    curve = kaplan_meier(times, events, start_at_risk=1)
    return quantile_days("d", curve, share, SETTINGS, period="", method="", shift=shift)


def test_the_strict_rule_of_the_median():
    """Times 1, 2, 3, 4 have the median 3 (R averages); a shifted curve gives it back in its own days."""
    assert 3.0 == read([1, 2, 3, 4], [1, 1, 1, 1]).value
    assert -7.0 == read([1, 2, 3, 4], [1, 1, 1, 1], shift=10.0).value


def test_what_is_not_reached_says_at_least_how_much():
    """Most programs are still open: no value, no upper limit, and the days already passed as the lower one."""
    found = read([5] * 5 + [40] * 20, [1] * 5 + [0] * 20)

    assert (None, 40.0, None) == (found.value, found.low, found.high)
    assert "more than 40 days" in found.caveats[0]


def test_a_late_quantile_is_not_read_off_a_handful():
    """The 85th percentile of ten programs stands on two at risk: not reached, while their median is given."""
    times = list(range(1, 11))

    assert read(times, [1] * 10, share=0.85).value is None
    assert 6.0 == read(times, [1] * 10).value


@pytest.mark.parametrize(("n", "delivered", "is_thin"), [(20, 10, False), (19, 19, True), (40, 9, True)])
def test_a_median_needs_twenty_programs_and_ten_deliveries(n, delivered, is_thin):
    """Both counts must be there, and the caveat names both."""
    found = thin_time("d", n, delivered, least_for(0.5, SETTINGS), "")

    assert is_thin == (found is not None)
    assert found is None or ("thin", n) == (found.status, found.n)


def test_a_late_quantile_needs_more_than_the_median():
    """Forty programs and thirty deliveries against twenty and ten."""
    assert ((40, 30), (20, 10)) == (least_for(0.85, SETTINGS), least_for(0.5, SETTINGS))
