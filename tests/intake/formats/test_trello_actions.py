from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from gapkit.intake.formats.trello_actions import Logged, Names, State, changes_of, creation_of, current_state

NAMES = Names({"L1": "TODO", "L2": "Doing", "L3": "Done"}, {"m1": "Ann", "m2": "Bob"})
CARD = "5d6ccf89bdc0466c9e916ae0"


def action(number: int, kind: str, **data: Any) -> dict[str, Any]:
    """One action of the card, one a day."""
    return {"id": f"a{number}", "type": kind, "date": f"2026-03-{number:02d}T10:00:00.000Z", "data": {"card": {}, **data}}


def update(number: int, **changed: tuple[Any, Any]) -> dict[str, Any]:
    """One change of values of the card."""
    old, card = {name: pair[0] for name, pair in changed.items()}, {name: pair[1] for name, pair in changed.items()}
    return action(number, "updateCard", old=old, card=card)


def move(number: int, before: str, after: str) -> dict[str, Any]:
    """One move from list to list."""
    return action(number, "updateCard", old={"idList": before}, listBefore={"id": before}, listAfter={"id": after})


def member(number: int, kind: str, who: str) -> dict[str, Any]:
    """One member put on the card or taken off."""
    return action(number, kind, idMember=who)


def created(place: str = "L1", kind: str = "createCard") -> dict[str, Any]:
    """The creation of the card on the first day."""
    return action(1, kind, list={"id": place})


def told(now: dict[str, Any], actions: Sequence[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """What the actions of a card tell: event id, field, old, new."""
    log = [Logged("board.json", number, each) for number, each in enumerate(actions, start=1)]
    state = current_state({"idList": "L1", **now}, NAMES)
    changes = changes_of(CARD, state, creation_of(log), log, NAMES)
    return [(each.event_id, each.field, each.old, each.new) for each in changes]


def test_a_card_as_it_stands() -> None:
    """The list by its name, owners by theirs, a list that is not in the export by its id."""
    card = {
        "idList": "L9",
        "closed": True,
        "due": None,
        "start": "2026-03-01T00:00:00.000Z",
        "idMembers": ["m2", "m1", "mx"],
    }

    now = current_state(card, NAMES)

    assert State("L9", True, "", "2026-03-01T00:00:00.000Z", frozenset({"m1", "m2", "mx"})) == now
    assert {"stage": "L9 (archived)", "end": "", "start": now.start, "owner": "Ann;Bob;mx"} == now.values(NAMES)


@pytest.mark.parametrize("kind", ["createCard", "copyCard", "convertToCardFromCheckItem", "moveCardToBoard", "emailCard"])
def test_every_way_to_make_a_card_is_its_creation(kind: str) -> None:
    """The first event has no old stage and the id of the action."""
    assert [("a1", "stage", "", "TODO")] == told({}, [created(kind=kind)])


def test_moves_are_stages_by_todays_names() -> None:
    """A list renamed since is the same list; a move to a list of the same name changes nothing."""
    moved = move(2, "L1", "L2")
    moved["data"]["listBefore"]["name"] = "Old name of TODO"

    events = told({"idList": "L2"}, [created(), moved, move(3, "L2", "L2")])

    assert [("a1", "stage", "", "TODO"), ("a2", "stage", "TODO", "Doing")] == events


def test_a_deleted_list_keeps_the_name_of_the_log() -> None:
    """A list the export no longer lists is called as the action calls it."""
    gone = action(2, "updateCard", listBefore={"id": "L1", "name": "TODO"}, listAfter={"id": "L8", "name": "Gone"})

    assert ("a2", "stage", "TODO", "Gone") == told({}, [created(), gone])[1]


def test_due_dates_first_set_moved_and_taken_away() -> None:
    """Every change of the due date is one event with the date before and after, as moments."""
    first, later = "2026-04-01T10:00:00.000Z", "2026-04-03T10:00:00.000Z"
    log = [created(), update(2, due=(None, first)), update(3, due=(first, later)), update(4, due=(later, None))]

    events = [event for event in told({}, log) if event[1] == "end"]

    assert [("a2", "end", "", first), ("a3", "end", first, later), ("a4", "end", later, "")] == events


def test_what_was_there_from_the_start_is_told_of_the_start() -> None:
    """A copied card brings dates and members no action sets: they are part of its creation."""
    due, later = "2026-04-01T10:00:00.000Z", "2026-04-09T10:00:00.000Z"
    log = [created("L2", "copyCard"), update(2, due=(due, later)), member(3, "removeMemberFromCard", "m2")]

    events = told({"idList": "L2", "due": later, "start": due, "idMembers": ["m1"]}, log)

    assert [
        ("a1-1", "stage", "", "Doing"),
        ("a1-2", "end", "", due),
        ("a1-3", "start", "", due),
        ("a1-4", "owner", "", "Ann;Bob"),
        ("a2", "end", due, later),
        ("a3", "owner", "Ann;Bob", "Ann"),
    ] == events


def test_owners_are_told_as_they_stand_after_the_change() -> None:
    """Several owners are several owners; taking the last one off leaves none."""
    log = [created(), member(2, "addMemberToCard", "m2"), member(3, "addMemberToCard", "m1")]
    log += [member(4, "removeMemberFromCard", "m2"), member(5, "removeMemberFromCard", "m1")]

    owners = [event[2:] for event in told({}, log) if event[1] == "owner"]

    assert [("", "Bob"), ("Bob", "Ann;Bob"), ("Ann;Bob", "Ann"), ("Ann", "")] == owners


def test_archiving_changes_the_word() -> None:
    """A card put away and taken back changes its word twice; moved while away it stays away."""
    log = [created(), update(2, closed=(False, True)), move(3, "L1", "L3"), update(4, closed=(True, False))]

    stages = [event[2:] for event in told({"idList": "L3"}, log) if event[1] == "stage"]

    assert [
        ("", "TODO"),
        ("TODO", "TODO (archived)"),
        ("TODO (archived)", "Done (archived)"),
        ("Done (archived)", "Done"),
    ] == stages


def test_scope_without_the_text_of_descriptions() -> None:
    """A new title is told in full, of a description only that it changed."""
    log = [created(), update(2, name=("Ad", "Advert"), desc=("secret", "more secret"))]

    assert [("a2-1", "scope", "Ad", "Advert"), ("a2-2", "scope", "", "description changed")] == told({}, log)[1:]


def test_noise_is_left_out() -> None:
    """Dragging within a list, reminders and comments tell nothing of the plan."""
    log = [created(), update(2, pos=(1, 2)), update(3, dueReminder=(-1, 60)), action(4, "commentCard", text="hi")]

    assert [("a1", "stage", "", "TODO")] == told({}, log)


def test_a_log_that_does_not_reach_back_invents_no_beginning() -> None:
    """Without a creation the first event is the first logged change, with what was there before it."""
    assert [("a5", "stage", "Doing", "Done")] == told({"idList": "L3", "idMembers": ["m1"]}, [move(5, "L2", "L3")])


def test_a_card_that_comes_back_to_the_board_moves() -> None:
    """Only the first arrival is the creation; a second one is a move to the list it comes back to."""
    back = action(4, "moveCardToBoard", list={"id": "L3"})

    assert [("a1", "stage", "", "TODO"), ("a4", "stage", "TODO", "Done")] == told({"idList": "L3"}, [created(), back])


def test_a_date_nobody_can_read_is_not_repeated() -> None:
    """What the card shows as its due date is read there; the log does not say it a second time."""
    assert [("a1", "stage", "", "TODO")] == told({"due": "soon"}, [created()])
