from __future__ import annotations

import datetime as dt
import json
from typing import Any

import openpyxl
import pytest

from gapkit.report.finding_registers import findings
from gapkit.report.registers import Amount, Register, contents
from gapkit.report.workbook import write_workbook

SHEETS = ["Findings", "Indicators", "Figures", "Claims", "Claim figures", "Attribution", "Cost", "Cost drivers",
          "Assumptions", "Transitions", "Time by stage", "Time by kind", "Rework", "Round trips", "Agreed times",
          "Hand-offs", "Gap map", "Participation", "Survey scores", "Leadership and others", "Observations",
          "Quotes"]  # fmt: skip
KINDS = {"text": str, "number": (int, float), "share": float, "ratio": float, "amount": Amount, "date": dt.date}


@pytest.fixture(scope="module")
def record(diagnosed) -> dict[str, Any]:
    """The record of the example's diagnosis, as its JSON reads back."""
    return json.loads(json.dumps(diagnosed("northwind").to_dict(), allow_nan=False))


@pytest.fixture(scope="module")
def registers(record) -> dict[str, Register]:
    return {register.name: register for register in findings(record)}


def rows(register: Register) -> list[dict[str, Any]]:
    return [dict(zip((heading.name for heading in register.headings), row, strict=True)) for row in register.rows]


def test_the_diagnosis_has_every_register(registers):
    """In the order of the sheets; names fit on a tab; headers are told apart; cells are of the kind their heading says."""
    assert SHEETS == list(registers)
    for register in registers.values():
        assert len(register.name) <= 31
        assert len(register.headings) == len({heading.name for heading in register.headings})
        for row in register.rows:
            cells = zip(register.headings, row, strict=True)
            assert all(cell is None or isinstance(cell, KINDS[heading.kind]) for heading, cell in cells)


def test_nothing_of_the_record_is_left_out(record, registers):
    """As many rows as the record has findings, indicators, claims, transitions and so on."""
    expected = {
        "Findings": len(record["findings"]),
        "Indicators": sum(len(one["indicators"]) for one in record["findings"]),
        "Figures": len(record["results"]),
        "Claims": len(record["claims"]),
        "Attribution": len(record["attribution"]["killers"]) + 1,
        "Cost": len(record["cost"]["buckets"]) + 4,
        "Assumptions": len(record["cost"]["assumptions"]) + len(record["changed_settings"]),
        "Transitions": len(record["stage_map"]["transitions"]),
        "Hand-offs": len(record["handoff_map"]["edges"]),
        "Gap map": len(record["gap_map"]),
    }

    assert expected == {name: len(registers[name].rows) for name in expected}


def test_figures_are_those_of_the_record(record, registers):
    """To the last digit: activity and ranks of a finding, effect of a claim, lost days of a transition."""
    finding, claim = record["findings"][0], record["claims"][0]
    shown, tested, lost = (rows(registers[name])[0] for name in ("Findings", "Claims", "Transitions"))

    assert [finding["activity"]["value"], *finding["rank"]] == [
        shown[key] for key in ("Activity", "Best rank", "Worst rank")
    ]
    assert Amount(claim["effect"]["value"], claim["effect"]["unit"]) == tested["Effect"]
    assert record["stage_map"]["transitions"][0]["lost_days"] == lost["Lost business days"]


def test_what_is_not_ranked_has_no_place(registers):
    """Pairs gathered because they are few stand last, without a place."""
    last = rows(registers["Hand-offs"])[-1]

    assert ("other teams", None, None) == tuple(last[key] for key in ("From team", "Place", "Worst place"))


def test_assumptions_have_an_owner(registers):
    """Value, source and who can confirm it, for each."""
    assert all(all(row) for row in registers["Assumptions"].rows)


def test_a_changed_threshold_is_an_assumption(record):
    """Said with the value the method has."""
    changed = [{"name": "idle_share", "default": 0.1, "value": 0.2}]
    found = {one.name: one for one in findings({**record, "changed_settings": changed})}

    assert ("idle share", "0.2 (the method has 0.1)", "engagement.yml", "consultant") == found["Assumptions"].rows[-1]


def test_no_person_and_no_small_group_is_in_a_cell(northwind, record, registers):
    """Everybody's pseudonym, every respondent, and every group the survey does not show."""
    cells = {str(cell) for register in registers.values() for row in register.rows for cell in row}
    answered = northwind.survey_respondents.groupby("group").size()
    small = set(answered[answered < northwind.config.min_group].index)
    shown = {
        row["Part"] for name in ("Participation", "Survey scores") for row in rows(registers[name]) if row["Cut"] == "group"
    }

    assert small
    assert set() == {*northwind.people["person_id"], *northwind.survey_respondents["respondent_id"]} & cells
    assert set() == small & shown
    assert all(row["n"] >= northwind.config.min_group for row in rows(registers["Survey scores"]))


def test_only_allowed_quotes_are_there():
    """Observations are counted; of their words only those the record was allowed to keep."""
    counts = [{"direction": "supports", "n": 2, "opinions": 1, "cases": 1, "records": 0},
              {"direction": "contradicts", "n": 0, "opinions": 0, "cases": 0, "records": 0}]  # fmt: skip
    quotes = [{"direction": "supports", "strength": 2, "text": "=we wait for weeks"}]
    observed = [{"id": "structural_bottlenecks", "n": 2, "n_sources": 2, "counts": counts, "quotes": quotes}]
    found = {one.name: one.rows for one in findings({"observations": observed})}

    assert {
        "Observations": (("Structural bottlenecks", "supports", 2, 1, 1, 0, 2),),
        "Quotes": (("Structural bottlenecks", "supports", 2, "=we wait for weeks"),),
    } == found


def test_a_record_without_findings_gives_no_register():
    """A notebook may show as little as its phase."""
    assert [] == list(findings({"phase": "diagnose", "as_of": "2026-03-31"}))


def test_programs_alone_give_registers_too(diagnosed):
    """What could not be assessed is blank with its reason, never zero."""
    record = json.loads(json.dumps(diagnosed("bare").to_dict()))
    found = {one.name: one for one in findings(record)}
    cause = next(row for row in rows(found["Findings"]) if row["Verdict"] == "not assessable")

    assert SHEETS == list(found)
    assert (None, None, None) == (cause["Activity"], cause["P(most active)"], cause["Best rank"])
    assert () == found["Transitions"].rows


def test_two_records_of_one_engagement_give_the_same_bytes(tmp_path, northwind, record):
    """Written twice, with numbers shown in their units."""
    again = json.loads(json.dumps(record))
    for name, one in (("a", record), ("b", again)):
        parts = [(register, northwind.as_of) for register in findings(one)]
        sheets = [contents(parts), *(register for register, _ in parts)]
        write_workbook(tmp_path / f"{name}.xlsx", sheets, title="T", as_of=northwind.as_of)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    effect = next(cell for cell in book["Claims"][2] if isinstance(cell.value, float))

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert ["Contents", *SHEETS] == book.sheetnames
    assert "%" in effect.number_format
