from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.intake.finding.detect import canonical_table, detect, glimpse
from gapkit.intake.finding.export import Extract, Format, Glimpse
from gapkit.intake.formats.columns import seen_in_header
from gapkit.schema import TABLES

GITLAB = "Title,URL,State,Author Username,Created At (UTC),Updated At (UTC),Closed At (UTC)\n"


def form(name: str, *needed: str) -> Format:
    """A format recognised by the names of its columns, all of them needed."""
    return Format(name, name.title(), name, lambda seen: seen_in_header(seen, needed), lambda exports, source: Extract(()))


def rows(seen: Glimpse) -> list[list[str]]:
    return [list(row) for row in seen.rows[""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_split_as_it_is_written(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Whatever the encoding and the delimiter, the first twenty rows come as cells without blanks around them."""
    lines = [delimiter.join(["Schlüssel ", "Größe", f'"a, b; c {n}"']) for n in range(30)]
    (tmp_path / "a.CSV").write_bytes("\n".join(lines).encode(encoding))
    seen = glimpse(tmp_path / "a.CSV", "data/a.CSV")

    assert ("data/a.CSV", ".csv") == (seen.file, seen.ending)
    assert [["Schlüssel", "Größe", f"a, b; c {n}"] for n in range(20)] == rows(seen)


def test_a_delimiter_within_text_does_not_split(tmp_path: Path) -> None:
    """Commas in the cells of a file with semicolons are text, even where a single row has many."""
    text = "Key;Note;Size\n1;a, b, c, d, e, f, g, h;1,5\n2;x;2,5\n"
    (tmp_path / "a.csv").write_text(text)

    assert ["Key", "Note", "Size"] == rows(glimpse(tmp_path / "a.csv", "a.csv"))[0]


def test_only_the_beginning_of_a_large_file_is_read(tmp_path: Path) -> None:
    """A text cut in the middle of a character still reads as UTF-8."""
    (tmp_path / "a.csv").write_text("Schlüssel,Größe\n" + "é,ü\n" * 300_000, encoding="utf-8")
    seen = glimpse(tmp_path / "a.csv", "a.csv")

    assert [["Schlüssel", "Größe"], ["é", "ü"]] == rows(seen)[:2]


def test_every_sheet_of_a_workbook_is_seen(write: Callable[..., Path]) -> None:
    """Cells of a workbook come as the text a person would have typed."""
    folder = write({"data/a.xlsx": {"Cover": [["Plan of June"]], "Tasks": [["Key", "Size"], [7.0, None]] * 30}})
    seen = glimpse(folder / "data/a.xlsx", "data/a.xlsx")

    assert (("Plan of June",),) == seen.rows["Cover"]
    assert (20, ("Key", "Size"), ("7",)) == (len(seen.rows["Tasks"]), *seen.rows["Tasks"][:2])


def test_json_is_parsed_and_parquet_shows_its_columns(write: Callable[..., Path]) -> None:
    """The whole of a JSON file is there to be recognised by; of Parquet the names of its columns."""
    folder = write(
        {"a.json": b"\xef\xbb\xbf" + json.dumps({"cards": [1]}).encode(), "b.parquet": pd.DataFrame({"Key": [1]})}
    )

    assert {"cards": [1]} == glimpse(folder / "a.json", "a.json").json
    assert {"": (("Key",),)} == glimpse(folder / "b.parquet", "b.parquet").rows


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz", "log.XML.GZ"])
def test_the_first_characters_of_a_log_are_unpacked(tmp_path: Path, name: str) -> None:
    """An event log shows 20,000 characters, packed or not, on one line or on many."""
    content = "<log>" + "é" * 50_000
    opened = gzip.open if name.lower().endswith(".gz") else open
    with opened(tmp_path / name, "wt", encoding="utf-8") as file:
        file.write(content)
    seen = glimpse(tmp_path / name, name)

    assert (name.lower().split(".")[1], content[:20_000]) == (seen.ending[1:], seen.text)


def test_an_archive_shows_the_names_in_it(tmp_path: Path) -> None:
    """What a zip holds can be told from its list of names."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("Plan abc.csv", "x")
        archive.writestr("Plan abc/Row.md", "x")

    assert "Plan abc.csv\nPlan abc/Row.md" == glimpse(tmp_path / "a.zip", "a.zip").text


@pytest.mark.parametrize("named", ["data/jira", "data/jira/*.json", "data/**/*.json"])
def test_of_a_folder_the_first_file_that_shows_anything(write: Callable[..., Path], named: str) -> None:
    """Files are taken in order of name; hidden and damaged ones show nothing."""
    files = {".x.json": "{}", "a.json": "{", "b.json": '{"first": 1}', "c.json": '{"second": 1}'}
    folder = write({f"data/jira/{name}": text for name, text in files.items()})

    assert {"first": 1} == glimpse(folder / named, named).json


@pytest.mark.parametrize("name", ["absent.csv", "absent.json", "absent.xlsx", "empty", "nothing/*.csv"])
def test_what_is_not_there_shows_nothing(tmp_path: Path, name: str) -> None:
    """An absent file, an empty folder and a pattern without files are empty, not an error."""
    (tmp_path / "empty").mkdir()
    seen = glimpse(tmp_path / name, name)

    assert ({}, None, "") == (seen.rows, seen.json, seen.text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    content=st.one_of(
        st.binary(max_size=300), st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"["]).map(lambda start: start * 99)
    ),
    ending=st.sampled_from([".csv", ".xlsx", ".json", ".zip", ".parquet", ".xes.gz", ".pdf", ""]),
)
def test_nothing_raises(tmp_path: Path, content: bytes, ending: str) -> None:
    """No content whatever makes looking fail, nor recognising what was seen."""
    path = tmp_path / f"a{ending}"
    path.write_bytes(content)
    seen = glimpse(path, path.name)

    assert detect(seen) is None
    assert path.name == seen.file


def test_deep_json_shows_nothing(tmp_path: Path) -> None:
    """Brackets beyond all measure exhaust the parser, not gapkit."""
    (tmp_path / "a.json").write_text("[" * 100_000)

    assert glimpse(tmp_path / "a.json", "a.json").json is None


def test_the_reason_names_what_gave_it_away(tmp_path: Path) -> None:
    """Names that many trackers share are left out where others say more."""
    (tmp_path / "a.csv").write_text(GITLAB)
    found = detect(glimpse(tmp_path / "a.csv", "a.csv"))

    assert found is not None
    assert "gitlab-csv" == found.format.name
    assert "looks like GitLab CSV: Author Username, Created At (UTC), Updated At (UTC), Closed At (UTC)" == found.reason


def test_most_names_win_and_the_first_of_equals() -> None:
    """Where two formats know a file, the one that knows more of it; else the order of the formats decides."""
    seen = Glimpse("a.csv", ".csv", {"": (("Alpha", "Beta", "Gamma"),)})
    one, two, other = form("one", "Alpha"), form("two", "Beta", "Gamma"), form("other", "Gamma")

    assert ["two", "one", "other"] == [
        found.format.name for formats in ([one, two, other], [one, other], [other, one])
        if (found := detect(seen, formats))
    ]  # fmt: skip
    assert detect(seen, [form("none", "Delta")]) is None
    assert detect(seen, []) is None


@pytest.mark.parametrize("table", TABLES)
def test_our_own_tables_are_no_trackers(table: str) -> None:
    """A table in gapkit's own words is read as such, even by a format that would know one of its columns."""
    names = tuple(field.name for field in TABLES[table].fields())
    seen = Glimpse(f"data/{table}.csv", ".csv", {"": (names, ("1",) * len(names))})

    assert detect(seen, [form("greedy", names[0])]) is None
    assert table == canonical_table(seen)


def test_a_wide_file_with_a_few_of_our_names_is_not_ours() -> None:
    """Required columns among many foreign ones do not make a canonical table."""
    names = ("respondent_id", "wave", "level_band", *(f"item {n}" for n in range(25)))

    assert "" == canonical_table(Glimpse("a.csv", ".csv", {"": (names,)}))
