"""A Trello board's log of actions, card by card: replayed from the first action to the last, told as changes.

What the log does not say of a card's beginning follows from what it says later: the first move names the list the card
came from, the first change of its due date the date it had, and who is on the card now, less who was put there, was there
from the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from gapkit.intake.formats.jsonfile import Change, as_cell, dig, is_moment
from gapkit.intake.formats.trello_words import word_of

Action = Mapping[str, Any]

CREATIONS: Final = ("createCard", "copyCard", "convertToCardFromCheckItem", "moveCardToBoard", "emailCard")
DATES: Final = ("end", "start")
JOINED, LEFT = "addMemberToCard", "removeMemberFromCard"


class Names(NamedTuple):
    """What ids stand for: lists and members, by their names of today."""

    lists: Mapping[str, str]
    members: Mapping[str, str]


class Logged(NamedTuple):
    """One action with its file and its running number in it."""

    file: str
    number: int
    action: Action


class State(NamedTuple):
    """A card at one moment: the word of its list, whether it is put away, its planned dates, who is on it."""

    list: str
    is_archived: bool
    due: str
    start: str
    owners: frozenset[str]

    def values(self, names: Names) -> dict[str, str]:
        """Return field of an event to value."""
        owners = sorted((names.members.get(each, each) for each in self.owners), key=str.casefold)
        return {"stage": word_of(self.list, self.is_archived), "end": self.due, "start": self.start,
                "owner": ";".join(owners)}  # fmt: skip


def current_state(card: Mapping[str, Any], names: Names) -> State:
    """Return a card as the export shows it."""
    place = as_cell(card.get("idList"))
    owners = card.get("idMembers")
    return State(
        names.lists.get(place, place), bool(card.get("closed")), as_cell(card.get("due")), as_cell(card.get("start")),
        frozenset(map(as_cell, owners if isinstance(owners, list) else ())),
    )  # fmt: skip


def creation_of(log: Sequence[Logged]) -> Logged | None:
    """Return the action by which a card came to the board, None when it is not in the log."""
    return next((each for each in log if each.action.get("type") in CREATIONS), None)


def changes_of(card_id: str, now: State, created: Logged | None, log: Sequence[Logged], names: Names) -> Iterator[Change]:
    """Yield the changes of one card.

    Parameters
    ----------
    card_id : str
        Its id.
    now : State
        The card as the export shows it.
    created : Logged, optional
        Its beginning, logged or read off its id; None when the log does not reach back so far: then nothing is said of it.
    log : sequence of Logged
        Its actions in order of time.
    names : Names
        What ids stand for.
    """
    state = _first_state(now, log, names)
    if created is not None:
        values = state.values(names)
        # A date that cannot be read is named where it stands on the card.
        known = {field: value for field, value in values.items() if field not in DATES or is_moment(value)}
        began = [(field, "", value) for field, value in known.items() if value]
        yield from _told(created, card_id, began)
    for each in log:
        if created is not None and each is created:
            continue
        after = _after(state, each.action, names)
        before, then = state.values(names), after.values(names)
        changed = [(field, before[field], then[field]) for field in then if before[field] != then[field]]
        yield from _told(each, card_id, [*changed, *_scope(each.action)])
        state = after


def _told(source: Logged, card_id: str, changed: Sequence[tuple[str, str, str]]) -> Iterator[Change]:
    """Yield the changes one action made; where it made several they are numbered."""
    action_id, at = as_cell(source.action.get("id")), as_cell(source.action.get("date"))
    for number, (field, old, new) in enumerate(changed, start=1):
        event_id = action_id if len(changed) == 1 else f"{action_id}-{number}"
        yield Change(source.file, source.number, event_id, card_id, at, field, old, new)


def _first_state(now: State, log: Sequence[Logged], names: Names) -> State:
    """Return the card as it was before the first action of the log, or when it was made."""
    actions = [each.action for each in log]
    places = [place for action in actions for place in (dig(action, "data", "listBefore"), _list_after(action)) if place]
    before = {
        name: [_old(action)[name] for action in actions if name in _old(action)] for name in ("closed", "due", "start")
    }
    return State(
        _list_name(places[0], names) if places else now.list,
        bool(before["closed"][0]) if before["closed"] else now.is_archived,
        as_cell(before["due"][0]) if before["due"] else now.due,
        as_cell(before["start"][0]) if before["start"] else now.start,
        _first_owners(now.owners, actions),
    )


def _first_owners(now: frozenset[str], actions: Sequence[Action]) -> frozenset[str]:
    owners = now
    for action in reversed(actions):
        owners = _with_owner(owners, action, joined=LEFT, left=JOINED)
    return owners


def _with_owner(owners: frozenset[str], action: Action, joined: str, left: str) -> frozenset[str]:
    member = frozenset(filter(None, [as_cell(dig(action, "data", "idMember") or dig(action, "data", "member", "id"))]))
    if action.get("type") == joined:
        return owners | member
    return owners - member if action.get("type") == left else owners


def _after(state: State, action: Action, names: Names) -> State:
    """Return a card after one action."""
    changed, card = _old(action), dig(action, "data", "card")
    place = _list_after(action)
    return State(
        _list_name(place, names) if place else state.list,
        bool(dig(card, "closed")) if "closed" in changed else state.is_archived,
        as_cell(dig(card, "due")) if "due" in changed else state.due,
        as_cell(dig(card, "start")) if "start" in changed else state.start,
        _with_owner(state.owners, action, joined=JOINED, left=LEFT),
    )


def _list_after(action: Action) -> Any:
    """Return the list an action brings a card to, None when it leaves it where it is."""
    return dig(action, "data", "list" if action.get("type") in CREATIONS else "listAfter")


def _list_name(place: Any, names: Names) -> str:
    """Return the name a list has today: a list renamed is the same list."""
    return names.lists.get(as_cell(dig(place, "id")), as_cell(dig(place, "name")))


def _old(action: Action) -> Mapping[str, Any]:
    """Return what an action changed: name to value before."""
    old = dig(action, "data", "old")
    return old if isinstance(old, Mapping) else {}


def _scope(action: Action) -> list[tuple[str, str, str]]:
    """Return what an action changed in what a card asks for, without the text of descriptions: long, and often personal."""
    if action.get("type") != "updateCard":
        return []
    old = _old(action)
    renamed = [("scope", as_cell(old["name"]), as_cell(dig(action, "data", "card", "name")))] if "name" in old else []
    return [*renamed, *([("scope", "", "description changed")] if "desc" in old else [])]
