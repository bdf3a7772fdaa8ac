"""Trello, a whole board as JSON (board menu, Print, export and share, Export as JSON).

A card has no field for its creation: the action that made it says when, else its id, whose first eight hexadecimal digits
count the seconds since 1970. All moments are UTC. Trello exports the newest 1,000 actions and no more; what a card was
before the oldest of them is not in the file, and none of it is made up. Archived is not delivered, and a due date ticked
off need not be: what the lists mean decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.jsonfile import (
    Change,
    Document,
    Row,
    as_cell,
    dig,
    events_part,
    instant,
    is_moment,
    objects_in,
    read_documents,
    to_sheet,
    whole_day_after,
)
from gapkit.intake.formats.trello_actions import Logged, Names, changes_of, creation_of, current_state
from gapkit.intake.formats.trello_words import made_at, meanings_of
from gapkit.labels import label_count, label_date, label_list, label_number

if TYPE_CHECKING:
    from gapkit.config import Source

FIELDS: Final = {
    "program_id": "id",
    "name": "name",
    "status": "list",
    "team": "board",
    "owners_now": "members",
    "first_seen_on": "created",
    "current_start": "start",
    "current_end": "due",
    "closed_at": "completed",
    "updated_at": "dateLastActivity",
}
# Columns made or taken over here; a custom field of the same name is told apart by a word in brackets.
AS_THEY_ARE: Final = ("dateLastActivity", "dueComplete", "closed", "idShort", "shortUrl")
OWN: Final = (*FIELDS.values(), "labels", *AS_THEY_ARE[1:])

MOST_ACTIONS: Final = 1000
# With one of these the log begins where the board does.
BEGINNINGS: Final = ("createBoard", "copyBoard")
HOW_TO: Final = "In Trello choose board menu, Print, export and share, Export as JSON, and save the page that opens."


class Board(NamedTuple):
    """One export of one board.

    Attributes
    ----------
    file : str
        Where it is from.
    content : mapping
        All of it.
    cards : tuple of (int, mapping)
        Running number and card; templates and cards that cannot be read are left out.
    logs : mapping of str to sequence of Logged
        Card id to its actions in order of time, also of cards that are gone.
    names : Names
        Lists and members.
    cut_at : float, optional
        Moment of the oldest action where older ones are cut off, in seconds since 1970; None when the log is whole.
    """

    file: str
    content: Mapping[str, Any]
    cards: tuple[tuple[int, Mapping[str, Any]], ...]
    logs: Mapping[str, Sequence[Logged]]
    names: Names
    cut_at: float | None


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the names that give a Trello board away."""
    if not _is_board(glimpse.json):
        return ()
    telling = ("idOrganization", "labelNames", "shortLink", "checklists", "customFields", "memberships", "actions")
    return ("cards", "lists", *(name for name in telling if name in glimpse.json))


def _is_board(content: Any) -> bool:
    if not all(isinstance(dig(content, name), list) for name in ("cards", "lists")):
        return False
    cards = objects_in(content, "cards")
    return "idList" in cards[0] if cards else "labelNames" in content


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read the boards of one day."""
    documents, problems = read_documents(exports)
    boards = [_board(document) for document in documents if _is_board(document.content)]
    problems += [_no_board(document.file) for document in documents if not _is_board(document.content)]
    if not boards:
        raise InputError(problems)
    problems += [problem for board in boards for problem in _problems(board)]
    rows = [row for board in boards for row in _rows(board)]
    sheet = to_sheet(rows, OWN, exports[0].file)
    fields = {ours: theirs for ours, theirs in FIELDS.items() if theirs in sheet.columns}
    changes = [change for board in boards for change in _changes(board)]
    words = {row.cells["list"] for row in rows} | {change.new for change in changes if change.field == "stage"}
    cut = [board.cut_at for board in boards if board.cut_at is not None]
    return Extract(
        parts=(Part("programs", sheet, fields), *events_part(changes)),
        meanings=meanings_of(words, source),
        notes=tuple(note for board in boards for note in _notes(board)),
        problems=tuple(problems),
        history_from=whole_day_after(max(cut)) if cut else None,
    )


def _board(document: Document) -> Board:
    content, file = document.content, document.file
    actions = objects_in(content, "actions")
    cards = tuple((number, card) for number, card in _numbered(content) if _id(card) and not card.get("isTemplate"))
    is_cut = len(actions) >= MOST_ACTIONS and not any(action.get("type") in BEGINNINGS for action in actions)
    moments = [instant(action["date"]) for action in actions if is_moment(action.get("date"))]
    cut_at = min(moments, default=None) if is_cut else None
    return Board(file, content, cards, _logs(file, actions), _names(content, actions), cut_at)


def _numbered(content: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(content["cards"], start=1)


def _id(card: Any) -> str:
    return as_cell(dig(card, "id"))


def _logs(file: str, actions: Sequence[Mapping[str, Any]]) -> dict[str, list[Logged]]:
    numbered = [Logged(file, number, action) for number, action in enumerate(actions, start=1)]
    numbered.sort(key=lambda each: (instant(each.action.get("date")), _id(each.action)))
    logs: dict[str, list[Logged]] = {}
    for each in numbered:
        logs.setdefault(as_cell(dig(each.action, "data", "card", "id")), []).append(each)
    return {card: log for card, log in logs.items() if card}


def _names(content: Mapping[str, Any], actions: Iterable[Mapping[str, Any]]) -> Names:
    """Return the names of lists and members; who has left the board is still named in its log."""
    logged = [action.get(key) for action in actions for key in ("memberCreator", "member")]
    former = sorted((each for each in logged if isinstance(each, Mapping)), key=lambda each: as_cell(each.get("fullName")))
    people = [*former, *objects_in(content, "members")]
    members = {_id(each): as_cell(each.get("fullName") or each.get("username")) for each in people}
    lists = {_id(each): as_cell(each.get("name")) for each in objects_in(content, "lists")}
    return Names(lists, {key: name for key, name in members.items() if name})


def _no_board(file: str) -> Problem:
    return Problem("this JSON file is no Trello board", file, allowed="a board with its lists and cards", remedy=HOW_TO)


def _problems(board: Board) -> Iterator[Problem]:
    for number, card in _numbered(board.content):
        if not _id(card):
            yield Problem("a card without an id", board.file, row=number, column="id", remedy=HOW_TO, table="programs")


def _creation(board: Board, number: int, card: Mapping[str, Any]) -> Logged | None:
    """Return the action that made a card; where the log is whole and has none, one made of the card's id."""
    action = creation_of(board.logs.get(_id(card), ()))
    if action is not None or board.cut_at is not None:
        return action
    made = {"id": f"{_id(card)}-created", "date": made_at(_id(card))}
    return Logged(board.file, number, made) if made["date"] else None


