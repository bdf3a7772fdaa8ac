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


@pytest.fixture
def frozen_anew(bare):
    """An engagement frozen on 8 July, frozen anew with other counts on 12 July, inside its window; and both counts."""
    first = json.loads(json.dumps({**gk.diagnose(gk.load(bare)).frozen, "frozen_on": "2026-07-08"}))
    anew = json.loads(json.dumps({**first, "frozen_on": "2026-07-12", "replaces": "2026-07-08", "replaced": first}))
    for record, events in ((first, 5), (anew, 1), (anew["replaced"], 5)):
        record["results"][record["primary"]] |= {"events": events, "n": 60, "value": events / 60}
    (bare / "baseline.json").write_text(json.dumps(anew), encoding="utf-8")
    return bare


@pytest.mark.parametrize(("as_of", "frozen_on", "counts"), [("2026-07-11", "2026-07-08", (5, 60)),
                                                          ("2026-07-12", "2026-07-12", (1, 60))])  # fmt: skip
def test_a_day_is_measured_by_the_yardstick_of_that_day(frozen_anew, as_of, frozen_on, counts):
    """Before a baseline was frozen anew the one it replaced counts."""
    m = gk.measure(gk.load(frozen_anew, as_of=as_of))

    assert m.frozen.frozen_on.isoformat() == frozen_on
    assert counts == (m.primary.before.events, m.primary.before.n)
    assert m.comparison.is_frozen


def test_a_day_before_the_first_freeze_has_no_yardstick(frozen_anew):
    """It is read as while nothing is frozen, also with a diagnosis read later: nothing that came after is used."""
    eng = gk.load(frozen_anew, as_of="2026-07-05")
    later = gk.diagnose(gk.load(frozen_anew))

    found = [gk.measure(eng), gk.measure(eng, later)]

    assert [False, False] == [m.comparison.is_frozen for m in found]
    assert {eng.as_of} == {m.frozen.frozen_on for m in found}
    assert {("The baseline was not frozen yet on 5 July 2026: it is computed from what was known then.",)} == {
        m.caveats[:1] for m in found
    }
    assert not any("before the baseline was frozen" in text for m in found for text in m.caveats)


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
