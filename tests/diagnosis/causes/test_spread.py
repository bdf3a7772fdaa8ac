from __future__ import annotations

import pandas as pd
import pytest

from gapkit.diagnosis.causes.spread import spread


def links(*pairs, level="role"):
    return pd.DataFrame({"from_id": [a for a, _ in pairs], "to_id": [b for _, b in pairs], "level": level}, dtype="str")


def test_a_gap_spreads_along_a_chain_and_fades():
    """a, half adequate, before b before c: .5, .75, .875 (docs/method.md, section 5.1), and a damages by .25 + .125."""
    found = spread(pd.Series({"a": 0.5, "b": 1.0, "c": 1.0}), links(("a", "b"), ("b", "c"))).roles.set_index("role")

    assert {"a": 0.5, "b": 0.75, "c": 0.875} == found["effective"].to_dict()
    assert {"a": 0.375, "b": 0.0, "c": 0.0} == found["damage"].to_dict()


def test_the_worst_of_two_inputs_counts():
    """A weakest link, not an average: .4 and .9 before c leave 1 · (½ + ½ · .4) = .7."""
    found = spread(pd.Series({"a": 0.4, "b": 0.9, "c": 1.0}), links(("a", "c"), ("b", "c"))).roles.set_index("role")

    assert pytest.approx(0.7) == found.loc["c", "effective"]
    assert ["a", "b", "c"] == found.index.tolist()


def test_a_circle_is_named_and_counts_as_its_weakest():
    """b and c wait for each other: both are as adequate as the worse of the two, and a reader is told."""
    found = spread(pd.Series({"b": 0.6, "c": 1.0, "d": 1.0}), links(("b", "c"), ("c", "b"), ("c", "d")))

    assert (("b", "c"),) == found.cycles
    assert {"b": 0.6, "c": 0.6, "d": 0.8} == found.roles.set_index("role")["effective"].to_dict()


def test_roles_without_a_figure_are_taken_as_adequate_and_named():
    """What is not known, or may not be shown, cannot be read off those that wait for it."""
    found = spread(pd.Series({"b": 0.8}), links(("hidden", "b"), ("b", "unknown")))

    assert ("hidden", "unknown") == found.assumed
    assert [("b", 0.8, 0.8, pytest.approx(0.1))] == list(found.roles.itertuples(index=False, name=None))


def test_only_dependencies_between_roles_count():
    """Programs that wait for programs, and rows without a level, which mean programs, are another network."""
    other = pd.concat([links(("a", "b"), level="program"), links(("a", "b"), level=None)])

    assert spread(pd.Series({"a": 0.5, "b": 1.0}), other).roles.empty