def _changes(board: Board) -> Iterator[Change]:
    if not board.logs:
        return
    for number, card in board.cards:
        created, log = _creation(board, number, card), board.logs.get(_id(card), ())
        yield from changes_of(_id(card), current_state(card, board.names), created, log, board.names)


def _rows(board: Board) -> Iterator[Row]:
    """Yield the cards of a board as rows of programs."""
    definitions = {_id(each): each for each in objects_in(board.content, "customFields")}
    for number, card in board.cards:
        log = board.logs.get(_id(card), ())
        made = creation_of(log)
        now = current_state(card, board.names).values(board.names)
        own = {
            "id": _id(card),
            "name": as_cell(card.get("name")),
            "list": now["stage"],
            "board": as_cell(board.content.get("name")),
            "members": now["owner"],
            "created": as_cell(made.action["date"]) if made and is_moment(made.action.get("date")) else made_at(_id(card)),
            "start": now["start"],
            "due": now["end"],
            "completed": _completed(card, log),
            "labels": as_cell([as_cell(label.get("name") or label.get("color")) for label in objects_in(card, "labels")]),
            **{name: as_cell(card.get(name)) for name in AS_THEY_ARE},
        }
        yield Row(board.file, number, own | _custom(card, definitions))


def _completed(card: Mapping[str, Any], log: Sequence[Logged]) -> str:
    """Return when a card now ticked off was ticked off last, empty when the log does not say."""
    ticked = [each.action for each in log if dig(each.action, "data", "old", "dueComplete") is False]
    return as_cell(ticked[-1].get("date")) if ticked and card.get("dueComplete") else ""


def _custom(card: Mapping[str, Any], definitions: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return a card's custom fields under their names; those of one name share a column."""
    cells: dict[str, list[str]] = {}
    for item in sorted(objects_in(card, "customFieldItems"), key=lambda each: as_cell(each.get("idCustomField"))):
        field_id = as_cell(item.get("idCustomField"))
        definition = definitions.get(field_id, {})
        name = as_cell(definition.get("name")) or field_id
        cells.setdefault(f"{name} (custom field)" if name in OWN else name, []).append(_custom_value(item, definition))
    return {name: as_cell(values) for name, values in cells.items()}


def _custom_value(item: Mapping[str, Any], definition: Mapping[str, Any]) -> str:
    """Return the value of a custom field: a choice by its text, anything else as written."""
    if item.get("idValue"):
        options = {_id(option): as_cell(dig(option, "value", "text")) for option in objects_in(definition, "options")}
        return options.get(as_cell(item["idValue"]), "")
    value = item.get("value")
    return next(map(as_cell, value.values()), "") if isinstance(value, Mapping) else ""


def _notes(board: Board) -> Iterator[str]:
    """Yield what a reader should know of a board."""
    file, names, n_actions = board.file, board.names, len(objects_in(board.content, "actions"))
    if board.cards and not board.logs:
        yield f"{file} holds no actions of cards: nothing is known of how they moved. {HOW_TO}"
    if board.cut_at is not None:
        older = sum(creation_of(board.logs.get(_id(card), ())) is None for _, card in board.cards)
        yield (
            f"{file} holds {label_number(n_actions)} actions, the most Trello exports; older ones are missing. Its history "
            f"is complete from {label_date(whole_day_after(board.cut_at))} on; of {label_count(len(board.cards), 'card')} "
            f"{label_number(older)} began before, and where they were at first is not known."
        )
    if gone := set(board.logs) - {_id(card) for _, card in _numbered(board.content)}:
        count = label_count(len(gone), "card")
        yield f"{count} only in the history of {file}: deleted, or moved to another board. Not counted as programs."
    if templates := sum(bool(dig(card, "isTemplate")) for _, card in _numbered(board.content)):
        yield f"{label_count(templates, 'template card')} of {file} left out: a template is no work."
    away = {_id(each) for each in objects_in(board.content, "lists") if each.get("closed")}
    held = Counter(as_cell(card.get("idList")) for _, card in board.cards if not card.get("closed"))
    if stuck := sorted(place for place in away if held[place]):
        count = label_count(sum(held[place] for place in stuck), "card")
        lists = label_list(sorted(names.lists[place] for place in stuck))
        yield f"{count} of {file} in archived lists, with the name of the list as their status: {lists}."


TRELLO_JSON: Final = Format("trello-json", "Trello JSON", "trello", recognise, read, history=True, is_verified=True)
