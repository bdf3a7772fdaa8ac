from __future__ import annotations

from gapkit.diagnosis.indicators.feedback_loop_failure import measure


def delivered(planned, name: str, on: str) -> dict[str, object]:
    return planned(name, status="delivered", actual_end=on)


def kpi(number: int, **more: object) -> dict[str, object]:
    return {"kpi_id": f"K{number}", "name": "reach", "kind": "leading", "direction": "up", **more}


def test_f1_counts_delivered_programs_without_a_target_set_before_launch(basis, planned, shown):
    """Target in time, on the day, too late, no measure: 2 of 4; the unfinished one does not count."""
    programs = [delivered(planned, name, "2026-03-20") for name in ("early", "same day", "late", "none")]
    kpis = [
        kpi(1, program_ids="early;late", target_set_at="2026-04-01"),
        kpi(2, program_ids="early;open", target_set_at="2026-01-01"),
        kpi(3, program_ids="same day", target_set_at="2026-03-20"),
        kpi(4, program_ids="none"),
    ]

    assert (0.5, 4) == shown(measure(basis(programs=[*programs, planned("open")], kpis=kpis)))["F1"]


def review(number: int, held: str | None, programs: str | None = None, **more: object) -> dict[str, object]:
    return {"review_id": f"R{number}", "series": "program", "scheduled_at": held or "2026-04-01", "held_at": held,
            "program_ids": programs, **more}  # fmt: skip


def test_f2_counts_delivered_programs_without_a_review_of_results_within_thirty_days(basis, planned, shown):
    """Reviewed on day 30; on day 31; on the day of delivery; not held: 3 of 4. One delivered in July is not due yet."""
    names = ("in time", "too late", "same day", "not held")
    programs = [delivered(planned, name, "2026-03-20") for name in names] + [delivered(planned, "new", "2026-07-01")]
    reviews = [
        review(1, "2026-04-19", "in time"),
        review(2, "2026-04-20", "too late"),
        review(3, "2026-03-20", "same day"),
        review(4, None, "not held"),
    ]

    assert (0.75, 4) == shown(measure(basis(programs=programs, reviews=reviews)))["F2"]


def test_f3_is_the_median_of_days_from_the_end_of_the_period(basis, planned, shown):
    """March ends on the 31st, known after 5 and 15 days; a week ends on Sunday 15 March, known after 10: median 10."""
    kpis = [kpi(1, cadence="monthly"), kpi(2, cadence="monthly"), kpi(3, cadence="weekly"), kpi(4)]
    values = [
        {"kpi_id": "K1", "period_start": "2026-03-01", "value": 1, "available_at": "2026-04-05"},
        {"kpi_id": "K2", "period_start": "2026-03-01", "value": 1, "available_at": "2026-04-15"},
        {"kpi_id": "K3", "period_start": "2026-03-09", "value": 1, "available_at": "2026-03-25"},
        {"kpi_id": "K1", "period_start": "2025-10-01", "value": 1, "available_at": "2026-02-05"},
        {"kpi_id": "K4", "period_start": "2026-03-09", "value": 1, "available_at": "2026-06-25"},
    ]

    found = measure(basis(programs=[planned("P1")], kpis=kpis, kpi_values=values))

    assert (10.0, 3) == shown(found)["F3"]
    assert ("1 reading left out: how often the measure is read is not known.",) == found[2].caveats


def test_f4_counts_held_reviews_without_decision(basis, planned, shown):
    """Three were held with a count, one of them without decision; no count and not held do not count."""
    reviews = [
        review(1, "2026-03-02", decisions=0),
        review(2, "2026-03-09", decisions=2),
        review(3, "2026-03-16", decisions=1),
        review(4, "2026-03-23"),
        review(5, None),
    ]

    assert (round(1 / 3, 6), 3) == shown(measure(basis(programs=[planned("P1")], reviews=reviews)))["F4"]


def test_feedback_without_its_tables_is_not_measured(basis, planned, shown):
    """Each names what would switch it on."""
    found = shown(measure(basis(programs=[planned("P1")])))

    assert ["F1", "F2", "F3", "F4"] == list(found)
    assert all("would switch this on" in why for why in found.values())


def test_targets_without_a_day_are_not_measured(basis, planned, shown):
    """Whether a target stood before launch cannot be told from a target alone."""
    found = shown(measure(basis(programs=[planned("P1")], kpis=[kpi(1, program_ids="P1", target=10)])))

    assert "target_set_at" in found["F1"]
