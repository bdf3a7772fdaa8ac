from __future__ import annotations

from gapkit.diagnosis.indicators.poor_tooling import measure


def workaround(number: int, step: str, low: float, mode: float, high: float, **more: object) -> dict[str, object]:
    return {"workaround_id": f"W{number}", "step": step, "hours_low": low, "hours_mode": mode, "hours_high": high, **more}


def person(number: int, fte: float | None) -> dict[str, object]:
    return {"person_id": f"H{number}", "role": "writer", "team": "Brand", "function": "Marketing", "level": 3,
            "leadership": False, "fte": fte}  # fmt: skip


def test_t1_is_expected_workaround_hours_over_hours_of_everybody(basis, planned, shown):
    """Three-point estimates 2, 5, 14 (mean 6) and 1.6, 1.6, 1.6 over 2.0 people of 38 hours: 7.6 of 76."""
    found = measure(
        basis(
            programs=[planned("P1")],
            workarounds=[workaround(1, "copy", 2, 5, 14), workaround(2, "brief", 1.6, 1.6, 1.6)],
            people=[person(1, 1.0), person(2, None)],
        )
    )

    assert (0.1, 2) == shown(found)["T1"]
    assert ("Working time of 1 person not known, taken as full.",) == found[0].caveats


def test_t2_is_steps_with_re_entry_of_the_written_process(basis, planned, shown):
    """Of four distinct steps one has double entry; a step of two types counts once, an unwritten one not at all."""
    steps = [{"type": "web", "step": step, "order": k} for k, step in enumerate(("brief", "copy", "build", "launch"), 1)]
    steps += [{"type": "email", "step": "Copy ", "order": 1}]
    rows = [
        workaround(1, "copy", 1, 1, 1, re_entry=True),
        workaround(2, "brief", 1, 1, 1, re_entry=False),
        workaround(3, "filing", 1, 1, 1, re_entry=True),
    ]

    found = measure(basis(programs=[planned("P1")], workarounds=rows, process_steps=steps))

    assert (0.25, 4) == shown(found)["T2"]
    assert ("1 step with double entry not part of any written process.",) == found[1].caveats


def test_t3_is_started_programs_the_log_does_not_know(basis, planned, shown):
    """Two of three started programs are in the log."""
    programs = [planned("in"), planned("too"), planned("out"), planned("waiting", actual_start=None, status="not_started")]
    events = [{"program_id": name, "at": "2026-03-01", "field": "status", "new": "in_progress"} for name in ("in", "too")]

    assert (round(1 / 3, 6), 3) == shown(measure(basis(programs=programs, status_events=events)))["T3"]


def test_t3_needs_a_log_and_not_dated_exports(basis, planned, shown):
    """Events read off two exports tell of changed programs only: who is outside cannot be told."""
    events = [
        {
            "event_id": "snapshot 2026-03-01 1",
            "program_id": "P1",
            "at": "2026-03-01",
            "field": "status",
            "new": "in_progress",
        }
    ]

    found = shown(measure(basis(programs=[planned("P1"), planned("P2")], status_events=events)))

    assert "change log" in found["T3"]


def test_t4_is_mismatches_over_all_fields(basis, planned, shown):
    """One of four comparisons fails, on two programs."""
    checks = [
        {"program_id": program, "field": field, "match": (program, field) != ("P1", "end")}
        for program in ("P1", "P2")
        for field in ("end", "status")
    ]

    assert (0.25, 2) == shown(measure(basis(programs=[planned("P1"), planned("P2")], record_checks=checks)))["T4"]


def test_tooling_without_its_tables_is_not_measured(basis, planned, shown):
    """Each names what would switch it on."""
    found = shown(measure(basis(programs=[planned("P1")])))

    assert all("would switch this on" in why for why in found.values())


def test_half_recorded_workarounds_say_what_is_missing(basis, planned, shown):
    """People without any working time, and workarounds of which nobody noted whether data is typed in twice."""
    rows = [workaround(1, "copy", 1, 1, 1)]
    steps = [{"type": "web", "step": "copy", "order": 1}]

    found = shown(measure(basis(programs=[planned("P1")], workarounds=rows, process_steps=steps, people=[person(1, 0.0)])))

    assert "people.fte" in found["T1"]
    assert "re_entry" in found["T2"]
