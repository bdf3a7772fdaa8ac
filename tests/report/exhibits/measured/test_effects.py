from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from gapkit.measurement.agreed import AgreedPlace
from gapkit.measurement.effects.conclude import conclude
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured import effects as show
from gapkit.results import Result, not_assessable

BEFORE, AFTER = "2025Q4 and 2026Q1", "1 July to 30 September 2026"


def rate(measure, before, after, low, high, p=0.001, worthwhile=0.1, **more):
    sides = [Result(measure, x / n, x / n - 0.1, x / n + 0.1, n=n, events=x, period=when)
             for (x, n), when in ((before, BEFORE), (after, AFTER))]  # fmt: skip
    gap = Result(f"{measure}_difference", sides[1].value - sides[0].value, low, high, n=after[1], unit="pp", period=AFTER,
                 method="Newcombe interval for the difference of two rates")  # fmt: skip
    return Draft(measure, *sides, gap, p, worthwhile=worthwhile, **more)


def days(measure, before, after, low, high, p=0.001):
    sides = [
        Result(measure, x, x - 1, x + 1, n=40, unit="days", period=when) for x, when in ((before, BEFORE), (after, AFTER))
    ]
    gap = Result(f"{measure}_difference", after - before, low, high, n=40, unit="days", period=AFTER)
    return Draft(measure, *sides, gap, p, better=-1)


PRIMARY = rate("on_time_rate", (31, 62), (23, 30), 0.05, 0.43)
WIDE = rate("otif_rate", (9, 30), (10, 30), -0.2, 0.3, needed="About 120 programs after would show +10 pp.")
PLACES = (
    days("wait_days", 6.2, 4.1, -3.0, -1.2), rate("sla_attainment", (20, 40), (35, 40), 0.1, 0.6, worthwhile=None),
    days("wait_days:legal", 7.0, 4.0, -4.0, -2.0), rate("sla_attainment:legal", (9, 20), (18, 20), 0.1, 0.6),
)  # fmt: skip


@pytest.fixture
def measured(engage):
    """A measurement of the drafts given."""

    def build(*drafts, look="verdict"):
        found = conclude(drafts, "on_time_rate", look, dt.date(2026, 9, 30))
        frozen = SimpleNamespace(
            data={"definitions": {"on_time_rate": "delivered in time / frozen plan"}, "target": {"value": 0.6}},
            quarters=("2025Q4", "2026Q1"),
        )
        comparison = SimpleNamespace(look=look, after=SimpleNamespace(period=AFTER))
        return SimpleNamespace(eng=engage(), frozen=frozen, comparison=comparison, effects=found, primary=found[0])

    return build


def agrees(block):
    return disagreements([block.to_dict()]) == []


def test_the_title_states_the_verdict_the_counts_and_the_interval(measured):
    """31 of 62 before, 23 of 30 after: improved, possibly by less than agreed."""
    block = show.effect(measured(PRIMARY))

    assert block.title == "On-time rate improved: 31 of 62 before, 23 of 30 after (+27 pp, 95 % interval +5 to +43 pp)"
    assert "possibly less than what was agreed as worthwhile (+10 pp)" in block.reading
    assert block.reading.endswith("other causes possible.")
    assert agrees(block)


def test_while_monitoring_no_title_gives_a_verdict(measured):
    """Figures are watched; when they are judged is said."""
    blocks = [show_one(measured(PRIMARY, WIDE, look="monitoring")) for show_one in (show.effect, show.changed)]

    assert all("not judged until 30 September 2026" in block.title for block in blocks)
    assert all("improved" not in block.title for block in blocks)
    assert all(agrees(block) for block in blocks)


def test_a_primary_measure_without_a_figure_says_why(measured):
    """Too few due: the counts stand in a table."""
    thin = Result("on_time_rate", n=7, events=5, period=AFTER, status="thin", caveats=("Only 7 programs.",))
    block = show.effect(measured(Draft("on_time_rate", PRIMARY.before, thin, no_difference(PRIMARY.before, thin, "pp"))))

    assert block.title == "On-time rate: too little data; 31 of 62 before, 5 of 7 after"
    assert block.table.rows[1] == (AFTER, "5 of 7")
    assert agrees(block)


def test_what_changed_is_counted_over_all_that_could_be_compared(measured):
    """Details of places are no measures of their own."""
    block = show.changed(measured(PRIMARY, WIDE, *PLACES))

    assert block.title == "A change beyond chance shows in 3 of 4 measures"
    assert block.svg
    assert agrees(block)


def test_less_is_better_lies_to_the_right(measured):
    """A wait that got shorter is drawn as better."""
    waits = measured(PRIMARY, *PLACES).effects[1]
    row = show._row(waits)

    assert row.position > 1
    assert row.low < row.position < row.high
    assert row.way == "good"


def test_nothing_to_compare_is_said(measured):
    """No chart of nothing."""
    none = not_assessable("on_time_rate", "No deliveries recorded.", period=AFTER)
    block = show.changed(measured(Draft("on_time_rate", none, none, no_difference(none, none, "pp"))))

    assert block.kind == "callout"


def test_what_did_not_change_stands_with_what_would_be_needed(measured):
    """Too little data, not measured and no change are three answers."""
    none = not_assessable("single_owner_rate", "No source names owners.", period=AFTER)
    m = measured(PRIMARY, WIDE, Draft("single_owner_rate", none, none, no_difference(none, none, "pp")))
    block = show.unchanged(m)

    assert [row[0] for row in block.table.rows] == ["On time and to spec (OTIF)", "Programs with one owner"]
    assert block.table.rows[0][3] == "About 120 programs after would show +10 pp."
    assert block.table.rows[1][2] == "Not measured. No source names owners."
    assert block.title == "2 of 3 measures did not change, or data does not tell"
    assert agrees(block)


def test_when_all_changed_nothing_is_left_open(measured):
    """A note instead of an empty table."""
    assert show.unchanged(measured(PRIMARY)).kind == "callout"


def test_places_stand_with_their_agreed_times_and_without_verdicts(measured, monkeypatch):
    """Wait and agreed time, before and after, place by place, all together on top."""
    both = (AgreedPlace("legal", 4.0, is_agreed=True), AgreedPlace("brand", 2.5, is_agreed=False))
    monkeypatch.setattr(show, "agreed_places", lambda eng: both)
    block = show.places(measured(PRIMARY, *PLACES))

    assert block.table.rows[1] == ("legal", "4", "7 days", "4 days", "−3 (−4 to −2)", "9 of 20", "18 of 20")
    assert block.table.rows[2][:2] == ("brand", "2.5, proposed")
    assert "improved" not in block.to_text()
    assert agrees(block)


def test_the_side_of_a_place_with_enough_waits_is_shown(measured, monkeypatch):
    """Three waits before are too few; the mean after stands, not compared."""
    monkeypatch.setattr(show, "agreed_places", lambda eng: (AgreedPlace("legal", 4.0, is_agreed=True),))
    whole, _, legal, _ = PLACES
    few = Result("wait_days:legal", n=3, unit="days", period=BEFORE, status="thin", caveats=("3 waits.",))
    short = Draft("wait_days:legal", few, legal.after, no_difference(few, legal.after, "days"), better=-1)
    block = show.places(measured(PRIMARY, whole, short))

    assert block.table.rows[1][2:5] == ("too few (3)", "4 days", "not compared")
    assert agrees(block)


def test_without_redesigned_places_it_is_said_what_is_missing(measured):
    """No decisions.yml: agreed times would switch it on."""
    assert "decisions.yml" in show.places(measured(PRIMARY)).text
