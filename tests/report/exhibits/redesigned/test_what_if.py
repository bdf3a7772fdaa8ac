from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from gapkit.redesign.what_if.backtest import Backtest, Foretold
from gapkit.redesign.what_if.levers import Pull
from gapkit.redesign.what_if.prediction import Prediction, refuse
from gapkit.redesign.what_if.what_if import WhatIf
from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import what_if as mine
from gapkit.results import Result

MEDIAN = "time_to_market_median_days"


def change(value, low, high, unit="pp"):
    return Result(
        "x_change", value, low, high, level=0.9, n=73, unit=unit, period="2026Q1", method="resampled, 90 % interval"
    )


def prediction(name, *, promise=True, engine="resampling", rate=(0.06, 0.01, 0.12)):
    changes = {"execution_rate": change(*rate), MEDIAN: change(-5.0, -9.0, -1.0, "days")}
    return Prediction((Pull("weekly_forum"),), name, engine, "", changes, promise, ())


def checked(verdict):
    inside = verdict == "held"
    figures = {} if verdict == "not possible" else {MEDIAN: Foretold(87.0 if inside else 140.0, 75.0, 101.0)}
    return Backtest(verdict, "2025Q4", "2026Q1", 29, 32, figures, "The check, in words.")


@pytest.fixture
def made(engage):
    """What two levers would change, by verdict of the backtest; the second cannot be told from none, a third refuses."""

    def build(verdict="held"):
        promise = verdict == "held"
        two = (prediction("Weekly forum", promise=promise),
               prediction("Sign-offs at once", promise=promise, rate=(0.01, -0.02, 0.04)))  # fmt: skip
        out = refuse((Pull("capacity", 1.25),), "More capacity", "Nobody waits in a queue.")
        together = replace(prediction("All of these together", promise=promise, rate=(0.07, 0.02, 0.13)),
                           pulls=(Pull("weekly_forum"), Pull("parallel_approvals")))  # fmt: skip
        return SimpleNamespace(eng=engage(), what_if=WhatIf(checked(verdict), None, (*two, out), together))

    return build


def test_the_check_comes_with_what_was_foretold(made):
    """87 days against 75 to 101."""
    block = mine.backtest(made())

    assert (
        "The check held: 2026Q1 against what was known of 2025Q4, median time-to-market 87 days, 75 to 101 foretold"
        == block.title
    )
    assert [] == disagreements([block.to_dict()])


def test_all_levers_together_make_the_title(made):
    """Two levers, their change and its interval; one of them alone can be told from none."""
    block = mine.what_if(made())

    assert "2 levers together would change the execution rate by +7 pp (90 % interval +2 to +13 pp)" == block.title
    assert "for 1 of 2 levers" in block.reading
    assert ("Weekly forum", "70 %", "+6 pp (+1 to +12)", "–", "−5 (−9 to −1)", "–") == block.table.rows[0]
    assert [] == disagreements([block.to_dict()])


def test_a_lever_alone_is_named(made):
    """Without a joint prediction the strongest lever makes the title."""
    r = made()
    alone = SimpleNamespace(eng=r.eng, what_if=replace(r.what_if, together=None))
    block = mine.what_if(alone)

    assert "Weekly forum would change the execution rate by +6 pp (90 % interval +1 to +12 pp)" == block.title
    assert [] == disagreements([block.to_dict()])


@pytest.mark.parametrize(("verdict", "why"), [
    ("failed", "the check of the engine failed"), ("not possible", "the engine cannot be checked"),
])  # fmt: skip
def test_nothing_is_promised_without_a_check_that_held(made, verdict, why):
    """No figure in the title; the figures show a direction at most."""
    block = mine.what_if(made(verdict))

    assert f"No change is promised: {why}" == block.title
    assert block.reading.startswith("These figures show a direction at most.")
    assert [] == disagreements([block.to_dict()])


def test_a_check_that_failed_says_so(made):
    """140 days lie outside; what cannot be checked is a line."""
    block = mine.backtest(made("failed"))

    assert block.title.startswith("The check failed: 2026Q1")
    assert mine.FAILED == block.reading
    assert isinstance(mine.backtest(made("not possible")), Callout)


def test_a_lever_that_refuses_stands_with_its_reason(made):
    """It has no row among the figures."""
    r = made()

    assert (("More capacity", "Nobody waits in a queue."),) == mine.refused(r).rows
    assert not [row for row in mine.what_if(r).table.rows if row[0] == "More capacity"]


def test_an_association_is_kept_apart(made):
    """It has no row and no bar, and is said to promise nothing."""
    r = made()
    owner = Prediction((Pull("named_owner"),), "One named owner", "association", "",
                       {"otif_rate": change(0.11, 0.05, 0.18)}, is_promise=False, caveats=())  # fmt: skip
    block = mine.what_if(SimpleNamespace(eng=r.eng, what_if=replace(r.what_if, levers=(*r.what_if.levers, owner))))

    assert (
        "One named owner is an association, no promise: on time and to spec (OTIF) +11 pp (+5 to +18 pp)." in block.reading
    )
    assert "One named owner" not in block.alt
    assert [] == disagreements([block.to_dict()])


def test_where_every_lever_refuses_one_line_gives_the_reason(made):
    """The check is not shown for nothing."""
    r = made("not possible")
    out = tuple(refuse(one.pulls, one.name, "No stage history.") for one in r.what_if.levers)
    r = SimpleNamespace(eng=r.eng, what_if=replace(r.what_if, levers=out, together=None))

    assert "What levers would change is not known. No stage history." == mine.what_if(r).text
    assert (None, None) == (mine.backtest(r), mine.refused(r))
