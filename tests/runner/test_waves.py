"""The record of closed survey waves: written with the reports or not at all, and kept as it is afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import gapkit as gk
from gapkit.instrument import ASKED
from gapkit.report import atomic
from gapkit.report.manifest import sha256
from gapkit.runner import Ended, run, waves
from gapkit.runner.orders import NOTEBOOKS
from gapkit.runner.publish import staging
from gapkit.survey import closing, read_survey

Run = Callable[..., Ended]
ANSWERED = {"2026-02": 7, "2026-05": 13}


def answer(folder: Path, crowds: dict[str, int]) -> None:
    """Write the answers of some waves, people of one wave differing from each other."""
    respondents, answers = ["respondent_id,wave,group,level_band"], ["respondent_id,item_id,value"]
    for wave, n in crowds.items():
        for number in range(n):
            respondents.append(f"t{wave}-{number:02d},{wave},Brand,contributor")
            given = {item.id: 1 + (number + place) % 5 for place, item in enumerate(ASKED)} | {"ATT1": 2}
            answers += [f"t{wave}-{number:02d},{item},{value}" for item, value in given.items()]
    (folder / "data" / "survey_respondents.csv").write_text("\n".join(respondents) + "\n", encoding="utf-8")
    (folder / "data" / "survey_answers.csv").write_text("\n".join(answers) + "\n", encoding="utf-8")


@pytest.fixture
def surveyed(acme: Path) -> Path:
    """The smallest engagement with two waves, one of them after the day it is read at."""
    answer(acme, ANSWERED)
    return acme


def closed(folder: Path) -> dict[str, int]:
    """Return how many answers each closed wave counts."""
    record = json.loads((folder / waves.FILE).read_text(encoding="utf-8"))
    return {wave: len(one["counted"]) for wave, one in record["waves"].items()}


def test_the_runner_and_the_survey_mean_the_same_file() -> None:
    """What the one writes the other reads."""
    assert closing.FILE == waves.FILE


def test_a_report_closes_the_waves_it_shows(run_acme: Run, surveyed: Path, tmp_path: Path) -> None:
    """Those that had begun on its day, said once with the way back; later answers change neither record nor its date."""
    first = run_acme(diagnose="shows_a_survey")
    manifest = json.loads((tmp_path / "reports" / "acme" / "manifest.json").read_text(encoding="utf-8"))
    record, moment = (surveyed / waves.FILE).read_bytes(), (surveyed / waves.FILE).stat().st_mtime_ns
    answer(surveyed, {**ANSWERED, "2026-02": 9})
    again = run_acme(diagnose="shows_a_survey")

    assert ("", ()) == (first.failure, first.problems)
    assert {"2026-02": 7} == closed(surveyed)
    assert [("diagnose", True)] == [
        (phase, "wave 2026-02" in note and "survey.json" in note) for phase, note in first.notes
    ]
    assert sha256(surveyed / waves.FILE) == manifest["outputs"][waves.FILE]["sha256"]
    assert "internal" == manifest["outputs"][waves.FILE]["audience"]
    assert ("", ()) == (again.failure, again.notes)
    assert (record, moment) == ((surveyed / waves.FILE).read_bytes(), (surveyed / waves.FILE).stat().st_mtime_ns)
    assert [] == list(surveyed.glob(".survey*"))


@pytest.mark.usefixtures("lent")
def test_a_rehearsal_on_another_day_closes_too(surveyed: Path, notebooks: Path, tmp_path: Path) -> None:
    """Wherever a report lies and whatever day it is read at, it could be handed out: it closes the waves it shows."""
    (tmp_path / "rehearsal").mkdir()
    shutil.copy(notebooks / "shows_a_survey.ipynb", tmp_path / "rehearsal" / NOTEBOOKS["diagnose"])
    (ended,) = run(
        [str(surveyed)], phases=["diagnose"], as_of="2026-06-30", out=tmp_path / "out", notebooks=tmp_path / "rehearsal"
    )

    assert 2 == len(ended.notes)
    assert ANSWERED == closed(surveyed)


def test_a_report_without_survey_figures_closes_nothing(run_acme: Run, surveyed: Path) -> None:
    """What shows no answers cannot be subtracted from."""
    ended = run_acme(diagnose="shows_phase_data")

    assert ("", ()) == (ended.failure, ended.notes)
    assert not (surveyed / waves.FILE).exists()


def test_a_survey_too_small_to_show_is_not_closed(run_acme: Run, acme: Path) -> None:
    """Of four answers nothing is shown, so those still to come may be counted."""
    answer(acme, {"2026-02": 4})
    ended = run_acme(diagnose="shows_a_survey")

    assert ("", ()) == (ended.failure, ended.notes)
    assert not (acme / waves.FILE).exists()


def test_a_failed_run_closes_nothing(run_acme: Run, surveyed: Path) -> None:
    """No report, no record."""
    ended = run_acme(diagnose="shows_a_survey", redesign="fails_in_third_cell")

    assert "ZeroDivisionError" in ended.failure
    assert not (surveyed / waves.FILE).exists()


RECORD = {"2026-02": {"min_group": 5, "counted": ["a", "b"], "left_out": []}}
LATER = {"2026-05": {"min_group": 5, "counted": ["c"], "left_out": []}}


def test_a_later_report_adds_its_wave(tmp_path: Path) -> None:
    """The first wave stays as it was closed, also against another phase of the same run; only the new one is told."""
    (tmp_path / waves.FILE).write_text(json.dumps({"waves": RECORD}), encoding="utf-8")
    (tmp_path / "stage").mkdir()
    run_of_two = waves.Waves(tmp_path).shown_in("diagnose", {"waves": {**LATER, **RECORD}})
    run_of_two = run_of_two.shown_in("measure", {"waves": {"2026-05": {"counted": ["c", "d"]}}})
    outside = run_of_two.stage(tmp_path / "stage")

    assert ["diagnose"] == [phase for phase, _ in run_of_two.notes]
    assert "wave 2026-05" in run_of_two.notes[0][1]
    assert {waves.FILE: tmp_path / waves.FILE} == outside
    staged = run_of_two.path(tmp_path / "stage")
    assert staged == tmp_path / "stage" / waves.FILE
    assert [*RECORD.items(), *LATER.items()] == list(json.loads(staged.read_text(encoding="utf-8"))["waves"].items())


def test_the_same_record_is_not_written_again(tmp_path: Path) -> None:
    """Nothing is staged where the record is as it was, nor where no wave was ever closed."""
    (tmp_path / "stage").mkdir()
    shown = waves.Waves(tmp_path).shown_in("diagnose", {"waves": RECORD})
    shown.stage(tmp_path / "stage")
    (tmp_path / "stage" / waves.FILE).rename(tmp_path / waves.FILE)

    assert {} == shown.stage(tmp_path / "stage")
    assert tmp_path / waves.FILE == shown.path(tmp_path / "stage")
    assert {} == waves.Waves(tmp_path).stage(tmp_path / "stage")
    assert waves.Waves(tmp_path / "stage").path(tmp_path / "stage") is None


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


def test_killed_before_the_commit_the_record_is_as_it_was(
    run_acme: Run, surveyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything was ready and the journal not written: no report, no record."""

    def die(path: Path, content: bytes) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_atomically", die)
        with pytest.raises(Killed):
            run_acme(diagnose="shows_a_survey")

    assert not (surveyed / waves.FILE).exists()
    assert not (tmp_path / "reports" / "acme" / "diagnose.pdf").exists()


def test_killed_after_the_commit_the_next_run_begins_with_the_record(
    run_acme: Run, surveyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal was written and nothing moved: whoever takes the folder next first brings record and reports in place."""
    reports = tmp_path / "reports" / "acme"

    def die(target: Path) -> bool:
        if (target / atomic.JOURNAL).exists():
            raise Killed
        return False

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "recover", die)
        patch.setattr("gapkit.runner.publish.shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            run_acme(diagnose="shows_a_survey")
    assert not (surveyed / waves.FILE).exists()
    with staging(reports):
        assert {"2026-02": 7} == closed(surveyed)
        assert (reports / "diagnose.pdf").exists()


def test_the_example_is_left_as_it_is(tmp_path: Path) -> None:
    """A run of the example engagement finds the wave it shows closed already: it writes nothing and says nothing."""
    eng = gk.load("northwind", phase="diagnose")
    shown = waves.Waves(eng.folder).shown_in("diagnose", read_survey(eng).closing_record())

    assert ["2026-04"] == list(shown.closed)
    assert ({}, ()) == (shown.stage(tmp_path), shown.notes)
