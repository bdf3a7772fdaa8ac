from __future__ import annotations

import datetime as dt

from gapkit.baseline.parts import judge_parts
from gapkit.measurement.effects.commitments import commitments


def part(number, parent, due, done=None, **more):
    status = {"status": "delivered", "actual_end": done} if done else {"status": "in_progress"}
    return {"program_id": f"{parent}-{number}", "level": "deliverable", "parent_id": parent, "baseline_end": due, **status,
            **more}  # fmt: skip


def test_without_parts_the_measure_is_left_out(compared, rows):
    """It would be the on-time rate once more."""
    assert commitments(compared(programs=rows("A", due="2026-08-20", on_time=20))) == []


def test_parts_count_beside_their_programs(compared, rows):
    """Ten programs and ten parts before; twelve and twelve after, of which four parts late."""
    before, after = rows("B", due="2026-02-20", on_time=10), rows("A", due="2026-08-20", on_time=12)
    parts = [part(1, row["program_id"], "2026-02-10", "2026-02-10") for row in before]
    parts += [part(1, row["program_id"], "2026-08-10", "2026-08-25" if number < 4 else "2026-08-09")
              for number, row in enumerate(after)]  # fmt: skip

    draft = commitments(compared(programs=[*before, *after, *parts]))[0]

    assert (draft.before.events, draft.before.n) == (20, 20)
    assert (draft.after.events, draft.after.n) == (20, 24)
    assert "commitments of one program alike" in draft.difference.method


def test_a_part_is_judged_on_its_own_planned_end(compared, rows):
    """Delivered a day after its own date, weeks before its program's: late."""
    whole = rows("A", due="2026-08-20", open_ones=1)
    found = compared(programs=[*whole, part(1, "A000", "2026-07-20", "2026-07-21")])

    assert judge_parts(found.after.eng, found.after.judged)["is_on_time"].tolist() == [False]


def test_parts_of_unplanned_and_merged_work_are_no_commitments(compared, rows):
    """Nobody promised them, or another carries them."""
    whole = rows("A", due="2026-08-20", open_ones=1)
    unplanned = {"program_id": "U", "origin": "unplanned", "status": "in_progress", "actual_start": "2026-07-02"}
    found = compared(
        programs=[*whole, unplanned, part(1, "U", "2026-07-20"), part(2, "A000", "2026-07-20", status="merged")]
    )

    assert judge_parts(found.after.eng, found.after.judged).empty


def test_a_part_is_committed_with_its_program(compared, rows):
    """Without a date of its own: a program added after the freeze of its quarter brings added parts."""
    late = rows("A", due="2026-09-20", open_ones=1, committed="2026-08-03")
    found = compared(programs=[*late, part(1, "A000", "2026-09-01")])

    assert judge_parts(found.after.eng, found.after.judged)["group"].tolist() == ["added"]


def test_later_reports_of_what_happened_after_change_nothing(compared, rows):
    """A part delivered after the window changes no judgement of the window."""
    whole = rows("A", due="2026-08-20", on_time=12)
    parts = [part(1, row["program_id"], "2026-08-10", "2026-08-09") for row in whole]
    open_part, done_later = (part(2, "A000", "2026-11-10", done) for done in (None, "2026-11-01"))
    day = dt.date(2026, 11, 5)

    first, second = (
        commitments(compared(as_of=day, programs=[*whole, *parts, more]))[0].after for more in (open_part, done_later)
    )

    assert first == second
