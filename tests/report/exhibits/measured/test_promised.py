from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from gapkit.config import Settings
from gapkit.measurement.promised import Promised, Row
from gapkit.measurement.promised import wording as words
from gapkit.measurement.promised.learning import learn
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured import promised as show
from gapkit.results import Result

RECORD = SimpleNamespace(made_on=dt.date(2026, 6, 4))


def row(kind, measure, predicted, measured, word, *, name="Ask for 2 sign-offs at once", own=True, why=""):
    """Return a row; a prediction has the limits 5 points off."""
    goal = Result("p", predicted, predicted - 0.05, predicted + 0.05, level=0.9, n=73, unit="pp")
    seen = Result("m", measured, measured - 0.1, measured + 0.1, n=60, unit="pp", period="2026Q3")
    gap = Result("g", measured - predicted, unit="pp")
    return Row(kind, measure, name, measure, "", "proposed", "what_if", True, own, False, 1, goal, seen, word, own or None,
               gap if own else None, why)  # fmt: skip


@pytest.fixture
def m(engage):
    """A measurement with one target delivered in part, another that cannot be told, and a lever without its own measure."""
    rows = (
        row("target", "execution_rate", 0.2, 0.12, "as promised"),
        row("target", "on_time_rate", 0.3, 0.02, "cannot be told", why=words.TOO_WIDE),
        row("lever", "execution_rate", 0.06, 0.12, "cannot be told", own=False, why=words.SHARED),
    )
    learning = learn(rows[:2], "execution_rate", Settings(), 0.1)
    return SimpleNamespace(
        eng=engage(), promised=Promised(rows, learning, (), words.sentence(rows[:2]), (words.ALL_TOGETHER,), RECORD)
    )


def test_promises_stand_beside_what_came(m):
    """The title counts them, the table has both figures with their intervals, and words agree with data."""
    block = show.promised(m)

    assert block.title == "Of 2 promises, 1 came as promised and 1 cannot be told"
    assert block.table.columns[1].name == "Promised (90 % interval)"
    assert block.table.rows[0] == ("Execution rate", "+20 pp (+15 to +25 pp)", "+12 pp (+2 to +22 pp)", "as promised")
    assert block.reading == words.ALL_TOGETHER
    assert "on record since 4 June 2026" in block.foot
    assert disagreements([block.to_dict()]) == []


def test_levers_without_a_measure_of_their_own_stand_above_what_all_did(m):
    """One row a lever, one column a measure, and what was measured of all of them last."""
    table = show.promised_levers(m)

    assert [one.name for one in table.columns] == ["Lever", "Execution rate"]
    assert table.rows == (
        ("Ask for 2 sign-offs at once", "+6 pp (+1 to +11 pp)"), ("Measured, of all together", "+12 pp (+2 to +22 pp)"),
    )  # fmt: skip


def test_the_next_promise_is_the_title(m):
    """Twelve of the 20 points promised came: at most 60 %."""
    block = show.next_promise(m)

    assert block.title == "Promise at most 60 % of what is predicted next time"
    assert block.table.rows[0][:2] == ("Delivered of what was promised", "60 %")
    assert "One engagement is one observation" in block.reading
    assert disagreements([block.to_dict()]) == []


def test_more_than_promised_is_no_ground_to_promise_more(m):
    """Beside 250 %, its interval above 100 %, stands a plain sentence."""
    rows = (row("target", "execution_rate", 0.2, 0.5, "more than promised"),)
    m.promised = Promised(rows, learn(rows, "execution_rate", Settings(), 0.1), (), "", (), RECORD)
    block = show.next_promise(m)

    assert block.table.rows[0][1] == "250 %"
    assert block.reading.startswith(words.MORE_CAME)
    assert disagreements([block.to_dict()]) == []


def test_a_share_whose_interval_holds_all_of_it_is_not_called_more(m):
    """150 %, 100 to 200 %: as far as the intervals tell, what was promised came."""
    rows = (row("target", "execution_rate", 0.2, 0.3, "cannot be told", why=words.OR_MORE),)
    m.promised = Promised(rows, learn(rows, "execution_rate", Settings(), 0.1), (), "", (), RECORD)
    block = show.next_promise(m)

    assert block.table.rows[0][1] == "150 %"
    assert block.reading.startswith("As far as the intervals tell, what was promised came.")
    assert disagreements([block.to_dict()]) == []


def test_after_a_fall_both_figures_stand_without_a_share(m):
    """The title asks for the cause, and words agree with data."""
    rows = (replace(row("target", "execution_rate", 0.15, -0.22, "less than promised"), is_worse=True, is_clear=False),)
    m.promised = Promised(rows, learn(rows, "execution_rate", Settings(), 0.1), (), "", (), RECORD)
    block = show.next_promise(m)

    assert block.title == "Promise nothing of this measure until what made it fall is known"
    assert block.table.rows[:2] == (
        ("Promised, execution rate", "+15 pp", "90 % interval +10 to +20 pp"),
        ("Measured, execution rate", "−22 pp", "95 % interval −32 to −12 pp"),
    )
    assert (block.direction, block.better) == (-1, "up")
    assert disagreements([block.to_dict()]) == []


@pytest.mark.parametrize(
    ("count", "title"),
    [(1, "Of 2 promises, 1 came as promised and 1 was kept as before"), (2, "Of 2 promises, 2 were kept as before")],
)
def test_what_was_kept_does_not_count_as_more(m, count, title):
    """A level met before the redesign is counted by a word of its own."""
    kept = row("lever", "single_owner_rate", 0.8, 1.0, "kept as before")
    m.promised = replace(m.promised, rows=(m.promised.rows[0], kept) if count == 1 else (kept, kept))

    assert show.promised(m).title == title


def test_a_row_of_one_stage_has_its_days_in_its_name(m):
    """The same stage may stand with other days elsewhere."""
    own = replace(m.promised.rows[0], kind="lever", own_words="waits at legal within 2 business days")
    m.promised = replace(m.promised, rows=(own,))

    assert show.promised(m).table.rows[0][0] == "Waits at legal within 2 business days"


def test_without_a_record_what_would_switch_it_on_is_said(m):
    """No chart and no table stand in its place."""
    m.promised = Promised((), None, (), words.NO_RECORD, (), None)

    assert [show.promised(m).tone, show.next_promise(m).tone] == ["missing", "missing"]
    assert show.promised(m).text == words.NO_RECORD
    assert show.promised_levers(m) is None


def test_before_the_window_is_over_there_is_no_rule(m):
    """The reason stands where the rule will."""
    rows = m.promised.rows
    learning = learn(rows[:2], "execution_rate", Settings(), 0.1, why_not="watched, not judged until 30 September 2026")
    m.promised = Promised(rows, learning, (), "", (), RECORD)
    block = show.next_promise(m)

    assert (block.tone, "watched, not judged until 30 September 2026" in block.text) == ("note", True)
