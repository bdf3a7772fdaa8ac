from __future__ import annotations

from dataclasses import replace

from gapkit.redesign.what_if.forum import decision_latency


def test_a_weekly_date_shortens_slow_decisions(northwind, northwind_baseline):
    """The fuller it is kept to the shorter; nothing kept changes nothing."""
    none, some, full = (
        decision_latency(northwind, northwind_baseline, a)["decision_latency_days"] for a in (0.0, 0.5, 1.0)
    )

    assert (0.0, 0.0, 0.0) == (none.value, none.low, none.high)
    assert full.value < some.value < 0
    assert full.low <= full.value <= full.high


def test_no_log_of_decisions_no_figure(northwind, northwind_baseline):
    """Without the table nothing is said of decisions."""
    eng = replace(northwind, tables={**northwind.tables, "decisions": northwind.decisions.head(5)})

    assert {} == decision_latency(eng, northwind_baseline, 0.7)
