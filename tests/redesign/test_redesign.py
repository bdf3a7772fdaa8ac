from __future__ import annotations

import json

import pytest

import gapkit as gk
from gapkit.errors import NotMeasurableError


def test_lost_plans_agree_with_the_gap_map(northwind_redesign):
    """What the redesign counts as lost is what the diagnosis placed there."""
    r, d = northwind_redesign, northwind_redesign.diagnosis

    inside = d.baseline.judged["quarter"].isin(d.baseline.quarters) & (d.baseline.judged["group"] == "committed")
    kept = d.baseline.category[inside].isin(
        [
            "delivered_on_time_to_spec",
            "delivered_on_time_below_spec",
            "delivered_on_time_spec_unknown",
            "on_track",
            "not_due",
        ]
    )
    assert int((~kept).sum()) == r.lost_plans["programs"].sum()
    json.dumps(r.to_dict(), allow_nan=False)


def test_nothing_to_read_is_said_in_one_sentence(tmp_path):
    """No plan, no stage history, no moved date: one sentence with what would switch the phase on."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "programs.csv").write_text(
        "program_id,type,team,status\nA,web,Web,in_progress\n", encoding="utf-8"
    )
    (tmp_path / "engagement.yml").write_text("client: A\nas_of: 2026-07-15\ntz: UTC\ncurrency: USD\n", encoding="utf-8")
    eng = gk.load(tmp_path)

    with pytest.raises(NotMeasurableError, match="Planned end dates"):
        gk.redesign(eng, gk.diagnose(eng))
