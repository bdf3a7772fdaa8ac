from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from rich.progress import Progress as Bars

import gapkit
from gapkit.cli import main
from gapkit.cli.problems import show_problems
from gapkit.cli.standing import Report, describe, read_reports
from gapkit.config import EngagementConfig, load_config
from gapkit.errors import Problem
from gapkit.runner.orders import NOTEBOOKS
from gapkit.runner.progress import Live
from gapkit.vocabulary import PHASES

FIXTURES = Path(__file__).parent / "runner" / "notebooks"
SETTINGS = "client: {}\nas_of: 2026-03-31\ntz: Europe/Berlin\ncurrency: EUR\nstarted_on: 2026-01-05\n"
PROGRAMS = "program_id,type,team,status\np1,campaign,Brand,delivered\np2,event,Brand,in_progress\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one engagement and a notebook of the fixtures standing in for each phase."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    for phase, name in (
        ("diagnose", "freezes_a_baseline"),
        ("redesign", "shows_phase_data"),
        ("measure", "has_nothing_to_measure"),
    ):
        shutil.copy(FIXTURES / f"{name}.ipynb", tmp_path / "notebooks" / NOTEBOOKS[phase])
    add_engagement(tmp_path, "acme")
    return tmp_path


def add_engagement(place: Path, name: str, programs: str = PROGRAMS) -> Path:
    folder = place / "engagements" / name
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.yml").write_text(SETTINGS.format(name.title()), encoding="utf-8")
    (folder / "data" / "programs.csv").write_text(programs, encoding="utf-8")
    return folder


def gapkit_says(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_gapkit_alone_prints_help() -> None:
    """Someone who types the name is told what there is."""
    result = gapkit_says()

    assert 0 == result.exit_code
    assert {"check", "lab", "new", "run", "status"} <= set(result.output.split())


def test_version_is_that_of_the_package() -> None:
    """The command and the package agree."""
    assert f"gapkit, version {gapkit.__version__}\n" == gapkit_says("--version").output


def test_module_runs_as_the_command() -> None:
    """python -m gapkit does the same, where scripts are not on the path."""
    said = subprocess.run([sys.executable, "-m", "gapkit", "--help"], capture_output=True, text=True, check=True)

    assert said.stdout.startswith("Usage: gapkit ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "acme", "--all"),
        ("run", "acme", "--phase", "diagnosis"),
        ("run", "acme", "--as-of", "31.03.2026"),
        ("run", "acme", "--jobs", "0"),
        ("new", "acme2", "--scale", "tiny"),
        ("new", "acme", "--survey", "--scale", "mid"),
        ("new", "nobody", "--survey"),
        ("chekc", "acme"),
    ],
)
def test_wrong_call_is_status_2(place: Path, arguments: tuple[str, ...]) -> None:
    """A call that cannot be meant is refused before anything is done."""
    result = gapkit_says(*arguments)

    assert 2 == result.exit_code
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [("check",), ("run",), ("status",), ("lab",)])
def test_unknown_engagement_is_status_2(place: Path, command: tuple[str, ...]) -> None:
    """The message says what was looked for and what there is."""
    result = gapkit_says(*command, "amce")

    assert 2 == result.exit_code
    assert "amce" in result.stderr
    assert "acme" in result.stderr


def test_problems_are_counted_and_listed_at_once(place: Path) -> None:
    """Each problem stands on its line with place, value, what is allowed and what to do; there is no traceback."""
    add_engagement(place, "bad", "program_id,type,team,status\np1,campaign,Brand,Finito\np1,event,,delivered\n")
    result = gapkit_says("check", "bad")
    lines = result.stderr.splitlines()

    assert 2 == result.exit_code
    assert f"{len(lines) - 1} problems in the input" == lines[0]
    assert any("programs.csv, row 2" in line and "Finito" in line and "allowed: " in line for line in lines)
    assert "Traceback" not in result.output


