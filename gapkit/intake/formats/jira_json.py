"""Jira, issues as JSON from its REST interface, with or without their change log (``expand=changelog``).

One issue a file, lists, and the pages of a search are read alike, any number of files at once. The site's list of statuses
(``/rest/api/2/status``) beside them says what statuses mean that no issue has today; pages of a single issue's change log
(``/rest/api/2/issue/KEY/changelog``) complete one that a search cuts off.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.jira_answers import HOW_TO, Copy, Found, signs_of, sort_out
from gapkit.intake.formats.jira_changelog import Issue, Site, changes_of, first_state, in_order, state_now, steps_of
from gapkit.intake.formats.jira_words import DONE, State, meaning_of, word_of
from gapkit.intake.formats.jsonfile import (
    Row,
    as_cell,
    dig,
    events_part,
    instant,
    objects_in,
    read_documents,
    to_sheet,
    whole_day_after,
)
from gapkit.intake.formats.tidy import without_zeros
from gapkit.labels import label_count, label_list

if TYPE_CHECKING:
    from gapkit.config import Source

FIELDS: Final = {
    "program_id": "key",
    "name": "summary",
    "status": "status",
    "team": "project",
    "type": "issuetype",
    "level": "level",
    "owners_now": "assignee",
    "first_seen_on": "created",
    "current_start": "start",
    "current_end": "duedate",
    "closed_at": "closed",
    "updated_at": "updated",
    "parent_id": "parent",
    "size_points": "points",
}
# Long and personal, or about the person who asked.
LEFT_OUT: Final = frozenset({"description", "environment", "lastViewed", "workratio"})
# Custom fields known by name; files give names only when asked (expand=names).
START_NAMES: Final = ("Start date", "Target start")
POINTS_NAMES: Final = ("Story point estimate", "Story Points")
EPIC_NAMES: Final = ("Epic Link",)
FLAG: Final = "Flagged"
# What Jira keeps for itself in custom fields: ranks (0|i0001z:), times in status, summaries of linked development.
NO_DATA: Final = re.compile(r"\{.*\}|\d+\|[0-9a-z]+:.*|\d+_\*:\*_.*", re.DOTALL)


class Custom(NamedTuple):
    """What the files say of custom fields: id to name of column, and the ids of those that hold points and epics."""

    columns: Mapping[str, str]
    points: str
    epic: str


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the names that give answers of Jira's REST interface away."""
    return signs_of(glimpse.json)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read the answers of one day."""
    documents, problems = read_documents(exports)
    found = sort_out(documents)
    problems += found.problems
    if not found.copies:
        none = Problem("there are no issues in it", exports[0].file, allowed="issues with their fields", remedy=HOW_TO)
        raise InputError(problems or [none])
    site = _site(found)
    custom = _custom(found.names)
    sheet = to_sheet([_row(copy, custom, site) for copy in found.copies], FIELDS.values(), exports[0].file)
    sheet = without_zeros(sheet, FIELDS["size_points"])
    issues = _issues(found)
    logged = [issue for issue in issues if issue.is_whole is not None]
    cut = [instant(issue.histories[0].get("created")) for issue in logged if not issue.is_whole and issue.histories]
    known = [moment for moment in cut if math.isfinite(moment)]
    return Extract(
        parts=(
            Part("programs", sheet, {ours: theirs for ours, theirs in FIELDS.items() if theirs in sheet.columns}),
            *events_part(change for issue in logged for change in changes_of(issue, site)),
        ),
        meanings=_meanings(found, issues, site),
        notes=(*found.notes, *_notes(issues)),
        problems=tuple(problems),
        history_from=whole_day_after(max(known)) if known else None,
    )


def _site(found: Found) -> Site:
    """Return what the files say of the site; names are those of the newest copy, or of the list of statuses."""
    seen = [copy.fields["status"] for copy in found.copies if isinstance(copy.fields.get("status"), Mapping)]
    statuses = [*seen, *found.statuses]
    categories: dict[str, set[str]] = {}
    for status in statuses:
        categories.setdefault(as_cell(status), set()).add(as_cell(dig(status, "statusCategory", "key")))
    items = (item for copy in found.copies for each in copy.histories for item in objects_in(each, "items"))
    flags = {as_cell(item.get("fieldId")) for item in items if item.get("field") == FLAG}
    start = _named(START_NAMES, found.names)
    return Site(
        statuses={as_cell(status.get("id")): as_cell(status) for status in statuses if status.get("id")},
        categories={name: keys.pop() for name, keys in categories.items() if len(keys) == 1},
        flags=frozenset(filter(None, [*flags, _named([FLAG], found.names)])),
        start=found.names.get(start, START_NAMES[0]),
        start_id=start,
    )


def _named(wanted: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the id of the first field that has one of some names, empty when none has."""
    ids = {name: field for field, name in sorted(names.items(), reverse=True)}
    return next((ids[name] for name in wanted if name in ids), "")


