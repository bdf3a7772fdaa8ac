from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from gapkit.measurement.editions import Move, Moved
from gapkit.measurement.editions.programs import Change
from gapkit.measurement.editions.reading import Reading
from gapkit.measurement.editions.wording import because_of, change_of, other_version, rereading
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured.editions import NOBODY, decided, moved

THEN, NOW = Reading(0.6, 12, 20, "share", "ok"), Reading(23 / 41, 23, 41, "share", "ok")
CORRECTED, UNKNOWN = Reading(0.55, 11, 20, "share", "ok"), Reading(None, None, 3, "share", "thin")
SINCE = dt.date(2026, 8, 31)


@pytest.fixture
def measured(northwind: Any) -> Any:
    """A measurement with a corrected record, twenty-one programs that came due, and one decision."""
    move = Move("on_time_rate", THEN, CORRECTED, CORRECTED, NOW)
    few = Move("otif_rate", UNKNOWN, UNKNOWN, UNKNOWN, NOW)
    part = Moved(
        SINCE, (move, few), judgements=("Agreed in decisions.yml: action rooms.",),
        change=change_of("on_time_rate", move, SINCE), because=because_of(move, alike=True),
        verdict="The verdict then: watched, not judged until 30 September 2026; now: improved.",
    )  # fmt: skip
    return SimpleNamespace(eng=northwind, moved=part)


def test_what_moved_is_one_table(measured: Any) -> None:
    """Each measure as published and now, with the three parts; words and numbers are borne out by the data."""
    shown = moved(measured)

    assert isinstance(shown, Exhibit)
    assert shown.table is not None
    assert [
        ("On-time rate", "12 of 20", "23 of 41", "−5 pp", "nothing", "+1 pp"),
        ("On time and to spec (OTIF)", "too little data", "23 of 41", "nothing", "nothing", "n +38"),
    ] == list(shown.table.rows)
    assert "Since the edition of 31 August 2026 the on-time rate after moved from 12 of 20 to 23 of 41" == shown.title
    assert [] == disagreements([shown.to_dict()])
    assert NOBODY not in shown.reading


def test_a_number_that_is_not_in_the_data_is_refused(measured: Any) -> None:
    """The check of words against data is not blind to this exhibit."""
    wrong = SimpleNamespace(eng=measured.eng, moved=replace(measured.moved, because="77 programs came due since"))

    assert [] != disagreements([moved(wrong).to_dict()])


def test_the_first_edition_is_one_line(measured: Any) -> None:
    """Nothing to compare with, nothing drawn, nothing decided."""
    first = SimpleNamespace(eng=measured.eng, moved=Moved(None))

    assert Callout("note", "This is the first edition: there is none before it to compare with.") == moved(first)
    assert decided(first) is None


def test_a_re_reading_and_another_version_are_said(measured: Any) -> None:
    """Both stand in the reading, with their days and numbers borne out."""
    caveats = (other_version("0.1", "0.2"),)
    again = replace(measured.moved, rereading=rereading(SINCE, 2), differs=("a", "b"), caveats=caveats)
    shown = moved(SimpleNamespace(eng=measured.eng, moved=again))

    assert isinstance(shown, Exhibit)
    assert shown.reading.startswith("This is a re-reading of 31 August 2026")
    assert "gapkit 0.1" in shown.reading
    assert [] == disagreements([shown.to_dict()])


def test_decisions_definitions_and_differing_figures_are_listed(measured: Any) -> None:
    """One row each, saying what it is."""
    part = replace(measured.moved, definitions=("The days off changed.",), differs=("on-time rate: 1 of 2",))
    table = decided(SimpleNamespace(eng=measured.eng, moved=part))

    assert table is not None
    assert "What was decided since 31 August 2026" == table.title
    assert ["decided", "definition", "reads otherwise today"] == [row[0] for row in table.rows]
    assert "On-time rate: 1 of 2." == table.rows[-1][1]


def test_programs_that_read_otherwise_are_listed(measured: Any) -> None:
    """By name and id, with what they were and are; their names are the client's words, their number is borne out."""
    gone = Change("A-7", "Round 7", "gone", {"on_time_rate": ("missed", None)})
    changed = Change("A-8", "A-8", "otherwise", {"on_time_rate": ("missed", "met"), "otif_rate": ("missed", "met")})
    move = measured.moved.moves[0]
    because = because_of(move, alike=True, programs=(gone, changed))
    part = replace(measured.moved, programs=(gone, changed), baseline_programs=(gone,), because=because)
    measurement = SimpleNamespace(eng=measured.eng, moved=part)
    table, shown = decided(measurement), moved(measurement)

    assert table is not None
    assert [
        ("no longer on record", "Round 7 (A-7): missed then (on-time rate)."),
        ("reads otherwise", "A-8: missed then, met now (on-time rate and on time and to spec (OTIF))."),
        ("baseline: no longer on record", "Round 7 (A-7): missed then (on-time rate)."),
    ] == list(table.rows[:3])
    assert "Programs that read otherwise, and what was decided, since 31 August 2026" == table.title
    assert "1 program counted then is no longer on record (Round 7)" in shown.reading
    assert [] == disagreements([shown.to_dict()])


def test_more_programs_than_a_page_holds_are_counted(measured: Any) -> None:
    """Twenty stand in the table; where the others stand is said."""
    many = tuple(Change(f"P{k}", f"P{k}", "gone", {"on_time_rate": ("met", None)}) for k in range(23))
    table = decided(SimpleNamespace(eng=measured.eng, moved=replace(measured.moved, programs=many)))

    assert table is not None
    assert 21 == len(table.rows)
    assert "3 more programs in measure.json, under moved." == table.foot
