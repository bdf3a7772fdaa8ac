from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import cost as mine
from gapkit.results import not_assessable

ALL = ("northwind", "all causes", "all killers", "small", "nyc-capital")


@pytest.mark.parametrize("organisation", ALL)
def test_every_number_is_in_the_data(diagnosed, organisation):
    """Whatever the organisation, title and reading say no number the cost does not hold."""
    assert [] == disagreements([mine.tax(diagnosed(organisation)).to_dict()])


def test_the_title_is_the_tax_with_its_range(diagnosed):
    """Cents of each unit of money as in the sentence of the cost."""
    d = diagnosed("northwind")
    block = mine.tax(d)
    core = d.cost.sentence.split(" go into ")[0]

    assert f"The invisible tax is {core}" == block.title
    assert ["K1", "K2", "K3", "K4", "K5"] == [row[0].split()[0] for row in block.table.rows]


def test_cents_of_the_buckets_add_up_to_the_tax(diagnosed):
    """One cent and a half is all that rounding and medians of parts may take."""
    d = diagnosed("northwind")
    cents = sum(float(row[2]) for row in mine.tax(d).table.rows)

    assert 100 * d.cost.tax.value == pytest.approx(cents, abs=0.5)


def test_mostly_estimated_spend_is_called_an_order_of_magnitude(diagnosed):
    """The word stands in the title, where a leader reads it."""
    d = diagnosed("northwind")
    rough = replace(d, cost=replace(d.cost, is_order_of_magnitude=True))

    assert mine.tax(rough).title.startswith("The invisible tax is of the order of 9.1 cents")


def test_delay_stands_apart(diagnosed):
    """Its money is in no row of the tax, and it says so itself."""
    d = diagnosed("northwind")
    said = mine.delay(d)

    assert ("note", True) == (said.tone, said.text.startswith("Beside the tax, and never added to it: delay cost USD "))
    assert "delay" not in mine.tax(d).table.to_text()
    assert "The cost of delay stands apart." in mine.tax(d).reading


def test_what_is_not_measured_is_one_line_each(diagnosed):
    """No spend, no hours, no margin: two callouts with what would switch them on, and no ledger."""
    for d in map(diagnosed, ("nyc-capital", "bare")):
        assert {"missing"} == {mine.tax(d).tone, mine.delay(d).tone}
        assert all("would switch this on" in block.text for block in (mine.tax(d), mine.delay(d)))
        assert mine.assumptions(d) is None
        assert () == mine.assumption_rows(d)


def test_a_bucket_without_a_figure_says_what_would_give_it_one(diagnosed):
    """Not measured is no zero: the row stays, without cents."""
    d = diagnosed("northwind")
    off = not_assessable("workarounds", "A list of workarounds would switch this on.", unit="money")
    buckets = tuple(replace(one, result=off, hours=None) if one.id == "K4" else one for one in d.cost.buckets)
    block = mine.tax(replace(d, cost=replace(d.cost, buckets=buckets)))

    assert ("K4 workarounds", "A list of workarounds would switch this on.", "–", "not known") == block.table.rows[3]
    assert "Not measured, so not counted: workarounds." in block.reading
    assert isinstance(block, Exhibit)
    assert [] == disagreements([block.to_dict()])


def test_the_ledger_is_the_same_in_report_and_workbook(diagnosed):
    """What is assumed, its value, source and owner; nobody is named, roles answer."""
    d = diagnosed("northwind")

    assert mine.assumption_rows(d) == mine.assumptions(d).rows
    assert all(len(row) == 4 and all(row) for row in mine.assumption_rows(d))
    assert not isinstance(mine.assumptions(d), Callout)
