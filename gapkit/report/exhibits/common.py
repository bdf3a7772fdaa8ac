"""What all three reports share: cover, foot lines, the facts a sentence may use, tables of results."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from gapkit.labels import (
    label_count,
    label_date,
    label_list,
    label_number,
    label_result,
    label_result_interval,
    label_share,
    label_value,
    sentence_case,
)
from gapkit.plots.theme import theme
from gapkit.report.blocks import Callout, Column, Commentary, Cover, Table, Tile, read_logo
from gapkit.vocabulary import PHASE_DAYS, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from gapkit.engagement import Engagement
    from gapkit.report.blocks import TileDirection
    from gapkit.results import Result

SHORT_COLUMNS = (Column("Figure", width=0.5), Column("Value", "right", 0.18), Column("95 % interval", "right", 0.22),
                 Column("n", "right", 0.1))  # fmt: skip
FROZEN_PLAN = "programs committed by the freeze of the quarter, judged on the date then in force"
TITLES = {
    "diagnose": "Diagnosis of the execution gap",
    "redesign": "Redesign: where to start",
    "measure": "Measurement: did it work",
}


def cover(eng: Engagement, phase: str, *, period: str) -> Cover:
    """Return the cover page of a phase's report."""
    first, last = PHASE_DAYS[phase]
    days = f"from day {first}" if phase == "measure" else f"days {first} to {last}"  # measured every month after, too
    brand = eng.config.brand
    return Cover(
        client=eng.config.client,
        title=TITLES[phase],
        subtitle="Planned against delivered",
        phase=phase.capitalize(),
        days=days,
        as_of=eng.as_of,
        period=period,
        firm=brand.firm,
        accent=brand.accent or "",
        logo=read_logo(eng.folder / brand.logo) if brand.logo else "",
        paper=eng.config.paper,
    )


def commentary(eng: Engagement, phase: str, slot: str) -> Commentary:
    """Return the consultant's own words at a slot of a report; empty where none were written."""
    path = eng.folder / "commentary" / phase / f"{slot}.md"
    return Commentary(slot, path.read_text(encoding="utf-8") if path.is_file() else "")


def unmeasured(title: str, result: Result | None = None) -> Callout:
    """Return what stands in place of an exhibit without a figure: one line, the reasons are gathered at the end.

    Too little data is a note; only what nothing records is called not measured.
    """
    is_thin = result is not None and result.status != "not_assessable"
    return Callout("note" if is_thin else "missing", title if title.endswith(".") else f"{title}.")


def draw(eng: Engagement, plot: Callable[..., Axes], *args: Any, **options: Any) -> Figure:
    """Return the figure a plot function draws, in the client's colours."""
    with theme(eng.config.brand.accent):
        figure = plot(*args, **options).get_figure(root=True)
    assert figure is not None, "a plot function returns Axes that stand in a figure"
    return figure


def facts_of(*results: Result) -> tuple[str, ...]:
    """Return every number-word that a sentence about these results may use: values, limits, n, events, period."""
    words: list[str] = []
    for result in results:
        words += [label_number(result.n), result.period]
        words += [label_number(result.events)] if result.events is not None else []
        words += [label_value(x, result.unit, result.n) for x in (result.value, result.low, result.high) if x is not None]
        words += [label_result(result), *result.caveats]
    return tuple(dict.fromkeys(words))


def facts_of_table(table: Table) -> tuple[str, ...]:
    """Return the texts of all cells of a table."""
    return tuple(dict.fromkeys(cell for row in table.rows for cell in row if cell))


def source_of(eng: Engagement, *tables: str) -> str:
    """Return where some tables came from, short enough for a foot line."""
    files = list(dict.fromkeys(read.file for read in eng.sources if read.table in tables))
    shown = label_list(files) if len(files) <= 3 else f"{files[0]} and {label_count(len(files) - 1, 'other file')}"
    return f"Source: {shown or 'none'}, read as of {label_date(eng.as_of)}"


def foot(
    eng: Engagement, definition: str, *results: Result, n: str = "", tables: Sequence[str] = ("programs", "status_events")
) -> str:
    """Return the foot line of an exhibit: definition · n · period · method · source."""
    first = results[0] if results else None
    parts = [definition]
    parts.append(n or (f"n = {label_number(first.n)}" if first is not None else ""))
    parts.append(first.period if first is not None else "")
    parts.append(f"95 % interval: {method_words(first)}" if first is not None and first.is_ok and first.method else "")
    parts.append(source_of(eng, *(table for table in tables if eng.has(table))))
    return " · ".join(part for part in parts if part)


def method_words(result: Result) -> str:
    """Return the method of an interval in general words: the design effect differs from row to row of an exhibit."""
    if "design effect" in result.method:
        return "Wilson, widened where programs of a team are alike"
    return result.method


def results_table(results: Mapping[str, Result], *, title: str = "", foot_line: str = "", caveats: bool = True) -> Table:
    """Return results as a table: figure, value, interval, counted units, what to know."""
    columns = (Column("Figure", width=0.27), Column("Value", "right", 0.14), Column("95 % interval", "right", 0.17),
               Column("n", "right", 0.08), Column("What to know", width=0.34))  # fmt: skip
    rows = [
        (sentence_case(name_of(name)), label_result(result), label_result_interval(result), label_number(result.n),
         result.caveats[0] if result.caveats else "")
        for name, result in results.items()
    ]  # fmt: skip
    if not caveats or not any(row[-1] for row in rows):
        return Table(SHORT_COLUMNS, tuple(row[:-1] for row in rows), title=title, foot=foot_line)
    return Table(columns, tuple(rows), title=title, foot=foot_line)


def tile(label: str, result: Result, direction: TileDirection = "", note: str = "") -> Tile:
    """Return a headline tile of a result; without a number it says that it is not measured, or too little data."""
    value, interval = label_result(result), label_result_interval(result)
    counted = label_count(result.n, "day") if result.name == "wip" else f"n = {label_number(result.n)}"
    notes = ("" if result.status == "not_assessable" else counted, note if result.is_ok else "")
    limits = f"{label_share(result.level)}: {interval}" if result.level < 1 else f"lowest and highest day: {interval}"
    return Tile(label, sentence_case(value), limits if interval else "", " · ".join(filter(None, notes)),
                direction if result.is_ok else "")  # fmt: skip


def frame_table(
    frame: pd.DataFrame, columns: Mapping[str, tuple[str, Column]], *, title: str = "", foot_line: str = ""
) -> Table:
    """Return a frame as a table.

    Parameters
    ----------
    frame : DataFrame
        Rows to show, all of them.
    columns : mapping of str to (str, Column)
        Frame column to its form (``text``, ``count``, ``share``, ``days``, ``day``) and its table column.
    """
    rows = [tuple(_cell(row[name], form) for name, (form, _) in columns.items()) for row in frame.to_dict(orient="records")]
    return Table(tuple(column for _, column in columns.values()), tuple(rows), title=title, foot=foot_line)


def _cell(value: Any, form: str) -> str:
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return "–"
    if form == "day":
        return label_date(value if isinstance(value, dt.date) else pd.Timestamp(value).date())
    if form == "word":
        return name_of(str(value))
    if form == "text":
        return str(value)
    return label_value(float(value), form)  # type: ignore[arg-type]
