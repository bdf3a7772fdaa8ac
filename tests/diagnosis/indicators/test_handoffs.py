from __future__ import annotations

from gapkit.diagnosis.indicators.handoffs import measure


def handoff(program: str, requested: str, completed: str | None, **more: object) -> dict[str, object]:
    return {"program_id": program, "from_team": "Brand", "to_team": "Web", "requested_at": requested,
            "completed_at": completed, **more}  # fmt: skip


def test_hand_offs_are_counted_by_program(basis, planned, shown):
    """Of four in the window: none agreed 1 of 4; over 2 of 3 agreed; returned 1 of 4; by word of mouth 2 of 4."""
    rows = [
        handoff("P1", "2026-03-02 09:00", "2026-03-04 09:00", sla_days=2, channel="ticket", returned=False),
        handoff("P1", "2026-03-02 09:00", "2026-03-05 09:00", sla_days=2, channel="chat", returned=True),
        handoff("P2", "2026-07-06 09:00", None, sla_days=5, channel="form", returned=False),
        handoff("P2", "2026-03-02 09:00", "2026-03-05 09:00", channel="email", returned=False),
        handoff("P2", "2025-12-01 09:00", "2026-03-05 09:00", channel="email", returned=True),
    ]

    found = shown(measure(basis(programs=[planned("P1"), planned("P2")], handoffs=rows)))

    assert (0.25, 2) == found["Hand-off 1"]
    assert (round(2 / 3, 6), 2) == found["Hand-off 2"]
    assert (0.25, 2) == found["Hand-off 3"]
    assert (0.5, 2) == found["Hand-off 4"]


def test_an_open_hand_off_within_its_time_is_not_over_it(basis, planned, shown):
    """Asked for on Monday 13 July, read on Wednesday: two of five days have passed."""
    rows = [handoff("P1", "2026-07-13 09:00", None, sla_days=5)]

    assert (0.0, 1) == shown(measure(basis(programs=[planned("P1")], handoffs=rows)))["Hand-off 2"]


def test_what_is_not_recorded_is_not_measured(basis, planned, shown):
    """Nobody noted channel or return; no time is agreed, so none can be exceeded."""
    found = shown(measure(basis(programs=[planned("P1")], handoffs=[handoff("P1", "2026-03-02", "2026-03-05")])))

    assert (1.0, 1) == found["Hand-off 1"]
    assert "No time is agreed" in found["Hand-off 2"]
    assert "returned" in found["Hand-off 3"]
    assert "channel" in found["Hand-off 4"]


def test_hand_offs_without_the_table_are_not_measured(basis, planned, shown):
    """All four name the table handoffs."""
    assert all("handoffs" in why for why in shown(measure(basis(programs=[planned("P1")]))).values())
