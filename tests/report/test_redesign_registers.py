from __future__ import annotations

import pytest

from gapkit.report.redesign_registers import redesigned


@pytest.fixture(scope="module")
def record(northwind_redesign):
    return northwind_redesign.to_dict()


def test_every_row_of_the_record_stands_in_its_register(record):
    """Nothing is left out of the workbook that a page of the report had no room for."""
    rows = {one.name: len(one.rows) for one in redesigned(record)}

    assert {
        "Plan": len(record["plan"]["items"]) + len(record["plan"]["later"]),
        "Owners": len(record["owners"]["register"]),
        "RACI": len(record["owners"]["raci"]["rows"]),
        "Workarounds": len(record["tooling"]["workarounds"]),
    } == rows
    assert all(rows.values())


def test_a_row_says_what_the_record_says(record):
    """Text as text, numbers as numbers."""
    plan = next(iter(redesigned(record)))

    first = dict(zip([heading.name for heading in plan.headings], plan.rows[0], strict=True))

    item = record["plan"]["items"][0]
    assert (item["do"], item["effort_days"], item["starts_on"]) == (
        first["What to do"], first["Person-days"], first["From"],
    )  # fmt: skip


def test_without_a_redesign_there_is_no_register():
    """A workbook of a diagnosis alone has no empty sheets of the redesign."""
    assert [] == list(redesigned({}))
