from __future__ import annotations

import pytest

import gapkit as gk
from gapkit.report.measure_registers import measurement


@pytest.fixture(scope="module")
def record():
    return gk.measure(gk.load("northwind", phase="measure")).to_dict()


def test_every_row_of_the_record_stands_in_its_register(record):
    """Nothing is left out of the workbook that a page of the report had no room for."""
    rows = {one.name: len(one.rows) for one in measurement(record)}

    parts = record["adoption"]["parts"]
    assert {
        "Effects": len(record["effects"]),
        "Explanations": len(record["explanations"]["considered"]),
        "Promises": len(record["promised"]["rows"]),
        "Adoption": len(parts) + sum(len(part["entries"]) for part in parts),
        "Standing points": sum(len(chart["points"]) for chart in record["standing"]["charts"].values()),
        "Forecast": len(record["forecast"]["programs"]),
    } == rows
    assert all(rows.values())


def test_a_row_says_what_the_record_says(record):
    """The primary measure comes first, with its numbers as numbers."""
    effects = next(iter(measurement(record)))

    first = dict(zip([heading.name for heading in effects.headings], effects.rows[0], strict=True))

    said = record["effects"][0]
    assert (said["before"]["n"], said["after"]["n"], said["verdict"]) == (
        first["n before"], first["n after"], first["Verdict"],
    )  # fmt: skip
    assert said["difference"]["value"] == first["Change"].value


def test_without_a_measurement_there_is_no_register():
    """A workbook of a diagnosis alone has no empty sheets of the measurement."""
    assert [] == list(measurement({}))
