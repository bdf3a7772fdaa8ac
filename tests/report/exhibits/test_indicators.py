from __future__ import annotations

import pytest

from gapkit.diagnosis.indicators.anchors import ANCHORS
from gapkit.report.exhibits.indicators import indicator_rows, indicators


@pytest.mark.parametrize("name", ["northwind", "nyc-capital"])
def test_every_indicator_of_the_method_stands_there_once(diagnosed, name):
    """Counted or not; those of unclear ownership are not repeated for its fracture."""
    rows = indicator_rows(diagnosed(name))
    ids = [row.indicator.id for row in rows]

    assert {*ANCHORS, "B2"} == set(ids)
    assert len(ids) == len(set(ids))
    assert "unclear ownership and ownership" == next(row.names for row in rows if row.indicator.id == "O1")


def test_a_row_holds_value_interval_anchors_and_score(diagnosed):
    """What is known of it, and where from."""
    table = indicators(diagnosed("northwind"))
    rows = {row[0]: row for row in table.rows}

    assert (
        "O1", "… of committed programs had no single named owner at planned start", "58.8 % (49.5 to 68.7 %)", "102",
        "5 to 40 %", "100", "Programs and status events.",
    ) == rows["O1"]  # fmt: skip
    assert ("too little data", "3", "10 to 50 %", "–", "Programs. Only 3 owners; 10 are needed.") == rows["O3"][2:]
    assert "31 of 33 indicators of killers and fractures could be counted" == table.title


def test_what_is_not_measured_says_what_would_switch_it_on(diagnosed):
    """Not measured is neither zero nor too little; where nothing was counted the register is left out."""
    silent = diagnosed("nyc-capital")
    rows = indicator_rows(silent)

    assert {"not measured"} == {row.answer for row in rows}
    assert all("would switch this on" in " ".join(row.indicator.caveats) for row in rows)
    assert indicators(silent) is None
