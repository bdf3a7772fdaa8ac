"""GitHub, what its command line gives: ``gh issue list --json …`` and ``gh project item-list --format json``.

Not verified on a real export; the shapes are those of the command line's own source code. An issue list knows when work was
created and closed and whether it was finished or given up; a project list knows the fields of the board, planned dates
among them. Together they tell most: the same issue in both is one program, by its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import Names, fields_of
from gapkit.intake.formats.jsonfile import Document, Row, dig, objects_in, read_documents, to_sheet
from gapkit.intake.formats.tidy import without_zeros
from gapkit.intake.formats.titles import fields_by_title, with_notes

if TYPE_CHECKING:
    from gapkit.config import Source

Item = Mapping[str, Any]

NAMES: Final[Names] = {
    "program_id": ("url",),
    "name": ("title",),
    "status": ("status",),
    "type": ("issueType",),
    "owners_now": ("assignees",),
    "current_end": ("milestone dueOn",),
    "first_seen_on": ("createdAt",),
    "updated_at": ("updatedAt",),
    "closed_at": ("closedAt",),
    "parent_id": ("parent",),
}
CONTENT: Final = ("Issue", "PullRequest", "DraftIssue")
FIRST: Final = ("url", "title", "status", "state", "number")
UNNEEDED: Final = ("id", "body", "author", "comments", "reactionGroups", "projectCards", "content", "projectItems")
CLOSED, OPEN = "Closed", "Open"
NO_REASON: Final = f"{CLOSED} (reason not exported)"
# What GitHub itself says of a closed issue. Issues closed before reasons existed have none and count as completed there.
REASONS: Final = {
    "COMPLETED": CLOSED, "": CLOSED, "NOT_PLANNED": f"{CLOSED} (not planned)", "DUPLICATE": f"{CLOSED} (duplicate)",
}  # fmt: skip
MEANINGS: Final = {
    CLOSED: {"status": "delivered"},
    f"{CLOSED} (not planned)": {"status": "cancelled"},
    f"{CLOSED} (duplicate)": {"status": "merged"},
}
DEFAULT_LIMIT: Final = 30
NO_TIMES: Final = "A project list does not say when work was created, changed or closed; send the issue list as well."


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the names that give a list of issues or of project items away."""
    if _is_project(glimpse.json):
        types = {dig(item, "content", "type") for item in objects_in(glimpse.json, "items")}
        return ("items", "content", *sorted(types))
    if not _is_issues(glimpse.json):
        return ()
    telling = ("number", "title", "state", "stateReason", "createdAt", "closedAt", "updatedAt", "projectItems", "milestone")
    return tuple(name for name in telling if name in glimpse.json[0])


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read issue lists and project lists; an open issue takes its status from a project list among them."""
    documents, problems = read_documents(exports)
    projects = [document for document in documents if _is_project(document.content)]
    issues = [document for document in documents if _is_issues(document.content)]
    known = {document.file for document in (*projects, *issues)}
    problems += [_unknown(document.file) for document in documents if document.file not in known]
    if not known:
        raise InputError(problems)
    items = [item for document in projects for item in objects_in(document.content, "items")]
    statuses = {_address(item): _text(item.get("status")) for item in items}
    parts = [*(_issues(document, statuses) for document in issues), *(_items(document) for document in projects)]
    return Extract(tuple(parts), MEANINGS, () if issues else (NO_TIMES,), tuple(problems))


def _unknown(file: str) -> Problem:
    return Problem(
        "neither a list of issues nor of a project's items",
        file,
        allowed="what gh issue list --json or gh project item-list --format json writes",
        remedy="Export it again, with number, title, url, createdAt and closedAt among the fields of issues.",
    )


def _is_project(content: Any) -> bool:
    """Return whether JSON is a project list: items with a content of a known type."""
    items = objects_in(content, "items")
    return bool(items) and all(dig(item, "content", "type") in CONTENT for item in items)


def _is_issues(content: Any) -> bool:
    """Return whether JSON is an issue list: every item has a number and a title, and GitHub's way of naming times."""
    if not isinstance(content, list) or not content or not all(isinstance(item, dict) for item in content):
        return False
    common = set.intersection(*(set(item) for item in content))
    return {"number", "title"} <= common and bool({"stateReason", "createdAt", "closedAt", "projectItems"} & common)


