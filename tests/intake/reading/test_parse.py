from __future__ import annotations

import pandas as pd

from gapkit.intake.reading.parse import Reading, Typed, parse_lists, parse_table

READING = Reading("America/New_York", "USD")


def typed(table: str, reading: Reading = READING, **columns: list[object]) -> Typed:
    raw = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    rows = range(2, 2 + len(raw))
    return parse_table(raw.assign(_source="data/x.csv", _sheet="", _row=list(rows)), table, {}, reading)


def test_every_kind_gets_its_type() -> None:
    """Columns come out with the types of the canonical tables."""
    frame = typed(
        "programs",
        program_id=[7],
        type=["Web"],
        committed_at=["2026-01-01"],
        spec_planned=["3"],
        budget_planned=["$1,000.50"],
        new_model=["yes"],
        owners_now=["ana; ben;ana"],
        intent_match=["2.5"],
        note=[1],
    ).frame

    assert ["7", "web", pd.Timestamp("2026-01-01"), 3, 1000.5, True, "ana;ben", 2.5, 1] == frame.iloc[0, :9].tolist()
    assert ["str", "str", "datetime64[us]", "Int64", "float64", "boolean", "str", "float64"] == [
        str(dtype) for dtype in frame.dtypes.iloc[:8]
    ]


def test_each_bad_cell_is_one_problem_and_the_others_stay() -> None:
    """A problem names file, row, column, value; its cell is missing, its row otherwise whole."""
    read = typed(
        "programs", program_id=["a", "b", "c"], current_end=["2026-01-01", "soon", None], new_model=["yes", "no", "maybe"]
    )

    assert [(3, "current_end", "soon"), (4, "new_model", "maybe")] == [(p.row, p.column, p.value) for p in read.problems]
    assert [True, False, False] == read.frame["current_end"].notna().tolist()
    assert ["a", "b", "c"] == read.frame["program_id"].tolist()


def test_many_bad_cells_are_counted_after_twenty() -> None:
    """A column of rubbish must not fill the screen, and must not lose its count."""
    read = typed("programs", current_end=["soon"] * 50)

    assert 21 == len(read.problems)
    assert "30 more cells" in read.problems[-1].what
    assert 50 == len(read.bad)


def test_unknown_words_are_counted_per_word() -> None:
    """One problem per word, at its first row, with the number of rows; all of them in the account."""
    read = typed("programs", status=["QA", "delivered", "QA", "Parked"])

    assert [(2, "QA", "unknown status, in 2 rows"), (5, "Parked", "unknown status")] == [
        (p.row, p.value, p.what) for p in read.problems
    ]
    assert {"status": (("QA", 2), ("Parked", 1))} == read.unmapped


def test_order_of_day_and_month_is_one_decision_per_source() -> None:
    """A column that proves nothing follows the columns of the same source that do; dates: overrides all."""
    columns: dict[str, list[object]] = {"current_start": ["03/04/2026"], "current_end": ["25/04/2026"]}
    asked = typed("programs", current_start=["03/04/2026"])

    assert [4, 3] == [
        typed("programs", **columns).frame["current_start"].dt.month.item(),
        typed("programs", Reading("UTC", "USD", "mdy"), **columns).frame["current_start"].dt.month.item(),
    ]
    assert ["Set dates: dmy or dates: mdy for this source in engagement.yml."] == [p.remedy for p in asked.problems]


def test_lists_in_mapped_columns_may_use_commas() -> None:
    """A comma separates only where the client's own column is mapped and no semicolon is in use."""
    cells = pd.Series(["ana, ben", "cy"], dtype="str")

    assert ["ana;ben", "cy"] == parse_lists(cells, commas=True).tolist()
    assert ["ana, ben", "cy"] == parse_lists(cells, commas=False).tolist()
    assert ["a, b;c"] == parse_lists(pd.Series(["a, b; c"], dtype="str"), commas=True).tolist()


def test_ids_that_lost_digits_are_refused() -> None:
    """1.2E+15 and a 17-digit number in a cell are no longer the id they were."""
    read = typed("programs", program_id=["1.2E+15", 12345678901234567.0, 7.0, "1207649349847519"])

    assert [2, 3] == [problem.row for problem in read.problems]
    assert ["7", "1207649349847519"] == read.frame["program_id"].dropna().tolist()


def test_naive_moments_are_noted() -> None:
    """Reading a moment as local time is a choice, and said."""
    assert "1 moment without a time zone" in typed("decisions", asked_at=["2026-01-01 10:00"]).notes[0]
