from __future__ import annotations

from collections.abc import Callable

import pytest

from gapkit.baseline import Baseline
from gapkit.engagement import Engagement
from gapkit.redesign.what_if.completing import Stay
from gapkit.redesign.what_if.engines import Engines


@pytest.fixture
def stay() -> Callable[..., Stay]:
    """A stay from start to end; sign-offs take what is given as handled, the rest of them is wait."""

    def build(stage: str, kind: str, start: float, end: float, handled: float = float("nan"), **changes: object) -> Stay:
        known = handled == handled
        wait = 0.0 if kind in ("work", "rework") else end - start - (handled if known else 0.0)
        return Stay(stage, kind, start, end, wait, handled, False)._replace(**changes)

    return build


@pytest.fixture(scope="session")
def engines(northwind: Engagement, northwind_baseline: Baseline) -> Engines:
    """The engines of the example engagement."""
    return Engines(northwind, northwind_baseline)
