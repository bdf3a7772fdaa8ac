"""The answers of Jira's REST interface, told apart: issues, the site's statuses, pages of a change log, board settings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from gapkit.errors import Problem
from gapkit.intake.formats.jsonfile import Document, as_cell, dig, instant, objects_in
from gapkit.labels import label_count, label_list, label_number

HOW_TO: Final = "Ask Jira again, with fields=*all and expand=changelog,names, and save every answer as it is."
# Of an issue; with one of them beside a key it is an issue of Jira and nothing else's.
TELLING: Final = ("issuetype", "resolutiondate", "status", "project", "summary")


class Copy(NamedTuple):
    """One issue as one file shows it.

    Attributes
    ----------
    file, number
        The file, and the issue's running number in it.
    key, id : str
        Its ids; the key stands in for an id that is not given.
    fields : mapping
        Its fields.
    histories : tuple of mapping
        The entries of its change log.
    total : int, optional
        How many entries there are, here or not; None when no log was asked for.
    """

    file: str
    number: int
    key: str
    id: str
    fields: Mapping[str, Any]
    histories: tuple[Mapping[str, Any], ...]
    total: int | None


class Found(NamedTuple):
    """What the files of a folder hold.

    Attributes
    ----------
    copies : tuple of Copy
        Every issue of every file, the one changed last at the end.
    statuses : tuple of mapping
        The site's list of statuses.
    names : mapping of str to str
        Id of a field to its name.
    logs : mapping of str to sequence of mapping
        Id or key of an issue to the pages of its change log that came in files of their own.
    notes : tuple of str
        What else is there, and what is missing.
    problems : tuple of Problem
        Files and issues that cannot be read.
    """

    copies: tuple[Copy, ...]
    statuses: tuple[Mapping[str, Any], ...]
    names: Mapping[str, str]
    logs: Mapping[str, Sequence[Mapping[str, Any]]]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def kind_of(content: Any) -> str:
    """Return what an answer is: ``statuses``, ``board``, ``log``, ``issues``; empty when it is none of Jira's.

    Examples
    --------
    >>> kind_of([{"name": "Done", "statusCategory": {"key": "done"}}]), kind_of({"issues": []}), kind_of({"key": "SP-1"})
    ('statuses', 'issues', '')
    """
    if isinstance(content, list) and content and all(dig(each, "statusCategory", "key") for each in content):
        return "statuses"
    if isinstance(dig(content, "columnConfig"), Mapping):
        return "board"
    if isinstance(dig(content, "values"), list) and "/changelog" in as_cell(dig(content, "self")):
        return "log"
    return "issues" if _pages(content) or any(map(_is_issue, _issues_in(content))) else ""


def signs_of(content: Any) -> tuple[str, ...]:
    """Return the names that give an answer of Jira's away."""
    kind = kind_of(content)
    if kind != "issues":
        signs = {"statuses": ("statusCategory", "name"), "board": ("columnConfig", "name"), "log": ("changelog", "values")}
        return signs.get(kind, ())
    issue = next((each for each in _issues_in(content) if _is_issue(each)), None)
    if issue is None:
        return ("issues", "maxResults") if "maxResults" in content else ()
    in_fields = [name for name in TELLING if name in issue["fields"]]
    return (*in_fields, *(name for name in ("changelog", "key", "fields") if name in issue)) if in_fields else ()


def sort_out(documents: Sequence[Document]) -> Found:
    """Return what the files hold, the same whatever their order."""
    by_kind: dict[str, list[Document]] = {}
    for document in sorted(documents, key=lambda document: document.file):
        by_kind.setdefault(kind_of(document.content), []).append(document)
    listed = by_kind.get("issues", [])
    copies = sorted((copy for document in listed for copy in _copies(document)), key=_age)
    return Found(
        tuple(copies),
        tuple(status for document in by_kind.get("statuses", ()) for status in document.content),
        {
            name: as_cell(label)
            for document in listed
            for names in _names(document.content)
            for name, label in names.items()
        },
        _by_issue(by_kind.get("log", ())),
        (*_board_notes(by_kind.get("board", ())), *_missing_pages(listed, len({copy.key for copy in copies}))),
        (*map(_strange, by_kind.get("", ())), *(problem for document in listed for problem in _unreadable(document))),
    )


