"""Jira, issues as CSV ("Export CSV (all fields)" of the issue navigator).

A field of many values fills as many columns of one name; most of them are empty, and their number changes with every
export. Moments are written in the settings of the user who exported, without a time zone. There is no history: only the
moments of creation, last change and resolution.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import column_of, join_repeated, seen_in_header, with_columns
from gapkit.intake.formats.jira_headers import CATEGORIES, SPELLINGS, SUBTASKS, SUM, UNNEEDED, roles_of
from gapkit.intake.formats.jira_words import DONE, State, meaning_of, word_of
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import read_each, without_zeros
from gapkit.intake.proposing.guess import guess_status
from gapkit.intake.reading.cells import as_text, matches, on_distinct
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import TEXT, read_file
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.textfile import DELIMITERS
from gapkit.labels import label_count, label_number

if TYPE_CHECKING:
    from gapkit.config import Source
    from gapkit.intake.reading.records import Sheet

Roles = Mapping[str, str]
Meanings = frozenset[tuple[str, frozenset[tuple[str, str]]]]

FIELDS: Final = {
    "program_id": "key", "name": "summary", "status": "status", "level": "level", "parent_id": "parent_key",
    "type": "type", "team": "project", "owners_now": "assignee", "first_seen_on": "created", "updated_at": "updated",
    "closed_at": "resolved", "current_start": "start", "current_end": "due", "actual_start": "actual_start",
    "actual_end": "actual_end", "size_points": "points",
}  # fmt: skip
# Columns made here where the file has none of that use.
MADE: Final = {"level": "level", "parent_key": "Parent key", "resolved": "Resolved"}
PARENTS: Final = ("parent_key", "parent", "parent_id", "epic")
KEY: Final = r"[A-Za-z][A-Za-z0-9_]*-\d+"
# Where the issue navigator stops unless an administrator raised the limit.
ROW_LIMIT: Final = 1000
# The first columns of an export, the same in every language.
ORDER: Final = ("name", "program_id", "", "type", "status", "", "team")
PLACES: Final = (1, 2, 5)  # of issue key, issue id and project key
# Rows that must bear the order out, and bytes in which the first row ends.
CHECKED: Final = 20
HEAD: Final = 100_000


class Issues(NamedTuple):
    """The issues of one file.

    Attributes
    ----------
    part : Part
        Programs.
    meanings : frozenset of (str, frozenset)
        Every status word with what the file says of it; a word may stand there with several meanings.
    notes : tuple of str
        What a reader should know.
    """

    part: Part
    meanings: Meanings
    notes: tuple[str, ...]


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Jira export away, in the languages known, or by the order of its columns."""
    telling = [name for role, names in SPELLINGS.items() for name in names if role != "key"]
    best = max((seen_in_header(glimpse, (key,), telling) for key in SPELLINGS["key"]), key=len)
    return best if len(best) > len(PLACES) else _by_order(glimpse)