def _issues(document: Document, statuses: Mapping[str, str]) -> Part:
    items = document.content
    rows = [Row(document.file, number, _issue(item, statuses)) for number, item in enumerate(items, start=1)]
    notes = []
    if len(rows) == DEFAULT_LIMIT:
        notes.append(f"{document.file}: exactly {DEFAULT_LIMIT} issues, the limit unless --limit is given: probably cut.")
    if all(str(item.get("state", "")).upper() == "OPEN" for item in items):
        notes.append(f"{document.file}: no closed issue is listed; without --state all gh lists open ones only.")
    if not any("url" in item for item in items):
        notes.append(f"{document.file}: without url the number is the id, which is distinct within one repository only.")
    sheet = with_notes(to_sheet(rows, FIRST, document.file), notes)
    return Part("programs", sheet, fields_of(sheet.columns, NAMES))


def _issue(item: Item, statuses: Mapping[str, str]) -> dict[str, str]:
    cells = {name: _text(value) for name, value in item.items() if name not in UNNEEDED}
    word = _word(item, statuses.get(_address(item), ""))
    return cells | _milestone(item) | {"url": _address(item), "status": word, "parent": _text(dig(item, "parent", "url"))}


def _word(item: Item, on_board: str) -> str:
    """Return what a person reads: how a closed issue ended, else where an open one stands on a board."""
    if str(item.get("state", "")).upper() == "CLOSED":
        reason = str(item.get("stateReason") or "").upper()
        said = REASONS.get(reason, f"{CLOSED} ({reason.replace('_', ' ').lower()})")
        return said if "stateReason" in item else NO_REASON
    stands = [_text(dig(card, "status", "name")) for card in objects_in(item, "projectItems")]
    return next(filter(None, [*stands, on_board]), OPEN)


def _items(document: Document) -> Part:
    items = objects_in(document.content, "items")
    rows = [Row(document.file, number, _item(item)) for number, item in enumerate(items, start=1)]
    sheet = to_sheet(rows, FIRST, document.file)
    total = dig(document.content, "totalCount")
    if isinstance(total, int) and total > len(rows):
        note = f"{document.file}: {len(rows)} of {total} items; export again with --limit {total}."
        sheet = with_notes(sheet, [note])
    fields = fields_of(sheet.columns, NAMES)
    fields |= fields_by_title(sheet, ["url", "title"])
    if "size_points" in fields:
        sheet = without_zeros(sheet, fields["size_points"])
    return Part("programs", sheet, fields)


def _item(item: Item) -> dict[str, str]:
    content = item["content"]
    inner = {name: _text(value) for name, value in content.items() if name not in (*UNNEEDED, "type")}
    outer = {name: _text(value) for name, value in item.items() if name not in UNNEEDED}
    # The card's own title may be older than that of the issue.
    return outer | inner | _milestone(item) | {"content type": content["type"], "url": _address(item)}


def _address(item: Item) -> str:
    """Return what is unique of an item: the address of the issue, else the id of a draft, or the number of an issue."""
    told = (dig(item, "content", "url"), item.get("url"), item.get("id" if "content" in item else "number"))
    return next(filter(None, map(_text, told)), "")


def _milestone(item: Item) -> dict[str, str]:
    """Return the day a milestone is due; its time is a midnight of GitHub's, not of the team's."""
    return {"milestone dueOn": _text(dig(item, "milestone", "dueOn"))[:10]}


def _text(value: Any) -> str:
    """Return a value as one cell: of people the login, of everything else its name or title, of lists ; between."""
    if isinstance(value, list):
        return ";".join(filter(None, map(_text, value)))
    if isinstance(value, Mapping):
        return next(filter(None, (_text(value.get(name)) for name in ("login", "name", "title", "url"))), "")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).strip()


GITHUB: Final = Format("github-json", "GitHub JSON", "github", recognise, read, stamps_ends=True, has_parts=True)
