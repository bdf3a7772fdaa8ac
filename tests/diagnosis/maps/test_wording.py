from __future__ import annotations

import pandas as pd
import pytest

from gapkit.diagnosis.maps import wording as words
from gapkit.results import Result


def losses(*rows):
    """Lost days with their rank and its interval."""
    table = pd.DataFrame(rows, columns=["lost_days", "rank", "rank_low", "rank_high"])
    return table.assign(from_stage="a", to_stage=[f"b{k}" for k in range(len(table))])


@pytest.mark.parametrize(
    ("rows", "ending"),
    [
        ([(30, 1, 1, 1), (20, 2, 2, 2), (10, 3, 3, 3), (5, 4, 4, 4)], "third keeps place 3; no other comes among them."),
        ([(30, 1, 1, 2), (20, 2, 1, 3), (10, 3, 2, 4), (9, 4, 3, 4)], "; 4 transitions could be among the first 3."),
        ([(30, 1, 1, 1)], "the first keeps place 1; no other comes among them."),
    ],
)  # fmt: skip
def test_doubt_about_an_order_is_said(rows, ending):
    """All that could be among the first are counted, also those that are not there now."""
    assert words.order_reading(losses(*rows), "transitions").endswith(ending)


def test_without_lost_days_nothing_is_ordered():
    """Zero days everywhere are no order."""
    assert "" == words.order_reading(losses((0, 1, 1, 2), (0, 2, 1, 2)), "transitions")


def test_kinds_without_idle_days_end_with_the_share():
    """Where next to nothing waits there is nothing to list."""
    kinds = pd.DataFrame({"kind": ["work", "external"], "is_active": [True, False], "share": [0.998, 0.002]})

    assert "Programs are worked on in 100 % of their stage days" == words.kinds_title(
        Result("flow_efficiency", 1.0, 0.9, 1.0, n=20), kinds
    )


def test_types_are_compared_where_there_are_two():
    """Work and rework together, the least and the most; of one type nothing is compared."""
    rows = [
        ("web", "work", 0.2),
        ("web", "rework", 0.1),
        ("web", "wait", 0.7),
        ("event", "work", 0.5),
        ("event", "wait", 0.5),
    ]
    shares = pd.DataFrame(rows, columns=["name", "kind", "share"])

    assert "By type, work and rework take from 30 % of the days (web) to 50 % (event)." == words.kinds_reading(shares)
    assert "" == words.kinds_reading(shares.loc[shares["name"] == "web"])


def test_too_few_programs_are_said_not_computed():
    """A thin share is a sentence without a percentage."""
    thin = Result("round_trip_share", n=7, events=2, status="thin")

    assert "Round trips cannot be said from 7 programs" == words.rework_title(thin)
    assert "Agreed times cannot be judged from 7 stays" == words.breach_title(thin, pd.DataFrame())


def test_one_stage_with_most_breaches_is_named():
    """Only where it holds more than half of them."""
    share = Result("sla_breach_share", 0.3, 0.2, 0.4, n=40, events=12)
    breaches = pd.DataFrame({"stage": ["legal", "brand"], "over": [9, 3]})

    assert words.breach_title(share, breaches).endswith("lasted longer than agreed, most of them at legal")
    assert words.breach_title(share, breaches.assign(over=[6, 6])).endswith("lasted longer than agreed")
