from __future__ import annotations

from graphlib import TopologicalSorter

from gapkit.sample import SyntheticOrganisation, synthetic_organisation


def test_everybody_in_a_role_with_skills_is_rated(org: SyntheticOrganisation) -> None:
    """Each person rates themselves in every skill of their role."""
    required, actual = org.tables["skills_required"], org.tables["skills_actual"]
    people = org.tables["people"]
    expected = people.merge(required, on="role")
    rated = actual.loc[actual["source"] == "self"]

    assert len(expected) == len(rated)
    assert set(zip(expected["person_id"], expected["skill"], strict=True)) == set(
        zip(rated["person_id"], rated["skill"], strict=True)
    )


def test_dependencies_have_no_cycle(org: SyntheticOrganisation) -> None:
    """A program waits only for one that starts before it."""
    dependencies = org.tables["dependencies"]
    waits_for = dependencies.groupby("to_id")["from_id"].agg(set).to_dict()
    order = list(TopologicalSorter(waits_for).static_order())  # raises CycleError on a cycle

    assert {*dependencies["from_id"], *dependencies["to_id"]} == set(order)
    assert {"program", "role"} == set(dependencies["level"])


def test_gaps_are_planted_by_a_condition() -> None:
    """With a strong condition more people fall two levels short."""
    short = {}
    for level in ("none", "strong"):
        org = synthetic_organisation(seed=1, scale="mid", conditions={"capability": level})
        rated = org.tables["skills_actual"].merge(org.tables["skills_required"], on=["role", "skill"])
        short[level] = (rated["actual"] <= rated["required"] - 2).mean()

    assert short["none"] + 0.15 < short["strong"]
