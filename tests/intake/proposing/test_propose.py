from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.config import Source, load_config
from gapkit.config.edit import add_source
from gapkit.intake import Intake
from gapkit.intake.finding.detect import Detection
from gapkit.intake.finding.export import Extract, Format, Part
from gapkit.intake.proposing.columnwords import known_names
from gapkit.intake.proposing.propose import propose, propose_flat
from gapkit.intake.reading.files import read_file
from gapkit.intake.reading.records import Sheet

HEAD = "client: Acme\nas_of: 2026-06-30\ntz: America/New_York\ncurrency: USD\n"
FORMAT = Format("gitlab-csv", "GitLab CSV", "gitlab", lambda seen: (), lambda exports, source: Extract(()))
DETECTION = Detection(FORMAT, ("State",), "looks like GitLab CSV: State")
FIELDS = {"program_id": "Key", "name": "Title", "status": "State", "type": "Kind", "team": "Squad", "owners_now": "Who",
          "first_seen_on": "Created", "current_end": "Due"}  # fmt: skip
COLUMNS = (*FIELDS.values(), "Launch")


def extract(*rows: tuple[str | None, ...], meanings: dict[str, dict[str, str]] | None = None) -> Extract:
    cells = pd.DataFrame(list(rows), columns=range(len(COLUMNS)), dtype="str")
    return Extract((Part("programs", Sheet("data/a.csv", "", "csv", COLUMNS, cells), FIELDS),), meanings or {})


ROWS = (
    ("1", "Spring", "Doing", "Newsletter", "Web", "Ana", "2026-01-02", "2026-03-01", "2026-03-05"),
    ("2", "Fair", "Zorg", "Epic", "Web", "Bob;Ana", "2026-01-03", "2026-04-01", "2026-04-05"),
    ("3", "Site", "Closed", None, "Ops", None, "2026-01-04", None, None),
)


def test_an_entry_holds_all_that_was_seen() -> None:
    """File, format, why, words with counts and meanings, and the questions where their answers go."""
    proposal = propose("data/a.csv", DETECTION, extract(*ROWS, meanings={"Closed": {"status": "delivered"}}), Source())

    assert (
        """# looks like GitLab CSV: State.
# Proposed by gapkit check: confirm each line, and answer what ends in a question mark.
file: "data/a.csv"
format: gitlab-csv
#fields:
#  baseline_end: "Due"  # the date first promised? or "Launch" (2)
#  committed_at: "Created"  # is a program promised on the day it is entered? if not, leave this out
statuses:
  "Doing": {status: in_progress, stage: "Doing", kind: work}  # 1 row
  "Closed": delivered  # 1 row
  "Zorg":  # 1 row: what does it mean?
types:
  "Epic": other  # 1 row: which sort of work is it?
  "Newsletter": email  # 1 row
teams:
  "Web": "Web"  # 2 rows
  "Ops": "Ops"  # 1 row
# 2 owners seen: "Ana" (2), "Bob" (1)
"""
        == proposal.text
    )
    assert {"status": {"Closed": 1, "Doing": 1, "Zorg": 1}, "type": {"": 1, "Epic": 1, "Newsletter": 1},
            "team": {"Web": 2, "Ops": 1}, "owner": {"Ana": 2, "Bob": 1}} == proposal.seen  # fmt: skip


def test_questions_are_asked_together_where_they_are_the_same() -> None:
    """One sentence for all words of which the same is asked, with the counts."""
    rows = [(*ROWS[0][:2], f"Zorg {n}", *ROWS[0][3:]) for n in range(20)]
    questions = propose("data/a.csv", DETECTION, extract(*rows), Source()).questions

    assert 1 == sum(question.startswith("statuses:") for question in questions)
    assert any(question.endswith("… and 12 more: what does it mean?") for question in questions)


