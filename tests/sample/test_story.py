from __future__ import annotations

import numpy as np

from gapkit.sample import Arguments
from gapkit.sample.story import tell, true_rates


def test_switching_a_killer_off_leaves_every_other_draw() -> None:
    """Same programs, same plan, same surprise work, same cancellations; only what the killer touches differs."""
    on = tell(Arguments(seed=8, killers={"unclear_ownership": "strong", "misalignment": "strong"}))
    off = tell(Arguments(seed=8, killers={"misalignment": "strong"}))
    planted = {name for name in on.severities.planted if on.severities.planted[name] != off.severities.planted[name]}

    assert {"unclear_ownership"} == planted
    assert on.plan.equals(off.plan)
    assert on.frame.people.equals(off.frame.people)
    assert on.exposed["n_functions"].equals(off.exposed["n_functions"])
    stages = [[stage.name for stage in path] for path in on.exposed["path"]]
    assert stages == [[stage.name for stage in path] for path in off.exposed["path"]]


def test_killers_cost_deliveries() -> None:
    """A healthy mid-sized organisation delivers 60 to 75 % of its commitments, one with two strong killers 35 to 50 %."""
    strong = {"structural_bottlenecks": "strong", "unclear_ownership": "strong"}
    healthy, ill = (
        np.mean([true_rates(tell(Arguments(seed=seed, killers=killers)))["execution_rate"].mean() for seed in range(16)])
        for killers in ({}, strong)
    )

    assert 0.60 < healthy < 0.75
    assert 0.35 < ill < 0.50


def test_replicates_share_the_organisation() -> None:
    """Another history has the same people and severities, and other programs."""
    first, second = (tell(Arguments(seed=3, replicate=k, scale="smb")) for k in (0, 1))

    assert first.frame.people.equals(second.frame.people)
    assert first.severities == second.severities
    assert not first.plan.equals(second.plan)
