"""The change log of Jira issues: replayed from creation to now, told as changes.

How an issue began follows from what the log says later: the first change of a field names the value before it, and a field
never changed has had its value from the start. Where the log is cut off nothing is said of the beginning. Names are those
of today: a status renamed is the same status. A flag is over when the issue is done, whether somebody lifted it or not:
work that is taken up again is not impeded by what impeded it before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from gapkit.intake.formats.jira_words import DONE, State, word_of
from gapkit.intake.formats.jsonfile import Change, as_cell, dig, instant, is_moment, objects_in

# Field of the log to field of events. Rank, Link, Sprint, estimates and the like say nothing of the plan.
PLAIN: Final = {"assignee": "owner", "priority": "priority", "summary": "scope"}
STATUS, RESOLUTION, FLAG, DUE, DESCRIPTION = "status", "resolution", "flagged", "duedate", "description"
# Of these the value at creation is the first plan.
FIRST_PLAN: Final = ("end", "start", "owner")
DATES: Final = ("end", "start")


class Site(NamedTuple):
    """What the files say of the Jira site as a whole.

    Attributes
    ----------
    statuses : mapping of str to str
        Id of a status to its name of today.
    categories : mapping of str to str
        Name of a status to the key of its category.
    flags : frozenset of str
        Ids of the custom field that marks an impediment.
    start : str
        Name of the field that holds the planned start, as in the log.
    start_id : str
        Its id; empty when no file says so.
    """

    statuses: Mapping[str, str]
    categories: Mapping[str, str]
    flags: frozenset[str] = frozenset()
    start: str = "Start date"
    start_id: str = ""


class Issue(NamedTuple):
    """One issue with all that is known of it.

    Attributes
    ----------
    file, number
        Where its newest copy stands.
    id, key : str
        Its ids.
    fields : mapping
        The newest copy's.
    histories : tuple of mapping
        The entries of its change log in order of time, from all copies.
    is_whole : bool, optional
        Whether these are all entries there are; None when no log was asked for.
    """

    file: str
    number: int
    id: str
    key: str
    fields: Mapping[str, Any]
    histories: tuple[Mapping[str, Any], ...]
    is_whole: bool | None


class Step(NamedTuple):
    """An issue after one entry of its log, and the item (counted from 1) that tells most of what became of it."""

    history: Mapping[str, Any]
    item: int
    state: State


def in_order(histories: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return entries of a log in order of time, each once."""
    once = {(as_cell(each.get("id")), as_cell(each.get("created"))): each for each in histories}
    return tuple(once[key] for key in sorted(once, key=lambda key: (instant(key[1]), len(key[0]), key[0])))


def state_now(issue: Issue, site: Site) -> State:
    """Return an issue as its newest copy shows it."""
    steps = steps_of(issue, site)
    now = _by_fields(issue, site)
    return now._replace(is_flagged=steps[-1].state.is_flagged) if steps else now


def first_state(issue: Issue, site: Site) -> State:
    """Return an issue as it was made, or before the first entry of its log."""
    now, items = _by_fields(issue, site), [item for each in issue.histories for item in objects_in(each, "items")]
    status, resolution, flag = (_first(items, name) for name in (STATUS, RESOLUTION, FLAG))
    return State(
        _status(status, "from", site) if status else now.status,
        as_cell(resolution.get("fromString")) if resolution else now.resolution,
        bool(as_cell(flag.get("fromString"))) if flag else now.is_flagged,
    )


def steps_of(issue: Issue, site: Site) -> list[Step]:
    """Return what became of an issue with every entry of its log that touches status, resolution or flag."""
    state, steps = first_state(issue, site), []
    for history in issue.histories:
        items = {_name(item): (number, item) for number, item in enumerate(objects_in(history, "items"), start=1)}
        touched = [items[name] for name in (STATUS, RESOLUTION, FLAG) if name in items]
        if not touched:
            continue
        status, resolution, flag = (items.get(name, (0, None))[1] for name in (STATUS, RESOLUTION, FLAG))
        state = State(
            _status(status, "to", site) if status else state.status,
            as_cell(resolution.get("toString")) if resolution else state.resolution,
            bool(as_cell(flag.get("toString"))) if flag else state.is_flagged,
        )
        if site.categories.get(state.status) == DONE:
            state = state._replace(is_flagged=False)
        steps.append(Step(history, touched[0][0], state))
    return steps


