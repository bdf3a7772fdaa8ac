"""What `gapkit import-decisions` says: which decisions the workbook changes, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gapkit.config import load_config
from gapkit.config.edit import read_as_written, replace_text
from gapkit.engagement import load
from gapkit.errors import InputError, Problem
from gapkit.labels import label_count
from gapkit.redesign.decisions.edit import change_entries
from gapkit.redesign.decisions.file import FILE, parse_decisions, read_decisions
from gapkit.redesign.decisions.merging import Merged, describe_edits, merge
from gapkit.redesign.decisions.rules import Rules
from gapkit.redesign.sections import RULES, rules_for
from gapkit.report.decision_reader import read_edits


def import_decisions(folder: Path, file: Path, name: str, *, is_rehearsal: bool) -> Iterator[str]:
    """Bring the edits of a workbook into decisions.yml, all or none, and yield the lines that say what changes.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    file : Path
        The workbook.
    name : str
        What the engagement is called on the command line.
    is_rehearsal : bool
        Whether it is only said what would change.

    Raises
    ------
    InputError
        With everything that cannot be taken over, before anything is written.
    """
    rules = rules_for(load(folder, phase="redesign"))
    before, after, merged, remarks = merge_workbook(folder, file, rules, RULES)
    yield from (f"  {remark}" for remark in remarks)
    if after == before:
        yield f"Nothing to change: {FILE} says already what {file.name} says."
        return
    if not is_rehearsal:
        replace_text(folder / FILE, before, after)
    verb = "Would change" if is_rehearsal else "Changed"
    yield f"{verb} {label_count(len(merged.edits), 'entry', 'entries')} of {folder / FILE}"
    yield from (f"  {line}" for line in describe_edits(merged.edits))
    if not is_rehearsal:
        yield f"  To have them in the report: gapkit run {name} --phase redesign"


def merge_workbook(folder: Path, file: Path, rules: Rules, held: Rules) -> tuple[str, str, Merged, tuple[str, ...]]:
    """Return decisions.yml before and after the edits of a workbook, what they come to, and what was passed over.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    file : Path
        The workbook.
    rules : mapping
        Section to field to what is allowed in a cell.
    held : mapping
        Likewise, what is allowed in the file: any person may stand there who did before.

    Raises
    ------
    InputError
        When either file cannot be read, a cell holds what is not allowed, or an entry was changed in both places.
    """
    config = load_config(folder)
    decided = read_decisions(folder, held)
    if not decided.has_file:
        remedy = "Run the redesign first: it writes the proposals."
        raise InputError([Problem("there is no decisions.yml yet", FILE, value=str(folder), remedy=remedy)])
    before = read_as_written(folder / FILE)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError([Problem(f"cannot be read ({error.strerror})", str(file), remedy="Check the path.")]) from error
    edited = read_edits(data, file.name, rules, engagement=folder.name, client=config.client)
    merged = merge(edited.edits, decided, before)
    if merged.conflicts:
        raise InputError(merged.conflicts)
    names: dict[tuple[str, str], str] = {(edit.section, edit.id): edit.name for edit in merged.edits}
    after = change_entries(before, merged.changes, merged.new, names)
    parse_decisions(after.removeprefix("\ufeff"), held)
    return before, after, merged, edited.remarks
