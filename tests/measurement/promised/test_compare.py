from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from gapkit.errors import InputError
from gapkit.measurement.promised import compare_promises, promises_of
from gapkit.measurement.promised import wording as words
from gapkit.measurement.promised.judging import AS_PROMISED, KEPT, LESS, MORE, UNTOLD
from gapkit.redesign.targets.promises_file import from_record
from gapkit.results import Result


@pytest.fixture
def effects(effect):
    """Less than promised of the execution rate, as promised of time, velocity too little."""
    owned = Result("single_owner_rate", 0.58, 0.42, 0.72, n=38, events=22)
    return (
        effect("execution_rate", (-0.05, -0.12, 0.02)),
        effect("on_time_rate", (0.05, -0.02, 0.12)),
        effect("velocity_per_week", unit="ratio"),
        effect("time_to_market_restricted_mean_days", (-9.0, -17.0, -1.3), unit="days", better=-1),
        effect("single_owner_rate", (0.18, 0.02, 0.33), after=owned),
    )


def test_targets_stand_beside_what_was_measured(comparison, effects, record):
    """The primary one first; time beside its closest measure, which is said; too little data is not a shortfall."""
    rows = [row for row in compare_promises(comparison, effects, record).rows if row.kind == "target"]

    assert [(row.measure, row.word) for row in rows] == [
        ("execution_rate", LESS), ("time_to_market_median_days", AS_PROMISED), ("velocity_per_week", UNTOLD),
    ]  # fmt: skip
    assert rows[0].sentence == (
        "Execution rate: promised +15 pp (90 % interval +6 to +24 pp), measured −5 pp (95 % interval −12 to +2 pp): less "
        "than promised."
    )
    assert rows[1].measured_as == "time_to_market_restricted_mean_days"
    assert (rows[2].why, rows[2].basis, rows[2].gap) == ("Only 4 programs", "decided", None)


@pytest.mark.parametrize(
    ("measured", "verdict", "word"),
    [
        ((0.12, 0.02, 0.22), "improved", AS_PROMISED),
        ((0.12, 0.02, 0.22), "no detectable change", UNTOLD),
        ((0.15, 0.08, 0.22), "no detectable change", UNTOLD),  # wholly inside what was promised
        ((0.45, 0.38, 0.52), "no detectable change", UNTOLD),
        ((-0.05, -0.12, 0.02), "no detectable change", LESS),
    ],
)
def test_a_word_is_never_stronger_than_the_verdict(comparison, effect, record, measured, verdict, word):
    """A change taken back by a guard, or by Holm, is no promise kept, whatever its own interval says."""
    found = compare_promises(comparison, (effect("execution_rate", measured, verdict=verdict),), record)

    assert found.rows[0].word == word
    if word == UNTOLD:
        assert found.rows[0].why == words.not_confirmed("")
        assert found.learning.delivered is None
        assert found.learning.rule == words.NO_AMOUNT


def test_a_lever_is_judged_on_its_own_measure_alone(comparison, effects, record):
    """One owner for 80 % of programs, measured 58 %: less. The others share one effect; declined ones are gone."""
    found = compare_promises(comparison, effects, record)
    levers = {(row.id, row.measure): row for row in found.rows if row.kind == "lever"}

    assert set(levers) == {
        ("named_owner", "single_owner_rate"), ("parallel_approvals", "execution_rate"),
    }  # fmt: skip
    own, shared = levers["named_owner", "single_owner_rate"], levers["parallel_approvals", "execution_rate"]
    assert (own.word, own.is_level, own.predicted.value, own.measured.value) == (LESS, True, 0.8, 0.58)
    assert (shared.word, shared.is_own, shared.why, shared.gap) == (UNTOLD, False, words.SHARED, None)
    assert [row.id for row in found.judged] == [
        "execution_rate", "time_to_market_median_days", "velocity_per_week", "named_owner"
    ]  # fmt: skip
    assert words.ALL_TOGETHER in found.caveats
    assert words.NEVER_AGREED in found.caveats


