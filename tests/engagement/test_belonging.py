from __future__ import annotations

import datetime as dt
import os
import zoneinfo
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.engagement.belonging import day_of, place_of, source_of
from gapkit.errors import InputError
from gapkit.intake.finding.find import Plan

ZONE = zoneinfo.ZoneInfo("America/New_York")


def plans(*files: str) -> dict[str, Plan]:
    return {file: Plan(Source(file=file, format="flat"), "programs", ()) for file in files}


def put(path: Path, text: str = "a,b\n1,2\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_file_at_the_place_of_a_source_is_its_export(tmp_path: Path) -> None:
    """Whatever else is called like it."""
    path = put(tmp_path / "data/b/x.csv")

    assert "data/b/x.csv" == source_of(path, plans("data/a/x.csv", "data/b/x.csv"), tmp_path)


def test_a_name_with_its_day_is_the_name_of_its_source(tmp_path: Path) -> None:
    """Downloads carry the day; brackets in a name are no pattern."""
    path = put(tmp_path / "plan [1] 2026-05-04.csv")

    assert "data/plan [1].csv" == source_of(path, plans("data/plan [1].csv", "data/other.csv"), tmp_path)


def test_a_name_that_could_be_of_several_sources_has_to_be_said(tmp_path: Path) -> None:
    """None of them is taken in silence; saying the whole file: settles it, saying a name of two does not."""
    path, known = put(tmp_path / "x.csv"), plans("data/a/x.csv", "data/b/x.csv")

    assert "data/b/x.csv" == source_of(path, known, tmp_path, "data/b/x.csv")
    for wanted, what in (("", "several sources have this name"), ("x.csv", "several sources"), ("y.csv", "no such source")):
        with pytest.raises(InputError, match=what):
            source_of(path, known, tmp_path, wanted)


def test_exports_are_filed_where_their_source_lies_below_data(tmp_path: Path) -> None:
    """One file under the source's name, files of a folder or a pattern under their own, others without their day."""
    put(tmp_path / "data/trello/a.json")
    sources = ("data/jira/export.csv", "data/trello", "data/jira/*.json", "")

    assert ["jira/export.csv", "trello/b 2026-05-04.json", "jira/b 2026-05-04.json", "b.json"] == [
        place_of(source, Path("b 2026-05-04.json"), tmp_path) for source in sources
    ]


def test_a_name_its_pattern_does_not_fit_is_refused(tmp_path: Path) -> None:
    """Filed under it, the export would belong to nobody."""
    with pytest.raises(InputError, match="the name does not fit file: of its source"):
        place_of("data/jira-*.json", Path("trello.json"), tmp_path)


def test_the_last_change_of_a_file_is_a_day_of_the_organisation(tmp_path: Path) -> None:
    """Saved at three in the morning in UTC it was still the day before in New York."""
    path = put(tmp_path / "x.csv")
    stamp = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC).timestamp()
    os.utime(path, (stamp, stamp))

    assert (dt.date(2026, 5, 3), "of its last change") == day_of(path, ZONE)
