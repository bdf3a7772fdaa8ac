"""The main job on the two example engagements: a folder in, reports out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest

from gapkit.report.exporter import PdfExporter
from gapkit.runner import Ended, run
from gapkit.vocabulary import PHASES

ROOT = Path(__file__).parents[2]
SUFFIXES = ("pdf", "html", "ipynb", "json")
HANDOUTS = {"cadence.ics", "manual.md", "manual.pdf"}
# Two entries of northwind's decisions.yml.
WEEKLY = "  weekly:\n    status: proposed\n    weekday: Monday\n"
TARGET = "  execution_rate:\n    status: proposed\n    change: 0.15\n"


def run_example(name: str, place: Path, phases: Sequence[str] = PHASES) -> Ended:
    """Run a copy of an example, so that what a run freezes stays out of the working tree."""
    if not (place / name).exists():
        shutil.copytree(ROOT / "engagements" / name, place / name)
    (ended,) = run([str(place / name)], phases=phases, out=place / "reports", notebooks=ROOT / "notebooks")
    return ended


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workbook")


@pytest.fixture(scope="module")
def northwind(place: Path) -> Path:
    """The reports of northwind, run once from a folder in which nothing was frozen."""
    shutil.copytree(ROOT / "engagements" / "northwind", place / "northwind", ignore=shutil.ignore_patterns("baseline.json"))
    ended = run_example("northwind", place)
    assert ("", (), ()) == (ended.failure, ended.problems, ended.skipped)
    return place / "reports" / "northwind"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_northwind_gives_three_reports(northwind: Path) -> None:
    """PDF, HTML, executed notebook and numbers of each phase, what the redesign hands out, and one manifest."""
    expected = {f"{phase}.{suffix}" for phase in PHASES for suffix in SUFFIXES}

    assert {*expected, *HANDOUTS, "manifest.json", "workbook.xlsx", ".lock"} == set(contents(northwind))


def test_second_run_gives_the_same_bytes(northwind: Path, place: Path) -> None:
    """Every file, the PDFs included, although what redesign and measurement read was frozen only in the first run."""
    first = contents(northwind)
    run_example("northwind", place, ("redesign", "measure"))

    assert [] == [name for name, content in contents(northwind).items() if first[name] != content]


def test_manifest_tells_the_truth(northwind: Path, place: Path) -> None:
    """Hashes are those of the files; only PDF, HTML and what the redesign hands out are for the client."""
    phases = json.loads((northwind / "manifest.json").read_text(encoding="utf-8"))["phases"]
    said = {(northwind / name, file["sha256"]) for phase in phases.values() for name, file in phase["outputs"].items()}
    said |= {
        (place / "northwind" / name, file["sha256"]) for phase in phases.values() for name, file in phase["inputs"].items()
    }
    client = {name for phase in phases.values() for name, file in phase["outputs"].items() if file["audience"] == "client"}

    assert [] == [path.name for path, digest in said if hashlib.sha256(path.read_bytes()).hexdigest() != digest]
    assert {f"{phase}.{suffix}" for phase in PHASES for suffix in ("pdf", "html")} | HANDOUTS == client


def test_what_the_client_decided_is_in_report_calendar_and_targets(tmp_path: Path) -> None:
    """An edit of decisions.yml survives the run and goes wherever the redesign goes."""
    folder = shutil.copytree(ROOT / "engagements" / "northwind", tmp_path / "northwind")
    decisions = folder / "decisions.yml"
    written = decisions.read_text(encoding="utf-8")
    edited = written.replace(WEEKLY, WEEKLY.replace("proposed", "agreed").replace("Monday", "Wednesday"), 1)
    edited = edited.replace(TARGET, TARGET.replace("proposed", "agreed").replace("0.15", "0.2"), 1)
    decisions.write_text(edited, encoding="utf-8")

    (ended,) = run([str(folder)], phases=("redesign",), out=tmp_path / "reports", notebooks=ROOT / "notebooks")

    reports = tmp_path / "reports" / "northwind"
    record = json.loads((reports / "redesign.json").read_text(encoding="utf-8"))
    weekly = [
        dt.date.fromisoformat(day["starts_at"][:10]) for day in record["cadence"]["dates"] if day["series"] == "weekly"
    ]
    promised = record["targets"]["targets"][0]
    assert ("", ()) == (ended.failure, ended.problems)
    assert written != edited == decisions.read_text(encoding="utf-8")
    assert {2} == {day.weekday() for day in weekly}
    assert f"{weekly[0]:%Y%m%d}T100000" in (reports / "cadence.ics").read_text(encoding="utf-8")
    assert ("execution_rate", 0.2, "agreed") == (promised["measure"], promised["change"], promised["standing"])
    assert "every Wednesday at 10:00" in (reports / "manual.md").read_text(encoding="utf-8")
    assert "from 42 % to 62 %" in (reports / "redesign.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("phase", PHASES)
def test_numbers_are_json(northwind: Path, phase: str) -> None:
    """Null, never NaN; the phase, the day and the seed are said."""
    data = json.loads((northwind / f"{phase}.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)

    assert (phase, "northwind") == (data["phase"], data["engagement"])
    assert {"gapkit", "as_of", "seed", "results"} <= set(data)


def test_nbconvert_makes_the_same_pdf(northwind: Path) -> None:
    """jupyter nbconvert --to gapkit-pdf on the executed notebook gives the report of the run."""
    pdf, _ = PdfExporter().from_notebook_node(nbformat.read(northwind / "diagnose.ipynb", as_version=4))

    assert (northwind / "diagnose.pdf").read_bytes() == pdf


def test_phase_without_data_says_so_and_the_others_run(place: Path) -> None:
    """nyc-capital has no measure window: measurement is skipped in one line, diagnosis and redesign are there."""
    ended = run_example("nyc-capital", place)

    assert ("", ()) == (ended.failure, ended.problems)
    assert ["diagnose", "redesign"] == [phase for phase, _ in ended.reports]
    assert ["measure"] == [phase for phase, _ in ended.skipped]
