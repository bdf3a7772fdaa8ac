"""engagement.yml added to: whatever way it is written, nothing of it is lost and nothing else is changed."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import load_config
from gapkit.config.edit import add_source, add_words, read_as_written, replace_text
from gapkit.errors import InputError
from gapkit.scaffold import new_engagement

HEAD = "client: Acme\nas_of: 2026-06-30\ntz: Europe/Berlin\ncurrency: EUR\n"
ENTRY = '# looks like Jira CSV\nfile: "data/new.csv"\nstatuses:\n  "To Do": not_started  # 3 rows\n\n  # open\n  "QA #2":\n'
ADDED = {"file": "data/new.csv", "statuses": {"To Do": "not_started", "QA #2": None}}
WORDS = ['"To Do": not_started  # 3 rows', '"QA #2":  # 2 rows: what does it mean?', '"Live": {status: delivered}']
MEANT = {"To Do": "not_started", "QA #2": None, "Live": {"status": "delivered"}}

LISTS = {
    "block": "sources:\n  - file: a.csv\n    table: goals\n",
    "block at the margin": "sources:\n- file: a.csv\n  table: goals\n",
    "wide block": "sources:\n    -   file: a.csv\n        table: goals\n",
    "with comments": "sources:  # all\n  - file: a.csv  # first\n    # dates: dmy\n\n    # last\n# next\nseed: 7\n",
    "with a nested end": "sources:\n  - file: a.csv\n    statuses:\n      Live: delivered\n\n\nseed: 7\n",
    "with a folded end": "sources:\n  - table: goals\n    sql: >\n      select 1\n      from x\n\n\nseed: 7\n",
    "with an empty end": "sources:\n  - file: a.csv\n    sheet:\nseed: 7\n",
    "with a quoted end": "sources:\n  - file: a.csv\n    sheet: 'it''s\n      long'  # note\nseed: 7\n",
    "inline items": "sources:\n  - {file: a.csv, table: goals}\n  - {file: b.csv,\n     fields: {team: Squad}}\nseed: 7\n",
    "inline list": 'sources: [{file: a.csv, fields: {team: "a, b]"}}, {file: b.csv}]  # two\nseed: 7\n',
    "inline list over lines": "sources: [\n  {file: a.csv},\n  {file: b.csv},\n]\nseed: 7\n",
    "empty list": "sources: []  # none yet\nseed: 7\n",
    "empty list over lines": "sources: [\n]\n",
    "nothing": "sources:\nseed: 7\n",
    "nothing, said": "sources: ~ # none\nseed: 7\n",
    "absent": "seed: 7\n",
    "absent, after the example": "#sources:\n#  - file: data/tracker.csv\n#    dates: dmy\n\n# ---- The report\nseed: 7\n",
    "absent, no line end": "seed: 7\n# bye",
    "absent, after text": "settings:\n  min_n_rate: 12\n\n\n",
}  # fmt: skip
SOURCES = {
    "absent": "sources:\n  - file: a.csv\n    table: programs\n  - file: b.csv\n",
    "absent, with comments": "sources:\n  - file: a.csv\n    # dates: dmy\n\nseed: 7\n",
    "absent, inline source": "sources:\n  - {file: a.csv, table: programs}  # one\n",
    "absent, inline list": "sources: [{file: a.csv}, {file: b.csv}]\n",
    "block": "sources:\n  - statuses:\n      Done: delivered  # yes\n      # what else?\n    file: a.csv\n",
    "block at the end": "sources:\n  - file: a.csv\n    statuses:\n        Done: {status: delivered}\n",
    "inline": "sources:\n  - file: a.csv\n    statuses: {Done: delivered}\n    dates: dmy\n",
    "inline over lines": "sources:\n  - file: a.csv\n    statuses: {\n      Done: delivered,  # yes\n    }\n    tz: UTC\n",
    "inline, no comma": "sources:\n  - file: a.csv\n    statuses: {Done: delivered,\n      Open: blocked  # yes\n    }\n",
    "inline, empty": "sources:\n  - file: a.csv\n    statuses: {}\n",
    "nothing": "sources:\n  - file: a.csv\n    statuses:  # open\n    dates: dmy\n",
    "nothing, said": "sources:\n  - file: a.csv\n    statuses: null\n",
}  # fmt: skip
UNSUITABLE = {
    "an alias": "brand: &x [{file: a.csv}]\nsources: *x\n",
    "an anchor": "sources: &x\n  - file: a.csv\n",
    "no list": "sources: {file: a.csv}\n",
    "a comment between items": "sources: [{file: a.csv},  # first\n  {file: b.csv}]\n",
    "all inline": "{seed: 7}\n",
    "an end mark": "seed: 7\n...\n",
    "twice": "sources: []\nsources: []\n",
}


def plain(text: str) -> dict[str, object]:
    return yaml.load(text, Loader=yaml.BaseLoader) or {}


def is_kept(before: str, after: str) -> bool:
    """Whether every comment and, in order, every word is still there; brackets, commas and a written null may go."""
    comments = Counter(re.findall(r"#[^\r\n]*", before)) - Counter(re.findall(r"#[^\r\n]*", after))
    left = iter(re.findall(r"[^\s,\[\]{}]+", re.sub("#.*", "", after)))
    words = [word for word in re.findall(r"[^\s,\[\]{}]+", re.sub("#.*", "", before)) if word not in ("~", "null")]
    return not comments and all(any(word == other for other in left) for word in words)


def blank(content: object) -> object:
    """What BaseLoader reads as empty text is an entry left empty."""
    if isinstance(content, dict):
        return {name: blank(value) for name, value in content.items()}
    if isinstance(content, list):
        return [blank(item) for item in content]
    return None if content in ("", "~", "null") else content


def after_adding(before: str) -> object:
    content = blank(plain(before))
    assert isinstance(content, dict)
    return {**content, "sources": [*(content.get("sources") or []), ADDED]}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("style", LISTS)
def test_a_source_is_added_to_any_list(style: str, line_end: str) -> None:
    """The last item is the new one, all others are as they were, and so is every comment and line end."""
    before = (HEAD + LISTS[style]).replace("\n", line_end)
    after = add_source(before, ENTRY)

    assert after_adding(before) == blank(plain(after))
    assert is_kept(before, after)
    assert after.count("\n") == after.count(line_end)


def test_what_was_written_stays_to_the_letter() -> None:
    """Around the added lines the file is the same, byte for byte, a byte-order mark included."""
    before = "\ufeff" + HEAD + "# é \t\n" + LISTS["with comments"]
    after = add_source(before, "file: b.csv\n")
    head, tail = before.split("# next\n")

    assert f"{head}  - file: b.csv\n# next\n{tail}" == after


def test_a_new_file_gets_the_list_below_its_example(tmp_path: Path) -> None:
    """In the engagement.yml of a new engagement the source stands where the example is, and can be read."""
    folder = new_engagement(tmp_path / "acme")
    before = read_as_written(folder / "engagement.yml")
    after = add_source(add_source(before, "file: data/a.csv\ntable: goals\n"), "file: data/b.csv\ntable: kpis\n")
    replace_text(folder / "engagement.yml", before, after)

    assert ["data/a.csv", "data/b.csv"] == [source.file for source in load_config(folder).sources]
    assert after.index("#sources:") < after.index("\nsources:") < after.index("# ---- The report")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("style", SOURCES)
def test_words_are_added_to_any_source(style: str, line_end: str) -> None:
    """New words join the old ones, whichever way source and mapping are written, and nothing else changes."""
    before = (HEAD + SOURCES[style]).replace("\n", line_end)
    after = add_words(before, "a.csv", "statuses", WORDS)
    content = blank(plain(before))
    assert isinstance(content, dict)
    first = content["sources"][0]
    expected = {
        **content,
        "sources": [{**first, "statuses": {**(first.get("statuses") or {}), **MEANT}}, *content["sources"][1:]],
    }

    assert expected == blank(plain(after))
    assert after.count("\n") == after.count(line_end)
    assert is_kept(before, after)


def test_words_that_are_there_stay_as_they_are() -> None:
    """A meaning the consultant has given is not replaced, an entry left empty not repeated, and twice adds nothing."""
    before = HEAD + 'sources:\n  - file: a.csv\n    statuses:\n      To Do: blocked\n      "QA #2":\n'
    once = add_words(before, "a.csv", "statuses", WORDS)

    assert before + '      "Live": {status: delivered}\n' == once
    assert once == add_words(once, "a.csv", "statuses", WORDS)


@pytest.mark.parametrize("style", UNSUITABLE)
def test_what_cannot_be_added_to_is_refused_with_the_lines_to_paste(style: str) -> None:
    """Rather than guess, the consultant is told what to write where."""
    with pytest.raises(InputError) as caught:
        add_source(HEAD * (style != "all inline") + UNSUITABLE[style], ENTRY)

    assert '- file: "data/new.csv"\n  statuses:\n    "To Do": not_started' in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "sources:\n  - file: b.csv\n",
        "sources:\n  - file: a.csv\n  - file: a.csv\n",
        "seed: 7\n",
        "sources:\n  - {file: a.csv, statuses: }\n",
        "brand: &x {Live: delivered}\nsources:\n  - file: a.csv\n    statuses: *x\n",
    ],
)
def test_words_without_one_place_are_refused(text: str) -> None:
    """No source of the file, two of them, or one written in an odd way: the consultant is given the words to paste."""
    with pytest.raises(InputError) as caught:
        add_words(HEAD + text, "a.csv", "statuses", WORDS)

    assert WORDS[1] in str(caught.value)


scalars = st.sampled_from(
    ["7", "true", '"a: b # c"', "'it''s'", "x y", "~", "", "é", "[1, 2]", "{a: b}", "# only a comment"]
)
keys = st.sampled_from(["client", "as_of", "seed", "brand", "paper", "owners"])
gaps = st.sampled_from(["", "\n", "# note\n", "  # indented note\n", "\n#sources:\n#  - file: x\n\n"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """Small files with entries, comments and blank lines in any order, and a list of sources in one of its styles."""
    names = draw(st.lists(keys, unique=True, max_size=4))
    parts = [f"{draw(gaps)}{name}: {draw(scalars)}\n" for name in names]
    parts.insert(
        draw(st.integers(0, len(parts))),
        draw(st.sampled_from([*LISTS.values(), *SOURCES.values()])).replace("seed: 7\n", ""),
    )
    return "".join(parts) + draw(gaps)


@given(files(), st.booleans())
def test_adding_is_what_it_says(text: str, has_windows_ends: bool) -> None:
    """Whatever the file, it parses to the old content plus the new source, and never loses a comment."""
    before = text.replace("\n", "\r\n") if has_windows_ends else text
    after = add_source(before, ENTRY)

    assert after_adding(before) == blank(plain(after))
    assert is_kept(before, after)
    assert before.count("#") + ENTRY.count("#") == after.count("#")
    assert add_words(after, "data/new.csv", "statuses", WORDS[:2]) == after


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """The new text stands, with the rights of the old file, and no draft is left behind."""
    path = tmp_path / "engagement.yml"
    path.write_bytes(b"seed: 7\r\n")
    path.chmod(0o640)
    replace_text(path, read_as_written(path), "seed: 8\r\n")

    assert (b"seed: 8\r\n", 0o640) == (path.read_bytes(), path.stat().st_mode & 0o777)
    assert [path] == list(tmp_path.iterdir())


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    """What is replaced is the file itself."""
    (tmp_path / "real.yml").write_text("seed: 7\n")
    (tmp_path / "engagement.yml").symlink_to("real.yml")
    replace_text(tmp_path / "engagement.yml", "seed: 7\n", "seed: 8\n")

    assert (tmp_path / "engagement.yml").is_symlink()
    assert "seed: 8\n" == (tmp_path / "real.yml").read_text()


def test_a_file_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    """The consultant's editor may have saved since the file was read: nothing of that is lost."""
    path = tmp_path / "engagement.yml"
    path.write_text("seed: 9\n")
    with pytest.raises(InputError, match="in the meantime"):
        replace_text(path, "seed: 7\n", "seed: 8\n")

    assert "seed: 9\n" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize("broken", ["replace", "fsync"])
def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """An error of the operating system is a problem with its remedy, and no draft is left behind."""

    def fail(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "engagement.yml"
    path.write_text("seed: 7\n")
    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(InputError, match="No space left"):
        replace_text(path, "seed: 7\n", "seed: 8\n")

    assert ["seed: 7\n"] == [file.read_text() for file in tmp_path.iterdir()]
