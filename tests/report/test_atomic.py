from __future__ import annotations

from pathlib import Path

import pytest

from gapkit.report.atomic import JOURNAL, publish, recover, write_atomically

NAMES = ("a.pdf", "a.json", "manifest.json")


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder with the old set."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(f"old {name}", encoding="utf-8")
    return folder


@pytest.fixture
def staging(target: Path) -> Path:
    """A folder with the new set."""
    folder = target / ".staging"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(f"new {name}", encoding="utf-8")
    return folder


def contents(folder: Path) -> list[str]:
    return [(folder / name).read_text(encoding="utf-8").split()[0] for name in NAMES]


def test_write_replaces_whole(tmp_path: Path) -> None:
    """The new content is there, nothing else is left in the folder, and the file is as open to others as any new one."""
    (tmp_path / "plain").touch()
    mode = (tmp_path / "plain").stat().st_mode
    (tmp_path / "plain").unlink()
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    write_atomically(path, b"new")

    assert b"new" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())
    assert mode == path.stat().st_mode


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that is cut short leaves the old file and no rubbish."""
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("gapkit.report.atomic.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert b"old" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_publish_exchanges_the_set(staging: Path, target: Path) -> None:
    """All files are the new ones, and no journal is left."""
    publish(staging, target, NAMES)

    assert ["new", "new", "new"] == contents(target)
    assert not (target / JOURNAL).exists()


def test_publish_makes_its_folder(staging: Path, target: Path) -> None:
    """The first report of an engagement needs no folder made by hand."""
    publish(staging, target / "northwind", NAMES)

    assert ["new", "new", "new"] == contents(target / "northwind")


def test_incomplete_set_changes_nothing(staging: Path, target: Path) -> None:
    """A file that was not produced keeps all of the old set in place."""
    (staging / "a.json").unlink()

    with pytest.raises(FileNotFoundError, match=r"a\.json; nothing was published"):
        publish(staging, target, NAMES)
    assert ["old", "old", "old"] == contents(target)


@pytest.mark.parametrize("moves", range(5))
def test_killed_at_any_moment(staging: Path, target: Path, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    """Killed before the commit the old set stands; after it each file is whole, and the next run completes the set."""
    replace, done = Path.replace, 0

    def replace_or_die(self: Path, other: Path) -> Path:
        nonlocal done
        if done == moves:
            raise Killed
        done += 1
        return replace(self, other)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_or_die)
        try:
            publish(staging, target, NAMES)
        except Killed:
            assert moves < 4

    assert set(contents(target)) <= {"old", "new"}
    assert (moves > 0) == recover(target) or moves == 4
    assert ["old" if moves == 0 else "new"] * 3 == contents(target)
    assert not (target / JOURNAL).exists()


@pytest.mark.parametrize("moves", range(6))
def test_file_outside_goes_with_the_set(
    staging: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """Killed before the commit the file outside is the old one; after it, no report is new before that file is."""
    outside = tmp_path / "acme" / "survey.json"
    outside.parent.mkdir()
    outside.write_text("old", encoding="utf-8")
    (staging / "survey.json").write_text("new", encoding="utf-8")
    replace, done = Path.replace, 0

    def replace_or_die(self: Path, other: Path) -> Path:
        nonlocal done
        if done == moves:
            raise Killed
        done += 1
        return replace(self, other)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_or_die)
        try:
            publish(staging, target, NAMES, {"survey.json": outside})
        except Killed:
            assert moves < 5

    assert "new" == outside.read_text(encoding="utf-8") or ["old"] * 3 == contents(target)
    recover(target)
    assert ("old" if moves == 0 else "new") == outside.read_text(encoding="utf-8")
    assert ["old" if moves == 0 else "new"] * 3 == contents(target)
    assert moves == 0 or [outside] == list(outside.parent.iterdir())


def test_place_outside_that_cannot_be_written_changes_nothing(staging: Path, target: Path, tmp_path: Path) -> None:
    """Without the file outside there is no publication at all."""
    (staging / "survey.json").write_text("new", encoding="utf-8")

    with pytest.raises(OSError, match="nowhere"):
        publish(staging, target, NAMES, {"survey.json": tmp_path / "nowhere" / "survey.json"})
    assert ["old", "old", "old"] == contents(target)
    assert not (target / JOURNAL).exists()


def test_recover_without_a_journal(target: Path) -> None:
    """There is nothing to finish after a finished exchange."""
    assert not recover(target)


def test_next_publish_finishes_the_one_before(staging: Path, target: Path) -> None:
    """A run after a killed one first completes it, then publishes its own files."""
    write_atomically(target / JOURNAL, b'{"staging": ".staging", "names": ["a.pdf", "a.json"]}')
    other = target / ".other"
    other.mkdir()
    (other / "a.json").write_text("newer", encoding="utf-8")
    publish(other, target, ["a.json"])

    assert ["new", "newer", "old"] == contents(target)
