from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

import gapkit as gk
from gapkit import schema
from gapkit.diagnosis.evidence import Finding
from gapkit.diagnosis.observations import read_observations
from gapkit.report.blocks import Callout, Exhibit, Table
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import people, perception
from gapkit.sample import synthetic_organisation, write_engagement
from gapkit.survey import read_survey

EXHIBITS = (people.leaders_and_teams, people.priorities_seen, perception.perception, perception.perception_by_group,
            perception.participation, perception.four_questions)  # fmt: skip
TABLES = (perception.verbatims, perception.instrument)


def seen_in(eng):
    """Return as much of a diagnosis as these exhibits read."""
    return SimpleNamespace(eng=eng, survey=read_survey(eng), observations=())


@pytest.fixture(scope="module")
def organisations(diagnosed, tmp_path_factory):
    """The example, a large organisation with two strong killers, a sound one and a small one."""
    org = synthetic_organisation(seed=5, scale="enterprise", killers={"misalignment": 0.9, "poor_tooling": 0.8})
    folder = write_engagement(org, tmp_path_factory.mktemp("enterprise") / "enterprise")
    others = {name: diagnosed(name) for name in ("northwind", "sound", "small")}
    return {**others, "enterprise": seen_in(gk.load(folder, phase="diagnose"))}


@pytest.mark.parametrize("name", ["northwind", "enterprise", "sound", "small"])
@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.__name__)
def test_every_number_of_an_exhibit_is_in_its_data(organisations, exhibit, name):
    """Titles and readings use no number that the figures behind them do not hold; a chart has words for who cannot see."""
    block = exhibit(organisations[name])

    assert block is None or isinstance(block, Exhibit | Callout)
    if isinstance(block, Exhibit):
        assert [] == disagreements([block.to_dict()])
        assert "Source: data/" in block.foot
        assert bool(block.alt) == bool(block.svg)


def test_the_example_shows_all_of_them(organisations):
    """With a rich survey no exhibit is silent."""
    d = organisations["northwind"]

    assert all(isinstance(exhibit(d), Exhibit) for exhibit in EXHIBITS)
    assert all(isinstance(table(d), Table) for table in TABLES)


def test_planted_killers_are_where_leaders_see_less(organisations):
    """Leaders see half the problem: misalignment and poor tooling come out, worse for the others."""
    block = people.leaders_and_teams(organisations["enterprise"])

    assert {"Misalignment", "Poor tooling"} == {row[0] for row in block.table.rows if row[-1] == "shown"}
    assert "worse than leadership" in block.title


def test_without_a_survey_one_line_says_what_it_would_add():
    """The first exhibit says it, the others stay silent instead of repeating it."""
    d = seen_in(gk.load("nyc-capital"))
    block = people.leaders_and_teams(d)

    assert isinstance(block, Callout)
    assert "would show where leadership and teams differ" in block.text
    assert {None} == {exhibit(d) for exhibit in (*EXHIBITS[1:], *TABLES)}


def noted(northwind, *rows):
    """Return a diagnosis whose ownership is clearly active, with the given observations."""
    table = schema.conform("observations", pd.DataFrame(rows)) if rows else schema.empty("observations")
    eng = replace(northwind, tables={**northwind.tables, "observations": table})
    verdicts = {"unclear_ownership": "clearly active", "cadence": "not shown"}
    return SimpleNamespace(
        eng=eng, survey=None, observations=read_observations(eng),
        finding=lambda name: Finding(name, "killer", name, verdicts[name], None, None, None, None, None, None, (), "", ""),
    )  # fmt: skip


def row(finding, direction, strength=2, text=None, allowed=False):
    return {"source": "I01", "finding": finding, "direction": direction, "strength": strength, "text": text,
            "quote_allowed": allowed}  # fmt: skip


def test_observations_stand_beside_the_figures_and_in_no_score(northwind):
    """Three observations by hand: two for ownership, as figures say; one for cadence, which figures do not show."""
    d = noted(northwind, row("unclear_ownership", "supports", text="Nobody decides", allowed=True),
              row("unclear_ownership", "supports", 1, text="private"), row("cadence", "supports"))  # fmt: skip
    shown, quotes = people.observed(d)

    assert "Of 3 coded observations the most, 2, bear on unclear ownership: 2 for it, 0 against" == shown.title
    assert "They speak for cadence, the figures do not. There a second look is worth it." == shown.reading
    assert ("Unclear ownership", "2", "0", "0", "1", "1", "clearly active") == shown.table.rows[0]
    assert "in no score" in shown.foot
    assert [("Unclear ownership", "for it", "“Nobody decides”")] == list(quotes.rows)
    assert [] == disagreements([shown.to_dict()])


def test_no_observation_is_one_line(northwind):
    """What was not noted is not measured, and no table of noughts."""
    (block,) = people.observed(noted(northwind))

    assert "missing" == block.tone
