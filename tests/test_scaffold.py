from __future__ import annotations

import csv
import datetime as dt
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from gapkit import config, scaffold, schema
from gapkit.errors import InputError
from gapkit.intake.formats import FORMATS
from gapkit.interview import interview_guide
from gapkit.scaffold import new_engagement, write_forms
from gapkit.survey import forms

ROOT = Path(__file__).parents[1]
TODAY = dt.date(2026, 4, 30)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_plain_name_lands_under_engagements(here: Path) -> None:
    """A consultant names the client and finds the folder where all engagements lie."""
    folder = new_engagement("acme", today=TODAY)

    assert Path("engagements/acme") == folder
    expected = {"engagement.yml", "data", "templates", "data-request.md", "survey", "interview-guide.md", "commentary"}
    assert expected == {path.name for path in folder.iterdir()}


def test_a_path_is_taken_as_it_is(here: Path) -> None:
    """With a slash, or as a Path, the place is the caller's."""
    assert Path("clients/acme") == new_engagement("clients/acme", today=TODAY)
    assert (here / "acme") == new_engagement(here / "acme", today=TODAY)


def test_the_settings_are_valid_as_they_stand(here: Path) -> None:
    """A fresh folder can be checked at once; only the four required entries and the scale are set."""
    expected = config.EngagementConfig("Acme Corp", TODAY, "UTC", "USD", scale="smb")

    assert expected == config.load_config(new_engagement("acme-corp", "smb", today=TODAY))


def test_without_a_scale_it_is_left_to_be_derived(here: Path) -> None:
    """The template sets no scale nobody chose."""
    assert config.load_config(new_engagement("acme", today=TODAY)).scale is None


@pytest.mark.parametrize("name", ["Müller & Söhne", "no", "acme's", "a #c", "2026", "@x"])
def test_any_client_name_survives_yaml(here: Path, name: str) -> None:
    """Names that YAML would misread are quoted."""
    assert name.title() == config.load_config(new_engagement(name, today=TODAY)).client


