from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gapkit as gk
from gapkit import schema
from gapkit.survey.anonymity import OTHERS, Gate, merge_levels, open_gate
from gapkit.survey.nonresponse import weights
from gapkit.survey.responses import read_rows

LEVELS = ("leadership", "manager", "contributor", "")
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["A", "B", "C", ""]), st.sampled_from(LEVELS)), st.integers(1, 6), min_size=1, max_size=8
)


def names(parts: Any) -> list[tuple[str, int]]:
    return [(part.name, part.n) for part in parts]


def everybody(gate: Gate) -> np.ndarray:
    return np.ones(gate.n, dtype=bool)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 5, 5, 0), [("leadership", 5), ("managers", 5), ("contributors", 5)]),
        ((4, 5, 5, 0), [("leadership and managers", 9), ("contributors", 5)]),
        ((5, 4, 5, 0), [("leadership", 5), ("managers and contributors", 9)]),
        ((5, 0, 5, 0), [("leadership", 5), ("contributors", 5)]),
        ((5, 5, 3, 2), [("leadership", 5), ("managers", 5), ("contributors and level not given", 5)]),
        ((5, 5, 2, 2), [("leadership", 5), ("managers, contributors and level not given", 9)]),
        ((2, 2, 9, 0), []),
        ((4, 5, 4, 0), []),
        ((0, 0, 0, 9), []),
    ],
)
def test_levels_are_merged_until_each_holds_enough(counts: tuple[int, ...], expected: list[tuple[str, int]]) -> None:
    """Leadership below five goes with managers, managers and the unknown with contributors; else no level is shown."""
    parts, why = merge_levels(np.repeat(LEVELS, counts), 5)

    assert expected == names(parts)
    assert bool(why) is (expected == [])


def test_groups_below_the_minimum_are_shown_together(make: Any) -> None:
    """Two groups of four are pooled; their names are known, their sizes only together."""
    sizes = {("A", "contributor"): 9, ("B", "contributor"): 4, ("C", "contributor"): 4, ("D", "contributor"): 8}
    _, gate, _ = make.gated(make.crowd(sizes))
    parts = gate.by_group(everybody(gate))

    assert [("A", 9), ("D", 8), (OTHERS, 8)] == names(parts)
    assert {"B", "C"} == parts[-1].members


def test_one_small_group_takes_another_along(make: Any) -> None:
    """A group of three hidden alone would follow from everybody less the others."""
    sizes = {("A", "contributor"): 9, ("B", "contributor"): 3, ("C", "contributor"): 7}
    _, gate, _ = make.gated(make.crowd(sizes))

    assert [("A", 9), (OTHERS, 10)] == names(gate.by_group(everybody(gate)))


def test_a_larger_minimum_is_kept(make: Any) -> None:
    """Where the engagement asks for eight, seven are too few."""
    sizes = {("A", "contributor"): 9, ("B", "contributor"): 7, ("C", "contributor"): 8}
    _, gate, _ = make.gated(make.crowd(sizes), make.config(min_group=8))

    assert [("A", 9), (OTHERS, 15)] == names(gate.by_group(everybody(gate)))


def test_an_assistant_among_leaders_is_not_singled_out(make: Any) -> None:
    """Five leaders and an assistant make a group, five leaders a level: the group is not shown by itself."""
    sizes = {("Board", "leadership"): 5, ("Board", "contributor"): 1, ("A", "contributor"): 8, ("B", "contributor"): 8}
    _, gate, _ = make.gated(make.crowd(sizes))

    assert [("leadership", 5), ("contributors", 17)] == names(gate.by_level(everybody(gate)))
    assert "Board" not in dict(names(gate.by_group(everybody(gate))))


def test_who_leaves_out_a_statement_is_not_given_away(make: Any) -> None:
    """The gate is asked about those who have the score: five people of whom one has none are four."""
    sizes = {("A", "contributor"): 5, ("B", "contributor"): 9, ("C", "contributor"): 9}
    rows, gate, _ = make.gated(make.crowd(sizes))
    answered = everybody(gate)
    answered[np.flatnonzero(rows.group == "A")[0]] = False

    assert [("A", 5), ("B", 9), ("C", 9)] == names(gate.by_group(everybody(gate)))
    assert [("C", 9), (OTHERS, 13)] == names(gate.by_group(answered))


def test_fewer_than_five_answers_close_the_wave(make: Any) -> None:
    """Of four people nothing is shown, and the reason is said."""
    _, gate, _ = make.gated(make.crowd({("A", "contributor"): 4}))

    assert not gate.is_open
    assert "Fewer than 5 usable answers" in gate.why_closed
    assert () == gate.by_group(everybody(gate))
    assert not gate.may_show(everybody(gate))


