from __future__ import annotations

from gapkit.measurement.explanations.other_changes import other_changes


def test_what_the_record_dates_between_the_periods_is_named(compared, rows):
    """A tool of May is named; one of the baseline and one after the window are not."""
    days = {"Old": "2026-01-05", "Asana": "2026-05-04", "New": "2026-10-05"}
    tools = [{"tool_id": name, "name": name, "category": "tracker", "adopted_at": day} for name, day in days.items()]
    told = other_changes(*compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3), tools=tools))

    assert told.standing == "cannot be told"
    assert told.sentence.endswith("the tool Asana came into use on 4 May 2026.")
    assert "Old" not in told.sentence


def test_no_more_than_four_are_named(compared, rows):
    """The rest is counted."""
    tools = [{"tool_id": f"T{k}", "name": f"Tool {k}", "category": "tracker", "adopted_at": "2026-05-04"} for k in range(6)]
    told = other_changes(*compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3), tools=tools))

    assert "and 2 more." in told.sentence
    assert "Tool 4" not in told.sentence
