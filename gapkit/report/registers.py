"""The evidence as registers: what was read, what was not mapped, how far it carries, what is known of each plan.

A register is a table of plain values. The workbook shows every row of it; the appendix of a report the short ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sized
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

import pandas as pd

from gapkit.baseline.plan_history import LEVELS, plan_history
from gapkit.intake import judge_sources
from gapkit.labels import sentence_case
from gapkit.schema import TABLES, Table
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

CellKind = Literal["text", "number", "share", "ratio", "amount", "date"]
# What a word without a meaning takes away, by canonical column.
AFFECTED: Final = {
    "status": "what was delivered, while more than a few programs have such a status",
    "kind": "where time goes: flow efficiency and waits",
    "type": "comparisons by type; it counts as other",
    "team": "comparisons by team",
    "value": "the answers concerned; they count as not given",
}


class Amount(NamedTuple):
    """A number in a column that holds several units.

    Attributes
    ----------
    value : float
        In the unit's base form: shares in 0..1.
    unit : str
        As in `gapkit.results`.
    """

    value: float
    unit: str


Cell = str | int | float | dt.date | Amount | None


class Heading(NamedTuple):
    """One column of a register.

    Attributes
    ----------
    name : str
        Its header.
    kind : str
        What its cells are: text, numbers, shares in 0..1, ratios of two or three decimals, amounts (`Amount`), dates.
    width : int
        In characters.
    """

    name: str
    kind: CellKind = "text"
    width: int = 24


class Register(NamedTuple):
    """One table of evidence.

    Attributes
    ----------
    name : str
        Short, as on the tab of a sheet.
    purpose : str
        What it lists, one sentence.
    headings : tuple of Heading
        Its columns.
    rows : tuple of tuple
        Text, numbers, amounts, dates, or None for blank.
    """

    name: str
    purpose: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Listed(Protocol):
    """What the list of sheets says of one."""

    @property
    def name(self) -> str:
        """Name of the sheet."""

    @property
    def purpose(self) -> str:
        """What it lists."""

    @property
    def rows(self) -> Sized:
        """Its rows."""


def contents(parts: Iterable[tuple[Listed, dt.date]]) -> Register:
    """Return the sheets of a workbook: what each lists, how many rows, and the day it was read at.

    Parameters
    ----------
    parts : iterable of (Listed, date)
        The other sheets, registers and decisions, in their order.
    """
    headings = (Heading("Sheet", width=24), Heading("What it lists", width=90), Heading("Rows", "number", 9),
                Heading("Read as of", "date", 12))  # fmt: skip
    rows = tuple((register.name, register.purpose, len(register.rows), as_of) for register, as_of in parts)
    return Register("Contents", "The sheets of this workbook.", headings, rows)


def evidence(eng: Engagement) -> Iterator[Register]:
    """Yield every register of evidence of an engagement, in the order of the workbook's sheets."""
    yield reliability(eng)
    yield source_reliability(eng)
    yield switched_off(eng)
    yield words_not_mapped(eng)
    yield columns_read(eng)
    yield checks(eng)
    yield plans(eng)


def reliability(eng: Engagement) -> Register:
    """Return how far the data carries each figure."""
    headings = (Heading("Figure"), Heading("Level", width=14), Heading("How far the data carries it", width=60),
                Heading("Because", width=50), Heading("Better with", width=50))  # fmt: skip
    rows = tuple(
        (
            sentence_case(str(row.metric)),
            str(row.level),
            str(row.statement),
            sentence_case(str(row.because)),
            str(row.switch_on),
        )
        for row in eng.reliability.itertuples()
    )
    return Register("Reliability", "How far the data carries each figure.", headings, rows)


def source_reliability(eng: Engagement) -> Register:
    """Return what each source was read as and what it is good for."""
    judged = {verdict.file: verdict for verdict in judge_sources(eng.programs, eng.status_events, eng.stage_visits,
                                                                 eng.sources, eng.config.settings)}  # fmt: skip
    rows = []
    for read in eng.sources:
        verdict = judged.get(read.file) if read.table == "programs" else None
        remarks = [read.reason] if read.reason else []
        remarks += [] if read.is_verified else ["Reading this format was not verified on a real export."]
        statement, facts = (verdict.statement, "; ".join(verdict.facts)) if verdict else ("", "")
        rows.append((
            read.file, read.title or read.format, name_of(read.table), read.rows_read, read.rows_used, statement, facts,
            " ".join([*remarks, *read.notes]),
        ))  # fmt: skip
    headings = (
        Heading("Source", width=34), Heading("Format", width=18), Heading("Table", width=18),
        Heading("Rows read", "number", 11), Heading("Rows used", "number", 11), Heading("How far it carries", width=70),
        Heading("Known", width=50), Heading("Remarks", width=70),
    )  # fmt: skip
    return Register("Sources", "What was read, and what each source is good for.", headings, tuple(rows))