def test_an_interval_that_leaves_out_none_is_not_said_to_allow_it(comparison, effect, record):
    """Eleven days fewer, 2 to 20, taken back by the look at several measures: the row says what took it back."""
    days = effect("time_to_market_restricted_mean_days", (-11.0, -20.0, -2.0), unit="days", better=-1,
                  verdict="no detectable change", qualification="not confirmed once several are looked at")  # fmt: skip
    vague = effect("time_to_market_restricted_mean_days", (-11.0, -24.0, 2.0), unit="days", better=-1)
    told, open_ = (compare_promises(comparison, (one,), record).rows[1] for one in (days, vague))

    assert (told.word, told.why) == (
        UNTOLD, "its interval leaves out none, its verdict does not: not confirmed once several are looked at",
    )  # fmt: skip
    assert (open_.word, open_.why) == (UNTOLD, words.OR_NONE)


def owned(events, n=40):
    return Result(
        "single_owner_rate", events / n, max(0.0, events / n - 0.06), min(1.0, events / n + 0.04), n=n, events=events
    )


@pytest.mark.parametrize(
    ("before", "after", "gap", "word", "why"),
    [
        (40, 40, (0.0, -0.05, 0.05), KEPT, ""),
        (40, 20, (-0.5, -0.6, -0.4), LESS, words.LOST),
        (34, 40, (0.15, 0.02, 0.28), KEPT, ""),  # met before: it can be kept or lost
        (20, 40, (0.5, 0.4, 0.6), MORE, ""),
        (31, 40, (0.22, -0.01, 0.4), UNTOLD, words.AS_BEFORE),
        (None, 40, (0.22, -0.01, 0.4), UNTOLD, words.BEFORE_UNKNOWN),
    ],
)
def test_a_level_met_before_can_be_kept_or_lost_never_exceeded(comparison, effect, record, before, after, gap, word, why):
    """One owner for 80 % of programs: whoever had it before and has it still was not given more than promised."""
    was = owned(before) if before is not None else Result("single_owner_rate", n=3, status="thin", caveats=("Few.",))
    given = effect("single_owner_rate", gap, before=was, after=owned(after))
    found = compare_promises(comparison, (given,), record)
    (row,) = [one for one in found.rows if one.measure == "single_owner_rate"]

    assert (row.word, row.why) == (word, why)
    assert (words.KEPT_MEANS in found.caveats) == (word == KEPT)
    assert ("1 kept as before" in found.sentence) == (word == KEPT)


@pytest.mark.parametrize(("better", "said"), [(1, "it fell, where a gain was promised"), (-1, "it rose, where a fall")])
def test_a_change_for_the_worse_is_told_as_such(comparison, effect, record, better, said):
    """In the direction the measure moved."""
    given = effect("execution_rate", (-0.22, -0.36, -0.04))
    if better < 0:
        given = effect("time_to_market_restricted_mean_days", (11.0, 2.0, 20.0), unit="days", better=-1)
    row = compare_promises(comparison, (given,), record).rows[0 if better > 0 else 1]

    assert (row.word, row.is_worse) == (LESS, True)
    assert row.why.startswith(said)


def test_what_was_predicted_together_is_kept_where_it_is_no_target(comparison, effects, record):
    """The on-time rate was not promised, and is not among the judged."""
    found = compare_promises(comparison, effects, record)

    assert [row.measure for row in found.rows if row.kind == "together"] == ["on_time_rate"]
    assert "together" not in {row.kind for row in found.judged}


def test_before_the_window_is_over_nothing_is_concluded(comparison, effects, record):
    """Figures are there, words are not, and there is no rule for the next promise."""
    comparison.look = "monitoring"
    found = compare_promises(comparison, effects, record)

    assert {row.word for row in found.rows} == {UNTOLD}
    assert found.rows[0].why == "watched, not judged until 14 July 2026"
    assert found.rows[0].measured.value == -0.05
    assert (found.learning.delivered, found.learning.held.n) == (None, 0)
    assert found.learning.sentence.endswith("watched, not judged until 14 July 2026.")


def test_without_a_record_the_sentence_says_what_would_switch_it_on(comparison, effects):
    """No rows, no rule."""
    found = compare_promises(comparison, effects, None)

    assert (found.rows, found.learning, found.sentence) == ((), None, words.NO_RECORD)
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_promise_of_a_later_day_was_not_known(comparison, effects, record):
    """Read at a day before it was made there is no promise."""
    found = compare_promises(comparison, effects, replace(record, made_on=dt.date(2026, 7, 16)))

    assert (found.rows, found.sentence) == ((), words.NOT_YET.format("16 July 2026"))


