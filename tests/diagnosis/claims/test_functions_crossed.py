from __future__ import annotations

from gapkit.diagnosis.claims.functions_crossed import trial


def test_functions_are_counted_once_each(case, fleet):
    """A function named twice is one function."""
    rows = [*fleet(20, 30, functions="brand; brand"), *fleet(15, 30, functions="brand;legal"),
            *fleet(8, 30, functions="brand;legal;sales;it")]  # fmt: skip
    found = trial(case(programs=rows))

    assert [30, 30, 30] == [figure.result.n for figure in found.groups]
    assert -0.2 == round(found.effect.value, 6)


def test_without_functions_it_is_not_assessable(case, fleet):
    """The column that would switch it on is named."""
    assert "programs.functions" in trial(case(programs=fleet(5, 20))).effect.caveats[0]
