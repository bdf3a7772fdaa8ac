from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import Owners
from gapkit.intake import Intake
from gapkit.intake.people.identity import persons, with_identities

OWNERS = Owners(
    same={"Anna Müller": ("amueller", "Mueller, Anna", "am@acme.com"), "Jo Doe": ("jdoe",)},
    not_persons={"Ops": "team", "Brand Board": "committee", "Blue": "external"},
    left=("jdoe", "Max Old"),
)
NAMES = st.sampled_from([
    "Anna Müller", "AMUELLER", "Mueller,  Anna", "X <am@acme.com>", "Jo Doe", "Ops", "Brand Board", "Max Old", "Bob Ross",
    "Bob Ross <b@acme.com>", "Web Team",
])  # fmt: skip
LISTS = st.lists(st.one_of(st.none(), st.lists(NAMES, min_size=1, max_size=4).map(";".join)), min_size=1, max_size=6)


def frame(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype="str")


def renamed(*cells: str | None, owners: Owners = OWNERS) -> list[str]:
    """Lists of owners as they come out."""
    return with_identities({"programs": frame(owners_now=list(cells))}, owners)["programs"]["owners_now"].tolist()


def types(*cells: str, owners: Owners = OWNERS, **columns: list[str | None]) -> list[object]:
    """Owner types read off lists of owners; None where blank."""
    programs = frame(owners_at_start=list(cells), **columns)
    found = with_identities({"programs": programs}, owners)["programs"]["owner_type_at_start"]
    return [None if pd.isna(kind) else kind for kind in found]


def test_confirmed_spellings_become_the_name() -> None:
    """Whatever their case and blanks; lists stay lists, in order, without doubles; other names stay as they are."""
    assert ["Anna Müller", "Bob Ross;Anna Müller", "Bob Ross;bob r"] == renamed(
        "mueller,  anna", "Bob Ross;AMUELLER;Anna Müller; am@acme.com", "Bob Ross;bob r"
    )


def test_a_cell_that_gives_name_and_address_is_the_name() -> None:
    """Without being confirmed, for the cell itself says so; a confirmed address counts more than the name beside it."""
    assert ["Bob Ross", "b@acme.com"] == renamed("Bob Ross <b@acme.com>", "<b@acme.com>", owners=Owners())
    assert ["Anna Müller"] == renamed("A. M. <AM@acme.com>")


def test_history_is_renamed_with_the_present() -> None:
    """Owner events hold lists of owners before and after; events of other fields are left alone."""
    events = frame(field=["owner", "status", None], old=["amueller;Bob", "amueller", "amueller"], new=[None, "jdoe", "x"])

    told = with_identities({"status_events": events}, OWNERS)["status_events"]

    assert ["Anna Müller;Bob", "amueller", "amueller"] == told["old"].tolist()
    assert ["jdoe", "x"] == told["new"].tolist()[1:]
    assert pd.isna(told["new"][0])


def test_types_are_read_off_the_owners() -> None:
    """One person; several of one kind; none where all have left; blank where it takes a judgement."""
    cells = {
        "amueller": "person", "Bob Ross": "person", "Ops": "team", "Ops;ops": "team", "Blue": "external",
        "Brand Board": "committee", "Max Old": "none", "Max Old;Jo Doe": "none", "Bob Ross;Anna Müller": None,
        "Bob Ross;Ops": None, "Bob Ross;Max Old": None,
    }  # fmt: skip

    assert list(cells.values()) == types(*cells)


def test_a_name_that_is_likely_no_person_is_not_called_one() -> None:
    """Until somebody confirms what it is: by its words, or because a program has such a team."""
    assert [None, None, "person"] == types(
        "Web Team", "Phoenix", "Bob Ross", owners=Owners(), team=["Web", "phoenix", "Web"]
    )
    assert ["person"] == types("Web Team", owners=Owners(same={"Web Team": ("wteam",)}))


def test_a_type_that_is_given_stays() -> None:
    """The file knows better than the names."""
    assert ["committee", "person"] == types("Anna Müller", "Bob Ross", owner_type_at_start=["committee", None])


def test_persons_are_counted_once_each() -> None:
    """Under whatever spelling; teams, committees, firms and former staff are none; a blank list is not zero."""
    lists = pd.Series(["amueller;Anna Müller;Bob", "Ops;Blue;Brand Board", "jdoe;JO DOE;Max Old", None], dtype="str")

    counted = persons(lists, OWNERS)

    assert "Int64" == str(counted.dtype)
    assert [2, 0, 0] == counted.tolist()[:3]
    assert pd.isna(counted[3])


def test_tables_without_owners_pass() -> None:
    """Nothing to do, nothing added."""
    tables = {"programs": frame(program_id=["1"]), "goals": frame(goal_id=["g"])}

    found = with_identities(tables, OWNERS)

    assert ["program_id"] == found["programs"].columns.tolist()
    assert found["goals"] is tables["goals"]


@given(LISTS)
def test_doing_it_twice_is_doing_it_once_and_rows_are_apart(cells: list[str | None]) -> None:
    """No argument is changed, and what a row becomes depends on nothing but that row."""
    programs = frame(owners_at_start=cells, owners_now=cells)
    before = programs.copy()

    once = with_identities({"programs": programs}, OWNERS)
    twice = with_identities(once, OWNERS)["programs"]
    turned = with_identities({"programs": programs.iloc[::-1]}, OWNERS)["programs"]

    pd.testing.assert_frame_equal(once["programs"], twice)
    pd.testing.assert_frame_equal(once["programs"], turned.iloc[::-1])
    pd.testing.assert_frame_equal(before, programs)


@given(st.lists(NAMES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_owners_and_of_entries_changes_no_count(names: list[str], random: object) -> None:
    """Nor does the order in which engagement.yml lists names and spellings."""
    shuffled = sorted(names, key=lambda _: random.random())  # type: ignore[attr-defined]
    turned = Owners(
        {name: others[::-1] for name, others in reversed(OWNERS.same.items())},
        dict(reversed(OWNERS.not_persons.items())),
        OWNERS.left[::-1],
    )

    first, second = (pd.Series([";".join(each)], dtype="str") for each in (names, shuffled))

    assert persons(first, OWNERS).tolist() == persons(second, turned).tolist()
    assert types(first[0]) == types(second[0], owners=turned)
    assert sorted(renamed(first[0])[0].split(";")) == sorted(renamed(second[0], owners=turned)[0].split(";"))


@pytest.mark.parametrize("owners", ["", "owners: {same: {Anna Müller: [amueller]}, not_persons: {Board: committee}}\n"])
def test_owners_of_an_engagement_are_brought_together(read: Callable[..., Intake], owners: str) -> None:
    """Through the whole of intake: nothing without a confirmation, and what is confirmed with it."""
    rows = "program_id,type,team,status,owners_at_start\n1,web,Web,in_progress,amueller\n2,web,Web,in_progress,Board\n"

    programs = read({"data/programs.csv": rows}, owners).tables["programs"]

    expected = [("Anna Müller", "person"), ("Board", "committee")] if owners else [("amueller", "person"), ("Board", None)]
    assert expected == [
        (name, None if pd.isna(kind) else kind)
        for name, kind in programs[["owners_at_start", "owner_type_at_start"]].itertuples(index=False, name=None)
    ]