def test_a_wave_without_answers_and_invitations_is_closed(make: Any) -> None:
    """Who answered is on file and what was answered is not: no group, no level, and the reason is said."""
    tables = make.tables(make.crowd({("A", "contributor"): 9}))
    rows = read_rows({**tables, "survey_answers": schema.empty("survey_answers")}, "2026-04")
    gate = open_gate(rows, schema.empty("survey_invited"), make.config())

    assert (0, False, ()) == (gate.n, gate.is_open, gate.by_group(everybody(gate)))
    assert "Fewer than 5 usable answers" in gate.why_closed


@pytest.mark.parametrize("phase", [gk.diagnose, gk.measure])
def test_an_engagement_with_respondents_and_no_answers_is_read(phase: Callable[[gk.Engagement], Any], bare: Path) -> None:
    """The tables of answers are absent: what rests on none of them is there."""
    respondents = "".join(f"t{k},2026-04,Web,contributor\n" for k in range(9))
    (bare / "data" / "survey_respondents.csv").write_text(f"respondent_id,wave,group,level_band\n{respondents}")

    assert "on_time_rate" in phase(gk.load(bare)).results


@given(CELLS, st.integers(0, 2**32 - 1))
def test_no_combination_of_figures_is_about_fewer_than_five(
    make: Any, fewest_isolated: Callable[..., int | None], cells: dict[tuple[str, str], int], seed: int
) -> None:
    """Groups, levels, everybody and the weighted score of everybody, for any set of people who answered a construct."""
    assume(5 <= sum(cells.values()) <= 16)
    people = make.crowd(cells)
    rng = np.random.default_rng(seed)
    invited = {cell: n + int(rng.integers(0, 9)) for cell, n in cells.items() if all(cell)}
    _, gate, asked = make.gated(people)
    asked = make.tables(people, invited)["survey_invited"] if invited else asked
    answered = rng.random(gate.n) > rng.choice([0, 0.15])
    assume(gate.may_show(answered))
    weighted = weights(gate, answered, asked, make.config().settings)
    parts = [*gate.by_group(answered), *gate.by_level(answered)]

    assert all(part.n >= 5 for part in parts)
    assert fewest_isolated([answered, weighted, *(part.rows for part in parts)]) is None


def wave(make: Any, sizes: dict[tuple[str, str], int], **earlier: Gate) -> Gate:
    people = make.crowd(sizes)
    return open_gate(make.rows(people), make.tables(people)["survey_invited"], make.config(), earlier)


def test_a_group_one_person_larger_than_before_is_hidden(make: Any) -> None:
    """What the newcomer said would be about the difference of the two waves; a group of thirty may grow by one."""
    first = wave(make, {("A", "contributor"): 7, ("B", "contributor"): 30, ("C", "contributor"): 14})
    second = wave(make, {("A", "contributor"): 8, ("B", "contributor"): 31, ("C", "contributor"): 14}, first=first)

    assert [("A", 7), ("B", 30), ("C", 14)] == names(first.by_group(everybody(first)))
    assert [("B", 31), (OTHERS, 22)] == names(second.by_group(everybody(second)))


def test_a_level_one_person_larger_than_before_is_hidden(make: Any) -> None:
    """Six leaders after five: no level is shown, and it is said why; ten after five are another matter."""
    first = wave(make, {("A", "leadership"): 5, ("A", "contributor"): 30})
    one_more = wave(make, {("A", "leadership"): 6, ("A", "contributor"): 30}, first=first)
    five_more = wave(make, {("A", "leadership"): 10, ("A", "contributor"): 30}, first=first)

    assert () == one_more.by_level(everybody(one_more))
    assert "changed by fewer than 5" in one_more.why_no_levels
    assert [("leadership", 10), ("contributors", 30)] == names(five_more.by_level(everybody(five_more)))


def test_a_small_wave_one_answer_larger_than_before_is_closed(make: Any) -> None:
    """Nine answers after eight are not shown at all; fifteen are, and so are forty-one after forty."""
    eight, forty = wave(make, {("A", "contributor"): 8}), wave(make, {("A", "contributor"): 40})

    assert not wave(make, {("A", "contributor"): 9}, first=eight).is_open
    assert wave(make, {("A", "contributor"): 15}, first=eight).is_open
    assert wave(make, {("A", "contributor"): 41}, first=forty).is_open


def test_leaving_people_out_is_shown_of_nobody_or_of_enough(make: Any) -> None:
    """With and without three people differ by these three."""
    _, gate, _ = make.gated(make.crowd({("A", "contributor"): 12}))
    few = np.arange(12) < 3

    assert gate.may_leave_out(np.zeros(12, dtype=bool))
    assert not gate.may_leave_out(few)
    assert gate.may_leave_out(np.arange(12) < 5)


def test_spread_and_texts_need_ten(make: Any) -> None:
    """Nine may have a mean, ten a spread."""
    _, gate, _ = make.gated(make.crowd({("A", "contributor"): 12}))

    assert gate.may_show(np.arange(12) < 9)
    assert not gate.may_show_spread(np.arange(12) < 9)
    assert gate.may_show_spread(np.arange(12) < 10)
