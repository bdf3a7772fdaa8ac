from __future__ import annotations

import json
from pathlib import Path

import pytest

from gapkit.runner.export import freeze, to_json

FIRST = {"frozen_on": "2026-03-31", "quarters": ["2026Q1"]}
LATER = {"frozen_on": "2026-06-30", "quarters": ["2026Q2"]}
RECORD = {"quarters": ["2026Q1"], "primary": "on_time_rate", "min_change": {}, "results": {}, "working_weeks": 13.0}


def frozen(folder: Path) -> object:
    return json.loads((folder / "baseline.json").read_text(encoding="utf-8"))


def test_baseline_is_frozen_once(tmp_path: Path) -> None:
    """A later diagnosis does not move the yardstick."""
    freeze(tmp_path, FIRST, refreeze=False)
    freeze(tmp_path, LATER, refreeze=False)

    assert FIRST == frozen(tmp_path)


def test_baseline_frozen_anew_says_what_it_replaces(tmp_path: Path) -> None:
    """The new record names the day of the old one, and keeps no damaged one; again with the same record changes nothing."""
    freeze(tmp_path, FIRST, refreeze=False)
    for _ in range(2):
        freeze(tmp_path, LATER, refreeze=True)

        assert {**LATER, "replaces": "2026-03-31"} == frozen(tmp_path)


def test_a_replaced_baseline_is_kept_with_those_before_it(tmp_path: Path) -> None:
    """Frozen anew twice, the file holds all three, so that an earlier day is read by the yardstick of that day."""
    first, second, third = (RECORD | {"frozen_on": day} for day in ("2026-03-31", "2026-06-30", "2026-09-30"))
    for record in (first, second, third, third):
        freeze(tmp_path, record, refreeze=True)

    kept = {**second, "replaces": "2026-03-31", "replaced": first}

    assert {**third, "replaces": "2026-06-30", "replaced": kept} == frozen(tmp_path)


def test_json_is_whole_numbers_or_null(tmp_path: Path) -> None:
    """NaN is not JSON: it is refused, not written."""
    assert '{\n "name": "Zürich",\n "value": null\n}\n' == to_json({"name": "Zürich", "value": None})
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"value": float("nan")})
