from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.baseline import estimate_baseline
from gapkit.cost import estimate_cost
from gapkit.cost.wording import delay_sentence, drivers_words, rounded, tax_reading, tax_title
from gapkit.results import Result


@pytest.fixture(scope="module")
def cost(northwind):
    tied = northwind.programs.set_index("program_id")["goal_id"].notna()
    return estimate_cost(northwind, estimate_baseline(northwind), tied)


def test_the_reading_says_what_moves_the_figure_and_what_is_not_in_it(cost):
    """The sum in money, the largest part, the strongest driver with its share, the hours nobody logged, delay apart."""
    text = tax_reading(cost)

    assert text.startswith("Together USD 6")
    assert "the largest part is sunk spend." in text
    assert "What moves the figure most: which programs a window happens to hold (" in text
    assert "of the hours paid" in text
    assert text.endswith("The cost of delay stands apart.")


def test_without_a_total_the_title_says_what_is_known(northwind, cost):
    """Spend is known, labour is not: the money stands, the share is not measured."""
    tables = {name: frame for name, frame in northwind.tables.items() if name != "rates"}
    found = estimate_cost(replace(northwind, tables=tables), estimate_baseline(northwind))

    assert tax_title(found).startswith("Known of the invisible tax: USD ")
    assert tax_title(found).endswith("for sunk spend; its share of all spend is not measured")


def test_nothing_moves_a_figure_that_was_never_drawn(cost):
    """No driver, no sentence."""
    assert "" == drivers_words(replace(cost, drivers=()))


def test_delay_has_its_range_and_its_n(cost):
    """Margin, over how many programs, apart from the tax."""
    text = delay_sentence(cost)

    assert f"over {cost.delay.n} late programs of which the margin a week is known." in text
    assert "(90 % range USD " in text


@given(st.floats(1e-3, 1e12))
def test_rounding_moves_an_amount_by_half_a_percent_at_most(amount):
    """Three figures: the largest relative error is 0.005 / 1."""
    assert amount == pytest.approx(rounded(amount), rel=0.0050001)


def test_too_little_data_is_not_called_not_measured(cost):
    """A bucket, and a cost of delay, with records too few to read are thin; not measured is what nobody recorded."""
    thin = Result("x", unit="money", status="thin", caveats=("Only 7 programs.",))
    few = tuple(replace(one, result=replace(thin, name=one.result.name)) for one in cost.buckets[:1])

    assert "Too little data, so not counted: sunk spend." in tax_reading(replace(cost, buckets=few))
    assert "There is too little data on the cost of delay. Only 7 programs." == delay_sentence(replace(cost, delay=thin))


def test_nothing_late_is_said_without_an_empty_range(cost):
    """Zero late programs cost nothing; a range of 0 to 0 over 0 programs says less than a sentence."""
    none = Result("delay_cost", 0.0, 0.0, 0.0, n=0, unit="money")

    assert delay_sentence(replace(cost, delay=none)).startswith("No program of which the margin a week is known was late")
