from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapkit.cost.labour import hourly_rate
from gapkit.engagement import Engagement
from gapkit.redesign.decisions.decided import SECTIONS, Decided
from gapkit.redesign.tooling.options import NO_COST, NO_SAVING, NOT_READY, NOT_WANTED, draw_values
from gapkit.redesign.tooling.tooling import FIELDS, Tooling, shortlist_tools

Row = dict[str, Any]
# An hour costs 50, whoever works it.
RATES = [{"role": "writer", "low": 50.0, "mode": 50.0, "high": 50.0}]
TOOLS = [{"tool_id": "T1", "name": "Tracker", "category": "project tracker"}]


def workaround(number: int, hours: float = 10.0, **more: Any) -> Row:
    return {"workaround_id": f"W{number}", "step": f"step {number}", "hours_low": hours, "hours_mode": hours,
            "hours_high": hours, **more}  # fmt: skip


def option(number: int, hours: float, **more: Any) -> Row:
    """A change of process against the workaround of its number, sure to save so many hours a week."""
    return {"option_id": f"O{number}", "workaround_ids": f"W{number}", "saved_low": hours, "saved_mode": hours,
            "saved_high": hours, "is_tool": False, **more}  # fmt: skip


def shortlist(eng: Engagement, entries: Row | None = None) -> Tooling:
    return shortlist_tools(eng, None, Decided({"tooling": entries or {}}))


@pytest.fixture
def listed(engage: Callable[..., Engagement]) -> Callable[..., Engagement]:
    """An engagement with options and ten workarounds of ten hours, rates and tools."""

    def build(*options: Row, **more: Any) -> Engagement:
        tables = {"workarounds": [workaround(k) for k in range(10)], "rates": RATES, "tools": TOOLS, **more}
        return engage(tool_options=list(options), **tables)

    return build


def test_value_is_hours_less_cost(listed: Callable[..., Engagement]) -> None:
    """Two hours a week at 50 for 52 weeks, less 1,000 a year and half of 3,000 once: 5,200 − 1,000 − 1,500 = 2,700."""
    part = shortlist(listed(option(1, 2, annual_cost=1000.0, one_off_cost=3000.0)))

    assert 2700 == part.options["value"].iloc[0]
    assert (2, 2, 2) == (part.hours.value, part.hours.low, part.hours.high)
    assert 1 == part.options["frequency"].iloc[0]


def test_at_most_three_of_the_highest_value(listed: Callable[..., Engagement]) -> None:
    """Of five the three that are worth most; one that costs more than it brings never."""
    part = shortlist(listed(*(option(k, k + 1.0) for k in range(4)), option(9, 9, annual_cost=1e6)))

    assert ("O3", "O2", "O1") == part.shortlist
    assert {"O3": 1, "O2": 1, "O1": 1, "O0": 0, "O9": 0} == part.options.set_index("option_id")["frequency"].to_dict()
    assert 9 == part.hours.value


def test_a_budget_makes_it_a_knapsack(listed: Callable[..., Engagement]) -> None:
    """Worth 60, 100 and 120 for 10, 20 and 30 in the first year: with 50 to spend the second and third, worth 220."""
    hours = {10.0: 60, 20.0: 100, 30.0: 120}
    # What is spent once counts half, so hours are set to leave the values of the textbook.
    options = [option(k, (worth + cost / 2) / 2600, one_off_cost=cost) for k, (cost, worth) in enumerate(hours.items())]
    part = shortlist(listed(*options), {"budget": {"first_year_cost": 50}})

    assert ("O2", "O1") == part.shortlist
    assert 220 == pytest.approx(part.options.loc[part.options["is_shortlisted"], "value"].sum())
    assert "The budget for the first year is USD 50." in part.caveats


