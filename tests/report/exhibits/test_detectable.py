from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.detectable import detectable


@pytest.fixture(scope="module")
def d(diagnosed):
    return diagnosed("northwind")


def test_the_client_is_told_what_each_measure_can_show(d):
    """The measure the engagement is judged by leads; every figure of the sentence is in the table."""
    block = detectable(d)

    assert block.title.startswith("Execution rate: with about 46 programs afterwards, only +25 pp or beyond")
    assert [
        "Execution rate",
        "On-time rate",
        "On time and to spec (OTIF)",
        "Velocity",
        "Mean time-to-market within the horizon",
    ] == [row[0] for row in block.table.rows]
    assert [] == disagreements([block.to_dict()])


def test_the_change_agreed_stands_beside_what_would_show(d):
    """In the same unit: points for rates, times the pace for velocity (15 % more) and time-to-market (15 % less time)."""
    agreed = {row[0]: row[-1] for row in detectable(d).table.rows}

    assert "+10 pp" == agreed["Execution rate"]
    assert "1.15 times the pace" == agreed["Velocity"]
    assert "1.18 times the pace" == agreed["Mean time-to-market within the horizon"]


def test_where_nothing_could_be_shown_the_table_says_so(d):
    """No number, and not zero."""
    none = {"execution_rate": {"counts": "programs", "n_before": 20, "n_after": 10, "change": None}}
    block = detectable(replace(d, frozen={**d.frozen, "detectable": none}))

    assert block.title.endswith("no change could be shown")
    assert [] == disagreements([block.to_dict()])


def test_without_a_baseline_nothing_can_be_said(d):
    """One line instead of an empty table."""
    assert isinstance(detectable(replace(d, frozen={**d.frozen, "detectable": {}})), Callout)


def test_a_window_without_a_whole_quarter_is_named(d):
    """The execution rate is read over whole quarters: as agreed, nothing would be measured."""
    later = replace(d.eng.config, measure_start=dt.date(2026, 7, 13))
    told = detectable(replace(d, eng=replace(d.eng, config=later)))

    assert told.reading.endswith("as agreed, nothing of it will be measured.")
    assert "whole quarter" not in detectable(d).reading
    assert [] == disagreements([told.to_dict()])