def _issues(found: Found) -> list[Issue]:
    """Return every issue once: its newest copy, with the entries of all copies' change logs."""
    copies: dict[str, list[Copy]] = {}
    for copy in found.copies:
        copies.setdefault(copy.key, []).append(copy)
    return [
        _issue(same, [*found.logs.get(key, ()), *found.logs.get(same[-1].id, ())]) for key, same in sorted(copies.items())
    ]


def _issue(copies: Sequence[Copy], pages: Sequence[Mapping[str, Any]] = ()) -> Issue:
    """Return one issue from its copies, the newest last, and from pages of its change log."""
    newest = copies[-1]
    paged = [each for page in pages for each in objects_in(page, "values")]
    entries = in_order([each for copy in copies for each in copy.histories] + paged)
    totals = [copy.total for copy in copies if copy.total is not None]
    totals += [page.get("total") or 0 for page in pages]
    is_whole = len(entries) >= max(totals) if totals else None
    return Issue(newest.file, newest.number, newest.id, newest.key, newest.fields, entries, is_whole)


def _row(copy: Copy, custom: Custom, site: Site) -> Row:
    """Return a copy of an issue as a row of programs."""
    fields = copy.fields
    state = state_now(_issue([copy]), site)
    category = site.categories.get(state.status, "")
    since = fields.get("statuscategorychangedate") if category == DONE else ""
    parent = as_cell(dig(fields, "parent", "key"))
    own = {
        "key": copy.key,
        "status": word_of(state, category),
        "level": "deliverable" if dig(fields, "issuetype", "subtask") is True else "",
        "start": as_cell(fields.get(site.start_id)),
        "closed": as_cell(fields.get("resolutiondate")) or as_cell(since),
        "parent": parent or as_cell(fields.get(custom.epic)),
        "points": as_cell(fields.get(custom.points)),
    }
    cells = {custom.columns.get(name, name): as_cell(value) for name, value in fields.items() if name not in LEFT_OUT}
    return Row(copy.file, copy.number, {name: cell for name, cell in cells.items() if not NO_DATA.fullmatch(cell)} | own)


def _custom(names: Mapping[str, str]) -> Custom:
    """Name the columns of custom fields as people know them, if that leaves no doubt."""
    counts = Counter(names.values())
    columns = {}
    for field, name in names.items():
        if field.startswith("customfield_") and name:
            is_taken = name in names or name in FIELDS.values() or counts[name] > 1
            columns[field] = f"{name} ({field})" if is_taken else name
    return Custom(columns, _named(POINTS_NAMES, names), _named(EPIC_NAMES, names))


def _meanings(found: Found, issues: Sequence[Issue], site: Site) -> dict[str, Mapping[str, str]]:
    """Return what the export says of every status word that occurs in it, now or ever."""
    states = {State(as_cell(status)) for status in found.statuses}
    for issue in issues:
        states |= {state_now(issue, site), first_state(issue, site), *(step.state for step in steps_of(issue, site))}
    told = {state: site.categories.get(state.status, "") for state in sorted(states)}
    meanings = {word_of(state, category): meaning_of(state, category) for state, category in told.items()}
    return {word: meaning for word, meaning in meanings.items() if word and meaning}


def _notes(issues: Sequence[Issue]) -> Iterator[str]:
    """Yield what a reader should know of the change logs."""
    bare = sum(issue.is_whole is None for issue in issues)
    if bare:
        count = label_count(bare, "issue")
        yield f"{count} of {len(issues)} without a change log: nothing is known of how they moved. {HOW_TO}"
    if cut := [issue for issue in issues if issue.is_whole is False]:
        keys = label_list([*(issue.key for issue in cut[:3]), *([f"{len(cut) - 3} more"] if len(cut) > 3 else [])])
        yield (
            f"{label_count(len(cut), 'issue')} with a change log that is cut off ({keys}); how they began is not known. "
            "Save the pages of /rest/api/2/issue/KEY/changelog for each of them beside the other files."
        )
    parts = sum(dig(issue.fields, "issuetype", "subtask") is True for issue in issues)
    if parts:
        yield f"{label_count(parts, 'sub-task')} taken as parts of their issues, not as programs."


JIRA_JSON: Final = Format("jira-json", "Jira JSON", "jira", recognise, read, history=True, is_verified=True)
