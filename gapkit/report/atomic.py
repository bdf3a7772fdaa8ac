"""Files that appear whole or not at all, one by one and as a set.

What is guaranteed, also when the process is killed or the machine stops at any moment:

1. Every file of the set is, at every moment, the whole old one or the whole new one (`os.replace` within one file system,
   after the new bytes have reached the disk).
2. Nothing is replaced before all files of the set exist and have reached the disk.
3. The set is committed by one atomic step, the appearance of the journal ``.publish.json``. Killed before it, the old set
   stands complete; killed after it, the target may hold files of both sets until the next `recover` (which `publish` calls
   first), and `recover` only ever moves forward, so the target then holds the new set. While the journal exists, a reader
   knows that the set is being exchanged.
4. Files of the set that stand outside the target folder are exchanged before those inside.

Two runs publishing to one target at the same time are not kept apart.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

JOURNAL: Final = ".publish.json"
NOTHING: Final[Mapping[str, Path]] = MappingProxyType({})


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it.

    Parameters
    ----------
    path : Path
        Where the file shall stand; its folder must exist. An old file is replaced.
    content : bytes
        The whole content.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_atomically(folder / "a.json", b"{}")
    >>> [file.name for file in folder.iterdir()]
    ['a.json']
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def publish(staging_dir: Path, target_dir: Path, names: Sequence[str], outside: Mapping[str, Path] = NOTHING) -> None:
    """Exchange a set of files in the target folder for those in the staging folder.

    Parameters
    ----------
    staging_dir : Path
        Holds the new files. It must lie on the same file system as the target, for instance inside it. It is emptied of the
        files published and must outlive a crash: what is left of it is needed by `recover`.
    target_dir : Path
        Where the files shall stand; made if absent.
    names : sequence of str
        File names, replaced in this order; put what describes the others (a manifest) last.
    outside : mapping of str to Path
        Further files in staging, each with the place outside the target folder where it shall stand; its folder must exist.

    Raises
    ------
    FileNotFoundError
        When a file is missing from staging; the target is then untouched.
    OSError
        When a place outside cannot be written; the target is then untouched.
    """
    target_dir.mkdir(parents=True, exist_ok=True)
    recover(target_dir)
    if missing := [name for name in (*names, *outside) if not (staging_dir / name).is_file()]:
        raise FileNotFoundError(f"not in {staging_dir}: {', '.join(missing)}; nothing was published")
    for name in names:
        _sync_file(staging_dir / name)
    _sync_folder(staging_dir)
    beside = [(_bring_beside(staging_dir / name, path.absolute()), path.absolute()) for name, path in outside.items()]
    plan = {
        "staging": os.path.relpath(staging_dir, target_dir),
        "names": list(names),
        "outside": [(str(part), str(path)) for part, path in beside],
    }
    write_atomically(target_dir / JOURNAL, json.dumps(plan).encode())
    recover(target_dir)


def _bring_beside(file: Path, path: Path) -> Path:
    """Copy a file beside the place where it shall stand, which may be on another disk; return the copy.

    Its name is always the same, so that what a killed run leaves is overwritten by the next.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(file.read_bytes())
        _sync_file(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(part.parent)
    return part


def recover(target_dir: Path) -> bool:
    """Finish an exchange that was cut short.

    Parameters
    ----------
    target_dir : Path
        A folder of published files.

    Returns
    -------
    bool
        Whether there was one to finish.
    """
    journal = target_dir / JOURNAL
    try:
        plan = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return False
    staging = target_dir / plan["staging"]
    for part, path in plan.get("outside", ()):
        _move(Path(part), Path(path))
        _sync_folder(Path(path).parent)
    for name in plan["names"]:
        _move(staging / name, target_dir / name)
    _sync_folder(target_dir)
    journal.unlink()
    return True


def _move(new: Path, old: Path) -> None:
    # Absent means moved before the cut.
    with suppress(FileNotFoundError):
        new.replace(old)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring the folder's list of names to the disk; Windows has no such step and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