def test_every_default_shown_is_the_default(here: Path) -> None:
    """With every commented entry switched on the file is still valid, and the thresholds it shows are the method's."""
    folder = new_engagement("acme", today=TODAY)
    (folder / "logo.svg").write_text("<svg/>")
    file = folder / "engagement.yml"
    file.write_text(re.sub(r"^#(?=\S|  )(?!#)", "", file.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")

    whole = config.load_config(folder)

    assert () == whole.changed_settings()
    assert 3 == len(whole.sources)
    assert whole.started_on == TODAY
    assert whole.baseline_quarters == config.EngagementConfig("Acme", TODAY, "UTC", "USD").baseline_quarters


def test_every_entry_of_the_settings_is_explained(here: Path) -> None:
    """No entry that can be set is missing from the template."""
    text = (new_engagement("acme", today=TODAY) / "engagement.yml").read_text(encoding="utf-8")
    entries = [
        item.name.removeprefix("given_") for kind in (config.EngagementConfig, config.Settings) for item in fields(kind)
    ]

    assert [] == [entry for entry in entries if not re.search(rf"^#?\s*{entry}:", text, flags=re.M)]


def test_every_table_has_an_empty_file_with_its_header(here: Path) -> None:
    """The first tables and the consultant's own wait in data/, all others in templates/; Excel reads the headers well."""
    folder = new_engagement("acme", today=TODAY)
    found = {path.stem: path for place in ("data", "templates") for path in (folder / place).glob("*.csv")}

    assert set(schema.TABLES) == set(found)
    assert {*scaffold.FIRST_TABLES, "observations"} == {path.stem for path in (folder / "data").glob("*.csv")}
    for name, path in found.items():
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert [[field.name for field in schema.TABLES[name].fields()]] == list(csv.reader(file))
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_documents_name_every_table(here: Path) -> None:
    """What each table switches on is said for all of them, and how to ask for all but the consultant's own notes."""
    folder = new_engagement("acme", today=TODAY)
    readme, request = ((folder / name).read_text(encoding="utf-8") for name in ("data/README.md", "data-request.md"))

    for table in schema.TABLES.values():
        assert f"`{table.name}` | {table.purpose} | {table.switches_on} |" in readme
        assert (table.name != "observations") == (table.ask in request)
        assert (table.name != "observations") == (f"It switches on: {table.switches_on}." in request)


def test_commentary_slots_are_those_of_the_notebooks(here: Path) -> None:
    """A comment is promised exactly where a notebook prints one."""
    printed = set()
    for path in sorted((ROOT / "notebooks").glob("[123]_*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            printed |= set(re.findall(r'commentary\(eng, "(\w+)", "(\w+)"\)', "".join(cell["source"])))
    text = (new_engagement("acme", today=TODAY) / "commentary/README.md").read_text(encoding="utf-8")

    assert {(phase, slot) for phase, slots in scaffold.SLOTS.items() for slot in slots} == printed
    assert all(f"`{phase}/{slot}.md`" in text for phase, slot in printed)


def test_the_request_says_what_to_click_in_the_clients_tool(here: Path) -> None:
    """A tracker's page stands in the data request, its headings below the request's own; once, however often named."""
    plain = (new_engagement("plain", today=TODAY) / "data-request.md").read_text(encoding="utf-8")
    folder = new_engagement("acme", trackers=["trello", "gitlab", "trello"], today=TODAY)
    text = (folder / "data-request.md").read_text(encoding="utf-8")

    assert ["## Trello", "## GitLab"] == [line for line in text.splitlines() if line in ("## Trello", "## GitLab")]
    assert "### What to click" in text
    assert "What to click" not in plain
    assert not [line for line in text.splitlines()[1:] if line.startswith("# ")]


def test_every_format_has_its_page(here: Path) -> None:
    """A page for each tracker read, none for others; what stands in it can be printed into a request."""
    pages = scaffold.tracker_pages()

    assert {each.tracker for each in FORMATS} == set(pages)
    for name, page in pages.items():
        assert page.startswith("# "), name
        assert "$" not in page, name


def test_an_unknown_tracker_is_refused_and_the_known_ones_named(here: Path) -> None:
    """All of the call's at once; nothing is written."""
    with pytest.raises(InputError) as refused:
        new_engagement("acme", trackers=["yira", "trello", "trellis"], today=TODAY)

    assert ["yira", "trellis"] == [problem.value for problem in refused.value.problems]
    assert "jira, " in refused.value.problems[0].allowed
    assert [] == list(here.iterdir())


def test_an_existing_folder_is_never_touched(here: Path) -> None:
    """Neither an engagement nor an empty folder is overwritten."""
    folder = new_engagement("acme", today=TODAY)
    (folder / "engagement.yml").write_text("mine")

    with pytest.raises(InputError, match="exists already"):
        new_engagement("acme", today=TODAY)

    assert "mine" == (folder / "engagement.yml").read_text()
    (here / "empty").mkdir()
    with pytest.raises(InputError, match="exists already"):
        new_engagement(here / "empty", today=TODAY)


@pytest.mark.parametrize("name", ["", " ", ".", "..", ".hidden", "a|b", "engagements/.."])
def test_impossible_names_are_refused(here: Path, name: str) -> None:
    """A name no folder can bear, or that would hide it, is refused before anything is written."""
    with pytest.raises(InputError, match="not a name a folder can have"):
        new_engagement(name, today=TODAY)

    assert [] == list(here.iterdir())


def test_an_unknown_scale_is_refused(here: Path) -> None:
    """The allowed scales are named."""
    with pytest.raises(InputError, match="smb, mid, enterprise"):
        new_engagement("acme", "huge", today=TODAY)


def test_a_failure_half_way_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder appears whole or not at all."""

    def fill_the_disk(folder: Path, files: dict[str, bytes]) -> None:
        folder.mkdir()
        (folder / "engagement.yml").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scaffold, "_write", fill_the_disk)

    with pytest.raises(InputError, match="No space left on device"):
        new_engagement("acme", today=TODAY)

    assert [] == list((here / "engagements").iterdir())


def test_a_place_that_cannot_be_written_is_told(here: Path) -> None:
    """A file where a folder should be gives a problem, not a traceback."""
    (here / "engagements").write_text("")

    with pytest.raises(InputError, match="cannot be written"):
        new_engagement("acme", today=TODAY)


def test_the_survey_can_be_sent_as_it_stands(here: Path) -> None:
    """No place is left to be filled in where a respondent reads; the files are those of the survey, bytes and all."""
    folder = new_engagement("acme-corp", today=TODAY)
    made = forms("Acme Corp")

    for path, content in made.items():
        written = (folder / path).read_bytes()
        assert (content if isinstance(content, bytes) else content.encode()) == written.removeprefix(b"\xef\xbb\xbf")
    assert (folder / "survey/questionnaire.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "[" not in (folder / "survey/questionnaire.csv").read_text(encoding="utf-8-sig")
    assert interview_guide("Acme Corp") == (folder / "interview-guide.md").read_text(encoding="utf-8")


PEOPLE = "person_id,role,team,function,level,leadership\n" + "".join(
    f"H{at},writer,{team},marketing,2,no\n" for at, team in enumerate(["Brand"] * 10 + ["Web"] * 9)
)


def test_forms_follow_what_becomes_known(here: Path) -> None:
    """Table after table comes in and the client gets its name: the forms ask about each, as nobody has edited them."""
    folder = new_engagement("acme", today=TODAY)
    form = folder / "survey" / "questionnaire.csv"
    steps = {
        "people.csv": (PEOPLE, "Brand; Another team"),
        "priorities.csv": ("priority_id,label\nPR1,Grow\nPR2,Save\n", "RANK_PR2"),
        "codebook.csv": ("question,code,label\nQ1,A,members\nQ1,B,families\n", "members; families"),
    }
    for file, (text, asked) in steps.items():
        (folder / "data" / file).write_text(text, encoding="utf-8")
        found = write_forms(folder)

        assert () == found.left
        assert asked in form.read_text(encoding="utf-8-sig")
    settings = (folder / "engagement.yml").read_text(encoding="utf-8")
    (folder / "engagement.yml").write_text(settings.replace("client: Acme", "client: ACME & Co"), encoding="utf-8")

    assert ((), ()) == (write_forms(folder).left, found.choices.missing)
    assert "ACME & Co" in (folder / "survey/invitation.md").read_text(encoding="utf-8")


def test_a_form_that_was_edited_stays(here: Path) -> None:
    """The consultant's words are never written over; deleted, the form comes anew."""
    folder = new_engagement("acme", today=TODAY)
    invitation = folder / "survey" / "invitation.md"
    invitation.write_text("mine", encoding="utf-8")
    (folder / "data" / "people.csv").write_text(PEOPLE, encoding="utf-8")
    found = write_forms(folder)

    assert (("survey/invitation.md",), "mine") == (found.left, invitation.read_text(encoding="utf-8"))
    assert "Brand" in (folder / "survey" / "questionnaire.md").read_text(encoding="utf-8")
    assert ["the order of the priorities", "the four questions as a choice"] == [what for what, _ in found.choices.missing]
    invitation.unlink()
    assert () == write_forms(folder).left
    assert "Invitation" in invitation.read_text(encoding="utf-8")


def test_a_wrong_table_is_refused_before_any_form_is_written(here: Path) -> None:
    """A problem in what the forms rest on is told; one elsewhere, such as the missing programs, does not matter."""
    folder = new_engagement("acme", today=TODAY)
    before = (folder / "survey/questionnaire.csv").read_bytes()
    (folder / "data" / "priorities.csv").write_text("priority_id,label,from\nPR1,Grow,soon\n", encoding="utf-8")

    with pytest.raises(InputError, match="soon"):
        write_forms(folder)
    assert before == (folder / "survey/questionnaire.csv").read_bytes()
