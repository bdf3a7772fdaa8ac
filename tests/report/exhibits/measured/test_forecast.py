from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.measurement.forecast import Backtest, Forecast, Point, Throughput
from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured import forecast as mine
from gapkit.results import Result, not_assessable

POINTS = tuple(
    Point(dt.date(2026, month, 28), dt.date(2026, month + 3, 28), 20, 9, 6, 12, came)
    for month, came in ((1, 8), (2, 11), (3, 13), (4, 9))
)
MONTHS = pd.DataFrame({
    "month_on": [pd.NaT, pd.Timestamp("2026-11-01")], "n": [1, 30], "on_time": [0.0, 12.4], "low": [0, 8], "high": [0, 17],
    "cancelled": [0.0, 5.0], "late": [1.0, 12.6], "unknown": 0,
})  # fmt: skip


def counted(name, value, low, high, n, unit="count", period="due by 31 December 2026"):
    return Result(name, value, low, high, level=0.8, n=n, unit=unit, period=period)


def register(n=31):
    """Open commitments: the first overdue, the second certain enough, the third not, the others in between."""
    row = {
        "program_id": "P1", "name": "Spring 7", "due_on": pd.Timestamp("2026-11-20"), "state": "started", "p_on_time": 0.4,
        "p_cancelled": 0.2, "p50_on": pd.Timestamp("2026-11-25"), "p85_on": pd.NaT,
        "seen_until_on": pd.Timestamp("2027-02-01"), "has_p85": True, "remark": "",
    }  # fmt: skip
    first = [
        {"p_on_time": 0.0, "p_cancelled": None, "remark": "overdue"},
        {"p_on_time": 0.95},
        {"p_on_time": 0.05, "name": None},
    ]
    return pd.DataFrame([{**row, **change} for change in (*first, *[{}] * (n - 3))])


@pytest.fixture
def made(engage):
    """A forecast of 31 open commitments, one overdue, by verdict of its backtest."""

    def build(verdict="held", **changes):
        points = POINTS if verdict != "too little to test" else ()
        backtest = Backtest(verdict, points, 4, 80, 0.25, 0.21, 0.24, tells_apart=True)
        pace = Throughput({
            "deliveries_4_weeks": counted("deliveries_4_weeks", 9.0, 5.0, 14.0, 26),
            "queue_days": counted("queue_days", 98.0, 77.0, None, 26, unit="days"),
        }, (2, 3))  # fmt: skip
        sentence = (
            "Of 31 open commitments, 12 will probably be on time (80 % interval 8 to 17); 1 of them is overdue already."
        )
        part = Forecast(
            dt.date(2026, 10, 15), sentence, register(), counted("commitments_on_time", 12.0, 8.0, 17.0, 31),
            {"commitments_on_time_90_days": counted("x", 10.0, 6.0, 14.0, 25)}, MONTHS, pace, "Both views agree.", backtest,
            pd.DataFrame(), ("A caveat.",),
        )  # fmt: skip
        return SimpleNamespace(eng=engage(), forecast=replace(part, **changes))

    return build


@pytest.mark.parametrize("verdict", ["held", "did not hold"])
@pytest.mark.parametrize("block", [mine.foretold, mine.forecast, mine.landing])
def test_words_agree_with_the_data(made, block, verdict):
    """No number stands in a title or reading that the exhibit does not state."""
    assert [] == disagreements([block(made(verdict)).to_dict()])


def test_the_test_is_told_with_the_forecast(made):
    """The reading begins with whether earlier forecasts came true, then both views and the pace."""
    reading = mine.forecast(made()).reading

    assert reading.startswith("The test held: 3 of 4 earlier month ends came as foretold, where about 3 should")
    assert (
        "31 deliveries, as many as commitments are open, would take until 21 January 2027 (80 % interval 31 December 2026 "
        "to more than two years" in reading
    )


def test_figures_beside_the_chart(made):
    """The window that is not all of them, and the pace with its interval."""
    assert (
        ("On time, of the 25 due by 31 December 2026", "10", "6 to 14"), ("Deliveries in the next 4 weeks", "9", "5 to 14"),
    ) == mine.forecast(made()).table.rows  # fmt: skip


def test_a_failed_test_marks_the_single_dates_too(made):
    """Not to be relied on stands first."""
    assert mine.landing(made("did not hold")).title.startswith("Not to be relied on: of the 20 commitments due next, 1 is")


