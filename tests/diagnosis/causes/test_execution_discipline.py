from __future__ import annotations

import pytest

from gapkit.diagnosis.causes.execution_discipline import assess

BAD, GOOD = {"execution_discipline": (60, 52, 68)}, {"execution_discipline": (20, 12, 28)}
WRITTEN = [
    {"type": "web", "step": step, "order": place, "mandatory": True}
    for place, step in enumerate(("brief", "draft", "launch"), 1)
]


def program(number, steps="brief draft launch", start="2026-02-02", **more):
    """A delivered web program with one day of work at each of its steps."""
    name = f"P{number:02d}"
    visits = [
        {"program_id": name, "stage": stage, "kind": "work", "entered_at": f"2026-02-{k + 2:02d} 09:00",
         "left_at": f"2026-02-{k + 2:02d} 17:00"}
        for k, stage in enumerate(steps.split())
    ]  # fmt: skip
    row = {"program_id": name, "type": "web", "actual_start": start, "actual_end": "2026-03-01", "status": "delivered",
           "committed_at": "2026-01-02", "baseline_end": "2026-03-01", **more}  # fmt: skip
    return row, visits


def tables(*made, written=WRITTEN, **more):
    return {"programs": [row for row, _ in made], "stage_visits": [visit for _, visits in made for visit in visits],
            "process_steps": written, **more}  # fmt: skip


def signs(found):
    return {sign.id: sign for sign in found.finding.indicators}


MIXED = [*(program(k) for k in range(4)), *(program(k, "brief launch") for k in range(4, 10))]


def test_adherence_and_fitness_by_hand(told):
    """Of ten delivered programs four took all three steps, six left one out: 40 %, and (4 · 1 + 6 · 2/3) / 10."""
    found = assess(told(said=BAD, **tables(*MIXED)))
    by_id = signs(found)

    assert (0.4, 10) == (by_id["Discipline 2"].value, by_id["Discipline 2"].n)
    assert pytest.approx(0.8) == by_id["Discipline 3"].value
    assert ("ok", 0.4) == (found.by_type["web"].status, found.by_type["web"].value)
    assert "weak" == found.finding.verdict


def test_only_delivered_programs_whose_start_was_recorded_are_judged(told):
    """One still runs, one began before the first stage was ever recorded, one is of a type nobody wrote down."""
    open_one, _ = program(10, status="in_progress", actual_end=None)
    early = program(11, "launch", start="2026-01-15")
    other = program(12, "brief", type="event")
    found = assess(told(said=BAD, **tables(*MIXED, (open_one, []), early, other)))

    assert 10 == signs(found)["Discipline 2"].n
    assert any("1 of 13 programs started in the window are of types without a written process" in caveat
               for caveat in found.finding.caveats)  # fmt: skip


def test_nothing_written_is_no_defined_way_and_not_zero(told):
    """Adherence to what does not exist is not 0 %."""
    found = assess(told(said=BAD, **tables(*MIXED, written=[])))

    assert "no defined way to follow" == found.finding.verdict
    assert (
        "has no defined way to follow: no written process was handed over for any type of program."
        in found.finding.sentence
    )
    assert ("not_assessable", None) == (signs(found)["Discipline 2"].status, signs(found)["Discipline 2"].value)
    assert {} == dict(found.by_type)


def test_a_type_with_few_programs_is_thin(told):
    """Ten web programs give a rate; three email ones do not, and say so."""
    emails = [program(20 + k, "copy", type="email") for k in range(3)]
    written = [*WRITTEN, {"type": "email", "step": "copy", "order": 1, "mandatory": True}]
    found = assess(told(said=BAD, **tables(*MIXED, *emails, written=written)))

    assert {"web": "ok", "email": "thin"} == {kind: rate.status for kind, rate in found.by_type.items()}


def test_steps_done_again_are_counted(told):
    """Ten programs with brief, draft, brief, launch: one of four stays was at a stage they had worked at before."""
    found = assess(told(said=GOOD, **tables(*(program(k, "brief draft brief launch") for k in range(10)))))

    assert (0.25, 10) == (signs(found)["Discipline 4"].value, signs(found)["Discipline 4"].n)


def test_exceptions_are_shown_and_judge_nothing(told):
    """Three exceptions over ten programs, by level; there is no number of exceptions that is right."""
    events = [{"program_id": f"P{k:02d}", "field": "scope", "at": "2026-02-20 10:00", "new": "x", "actor_level": k % 2}
              for k in range(10)]  # fmt: skip
    events += [{"program_id": f"P{k:02d}", "field": "scope", "at": "2026-01-20 10:00", "new": "x"} for k in range(10)]
    people = [{"person_id": f"p{k}", "role": "r", "team": "t", "function": "f", "level": k % 2, "leadership": False}
              for k in range(12)]  # fmt: skip
    found = assess(told(said=GOOD, **tables(*MIXED, status_events=events, people=people)))

    sign = signs(found)["Discipline 5"]
    assert (1.0, None) == (sign.value, sign.is_beyond)
    assert [("level 0", 5), ("level 1", 5)] == list(
        found.by_level[["level", "exceptions"]].itertuples(index=False, name=None)
    )


def test_people_who_say_all_is_well_and_records_that_do_not_are_worth_a_look(told):
    """All leave a step out and do another twice: three of three signs are clear, so it may be weak."""
    found = assess(told(said=GOOD, **tables(*(program(k, "draft brief draft brief") for k in range(20)))))

    assert "may be weak" == found.finding.verdict


def test_without_stages_adherence_is_not_measured(told):
    """A written process alone says nothing about who keeps it; each sign says what it needs."""
    found = assess(told(programs=[program(1)[0]], process_steps=WRITTEN))
    by_id = signs(found)

    assert "not assessable" == found.finding.verdict
    assert all("table stage_visits" in by_id[f"Discipline {k}"].caveats[0] for k in (2, 3, 4))
    assert "change log" in by_id["Discipline 5"].caveats[0]
