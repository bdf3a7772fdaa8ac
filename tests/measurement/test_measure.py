from __future__ import annotations

import json

import pytest

import gapkit as gk
from gapkit.errors import NotMeasurableError


def test_the_frozen_baseline_stands_whatever_the_data_says_later(bare):
    """A baseline frozen with other figures is used as it is."""
    d = gk.diagnose(gk.load(bare))
    record = dict(d.frozen)
    record["results"] = json.loads(json.dumps(record["results"]))
    record["results"][record["primary"]] |= {"events": 3, "n": 60, "value": 0.05}
    (bare / "baseline.json").write_text(json.dumps(record), encoding="utf-8")

    m = gk.measure(gk.load(bare), d)

    assert (3, 60) == (m.primary.before.events, m.primary.before.n)


def test_an_unfrozen_baseline_is_used_with_a_caveat(bare):
    """Until something is frozen the report says that the yardstick is today's."""
    eng = gk.load(bare)

    m = gk.measure(eng, gk.diagnose(eng))

    assert "not frozen" in m.caveats[0]


def test_a_baseline_frozen_anew_is_named(bare):
    """A changed yardstick is the first thing the report remarks."""
    d = gk.diagnose(gk.load(bare))
    record = {**d.frozen, "replaces": "2026-05-05"}
    (bare / "baseline.json").write_text(json.dumps(record), encoding="utf-8")

    m = gk.measure(gk.load(bare), d)

    assert "frozen anew on 15 July 2026, in place of the one of 5 May 2026" in m.caveats[0]


def test_a_window_with_nothing_due_is_too_little_data(bare):
    """No commitment fell due: no verdict, and no zero."""
    eng = gk.load(bare)

    primary = gk.measure(eng, gk.diagnose(eng)).primary

    assert primary.judgement.verdict in {"too little data", "not measured"}
    assert primary.after.value is None


def test_without_a_diagnosis_the_baseline_is_what_would_have_been_frozen(bare):
    """Nothing frozen, nothing diagnosed: the figures are those of the diagnosis, and the report says what they are."""
    eng = gk.load(bare)

    m = gk.measure(eng)

    assert gk.measure(eng, gk.diagnose(eng)).primary.before == m.primary.before
    assert "not frozen" in m.caveats[0]


def test_what_is_missing_is_said_in_one_sentence(bare):
    """Without a window the phase names what would switch it on."""
    yml = bare / "engagement.yml"
    text = yml.read_text(encoding="utf-8")
    yml.write_text(text.replace("measure_start: 2026-07-01\nmeasure_end: 2026-07-14\n", ""), encoding="utf-8")

    with pytest.raises(NotMeasurableError, match="measure_start"):
        gk.measure(gk.load(bare), gk.diagnose(gk.load(bare)))


def test_a_window_that_has_not_begun_is_not_measured(bare):
    """Read before its first day, a window holds nothing."""
    eng = gk.load(bare, as_of="2026-06-30")

    with pytest.raises(NotMeasurableError, match="begins on 1 July 2026"):
        gk.measure(eng, gk.diagnose(eng))


def test_northwind_finds_the_change_planted_in_it(northwind):
    """The generator raised the execution rate after the redesign; the interval of the effect covers what was planted."""
    truth = json.loads((northwind.folder / "truth.json").read_text(encoding="utf-8"))
    eng = gk.load("northwind", phase="measure")

    m = gk.measure(eng, gk.diagnose(eng))

    assert m.primary.difference.low <= truth["improvement"] <= m.primary.difference.high
