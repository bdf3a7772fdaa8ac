from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandas.testing as pdt
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit import schema
from gapkit.intake.joining.merge import clashing_ids, merge_copies

TZ = "America/New_York"


def origin(frame: pd.DataFrame, *files: str) -> pd.DataFrame:
    return frame.assign(_source=list(files), _sheet="", _row=range(2, 2 + len(frame)))


def test_the_copy_changed_last_is_kept_and_filled_from_the_others(table: Callable[..., pd.DataFrame]) -> None:
    """What the newest copy leaves blank comes from an older one; the day first seen is the earliest of all."""
    rows = origin(
        table(
            "programs",
            {"program_id": "P", "name": "Old", "status": "in_progress", "updated_at": "2026-03-01 09:00",
             "owners_now": "ana", "first_seen_on": pd.Timestamp("2026-01-05")},
            {"program_id": "P", "name": "New", "status": "delivered", "updated_at": "2026-03-09 09:00",
             "first_seen_on": pd.Timestamp("2026-02-05")},
            {"program_id": "Q"},
        ),
        "a.csv", "b.csv", "a.csv",
    )  # fmt: skip
    merged = merge_copies(rows)
    kept = merged.rows.set_index("program_id").loc["P"]

    assert ["P", "Q"] == sorted(merged.rows["program_id"])
    assert ("New", "delivered", "ana", "b.csv", pd.Timestamp("2026-01-05")) == (
        kept["name"], kept["status"], kept["owners_now"], kept["_source"], kept["first_seen_on"],
    )  # fmt: skip
    assert ("1 program stands in 2 rows; copies differ in name 1, status 1: the one changed last counts.",) == merged.notes
    assert rows.dtypes.equals(merged.rows.dtypes)


@settings(max_examples=30)
@given(st.permutations(range(4)))
def test_the_order_of_rows_and_sources_changes_nothing(order: list[int]) -> None:
    """Copies without a moment of change fall back on the names of their files."""
    rows = schema.conform(
        "programs",
        pd.DataFrame({
            "program_id": ["P", "P", "P", "Q"], "type": "web", "team": ["A", "B", None, "C"], "status": "not_started",
            "name": [None, "two", "three", "four"],
        }),
        TZ,
    )  # fmt: skip
    rows = rows.assign(_source=["c.csv", "a.csv", "b.csv", "a.csv"], _sheet="", _row=[2, 3, 4, 5])
    found = merge_copies(rows.iloc[order].reset_index(drop=True)).rows.sort_values("program_id", ignore_index=True)

    pdt.assert_frame_equal(merge_copies(rows).rows.sort_values("program_id", ignore_index=True), found)
    assert ["two", "B"] == found.loc[found["program_id"] == "P", ["name", "team"]].iloc[0].tolist()


def test_one_id_for_two_things_in_two_trackers_is_not_merged_in_silence(table: Callable[..., pd.DataFrame]) -> None:
    """The ids 7 of two trackers with different names are a problem that names both; the same name is no problem."""
    rows = origin(
        table(
            "programs", {"program_id": "7", "name": "Spring"}, {"program_id": "7", "name": "Fair"},
            {"program_id": "8", "name": "Site!"}, {"program_id": "8", "name": "site"},
        ),
        "a.csv", "b.xlsx", "a.csv", "b.xlsx",
    )  # fmt: skip
    kinds = pd.Series(["gitlab-csv", "planner-excel"] * 2)

    assert ["7"] == [problem.value for problem in clashing_ids(rows, kinds, ())]
    assert "b.xlsx row 3 (Fair)" in clashing_ids(rows, kinds, ())[0].what
    assert [] == clashing_ids(rows, kinds, {"7"})
    assert [] == clashing_ids(rows, pd.Series(["jira-csv"] * 4), ())


def test_moments_of_any_zone_are_compared_and_types_stay(table: Callable[..., pd.DataFrame]) -> None:
    """The same conform of columns comes out, whatever was blank; an unknown moment is older than any."""
    rows = table(
        "programs",
        {
            "program_id": "P",
            "name": "unknown",
            "spec_planned": 3,
            "new_model": True,
            "current_end": pd.Timestamp("2026-03-01"),
        },
        {"program_id": "P", "name": "early", "updated_at": "2026-03-08 01:30"},
        {"program_id": "P", "name": "late", "updated_at": "2026-03-08 03:30"},
    )
    rows = origin(rows, "a.csv", "b.csv", "c.csv").astype({"_source": "category", "_row": "Int64"})
    merged = merge_copies(rows).rows

    assert rows.dtypes.equals(merged.dtypes)
    assert ["late", 3, True, pd.Timestamp("2026-03-01"), "c.csv", 4] == merged.iloc[0][
        ["name", "spec_planned", "new_model", "current_end", "_source", "_row"]
    ].tolist()


def test_copies_in_the_present_export_of_a_series_are_merged_too(table: Callable[..., pd.DataFrame]) -> None:
    """It has no day yet; none of its programs may be lost for that."""
    rows = table("programs", *({"program_id": name, "owners_now": owner} for name, owner in ("Pa", "Pb", "Pc")))
    rows = origin(rows, "a.csv", "a.csv", "b.csv").assign(_on=pd.to_datetime([None, None, "2026-01-05"]))
    merged = merge_copies(rows, ("program_id", "_on")).rows

    assert [("a", True), ("c", False)] == sorted(zip(merged["owners_now"], merged["_on"].isna(), strict=True))


def test_what_one_copy_calls_open_another_may_know_better(table: Callable[..., pd.DataFrame]) -> None:
    """Open says neither begun nor ended: an older copy's blocked stands, its delivered does not."""
    rows = table(
        "programs",
        *(
            {"program_id": name, "status": status, "updated_at": at}
            for name in "PQ"
            for status, at in (
                ("open", "2026-03-02 09:00"),
                ("blocked" if name == "P" else "delivered", "2026-03-01 09:00"),
            )
        ),
    )
    merged = merge_copies(origin(rows, *["a.csv", "b.csv"] * 2)).rows.set_index("program_id")

    assert {"P": "blocked", "Q": "open"} == merged["status"].to_dict()


@given(st.permutations(range(3)))
def test_equal_copies_of_one_file_are_chosen_by_content(order: list[int]) -> None:
    """Changed at one moment in one file: the order of rows decides nothing."""
    rows = schema.conform(
        "programs",
        pd.DataFrame(
            {"program_id": "P", "type": "web", "team": ["C", "A", "B"], "status": "paused", "name": [None, "x", "y"]}
        ),
        TZ,
    )
    mixed = rows.iloc[order].reset_index(drop=True).assign(_source="a.csv", _sheet="", _row=[2, 3, 4])

    assert ["A", "x"] == merge_copies(mixed).rows[["team", "name"]].iloc[0].tolist()