def test_problems_are_a_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of place, value or remedy is cut off, however narrow the terminal."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    show_problems(
        [Problem("unknown status", "data/programs_of_the_whole_year.csv", row=7, column="status", value="Finito")]
    )
    said = capsys.readouterr().err

    assert said.startswith("1 problem in the input\n")
    assert all(word in said for word in ("Where", "Allowed", "Finito"))
    assert "…" not in said


def test_new_makes_a_folder_once(place: Path) -> None:
    """A folder that exists is never written over."""
    assert 0 == gapkit_says("new", "fresh").exit_code
    assert (place / "engagements" / "fresh" / "engagement.yml").exists()
    assert 2 == gapkit_says("new", "fresh").exit_code


def test_new_with_a_tracker_asks_for_its_export(place: Path) -> None:
    """The page of the tool goes into the data request; a tool nobody knows is refused with the known ones."""
    made, unknown = gapkit_says("new", "bolt", "--tracker", "trello"), gapkit_says("new", "nut", "--tracker", "yira")

    assert (0, 2) == (made.exit_code, unknown.exit_code)
    assert "## Trello" in (place / "engagements" / "bolt" / "data-request.md").read_text(encoding="utf-8")
    assert "yira" in unknown.output
    assert not (place / "engagements" / "nut").exists()


def test_a_folder_just_made_is_one_to_be_filled(place: Path) -> None:
    """Checked at once it is no mistake: what is empty stands in one line, and what to do in the next."""
    gapkit_says("new", "fresh")
    result = gapkit_says("check", "fresh")

    assert (0, "") == (result.exit_code, result.stderr)
    empty = "The tables programs, status_events, stage_visits and observations have a header and no rows"
    assert [
        "fresh: Fresh, nothing to read yet",
        f"  {empty}; they count as absent.",
        f"  Put the client's exports into {place / 'engagements/fresh/data'}; data-request.md says what to ask for.",
    ] == result.output.splitlines()


def test_empty_templates_are_one_line_of_a_check(place: Path) -> None:
    """Beside real programs the templates nobody has filled are named together, and not listed among what was read."""
    gapkit_says("new", "fresh")
    (place / "engagements" / "fresh" / "data" / "programs.csv").write_text(PROGRAMS, encoding="utf-8")
    output = gapkit_says("check", "fresh").output

    assert 1 == output.count("header and no rows")
    assert "data/stage_visits.csv" not in output
    assert "data/programs.csv" in output


def test_new_survey_writes_the_forms_alone(place: Path) -> None:
    """In a folder that is there; what was written, what stays and what cannot be asked is said."""
    gapkit_says("new", "fresh")
    form = place / "engagements" / "fresh" / "survey" / "questionnaire.md"
    form.write_text("mine", encoding="utf-8")
    result = gapkit_says("new", "fresh", "--survey")

    assert 0 == result.exit_code
    assert "Left as you have changed it: survey/questionnaire.md" in result.output
    assert "Wrote survey/questionnaire.csv, " in result.output
    assert "Not asked: the team. data/people.csv" in result.output
    assert "mine" == form.read_text(encoding="utf-8")


def test_check_says_what_was_read_and_what_is_absent(place: Path) -> None:
    """Rows, columns, checks, reliability of each figure, and what absent tables would switch on."""
    result = gapkit_says("check", "acme")

    assert 0 == result.exit_code
    for expected in ("→ programs, 2 of 2 rows used", "Checks", "execution rate: ", "stage_visits: "):
        assert expected in result.output


def test_check_reads_the_decisions_too(place: Path) -> None:
    """What is wrong in decisions.yml comes with its line, beside what is wrong in the data, before a redesign is run."""
    decisions = place / "engagements" / "acme" / "decisions.yml"
    decisions.write_text("slas:\n  legal: {status: perhaps}\nmoods: {}\n", encoding="utf-8")
    alone = gapkit_says("check", "acme")
    (place / "engagements" / "acme" / "data" / "programs.csv").write_text(
        "program_id,type,team,status\np1,campaign,Brand,Finito\n", encoding="utf-8"
    )
    both = gapkit_says("check", "acme")

    assert (2, 2) == (alone.exit_code, both.exit_code)
    assert "Checks" in alone.output
    assert "2 problems" in alone.stderr
    assert "3 problems" in both.stderr
    assert all(word in both.stderr for word in ("Finito", "perhaps", "moods"))


