from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import load_config
from gapkit.intake.finding.unlisted import MissingWords, Unlisted, find_missing_words, find_unlisted

GITLAB = "Title,Issue ID,URL,State,Author Username,Assignee,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC)\n"
ROW = "{title},1,https://x/{id},{state},ana,Ana,,2026-01-02 08:00:00,2026-01-03 08:00:00,\n"
PROGRAMS = "program_id,name,type,team,status\nP1,Spring,web,Web,delivered\n"


def gitlab(*rows: tuple[str, str]) -> str:
    return GITLAB + "".join(ROW.format(title=title, id=number, state=state) for number, (title, state) in enumerate(rows))


def board(name: str) -> str:
    cards = [{"id": "5d6d0a3f0000000000000001", "name": "Card", "idList": "l1", "idMembers": [], "closed": False}]
    return json.dumps({"id": name, "name": name, "lists": [{"id": "l1", "name": "Doing"}], "cards": cards, "members": [],
                       "actions": [], "labelNames": {}, "idOrganization": None})  # fmt: skip


def unlisted(folder: Path) -> dict[str, Unlisted]:
    return {each.file: each for each in find_unlisted(folder, load_config(folder))}


def test_a_trackers_export_is_proposed(write: Callable[..., Path]) -> None:
    """What nobody asks for is recognised, with the reason, and an entry for it; what is read already is left out."""
    folder = write({"data/programs.csv": PROGRAMS, "data/issues.csv": gitlab(("Fair", "Open"), ("Site", "Zorg"))})
    found = unlisted(folder)

    assert ["data/issues.csv"] == list(found)
    assert found["data/issues.csv"].reason.startswith("looks like GitLab CSV: Issue ID, Author Username,")
    proposal = found["data/issues.csv"].proposal
    assert proposal is not None
    assert 'file: "data/issues.csv"\nformat: gitlab-csv\n' in proposal.text
    assert {"Open": 1, "Zorg": 1} == proposal.seen["status"]


def test_listed_files_are_left_out(write: Callable[..., Path]) -> None:
    """A source, the dated exports of it, notes and hidden files need no proposal."""
    files = {
        "data/issues.csv": gitlab(("Fair", "Open")),
        "data/snapshots/2026-01-05/issues.csv": gitlab(("Fair", "Open")),
        "data/README.md": "x",
        "data/.hidden.csv": "x",
        "data/~$issues.xlsx": "x",
    }

    assert {} == unlisted(write(files, "sources:\n  - file: data/issues.csv\n    format: gitlab-csv\n"))


def test_a_dated_export_alone_is_proposed_under_its_present_name(write: Callable[..., Path]) -> None:
    """The last of several days shows what is in it; the file itself need not lie in data/."""
    folder = write(
        {
            "data/snapshots/2026-01-05/issues.csv": gitlab(("Fair", "Open")),
            "data/snapshots/2026-02-05/issues.csv": gitlab(("Fair", "Zorg")),
        }
    )
    (found,) = unlisted(folder).values()

    assert "data/issues.csv" == found.file
    assert found.proposal is not None
    assert {"Zorg": 1} == found.proposal.seen["status"]


def test_files_of_one_format_in_a_folder_are_one_source(write: Callable[..., Path]) -> None:
    """As are several answers in JSON beside each other; a pattern must name these files and no others."""
    files = {f"data/gitlab/{name}.csv": gitlab(("Fair", "Open")) for name in ("a", "b")}
    files |= {f"data/boards-{name}.json": board(name) for name in ("a", "b")}
    files |= {"data/other.json": "{}", "data/x.csv": gitlab(("Fair", "Open")), "data/y.csv": gitlab(("Fair", "Open"))}
    found = unlisted(write(files))

    assert ["data/boards-*.json", "data/gitlab/*.csv", "data/other.json", "data/x.csv", "data/y.csv"] == sorted(found)
    proposal = found["data/boards-*.json"].proposal
    assert proposal is not None
    assert {"a": 1, "b": 1} == proposal.seen["team"]


def test_files_no_pattern_can_name_stay_apart(write: Callable[..., Path]) -> None:
    """Where another file would fit the pattern, each has its own entry."""
    files = {"data/in/a1.json": board("a"), "data/in/a2.json": board("b"), "data/in/a3.json": "{}"}

    assert set(files) == set(unlisted(write(files)))


def test_the_same_program_in_two_files_is_asked(write: Callable[..., Path]) -> None:
    """Names are compared with listed sources and with each other."""
    folder = write(
        {
            "data/programs.csv": PROGRAMS.replace("Spring", "Spring campaign"),
            "data/issues.csv": gitlab(("Spring Campaign", "Open")),
        }
    )
    proposal = unlisted(folder)["data/issues.csv"].proposal

    assert proposal is not None
    assert '#links:\n#  "P1": ["https://x/0"]  # "Spring campaign"' in proposal.text


