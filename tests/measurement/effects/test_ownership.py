from __future__ import annotations

from gapkit.measurement.effects.ownership import owned_at_start, ownership


def owned(rows, prefix, due, start, names):
    return [{**row, "baseline_start": start, "owners_at_start": name}
            for row, name in zip(rows(prefix, due=due, on_time=len(names)), names, strict=True)]  # fmt: skip


def test_exactly_one_person_counts(compared, rows):
    """Two names or a committee are not one person."""
    programs = owned(rows, "A", "2026-08-20", "2026-07-10", ["Ann", "Ann; Ben", "Steering committee"])

    persons = owned_at_start(compared(programs=programs).after)["persons"]

    assert persons.tolist() == [1, 2, 0]


def test_the_share_before_and_after(compared, rows):
    """Five of twenty before, fifteen of twenty after: +50 pp by Newcombe and Boschloo."""
    programs = owned(rows, "B", "2026-02-20", "2026-01-20", ["Ann"] * 5 + ["Ann; Ben"] * 15)
    programs += owned(rows, "A", "2026-08-20", "2026-07-10", ["Ann"] * 15 + ["Ann; Ben"] * 5)
    draft = ownership(compared(programs=programs))[0]

    assert (draft.before.events, draft.after.events, draft.difference.value) == (5, 15, 0.5)
    assert draft.p_value < 0.01


def test_owners_known_only_today_are_said_to_be(compared, rows):
    """Without history or a column for the start, today's owner may have come later."""
    programs = [{**row, "owners_now": "Ann"} for row in rows("A", due="2026-08-20", on_time=12)]
    draft = ownership(compared(programs=programs))[0]

    assert any("known only as of the day of reading" in caveat for caveat in draft.after.caveats)


def test_without_owners_nothing_is_measured(compared, rows):
    """Not recorded is not zero."""
    draft = ownership(compared(programs=rows("A", due="2026-08-20", committed="2026-07-06", on_time=12)))[0]

    assert draft.after.status == "not_assessable"
