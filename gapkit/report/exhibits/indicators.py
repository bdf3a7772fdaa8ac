"""The register of indicators: every sign of killers and fractures, counted or not, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_interval,
    label_list,
    label_number,
    label_value,
    sentence_case,
)
from gapkit.report.blocks import Column, Table
from gapkit.report.exhibits.common import source_of
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.evidence import Indicator


class IndicatorRow(NamedTuple):
    """One indicator of the register.

    Attributes
    ----------
    of : tuple of str
        Ids of the killers and fractures it belongs to.
    indicator : Indicator
        Value, interval, anchors, score, status, source and caveats.
    """

    of: tuple[str, ...]
    indicator: Indicator

    @property
    def names(self) -> str:
        """Plain names of the killers and fractures it belongs to."""
        return label_list([name_of(name) for name in self.of])

    @property
    def answer(self) -> str:
        """Its value in words, or that it is not measured, or that there is too little data."""
        shown = self.indicator
        words = {"not_assessable": NOT_MEASURED, "thin": TOO_LITTLE}
        return words.get(shown.status) or label_value(shown.value, shown.unit, shown.n)


def indicator_rows(d: Diagnosis) -> tuple[IndicatorRow, ...]:
    """Return every indicator of killers and fractures once, in the order of the method.

    Parameters
    ----------
    d : Diagnosis
        Its killers and fractures.

    Returns
    -------
    tuple of IndicatorRow
        Counted or not; those of unclear ownership count for the ownership fracture too.
    """
    owners: dict[str, list[str]] = {}
    found: dict[str, Indicator] = {}
    for finding in (*d.killers.findings, *d.fractures.findings):
        for indicator in finding.indicators:
            owners.setdefault(indicator.id, []).append(finding.id)
            found.setdefault(indicator.id, indicator)
    return tuple(IndicatorRow(tuple(owners[name]), found[name]) for name in found)


def indicators(d: Diagnosis) -> Table | None:
    """Return the register of indicators as a table of the appendix; None where none had anything to count."""
    if not any(row.indicator.n for row in indicator_rows(d)):
        return None
    rows = tuple(_row(row) for row in indicator_rows(d))
    counted = sum(row.indicator.status == "ok" for row in indicator_rows(d))
    columns = (Column("Id", width=0.1), Column("What it measures", width=0.25),
               Column("Value (95 % interval)", "right", 0.14), Column("n", "right", 0.05),
               Column("Healthy to severe", "right", 0.11), Column("Score", "right", 0.06),
               Column("Tables, and what to know", width=0.29))  # fmt: skip
    title = f"{label_number(counted)} of {label_count(len(rows), 'indicator')} of killers and fractures could be counted"
    tables = {table for row in indicator_rows(d) if row.indicator.n for table in row.indicator.source}
    foot = f"Score: 0 at the healthy value, 100 at the severe one · 95 % interval: bootstrap · {source_of(d.eng, *tables)}"
    return Table(columns, rows, title=title, foot=foot)


def _row(row: IndicatorRow) -> tuple[str, ...]:
    shown = row.indicator
    anchors = label_interval(shown.healthy, shown.severe, shown.unit)
    interval = "" if shown.low is None else f" ({label_interval(shown.low, shown.high, shown.unit, shown.n)})"
    score = "–" if shown.score is None else label_number(shown.score)
    tables = "" if shown.status == "not_assessable" else f"{label_list([name_of(table) for table in shown.source])}."
    known = sentence_case(" ".join(filter(None, (tables, *shown.caveats))))
    return (shown.id, f"… {shown.name}", f"{row.answer}{interval}", label_number(shown.n), anchors, score, known)
