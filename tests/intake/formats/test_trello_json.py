from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.trello_json import TRELLO_JSON, read, recognise

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
NAME = "trello-board-due-dates/board.json"
SMALL = "trello-board-small/trello-project100.json"
BOARD_YML = """sources:
  - file: data/board.json
    statuses:
      TODO: not_started
      TODO (archived): cancelled
      BUG: not_started
      NOTE: not_started
      NOTE (archived): cancelled
      DEV: {status: in_progress, kind: work}
      TEST: {status: in_progress, kind: approval}
      ✔ DONE: delivered
"""


def real(name: str) -> Path:
    """A published board, or skip where it is not at hand."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the published file is not at {path}")
    return path


def extract_of(*paths: Path, **entries: Any) -> Extract:
    return read([Export(path, path.name) for path in paths], Source(**entries))


def table(extract: Extract, name: str) -> pd.DataFrame:
    """A table of an extract under the names of its columns, canonical ones where the format knows them."""
    part = next(part for part in extract.parts if part.table == name)
    ours = {theirs: ours for ours, theirs in part.fields.items()}
    return part.sheet.cells.set_axis([ours.get(column, column) for column in part.sheet.columns], axis=1)


# --- the real board, against a count that shares no code with the package


@pytest.fixture(scope="module")
def board() -> dict[str, Any]:
    """The published board as JSON."""
    content: dict[str, Any] = json.loads(real(NAME).read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def extract() -> Extract:
    return extract_of(real(NAME))


@pytest.fixture(scope="module")
def actions(board: dict[str, Any]) -> pd.DataFrame:
    """Every action that concerns a card: id, type, moment, card and data."""
    rows = [
        (each["id"], each["type"], pd.Timestamp(each["date"]), each["data"]["card"]["id"], each["data"])
        for each in board["actions"]
        if "card" in each["data"]
    ]
    return pd.DataFrame(rows, columns=["id", "type", "at", "card", "data"]).sort_values("at", ignore_index=True)


@pytest.fixture(scope="module")
def due_changes(actions: pd.DataFrame) -> pd.DataFrame:
    """Every change of a due date: before and after."""
    found = actions.loc[[set(data.get("old", {})) == {"due"} for data in actions["data"]]]
    return found.assign(
        old=pd.to_datetime([data["old"]["due"] for data in found["data"]]),
        new=pd.to_datetime([data["card"]["due"] for data in found["data"]]),
    )


@pytest.fixture(scope="module")
def events(extract: Extract) -> pd.DataFrame:
    return table(extract, "status_events").assign(at=lambda frame: pd.to_datetime(frame["at"]))


def test_the_cards_of_the_real_board(board: dict[str, Any], extract: Extract) -> None:
    """56 cards, 2 archived, 16 due, 14 ticked off: ids, names, lists, owners and dates as in the file."""
    programs = table(extract, "programs").set_index("program_id")
    lists = {each["id"]: each["name"] for each in board["lists"]}
    members = {each["id"]: each["fullName"] for each in board["members"]}

    assert 56 == len(programs) == len(board["cards"])
    assert 2 == programs["status"].str.endswith("(archived)").sum()
    assert 16 == programs["current_end"].notna().sum()
    assert 14 == programs["closed_at"].notna().sum()
    for card in board["cards"]:
        row = programs.loc[card["id"]].fillna("")
        assert card["name"].strip() == row["name"]
        assert lists[card["idList"]] + (" (archived)" if card["closed"] else "") == row["status"]
        assert {members[each] for each in card["idMembers"]} == set(filter(None, row["owners_now"].split(";")))
        assert (card["due"] or "", card["dateLastActivity"], "PRAUT") == (
            row["current_end"],
            row["updated_at"],
            row["team"],
        )


def test_creation_agrees_with_the_id_of_the_card(extract: Extract) -> None:
    """The action that made a card and the first eight digits of its id say the same second, or the next."""
    programs = table(extract, "programs")
    by_id = pd.to_datetime([int(card[:8], 16) for card in programs["program_id"]], unit="s", utc=True)
    lag = (pd.to_datetime(programs["first_seen_on"]) - by_id).dt.total_seconds()

    assert lag.between(0, 2).all()


def test_list_moves_are_stage_events(board: dict[str, Any], actions: pd.DataFrame, events: pd.DataFrame) -> None:
    """66 moves, each with its moment and the lists it led from and to."""
    lists = {each["id"]: each["name"] for each in board["lists"]}
    moves = actions.loc[["listAfter" in data for data in actions["data"]]]
    expected = {
        row["id"]: (row["card"], row["at"], *(lists[row["data"][side]["id"]] for side in ("listBefore", "listAfter")))
        for row in moves.to_dict("records")
    }
    told = events.loc[events["event_id"].isin(moves["id"]) & events["field"].eq("stage")]

    assert 66 == len(expected)
    assert expected == {row.event_id: (row.program_id, row.at, row.old, row.new) for row in told.itertuples()}


def test_every_card_begins_with_its_creation(actions: pd.DataFrame, events: pd.DataFrame) -> None:
    """The first event of each of the 56 cards has no old stage and the moment of the action that made it."""
    made = actions.loc[actions["type"].isin(["createCard", "convertToCardFromCheckItem"])].set_index("card")["at"]
    first = events.loc[events["field"].eq("stage")].drop_duplicates("program_id").set_index("program_id")

    assert 56 == len(made) == len(first)
    assert first["old"].isna().all()
    pd.testing.assert_series_equal(made.sort_index(), first["at"].sort_index(), check_names=False, check_index_type=False)


def test_due_dates_set_and_moved(due_changes: pd.DataFrame, events: pd.DataFrame) -> None:
    """22 changes: 16 set a first date, 6 move it later, none earlier, none takes it away."""
    ends = events.loc[events["field"].eq("end")].set_index("event_id")
    old, new = pd.to_datetime(ends["old"]), pd.to_datetime(ends["new"])

    assert 22 == len(due_changes) == len(ends)
    assert (16, 6, 0) == (int(old.isna().sum()), int((new > old).sum()), int((new < old).sum()))
    expected = due_changes.set_index("id")[["at", "old", "new"]].sort_index()
    found = ends.assign(old=old, new=new)[["at", "old", "new"]].sort_index()
    pd.testing.assert_frame_equal(expected, found, check_index_type=False, check_dtype=False, check_names=False)


def test_owners_put_on_and_taken_off(board: dict[str, Any], actions: pd.DataFrame, events: pd.DataFrame) -> None:
    """72 times a member was put on a card, 5 times taken off; the last event of a card names who is on it today."""
    owners = events.loc[events["field"].eq("owner")]
    kinds = Counter(actions.set_index("id")["type"].loc[owners["event_id"]])
    members = {each["id"]: each["fullName"] for each in board["members"]}
    now = {card["id"]: {members[each] for each in card["idMembers"]} for card in board["cards"]}
    last = owners.drop_duplicates("program_id", keep="last").set_index("program_id")["new"].fillna("")

    assert {"addMemberToCard": 72, "removeMemberFromCard": 5} == kinds
    assert {card: on for card, on in now.items() if on} == {
        card: set(names.split(";")) for card, names in last.items() if names
    }


def test_archiving_is_told(actions: pd.DataFrame, events: pd.DataFrame) -> None:
    """Three cards were put away, one of them taken back."""
    archived = actions.loc[["closed" in data.get("old", {}) for data in actions["data"]], "id"]
    told = events.loc[events["event_id"].isin(archived)]

    assert 4 == len(archived) == len(told)
    assert 3 == told["new"].str.endswith("(archived)").sum()


def test_ways_into_and_out_of_done(events: pd.DataFrame, board: dict[str, Any]) -> None:
    """32 cards reached DONE, in the median 1.9487 days after creation; 2 moves lead out; 8 of 13 due cards were in time."""
    stages = events.loc[events["field"].eq("stage")]
    arrivals = stages.loc[stages["new"].eq("✔ DONE")].groupby("program_id")["at"].min()
    made = stages.loc[stages["old"].isna()].set_index("program_id")["at"]
    days = (arrivals - made.reindex(arrivals.index)).dt.total_seconds() / 86400
    due = pd.to_datetime(pd.Series({card["id"]: card["due"] for card in board["cards"]})).reindex(arrivals.index).dropna()

    assert 32 == len(arrivals)
    assert 1.9487 == round(float(days.median()), 4)
    assert 2 == stages["old"].eq("✔ DONE").sum()
    assert (13, 8) == (len(due), int((arrivals.loc[due.index] <= due).sum()))


def test_ticked_off_cards_have_a_moment(actions: pd.DataFrame, extract: Extract) -> None:
    """The moment a card was ticked off last is that of the action; one ticked off and on again has none."""
    ticked = [data["card"]["dueComplete"] if "dueComplete" in data.get("old", {}) else None for data in actions["data"]]
    last = actions.assign(ticked=ticked).dropna(subset=["ticked"]).drop_duplicates("card", keep="last").set_index("card")
    closed = table(extract, "programs").set_index("program_id")["closed_at"].dropna()

    assert 15 == len(last)
    assert last.loc[last["ticked"].astype(bool), "at"].to_dict() == pd.to_datetime(closed).to_dict()


def test_nothing_private_is_kept(extract: Extract) -> None:
    """Cards carry a private address for mail; neither it nor descriptions are in any column."""
    kept = "\n".join(part.sheet.cells.to_csv() for part in extract.parts)

    assert "example.com" not in kept
    assert not {"email", "desc"} & {column for part in extract.parts for column in part.sheet.columns}


def test_the_real_board_has_nothing_to_complain_of(extract: Extract) -> None:
    """449 actions are the whole history, every card is on the board: no note, no problem, no cut."""
    assert ((), (), None) == (extract.notes, extract.problems, extract.history_from)


def test_the_real_board_through_the_whole_pipeline(
    board: dict[str, Any], read: Callable[..., Intake], events: pd.DataFrame
) -> None:
    """56 programs; those in DONE today are delivered on the New York day of their last arrival; dates are local days."""
    intake = read({"data/board.json": real(NAME).read_bytes()}, BOARD_YML)
    programs = intake.tables["programs"].set_index("program_id")
    stages = events.loc[events["field"].eq("stage")].drop_duplicates("program_id", keep="last").set_index("program_id")
    done = stages.loc[stages["new"].eq("✔ DONE"), "at"]
    due = pd.to_datetime(pd.Series({card["id"]: card["due"] for card in board["cards"]}).dropna())
    visits = intake.tables["stage_visits"]

    assert () == intake.problems
    assert "trello-json" == intake.sources[0].format
    assert 56 == len(programs)
    assert local_days(done) == programs.loc[programs["status"].eq("delivered"), "actual_end"].to_dict()
    assert local_days(due) == programs["current_end"].dropna().to_dict()
    assert {"delivered": len(done), "cancelled": 2} == {
        word: int(programs["status"].eq(word).sum()) for word in ("delivered", "cancelled")
    }
    in_dev_or_test = events.loc[events["field"].eq("stage") & events["new"].isin(["DEV", "TEST"])]
    assert len(in_dev_or_test) == len(visits)
    assert {"work", "approval", "rework"} == set(visits["kind"])


def local_days(moments: pd.Series) -> dict[Any, pd.Timestamp]:
    return moments.dt.tz_convert("America/New_York").dt.tz_localize(None).dt.normalize().to_dict()


def test_the_small_board() -> None:
    """3 cards, one move out of Done, no due date; custom fields of all five types are columns."""
    extract = extract_of(real(SMALL))
    programs = table(extract, "programs").set_index("name")
    events = table(extract, "status_events")
    custom = programs[["Logical Value", "Date Value", "Dropdown", "Number Value", "Text Value"]].fillna("")

    assert ["Todo", "Todo", "In Progress"] == programs["status"].tolist()
    assert "current_end" not in programs
    assert {"stage": 4, "owner": 3} == Counter(events["field"])
    assert [("Done", "In Progress")] == list(
        events.dropna(subset=["old"])[["old", "new"]].itertuples(index=False, name=None)
    )
    assert ["true", "2021-01-28T10:00:00.000Z", "Down", "100.32", "Test text"] == custom.loc["Visualize code"].tolist()
    assert [""] * 5 == custom.loc["Review code"].tolist()


@pytest.mark.parametrize("name", [NAME, SMALL])
def test_real_boards_are_recognised(name: str) -> None:
    """A board is told by its cards, lists and what only Trello calls so."""
    content = json.loads(real(name).read_text(encoding="utf-8"))

    assert {"cards", "lists", "idOrganization"} <= set(recognise(Glimpse(name, ".json", json=content)))


# --- boards made by hand, for what the real ones do not show

FIRST = dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)


def card_id(number: int) -> str:
    """The id of a card made on that day of March 2026."""
    return f"{int((FIRST + dt.timedelta(days=number - 1)).timestamp()):08x}{number:016x}"


def card(number: int, place: str = "L1", **more: Any) -> dict[str, Any]:
    return {"id": card_id(number), "name": f"Card {number}", "idList": place, "idMembers": [], "due": None,
            "dueComplete": False, "closed": False, "dateLastActivity": "2026-03-30T10:00:00.000Z",
            "email": "boards+x@example.com", "desc": "secret", **more}  # fmt: skip


def action(day: int, kind: str, of: int, **data: Any) -> dict[str, Any]:
    return {"id": f"action-{kind}-{of}-{day}", "type": kind, "date": f"2026-03-{day:02d}T12:00:00.000Z",
            "data": {"card": {"id": card_id(of)}, **data}}  # fmt: skip


def move(day: int, of: int, before: str, after: str) -> dict[str, Any]:
    return action(day, "updateCard", of, old={"idList": before}, listBefore={"id": before}, listAfter={"id": after})


def board_of(cards: list[dict[str, Any]], actions: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    lists = [{"id": "L1", "name": "TODO"}, {"id": "L2", "name": "Doing"}, {"id": "L3", "name": "Done"}]
    return {"id": "b1", "name": "Spring", "lists": lists, "cards": cards, "actions": actions, "labelNames": {},
            "members": [{"id": "m1", "fullName": "Ann"}, {"id": "m2", "username": "bob"}], **more}  # fmt: skip


@pytest.fixture
def extracted(write: Callable[..., Path]) -> Callable[..., Extract]:
    """Write boards to files and read them."""

    def go(*boards: Any, **entries: Any) -> Extract:
        files = {f"data/{number}.json": json.dumps(each) for number, each in enumerate(boards, start=1)}
        folder = write(files)
        return read([Export(folder / file, file) for file in files], Source(**entries))

    return go


CUT = [action(20, "commentCard", 9, text="")] * 998 + [
    move(21, 1, "L2", "L3"),
    action(22, "createCard", 2, list={"id": "L1"}),
]


def test_a_thousand_actions_are_a_cut_log(extracted: Callable[..., Extract]) -> None:
    """The cut is said with the first whole day after it; of an older card nothing is made up but its day of creation."""
    extract = extracted(board_of([card(1, "L3"), card(2)], CUT))
    programs, events = table(extract, "programs"), table(extract, "status_events")

    assert dt.date(2026, 3, 21) == extract.history_from
    assert "1,000 actions" in extract.notes[0]
    assert "from 21 March 2026 on; of 2 cards 1 began before" in extract.notes[0]
    assert [("Doing", "Done")] == list(
        events.loc[events["program_id"].eq(card_id(1)), ["old", "new"]].itertuples(index=False, name=None)
    )
    assert "2026-03-01T10:00:00Z" == programs["first_seen_on"][1]


@pytest.mark.parametrize("beginning", ["createBoard", "copyBoard"])
def test_a_log_that_begins_with_the_board_is_whole(extracted: Callable[..., Extract], beginning: str) -> None:
    """A thousand actions of which one made the board are all there are."""
    begun = [{"id": "b", "type": beginning, "date": "2026-03-01T00:00:00.000Z", "data": {"board": {"id": "b1"}}}]
    extract = extracted(board_of([card(1, "L3"), card(2)], CUT[1:] + begun))

    assert extract.history_from is None
    assert 0 == sum("1,000" in note for note in extract.notes)


def test_a_card_without_a_creation_in_a_whole_log(extracted: Callable[..., Extract]) -> None:
    """Cards copied with their board have no action of their own: their id says when, the first move says where."""
    events = table(extracted(board_of([card(1, "L2")], [move(5, 1, "L1", "L2")])), "status_events").fillna("")

    assert [
        (f"{card_id(1)}-created", "2026-03-01T10:00:00Z", "", "TODO"),
        ("action-updateCard-1-5", "2026-03-05T12:00:00.000Z", "TODO", "Doing"),
    ] == list(events[["event_id", "at", "old", "new"]].itertuples(index=False, name=None))


def test_cards_that_are_gone_are_counted(extracted: Callable[..., Extract]) -> None:
    """Deleted cards and cards moved away stand in the history only: a note counts them, no program is made of them."""
    log = [action(1, "createCard", 1, list={"id": "L1"}), action(2, "createCard", 2, list={"id": "L1"}),
           action(3, "deleteCard", 2), action(4, "moveCardFromBoard", 3)]  # fmt: skip
    extract = extracted(board_of([card(1)], log))

    assert (
        "2 cards only in the history of data/1.json: deleted, or moved to another board. Not counted as programs.",
    ) == extract.notes
    assert [card_id(1)] == table(extract, "programs")["program_id"].tolist()
    assert {card_id(1)} == set(table(extract, "status_events")["program_id"])


def test_templates_are_no_work(extracted: Callable[..., Extract]) -> None:
    """A template card is left out, and that is said."""
    log = [action(1, "createCard", 1, list={"id": "L1"}), action(1, "createCard", 2, list={"id": "L1"})]
    extract = extracted(board_of([card(1), card(2, isTemplate=True)], log))

    assert ["Card 1"] == table(extract, "programs")["name"].tolist()
    assert ("1 template card of data/1.json left out: a template is no work.",) == extract.notes


def test_cards_in_archived_lists_are_said_aloud(extracted: Callable[..., Extract]) -> None:
    """Teams archive last week's done list; its cards keep the list as their status, and a note says which lists."""
    lists = [{"id": "L1", "name": "TODO"}, {"id": "L3", "name": "Done: week 9", "closed": True}]
    log = [action(1, "createCard", number, list={"id": "L1"}) for number in (1, 2, 3)]
    extract = extracted(board_of([card(1), card(2, "L3"), card(3, "L3", closed=True)], log, lists=lists))

    assert ["TODO", "Done: week 9", "Done: week 9 (archived)"] == table(extract, "programs")["status"].tolist()
    assert (
        "1 card of data/1.json in archived lists, with the name of the list as their status: Done: week 9.",
    ) == extract.notes