LATELY = (*POINTS[:2], *(replace(point, came=15) for point in POINTS[2:]))
BLUNT = Backtest("held", POINTS, 4, 80, 0.25, 0.24, 0.24)


def test_single_programs_nobody_can_tell_apart_are_not_counted(made):
    """The title says what can be said: how many in all, and not which."""
    block = mine.landing(made(backtest=BLUNT))

    assert block.title == "How many of 31 open commitments will be on time can be said, 8 to 17, and not which of them"
    assert block.reading.endswith("Read them together: the test gives no ground to trust a single one.")
    assert [] == disagreements([block.to_dict()])


def test_without_a_total_to_rely_on_nothing_is_counted(made):
    """The newest days came higher than foretold: neither how many nor which can be said, and the test is told first."""
    failed = replace(BLUNT, verdict="did not hold", points=LATELY)
    tested, landing = mine.foretold(made(backtest=failed)), mine.landing(made(backtest=failed))

    assert tested.title == "The test did not hold: the newest two of 4 earlier month ends came higher than foretold"
    assert tested.reading.startswith("So the client's own past understates what is delivered on time now. 2 of 4 earlier")
    assert landing.title == (
        "Not to be relied on: when half of earlier programs that stood like the 20 commitments due next had landed"
    )
    assert landing.reading.endswith("The test gives no ground to trust a single one.")
    assert [] == disagreements([tested.to_dict(), landing.to_dict()])


def test_what_a_window_leaves_out_is_said_once(made):
    """A count of a window and the one of all say the same once."""
    left = "Too little data for 1 commitment, not in the count."
    window = counted("commitments_on_time_90_days", 10.0, 6.0, 14.0, 25).with_caveats(left)
    total = counted("commitments_on_time", 12.0, 8.0, 17.0, 30).with_caveats(left)
    foot = mine.forecast(made(on_time=total, windows={"x": window, "y": window})).foot

    assert 1 == foot.count(left)
    assert left in mine.forecast(made(windows={"x": window})).foot


def test_a_forecast_that_cannot_be_tested_says_so(made):
    """In place of the chart of earlier forecasts: why not, and when it can."""
    block = mine.foretold(made("too little to test"))

    assert isinstance(block, Callout)
    assert "could not be tested" in block.text


def test_rows_never_sound_certain(made):
    """Overdue is a fact; beyond nine in ten no figure; a date not reached is later than what was seen."""
    rows = mine.landing(made(programs=register(8))).table.rows

    assert ["> 90 %", "< 10 %", "40 %"] == [row[3] for row in rows[:3]]
    assert ("P1", "> 1 Feb 2027") == (rows[1][0], rows[2][5])
    assert ("overdue", "–") == (rows[-1][3], rows[-1][6])


def test_a_page_holds_what_is_due_next(made):
    """Overdue programs stand last, so that they never push out what can still be on time."""
    rows = mine.landing(made()).table.rows

    assert mine.ROWS == len(rows)
    assert "overdue" not in {row[3] for row in rows}


def test_all_overdue_has_dates_all_the_same(made):
    """What is late already still lands some day."""
    block = mine.landing(made(programs=register(4).assign(remark="overdue", p_on_time=0.0)))

    assert block.title.startswith("Every open commitment is overdue")
    assert [] == disagreements([block.to_dict()])


def test_a_late_date_without_data_is_a_dash(made):
    """Too little data is not the same as not reached."""
    rows = mine.landing(made(programs=register().assign(has_p85=False))).table.rows

    assert "–" == rows[3][5]


def test_nobody_like_them_gives_a_note(made):
    """Without any probability or date there is no register of dashes."""
    blank = register().assign(p_on_time=None, p50_on=pd.NaT).astype({"p_on_time": float})
    block = mine.landing(made(programs=blank))

    assert isinstance(block, Callout)


def test_deliveries_not_recorded_are_not_measured(made):
    """One line in place of three exhibits."""
    m = made(sentence="Not measured: why.", on_time=not_assessable("commitments_on_time", "Why."))

    assert ("missing", "Not measured: why.") == (mine.forecast(m).tone, mine.forecast(m).text)
    assert (None, None) == (mine.foretold(m), mine.landing(m))


def test_too_little_data_is_a_note(made):
    """Thin is not the same as not measured."""
    thin = Result("commitments_on_time", n=2, unit="count", status="thin", caveats=("Why.",))

    assert "note" == mine.forecast(made(on_time=thin)).tone