def test_statuses_are_never_cut_types_and_teams_are() -> None:
    """Every figure rests on the statuses; a long tail of types and teams is counted."""
    rows = [(str(n), "x", f"S{n}", f"T{n}", f"Q{n}", None, None, None, None) for n in range(72)]
    text = propose("data/a.csv", DETECTION, extract(*rows), Source()).text

    assert 72 == text.count('  "S')
    assert (60, 60) == (text.count('  "T'), text.count('  "Q'))
    assert 2 == text.count("# … and 12 more, 12 rows: they stay unmapped")


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12) | st.sampled_from(
    ["Done", "null", "yes", "- a", "# b", "{", "a: b", "'", '"', "1"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(words, words, words, words), min_size=1, max_size=5))
def test_whatever_a_client_writes_can_be_read_back(tmp_path: Path, seen: list[tuple[str, str, str, str]]) -> None:
    """The entry of any words is an engagement.yml that loads, with a meaning or an open line for every status."""
    rows = [(str(n), name, state, kind, team, name, None, None, None) for n, (name, state, kind, team) in enumerate(seen)]
    proposal = propose('data/a"b.csv', DETECTION, extract(*rows), Source())
    text = add_source(HEAD, proposal.text)
    (tmp_path / "engagement.yml").write_text(text, encoding="utf-8")
    (source,) = load_config(tmp_path).sources
    (entry,) = yaml.load(text, Loader=yaml.BaseLoader)["sources"]
    told = {key: set(proposal.seen[key]) - {"", "*", "(blank)"} for key in ("status", "type", "team")}

    assert ('data/a"b.csv', "gitlab-csv") == (source.file, source.format)
    assert told["status"] == set(entry["statuses"]) - {"(blank)"} if told["status"] else True
    assert set(source.statuses) <= told["status"]
    assert (told["type"], told["team"]) == (set(source.types), set(source.teams))


def flat(folder: Path, file: str) -> Sheet:
    return read_file(folder / file, file, known_names())


def test_an_unknown_file_is_mapped_by_the_names_of_its_columns(
    write: Callable[..., Path], read: Callable[..., Intake]
) -> None:
    """The guess is marked as such, and once its open lines are answered the file is read with it."""
    rows = [
        ["Plan of June"],
        ["Nr", "Kampagne", "Zustand", "Abteilung", "Fällig am"],
        [7, "Frühling", "Erledigt", "Web", "2026-03-01"],
    ]
    folder = write({"data/plan.xlsx": {"Plan": rows}})
    proposal = propose_flat("data/plan.xlsx", flat(folder, "data/plan.xlsx"), Source(file="data/plan.xlsx"))

    assert proposal is not None
    assert proposal.text.startswith(
        "# No format is known for this file: what its columns are is guessed from their names.\n"
    )
    assert 'sheet: "Plan"' in proposal.text
    yml = add_source(HEAD, proposal.text).removeprefix(HEAD)
    intake = read({"data/plan.xlsx": {"Plan": rows}}, yml)
    assert () == intake.problems
    assert [("7", "Frühling", "delivered", "Web", "other")] == list(
        intake.tables["programs"][["program_id", "name", "status", "team", "type"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Campaign,Status,Deadline\na,b,2026-01-01\nc,d,\n", "no column is called an id: is this name never used twice?"),
        ("ID,Status,Deadline\n1,b,2026-01-01\n1,d,\n", "2 rows hold 1 value: is this a list of programs at all?"),
    ],
)
def test_a_doubtful_id_is_asked(write: Callable[..., Path], text: str, asked: str) -> None:
    """Without an id the name is taken; an id that repeats may be no list of programs."""
    sheet = flat(write({"data/a.csv": text}), "data/a.csv")
    proposal = propose_flat("data/a.csv", sheet, Source(file="data/a.csv"))

    assert proposal is not None
    assert asked == proposal.questions[0]
    assert asked in proposal.text


@pytest.mark.parametrize("text", ["Name,Colour\na,b\n", "Status,Team,Deadline\na,b,2026-01-01\n"])
def test_too_little_is_no_list_of_programs(write: Callable[..., Path], text: str) -> None:
    """A file of which hardly a column is known is not guessed at."""
    sheet = flat(write({"data/a.csv": text}), "data/a.csv")

    assert propose_flat("data/a.csv", sheet, Source(file="data/a.csv")) is None