def switched_off(eng: Engagement) -> Register:
    """Return what is not measured, and the one thing that would switch it on."""
    off = eng.reliability.loc[eng.reliability["level"].eq("not measured")]
    rows = [
        (sentence_case(str(row.metric)), sentence_case(str(row.because)), str(row.switch_on)) for row in off.itertuples()
    ]
    rows += [
        (sentence_case(table.switches_on), f"There is no table {table.name}.", table.ask) for table in absent_tables(eng)
    ]
    headings = (Heading("Not measured", width=50), Heading("Because", width=50), Heading("Switched on by", width=70))
    return Register(
        "Switched off", "What is not measured, and the one thing that would switch it on.", headings, tuple(rows)
    )


def absent_tables(eng: Engagement) -> list[Table]:
    """Return the tables that are not there, each of which would switch something on.

    Stages a tracker records and nobody has given a kind are there; what they need is said with the figure.
    """
    has_stages = any("kind" in read.unmapped for read in eng.sources)
    return [table for name, table in TABLES.items() if not eng.has(name) and not (name == "stage_visits" and has_stages)]


def words_not_mapped(eng: Engagement) -> Register:
    """Return every word of the client's nobody has given a meaning, how often it occurs, and what that switches off."""
    rows = tuple(
        (read.file, column, word, count, AFFECTED.get(column, "what rests on this column"))
        for read in eng.sources
        for column, words in read.unmapped.items()
        for word, count in words
    )
    headings = (Heading("Source", width=34), Heading("Column", width=16), Heading("Word", width=30),
                Heading("Rows", "number", 9), Heading("What it switches off", width=60))  # fmt: skip
    return Register("Not mapped", "Words of the sources without a meaning; their rows are kept.", headings, rows)


def columns_read(eng: Engagement) -> Register:
    """Return which column of each source became which of ours, and which no figure uses."""
    rows: list[tuple[Cell, ...]] = [
        (read.file, name_of(read.table), theirs, ours)
        for read in eng.sources
        for ours, theirs in read.columns_mapped.items()
    ]
    rows += [(read.file, name_of(read.table), theirs, None) for read in eng.sources for theirs in read.columns_unknown]
    headings = (Heading("Source", width=34), Heading("Table", width=18), Heading("Column in the source", width=36),
                Heading("Read as", width=24))  # fmt: skip
    return Register("Columns", "Columns of the sources and what they were read as.", headings, tuple(rows))


def checks(eng: Engagement) -> Register:
    """Return every check of the data with what it found."""
    rows = tuple((name_of(check.table), check.count, check.of, check.message, check.severity) for check in eng.quality)
    headings = (Heading("Table", width=18), Heading("Found", "number", 9), Heading("Of", "number", 9),
                Heading("What was checked", width=90), Heading("Kind", width=12))  # fmt: skip
    return Register("Checks", "Checks of the data; zero means that nothing was found.", headings, rows)


def plan_levels(eng: Engagement) -> Register:
    """Return how many programs have their plan known how well."""
    levels = _history(eng)["level"]
    rows = [(level, sentence_case(meaning), int(levels.eq(level).sum())) for level, meaning in LEVELS.items()]
    rows += [("none", "No planned end at all", int(levels.isna().sum()))]
    headings = (
        Heading("Level", width=8),
        Heading("What is known of the plan", width=60),
        Heading("Programs", "number", 10),
    )
    return Register("Plan levels", "How well plans are known.", headings, tuple(rows))


def plans(eng: Engagement) -> Register:
    """Return the original, the last approved and the current plan of every program."""
    history = _history(eng)
    programs = eng.programs.set_index("program_id").reindex(history.index)
    days = (
        "original_start", "original_end", "approved_on", "approved_start", "approved_end", "current_start", "current_end",
    )  # fmt: skip
    cells = zip(
        map(str, history.index), _texts(programs["name"]), *(_days(history[day]) for day in days),
        history["moves"].tolist(), _wholes(history["moved_days"]), _texts(history["level"]), _texts(programs["_source"]),
        strict=True,
    )  # fmt: skip
    headings = (
        Heading("Program", width=14), Heading("Name", width=36),
        *(Heading(sentence_case(day.replace("_", " ")), "date", 14) for day in days),
        Heading("Moves of the end", "number", 12), Heading("Days moved", "number", 12), Heading("Level", width=8),
        Heading("Source", width=34),
    )  # fmt: skip
    purpose = "Original, last approved and current plan of every program."
    return Register("Plans", purpose, headings, tuple(cells))


def _history(eng: Engagement) -> pd.DataFrame:
    programs = eng.programs.loc[eng.programs["level"].ne("deliverable")]
    return plan_history(programs, eng.status_events, eng.signed_plan, eng.sources)


def _days(column: pd.Series) -> list[dt.date | None]:
    return [None if pd.isna(moment) else moment.date() for moment in column]


def _texts(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(text) else str(text) for text in column]


def _wholes(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(number) else int(number) for number in column]
