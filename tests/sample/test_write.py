from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from gapkit.config import load_config
from gapkit.engagement import load
from gapkit.sample import SyntheticOrganisation, northwind, write_engagement
from gapkit.sample.write import csv_text

COMMITTED = Path(__file__).parents[2] / "engagements" / "northwind"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_engagement(northwind(), tmp_path_factory.mktemp("engagements") / "northwind")


def test_northwind_is_what_the_generator_writes(written: Path) -> None:
    """Regenerated, every file has the committed bytes, no table is left over, and all is smaller than 3 MB."""
    made = {str(path.relative_to(written)): path.read_bytes() for path in written.rglob("*") if path.is_file()}
    kept = {name: (COMMITTED / name).read_bytes() for name in made if (COMMITTED / name).is_file()}
    tables = {f"data/{path.name}" for path in (COMMITTED / "data").iterdir()}

    assert [] == [name for name in made if kept.get(name) != made[name]]
    assert tables <= set(made)
    assert sum(map(len, made.values())) < 3e6


def test_a_written_organisation_reads_as_it_was(written: Path) -> None:
    """The engagement loads without a problem, with the same rows, dates and moments."""
    engagement = load(written, phase="measure")
    org = northwind()
    same = ["program_id", "status", "baseline_end", "cancelled_at", "owners_now", "spec_accepted"]
    ended = org.tables["programs"]["actual_end"].dropna()

    assert org.tables["programs"][same].equals(engagement.programs[same])
    assert ended.equals(engagement.programs.loc[ended.index, "actual_end"])
    assert sorted(org.tables["stage_visits"]["entered_at"]) == sorted(engagement.stage_visits["entered_at"])
    assert {name: len(table) for name, table in org.tables.items()} == {
        name: len(engagement.tables[name]) for name in org.tables
    }


def test_the_configuration_is_the_one_written(written: Path) -> None:
    """engagement.yml holds every entry of the configuration, and nothing else."""
    config, org = load_config(written), northwind()

    assert {name: getattr(config, name) for name in org.config} == org.config
    assert ("2025Q4", "2026Q1") == config.baseline_quarters


def test_cells_are_written_for_people() -> None:
    """Moments carry their offset, counts have no decimals, truth is yes or no, columns without a value are left out."""
    moments = pd.Series(pd.to_datetime(["2026-11-01 01:30", None])).dt.tz_localize("America/New_York", ambiguous=True)
    table = pd.DataFrame({
        "at": moments, "on": pd.to_datetime(["2026-01-02", "2026-01-03"]), "n": pd.array([3, None], dtype="Int64"),
        "x": [2.50, 3.0], "ok": pd.array([True, None], dtype="boolean"), "gone": [None, None],
    })  # fmt: skip

    assert "at,on,n,x,ok\n2026-11-01T01:30-04:00,2026-01-02,3,2.5,yes\n,2026-01-03,,3,\n" == csv_text(table)


def test_the_readme_names_what_is_planted(written: Path, org: SyntheticOrganisation) -> None:
    """It says the client is made up, how to make it again, and which killers are in it."""
    text = (written / "README.md").read_text(encoding="utf-8")

    assert "Northwind Outfitters is made up." in text
    assert "Killers injected: structural bottlenecks, unclear ownership." in text
    assert "seed=47" in text
