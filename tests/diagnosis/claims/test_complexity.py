from __future__ import annotations

from gapkit.diagnosis.claims.complexity import complexity_of, trial


def test_with_two_levels_somers_d_is_the_difference_of_rates(case, fleet):
    """5 of 20 simple programs fail and 15 of 20 complex ones: D = .75 − .25; pairs .75·.75 against .25·.25."""
    found = trial(case(programs=[*fleet(15, 20, functions="a"), *fleet(5, 20, functions="a;b;c")]))

    assert 0.5 == found.effect.value
    assert "the more complex of two failed alone in 56 % of pairs and the simpler one alone in 6 %" in found.facts
    assert found.facts.startswith("Among 40 programs, 20 of them not on time and to spec")


def test_complexity_is_functions_plus_programs_waited_for(case, fleet):
    """Two functions and two programs to wait for are four; dependencies of roles, and being waited for, do not count."""
    rows = [*fleet(1, 1, program_id="A", functions="x;y"), *fleet(1, 1, program_id="B", functions="x"),
            *fleet(1, 1, program_id="C", functions="x"), *fleet(1, 1, program_id="D")]  # fmt: skip
    waits = [{"from_id": "B", "to_id": "A"}, {"from_id": "C", "to_id": "A", "level": "program"},
             {"from_id": "B", "to_id": "A", "kind": "input"}, {"from_id": "C", "to_id": "B", "level": "role"}]  # fmt: skip
    found, words = complexity_of(case(programs=rows, dependencies=waits))

    assert {"A": 4.0, "B": 1.0, "C": 1.0} == found.dropna().to_dict()
    assert "plus other programs it waits for" in words


def test_either_half_of_complexity_stands_alone(case, fleet):
    """Without functions dependencies are counted, and without dependencies functions are."""
    rows = [*fleet(1, 1, program_id="A"), *fleet(1, 1, program_id="B")]
    waiting, words = complexity_of(case(programs=rows, dependencies=[{"from_id": "B", "to_id": "A"}]))
    crossing, others = complexity_of(case(programs=[{**row, "functions": "x;y"} for row in rows]))

    assert ({"A": 1.0, "B": 0.0}, "other programs it waits for, by its plan") == (waiting.to_dict(), words)
    assert ({"A": 2.0, "B": 2.0}, "functions that must work on it, by its plan") == (crossing.to_dict(), others)


def test_without_functions_and_dependencies_it_is_not_assessable(case, fleet):
    """Both ways to switch it on are named."""
    why = trial(case(programs=fleet(5, 20))).effect.caveats[0]

    assert "programs.functions" in why
    assert "dependencies" in why


def test_programs_all_alike_are_too_little(case, fleet):
    """One level of complexity compares nothing."""
    found = trial(case(programs=fleet(20, 40, functions="a;b")))

    assert "thin" == found.effect.status


def test_decided_cancellations_are_set_aside_beside_it(case, fleet):
    """Ten complex programs cancelled by decision before their start: D .5 with them, .25 without."""
    gone = {"status": "cancelled", "cancelled_at": "2026-01-09", "cancel_reason": "decision", "actual_end": None}
    rows = [*fleet(15, 20, functions="a"), *fleet(5, 10, functions="a;b"), *fleet(0, 10, functions="a;b", **gone)]
    found = trial(case(programs=rows))

    assert (0.5, 0.25) == (found.effect.value, found.sensitivity.value)


def test_where_all_ended_alike_nothing_goes_with_complexity(case, fleet):
    """Everything on time: an interval of no width around 0 would read as certainty."""
    found = trial(case(programs=[*fleet(20, 20, functions="a"), *fleet(20, 20, functions="a;b;c")]))

    assert ("thin", None) == (found.effect.status, found.effect.low)
