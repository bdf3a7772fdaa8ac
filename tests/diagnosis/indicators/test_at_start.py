from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit import schema
from gapkit.config import Owners
from gapkit.diagnosis.indicators.at_start import (
    COLUMN,
    HISTORY,
    TODAY,
    in_force,
    is_live,
    owner_kinds,
    owners_at_start,
    priority_at_start,
)

TZ = "America/New_York"


def on(day: str, *programs: str) -> pd.Series:
    return pd.Series(pd.Timestamp(day), index=list(programs), dtype="datetime64[us]")


def owner(program: str, at: str, old: str | None, new: str | None) -> dict[str, object]:
    return {"program_id": program, "at": at, "field": "owner", "old": old, "new": new}


@pytest.fixture
def owners(engage, fleet):
    """Persons and source at the planned start on 10 January 2026."""

    def find(rows, events=(), changes=None):
        eng = engage(changes, programs=rows, status_events=list(events))
        return owners_at_start(eng, on("2026-01-10", *(row["program_id"] for row in rows)))

    return find


def test_the_last_change_up_to_the_day_is_in_force(table):
    """Changes on the day count, later ones do not; before the first change its old value held."""
    events = table("status_events", owner("P1", "2026-01-02", None, "Ana"), owner("P1", "2026-01-10", "Ana", "Ben"),
                   owner("P1", "2026-01-11", "Ben", "Cy"), owner("P2", "2026-02-01", "Dee", "Eve"))  # fmt: skip
    found = in_force(events, "owner", on("2026-01-10", "P1", "P2", "P3"))

    assert ["Ben", "Dee"] == found["value"].iloc[:2].tolist()
    assert [True, True, False] == found["is_told"].tolist()


def test_a_log_without_old_values_says_nothing_about_earlier_days(table):
    """Where no change names what was before it, an empty old value is not "nobody"."""
    events = table("status_events", owner("P1", "2026-02-01", None, "Ana"))

    assert [False] == in_force(events, "owner", on("2026-01-10", "P1"))["is_told"].tolist()


def test_set_from_nothing_after_the_start_means_nobody_at_the_start(table):
    """A log that does name old values, and names none here, says that there was none."""
    events = table("status_events", owner("P1", "2026-02-01", None, "Ana"), owner("P2", "2026-02-01", "Ben", "Cy"))
    found = in_force(events, "owner", on("2026-01-10", "P1", "P2"))

    assert [True, True] == found["is_told"].tolist()
    assert pd.isna(found.loc["P1", "value"])


def test_persons_are_counted_and_nothing_else(owners, fleet):
    """One, two, a team, a committee by its name, nobody."""
    rows = [
        *fleet(1, 1, program_id="one", owners_at_start="Ana"),
        *fleet(1, 1, program_id="two", owners_at_start="Ana;Ben"),
        *fleet(1, 1, program_id="team", owners_at_start="Blue", owner_type_at_start="team"),
        *fleet(1, 1, program_id="committee", owners_at_start="Steering committee"),
        *fleet(1, 1, program_id="nobody", owner_type_at_start="none"),
        *fleet(1, 1, program_id="unnamed", owner_type_at_start="person"),
    ]
    found = owners(rows)

    assert {"one": 1, "two": 2, "team": 0, "committee": 0, "nobody": 0, "unnamed": 1} == found["persons"].to_dict()
    assert {COLUMN} == set(found["source"])


def test_a_name_known_as_a_team_elsewhere_is_no_person_in_the_history(owners, fleet):
    """The type of owner of one program tells what the name means in all others."""
    rows = [*fleet(1, 1, program_id="P1", owners_at_start="Blue", owner_type_at_start="team"),
            *fleet(1, 1, program_id="P2")]  # fmt: skip

    assert 0 == owners(rows, [owner("P2", "2026-01-02", None, "Blue")]).loc["P2", "persons"]


def test_what_the_engagement_confirms_about_owners_counts(owners, fleet):
    """A name confirmed as a team is none, a name that reads like a team and is confirmed as a person is one."""
    rows = [*fleet(1, 1, program_id="P1", owners_at_start="Orion"), *fleet(1, 1, program_id="P2", owners_at_start="Crew")]
    confirmed = Owners({"Crew": ("crew@acme.com",)}, {"Orion": "team"}, ())

    assert [0, 1] == owners(rows, changes={"owners": confirmed})["persons"].tolist()


def test_a_name_confirmed_as_a_person_counts_whatever_its_type_says(owners, fleet):
    """The consultant's word goes before the type of owner beside a name, in the column and in the history."""
    rows = [
        *fleet(1, 1, program_id="P1", owners_at_start="Falcons", owner_type_at_start="team"),
        *fleet(1, 1, program_id="P2"),
        *fleet(1, 1, program_id="P3", owners_at_start="Blue", owner_type_at_start="team"),
    ]
    found = owners(rows, [owner("P2", "2026-01-02", None, "Falcons")], {"owners": Owners(same={"Falcons": ("FC",)})})

    assert [1, 1, 0] == found["persons"].tolist()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana", "person"),
        ("Brand", "team"),
        ("Steering committee", "committee"),
        ("Studio Nine", "external"),
        ("Ops", "person"),
        ("Ops desk", "person"),
        ("Jo", "left"),
    ],
)
def test_a_name_is_what_was_confirmed_else_what_it_reads_like(engage, fleet, name, kind):
    """Confirmed names first, then teams of the data and words such as committee; a confirmed person stays one."""
    owners = Owners(same={"Ops": ("Ops desk",)}, not_persons={"Studio Nine": "external"}, left=("Jo",))
    eng = engage({"owners": owners}, programs=fleet(1, 1, program_id="P1", owners_at_start="Ana"))

    assert kind == owner_kinds(eng)(name)


