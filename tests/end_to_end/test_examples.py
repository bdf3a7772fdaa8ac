"""The main job on the two example engagements: a folder in, reports out."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import pytest

from gapkit.report.exporter import PdfExporter
from gapkit.runner import Ended, run
from gapkit.vocabulary import PHASES

ROOT = Path(__file__).parents[2]
SUFFIXES = ("pdf", "html", "ipynb", "json")


def run_example(name: str, place: Path) -> Ended:
    """Run a copy of an example, so that what a run freezes stays out of the working tree."""
    if not (place / name).exists():
        shutil.copytree(ROOT / "engagements" / name, place / name)
    (ended,) = run([str(place / name)], out=place / "reports", notebooks=ROOT / "notebooks")
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
    """PDF, HTML, executed notebook and numbers of each phase, and one manifest."""
    expected = {f"{phase}.{suffix}" for phase in PHASES for suffix in SUFFIXES}

    assert {*expected, "manifest.json", "workbook.xlsx", ".lock"} == set(contents(northwind))


def test_second_run_gives_the_same_bytes(northwind: Path, place: Path) -> None:
    """Every file, the PDFs included, although the baseline was frozen only in the first run."""
    first = contents(northwind)
    run_example("northwind", place)

    assert [] == [name for name, content in contents(northwind).items() if first[name] != content]


def test_manifest_tells_the_truth(northwind: Path, place: Path) -> None:
    """Hashes are those of the files; only PDF and HTML are for the client."""
    phases = json.loads((northwind / "manifest.json").read_text(encoding="utf-8"))["phases"]
    said = {(northwind / name, file["sha256"]) for phase in phases.values() for name, file in phase["outputs"].items()}
    said |= {
        (place / "northwind" / name, file["sha256"]) for phase in phases.values() for name, file in phase["inputs"].items()
    }
    client = {name for phase in phases.values() for name, file in phase["outputs"].items() if file["audience"] == "client"}

    assert [] == [path.name for path, digest in said if hashlib.sha256(path.read_bytes()).hexdigest() != digest]
    assert {f"{phase}.{suffix}" for phase in PHASES for suffix in ("pdf", "html")} == client


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
