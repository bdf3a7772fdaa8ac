from __future__ import annotations

import pytest

from gapkit.diagnosis.exposure.due import ON_TIME, OTIF, drawn, programs_due, undecided


@pytest.fixture
def due(engage, judged):
    def find(rows, changes=None, **more):
        eng = engage(changes, programs=rows, **more)
        return programs_due(eng, judged(eng))

    return find


def test_only_committed_programs_that_fell_due_count(due, fleet):
    """Due later, added after the freeze, withdrawn before it, unplanned and undated programs stay out."""
    rows = [
        *fleet(1, 1, program_id="due"),
        *fleet(1, 1, program_id="later", baseline_end="2026-09-10", status="in_progress", actual_end=None),
        *fleet(1, 1, program_id="added", committed_at="2026-02-01", baseline_start="2026-02-01"),
        *fleet(0, 1, program_id="withdrawn", status="cancelled", cancelled_at="2026-01-04", actual_end=None),
        *fleet(1, 1, program_id="unplanned", origin="unplanned", committed_at=None, baseline_end=None),
        *fleet(1, 1, program_id="undated", baseline_end=None),
    ]

    assert ["due"] == due(rows).programs.index.tolist()


def test_a_program_is_due_only_after_its_grace(due, fleet):
    """Planned for 10 July and five days of grace: due on 15 July, not with six."""
    rows = fleet(1, 1, baseline_end="2026-07-10", actual_end="2026-07-14")

    assert [True] == due(rows, {"grace_days": 5}).programs["is_success"].tolist()
    assert 0 == len(due(rows, {"grace_days": 6}).programs)


def test_cancelled_and_never_started_are_failures(due, fleet):
    """Neither leaves the denominator."""
    rows = [
        *fleet(0, 1, status="cancelled", cancelled_at="2026-02-10", actual_end=None, to_spec=None),
        *fleet(0, 1, status="not_started", actual_start=None, actual_end=None, to_spec=None),
    ]

    assert [False, False] == due(rows).programs["is_success"].tolist()


def test_success_is_on_time_and_to_spec(due, fleet):
    """On time below spec and late to spec both fail."""
    rows = [*fleet(1, 1), *fleet(1, 1, to_spec="no"), *fleet(0, 1)]
    found = due(rows)

    assert OTIF == found.outcome
    assert "otif_rate" == found.result_name
    assert [True, False, False] == found.programs["is_success"].tolist()


def test_with_much_of_the_specification_unknown_success_is_on_time_alone_and_named_so(due, fleet):
    """One unknown in five deliveries is still borne, one in four is not: its success is delivery on time."""
    borne = due([*fleet(4, 4), *fleet(1, 1, to_spec="unknown")])
    beyond = due([*fleet(3, 3), *fleet(1, 1, to_spec="unknown")])

    assert OTIF == borne.outcome
    assert ("1 program of 5 left out: the outcome is unknown.",) == borne.caveats
    assert ON_TIME == beyond.outcome
    assert beyond.programs["is_success"].all()
    assert "The specification of 25 %" in beyond.caveats[0]


def test_decided_cancellations_before_the_start_can_be_set_aside(due, fleet):
    """Cancelled by decision before the planned start only; later ones, and other reasons, are consequences."""
    gone = {"status": "cancelled", "actual_end": None}
    rows = [
        *fleet(0, 1, program_id="before", cancelled_at="2026-01-09", cancel_reason="decision", **gone),
        *fleet(0, 1, program_id="after", cancelled_at="2026-02-09", cancel_reason="decision", **gone),
        *fleet(0, 1, program_id="lapsed", cancelled_at="2026-01-09", cancel_reason="lapsed", **gone),
    ]
    kept, words = undecided(due(rows).programs)

    assert ["after", "lapsed"] == kept.index.tolist()
    assert "Without 1 program cancelled by decision before the planned start." == words


def test_without_a_planned_start_the_freeze_stands_for_it(due, fleet):
    """A plan that names only its end was fixed when it was frozen: five business days into the quarter."""
    rows = fleet(1, 1, baseline_start=None, actual_start=None)

    assert "2026-01-08" == due(rows).programs["start_on"].iloc[0].date().isoformat()


def test_where_deliveries_are_not_recorded_nothing_can_be_judged(engage, judged, fleet):
    """Not measured is not zero."""
    eng = engage(programs=fleet(3, 3), records_delivery=False)

    assert "No source tells which programs were delivered" in programs_due(eng, judged(eng)).why_not


def test_a_model_of_very_many_programs_is_fitted_on_some_of_them(due, fleet):
    """Up to 2,000 programs are all used; of more so many are drawn, the same with the same seed, and it is said."""
    few, many = due(fleet(3, 20)).programs, due(fleet(3, 2100)).programs
    chosen, said = drawn(many, seed=1)

    assert (20, "") == (len(drawn(few, seed=1)[0]), drawn(few, seed=1)[1])
    assert (2000, 2000) == (len(chosen), chosen.index.nunique())
    assert "Computed on 2,000 of 2,100 programs, drawn at random." == said
    assert chosen.index.equals(drawn(many, seed=1)[0].index)