def test_archived_cards_of_ended_lists_stay_ended(extracted: Callable[..., Extract]) -> None:
    """Archived is not delivered, unless the list it was archived from is."""
    log = [action(1, "createCard", number, list={"id": "L1"}) for number in (1, 2)]
    cards = [card(1, "L3", closed=True), card(2, closed=True)]
    extract = extracted(board_of(cards, log), statuses={"Done": {"status": "delivered"}, "TODO": {"status": "not_started"}})

    assert {"Done (archived)": {"status": "delivered"}} == extract.meanings


def test_a_board_without_actions_has_no_history(extracted: Callable[..., Extract]) -> None:
    """Without actions there are programs, a note, and no log."""
    extract = extracted(board_of([card(1)], []))

    assert ["programs"] == [part.table for part in extract.parts]
    assert "holds no actions" in extract.notes[0]


def test_labels_and_custom_fields(extracted: Callable[..., Extract]) -> None:
    """Labels go by name, else by colour; a custom field called like a column of ours says that it is the client's."""
    labels = [{"name": "Web", "color": "red"}, {"name": "", "color": "blue"}]
    items = [{"idCustomField": "f1", "value": {"text": "yes"}}, {"idCustomField": "f2", "idValue": "o9"},
             {"idCustomField": "f3", "value": None}, {"idCustomField": "f4", "value": {"number": "2"}}]  # fmt: skip
    definitions = [
        {"id": "f1", "name": "due"},
        {"id": "f2", "name": "Size", "options": []},
        {"id": "f4", "name": "Budget planned"},
    ]
    programs = table(
        extracted(board_of([card(1, labels=labels, customFieldItems=items)], [], customFields=definitions)), "programs"
    )

    assert ["Web;blue"] == programs["labels"].tolist()
    assert (["yes"], ["2"]) == (programs["due (custom field)"].tolist(), programs["Budget planned"].tolist())
    assert "Size" not in programs


