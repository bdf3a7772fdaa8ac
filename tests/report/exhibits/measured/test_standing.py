from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest

import gapkit as gk
from gapkit.baseline.frozen import from_record
from gapkit.measurement.comparison import compare_windows
from gapkit.measurement.standing import Standing, standing
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured import standing as show


@pytest.fixture(scope="module")
def edition(diagnosed):
    """An edition of the example engagement on any day, each made once."""
    record = diagnosed("northwind").frozen

    @cache
    def build(as_of):
        eng = gk.load("northwind", phase="measure", as_of=as_of)
        comparison = compare_windows(eng, from_record(record), (eng.config.measure_start, eng.config.measure_end))
        return SimpleNamespace(
            eng=eng,
            frozen=comparison.frozen,
            standing=standing(comparison),
            comparison=comparison,
            window=(comparison.after.start, eng.as_of),
        )

    return build


@pytest.mark.parametrize("as_of", ["2026-07-20", "2026-10-15"])
def test_every_month_has_its_charts_and_their_words_agree_with_them(edition, as_of):
    """In the middle of the measure window and after it."""
    m = edition(as_of)
    blocks = [show.standing(m), show.throughput(m), show.quarters(m)]

    assert ["commitments_on_time_rate", "throughput", "quarters"] == [block.name for block in blocks]
    assert [] == disagreements([block.to_dict() for block in blocks])
    assert all("Source: data/" in block.foot for block in blocks)
    assert all(block.svg and block.alt for block in blocks[:2])


def test_the_quarters_of_the_baseline_are_marked(edition):
    """Which quarters are the yardstick and which came since."""
    table = show.quarters(edition("2026-10-15")).table
    marked = {row[0]: row[-1] for row in table.rows}

    assert {"2025Q4": "baseline", "2026Q1": "baseline", "2026Q2": "since", "2026Q3": "since"}.items() <= marked.items()


def test_without_charts_and_quarters_a_remark_stands_there(edition):
    """Nothing recorded deliveries at the freeze, and no quarter is over."""
    m = SimpleNamespace(**{**vars(edition("2026-10-15")), "standing": Standing((), {}, ())})

    assert [Callout] * 3 == [type(block) for block in (show.standing(m), show.throughput(m), show.quarters(m))]
    assert isinstance(show.standing(edition("2026-10-15")), Exhibit)
    assert dt.date(2026, 10, 15) == m.eng.as_of


def test_a_baseline_that_was_not_frozen_is_not_called_frozen(edition):
    """What it is read as of is said in its place."""
    m = edition("2026-10-15")
    told = SimpleNamespace(**{**vars(m), "comparison": replace(m.comparison, is_frozen=False)})
    block = show.quarters(told)

    assert "the frozen baseline (2025Q4 and 2026Q1) keeps the figures of its own day" in show.quarters(m).reading
    assert block.reading.endswith("the baseline (2025Q4 and 2026Q1) was not frozen and is judged as known on 5 May 2026.")
    assert [] == disagreements([block.to_dict()])
