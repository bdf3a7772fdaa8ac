"""What roles need to be able to do, what people can do, and what waits for what."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.exposure import uniforms
from gapkit.sample.plan import UNPLANNED
from gapkit.sample.record import Record
from gapkit.sample.story import Story

DEPENDENT_SHARE: Final = 0.15
KINDS: Final = ("finish_start", "input", "approval", "shared_resource")
# Which role's output others build on.
ROLE_CHAIN: Final = (
    ("product marketer", "writer"), ("writer", "designer"), ("designer", "web developer"), ("designer", "campaign manager"),
    ("operations specialist", "campaign manager"), ("web developer", "event manager"), ("writer", "lifecycle marketer"),
)  # fmt: skip


def skills_required_table(story: Story) -> pd.DataFrame:
    """Return the table skills_required of the roles people have; the first skill of a role is critical."""
    roles = sorted(set(story.frame.people["role"]) & set(catalogue.SKILLS))
    rows = [
        (role, skill, 3.0 if k == 0 else 2.0, k == 0) for role in roles for k, skill in enumerate(catalogue.SKILLS[role])
    ]
    return pd.DataFrame(rows, columns=["role", "skill", "required", "critical"])


def skills_actual_table(story: Story, required: pd.DataFrame) -> pd.DataFrame:
    """Return the table skills_actual: everybody rates themselves, managers rate every other person, half a level lower."""
    people = story.frame.people[["person_id", "role"]]
    pairs = people.merge(required, on="role").sort_values(["person_id", "skill"], ignore_index=True)
    rng = story.streams.organisation("skills")
    draws = rng.random((len(pairs), 3))
    gap = draws[:, 0] < story.parameters["skill_gap"]
    level = np.where(gap, pairs["required"] - 2, pairs["required"] + np.floor(draws[:, 1] * 2)).clip(0, 4)
    rated = pairs["person_id"].isin(people["person_id"].iloc[::2])
    managed = np.clip(level - (draws[:, 2] < 0.5), 0, 4)[rated.to_numpy()]
    self_rated = pairs[["person_id", "role", "skill"]].assign(actual=level, source="self")
    by_manager = pairs.loc[rated, ["person_id", "role", "skill"]].assign(actual=managed, source="manager")
    return pd.concat([self_rated, by_manager], ignore_index=True).sort_values(
        ["person_id", "skill", "source"], kind="stable", ignore_index=True
    )


def dependencies_table(story: Story, record: Record) -> pd.DataFrame:
    """Return the table dependencies: some programs wait for an earlier one of their quarter, roles for other roles."""
    plan, rows = story.plan, record.rows
    draws = uniforms(plan, story.streams, "dependencies", 3)
    start, promised = plan["start_h"].to_numpy(), plan["origin"].to_numpy() != UNPLANNED
    quarter, found = plan["quarter"].to_numpy(), []
    for i in rows[promised[rows] & (draws[rows, 0] < DEPENDENT_SHARE)].tolist():
        earlier = rows[(quarter[rows] == quarter[i]) & promised[rows] & (start[rows] < start[i])]
        if len(earlier):
            first = earlier[int(draws[i, 1] * len(earlier))]
            found.append((record.ids[first], record.ids[i], KINDS[int(draws[i, 2] * len(KINDS))], "program"))
    roles = set(story.frame.people["role"])
    found += [(first, then, "input", "role") for first, then in ROLE_CHAIN if {first, then} <= roles]
    return pd.DataFrame(found, columns=["from_id", "to_id", "kind", "level"])