def test_former_members_are_named_by_the_log(extracted: Callable[..., Extract]) -> None:
    """Who has left the board is still called by name; a member without a full name by the account's."""
    joined = action(2, "addMemberToCard", 1, idMember="m9") | {"member": {"id": "m9", "fullName": "Gone Girl"}}
    log = [action(1, "createCard", 1, list={"id": "L1"}), joined, action(3, "addMemberToCard", 1, idMember="m2")]
    programs = table(extracted(board_of([card(1, idMembers=["m9", "m2"])], log)), "programs")

    assert ["bob;Gone Girl"] == programs["owners_now"].tolist()


def test_several_boards_are_one_table(extracted: Callable[..., Extract]) -> None:
    """The boards of a folder are read together, every row with its file and its team."""
    log = [action(1, "createCard", 1, list={"id": "L1"})]
    extract = extracted(board_of([card(1)], log), board_of([card(2)], [], name="Autumn"))
    sheet = extract.parts[0].sheet

    assert ("data/1.json", "data/2.json") == sheet.files
    assert ["Spring", "Autumn"] == table(extract, "programs")["team"].tolist()


def test_the_same_board_twice_tells_its_log_once(extracted: Callable[..., Extract]) -> None:
    """Two exports of one board: both copies of a card are kept for the merge, each action is one event."""
    log = [action(1, "createCard", 1, list={"id": "L1"}), move(5, 1, "L1", "L2")]
    extract = extracted(board_of([card(1, "L2")], log), board_of([card(1)], log[:1]))

    assert 2 == len(table(extract, "programs"))
    assert ["action-createCard-1-1", "action-updateCard-1-5"] == table(extract, "status_events")["event_id"].tolist()


