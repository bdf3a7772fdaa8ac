from __future__ import annotations

import pandas as pd

from gapkit.report.frames import read_table


def test_frame_comes_back() -> None:
    """A DataFrame left in a cell becomes a table with its numbers on the right."""
    frame = pd.DataFrame({"team": ["A & B", "<c>"], "days": [1.5, -2.0]})
    table = read_table(frame._repr_html_())  # type: ignore[operator]

    assert table is not None
    assert ["", "team", "days"] == [column["name"] for column in table["columns"]]
    assert ["right", "left", "right"] == [column["align"] for column in table["columns"]]
    assert [["0", "A & B", "1.5"], ["1", "<c>", "-2.0"]] == table["rows"]


def test_what_is_no_simple_table_is_not_guessed() -> None:
    """Merged cells, ragged rows, no header or no table: nothing is shown rather than something wrong."""
    for html in (
        "<p>text</p>",
        "<table><tr><td>1</td></tr></table>",
        "<table><tr><th colspan=2>a</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><th>a</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><th>a</th></tr></table><table><tr><th>b</th></tr></table>",
    ):
        assert read_table(html) is None
