"""What an export holds before anybody has mapped it: words with their counts, columns of dates, columns that group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.intake.finding.export import Part
from gapkit.intake.mapping import ORIGIN, map_columns
from gapkit.intake.proposing.columnwords import GROUPING, NO_GROUPING
from gapkit.intake.reading.cells import as_text, is_text, matches
from gapkit.intake.reading.dates import Votes, count_votes, parse_moments
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.parse import FALSE, TRUE, parse_lists
from gapkit.intake.reading.records import ValueCount
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from gapkit.config import Source

OWNER_COLUMNS: Final = ("owners_now", "owners_at_start")
# Fields of a change log whose values are words of the client.
WORD_FIELDS: Final = ("stage", "status")
# So many cells of a column are looked at to see whether it holds dates.
SAMPLED: Final = 50
# A column that groups has few values, each of them several times.
MOST_GROUPS: Final = 30
LONGEST_WORD: Final = 60
NUMBER: Final = r"[+-]?[\d.,]+%?"
NUMERIC_DATE: Final = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*"

Counts = Mapping[str, int]


class Column(NamedTuple):
    """A column with how many of its cells are filled, and its values where they are few."""

    name: str
    n: int
    values: tuple[ValueCount, ...] = ()


class Undecided(NamedTuple):
    """Dates whose day and month cannot be told apart: one of them, and how many."""

    example: str
    n: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What an export holds.

    Attributes
    ----------
    statuses : mapping of str to int
        Status of programs to programs; ``""`` for blank cells.
    steps : mapping of str to int
        Status or stage to the number of times the change log enters it.
    stays : mapping of str to int
        Stage to stays in it.
    types, teams, owners : mapping of str to int
        Word to programs; ``""`` for blank cells of types and teams.
    mapped : mapping of str to str
        Column of ours in programs to column of the file.
    dates : tuple of Column
        Columns of programs that hold dates, mapped or not.
    groupings : tuple of Column
        Columns without use that may hold a team or a sort of work, the likeliest first.
    undecided : Undecided, optional
        Dates that wait for a decision.
    names : mapping of str to str
        Id of each program to its name.
    tables : tuple of str
        Canonical tables the export feeds.
    """

    statuses: Counts = field(default_factory=dict)
    steps: Counts = field(default_factory=dict)
    stays: Counts = field(default_factory=dict)
    types: Counts = field(default_factory=dict)
    teams: Counts = field(default_factory=dict)
    owners: Counts = field(default_factory=dict)
    mapped: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[Column, ...] = ()
    groupings: tuple[Column, ...] = ()
    undecided: Undecided | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()


def take_tally(parts: Sequence[Part], source: Source) -> Tally:
    """Return what the parts of an export hold.

    Parameters
    ----------
    parts : sequence of Part
        As a format leaves them.
    source : Source
        Its entry in engagement.yml, or a bare one; its `fields:` go before those of the format.
    """
    together, mapped = _mapped(parts, source)
    programs = together.get("programs", pd.DataFrame())
    ours = {*mapped, *ORIGIN, *(each.name for each in TABLES["programs"].fields())}
    extra = [str(name) for name in programs.columns if name not in ours]
    dates = _date_columns(programs, mapped, extra)
    return Tally(
        statuses=_counted(programs, "status", blanks=True),
        steps=_steps(together.get("status_events")),
        stays=_counted(together.get("stage_visits", pd.DataFrame()), "stage"),
        types=_counted(programs, "type", blanks=True),
        teams=_counted(programs, "team", blanks=True),
        owners=_owners(programs, source),
        mapped=mapped,
        dates=dates,
        groupings=_groupings(programs, set(extra) - {column.name for column in dates}),
        undecided=_undecided(together.values()),
        names=_names(programs),
        tables=tuple(together),
    )


def program_names(parts: Sequence[Part], source: Source) -> dict[str, str]:
    """Return the name of every program of an export by its id, for `take_tally`'s arguments."""
    together, _ = _mapped([part for part in parts if part.table == "programs"], source)
    return _names(together.get("programs", pd.DataFrame()))


