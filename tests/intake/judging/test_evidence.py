from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from gapkit.intake import Evidence, SourceRead, records_delivery
from gapkit.intake.history.settle import ASSUMED
from gapkit.intake.judging.evidence import assumed_share

TZ = "America/New_York"


def source(**columns: str) -> SourceRead:
    return SourceRead("data/x.csv", ("data/x.csv",), "", "csv", "programs", 1, 1, columns_mapped=columns)


@pytest.mark.parametrize(
    ("columns", "mapped", "status", "expected"),
    [
        ({"status": "s"}, [], "in_progress", False),
        ({"status": "s", "actual_end": "Done"}, [], "in_progress", True),
        ({"status": "s"}, ["delivered"], "in_progress", True),
        ({"status": "s"}, [], "delivered", True),
    ],
)
def test_delivery_is_recorded_where_anything_could_say_so(
    table: Callable[..., pd.DataFrame], columns: dict[str, str], mapped: list[str], status: str, expected: bool
) -> None:
    """A column of actual ends, a word that means delivered, or a delivered program: one of them is enough."""
    programs = table("programs", {"program_id": "A", "status": status})

    assert expected is records_delivery(programs, [source(**columns)], mapped)


def test_closed_under_a_word_nobody_knows_is_no_delivery(table: Callable[..., pd.DataFrame]) -> None:
    """What was given up is closed too: above the agreed share of such programs, deliveries are not measured."""
    closed = {"status": "delivered", "closed_at": "2026-03-01 10:00", "actual_end": pd.Timestamp("2026-03-01")}
    programs = table("programs", *({"program_id": f"p{n}", **closed} for n in range(4)))
    known = programs.assign(is_status_assumed=False)
    unknown = programs.assign(is_status_assumed=[True, False, False, False])

    assert [True, False] == [records_delivery(each, (), ()) for each in (known, unknown)]


def test_too_many_statuses_without_a_meaning_leave_delivery_unrecorded(table: Callable[..., pd.DataFrame]) -> None:
    """One in twenty may be unknown, two may not; a day of cancellation says how it ended, a closing moment does not."""
    rows = [{"program_id": f"P{number}", "status": "not_started"} for number in range(20)]
    programs = table("programs", *rows)
    closed = table("programs", *({**row, "closed_at": "2026-03-01 09:00"} for row in rows))
    ended = table("programs", *({**row, "cancelled_at": pd.Timestamp("2026-03-01")} for row in rows))
    few, many = ({ASSUMED: [place < n for place in range(20)]} for n in (1, 2))
    frames = (programs.assign(**few), programs.assign(**many), closed.assign(**many), ended.assign(**many))

    assert [0.05, 0.1, 0.1, 0.0] == [assumed_share(frame) for frame in frames]
    assert [True, False, False, True] == [records_delivery(frame, [source(closed_at="Closed")], []) for frame in frames]


def test_evidence_leaves_deliverables_out_and_counts_stays_without_a_kind(table: Callable[..., pd.DataFrame]) -> None:
    """Parts of programs enter no figure; absent tables are empty, not missing."""
    programs = table("programs", {"program_id": "A"}, {"program_id": "B", "level": "deliverable"})
    log = SourceRead("a.json", (), "", "trello-json", "programs", 1, 1, unmapped={"kind": (("Doing", 3), ("Legal", 1))})
    found = Evidence.of({"programs": programs}, [log], delivery=True, tz=TZ)

    assert ["A"] == found.programs["program_id"].tolist()
    assert [True, 4, False] == [found.stage_visits.empty, found.no_kind, found.assumed_commitment]