def _issues_in(content: Any) -> list[Any]:
    """Return the issues of an answer: a single one, a list, a page of a search, or a list of pages."""
    if isinstance(content, list):
        return [issue for part in content for issue in (part["issues"] if _is_page(part) else [part])]
    return list(content["issues"]) if _is_page(content) else [content]


def _pages(content: Any) -> list[Mapping[str, Any]]:
    return [part for part in (content if isinstance(content, list) else [content]) if _is_page(part)]


def _is_page(content: Any) -> bool:
    return isinstance(dig(content, "issues"), list)


def _is_issue(content: Any) -> bool:
    return bool(as_cell(dig(content, "key"))) and isinstance(dig(content, "fields"), Mapping)


def _copies(document: Document) -> Iterator[Copy]:
    for number, issue in enumerate(_issues_in(document.content), start=1):
        if _is_issue(issue):
            key, histories = as_cell(issue["key"]), tuple(objects_in(issue, "changelog", "histories"))
            has_log = isinstance(dig(issue, "changelog", "histories"), list)
            total = dig(issue, "changelog", "total") or len(histories) if has_log else None
            yield Copy(document.file, number, key, as_cell(issue.get("id")) or key, issue["fields"], histories, total)


def _age(copy: Copy) -> tuple[float, str, int]:
    updated = instant(copy.fields.get("updated"))
    return (updated if math.isfinite(updated) else -math.inf, copy.file, copy.number)


def _names(content: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what an answer says of the names of fields: a search once, single issues each."""
    for part in [*_pages(content), *_issues_in(content)]:
        names = dig(part, "names")
        if isinstance(names, Mapping):
            yield names


def _by_issue(logs: Sequence[Document]) -> dict[str, list[Mapping[str, Any]]]:
    """Return pages of change logs by the issue their address names (…/issue/SP-1/changelog?startAt=100)."""
    pages: dict[str, list[Mapping[str, Any]]] = {}
    for document in logs:
        issue = as_cell(document.content["self"]).split("/changelog")[0].rsplit("/", 1)[-1]
        pages.setdefault(issue, []).append(document.content)
    return pages


def _strange(document: Document) -> Problem:
    allowed = "issues, pages of a search, the list of statuses, pages of a change log"
    return Problem(
        "this JSON file is none of Jira's answers", document.file, allowed=allowed, remedy=f"Take it away. {HOW_TO}"
    )


def _unreadable(document: Document) -> Iterator[Problem]:
    """Yield one problem for all issues of a file that lack their fields: the newer search gives bare ids unless asked."""
    rows = [number for number, issue in enumerate(_issues_in(document.content), start=1) if not _is_issue(issue)]
    if rows:
        what = f"{label_count(len(rows), 'issue')} without key or fields, from here on"
        yield Problem(what, document.file, row=rows[0], column="fields", remedy=HOW_TO, table="programs")


def _board_notes(boards: Sequence[Document]) -> Iterator[str]:
    if boards:
        files = label_list([document.file for document in boards])
        yield f"Not needed: the settings of a board in {files}. Which status is which stage is said under statuses:."


def _missing_pages(documents: Sequence[Document], n_issues: int) -> Iterator[str]:
    """Yield a note when the pages of a search say that there are more."""
    pages = [page for document in documents for page in _pages(document.content)]
    most = max((page["total"] for page in pages if isinstance(page.get("total"), int)), default=0)
    if most > n_issues:
        yield (
            f"A search found {label_number(most)} issues, and the files hold {label_number(n_issues)}: pages are missing. "
            "Ask for the others with startAt."
        )
    by_token = [page for page in pages if "nextPageToken" in page or "isLast" in page]
    if by_token and all(page.get("nextPageToken") and not page.get("isLast") for page in by_token):
        yield "No page of the search is the last one: ask for the others with nextPageToken."
