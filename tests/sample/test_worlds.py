from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from gapkit.sample import WORLDS, Arguments, synthetic_organisation
from gapkit.sample.story import tell, true_rates

SEEDS = range(6)
CELLS = {"default": "execution", "strategy_limited": "strategy", "both": "both", "neither": "neither"}


@pytest.mark.parametrize("world", ["regression_to_mean", "longer_follow_up", "finished_only", "discontent"])
def test_traps_change_nothing_about_the_work(world: str) -> None:
    """The after quarter is as good as in the usual world with the same draws."""
    usual, trap = (
        true_rates(tell(Arguments(seed=6, world=name)))["execution_rate"].iloc[-1] for name in ("default", world)
    )

    if world == "regression_to_mean":
        assert 0 < trap < 1
    else:
        assert usual == pytest.approx(trap, abs=0.08)


def test_regression_to_the_mean_begins_after_the_worst_quarter() -> None:
    """The last quarter complete on day 1 is the worst of those before; the after quarter returns to the others."""
    told = [tell(Arguments(seed=seed, scale="smb", world="regression_to_mean")) for seed in SEEDS]
    rates = np.array([true_rates(story)["execution_rate"] for story in told])

    assert (rates[:, 3] < rates[:, :3].min(axis=1)).all()
    assert rates[:, :3].mean() == pytest.approx(rates[:, 5].mean(), abs=0.1)
    assert rates[:, 3].mean() + 0.05 < rates[:, 5].mean()


def test_case_mix_shift_brings_easier_types() -> None:
    """The after quarter holds easier work, and looks better for that reason alone."""
    ease, gain = [], []
    for seed in SEEDS:
        usual, shifted = (tell(Arguments(seed=seed, world=world)) for world in ("default", "case_mix_shift"))
        after = usual.plan["is_after"].to_numpy() & (usual.plan["origin"] == "planned").to_numpy()
        kinds = [story.frame.type_effect[story.plan["type"].to_numpy()[after]].mean() for story in (usual, shifted)]
        ease.append(kinds[1] - kinds[0])
        gain.append(true_rates(shifted)["execution_rate"].iloc[-1] - true_rates(usual)["execution_rate"].iloc[-1])

    assert min(ease) > 0
    assert np.mean(gain) > 0.03


def test_longer_follow_up_reads_half_a_year_later() -> None:
    """The tables know of what was finished since."""
    late = {"structural_bottlenecks": "strong"}
    usual, later = (synthetic_organisation(seed=6, killers=late, world=world) for world in ("default", "longer_follow_up"))
    done = [
        (org.tables["programs"].loc[lambda f: f["plan_quarter"] == "2026Q3", "status"] == "delivered").mean()
        for org in (usual, later)
    ]

    assert dt.timedelta(days=180) == later.config["as_of"] - usual.config["as_of"]
    assert done[0] < done[1]


def test_finished_only_lies_in_the_columns_and_not_in_the_history() -> None:
    """By the columns nearly all of the after quarter is delivered; the first dates in the history tell the truth."""
    org = synthetic_organisation(seed=6, world="finished_only", observation="none")
    programs = org.tables["programs"].loc[lambda f: f["level"] == "program"].set_index("program_id")
    truth = org.truth.programs.set_index("program_id")
    shown = programs.loc[
        (programs["plan_quarter"] == "2026Q3") & (programs["status"] != "cancelled") & (programs["status"] != "merged")
    ]
    events = org.tables["status_events"]
    first = pd.to_datetime(events.loc[events["field"] == "end"].groupby("program_id")["new"].first())
    promised = truth.loc[first.index.intersection(truth.index), "baseline_end"].dropna()

    assert (shown["status"] == "delivered").mean() > 0.9
    assert first[promised.index].tolist() == promised.tolist()


def test_the_four_cells_of_strategy_or_execution() -> None:
    """Sound work is clearly above the usual target of .70, other work clearly below; criteria are there or not."""
    truths = {world: synthetic_organisation(seed=2, world=world).truth for world in CELLS}
    otif = {world: truth.rates["otif_rate"].mean() for world, truth in truths.items()}

    assert {world: truth.cell for world, truth in truths.items()} == CELLS
    assert min(otif["strategy_limited"], otif["neither"]) > 0.74
    assert max(otif["default"], otif["both"]) < 0.66


def test_every_world_says_what_is_special_about_it() -> None:
    """Each has a sentence, and the map is keyed by name."""
    assert all(world.note.endswith(".") and name == world.name for name, world in WORLDS.items())
