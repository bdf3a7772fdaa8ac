from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.diagnosis.maps.handoff_map import NO_HANDOFFS, map_handoffs

PROGRAM = {"committed_at": "2025-12-20", "baseline_end": "2026-02-20", "status": "in_progress"}


def handoff(program, days, sender="Web", receiver="Brand", asked="2026-03-02 09:00", **more):
    done = pd.Timestamp(asked) + pd.offsets.BDay(days) if days is not None else None
    return {"program_id": program, "from_team": sender, "to_team": receiver, "requested_at": asked, "completed_at": done,
            "sla_days": 3, "returned": False, **more}  # fmt: skip


@pytest.fixture
def mapped(engage):
    """The map of some hand-offs, each of a program of its own unless said otherwise."""

    def build(*rows, people=()):
        programs = [{"program_id": row["program_id"], **PROGRAM} for row in rows]
        programs = list({row["program_id"]: row for row in programs}.values()) or [{"program_id": "P", **PROGRAM}]
        eng = engage(programs=programs, handoffs=list(rows), people=list(people))
        return map_handoffs(eng, estimate_baseline(eng))

    return build


def test_an_edge_counts_waits_returns_and_lost_days(mapped):
    """Twenty-four hand-offs agreed at three days: half take two, half five, three came back: 24 days lost."""
    rows = [handoff(f"P{k:02d}", 5 if k % 2 else 2, returned=k < 3) for k in range(24)]
    edge = mapped(*rows).edges.iloc[0]

    assert ("Web", "Brand", 24, 24, 12, 24.0, 3, 0.125) == tuple(
        edge[["from_team", "to_team", "programs", "n", "over", "lost_days", "returned", "return_share"]]
    )


def test_open_handoffs_are_censored_not_left_out(mapped):
    """Of 24, ten were done in 2 days and fourteen asked for yesterday are open: the median is 2 days, not of the ten alone
    but of all that lasted that long."""
    done = [handoff(f"P{k:02d}", 2) for k in range(10)]
    late = [handoff(f"Q{k:02d}", 9) for k in range(4)]
    still = [handoff(f"R{k:02d}", None, asked="2026-07-14 09:00") for k in range(10)]
    edge = mapped(*done, *late, *still).edges.iloc[0]

    # Kaplan-Meier by hand: 24 at risk, 10 leave at 1 day unfinished; at 2 days 10 of 14 are done, so S falls to 4/14
    assert (10, 2.0) == (edge["n_open"], edge["median_wait_bdays"])


def test_without_an_agreed_time_five_days_are_usual(mapped):
    """A wait of seven days loses two, and the map says on how many hand-offs that rests."""
    found = mapped(*[handoff(f"P{k}", 7, sla_days=None) for k in range(5)])

    assert 10.0 == found.lost_days
    assert "For 100 % of hand-offs no time was agreed: there 5 business days count as usual." in found.caveats


def test_a_handful_is_gathered_and_a_median_needs_twenty(mapped):
    """Four hand-offs of one pair go under other teams, unranked; six are an edge without a median and without a share."""
    rows = [handoff(f"P{k}", 4) for k in range(6)] + [handoff(f"Q{k}", 9, "Brand", "Legal") for k in range(4)]
    edges = mapped(*rows).edges

    assert [("Web", 1), ("other teams", 0)] == list(edges[["from_team", "rank"]].itertuples(index=False, name=None))
    assert edges[["median_wait_bdays", "return_share"]].isna().all(axis=None)


def test_a_team_of_few_people_is_not_named(mapped):
    """Legal has two people and Web five: the two stand together under other teams."""
    people = [
        {"person_id": f"{team}{k}", "role": "x", "team": team, "function": "x", "level": 2, "leadership": False}
        for team, n in (("Legal", 2), ("Web", 5), ("Brand", 6)) for k in range(n)
    ]  # fmt: skip
    found = mapped(*[handoff(f"P{k}", 4, "Brand", "Legal") for k in range(6)], people=people)

    assert ["Brand", "other teams"] == found.edges.loc[0, ["from_team", "to_team"]].tolist()
    assert "Legal" not in found.sentence


def test_where_no_team_may_be_shown_the_map_says_so(mapped):
    """Two teams of two people: the days are counted, between whom is not told, and nothing is said of standing out."""
    people = [
        {"person_id": f"{team}{k}", "role": "x", "team": team, "function": "x", "level": 2, "leadership": False}
        for team in ("Web", "Brand") for k in range(2)
    ]  # fmt: skip
    found = mapped(*[handoff(f"P{k}", 4) for k in range(6)], people=people)

    assert (
        "6 business days were lost in 6 hand-offs; teams are too small, or hand-offs too few, to say between which."
        == found.sentence
    )


def test_handoffs_of_other_times_do_not_count(mapped):
    """Asked for before the baseline quarters began: none of this window."""
    found = mapped(*[handoff(f"P{k}", 9, asked="2025-11-03 09:00") for k in range(6)])

    assert (0, NO_HANDOFFS) == (found.handoffs, found.sentence)
    assert found.edges.empty


def test_the_sentence_says_what_the_table_holds(diagnosed):
    """Days, hand-offs, pairs and share of the sentence are those of the edges."""
    found = diagnosed("northwind").handoff_map
    top = found.edges.head(3)

    assert found.sentence.startswith(
        f"3 pairs of teams hold {round(100 * top['share'].sum())} % of the {found.lost_days:.0f} business days lost in "
        f"{found.handoffs} hand-offs: "
    )
    assert all(f"{row.from_team} → {row.to_team}" in found.sentence for row in top.itertuples())


def test_plain_data_is_json(mapped):
    """A median that does not exist is null, never NaN."""
    data = json.loads(json.dumps(mapped(*[handoff(f"P{k}", 4) for k in range(6)]).to_dict(), allow_nan=False))

    assert (None, 6) == (data["edges"][0]["median_wait_bdays"], data["edges"][0]["n"])


def test_row_order_changes_nothing(northwind, northwind_baseline):
    """The same hand-offs in reverse give the same map."""
    turned = replace(northwind, tables={**northwind.tables, "handoffs": northwind.handoffs.iloc[::-1]})

    one, other = (map_handoffs(eng, northwind_baseline).edges for eng in (northwind, turned))
    pd.testing.assert_frame_equal(one, other)