def _mapped(parts: Sequence[Part], source: Source) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Return the cells of every table under columns of ours, and how those of programs are called in the file."""
    tables: dict[str, list[pd.DataFrame]] = {}
    spelled: dict[str, str] = {}
    for part in parts:
        known = {each.name for each in TABLES[part.table].fields()}
        given = {name: column for name, column in source.fields.items() if name in known and column in part.sheet.columns}
        found = map_columns(part.sheet, part.table, replace(source, fields={**part.fields, **given}), is_lenient=True)
        tables.setdefault(part.table, []).append(found.cells)
        # Of parts that call a column differently the first speaks: items come before their subitems.
        spelled = {**found.spelled, **spelled} if part.table == "programs" else spelled
    return {name: pd.concat(cells) if len(cells) > 1 else cells[0] for name, cells in tables.items()}, spelled


def _counted(frame: pd.DataFrame, column: str, *, blanks: bool = False) -> dict[str, int]:
    """Return how often each word stands in a column, the most frequent first."""
    if column not in frame:
        return {}
    texts = as_text(frame[column])
    return _in_order(texts.fillna("") if blanks else texts.dropna())


def _in_order(texts: pd.Series) -> dict[str, int]:
    counts = ((str(word), int(n)) for word, n in texts.value_counts().items())
    return dict(sorted(counts, key=lambda pair: (-pair[1], pair[0])))


def _steps(events: pd.DataFrame | None) -> dict[str, int]:
    if events is None or not {"field", "new"} <= set(events):
        return {}
    return _counted(events.loc[as_text(events["field"]).isin(WORD_FIELDS)], "new")


def _owners(programs: pd.DataFrame, source: Source) -> dict[str, int]:
    """Return how many programs each owner has; several in one cell are several."""
    counts: Counter[str] = Counter()
    for column in OWNER_COLUMNS:
        if column in programs:
            lists = parse_lists(as_text(programs[column]), commas=column in source.fields)
            for text, n in lists.value_counts().items():
                counts.update(dict.fromkeys(str(text).split(";"), int(n)))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _names(programs: pd.DataFrame) -> dict[str, str]:
    if not {"program_id", "name"} <= set(programs):
        return {}
    pairs = pd.DataFrame({"id": as_text(programs["program_id"]), "name": as_text(programs["name"])}).dropna()
    return dict(zip(pairs["id"], pairs["name"], strict=True))


def _date_columns(programs: pd.DataFrame, mapped: Mapping[str, str], extra: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns that hold dates: mapped ones under their name in the file, then those without use."""
    kinds = {each.name: each.kind for each in TABLES["programs"].fields()}
    ours = [
        Column(mapped[name], int(programs[name].notna().sum())) for name in mapped if kinds[name] in ("date", "timestamp")
    ]
    others = [Column(name, int(programs[name].notna().sum())) for name in extra if _holds_dates(programs[name])]
    return tuple(dict.fromkeys(column for column in (*ours, *others) if column.n))


def _holds_dates(cells: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(cells):
        return True
    # A number may be a day count, but then so may any number: only text and stored dates are looked at.
    filled = cells.dropna().head(SAMPLED * SAMPLED)
    sample = pd.Series(filled.unique()[:SAMPLED], dtype="str" if is_text(cells) else object)
    if sample.empty or any(isinstance(cell, (int, float)) for cell in sample) or matches(as_text(sample), r"\d+").any():
        return False
    bad = min(parse_moments(sample, "UTC", order).bad.mean() for order in ("dmy", "mdy"))
    return bool(bad <= 0.1)


def _groupings(programs: pd.DataFrame, names: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns with few values, those called like a team or a sort of work first, then the fullest."""
    worth = (name for name in sorted(names) if not NO_GROUPING.search(name_key(name)) and _is_short(programs[name]))
    found = (_grouping(name, as_text(programs[name])) for name in worth)
    likely = [column for column in found if column is not None]
    return tuple(sorted(likely, key=lambda column: (not GROUPING.search(name_key(column.name)), -column.n, column.name)))


def _is_short(cells: pd.Series) -> bool:
    """Return whether the first cells of a column could be names of groups at all."""
    first = as_text(cells.dropna().head(SAMPLED))
    return not first.empty and first.nunique() <= MOST_GROUPS and int(first.str.len().max()) <= LONGEST_WORD


def _grouping(name: str, texts: pd.Series) -> Column | None:
    filled = texts.dropna()
    values = _in_order(filled)
    is_few = len(values) <= MOST_GROUPS and 2 * len(values) <= len(filled) and 2 * len(filled) >= len(texts)
    is_one = len(values) == 1 and not GROUPING.search(name_key(name))
    is_answer = {word.casefold() for word in values} <= {*TRUE, *FALSE}
    if not is_few or is_one or is_answer or matches(pd.Series(list(values), dtype="str"), NUMBER).all():
        return None
    return Column(name, len(filled), tuple(values.items()))


def _undecided(tables: Iterable[pd.DataFrame]) -> Undecided | None:
    """Return the dates of which no cell of the export says whether the day comes first."""
    frames = list(tables)
    kinds = {each.name: each.kind for table in TABLES.values() for each in table.fields()}
    columns = [frame[name] for frame in frames for name in frame if kinds.get(str(name)) in ("date", "timestamp")]
    votes = [count_votes(cells) for cells in columns]
    together = Votes(*(sum(counts) for counts in zip(*votes, strict=True))) if votes else Votes(0, 0, 0)
    open_columns = [cells for cells, own in zip(columns, votes, strict=True) if own.numeric and not own.order()]
    if together.order() or not open_columns:
        return None
    texts = pd.concat([as_text(cells).dropna() for cells in open_columns])
    numeric = texts[matches(texts, NUMERIC_DATE)]
    return Undecided(str(numeric.iloc[0]), len(numeric)) if len(numeric) else None