def test_what_is_no_board_is_named(extracted: Callable[..., Extract]) -> None:
    """A stranger among boards is a problem of its file; a card without an id a problem of its place."""
    extract = extracted(board_of([card(1), {"name": "odd"}], []), {"tasks": []})

    assert [("data/2.json", None), ("data/1.json", 2)] == [(each.file, each.row) for each in extract.problems]
    assert ["Card 1"] == table(extract, "programs")["name"].tolist()


def test_no_board_at_all_is_refused(extracted: Callable[..., Extract]) -> None:
    """Nothing to read is one refusal that says how to export."""
    with pytest.raises(InputError, match="Export as JSON"):
        extracted({"tasks": []})


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        [{"gid": "1", "name": "Task"}],
        {"data": [{"gid": "1", "memberships": []}]},
        {"issues": [], "startAt": 0, "maxResults": 50},
        {"key": "SP-1", "fields": {"status": {"name": "Done"}}},
        {"lists": [{"id": 1}], "cards": [{"id": 1, "title": "Of another tool"}]},
        {"lists": [], "cards": []},
    ],
)
def test_other_trackers_are_not_taken_for_trello(content: Any) -> None:
    """Lists and cards alone are no Trello board."""
    assert () == recognise(Glimpse("data/a.json", ".json", json=content))


