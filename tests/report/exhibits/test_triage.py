from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.diagnosis.triage.settling import Measurement
from gapkit.diagnosis.triage.triage import INSUFFICIENT, LEANING
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import triage as mine
from gapkit.results import Result

NAMES = ("triage", "triage_evidence", "would_settle")
RICH = ("northwind", "all killers", "strategy", "sound")


def changed(d, **changes):
    return replace(d, triage=replace(d.triage, **changes))


@pytest.mark.parametrize("organisation", [*RICH, "small", "nyc-capital"])
@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_in_the_data(diagnosed, organisation, name):
    """Whatever the organisation, titles and readings say no number the results do not hold."""
    block = getattr(mine, name)(diagnosed(organisation))

    assert [] == disagreements([block.to_dict()] if block else [])


@pytest.mark.parametrize("organisation", RICH)
def test_the_map_is_titled_by_the_answer(diagnosed, organisation):
    """The sentence of the triage, and both questions with their probability in the table."""
    d = diagnosed(organisation)
    block = mine.triage(d)

    assert d.triage.sentence == f"{block.title}."
    assert ["Are criteria agreed?", "Is the work sound?"] == [row[0] for row in block.table.rows]
    assert "bar" in " ".join(column.name.lower() for column in block.table.columns)


def test_without_an_axis_there_is_one_line_instead_of_a_map(diagnosed):
    """Nothing can be told apart, and what is missing is said."""
    block = mine.triage(diagnosed("nyc-capital"))

    assert isinstance(block, Callout)
    assert block.text.startswith("Strategy or execution cannot be told apart yet")


def test_with_programs_alone_the_deliveries_are_shown_and_the_rest_is_asked_for(diagnosed):
    """One figure is measured; the two measurements are named; nothing can be misread yet."""
    d = diagnosed("bare")

    assert isinstance(mine.triage(d), Callout)
    assert [] == disagreements([mine.triage_evidence(d).to_dict()])
    assert 2 == len(mine.would_settle(d).table.rows)
    assert [] == disagreements([mine.would_settle(d).to_dict()])


def test_where_nothing_is_measured_there_is_no_page_of_evidence(diagnosed):
    """The map's line has said it."""
    assert mine.triage_evidence(diagnosed("nyc-capital")) is None


def test_the_evidence_names_every_part_with_its_bar(diagnosed):
    """The index has a floor, its parts have none, deliveries and quality have theirs; quality is turned round."""
    d = diagnosed("northwind")
    rows = mine.evidence_rows(d)

    assert [57.0, None, None, None, None, 68.0, 50.0] == [None if r.bar is None else round(r.bar, 9) for r in rows]
    assert 100 == round(rows[-1].value + d.triage.work.perceived.value, 9)
    assert all("n = " in row.text for row in rows if row.value is not None)


def test_turned_round_the_limits_change_places():
    """A score of 40 with 30 to 60 is a quality of 60 with 40 to 70."""
    turned = mine.mirrored(Result("perceived_work", 40.0, 30.0, 60.0, unit="points", n=12))

    assert (60.0, 40.0, 70.0) == (turned.value, turned.low, turned.high)


def test_symptoms_stand_beside_and_are_said_to_enter_nothing(diagnosed):
    """Those that are measured are rows; the others are counted."""
    d = diagnosed("northwind")
    block = mine.triage_evidence(d)
    measured = [one for one in d.triage.symptoms if one.value != "not measured"]

    assert len(measured) == len(block.table.rows)
    assert {"Execution", "Strategy"} == {row[0] for row in block.table.rows}
    assert f"{11 - len(measured)} of 11 are not measured" in block.reading
    assert "enter no probability" in block.reading


def test_a_verdict_shows_what_misreading_it_would_cost_and_nothing_to_measure(diagnosed):
    """Money with its range where there is money; effort where there is none."""
    d = diagnosed("northwind")
    block = mine.would_settle(d)

    assert ["Criteria", "The work"] == [row[0] for row in block.table.rows]
    assert block.title.startswith("To be wrong about criteria would put about USD ")
    assert " to USD " in block.table.rows[0][3]
    assert "Effort, not priced" == block.table.rows[1][3]


@pytest.mark.parametrize(("verdict", "words"), [(LEANING, "Probably so: people agree"), (INSUFFICIENT, "near the middle")])
def test_short_of_a_verdict_the_measurements_come_first(diagnosed, verdict, words):
    """Two things to measure, and the cost of an error in the reading; the map says no more than it may."""
    steps = (Measurement("criteria", "Ask more people."), Measurement("work", "Judge 12 more programs."))
    d = changed(diagnosed("northwind"), verdict=verdict, would_settle=steps)
    block = mine.would_settle(d)

    assert "2 measurements would settle strategy or execution" == block.title
    assert [("Criteria", "Ask more people."), ("The work", "Judge 12 more programs.")] == list(block.table.rows)
    assert "At stake a quarter: USD" in block.reading
    assert words in mine.triage(d).reading
    assert [] == disagreements([block.to_dict(), mine.triage(d).to_dict()])


def test_an_error_that_is_not_priced_is_not_free(diagnosed):
    """Without costs the probability stands in the title and the reader is told what is missing."""
    d = diagnosed("northwind")
    unpriced = tuple(replace(one, at_stake=None, stakes="not measured") for one in d.triage.misreadings)
    block = mine.would_settle(changed(d, misreadings=unpriced))

    assert block.title.startswith("The reading is wrong about ")
    assert "not measured: spend and labour are not recorded" in block.reading
    assert isinstance(block, Exhibit)
    assert [] == disagreements([block.to_dict()])
