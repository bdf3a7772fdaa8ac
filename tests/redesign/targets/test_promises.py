from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.errors import InputError
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.targets.promises import ONE_OWNER, promises
from gapkit.redesign.targets.promises_file import FILE, decided_model, from_record, read_promises
from gapkit.redesign.targets.targets import Target, Targets
from gapkit.redesign.targets.visible import Visible
from gapkit.redesign.what_if.levers import Pull
from gapkit.redesign.what_if.prediction import Prediction
from gapkit.results import Result


def predicted(lever: str, *, stage: str | None = None, value: float | None = None) -> Prediction:
    """Return what a lever would change: 6 points of the execution rate, 1 to 11."""
    change = Result("execution_rate_change", 0.06123456789, 0.01, 0.11, level=0.9, n=73, unit="pp")
    return Prediction((Pull(lever, value, stage),), lever, "resampling", "", {"execution_rate": change}, True, ())


@pytest.fixture
def redesigned() -> SimpleNamespace:
    """A redesign with two levers, a target, an agreed time, a declined one, a meeting and two measures."""
    baseline = Result("execution_rate", 0.42, 0.31, 0.53, n=90, events=38)
    target = Target(
        "execution_rate", baseline, True, True, 0.06, 0.01, 0.11, 0.9, 0.48, "what_if", ("sla",), dt.date(2026, 9, 30),
        Visible("programs", 90, 45, None, 0.25, False), "agreed", "",
    )  # fmt: skip
    kpis = pd.DataFrame({
        "kpi_id": ["K1", "K2"], "name": ["revenue", "briefs complete"], "kind": ["lagging", "leading"],
        "owner_id": [None, "P1"], "cadence": ["monthly", "weekly"], "target": [None, 12.0],
        "standing": ["proposed", "proposed"],
    })  # fmt: skip
    return SimpleNamespace(
        eng=SimpleNamespace(as_of=dt.date(2026, 6, 4)),
        decided=Decided({"levers": {"sla legal": {"status": "agreed"}}}),
        what_if=SimpleNamespace(
            backtest=SimpleNamespace(verdict="held", sentence="It held."),
            levers=(predicted("sla", stage="legal", value=2.0), predicted("parallel_approvals")),
            together=predicted("sla", stage="legal", value=2.0),
        ),
        targets=Targets((target,), (), None, "", {}, ()),
        slas=SimpleNamespace(held=[SimpleNamespace(id="legal", kind="stage", days=4.0, adherence=0.85, standing="agreed")]),
        cadence=SimpleNamespace(held=[SimpleNamespace(
            id="weekly", name="Weekly review", rhythm="weekly", weekday="Monday", starts_on=dt.date(2026, 6, 5),
            standing="proposed",
        )]),
        inputs=SimpleNamespace(kpis=kpis),
        owners=SimpleNamespace(register=pd.DataFrame({"program_id": ["A", "B"]})),
    )  # fmt: skip


def test_the_record_reads_back_as_it_was_made(redesigned, tmp_path):
    """Everything Measure holds against what came survives the file, numbers with six digits."""
    record = promises(redesigned)
    (tmp_path / FILE).write_text(json.dumps(record, allow_nan=False), encoding="utf-8")
    found = read_promises(tmp_path)

    assert found is not None
    assert (dt.date(2026, 6, 4), "held") == (found.made_on, found.backtest)
    assert [("sla legal", "agreed"), ("parallel_approvals", "proposed")] == [(one.id, one.standing) for one in found.levers]
    change = found.levers[0].changes["execution_rate"]
    assert (0.061235, 0.01, 0.11, 0.9, "pp") == (change.value, change.low, change.high, change.level, change.unit)
    assert ("legal", 2.0, 0.7) == (found.levers[0].stage, found.levers[0].value, found.levers[0].adherence)
    assert [("execution_rate", 0.06, True)] == [(one.measure, one.change, one.is_primary) for one in found.targets]
    assert [("legal", 4.0, 0.85, "agreed")] == [(one.id, one.days, one.adherence, one.standing) for one in found.model.slas]
    assert [("weekly", dt.date(2026, 6, 5))] == [(one.rhythm, one.starts_on) for one in found.model.series]
    assert [("K2", "P1", "weekly")] == [(one.kpi_id, one.owner, one.cadence) for one in found.model.inputs]
    assert {"rule": ONE_OWNER, "programs": 2} == found.data["model"]["owners"]


def test_a_redesign_without_levers_to_join_promises_nothing_together(redesigned):
    """Null in the record, no changes when read."""
    redesigned.what_if.together = None
    found = from_record(promises(redesigned))

    assert ({}, False) == (found.together, found.together_is_promise)


def test_without_a_file_there_is_no_promise(tmp_path):
    """Which is not an error."""
    assert read_promises(tmp_path) is None


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"made_on": "yesterday"}', '{"made_on": 3}'])
def test_a_damaged_record_is_refused_with_what_to_do(tmp_path, text):
    """One problem that names the file, no traceback."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_promises(tmp_path)

    (problem,) = caught.value.problems
    assert FILE == problem.file
    assert "backup" in problem.remedy


def test_decisions_give_the_new_model_where_nothing_was_put_on_record():
    """What was declined, what is to stop and what is only offered is no part of it."""
    written = {
        "slas": {"legal": {"status": "agreed", "days": 4, "adherence": 0.9}, "A → B": {"days": 3}, "brand": {"days": 2}},
        "cadence": {"weekly Web": {"weekday": "Tuesday", "starts_on": "2026-06-05"}, "stop monthly": {}},
        "inputs": {"K1": {"owner": "P1", "cadence": "weekly"}, "input for K2": {"name": "calls"}},
    }
    decided = Decided({"slas": {"legal": {"status": "agreed"}, "brand": {"status": "declined"}}}, written)
    found = decided_model(decided)

    assert [("legal", "stage", 4.0, 0.9, "agreed"), ("A → B", "interface", 3.0, None, "proposed")] == [
        (one.id, one.kind, one.days, one.adherence, one.standing) for one in found.slas
    ]
    assert [("weekly Web", "weekly", "Tuesday", dt.date(2026, 6, 5))] == [
        (one.id, one.rhythm, one.weekday, one.starts_on) for one in found.series
    ]
    assert [("K1", "P1", "weekly")] == [(one.kpi_id, one.owner, one.cadence) for one in found.inputs]


@pytest.mark.parametrize("level", [None, 0, 1, 1.5, "0.9"])
@pytest.mark.parametrize("place", ["lever", "together", "target", "baseline"])
def test_a_level_that_is_none_is_refused(redesigned, tmp_path, place, level):
    """An interval without a level between 0 and 1 cannot be said; its place in the file is named."""
    record = json.loads(json.dumps(promises(redesigned)))
    target = record["targets"]["targets"][0]
    holders = {
        "lever": record["levers"][0]["changes"]["execution_rate"], "target": target, "baseline": target["baseline"],
        "together": record["together"]["changes"]["execution_rate"],
    }  # fmt: skip
    holders[place]["level"] = level
    (tmp_path / FILE).write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(InputError, match=r"level = .*allowed: a number between 0 and 1"):
        read_promises(tmp_path)


def test_a_target_without_limits_needs_no_level(redesigned, tmp_path):
    """What was only decided has neither."""
    record = json.loads(json.dumps(promises(redesigned)))
    record["targets"]["targets"][0] |= {"low": None, "high": None, "level": None}
    (tmp_path / FILE).write_text(json.dumps(record), encoding="utf-8")

    assert read_promises(tmp_path).targets[0].level is None
