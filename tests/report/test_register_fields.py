from __future__ import annotations

from gapkit.report.register_fields import Field, measured, register, scored, worded
from gapkit.report.registers import Amount


def cells(fields, row):
    return register("R", "What it lists.", fields, [row]).rows[0]


def test_a_measure_carries_its_unit_into_the_cell():
    """Value and limits stand in the unit of their own result; a missing limit is blank."""
    row = {"effect": {"value": -0.2, "low": -0.3, "high": None, "unit": "pp"}}

    assert (Amount(-0.2, "pp"), Amount(-0.3, "pp"), None) == cells(measured("Effect", "effect"), row)


def test_a_score_that_is_not_there_is_blank():
    """Nothing measured is no zero."""
    assert (None, None, None) == cells(scored("Activity", "activity"), {"activity": None})


def test_shares_are_numbers_also_where_json_holds_a_whole():
    """1 reads back as a whole number and is a share all the same."""
    (cell,) = cells([Field("Share", "share", "share")], {"share": 1})

    assert (1.0, float) == (cell, type(cell))


def test_words_of_the_vocabulary_get_their_plain_names():
    """Other cells stay; what is missing stays missing."""
    rows = [{"killer": "poor_tooling", "n": 3}, {"killer": None}]

    assert [{"killer": "Poor tooling", "n": 3}, {"killer": None}] == worded(rows, "killer")
