from __future__ import annotations

import numpy as np
import pytest

from gapkit.diagnosis.indicators.draws import draw_values, stream
from gapkit.diagnosis.indicators.measured import Sample, ratio


def flags(pool: str, hits: list[int], first: int = 0) -> Sample:
    """A sample of units, each with a property or without it."""
    keys = np.array([f"P{first + k:03d}" for k in range(len(hits))], dtype=object)
    return Sample(pool, keys, np.column_stack([hits, np.ones(len(hits))]).astype(float), ratio)


def test_samples_of_one_pool_are_drawn_together():
    """Two figures on the same programs agree in every replicate; on other units they do not."""
    hits = [1, 0, 0, 1, 0, 1, 0, 0, 0, 0]
    values = draw_values([flags("program", hits), flags("program", hits), flags("review", hits)], 200, 1, {})

    assert values[:, 0].tolist() == values[:, 1].tolist()
    assert abs(np.corrcoef(values[:, 0], values[:, 2])[0, 1]) < 0.3


def test_a_bootstrap_of_a_share_has_its_standard_error():
    """30 of 100: the spread of replicates is sqrt(p (1 − p) / n)."""
    values = draw_values([flags("program", [1] * 30 + [0] * 70)], 4000, 1, {})

    assert 0.3 == pytest.approx(values.mean(), abs=0.003)
    assert np.sqrt(0.3 * 0.7 / 100) == pytest.approx(values.std(), rel=0.05)


def test_what_other_samples_there_are_changes_nothing():
    """With all programs known, a sample's draws do not depend on its neighbours, nor on the order of the list."""
    everyone = {"program": np.array([f"P{k:03d}" for k in range(40)], dtype=object)}
    one, other = flags("program", [1, 0] * 10), flags("program", [1, 1, 0, 0, 0] * 4, first=20)

    alone = draw_values([one], 50, 7, everyone)[:, 0]
    beside = draw_values([other, one], 50, 7, {"program": everyone["program"][::-1]})[:, 1]

    assert alone.tolist() == beside.tolist()


def test_a_replicate_without_any_unit_falls_back_on_the_measured_value():
    """One unit among forty is missing from a third of the replicates; its share is 1 in all of them."""
    everyone = {"program": np.array([f"P{k:03d}" for k in range(40)], dtype=object)}

    assert {1.0} == set(draw_values([flags("program", [1])], 100, 1, everyone)[:, 0])


def test_more_units_than_can_be_drawn_singly_are_dealt_into_hands():
    """Five thousand programs still have the standard error of five thousand."""
    values = draw_values([flags("program", [1, 0] * 2500)], 2000, 1, {})

    assert np.sqrt(0.25 / 5000) == pytest.approx(values.std(), rel=0.08)


def test_streams_are_named():
    """The same name gives the same numbers, another name others."""
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
