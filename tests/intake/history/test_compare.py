from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from gapkit.intake.history.compare import compare_exports

BEFORE = [
    {"program_id": "a", "name": "Spring", "current_end": pd.Timestamp("2026-03-31"), "owners_now": "ana"},
    {"program_id": "b", "name": "Fair", "current_end": pd.Timestamp("2026-05-30"), "owners_now": "ben"},
    {"program_id": "c", "name": "Site"},
    {"program_id": "gone"},
]


def test_what_came_what_went_and_what_moved(table: Callable[..., pd.DataFrame]) -> None:
    """Every changed cell is one row with old and new; how far a planned end moved is in days, later positive."""
    after = [
        {**BEFORE[0], "status": "delivered"},
        {**BEFORE[1], "current_end": pd.Timestamp("2026-05-20"), "owners_now": None},
        BEFORE[2],
        {"program_id": "new"},
    ]
    found = compare_exports(table("programs", *BEFORE), table("programs", *after))
    changed = found.changed.sort_values(["program_id", "column"])

    assert (("new",), ("gone",), 1) == (found.added, found.gone, found.same)
    assert [
        ("a", "Spring", "status", "not_started", "delivered"),
        ("b", "Fair", "current_end", "2026-05-30", "2026-05-20"),
        ("b", "Fair", "owners_now", "ben", None),
    ] == [tuple(None if pd.isna(cell) else cell for cell in row) for row in changed.itertuples(index=False, name=None)]
    assert {"b": -10} == found.moved_days.to_dict()


def test_the_same_export_shows_no_change_in_whatever_order(table: Callable[..., pd.DataFrame]) -> None:
    """Rows and columns may stand in any order, and a column only one export has is no change of every program."""
    before = table("programs", *BEFORE)
    after = before.iloc[::-1, ::-1].drop(columns="owners_now")
    found = compare_exports(before, after)

    assert ((), (), 4, 0) == (found.added, found.gone, found.same, len(found.changed))
    assert found.moved_days.empty


def test_a_planned_end_set_or_removed_has_not_moved(table: Callable[..., pd.DataFrame]) -> None:
    """It is a change; how many days it moved has no answer."""
    after = [{**BEFORE[0], "current_end": None}, BEFORE[1], {**BEFORE[2], "current_end": pd.Timestamp("2026-05-30")}]
    found = compare_exports(table("programs", *BEFORE), table("programs", *after))

    assert {"a", "c"} == set(found.changed["program_id"])
    assert found.moved_days.empty