def test_the_engine_that_failed_its_check_is_named(comparison, effects, record):
    """What the backtest said goes with the promises."""
    data = {**record.data, "backtest": {"verdict": "failed", "sentence": "2026Q2 did not come as foretold."}}

    assert "2026Q2 did not come as foretold." in compare_promises(comparison, effects, from_record(data)).caveats


@pytest.mark.parametrize(
    ("verdict", "sentence", "said"),
    [
        ("not possible", "No backtest is possible, so no change is promised. Stages are needed.",
         "No backtest was possible, so what is promised here was set without a prediction. Stages are needed."),
        ("failed", "It did not come as foretold. The changes below are therefore no promise.",
         "It did not come as foretold. What is promised here was set without a prediction."),
    ],
)  # fmt: skip
def test_promises_people_set_are_not_said_to_be_none(comparison, effects, record, verdict, sentence, said):
    """Beside 15 points promised without a prediction nobody reads that no change is promised."""
    agreed = [{**one, "basis": "decided", "low": None, "high": None, "level": None}
              for one in record.data["targets"]["targets"]]  # fmt: skip
    data = {**record.data, "targets": {"targets": agreed}, "backtest": {"verdict": verdict, "sentence": sentence}}

    assert said in compare_promises(comparison, effects, from_record(data)).caveats


def test_why_promises_cannot_be_told_is_one_sentence(comparison, effects, record):
    """The reason they share, such as a window that is still watched; else how many have which."""
    comparison.look = "monitoring"
    watched = compare_promises(comparison, effects, record).judged

    assert words.why_untold(watched) == "Watched, not judged until 14 July 2026."
    assert words.why_untold([*watched, replace(watched[0], why=words.TOO_WIDE)]) == (
        f"{len(watched)}: watched, not judged until 14 July 2026; 1: the intervals are too wide to say."
    )


def test_the_record_leaves_as_plain_data(comparison, effects, record):
    """JSON without NaN, each row with both figures and its word."""
    data = json.loads(json.dumps(compare_promises(comparison, effects, record).to_dict(), allow_nan=False))

    assert {"predicted", "measured", "word", "gap", "why", "sentence"} <= set(data["rows"][0])
    assert data["made_on"] == "2026-06-04"


def test_another_redesign_than_the_one_on_record_is_told_apart(comparison, effects, record, tmp_path):
    """The promises of a later redesign, held beside a record made before, are said to have changed."""
    eng = replace(comparison.after.eng, folder=tmp_path)
    comparison.after.eng = comparison.before.eng = eng
    (tmp_path / "promises.json").write_text(json.dumps(record.data), encoding="utf-8")
    later = from_record({**record.data, "made_on": "2026-06-05"})

    said = [text for text in compare_promises(comparison, effects, later).caveats if "changed after the promise" in text]
    assert ["4 June 2026" in text for text in said] == [True]
    assert promises_of(eng) == record
    assert not any("changed" in text for text in compare_promises(comparison, effects, record).caveats)


def test_a_damaged_record_is_an_input_error(comparison, tmp_path: Path):
    """No traceback for a file edited by hand."""
    (tmp_path / "promises.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"promises\.json"):
        promises_of(replace(comparison.after.eng, folder=tmp_path))


@pytest.mark.parametrize("made_on", [dt.date(2026, 7, 14), dt.date(2026, 7, 15)])
def test_a_promise_made_when_the_window_was_over_is_no_promise(comparison, effects, record, made_on):
    """On the last day that was measured, or later: figures are there, each word is open and says why, no rule follows."""
    comparison.after.eng = replace(comparison.after.eng, as_of=dt.date(2026, 7, 20))
    found = compare_promises(comparison, effects, replace(record, made_on=made_on))

    assert {row.word for row in found.rows} == {UNTOLD}
    assert all("when the window was over: no promise before the result" in row.why for row in found.rows)
    assert (found.learning.delivered, found.learning.held.n) == (None, 0)
    assert "no promise before the result" in found.learning.sentence


@pytest.mark.parametrize(
    ("made_on", "is_late"), [(dt.date(2026, 6, 30), False), (dt.date(2026, 7, 1), False), (dt.date(2026, 7, 2), True)]
)
def test_a_promise_made_within_the_window_says_so(comparison, effects, record, made_on, is_late):
    """Judged as any other, with the caveat that part of what came was known."""
    found = compare_promises(comparison, effects, replace(record, made_on=made_on))

    assert is_late == any("after the window began (1 July 2026)" in text for text in found.caveats)
    assert found.rows[0].word == LESS
