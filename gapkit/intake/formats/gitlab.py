"""GitLab, issues or work items as CSV (Plan > Issues or Work items > Export as CSV).

Header and meaning from the vendor's own source code (`app/services/issues/export_csv_service.rb`). Times are UTC. The issue
id counts within its project only: the address is the key. GitLab itself knows open and closed; the stage is usually a
scoped label such as ``workflow::review``, of which an issue can have one per scope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import (
    Names,
    column_of,
    fields_of,
    join_repeated,
    read_sheet,
    seen_in_header,
    with_columns,
)
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import comma_lists, in_utc, read_each, without_zeros
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

NAMES: Final[Names] = {
    "program_id": ("URL", "Issue ID"),
    "name": ("Title",),
    "status": ("State",),
    "type": ("Type",),
    "owners_now": ("Assignee",),
    "current_start": ("Start Date",),
    "current_end": ("Due Date",),
    "first_seen_on": ("Created At (UTC)",),
    "updated_at": ("Updated At (UTC)",),
    "closed_at": ("Closed At (UTC)",),
    "size_points": ("Weight",),
}
UTC_COLUMNS: Final = ("Created At (UTC)", "Updated At (UTC)", "Closed At (UTC)")
UNNEEDED: Final = ("Description", "Author", "Author Username")
# Scopes of labels that tell a stage, or how an issue ended; where an issue has several, the first of these counts.
SCOPES: Final = ("resolution", "workflow", "stage", "status")
LISTS: Final = ("Assignee", "Labels")
OPEN, CLOSED, PROJECT = "Open", "Closed", "Project"
MEANINGS: Final = {CLOSED: {"status": "delivered"}}
# The mail that brings the file carries 15 MB; what is longer is cut.
LONGEST: Final = 14_500_000


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a GitLab export away."""
    telling = ("Issue ID", "Author Username", "Assignee Username", "Milestone", "Weight", "Time Estimate", "Time Spent")
    return seen_in_header(glimpse, ("Title", "URL", "State", *UTC_COLUMNS), telling)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read GitLab CSV files.

    Notes
    -----
    The status word is the value of an open issue's scoped label (``workflow::review`` is "review"), "Open" where there is
    none. A closed issue is "Closed"; with such a label "Closed (review)", because the label may say that it was given up.
    """
    parts, problems = read_each(exports, lambda export: _read_one(export, source))
    return Extract(tuple(parts), MEANINGS, problems=problems)


def _read_one(export: Export, source: Source) -> Part:
    sheet = join_repeated(read_sheet(export, NAMES, source.sheet))
    sheet = without_zeros(in_utc(without_columns(sheet, UNNEEDED), UTC_COLUMNS), "Weight")
    lists = {name: comma_lists(column_of(sheet, name)) for name in sheet.columns if name in LISTS}
    sheet = _with_words(with_columns(sheet, lists))
    fields = fields_of(sheet.columns, NAMES)
    notes = []
    if export.path.stat().st_size >= LONGEST:
        notes.append(f"{export.file} is about as long as GitLab's mails carry (15 MB): it is probably cut.")
    if fields.get("program_id") == "Issue ID":
        notes.append(f"{export.file}: without URL the Issue ID is the id, which is distinct within one project only.")
    return Part("programs", replace(sheet, notes=(*sheet.notes, *notes)), fields)


def _with_words(sheet: Sheet) -> Sheet:
    """Return a sheet whose states name the stage, and that says which project an issue belongs to."""
    added = {}
    if "State" in sheet.columns:
        blank = pd.Series(None, index=sheet.cells.index, dtype="str")
        labels = as_text(column_of(sheet, "Labels")) if "Labels" in sheet.columns else blank
        states = as_text(column_of(sheet, "State"))
        words = [_word(state, some) for state, some in zip(states.fillna(""), labels.fillna(""), strict=True)]
        added["State"] = pd.Series(words, index=states.index, dtype="str").mask(states.isna())
    if "URL" in sheet.columns:
        path = as_text(column_of(sheet, "URL")).str.extract(r"^\w+://[^/]+/(.+?)/(?:-/)?(?:issues|work_items)/")[0]
        added[PROJECT] = path.astype("str")
    return with_columns(sheet, added)


def _word(state: str, labels: str) -> str:
    scoped = {}
    for label in labels.split(";"):
        scope, mark, value = label.rpartition("::")
        if mark and value.strip():
            scoped[scope.split("::")[0].strip().casefold()] = value.strip()
    stage = next((scoped[scope] for scope in SCOPES if scope in scoped), "")
    # Older versions write opened and closed.
    if state.casefold() == "closed":
        return f"{CLOSED} ({stage})" if stage else CLOSED
    return stage or (OPEN if state.casefold() in ("open", "opened") else state)


GITLAB: Final = Format("gitlab-csv", "GitLab CSV", "gitlab", recognise, read, stamps_ends=True)