def test_the_type_beside_a_name_tells_what_it_is(engage, fleet):
    """A name typed as a team on one program is a team on the next, in any spelling of case."""
    eng = engage(programs=fleet(1, 1, owners_at_start="Falcons", owner_type_at_start="team"))

    assert "team" == owner_kinds(eng)("falcons")


def test_history_goes_before_the_column_and_the_column_before_today(owners, fleet):
    """Each source steps in only where the better one is silent."""
    rows = [
        *fleet(1, 1, program_id="P1", owners_at_start="Ana", owners_now="Cy"),
        *fleet(1, 1, program_id="P2", owners_at_start="Ana;Ben", owners_now="Cy"),
    ]
    found = owners(rows, [owner("P1", "2026-01-02", "Ben", "Ana;Ben")])

    assert [2, 2] == found["persons"].tolist()
    assert [HISTORY, COLUMN] == found["source"].tolist()


def test_today_stands_for_the_start_where_the_log_tells_no_change(owners, fleet):
    """Of a program the log knows, no change of owner means none; of a program no log knows, only today is known."""
    rows = [*fleet(1, 1, program_id="P1", owners_now="Ana"), *fleet(1, 1, program_id="P2", owners_now="Ana"),
            *fleet(1, 1, program_id="P3", owners_now="Ana")]  # fmt: skip
    events = [
        owner("P1", "2026-01-02", "Ben", "Ana"),
        {"program_id": "P2", "at": "2026-01-02", "field": "stage", "new": "x"},
    ]
    found = owners(rows, events)

    assert [1, 1, 1] == found["persons"].tolist()
    assert [HISTORY, HISTORY, TODAY] == found["source"].tolist()


def test_without_any_owner_on_record_nothing_is_known(owners, fleet):
    """Unknown is not zero."""
    assert owners(fleet(1, 2))["persons"].isna().all()


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["Ana", "Ben;Cy", None])), max_size=6))
def test_changes_after_the_start_change_nothing(later):
    """Whatever happens to the owner afterwards, the owner at the start stays who it was."""
    first = [owner("P1", "2026-01-02", "Zoe", "Ana")]
    after = [owner("P1", f"{pd.Timestamp('2026-01-10') + pd.Timedelta(days=day):%Y-%m-%d}", "x", new) for day, new in later]
    frames = [pd.DataFrame(rows).assign(event_id=lambda frame: [f"E{k}" for k in range(len(frame))])
              for rows in (first, first + after)]  # fmt: skip
    events = [schema.conform("status_events", frame.assign(at=pd.to_datetime(frame["at"]).dt.tz_localize(TZ)), TZ)
              for frame in frames]  # fmt: skip
    before, now = (in_force(log, "owner", on("2026-01-10", "P1")) for log in events)

    assert before.equals(now)


def test_the_priority_at_the_start_comes_from_the_history(engage, fleet):
    """A program moved to another priority later served the first one; without history today's stands for it."""
    rows = [*fleet(1, 1, program_id="P1", priority_id="PR2"), *fleet(1, 1, program_id="P2", priority_id="PR2")]
    moved = {"program_id": "P1", "at": "2026-02-01", "field": "priority", "old": "PR1", "new": "PR2"}
    eng = engage(programs=rows, status_events=[moved])

    assert ["PR1", "PR2"] == priority_at_start(eng, on("2026-01-10", "P1", "P2")).tolist()


def test_a_priority_is_live_from_its_first_to_its_last_day(table):
    """Run out, not yet begun, and without an end; a program without priority has no live one."""
    register = table("priorities", {"priority_id": "old", "label": "a", "from": "2025-01-01", "to": "2026-01-09"},
                     {"priority_id": "last day", "label": "b", "from": "2025-01-01", "to": "2026-01-10"},
                     {"priority_id": "new", "label": "c", "from": "2026-01-11"},
                     {"priority_id": "standing", "label": "d", "from": "2026-01-10"})  # fmt: skip
    register = schema.conform("priorities", register.assign(**{c: pd.to_datetime(register[c]) for c in ("from", "to")}))
    asked = pd.Series(["old", "last day", "new", "standing", None], index=list("abcde"), dtype="str")

    assert [False, True, False, True, False] == is_live(register, asked, on("2026-01-10", *"abcde")).tolist()


def test_days_before_the_register_are_answered_with_its_first_day(table):
    """A program planned before anybody kept the register is not blamed for that."""
    register = table("priorities", {"priority_id": "first", "label": "a", "from": "2026-01-01"},
                     {"priority_id": "second", "label": "b", "from": "2026-03-01"})  # fmt: skip
    register = schema.conform("priorities", register.assign(**{"from": pd.to_datetime(register["from"])}))
    asked = pd.Series(["first", "second"], index=["P1", "P2"], dtype="str")

    assert [True, False] == is_live(register, asked, on("2025-12-10", "P1", "P2")).tolist()


def test_without_a_register_every_priority_counts_as_live(table):
    """What cannot be checked is not held against a program."""
    asked = pd.Series(["PR1", None], index=["P1", "P2"], dtype="str")

    assert [True, False] == is_live(table("priorities"), asked, on("2026-01-10", "P1", "P2")).tolist()
