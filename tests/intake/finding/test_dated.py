from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.intake.finding.dated import day_in_name, find_dated, share_out, without_day
from gapkit.intake.finding.export import Export

DAY = dt.date(2026, 1, 5)


def exports(*places: str) -> list[Export]:
    return [Export(Path(place), f"data/snapshots/{DAY}/{place}", DAY) for place in places]


def shared(places: list[str], *files: str) -> tuple[dict[str, list[str]], list[str]]:
    """Places below a dated folder by the source that claims them, and those that several could."""
    found, problems = share_out(exports(*places), [Source(file=file) for file in files])
    names = {file: [each.file.removeprefix(f"data/snapshots/{DAY}/") for each in of_one] for file, of_one in found.items()}
    return names, [problem.value or problem.file.rsplit("/", 1)[-1] for problem in problems]


def test_a_dated_folder_is_laid_out_like_data() -> None:
    """Two sources called alike in folders of their own never share an export."""
    files = ("data/jira/export.csv", "data/asana/export.csv")

    assert ({files[0]: ["jira/export.csv"], files[1]: ["asana/export.csv"]}, []) == shared(
        ["jira/export.csv", "asana/export.csv"], *files
    )


def test_a_bare_name_will_do_where_it_is_clear() -> None:
    """It belongs to the one source of that name; where two could be meant that is a problem, not a guess."""
    assert ({"data/jira/export.csv": ["export.csv"]}, []) == shared(["export.csv"], "data/jira/export.csv", "data/plan.csv")
    assert ["export.csv"] == shared(["export.csv"], "data/jira/export.csv", "data/asana/export.csv")[1]


def test_folders_and_patterns_claim_their_files_only() -> None:
    """A pattern of one tracker does not take the files of another; brackets in a name are no pattern."""
    places = ["jira/a.json", "jira/b.json", "trello/board.json", "plan [1].csv", "plan 1.csv"]
    claimed, unclear = shared(places, "data/jira/*.json", "data/trello/", "data/plan [1].csv")

    assert {
        "data/jira/*.json": ["jira/a.json", "jira/b.json"],
        "data/trello/": ["trello/board.json"],
        "data/plan [1].csv": ["plan [1].csv"],
    } == claimed
    assert [] == unclear


def test_sheets_of_one_workbook_are_two_sources_of_one_file() -> None:
    """Each reads its own sheet of the same dated export."""
    assert ({"data/plan.xlsx": ["plan.xlsx"]}, []) == shared(["plan.xlsx"], "data/plan.xlsx", "data/plan.xlsx")


def test_folders_come_in_order_of_date_and_odd_ones_are_named(tmp_path: Path) -> None:
    """Hidden files and notes are no exports."""
    for place in ("2026-02-01/a.csv", "2026-01-05/x/b.csv", "2026-01-05/.c.csv", "2026-01-05/README.md", "June/d.csv"):
        path = tmp_path / "data" / "snapshots" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found, problems = find_dated(tmp_path)

    assert ["2026-01-05/x/b.csv", "2026-02-01/a.csv"] == [each.file.removeprefix("data/snapshots/") for each in found]
    assert ["data/snapshots/June"] == [problem.file for problem in problems]


@pytest.mark.parametrize(
    ("name", "day", "rest"),
    [
        ("export_20260504", dt.date(2026, 5, 4), "export"),
        ("2026.05.04 plan", dt.date(2026, 5, 4), "plan"),
        ("plan (2026-05-04)", dt.date(2026, 5, 4), "plan"),
        ("order 120260504", None, "order 120260504"),
        ("2026-02-30", None, "2026-02-30"),
        ("plan", None, "plan"),
    ],
)
def test_the_day_in_a_name(name: str, day: dt.date | None, rest: str) -> None:
    """Only a day the calendar has counts; longer numbers hold none."""
    assert (day, rest) == (day_in_name(name), without_day(name))