def test_an_empty_board_is_a_board(extracted: Callable[..., Extract]) -> None:
    """A board without cards is recognised and read to nothing."""
    assert recognise(Glimpse("data/a.json", ".json", json=board_of([], [])))
    assert [0] == [len(part.sheet.cells) for part in extracted(board_of([], [])).parts]


def mixed_board() -> dict[str, Any]:
    """A board with a bit of everything."""
    log = [action(1, "createCard", 1, list={"id": "L1"}), move(5, 1, "L1", "L2"), move(9, 1, "L2", "L3"),
           action(2, "createCard", 2, list={"id": "L1"}), action(2, "addMemberToCard", 2, idMember="m1"),
           action(3, "updateCard", 2, old={"due": None}, card={"id": card_id(2), "due": "2026-04-01T10:00:00.000Z"}),
           action(4, "updateCard", 2, old={"closed": False}, card={"id": card_id(2), "closed": True}),
           action(4, "addMemberToCard", 2, idMember="m2"), move(7, 3, "L2", "L1")]  # fmt: skip
    cards = [card(1, "L3"), card(2, closed=True, idMembers=["m1", "m2"], due="2026-04-01T10:00:00.000Z"), card(3)]
    return board_of(cards, log)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_changes_nothing(extracted: Callable[..., Extract], chance: random.Random) -> None:
    """Cards, actions, lists and members in any order give the same tables."""
    shuffled = mixed_board()
    for name in ("cards", "actions", "lists", "members"):
        chance.shuffle(shuffled[name])
    expected, found = extracted(mixed_board()), extracted(shuffled)

    assert (expected.notes, expected.meanings) == (found.notes, found.meanings)
    for name, key in (("programs", "program_id"), ("status_events", "event_id")):
        first, then = (table(each, name).sort_values(key, ignore_index=True) for each in (expected, found))
        pd.testing.assert_frame_equal(first, then)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_files_changes_nothing(write: Callable[..., Path], chance: random.Random) -> None:
    """Boards in any order give the same tables."""
    boards = {"data/1.json": mixed_board(), "data/2.json": board_of([card(8)], []), "data/3.json": board_of([card(9)], [])}
    folder = write({file: json.dumps(each) for file, each in boards.items()})
    exports = [Export(folder / file, file) for file in boards]
    shuffled = chance.sample(exports, len(exports))
    first, then = (
        table(read(each, Source()), "programs").sort_values("program_id", ignore_index=True) for each in (exports, shuffled)
    )

    pd.testing.assert_frame_equal(first, then)


@pytest.mark.parametrize("place", ["due", "dateLastActivity"])
def test_one_bad_cell_is_one_problem(read: Callable[..., Intake], place: str) -> None:
    """A date nobody can read is named once, with its card; the other rows are as they would be without it."""
    whole, broken = mixed_board(), mixed_board()
    broken["cards"][2][place] = "soon"
    before, after = (read({"data/board.json": json.dumps(each)}, BOARD_YML) for each in (whole, broken))
    others = [each.tables["programs"].query("name != 'Card 3'").reset_index(drop=True) for each in (before, after)]

    assert [("data/board.json", 3, place, "soon")] == [
        (each.file, each.row, each.column, each.value) for each in after.problems
    ]
    pd.testing.assert_frame_equal(*others)


def test_the_format_says_what_it_is() -> None:
    """It carries history, and was tried on real boards."""
    assert ("trello-json", "trello", True, True) == (
        TRELLO_JSON.name,
        TRELLO_JSON.tracker,
        TRELLO_JSON.history,
        TRELLO_JSON.is_verified,
    )
