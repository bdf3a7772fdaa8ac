"""What a person reads of a Jira issue in one word: its status, and what its resolution or a flag adds to it.

Jira files work that was given up under the category done, and `Resolved` is filled for both: only the resolution tells them
apart. A resolution that says no more than done adds nothing; any other is written behind the status: "Done (Won't Do)".
"""

from __future__ import annotations

from typing import Final, NamedTuple

from gapkit.intake.proposing.guess import guess_status
from gapkit.intake.reading.header import name_key

# Resolutions Jira comes with, and the usual own ones, as `reading.header.name_key` gives them.
DELIVERED: Final = frozenset({
    "accepted", "approved", "complete", "completed", "delivered", "deployed", "done", "fixed", "implemented", "published",
    "released", "resolved", "shipped",
})  # fmt: skip
GIVEN_UP: Final = frozenset({
    "abandoned", "can_t_reproduce", "canceled", "cancelled", "cannot_reproduce", "declined", "duplicate", "incomplete",
    "invalid", "no_longer_needed", "not_a_bug", "not_needed", "obsolete", "out_of_scope", "rejected", "will_not_do",
    "will_not_fix", "withdrawn", "won_t_do", "won_t_fix", "wont_do", "wont_fix",
})  # fmt: skip

# Keys of status categories, which are the same in every language.
OPEN: Final = ("new", "indeterminate")
DONE: Final = "done"
BY_CATEGORY: Final = {"new": "not_started", "indeterminate": "in_progress", DONE: "delivered"}


class State(NamedTuple):
    """An issue at one moment: its status, its resolution (empty while unresolved), whether it is flagged as impeded."""

    status: str
    resolution: str = ""
    is_flagged: bool = False


def word_of(state: State, category: str) -> str:
    """Return the status as a person reads it.

    Parameters
    ----------
    state : State
        The issue.
    category : str
        Key of the category of its status: ``new``, ``indeterminate``, ``done``; empty when unknown.

    Examples
    --------
    >>> word_of(State("Done", "Won't Do"), "done"), word_of(State("Done", "Fixed"), "done")
    ("Done (Won't Do)", 'Done')
    >>> word_of(State("In Progress", "", True), "indeterminate"), word_of(State("Review", "Won't Do"), "indeterminate")
    ('In Progress (flagged)', 'Review')
    """
    if _ended_otherwise(state, category):
        return f"{state.status} ({state.resolution})"
    return f"{state.status} (flagged)" if _is_impeded(state, category) else state.status


def meaning_of(state: State, category: str) -> dict[str, str]:
    """Return what the export itself says of a status, empty where it says nothing sure.

    Parameters
    ----------
    state, category
        As in `word_of`.

    Notes
    -----
    Jira's category calls a status done that is named after giving up. One of the usual names of that is cancelled; any
    other that speaks of it is left to the consultant.

    Examples
    --------
    >>> [meaning_of(state, "done") for state in (State("Done"), State("Done", "Duplicate"), State("Dropped"))]
    [{'status': 'delivered'}, {'status': 'cancelled'}, {}]
    >>> meaning_of(State("In Progress", "", True), "indeterminate")
    {'status': 'blocked', 'kind': 'blocked', 'stage': 'In Progress'}
    """
    if _ended_otherwise(state, category):
        return {"status": "cancelled"} if name_key(state.resolution) in GIVEN_UP else {}
    if _is_impeded(state, category):
        return {"status": "blocked", "kind": "blocked", "stage": state.status}
    if category == DONE and name_key(state.status) in GIVEN_UP:
        return {"status": "cancelled"}
    if category == DONE and guess_status(state.status).status == "cancelled":
        return {}
    return {"status": BY_CATEGORY[category]} if category in BY_CATEGORY else {}


def _ended_otherwise(state: State, category: str) -> bool:
    """Return whether the resolution says more than done; while a status is open, a resolution left over says nothing."""
    says_more = bool(state.resolution) and name_key(state.resolution) not in DELIVERED
    return bool(state.status) and category not in OPEN and says_more


def _is_impeded(state: State, category: str) -> bool:
    return bool(state.status) and state.is_flagged and category != DONE