@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx"])
def test_our_own_columns_under_another_name_are_a_table(write: Callable[..., Path], name: str) -> None:
    """A canonical file with a name of its own only needs to be told which table it is."""
    rows = [line.split(",") for line in PROGRAMS.splitlines()]
    found = unlisted(write({f"data/{name}": {"Plan": rows} if name.endswith("xlsx") else PROGRAMS}))

    proposal = found[f"data/{name}"].proposal
    assert proposal is not None
    assert f'file: "data/{name}"\ntable: programs\n' in proposal.text


def test_a_list_of_programs_is_guessed_and_anything_else_named_with_a_remedy(write: Callable[..., Path]) -> None:
    """Nothing in data/ is passed over in silence, and for each there is something to do."""
    packed = Path("x.zip")
    files = {
        "data/list.csv": "ID;Campaign;Status;Deadline\n1;Fair;Live;2026-01-01\n",
        "data/answers.csv": "A1,A2\n1,2\n",
        "data/scan.pdf": b"%PDF-1.4",
        "data/old.xls": b"\xd0\xcf\x11\xe0",
        "data/plan.db": b"SQLite format 3\x00",
    }
    folder = write(files)
    with zipfile.ZipFile(folder / "data" / packed, "w") as archive:
        archive.writestr("a.txt", "x")
    found = unlisted(folder)

    assert found["data/list.csv"].proposal is not None
    assert "called like those of a list of programs" in found["data/list.csv"].reason
    remedies = {file: each.remedy for file, each in found.items() if each.proposal is None}
    assert 5 == len(remedies)
    assert all(remedies.values())
    assert "url_env" in remedies["data/plan.db"]
    assert "Open it in Excel and save it as .xlsx." == remedies["data/old.xls"]
    assert remedies["data/x.zip"].startswith("Unpack it")


def test_a_damaged_file_says_what_is_wrong_with_it(write: Callable[..., Path]) -> None:
    """Mapping its columns would not help: it is empty, cut off, or of another kind than its name says."""
    cut = board("Plan")[:-20]
    found = unlisted(write({"data/empty.csv": "", "data/cut.json": cut, "data/board.txt": board("Plan")}))

    assert {"cannot be read as it is"} == {each.reason for each in found.values()}
    assert {""} == {each.remedy for each in found.values()}
    assert "the file is empty" == found["data/empty.csv"].problems[0].what
    assert "Give it the ending .json." == found["data/board.txt"].problems[0].remedy
    assert "not valid JSON from row 1 on" == found["data/cut.json"].problems[0].what


def test_an_export_that_cannot_be_read_says_why(write: Callable[..., Path]) -> None:
    """It looks like a tracker's; that its rows are spoilt is told with the place."""
    folder = write({"data/issues.csv": GITLAB + 'a,1,"https://x\n'})
    found = unlisted(folder)["data/issues.csv"]

    assert found.proposal is None
    assert "looks like GitLab CSV" in found.reason
    assert "a quoted cell is not closed" == found.problems[0].what


SOURCE = "sources:\n  - file: data/issues.csv\n    format: gitlab-csv\n"


def test_words_that_sources_lack_are_found(write: Callable[..., Path]) -> None:
    """Every status without an entry, of all days; what has one is left alone."""
    files = {
        "data/issues.csv": gitlab(("Fair", "Open"), ("Site", "Zorg")),
        "data/snapshots/2026-01-05/issues.csv": gitlab(("Fair", "Blurb")),
    }
    folder = write(files, SOURCE + "    statuses: {open: not_started}\n")

    assert [
        MissingWords(
            "data/issues.csv", "statuses", ('"Blurb":  # 1 row: what does it mean?', '"Zorg":  # 1 row: what does it mean?')
        )
    ] == list(find_missing_words(folder, load_config(folder)))


def test_of_a_table_only_foreign_words_are_missing(write: Callable[..., Path]) -> None:
    """What is spelled like the vocabulary needs no mapping; a file that cannot be read is told of elsewhere."""
    yml = "sources:\n  - file: data/plan.csv\n    table: programs\n  - file: data/gone.csv\n    table: goals\n"
    text = PROGRAMS + "P2,Fair,web,Web,Live\nP3,Site,Newsletter,Web,In progress\n"
    folder = write({"data/plan.csv": text}, yml)

    assert [
        ("data/plan.csv", "statuses", ('"Live": delivered  # 1 row',)),
        ("data/plan.csv", "types", ('"Newsletter": email  # 1 row',)),
    ] == [tuple(each) for each in find_missing_words(folder, load_config(folder))]