def _by_order(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the names in the places of the keys when all rows below hold such: only Jira has them side by side."""
    for rows in glimpse.rows.values():
        header, *issues = [row for row in rows if any(row)] or [()]
        if issues and all(map(_is_in_order, issues)):
            return tuple(header[place] for place in PLACES if place < len(header))
    return ()


def _is_in_order(row: Sequence[str]) -> bool:
    if len(row) <= max(PLACES):
        return False
    key, number, project = (row[place] for place in PLACES)
    return bool(re.fullmatch(KEY, key)) and number.isdigit() and key.rpartition("-")[0] == project


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Jira CSV files."""
    found, problems = read_each(exports, lambda export: _read_one(export, source))
    said = frozenset().union(*(issues.meanings for issues in found))
    counts = Counter(word for word, _ in said)
    meanings = {word: dict(meaning) for word, meaning in said if meaning and counts[word] == 1}
    notes = tuple(note for issues in found for note in issues.notes)
    return Extract(tuple(issues.part for issues in found), dict(sorted(meanings.items())), notes, problems)


def _read_one(export: Export, source: Source) -> Issues:
    sheet = _sheet(export, source)
    roles = _roles(sheet, source)
    if "key" not in roles:
        _refuse(sheet)
    states = _states(sheet, roles)
    words, meanings = _words(states)
    is_done = states["category"].eq(DONE)
    made = {
        "status": words,
        "resolved": _cells(sheet, roles, "resolved").fillna(_cells(sheet, roles, "category_changed").where(is_done)),
        "parent_key": _parents(sheet, roles),
        "level": _cells(sheet, roles, "level") if "level" in roles else _levels(sheet, roles),
    }
    names = {role: name for role, name in MADE.items() if made[role].notna().any()} | roles
    ready = with_columns(sheet, {names[role]: cells for role, cells in made.items() if role in names})
    ready = without_zeros(ready, names.get("points", ""))
    fields = {ours: names[role] for ours, role in FIELDS.items() if role in names}
    return Issues(Part("programs", ready, fields), meanings, tuple(_notes(sheet, roles, made, is_done)))


def _sheet(export: Export, source: Source) -> Sheet:
    """Return a file without the columns nobody needs, those of one name joined."""
    mapped = set(source.fields.values())
    known = {name for names in SPELLINGS.values() for name in names} | mapped | set(_first_names(export))
    whole = read_file(export.path, export.file, {name_key(name) for name in known if name}, source.sheet)
    sums = (name for name in whole.columns if name.startswith(SUM))
    return join_repeated(without_columns(whole, {*UNNEEDED, *sums} - mapped))


def _first_names(export: Export) -> list[str]:
    """Return the cells of the first row, so that a header is found in whatever language it is."""
    if export.path.suffix.lower() not in TEXT or not export.path.is_file():
        return []
    with export.path.open("rb") as file:
        head = file.read(HEAD).decode("utf-8-sig", errors="replace")
    rows = (next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), []) for delimiter in DELIMITERS)
    return max(rows, key=len)


def _roles(sheet: Sheet, source: Source) -> dict[str, str]:
    """Return, per use, the column that serves it: the one the consultant names, else the first that holds anything."""
    found = {
        role: next((name for name in names if column_of(sheet, name).notna().any()), names[0])
        for role, names in roles_of(sheet.columns).items()
    }
    mapped = {role: source.fields[ours] for ours, role in FIELDS.items() if source.fields.get(ours) in sheet.columns}
    return found | mapped


def _refuse(sheet: Sheet) -> NoReturn:
    """Say which column is which by Jira's order of them, where the rows bear it out; it is the consultant who says so."""
    first = sheet.cells.head(CHECKED).iloc[:, : max(PLACES) + 1].fillna("").astype("str")
    rows = [tuple(row) for row in first.itertuples(index=False)]
    how = 'Name it under fields: of this source (program_id: "…")'
    if rows and all(map(_is_in_order, rows)):
        places = {ours: sheet.columns[place] for place, ours in enumerate(ORDER) if ours and place < len(sheet.columns)}
        proposal = ", ".join(f'{ours}: "{name}"' for ours, name in places.items())
        how = f"By Jira's order of columns it would be {proposal}: confirm it under fields: of this source"
    refuse(
        "no column is known to hold the issue key",
        sheet.file,
        sheet=sheet.sheet,
        value=", ".join(filter(None, sheet.columns[:8])),
        allowed="Issue key, or what it is called in Spanish, German, French, Portuguese, Italian, Dutch or Polish",
        remedy=f"{how}, or export again with the language of the Jira account set to English.",
    )


def _cells(sheet: Sheet, roles: Roles, role: str) -> pd.Series:
    """Return the column of a use as text, empty where the file has none."""
    if role in roles:
        return as_text(column_of(sheet, roles[role]))
    return pd.Series(None, index=sheet.cells.index, dtype="str")