def changes_of(issue: Issue, site: Site) -> Iterator[Change]:
    """Yield the changes of an issue, its creation first."""
    yield from _creation(issue, site)
    before = _word(first_state(issue, site), site)
    for history, number, state in steps_of(issue, site):
        word = _word(state, site)
        if word != before:
            yield _change(issue, history, number, "stage", before, word)
        before = word
    for history in issue.histories:
        for number, item in enumerate(objects_in(history, "items"), start=1):
            field = _field(item, site)
            if field and (_name(item) == DESCRIPTION or _value(item, field, "from") != _value(item, field, "to")):
                yield _change(issue, history, number, field, _value(item, field, "from"), _value(item, field, "to"))


def _creation(issue: Issue, site: Site) -> Iterator[Change]:
    """Yield stage, planned dates and owner as an issue was made with them, where its log is whole."""
    at = as_cell(issue.fields.get("created"))
    if not (is_moment(at) and issue.is_whole):
        return
    items = [item for each in issue.histories for item in objects_in(each, "items")]
    values = {"stage": _word(first_state(issue, site), site)}
    for field in FIRST_PLAN:
        first = next((item for item in items if _field(item, site) == field), None)
        values[field] = _value(first, field, "from") if first else _current(issue, field, site)
    for field, value in values.items():
        # A date that cannot be read is named where it stands among the issue's fields.
        if value and (field not in DATES or is_moment(value)):
            yield Change(issue.file, issue.number, f"{issue.id}-created-{field}", issue.key, at, field, "", value)


def _change(issue: Issue, history: Mapping[str, Any], number: int, field: str, old: str, new: str) -> Change:
    at = as_cell(history.get("created"))
    event_id = f"{as_cell(history.get('id')) or f'{issue.id} {at}'}-{number}"
    return Change(issue.file, issue.number, event_id, issue.key, at, field, old, new)


def _by_fields(issue: Issue, site: Site) -> State:
    status = dig(issue.fields, "status")
    name = site.statuses.get(as_cell(dig(status, "id")), as_cell(status))
    is_flagged = any(as_cell(issue.fields.get(flag)) for flag in site.flags)
    return State(name, as_cell(issue.fields.get("resolution")), is_flagged)


def _current(issue: Issue, field: str, site: Site) -> str:
    names = {"end": DUE, "start": site.start_id, "owner": "assignee"}
    return as_cell(issue.fields.get(names[field]))


def _word(state: State, site: Site) -> str:
    return word_of(state, site.categories.get(state.status, ""))


def _name(item: Mapping[str, Any]) -> str:
    return as_cell(item.get("field")).lower()


def _first(items: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any] | None:
    return next((item for item in items if _name(item) == name), None)


def _status(item: Mapping[str, Any], side: str, site: Site) -> str:
    return site.statuses.get(as_cell(item.get(side)), as_cell(item.get(f"{side}String")))


def _field(item: Mapping[str, Any], site: Site) -> str:
    """Return the field of events an item changes besides the stage, empty for none."""
    name = _name(item)
    if name == DESCRIPTION:
        return "scope"
    return {DUE: "end", site.start.lower(): "start"}.get(name, PLAIN.get(name, ""))


def _value(item: Mapping[str, Any], field: str, side: str) -> str:
    """Return a value before (from) or after (to): dates as stored, the text of descriptions left out, else as shown."""
    if _name(item) == DESCRIPTION:
        return "description changed" if side == "to" else ""
    stored, shown = as_cell(item.get(side)), as_cell(item.get(f"{side}String"))
    return (stored or shown) if field in DATES else shown
