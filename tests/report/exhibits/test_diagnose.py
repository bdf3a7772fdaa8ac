from __future__ import annotations

import pytest

import gapkit as gk
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import appendix, diagnose, measure, redesign

EXHIBITS = ("execution", "gap_map", "trend", "by_type", "plan_dates", "replanning", "slip", "time_to_market", "stage_time",
            "in_progress", "velocity")  # fmt: skip


@pytest.fixture(scope="module")
def d(diagnosed):
    return diagnosed("northwind")


@pytest.mark.parametrize("name", EXHIBITS)
def test_every_number_of_an_exhibit_is_in_its_data(d, name):
    """Titles and readings use no number that the results behind them do not hold."""
    block = getattr(diagnose, name)(d)

    assert isinstance(block, Exhibit)
    assert [] == disagreements([block.to_dict()])
    assert block.alt
    assert "Source: data/" in block.foot


@pytest.mark.parametrize("name", EXHIBITS)
def test_what_is_not_measured_is_one_line_and_no_empty_page(diagnosed, name):
    """With programs alone each exhibit is either there or a callout that says what is missing."""
    block = getattr(diagnose, name)(diagnosed("bare"))

    assert block is None or isinstance(block, Exhibit | Callout)
    assert block is None or [] == disagreements([block.to_dict()])


def test_without_stage_history_one_line_says_so(diagnosed):
    """Three exhibits rest on it; one of them says what would switch it on."""
    d = diagnosed("bare")

    assert [None, None] == [diagnose.kinds_of_time(d), diagnose.stage_time(d)]
    assert "stage_visits" in diagnose.lost_days(d).text


def test_page_one_answers_first(d):
    """Verdict, three to six tiles with interval, and what is to be decided."""
    answer = diagnose.answer(d)

    assert "planned programs" in answer.verdict
    assert 3 <= len(answer.tiles) <= 6
    assert all(tile.interval or tile.value in {"Not measured", "Too little data"} for tile in answer.tiles)
    assert answer.asks
    assert [] == disagreements([answer.to_dict()])


def test_the_other_phases_agree_with_their_data_too(northwind_redesign, d):
    """Redesign and measurement pass the same check."""
    r, m = northwind_redesign, gk.measure(gk.load("northwind", phase="measure"), d)
    blocks = [redesign.answer(r), redesign.lost_plans(r), redesign.waits(r), redesign.ageing_summary(r),
              measure.answer(m), measure.effect(m), measure.changed(m), measure.standing(m)]  # fmt: skip

    assert [] == disagreements([block.to_dict() for block in blocks])


def test_what_was_not_given_is_gathered_with_its_reason(diagnosed):
    """One table names every figure without a number, once, and what would switch it on."""
    d = diagnosed("bare")

    table = appendix.unknowns(d)

    named = " ".join(row[0] for row in table.rows)
    assert "low efficiency" in named
    assert all(row[2] for row in table.rows)
    assert f"{sum(not result.is_ok for result in d.results.values())} figures not given here" == table.title


def test_no_person_is_named_anywhere(d, northwind):
    """Reports speak of programs, teams and types; no owner's id appears in the record or in a table."""
    people = set(northwind.people["person_id"])
    text = str(d.to_dict()) + str([diagnose.ageing(d)])

    assert people
    assert not [person for person in people if f"'{person}'" in text or f" {person} " in text]


def test_without_delivery_records_one_line_says_so_once(diagnosed):
    """The first exhibit names what is missing; the others that need it stay silent instead of repeating it."""
    d = diagnosed("nyc-capital")

    assert "not measured" in diagnose.execution(d).text
    assert [None, None, None] == [diagnose.gap_map(d), diagnose.trend(d), diagnose.by_type(d)]
    assert isinstance(diagnose.replanning(d), Exhibit)