def test_run_writes_reports_and_says_where(place: Path) -> None:
    """A phase without data is told in one line and is no failure."""
    result = gapkit_says("run", "acme")

    assert 0 == result.exit_code
    assert "acme, measure: skipped — No measure window is set." in result.output.splitlines()
    assert f"acme, diagnose: {Path('reports') / 'acme' / 'diagnose.pdf'}" in result.output.splitlines()
    assert (place / "reports" / "acme" / "diagnose.pdf").exists()


def test_one_bad_engagement_does_not_stop_the_others(place: Path) -> None:
    """Side by side in processes, each ends for itself; wrong input alone is status 2."""
    add_engagement(place, "bad", "program_id,type,team,status\np1,campaign,Brand,Finito\n")
    result = gapkit_says("run", "--all", "--jobs", "2", "--phase", "diagnose")

    assert 2 == result.exit_code
    assert (place / "reports" / "acme" / "diagnose.pdf").exists()
    assert "1 problem in the input of bad" in result.stderr
    assert "acme: done" in result.output


def test_failed_cell_is_status_1(place: Path) -> None:
    """A failed run outweighs wrong input; the cell and its code are named."""
    add_engagement(place, "bad", "program_id,type,team,status\np1,campaign,Brand,Finito\n")
    shutil.copy(FIXTURES / "fails_in_third_cell.ipynb", place / "notebooks" / NOTEBOOKS["redesign"])
    result = gapkit_says("run", "acme", "bad", "--phase", "redesign", "--out", "elsewhere")

    assert 1 == result.exit_code
    assert "acme, redesign, cell 3: ZeroDivisionError: division by zero" in result.stderr
    assert "    numerator / 0" in result.stderr
    assert (place / "elsewhere" / "acme" / "failed" / "redesign.ipynb").exists()


def test_run_outside_a_workbook_names_what_is_missing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without notebooks there is nothing to run, and the message says where they were looked for."""
    monkeypatch.setattr("gapkit.runner.WORKING_TREE", place / "nowhere")
    shutil.rmtree(place / "notebooks")
    result = gapkit_says("run", "acme")

    assert 2 == result.exit_code
    assert str(place / "notebooks") in result.stderr


def test_status_counts_days_and_says_what_is_due(place: Path) -> None:
    """Day 40 of 90 with a diagnosis made: the redesign is due at day 60."""
    (place / "reports" / "acme").mkdir(parents=True)
    (place / "reports" / "acme" / "diagnose.json").write_text(json.dumps({"as_of": "2026-02-03"}))
    result = gapkit_says("status", "acme", "--today", "2026-02-13")

    assert [
        "acme: Acme, day 40 of 90 (redesign)",
        "  diagnose  report as of 3 February 2026",
        "  redesign  no report yet",
        "  measure   no report yet",
        "  next: the redesign report, due on 5 March 2026 (in 20 days)",
    ] == result.output.splitlines()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-02-03", "next: the diagnose report, due on 3 February 2026 (today)"),
        ("2026-02-04", "next: the diagnose report, due on 3 February 2026 (1 day overdue)"),
        ("2026-04-06", "acme: Acme, day 92, the 90 days are over"),
        ("2026-01-01", "acme: Acme, begins on 5 January 2026"),
    ],
)
def test_status_at_the_edges(place: Path, today: str, expected: str) -> None:
    """Day 30 is the last of the diagnosis; before day 1 and after day 90 are said as such."""
    assert expected in [line.strip() for line in gapkit_says("status", "--today", today).output.splitlines()]


def test_nothing_is_due_when_all_reports_are_there(place: Path) -> None:
    """Damaged or foreign files are no reports; three good ones leave nothing to do."""
    config = load_config(place / "engagements" / "acme")
    for phase in NOTEBOOKS:
        (place / f"{phase}.json").write_text('{"as_of": "2026-03-31"}')
    reports = read_reports(place, config.started_on)
    (place / "measure.json").write_text("[]")

    assert "  next: nothing is due, all reports are there" == describe("acme", config, reports, dt.date(2026, 4, 1))[-1]
    assert read_reports(place, config.started_on)[-1].as_of is None


def test_lab_copies_the_notebooks_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copies are set to their engagement, without outputs, and the analyst's changes stay."""
    calls: list[tuple[list[str], Path]] = []

    def pretend(command: list[str], cwd: Path, check: bool) -> subprocess.CompletedProcess[str]:
        calls.append((command, cwd))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("gapkit.cli.lab.subprocess.run", pretend)
    lab = place / "engagements" / "acme" / "lab"
    gapkit_says("lab", "acme", "--no-browser")
    (lab / NOTEBOOKS["measure"]).write_text("changed")
    result = gapkit_says("lab", "acme")
    parameters = nbformat.read(lab / NOTEBOOKS["diagnose"], as_version=4).cells[1].source

    assert 0 == result.exit_code
    assert 'engagement = ".."' in parameters
    assert "changed" == (lab / NOTEBOOKS["measure"]).read_text()
    assert [
        ([sys.executable, "-m", "jupyterlab", "--no-browser"], lab),
        ([sys.executable, "-m", "jupyterlab"], lab),
    ] == calls


