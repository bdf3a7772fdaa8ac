"""A plain table an analyst leaves in a cell: the HTML pandas writes for it, read back into columns and rows."""

from __future__ import annotations

from html.parser import HTMLParser

from gapkit.report.markdown import Node

_NUMERIC = set("0123456789.,%+-−– ")


class _Grid(HTMLParser):
    """Collects the cells of the first table: a list of rows, each a list of (is header, text)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[bool, str]]] = []
        self.tables = 0
        self.is_spanning = False
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._cell = []
            self.is_spanning |= any(name in {"rowspan", "colspan"} for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None and self.rows:
            self.rows[-1].append((tag == "th", " ".join("".join(self._cell).split())))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def read_table(html: str) -> Node | None:
    """Return a table node for the HTML of a DataFrame, or None where the HTML is no simple table.

    Parameters
    ----------
    html : str
        What ``DataFrame._repr_html_`` writes.

    Returns
    -------
    dict or None
        A ``table`` node. Columns of numbers stand right. None for merged cells, several tables, or ragged rows.

    Examples
    --------
    >>> table = read_table("<table><tr><th></th><th>n</th></tr><tr><th>a</th><td>1</td></tr></table>")
    >>> [column["align"] for column in table["columns"]], table["rows"]
    (['left', 'right'], [['a', '1']])
    """
    grid = _Grid()
    grid.feed(html)
    rows = [[text for _, text in row] for row in grid.rows if row]
    has_header = bool(grid.rows) and all(is_header for is_header, _ in grid.rows[0])
    if grid.tables != 1 or grid.is_spanning or not has_header or len({len(row) for row in rows}) != 1:
        return None
    header, body = rows[0], rows[1:]
    columns = [
        {"name": name, "align": "right" if _is_numeric([row[i] for row in body]) else "left", "width": 0.0}
        for i, name in enumerate(header)
    ]
    return {"kind": "table", "columns": columns, "rows": body, "title": "", "foot": ""}


def _is_numeric(texts: list[str]) -> bool:
    filled = [text for text in texts if text not in {"", "NaN", "None", "<NA>"}]
    return bool(filled) and all(set(text) <= _NUMERIC for text in filled)
