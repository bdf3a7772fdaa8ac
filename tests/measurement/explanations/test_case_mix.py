from __future__ import annotations

import pytest

from gapkit.measurement.explanations.case_mix import case_mix


def work(rows):
    """The worked example of the method: email 45/50 to 18/20, content 20/40 to 21/40, event 3/10 to 14/40."""
    made = []
    for kind, before, after in (
        ("email", (45, 50), (18, 20)),
        ("content", (20, 40), (21, 40)),
        ("event", (3, 10), (14, 40)),
    ):
        made += rows(f"B{kind}", "2026-02-10", before[0], before[1] - before[0], type=kind)
        made += rows(f"A{kind}", "2026-08-10", after[0], after[1] - after[0], type=kind)
    return made


def test_the_standardised_difference_leads_where_the_mix_turns_the_sign(compared, rows):
    """Crude 68 % to 53 %; with the mix held equal 59.0 % to 61.25 %, Mantel-Haenszel +2.13 pp (docs/method.md)."""
    told = case_mix(*compared(programs=work(rows)))

    assert told.sentence.startswith(
        "The mix turns the sign: with the mix of types held equal 59.0 % before and 61.3 % after"
    )
    assert "Mantel–Haenszel +2 pp; as it is −15 pp." in told.sentence
    assert told.result.value == pytest.approx(0.0225)
    assert (told.standing, told.guards) == ("may explain it", True)


def test_a_change_within_each_type_is_not_the_mix(compared, rows):
    """The same types before and after, each from a third to nine in ten."""
    made = []
    for kind in ("email", "event"):
        made += rows(f"B{kind}", "2026-02-10", 10, 20, type=kind) + rows(f"A{kind}", "2026-08-10", 27, 3, type=kind)
    told = case_mix(*compared(programs=made))

    assert told.standing == "does not explain it"
    assert told.result.low > 0
    assert "33 % before and 90 % after" in told.sentence  # sixty programs a side are too few for decimals


def test_small_types_stand_together_and_are_named(compared, rows):
    """Two types of three programs each cannot be standardised one by one."""
    made = rows("B1", "2026-02-10", 10, 10, type="email") + rows("A1", "2026-08-10", 15, 5, type="email")
    for kind in ("event", "web"):
        made += rows(f"B{kind}", "2026-02-10", 1, 2, type=kind) + rows(f"A{kind}", "2026-08-10", 2, 1, type=kind)
    told = case_mix(*compared(programs=made))

    assert told.caveats == ("Types with fewer than five programs on a side stand together: event and web.",)


def test_one_type_only_has_no_mix(compared, rows):
    """Nothing to hold equal."""
    told = case_mix(*compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 25, 5)))

    assert (told.standing, told.result) == ("ruled out", None)


def test_another_unit_is_not_standardised(compared, rows, found):
    """A primary measure that is no rate of the frozen plan."""
    comparison, _ = compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 25, 5))
    told = case_mix(comparison, found("velocity_per_week", (10, 30), (25, 30)))

    assert told.standing == "cannot be told"
    assert "none" in told.sentence


def test_other_work_altogether_is_no_mix_to_hold(compared, rows):
    """Events before, emails after: nothing tells the redesign from the change of work."""
    made = rows("B", "2026-02-10", 25, 35, type="event") + rows("A", "2026-08-10", 36, 4, type="email")
    told = case_mix(*compared(programs=made))

    assert (told.standing, told.result, told.guards) == ("may explain it", None, True)
    assert told.sentence.startswith("0 of 60 programs before and 0 of 40 programs after are of types seen on both sides")


def test_one_program_of_a_common_type_is_no_mix_either(compared, rows):
    """A web page before and one after do not make events and emails alike."""
    made = [
        *rows("B", "2026-02-10", 12, 18, type="event"), *rows("BW", "2026-02-10", 0, 1, type="web"),
        *rows("A", "2026-08-10", 35, 4, type="email"), *rows("AW", "2026-08-10", 1, 0, type="web"),
    ]  # fmt: skip

    assert case_mix(*compared(programs=made)).standing == "may explain it"


def test_types_nobody_recorded_are_no_mix(compared, rows):
    """Half of the programs without a type: that is no other mix of work, it is not known."""
    made = [
        *rows("B", "2026-02-10", 10, 20), *rows("A", "2026-08-10", 9, 1, type="email"),
        *rows("AN", "2026-08-10", 18, 2, type=None), *rows("BN", "2026-02-10", 10, 20, type=None),
    ]  # fmt: skip
    told = case_mix(*compared(programs=made))

    assert (told.standing, told.guards) == ("cannot be told", False)
    assert "not recorded" in told.sentence


def test_data_corrected_since_the_freeze_is_not_called_another_mix(compared, rows):
    """Frozen 25 of 60; the same mix on both sides, and 44 of 60 today: no change anew, which is no matter of types."""
    made = []
    for kind in ("event", "email"):
        made += rows(f"B{kind}", "2026-02-10", 22, 8, type=kind) + rows(f"A{kind}", "2026-08-10", 15, 5, type=kind)
    told = case_mix(*compared(programs=made, frozen_counts=(25, 60)))

    assert told.standing == "cannot be told"
    assert told.sentence.startswith("From today's data, since the frozen counts cannot be split by type:")
