"""Published data that more than one module is checked against."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray


class Durations(NamedTuple):
    """Durations, whether each ended with the event, and their group."""

    time: NDArray[np.float64]
    event: NDArray[np.bool_]
    group: NDArray[np.str_]


@pytest.fixture(scope="session")
def freireich() -> Durations:
    """Weeks of remission of 21 pairs of leukaemia patients: Freireich et al. (1963), Blood 21, 699; also Gehan (1965)."""
    treated = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still_in_remission = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    return Durations(
        np.array([*treated, *still_in_remission, *placebo], dtype=float),
        np.repeat([True, False, True], [9, 12, 21]),
        np.repeat(["6-MP", "placebo"], [21, 21]),
    )


@pytest.fixture(scope="session")
def waltons() -> pd.DataFrame:
    """Lifetimes in two groups, columns T, E, group: the waltons data of the lifelines documentation."""
    path = Path(__file__).parents[3] / "shared" / "data" / "survival-waltons" / "waltons_dataset.csv"
    if not path.exists():
        pytest.skip(f"the waltons data are not at {path}")
    return pd.read_csv(path)
