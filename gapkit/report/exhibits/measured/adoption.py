"""Exhibits of adoption: whether the new way of working ran, part by part, and place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number, label_share, sentence_case
from gapkit.measurement.adoption.wording import ran_words, side_words
from gapkit.plots.promised import Ran, describe_adoption, plot_adoption
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot

if TYPE_CHECKING:
    from gapkit.measurement import Measurement
    from gapkit.measurement.adoption import Part
    from gapkit.results import Result

DEFINITION: Final = "In place: the lower limit reaches the mark; missing: the upper limit is below 50 %; 90 % intervals"
TABLES: Final = ("reviews", "programs", "stage_visits", "handoffs", "kpi_values")


def adoption(m: Measurement) -> Exhibit | Callout:
    """Return each part of the new way of working before and after, against the mark it should reach."""
    part = m.adoption
    if not part.measured:
        return Callout("missing", " ".join((part.sentence, *part.caveats[:1])))
    rows = [Ran(sentence_case(one.name), one.before, one.after, one.mark, one.verdict) for one in part.parts]
    table = _table(part.parts)
    title, _, meaning = part.sentence.rstrip(".").partition("; ")
    periods = f"{m.comparison.before.period} and {m.comparison.after.period}"
    return Exhibit(
        "adoption", title, draw(m.eng, plot_adoption, rows), alt=describe_adoption(rows), table=table,
        reading=f"{sentence_case(meaning)}." if meaning else ran_words(part.parts),
        foot=" ".join((*part.caveats, foot(m.eng, DEFINITION, n=periods, tables=TABLES))),
        facts=(*map(label_number, range(len(part.parts) + 1)), *facts_of_table(table)),
    )  # fmt: skip


def _table(parts: tuple[Part, ...]) -> Table:
    columns = (Column("Part", width=0.26), Column("Before", "right", 0.22), Column("After", "right", 0.22),
               Column("Mark", "right", 0.1), Column("In place?", width=0.2))  # fmt: skip
    rows = tuple(
        (sentence_case(one.name), _cell(one.before), _cell(one.after), label_share(one.mark), one.verdict) for one in parts
    )
    return Table(columns, rows)


def _cell(result: Result) -> str:
    return sentence_case(side_words(result).replace("90 % interval ", ""))


def adoption_places(m: Measurement) -> Table | None:
    """Return the same meeting by meeting, place by place and input by input; None where there is nothing to list."""
    columns = (Column("Part", width=0.26), Column("What", width=0.26), Column("Before", "right", 0.14),
               Column("After", "right", 0.14), Column("Mark", "right", 0.08), Column("Decided", width=0.12))  # fmt: skip
    rows = tuple(
        (sentence_case(part.name), entry.name, _counted(entry.before), _counted(entry.after), label_share(entry.mark),
         entry.standing)
        for part in m.adoption.parts if part.after.status != "not_assessable"
        for entry in part.entries
    )  # fmt: skip
    return Table(columns, rows, title="The new way of working, one by one", foot=DEFINITION) if rows else None


def _counted(result: Result) -> str:
    if result.status == "not_assessable" or result.events is None:
        return "none due"
    return f"{label_number(result.events)} of {label_number(result.n)}"
