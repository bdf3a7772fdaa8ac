from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gapkit.config import EngagementConfig
from gapkit.runner.yardstick import BASELINE, why_not_frozen

CONFIG = EngagementConfig("Acme", dt.date(2026, 3, 31), "UTC", "EUR", primary="otif_rate")


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"status": "not_assessable", "caveats": ["No source records it."]}, "has no data: No source records it. Choose"),
        (
            {"status": "thin", "caveats": ["7 programs, 10 are needed."]},
            "has too little data: 7 programs, 10 are needed. C",
        ),
        ({}, "has no data. Choose"),
    ],
)
def test_what_is_absent_is_named(tmp_path: Path, result: dict[str, object], expected: str) -> None:
    """The measure agreed on, whether it has no data or too little, and why."""
    (told,) = why_not_frozen({"baseline": None, "results": {"otif_rate": result}}, CONFIG, tmp_path)

    assert f"nothing was frozen: the measure agreed on, otif_rate, {expected}" in told


def test_a_baseline_that_was_frozen_needs_no_word(tmp_path: Path) -> None:
    """Now, or before; and a phase that has none to freeze says nothing of it."""
    nothing = {"baseline": None, "results": {}}
    told = [why_not_frozen(record, CONFIG, tmp_path) for record in ({"baseline": {"primary": "x"}}, {"results": {}})]
    (tmp_path / BASELINE).write_text("{}", encoding="utf-8")

    assert [(), (), ()] == [*told, why_not_frozen(nothing, CONFIG, tmp_path)]
