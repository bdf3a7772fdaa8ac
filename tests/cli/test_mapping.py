from __future__ import annotations

from pathlib import Path

import pytest

from gapkit.cli.mapping import describe_unlisted, write_mapping
from gapkit.config import load_config
from gapkit.errors import InputError
from gapkit.scaffold import new_engagement

GITLAB = (
    "Title,Issue ID,URL,State,Author Username,Assignee,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC)\n"
    "Fair,1,https://x/1,Open,ana,Ana,,2026-01-02 08:00:00,2026-01-03 08:00:00,\n"
    "Site,2,https://x/2,{state},ana,Ana,,2026-01-02 08:00:00,2026-01-03 08:00:00,2026-01-03 08:00:00\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new engagement with an export and a picture in data/."""
    made = new_engagement(tmp_path / "acme")
    (made / "data" / "issues.csv").write_text(GITLAB.format(state="Closed"), encoding="utf-8")
    (made / "data" / "plan.png").write_bytes(b"\x89PNG\r\n")
    return made


def say(lines: object) -> str:
    return "\n".join(lines)  # type: ignore[call-overload]


def test_check_shows_what_it_would_add_and_writes_nothing(folder: Path) -> None:
    """What each file looks like, why, and the entry, which can be pasted as it stands."""
    before = (folder / "engagement.yml").read_bytes()
    said = say(describe_unlisted(folder, "acme"))

    assert "  data/issues.csv: looks like GitLab CSV: Issue ID" in said
    assert '        "Open": not_started  # 1 row: has work begun, or is it only planned?' in said
    assert "  data/plan.png: no format recognises it" in said
    assert "gapkit check acme --write-mapping" in said
    assert before == (folder / "engagement.yml").read_bytes()


def test_nothing_is_said_where_everything_is_asked_for(folder: Path) -> None:
    """No heading without a file below it."""
    for name in ("issues.csv", "plan.png"):
        (folder / "data" / name).unlink()

    assert "" == say(describe_unlisted(folder, "acme"))


def test_the_mapping_is_added_once(folder: Path) -> None:
    """The entry is written, what it asks is said, and a second time there is nothing to add."""
    said = say(write_mapping(folder, "acme"))
    after = (folder / "engagement.yml").read_bytes()
    again = say(write_mapping(folder, "acme"))

    assert said.startswith("Added to engagement.yml\n  data/issues.csv: looks like GitLab CSV")
    assert "asked there: Is a program promised on the day in" in said
    assert "  data/plan.png: no format recognises it" in said
    assert ["data/issues.csv"] == [source.file for source in load_config(folder).sources]
    assert after == (folder / "engagement.yml").read_bytes()
    assert "Nothing to add to engagement.yml" in again


def test_new_words_are_added_to_a_source_that_is_there(folder: Path) -> None:
    """A status that turns up in a later export gets its line; what the consultant has decided stays."""
    say(write_mapping(folder, "acme"))
    path = folder / "engagement.yml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Open": not_started', '"Open": paused'), encoding="utf-8")
    (folder / "data" / "issues.csv").write_text(GITLAB.format(state="Blurb"), encoding="utf-8")
    said = say(write_mapping(folder, "acme"))
    (source,) = load_config(folder).sources

    assert '  data/issues.csv: 1 word to statuses\n      "Blurb":  # 1 row: what does it mean?' in said
    assert {"status": "paused"} == source.statuses["Open"]
    assert '      "Blurb":  # 1 row: what does it mean?\n' in path.read_text(encoding="utf-8")


def test_words_that_must_be_pasted_stop_nothing_else(folder: Path) -> None:
    """Two sources of one file leave open which is meant: the words come with the refusal, all else is written."""
    path = folder / "engagement.yml"
    (folder / "data" / "more.csv").write_text(GITLAB.format(state="Blurb"), encoding="utf-8")
    twice = "sources:\n" + 2 * "  - {file: data/issues.csv, format: gitlab-csv}\n"
    path.write_text(path.read_text(encoding="utf-8") + twice, encoding="utf-8")
    said: list[str] = []
    with pytest.raises(InputError, match="more than one source of the file data/issues"):
        said.extend(write_mapping(folder, "acme"))

    assert "data/more.csv" in path.read_text(encoding="utf-8")