def test_lab_without_a_name_opens_the_notebooks(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first argument that is an option is JupyterLab's, not a name."""
    calls: list[Path] = []
    monkeypatch.setattr(
        "gapkit.cli.lab.subprocess.run",
        lambda command, cwd, check: calls.append(cwd) or subprocess.CompletedProcess(command, 3),
    )

    assert 3 == gapkit_says("lab", "--no-browser").exit_code
    assert [place / "notebooks"] == calls


def test_progress_on_a_terminal_names_the_step() -> None:
    """The step shown is the latest, with its seconds, under the lines that are finished."""
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with Bars("{task.description} {task.fields[step]}", console=console) as bars:
        live = Live(bars)
        live.step("acme", "diagnose, cell 1 of 9")
        live.step("acme", "diagnose, cell 2 of 9")
        shown = [task.fields["step"] for task in bars.tasks]
        live.line("acme: [done]")
        live.end("acme")

    assert (["diagnose, cell 2 of 9"], []) == (shown, bars.tasks)
    assert "acme: [done]" in console.file.getvalue()  # type: ignore[attr-defined]


def test_status_asks_for_the_window_before_the_measurement() -> None:
    """Without a measure window the measure report cannot come; what is due next is the window."""
    config = EngagementConfig("Acme", dt.date(2026, 6, 30), "UTC", "USD")
    reports = tuple(Report(phase, dt.date(2026, 6, 30) if phase != "measure" else None, None) for phase in PHASES)

    lines = describe("acme", config, reports, dt.date(2026, 7, 1))

    assert "  next: agree on the measure window (measure_start and measure_end in engagement.yml)" == lines[-1]


def test_check_names_a_window_that_will_measure_nothing(place: Path) -> None:
    """No whole quarter for the execution rate, and a beginning before the freeze: said while both can be moved."""
    settings = place / "engagements" / "acme" / "engagement.yml"
    agreed = "primary: execution_rate\nmeasure_start: 2026-01-20\nmeasure_end: 2026-03-31\n"
    quiet = gapkit_says("check", "acme")
    settings.write_text(settings.read_text(encoding="utf-8") + agreed, encoding="utf-8")
    told = gapkit_says("check", "acme")

    assert "To settle in engagement.yml" not in quiet.output
    assert 0 == told.exit_code
    assert "  The measure window, 20 January to 31 March 2026, holds no whole quarter" in told.output
    assert "begins on 20 January 2026, before the yardstick is frozen (3 February 2026)" in told.output


def test_check_names_a_damaged_baseline(place: Path) -> None:
    """Before a measurement needs it, beside what the data says."""
    (place / "engagements" / "acme" / "baseline.json").write_text("{", encoding="utf-8")
    result = gapkit_says("check", "acme")

    assert 2 == result.exit_code
    assert "Checks" in result.output
    assert "baseline.json" in result.stderr