def test_a_tool_without_its_process_waits(listed: Callable[..., Engagement]) -> None:
    """However much it would save: the way of working is agreed first, and said before anything else."""
    tool = option(1, 9, is_tool=True, process_ready=False, annual_cost=0.0, one_off_cost=0.0)
    part = shortlist(listed(tool, option(2, 1), {**option(3, 2), "workaround_ids": "W1"}))

    assert ("O3", "O2") == part.shortlist
    assert NOT_READY == part.options.set_index("option_id")["why_not"]["O1"]
    assert [("O1", ("step 1",), ("O3",))] == [(fix.option_id, fix.steps, fix.instead) for fix in part.process_first]
    assert part.sentence.startswith(
        "Agree the way of working at step 1 first: O1 cannot be chosen before. On the shortlist: "
    )
    assert "process before O1" == next(iter(part.proposals()))


def test_a_process_agreed_opens_the_gate(listed: Callable[..., Engagement]) -> None:
    """Once the client says the process is ready, the tool is chosen, after the changes of process."""
    tool = option(1, 9, is_tool=True, annual_cost=0.0, one_off_cost=0.0)
    part = shortlist(listed(tool, option(2, 1)), {"O1": {"process_ready": True}})

    assert ("O2", "O1") == part.shortlist
    assert () == part.process_first


def test_a_tool_not_worth_its_cost_needs_no_preparing(listed: Callable[..., Engagement]) -> None:
    """Nobody is asked to agree a process for a tool that loses money."""
    part = shortlist(listed(option(1, 1, is_tool=True, annual_cost=1e6, one_off_cost=0.0)))

    assert () == part.process_first
    assert "No option is worth its cost as things stand." == part.sentence


def test_two_ways_against_one_workaround_are_not_both_chosen(listed: Callable[..., Engagement]) -> None:
    """The same hours are given back once."""
    part = shortlist(listed(option(1, 5), {**option(2, 4), "workaround_ids": "W1;W2"}, option(3, 1)))

    assert ("O1", "O3") == part.shortlist


def test_nothing_saves_more_than_the_work_takes(listed: Callable[..., Engagement]) -> None:
    """Thirty hours said to be saved of ten count as ten, and that is said."""
    part = shortlist(listed(option(1, 30)))

    assert 10 == part.hours.value
    assert any("counts as all of it: O1" in one for one in part.caveats)


def test_what_cannot_be_compared_is_named(listed: Callable[..., Engagement]) -> None:
    """A tool without a cost and an option without a saving are left out with the reason; free changes are not."""
    tool = option(1, 5, is_tool=True, process_ready=True, annual_cost=None, one_off_cost=10.0)
    part = shortlist(listed(tool, option(2, 5, saved_low=None), option(3, 1)))
    why = part.options.set_index("option_id")["why_not"].to_dict()

    assert {"O1": NO_COST, "O2": NO_SAVING, "O3": ""} == why
    assert ("O3",) == part.shortlist
    assert any(one.endswith("O1.") for one in part.caveats)
    assert any(one.endswith("O2.") for one in part.caveats)


def test_agreed_is_in_and_declined_is_out(listed: Callable[..., Engagement]) -> None:
    """What the client agreed takes its place, its money and its workaround; what was declined is not asked again."""
    options = [option(k, 6.0 - k) for k in range(5)]
    part = shortlist(listed(*options), {"O4": {"status": "agreed"}, "O0": {"status": "declined"}})

    assert {"O4", "O1", "O2"} == set(part.shortlist)
    assert NOT_WANTED == part.options.set_index("option_id")["why_not"]["O0"]
    assert pd.isna(part.options.set_index("option_id")["frequency"]["O4"])


def test_work_without_an_option_is_asked_about(engage: Callable[..., Engagement]) -> None:
    """The workarounds nobody has an answer to are listed, the most hours first, as questions."""
    eng = engage(workarounds=[workaround(1, 3), workaround(2, 8, re_entry=True), workaround(3, 5)],
                 tool_options=[option(3, 2)], rates=RATES)  # fmt: skip
    part = shortlist(eng)

    assert ["W2", "W1"] == part.unaddressed["workaround_id"].tolist()
    assert part.asks[0].startswith("What would remove the manual work at step 2 (8.0 hours a week, data typed in twice)?")
    assert any("table tools" in one for one in part.caveats)


