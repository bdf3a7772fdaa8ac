from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake import Intake
from gapkit.intake.joining.links import with_links, with_prefix
from gapkit.schema import TABLES

IDS = st.sampled_from(["A-1", "A-2", "7", "8", "row 7", None])


def frame(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype="str")


def test_a_prefix_reaches_every_column_that_holds_ids_of_programs() -> None:
    """Whatever a table refers to programs by; ids of other things, names and blanks are left alone."""
    reached = {
        table: [
            column.name
            for column in TABLES[table].fields()
            if "P-7" == with_prefix(frame(**{column.name: ["7"]}), table, "P-")[column.name][0]
        ]
        for table in TABLES
    }

    assert {
        "programs": ["program_id", "parent_id"],
        "status_events": ["event_id", "program_id"],
        "stage_visits": ["program_id"],
        "handoffs": ["program_id"],
        "dependencies": ["from_id", "to_id"],
        "record_checks": ["program_id"],
        "reviews": ["program_ids"],
        "decisions": ["program_id"],
        "kpis": ["program_ids"],
        "costs": ["program_id"],
        "signed_plan": ["program_id"],
    } == {table: columns for table, columns in reached.items() if columns}


def test_every_id_of_a_list_gets_the_prefix() -> None:
    """Also where there is one only, or none."""
    lists = with_prefix(frame(program_ids=["7;8", "9", None]), "reviews", "WEB-")["program_ids"]

    assert ["WEB-7;WEB-8", "WEB-9"] == lists.dropna().tolist()
    assert lists.isna().tolist() == [False, False, True]


def test_dependencies_of_roles_and_functions_get_no_prefix() -> None:
    """Their ids are names of roles; a blank level means programs."""
    rows = frame(from_id=["7", "Legal", "8"], to_id=["8", "Brand", "9"], level=["program", "function", None])

    found = with_prefix(rows, "dependencies", "P-")

    assert ["P-7", "Legal", "P-8"] == found["from_id"].tolist()
    assert ["P-8", "Brand", "P-9"] == found["to_id"].tolist()


def test_no_prefix_changes_nothing() -> None:
    """The usual source has none."""
    rows = frame(program_id=["7"])

    assert rows is with_prefix(rows, "programs", "")


def test_a_linked_id_becomes_the_one_that_is_kept_everywhere() -> None:
    """In programs, in what refers to them, and in lists, which hold it once; rows are kept."""
    tables = {
        "programs": frame(program_id=["MKT-12", "1203948", "X"], parent_id=[None, None, "row 7"]),
        "stage_visits": frame(program_id=["row 7", "X"], stage=["1203948", "build"]),
        "reviews": frame(program_ids=["X;1203948;MKT-12", None]),
    }

    linked, notes = with_links(tables, {"MKT-12": ("1203948", "row 7")})

    assert ["MKT-12", "MKT-12", "X"] == linked["programs"]["program_id"].tolist()
    assert "MKT-12" == linked["programs"]["parent_id"][2]
    assert [("MKT-12", "1203948"), ("X", "build")] == list(linked["stage_visits"].itertuples(index=False, name=None))
    assert ["X;MKT-12"] == linked["reviews"]["program_ids"].dropna().tolist()
    assert ('No program has these ids, which links: in engagement.yml names: "row 7".',) == notes


def test_a_program_linked_to_its_parent_has_no_parent() -> None:
    """It would be its own; one that was its own before is for the check of the tables to tell."""
    programs = frame(program_id=["A", "B", "C"], parent_id=[None, "A", "C"])

    linked, _ = with_links({"programs": programs}, {"A": ("B",)})

    assert [True, True, False] == linked["programs"]["parent_id"].isna().tolist()


def test_an_id_in_its_own_list_changes_nothing() -> None:
    """It only confirms that two trackers mean one program by it."""
    programs = frame(program_id=["A", "B"])

    linked, notes = with_links({"programs": programs}, {"A": ("A",)})

    assert (["A", "B"], ()) == (linked["programs"]["program_id"].tolist(), notes)


def test_many_unknown_ids_are_counted() -> None:
    """A note stays readable."""
    others = tuple(f"T{number}" for number in range(20))

    (note,) = with_links({"programs": frame(program_id=["A"])}, {"A": others})[1]

    assert '"T7" and 12 more' in note


def test_ids_are_compared_to_the_letter() -> None:
    """A-1 and a-1 may be two programs."""
    linked, notes = with_links({"programs": frame(program_id=["A", "b-1"])}, {"A": ("B-1",)})

    assert ["A", "b-1"] == linked["programs"]["program_id"].tolist()
    assert '"B-1"' in notes[0]


@given(st.lists(st.tuples(IDS, IDS), min_size=1, max_size=8))
def test_linking_twice_is_linking_once(rows: list[tuple[str | None, str | None]]) -> None:
    """Nothing linked is left to be linked, and no argument is changed."""
    programs = frame(program_id=[first for first, _ in rows], parent_id=[second for _, second in rows])
    before, links = programs.copy(), {"A-1": ("7", "row 7"), "A-2": ("8",)}

    once, _ = with_links({"programs": programs}, links)
    twice, _ = with_links(once, links)

    pd.testing.assert_frame_equal(once["programs"], twice["programs"])
    pd.testing.assert_frame_equal(before, programs)
    assert not set(once["programs"]["program_id"].dropna()) & {"7", "8", "row 7"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_trackers_are_brought_together(read: Callable[..., Intake], order: tuple[int, int]) -> None:
    """Through the whole of intake: numbers kept apart by a prefix, one program under two ids made one row."""
    head = "program_id,name,type,team,status,current_end\n"
    sources = [
        "  - {file: data/a.csv, table: programs}\n",
        "  - {file: data/b.csv, table: programs, prefix: WEB-}\n",
    ]
    files = {
        "data/a.csv": head + "7,Spring,campaign,Brand,in_progress,\n8,Fair,event,Brand,not_started,\n",
        "data/b.csv": head + "7,Site,web,Web,in_progress,\n9,Spring,campaign,Brand,in_progress,2026-08-31\n",
    }

    intake = read(files, "sources:\n" + "".join(sources[place] for place in order) + 'links: {"7": [WEB-9]}\n')

    programs = intake.tables["programs"].set_index("program_id")
    assert () == intake.problems
    assert ["7", "8", "WEB-7"] == programs.index.tolist()
    assert ("Spring", pd.Timestamp("2026-08-31")) == (programs.loc["7", "name"], programs.loc["7", "current_end"])
