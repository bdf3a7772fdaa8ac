from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import gapkit as gk
from gapkit import schema

NORTHWIND = Path(__file__).resolve().parents[2] / "engagements" / "northwind"
# These refine what another table switches on, or come from the consultant; a first report need not ask for them.
LATER = {"survey_invited", "outcome_conflicts", "signed_plan", "dependencies", "costs", "observations"}


@pytest.fixture(scope="module")
def diagnosis(tmp_path_factory):
    """Northwind with its list of programs and nothing else."""
    folder = tmp_path_factory.mktemp("alone") / "northwind"
    (folder / "data").mkdir(parents=True)
    shutil.copy(NORTHWIND / "engagement.yml", folder)
    shutil.copy(NORTHWIND / "data" / "programs.csv", folder / "data")
    return gk.diagnose(gk.load(folder, phase="diagnose"))


@pytest.fixture(scope="module")
def record(diagnosis):
    """What its diagnose.json holds."""
    return json.loads(json.dumps(diagnosis.to_dict(), allow_nan=False))


def texts(value):
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def test_how_big_the_gap_is_needs_no_other_table(diagnosis):
    """Rates, speed, time-to-market, slip and load are measured."""
    measured = {name for name, result in diagnosis.results.items() if result.is_ok}

    assert {"execution_rate", "on_time_rate", "otif_rate", "velocity_per_week", "time_to_market_median_days",
            "slip_median_days", "wip", "redating_flattery"} <= measured  # fmt: skip
    assert sum(row["programs"] for row in diagnosis.to_dict()["gap_map"]) == len(diagnosis.baseline.judged)


def test_what_programs_alone_can_show_is_shown(diagnosis):
    """Owners stand in the list of programs: the claim about them is decided, the share of failures is given as a range."""
    verdicts = {claim.id: claim.verdict for claim in diagnosis.claims}

    assert "supported on your data" == verdicts["C1"]
    assert diagnosis.attribution.joint.is_ok


def test_nothing_is_called_active_on_one_source(diagnosis):
    """Without a survey and without a second source no killer, fracture, cause or pitfall is more than possible."""
    said = {finding.id: finding.verdict for finding in diagnosis.findings if finding.family != "lever"}

    assert not [name for name, verdict in said.items() if verdict in ("clearly active", "probably active", "present")]
    assert "not assessable" == said["structural_bottlenecks"]


def test_every_finding_without_a_verdict_says_what_would_give_one(diagnosis):
    """The sentence names what is missing, never a zero."""
    silent = [finding for finding in diagnosis.findings if finding.verdict == "not assessable"]

    assert silent
    assert [] == [finding.id for finding in silent if "would switch" not in finding.sentence]
    assert {None} == {finding.activity for finding in silent}


def test_every_figure_that_is_missing_says_what_would_give_it(diagnosis):
    """A figure that is not measured has no value, and names what is missing."""
    figures = [diagnosis.results[name] for name in ("flow_efficiency", "invisible_tax")]
    figures += [*diagnosis.survey.results.values(), *diagnosis.stage_map.results.values()]

    assert {"not_assessable"} == {figure.status for figure in figures}
    assert {None} == {figure.value for figure in figures}
    assert [] == [figure.name for figure in figures if "would switch" not in figure.caveats[0]]


def test_strategy_or_execution_stays_open_with_what_would_settle_it(diagnosis):
    """No reading, and two measurements to make."""
    assert (None, "insufficient evidence") == (diagnosis.triage.cell, diagnosis.triage.verdict)
    assert 2 == len(diagnosis.triage.would_settle)


def test_every_table_that_would_add_something_is_named(record):
    """Whoever reads the diagnosis knows which tables to ask for."""
    words = set(re.findall(r"[a-z_]+", " ".join(text for text in texts(record) if "would " in text)))
    asked = set(schema.TABLES) - LATER

    assert set() == asked - words