def test_without_options_questions_remain(engage: Callable[..., Engagement]) -> None:
    """Workarounds alone: the hours, what is missing, what to ask; nothing to propose."""
    part = shortlist(engage(workarounds=[workaround(1, 3), workaround(2, 8)]))

    assert part.sentence.startswith("11.0 hours a week go into manual work around the tools. Nobody has listed ways")
    assert 2 == len(part.asks)
    assert {} == part.proposals()
    assert "not_assessable" == part.hours.status


def test_without_any_table(engage: Callable[..., Engagement]) -> None:
    """No workaround, no option: one plain sentence."""
    part = shortlist(engage(programs=[{"program_id": "P1"}]))

    assert (
        "No manual work around the tools is listed; the table workarounds would switch the shortlist on." == part.sentence
    )
    assert () == part.asks
    json.dumps(part.to_dict(), allow_nan=False)


def test_without_rates_hours_decide(engage: Callable[..., Engagement]) -> None:
    """Costs cannot be weighed against hours: the most hours win, and that is said."""
    eng = engage(workarounds=[workaround(k) for k in range(5)],
                 tool_options=[option(k, 1.0 + k, one_off_cost=1e9) for k in range(5)])  # fmt: skip
    part = shortlist(eng)

    assert ("O4", "O3", "O2") == part.shortlist
    assert part.options["value"].isna().all()
    assert part.caveats[0].startswith("Without hourly rates")


def test_options_against_work_that_is_not_listed(engage: Callable[..., Engagement]) -> None:
    """What it saves is taken as said, and that nobody can check it is said too."""
    part = shortlist(engage(tool_options=[option(1, 5)], rates=RATES))

    assert ("O1",) == part.shortlist
    assert 5 == part.hours.value
    assert any("savings cannot be checked: O1." in one for one in part.caveats)


def test_draws_move_with_one_rate() -> None:
    """With sure savings all options rise and fall together, and the mean is that of the three points."""
    options = pd.DataFrame({"saved_low": [2.0, 4], "saved_mode": [2.0, 4], "saved_high": [2.0, 4], "one_off_cost": [0.0, 0],
                            "annual_cost": [0.0, 0]})  # fmt: skip
    rates = pd.DataFrame({"role": ["writer"], "low": [20.0], "mode": [50.0], "high": [140.0]})
    rate = hourly_rate(rates, pd.DataFrame({"role": ["writer"], "team": ["A"], "fte": [1.0]}))
    drawn = draw_values(options, rate, 20_000, np.random.default_rng(1))

    assert np.allclose(2 * drawn[:, 0], drawn[:, 1])
    assert 60 * 2 * 52 == pytest.approx(drawn[:, 0].mean(), rel=0.01)


def test_proposals_keep_to_their_fields(listed: Callable[..., Engagement]) -> None:
    """Every field proposed may be edited, and the same data give the same proposals."""
    eng = listed(*(option(k, k + 1.0) for k in range(5)))
    first, second = shortlist(eng).proposals(), shortlist(eng).proposals()

    assert first == second
    assert ["O4", "O3", "O2", "budget"] == list(first)
    assert {name for fields in first.values() for name in fields} <= set(FIELDS)
    assert "tooling" in SECTIONS


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_synthetic_organisations_of_every_size(scale: str, synthetic: Callable[[str], Engagement]) -> None:
    """At every scale: at most three, no tool before its process, hours within those of the workarounds."""
    part = shortlist(synthetic(scale))

    assert 0 < len(part.shortlist) <= 3
    on_it = part.options.loc[part.options["is_shortlisted"]]
    assert (~on_it["is_tool"] | on_it["process_ready"]).all()
    assert on_it["is_tool"].tolist() == sorted(on_it["is_tool"])
    assert part.hours.high <= part.workarounds["hours_high"].sum()
    json.dumps(part.to_dict(), allow_nan=False)


def test_northwind(northwind: Engagement) -> None:
    """The example: three changes of process, the tool nowhere, and the one workaround without an answer asked about."""
    part = shortlist(northwind)

    assert {"O1", "O2", "O3"} == set(part.shortlist)
    assert ["data check"] == part.unaddressed["step"].tolist()
    assert 1 == len(part.asks)
