from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit import schema
from gapkit.survey.choices import OTHERS, read_choices

DAY = dt.date(2026, 4, 30)


def table(name: str, *rows: dict[str, object]) -> dict[str, pd.DataFrame]:
    return {name: schema.conform(name, pd.DataFrame(rows))}


def people(**sizes: int) -> dict[str, pd.DataFrame]:
    return table("people", *({"person_id": f"{team}{at}", "team": team} for team, n in sizes.items() for at in range(n)))


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"Web": 12, "Brand": 10}, ("Brand", "Web")),
        ({"Web": 12, "Brand": 9, "Press": 2}, ("Web", OTHERS)),
        ({"Web": 9, "Brand": 9}, ()),
        ({"Web": 30}, ()),
    ],
)
def test_teams_are_offered_from_ten_people_on(sizes: dict[str, int], expected: tuple[str, ...]) -> None:
    """Smaller ones are offered together, and a single answer is nothing to choose from."""
    assert expected == read_choices(people(**sizes), 5, DAY).groups


def test_a_larger_smallest_group_asks_for_larger_teams() -> None:
    """Half of those asked answer: where eight is the smallest group, a team needs sixteen."""
    assert ("Web", OTHERS) == read_choices(people(Web=16, Brand=15), 8, DAY).groups


def test_those_invited_go_before_those_listed() -> None:
    """Groups of the last invitation are those the answers are held against."""
    rows = [
        {"wave": wave, "group": group, "level_band": band, "n_invited": n}
        for wave, group, band, n in [("2025", "Old", "manager", 40), ("2026", "North", "manager", 4),
                                     ("2026", "North", "contributor", 7), ("2026", "South", "contributor", 20)]
    ]  # fmt: skip
    tables = {**people(Web=20, Brand=20), **table("survey_invited", *rows)}

    assert ("North", "South") == read_choices(tables, 5, DAY).groups


def test_priorities_are_those_that_hold() -> None:
    """Neither one that is over nor one to come is ranked; they stand in the order of their ids, which is none of theirs."""
    rows = [
        {"priority_id": "PR3", "label": "Save", "from": "2026-04-30"},
        {"priority_id": "PR1", "label": "Grow", "to": "2026-04-30"},
        {"priority_id": "PR2", "label": "Old", "to": "2026-04-29"},
        {"priority_id": "PR4", "label": "New", "from": "2026-05-01"},
    ]
    frame = pd.DataFrame(rows).assign(**{day: lambda t, day=day: pd.to_datetime(t[day]) for day in ("from", "to")})
    priorities = {"priorities": schema.conform("priorities", frame)}

    assert (("PR1", "Grow"), ("PR3", "Save")) == read_choices(priorities, 5, DAY).priorities
    assert () == read_choices(priorities, 5, dt.date(2026, 4, 29)).priorities[2:]


def test_answers_to_choose_from_are_the_labels_of_the_codebook() -> None:
    """In the order in which they were written; one alone is no choice."""
    rows = [("Q1", "B", "members"), ("Q1", "A", "families"), ("Q2", "A", "visit")]
    book = table("codebook", *({"question": q, "code": code, "label": label} for q, code, label in rows))

    assert {"Q1": ("members", "families")} == read_choices(book, 5, DAY).codes


def test_what_is_missing_is_named() -> None:
    """Nothing known: three things that cannot be asked, each with its table."""
    nothing = read_choices({}, 5, DAY)

    assert ((), (), {}) == nothing
    assert ["people", "priorities", "codebook"] == [wanted.split("/")[1].split(".")[0] for _, wanted in nothing.missing]