def _states(sheet: Sheet, roles: Roles) -> pd.DataFrame:
    """Return status, category, resolution and flag of every issue as text, empty where there is none.

    Where the file names no category, a resolution says that the issue is done: that is what Jira means by it.
    """
    category = on_distinct(
        _cells(sheet, roles, "category"), lambda seen: [CATEGORIES.get(name_key(n)) for n in seen], "str"
    )
    resolution = on_distinct(_cells(sheet, roles, "resolution"), lambda seen: list(map(_plain_resolution, seen)), "str")
    return pd.DataFrame({
        "status": _cells(sheet, roles, "status"),
        "category": category.mask(category.isna() & resolution.notna(), DONE),
        "resolution": resolution,
        "flag": _cells(sheet, roles, "flagged"),
    }).fillna("")  # fmt: skip


def _plain_resolution(resolution: str) -> str | None:
    """Return a resolution, in English where it says no more than done in another language."""
    if name_key(resolution) == "unresolved":
        return None
    guess = guess_status(resolution)
    is_done = CATEGORIES.get(name_key(resolution)) == DONE or (guess.is_sure and guess.status == "delivered")
    return "Done" if is_done else resolution


def _words(states: pd.DataFrame) -> tuple[pd.Series, Meanings]:
    """Return the status of every issue as a person reads it, and what the file says of each word."""
    codes = states.groupby(list(states.columns), sort=False).ngroup().to_numpy()
    distinct = [
        (State(status, resolution, bool(flag)), category)
        for status, category, resolution, flag in states.drop_duplicates().itertuples(index=False)
    ]
    words = pd.Series([word_of(*state) or None for state in distinct], dtype="str")
    meanings = ((word, meaning_of(*state)) for word, state in zip(words, distinct, strict=True) if isinstance(word, str))
    return words.take(codes).set_axis(states.index), frozenset((word, frozenset(said.items())) for word, said in meanings)


def _parents(sheet: Sheet, roles: Roles) -> pd.Series:
    """Return the key of every parent: as given, else by the parent's number among the issues of the file."""
    key = _cells(sheet, roles, "key")
    numbers = pd.Series(key.to_numpy(), index=_cells(sheet, roles, "id"))
    key_of = numbers[numbers.index.notna() & ~numbers.index.duplicated()]
    parents = pd.Series(None, index=key.index, dtype="str")
    for role in PARENTS:
        given = _cells(sheet, roles, role)
        parents = parents.fillna(given.where(matches(given, KEY), given.map(key_of)))
    return parents


def _levels(sheet: Sheet, roles: Roles) -> pd.Series:
    """Return which issues are parts of another one."""
    kind = _cells(sheet, roles, "type")
    return on_distinct(kind, lambda seen: ["deliverable" if name_key(name) in SUBTASKS else None for name in seen], "str")


def _notes(sheet: Sheet, roles: Roles, made: Mapping[str, pd.Series], is_done: pd.Series) -> Iterator[str]:
    """Yield what a reader should know of a file."""
    if len(sheet.cells) == ROW_LIMIT:
        yield (
            f"{sheet.file} has exactly {label_number(ROW_LIMIT)} rows, where Jira's export stops by default: issues may be "
            "missing. Export in parts, by date of creation."
        )
    undated = int((is_done & _cells(sheet, roles, "resolved").isna()).sum())
    unknown = int((is_done & made["resolved"].isna()).sum())
    if undated:
        of = f"{label_number(undated)} of {label_count(int(is_done.sum()), 'done issue')}"
        dated = f"{label_number(undated - unknown)} dated by the change of their status category"
        left = f"{label_number(unknown)} done, date unknown"
        found = [*([dated] if undated > unknown else []), *([left] if unknown else [])]
        yield f"{sheet.file}: {of} without a Resolved date: {', '.join(found)}."
    given = pd.concat([_cells(sheet, roles, role) for role in PARENTS], axis=1).notna().any(axis=1)
    lost = int((given & made["parent_key"].isna()).sum())
    if lost:
        yield f"{sheet.file}: {label_count(lost, 'issue')} with a parent that is not in the file; they stand without one."
    parts = int(_levels(sheet, roles).notna().sum())
    if parts:
        yield f"{sheet.file}: {label_count(parts, 'sub-task')} taken as parts of their issues, not as programs."


JIRA_CSV: Final = Format("jira-csv", "Jira CSV", "jira", recognise, read)
