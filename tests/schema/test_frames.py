from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit import schema

BERLIN = "Europe/Berlin"
ITEMS = st.lists(st.text("abc xyz-.", min_size=1, max_size=5).map(str.strip).filter(bool), max_size=5)


@pytest.mark.parametrize("table", list(schema.TABLES))
def test_empty_tables_are_typed_and_valid(table: str) -> None:
    """An empty table has every column in its own type and breaks no rule."""
    frame = schema.empty(table, BERLIN)

    assert [field.name for field in schema.TABLES[table].fields()] == list(frame.columns)
    assert [] == schema.validate({table: frame})


def test_types_are_those_every_room_relies_on() -> None:
    """Text is str, dates are naive, moments are in the engagement's zone, whole numbers and booleans are nullable."""
    dtypes = {**schema.empty("programs", BERLIN).dtypes, **schema.empty("stage_visits", BERLIN).dtypes}

    assert {
        "program_id": "str",
        "functions": "str",
        "type": "str",
        "committed_at": "datetime64[us]",
        "entered_at": f"datetime64[us, {BERLIN}]",
        "spec_planned": "Int64",
        "size_points": "float64",
        "budget_planned": "float64",
        "returned": "boolean",
    }.items() <= {name: str(dtype) for name, dtype in dtypes.items()}.items()


def test_conform_completes_types_and_orders() -> None:
    """Absent optional columns come as missing, other columns stay behind them, rows and index are kept."""
    frame = pd.DataFrame({"squad": ["x"], "status": ["paused"], "program_id": [7], "spec_planned": [2.0]}, index=[5])

    whole = schema.conform("programs", frame)

    assert ["program_id", "name"] == list(whole.columns[:2])
    assert "squad" == whole.columns[-1]
    assert ("7", 2, [5]) == (whole["program_id"].item(), whole["spec_planned"].item(), whole.index.tolist())
    assert whole["actual_end"].isna().all()


def test_conform_leaves_out_required_columns_and_keeps_its_argument() -> None:
    """A missing required column is left to validate; the frame given is not touched."""
    frame = pd.DataFrame({"status": ["paused"]})

    whole = schema.conform("programs", frame)

    assert "team" not in whole
    assert ["status"] == list(frame.columns)


def test_conform_leaves_what_it_cannot_type() -> None:
    """A column that would lose something is left as it is, for validate to show."""
    frame = pd.DataFrame({"baseline_end": ["soon"], "spec_planned": [1.5]})

    whole = schema.conform("programs", frame)

    assert ("soon", 1.5) == (whole["baseline_end"].item(), whole["spec_planned"].item())


def test_conform_takes_moments_to_the_engagements_zone() -> None:
    """The moment stays the same, its zone becomes the engagement's."""
    visits = pd.DataFrame({"entered_at": pd.to_datetime(["2026-03-31T22:30Z"])})

    entered = schema.conform("stage_visits", visits, BERLIN)["entered_at"]

    assert "2026-04-01 00:30:00+02:00" == str(entered.item())


@pytest.mark.parametrize("table", ["programs", "status_events", "survey_answers"])
def test_conforming_twice_changes_nothing(table: str) -> None:
    """A conformed table is already as it should be."""
    frame = schema.empty(table, BERLIN)

    pd.testing.assert_frame_equal(frame, schema.conform(table, frame, BERLIN))


@given(ITEMS)
def test_lists_survive_being_written_and_read(items: list[str]) -> None:
    """Items come back stripped, each once, in order; no items give a missing cell."""
    cells = schema.join_list(pd.Series([tuple(dict.fromkeys(items))], dtype=object))

    assert [tuple(dict.fromkeys(items))] == schema.split_list(cells).tolist()
    assert [len(set(items))] == schema.list_size(cells).tolist()
    assert bool(items) == cells.notna().item()


def test_lists_keep_index_and_name() -> None:
    """Reading lists gives a column that lines up with its table."""
    cells = pd.Series(["a;b", None], index=["p", "q"], name="owners_now", dtype="str")

    split = schema.split_list(cells)

    assert (["p", "q"], "owners_now", [("a", "b"), ()]) == (split.index.tolist(), split.name, split.tolist())
